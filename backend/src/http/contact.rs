//! The account's phone, and a child's representative.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use citizen_contract::contact::{
    AskRepresentative, ChangePhone, Contact, ContactRequest, FinishPhoneChange, FinishRepresentative,
};

use super::App;
use super::bearer::SignedIn;
use super::body::Wire;
use super::origin::CameFrom;
use super::refusal::Refusal;
use super::registrations::{NO_STORE, challenge_id, challenged};
use crate::identity::{self, ChangePhoneError, RepresentativeError};

/// `POST /v1/queries/contact`.
pub(super) async fn show(
    State(app): State<App>,
    who: SignedIn,
    Wire(ContactRequest {}): Wire<ContactRequest>,
) -> Result<Json<Contact>, Refusal> {
    Ok(Json(identity::contact(&app.identity, who.reader.account).await?))
}

/// `POST /v1/me/phone`.
pub(super) async fn change_phone(
    State(app): State<App>,
    CameFrom(origin): CameFrom,
    who: SignedIn,
    Wire(input): Wire<ChangePhone>,
) -> Result<impl IntoResponse, Refusal> {
    let sent = identity::change_phone(&app.identity, who.reader.account, &input, origin).await;
    if let Err(ChangePhoneError::Code(error)) = &sent {
        app.metrics.code_not_sent(error);
    }
    Ok(challenged(&app, sent?))
}

/// `POST /v1/me/phone/{challenge}/finish`.
pub(super) async fn finish_phone(
    State(app): State<App>,
    who: SignedIn,
    Path(challenge): Path<String>,
    Wire(input): Wire<FinishPhoneChange>,
) -> Result<impl IntoResponse, Refusal> {
    let id = challenge_id(&challenge)?;
    let finished = identity::finish_phone_change(&app.identity, who.reader.account, id, &input).await;
    app.metrics.code_answered(finished.is_ok());
    Ok((NO_STORE, Json(finished?)))
}

/// `POST /v1/me/representative`.
pub(super) async fn ask(
    State(app): State<App>,
    CameFrom(origin): CameFrom,
    who: SignedIn,
    Wire(input): Wire<AskRepresentative>,
) -> Result<impl IntoResponse, Refusal> {
    let sent = identity::ask_representative(&app.identity, who.reader.account, &input, origin).await;
    if let Err(RepresentativeError::Code(error)) = &sent {
        app.metrics.code_not_sent(error);
    }
    Ok(challenged(&app, sent?))
}

/// `POST /v1/me/representative/{challenge}/finish`.
pub(super) async fn consent(
    State(app): State<App>,
    who: SignedIn,
    Path(challenge): Path<String>,
    Wire(input): Wire<FinishRepresentative>,
) -> Result<impl IntoResponse, Refusal> {
    let id = challenge_id(&challenge)?;
    let finished = identity::finish_representative(&app.identity, who.reader.account, id, &input).await;
    app.metrics.code_answered(finished.is_ok());
    Ok((NO_STORE, Json(finished?)))
}

/// `DELETE /v1/me/representative`.
pub(super) async fn withdraw(State(app): State<App>, who: SignedIn) -> Result<Json<Contact>, Refusal> {
    Ok(Json(identity::withdraw_representative(&app.identity, who.reader.account).await?))
}
