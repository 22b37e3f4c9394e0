//! `GET /openapi.json`: the doors as a document. Types come from the contract; a test compares the
//! paths with the router.

use axum::Json;
use citizen_contract::{
    checks, command, contact, devices, documents, keys, my_data, outcome, problem, query, registration,
    session, signed, staff, sync,
};
use utoipa::OpenApi;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Object, OpenApi as Document, Ref, Required, ResponseBuilder, Type};

/// What crosses the wire. Command texts are strings that hold the exact JSON of an `Envelope`.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Citizen backend",
        description = "Commands up, documents down. docs/API.md tells the rules behind it."
    ),
    components(schemas(
        checks::BeginNational,
        checks::CardChecked,
        checks::Check,
        checks::CheckCard,
        checks::FinishNational,
        checks::NationalBegun,
        command::Envelope,
        contact::AskRepresentative,
        contact::ChangePhone,
        contact::Contact,
        contact::ContactRequest,
        contact::FinishPhoneChange,
        contact::FinishRepresentative,
        devices::DeviceList,
        devices::DevicesRequest,
        documents::Document,
        keys::KeyList,
        my_data::AnswerData,
        my_data::AskData,
        my_data::DataRequest,
        my_data::DataTasks,
        my_data::DataTasksRequest,
        my_data::SetHomeUnit,
        outcome::CommandBatch,
        outcome::CommandOutcomes,
        outcome::Receipt,
        problem::Problem,
        query::QueuePage,
        query::QueueRequest,
        query::ReportRequest,
        documents::ReportDocument,
        registration::Challenge,
        registration::FinishRegistration,
        registration::FinishSignIn,
        registration::Register,
        registration::ResetPassword,
        session::Refresh,
        session::SessionGrant,
        session::SignIn,
        signed::Signed,
        staff::AddStaff,
        staff::AuditPage,
        staff::AuditRequest,
        staff::ChangePassword,
        staff::ConfirmFactor,
        staff::DutyLeft,
        staff::FactorBegun,
        staff::ImportStaff,
        staff::StaffAct,
        staff::StaffActed,
        staff::StaffAdded,
        staff::StaffImported,
        staff::StaffPage,
        staff::StaffRequest,
        sync::Nudge,
        sync::SyncAnswer,
        sync::SyncRequest,
    ))
)]
struct Schemas;

/// One door: path, method, summary, whether it asks for a session, and the schemas of both bodies.
struct Door {
    path: &'static str,
    method: HttpMethod,
    summary: &'static str,
    session: bool,
    request: Option<&'static str>,
    answer: Option<&'static str>,
}

const UPLOAD: &str = "/v1/files/{command}/{attachment}";

#[rustfmt::skip]
const DOORS: &[Door] = &[
    door("/v1/sessions", HttpMethod::Post, "Sign in; 202 with a Challenge where a new device needs a code", false, Some("SignIn"), Some("SessionGrant")),
    door("/v1/sessions/{challenge}/finish", HttpMethod::Post, "Sign a new device in with its code", false, Some("FinishSignIn"), Some("SessionGrant")),
    door("/v1/registrations", HttpMethod::Post, "Declare who one is; a code is sent", false, Some("Register"), Some("Challenge")),
    door("/v1/registrations/{challenge}/finish", HttpMethod::Post, "Register with the code", false, Some("FinishRegistration"), Some("SessionGrant")),
    door("/v1/password-resets", HttpMethod::Post, "Ask for a new password; a code is sent", false, Some("ResetPassword"), Some("Challenge")),
    door("/v1/password-resets/{challenge}/finish", HttpMethod::Post, "Set a new password with the code", false, Some("FinishRegistration"), Some("SessionGrant")),
    door("/v1/challenges/{challenge}/resend", HttpMethod::Post, "Another code", false, None, Some("Challenge")),
    door("/v1/sessions/refresh", HttpMethod::Post, "The next pair of tokens", false, Some("Refresh"), Some("SessionGrant")),
    door("/v1/sessions/current", HttpMethod::Delete, "Sign out", true, None, None),
    door("/v1/sessions/current/active", HttpMethod::Post, "The person is there", true, None, None),
    door("/v1/password", HttpMethod::Post, "Change the password", true, Some("ChangePassword"), Some("DutyLeft")),
    door("/v1/second-factor", HttpMethod::Post, "A secret for an authenticator", true, None, Some("FactorBegun")),
    door("/v1/second-factor/confirm", HttpMethod::Post, "Confirm it with its first code", true, Some("ConfirmFactor"), Some("DutyLeft")),
    door("/v1/queries/staff", HttpMethod::Post, "Accounts of the administrator's units", true, Some("StaffRequest"), Some("StaffPage")),
    door("/v1/queries/audit", HttpMethod::Post, "What happened with them", true, Some("AuditRequest"), Some("AuditPage")),
    door("/v1/staff", HttpMethod::Post, "Add an account", true, Some("AddStaff"), Some("StaffAdded")),
    door("/v1/staff/{account}", HttpMethod::Post, "Change, lock, unlock or reset an account", true, Some("StaffAct"), Some("StaffActed")),
    door("/v1/staff-import", HttpMethod::Post, "Import a list of accounts, or look at it first", true, Some("ImportStaff"), Some("StaffImported")),
    door("/v1/commands", HttpMethod::Post, "Decide on commands", true, Some("CommandBatch"), Some("CommandOutcomes")),
    door("/v1/sync", HttpMethod::Post, "What changed; public feeds need no session", false, Some("SyncRequest"), Some("SyncAnswer")),
    door("/v1/queries/intake-queue", HttpMethod::Post, "A page of the intake office's reports", true, Some("QueueRequest"), Some("QueuePage")),
    door("/v1/queries/report", HttpMethod::Post, "One report for this reader", true, Some("ReportRequest"), Some("ReportDocument")),
    door("/v1/queries/devices", HttpMethod::Post, "Where the account is signed in", true, Some("DevicesRequest"), Some("DeviceList")),
    door("/v1/devices/{device}", HttpMethod::Delete, "Sign another device out and forget it", true, None, None),
    door("/v1/identity-checks", HttpMethod::Post, "Begin to be checked by the national identification", true, Some("BeginNational"), Some("NationalBegun")),
    door("/v1/identity-checks/{check}/finish", HttpMethod::Post, "Finish it with the code that the browser brought", true, Some("FinishNational"), Some("Check")),
    door("/v1/my-data/home-unit", HttpMethod::Post, "Say where one lives", true, Some("SetHomeUnit"), None),
    door("/v1/my-data/requests", HttpMethod::Post, "Ask for a correction, a restriction, or the erasure of the account", true, Some("AskData"), Some("DataRequest")),
    door("/v1/my-data/requests/{request}", HttpMethod::Delete, "Take an open wish back", true, None, None),
    door("/v1/my-data/export", HttpMethod::Get, "A copy of everything that is kept of the account, as a ZIP", true, None, None),
    door("/v1/queries/data-requests", HttpMethod::Post, "What people want of their data", true, Some("DataTasksRequest"), Some("DataTasks")),
    door("/v1/data-requests/{request}/answer", HttpMethod::Post, "Carry a wish out, or refuse it", true, Some("AnswerData"), None),
    door("/v1/queries/contact", HttpMethod::Post, "The account's phone and a child's representative", true, Some("ContactRequest"), Some("Contact")),
    door("/v1/me/phone", HttpMethod::Post, "Another phone; a code goes there", true, Some("ChangePhone"), Some("Challenge")),
    door("/v1/me/phone/{challenge}/finish", HttpMethod::Post, "Change the phone with the code", true, Some("FinishPhoneChange"), Some("Contact")),
    door("/v1/me/representative", HttpMethod::Post, "Ask a child's representative; a code goes there", true, Some("AskRepresentative"), Some("Challenge")),
    door("/v1/me/representative/{challenge}/finish", HttpMethod::Post, "Consent with the code", true, Some("FinishRepresentative"), Some("Contact")),
    door("/v1/me/representative", HttpMethod::Delete, "Take the consent back", true, None, Some("Contact")),
    door("/v1/card-checks/free", HttpMethod::Post, "Take a number from an account that is not of the card's owner", true, Some("CheckCard"), Some("CardChecked")),
    door("/v1/card-checks", HttpMethod::Post, "Say what stands on a card that one holds in hand", true, Some("CheckCard"), Some("CardChecked")),
    door("/v1/nudges", HttpMethod::Get, "Server-sent events: look again", true, None, None),
    door("/v1/keys", HttpMethod::Get, "Signing keys, signed by the root", false, None, Some("Signed")),
    door(UPLOAD, HttpMethod::Options, "What the upload speaks (tus 1.0)", false, None, None),
    door(UPLOAD, HttpMethod::Head, "Where the upload stands", true, None, None),
    door(UPLOAD, HttpMethod::Patch, "More bytes", true, None, None),
    door("/v1/attachments/{attachment}", HttpMethod::Get, "A picture; variant is display, thumb or original", true, None, None),
    door("/openapi.json", HttpMethod::Get, "This document", false, None, None),
    door("/healthz", HttpMethod::Get, "The process runs", false, None, None),
    door("/readyz", HttpMethod::Get, "It can serve", false, None, None),
];

const fn door(
    path: &'static str,
    method: HttpMethod,
    summary: &'static str,
    session: bool,
    request: Option<&'static str>,
    answer: Option<&'static str>,
) -> Door {
    Door { path, method, summary, session, request, answer }
}

/// The document.
pub(super) async fn document() -> Json<Document> {
    Json(describe())
}

fn describe() -> Document {
    let mut document = Schemas::openapi();
    for door in DOORS {
        document.paths.add_path_operation(door.path, vec![door.method.clone()], operation(door));
    }
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    document.components.get_or_insert_default().add_security_scheme("session", bearer);
    document
}

fn operation(door: &Door) -> utoipa::openapi::path::Operation {
    let json = |name: &str| ContentBuilder::new().schema(Some(Ref::from_schema_name(name))).build();
    let mut good = ResponseBuilder::new().description("Done");
    if let Some(answer) = door.answer {
        good = good.content("application/json", json(answer));
    }
    let problem = ResponseBuilder::new()
        .description("A problem with a stable code")
        .content("application/problem+json", json("Problem"));
    let mut operation = OperationBuilder::new()
        .summary(Some(door.summary))
        .response("2XX", good)
        .response("default", problem);
    for name in door.path.split(['{', '}']).skip(1).step_by(2) {
        operation = operation.parameter(
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .schema(Some(Object::with_type(Type::String))),
        );
    }
    if let Some(request) = door.request {
        let body = RequestBodyBuilder::new().content("application/json", json(request));
        operation = operation.request_body(Some(body.required(Some(Required::True)).build()));
    }
    if door.session {
        operation = operation.security(SecurityRequirement::new("session", Vec::<String>::new()));
    }
    operation.build()
}
