//! A backend that keeps the promises of the wire, and breaks them when told to.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, get, head, post};
use axum::{Json, Router};
use citizen_contract::command::Envelope;
use citizen_contract::hash::ContentHash;
use citizen_contract::ids::CommandId;
use citizen_contract::keys::{KeyList, SigningKeyEntry};
use citizen_contract::outcome::{CommandBatch, CommandOutcome, CommandOutcomes, Receipt, Verdict};
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::signed::{Purpose, Signed, encode_key, key_id};
use citizen_contract::time::UtcMillis;
use ed25519_dalek::SigningKey;
use http_body::Frame;
use serde_json::{Value, json};

mod accounts;

use accounts::Accounts;
pub use accounts::CODE;

/// How the way to the backend, or the backend itself, behaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mood {
    /// As promised.
    Fine,
    /// A captive portal answers everything with a page.
    Portal,
    /// Everything is redirected to a login page.
    Redirect,
    /// The answer breaks off in the middle of its body, after the work was done.
    CutBody,
    /// The connection closes without an answer, after the work was done.
    LostAnswer,
    /// Every request gets this status and our problem document, and perhaps a `Retry-After`.
    Refusing(ProblemCode, Option<u32>),
    /// Commands whose text contains the word are refused for good.
    Poison(&'static str),
    /// Receipts are signed with a key that is in no list.
    NewKey,
    /// Receipts carry another command's hash.
    WrongReceipt,
}

#[derive(Default)]
struct Kept {
    texts: HashMap<CommandId, String>,
    arrivals: Vec<CommandId>,
    uploads: HashMap<String, Vec<u8>>,
    patches: usize,
    refreshes: usize,
    sync_answers: Vec<Value>,
    syncs: usize,
    accounts: Accounts,
}

struct Inner {
    mood: Mutex<Mood>,
    kept: Mutex<Kept>,
    root: SigningKey,
    receipts: SigningKey,
}

/// The backend.
#[derive(Clone)]
pub struct FakeBackend {
    inner: Arc<Inner>,
    pub base_url: String,
}

impl FakeBackend {
    pub async fn start() -> Self {
        let inner = Arc::new(Inner {
            mood: Mutex::new(Mood::Fine),
            kept: Mutex::default(),
            root: SigningKey::from_bytes(&[1; 32]),
            receipts: SigningKey::from_bytes(&[2; 32]),
        });
        let router = Router::new()
            .route("/v1/commands", post(commands))
            .route("/v1/keys", get(keys))
            .route("/v1/sync", post(sync))
            .route("/v1/registrations", post(accounts::register))
            .route("/v1/registrations/{challenge}/finish", post(accounts::finish_registration))
            .route("/v1/challenges/{challenge}/resend", post(accounts::resend))
            .route("/v1/sessions", post(accounts::sign_in))
            .route("/v1/sessions/{challenge}/finish", post(accounts::finish_sign_in))
            .route("/v1/sessions/refresh", post(accounts::refresh))
            .route("/v1/devices/{device}", delete(accounts::cut_off))
            .route("/v1/files/{command}/{attachment}", head(offset).patch(patch))
            .with_state(inner.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { inner, base_url }
    }

    pub fn set(&self, mood: Mood) {
        *self.inner.mood.lock().unwrap() = mood;
    }

    pub fn root(&self) -> ed25519_dalek::VerifyingKey {
        self.inner.root.verifying_key()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.inner.kept.lock().unwrap()
    }

    /// How often a command's text arrived.
    pub fn arrivals(&self, id: CommandId) -> usize {
        self.kept().arrivals.iter().filter(|it| **it == id).count()
    }

    /// All commands in the order in which they first arrived.
    pub fn order(&self) -> Vec<CommandId> {
        let mut seen = Vec::new();
        for id in &self.kept().arrivals {
            if !seen.contains(id) {
                seen.push(*id);
            }
        }
        seen
    }

    pub fn text(&self, id: CommandId) -> Option<String> {
        self.kept().texts.get(&id).cloned()
    }

    pub fn uploaded(&self, attachment: &str) -> Vec<u8> {
        self.kept().uploads.get(attachment).cloned().unwrap_or_default()
    }

    pub fn lose_upload(&self, attachment: &str, keep: usize) {
        if let Some(bytes) = self.kept().uploads.get_mut(attachment) {
            bytes.truncate(keep);
        }
    }

    pub fn patches(&self) -> usize {
        self.kept().patches
    }

    pub fn refreshes(&self) -> usize {
        self.kept().refreshes
    }

    pub fn syncs(&self) -> usize {
        self.kept().syncs
    }

    /// What each sign-in showed as its device token.
    pub fn shown_tokens(&self) -> Vec<Option<String>> {
        self.kept().accounts.shown.clone()
    }

    pub fn next_sync(&self, answer: Value) {
        self.kept().sync_answers.push(answer);
    }
}

type Shared = State<Arc<Inner>>;

fn problem(code: ProblemCode, retry_after: Option<u32>) -> Response {
    refusal(&Problem::new(code), retry_after)
}

fn refusal(problem: &Problem, retry_after: Option<u32>) -> Response {
    let status = StatusCode::from_u16(problem.code.status()).unwrap();
    let body = serde_json::to_vec(problem).unwrap();
    let mut answer = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
    if let Some(seconds) = retry_after {
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    answer
}

/// What stands between the phone and the work.
fn before(inner: &Inner) -> Option<Response> {
    match inner.mood.lock().unwrap().clone() {
        Mood::Portal => Some(axum::response::Html("<html>Đăng nhập Wi-Fi miễn phí</html>").into_response()),
        Mood::Redirect => Some(axum::response::Redirect::temporary("/dang-nhap").into_response()),
        Mood::Refusing(code, retry_after) => Some(problem(code, retry_after)),
        _ => None,
    }
}

/// What happens to an answer on its way back.
fn after(inner: &Inner, answer: Response) -> Response {
    match *inner.mood.lock().unwrap() {
        Mood::CutBody => {
            let body = Body::new(Breaking { begun: false });
            Response::builder().header(header::CONTENT_TYPE, "application/json").body(body).unwrap()
        }
        Mood::LostAnswer => Response::new(Body::new(Breaking { begun: true })),
        _ => answer,
    }
}

/// A body that breaks off, which closes the connection.
struct Breaking {
    begun: bool,
}

impl axum::body::HttpBody for Breaking {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if self.begun {
            return Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into())));
        }
        self.begun = true;
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"{\"outcomes\":[")))))
    }
}

async fn commands(State(inner): Shared, headers: HeaderMap, Json(batch): Json<CommandBatch>) -> Response {
    if let Some(answer) = before(&inner) {
        return answer;
    }
    if inner.kept.lock().unwrap().accounts.is_cut_off(&headers) {
        return problem(ProblemCode::SignInRequired, None);
    }
    let outcomes = batch.commands.iter().map(|text| outcome(&inner, text)).collect();
    after(&inner, Json(CommandOutcomes { outcomes }).into_response())
}

fn outcome(inner: &Inner, text: &str) -> CommandOutcome {
    let envelope: Envelope = serde_json::from_str(text).unwrap();
    let mood = inner.mood.lock().unwrap().clone();
    let mut kept = inner.kept.lock().unwrap();
    kept.arrivals.push(envelope.id);
    let verdict = match &mood {
        Mood::Poison(word) if text.contains(word) => {
            Verdict::Refused { problem: Problem::new(ProblemCode::Invalid) }
        }
        _ if kept.texts.get(&envelope.id).is_some_and(|kept| kept != text) => {
            Verdict::Refused { problem: Problem::new(ProblemCode::CommandIdReused) }
        }
        _ => {
            kept.texts.insert(envelope.id, text.to_owned());
            let hashed = if mood == Mood::WrongReceipt { "another text" } else { text };
            let receipt = Receipt {
                command_id: envelope.id,
                content_sha256: ContentHash::of(hashed.as_bytes()),
                received_at: UtcMillis(1_712_000_000_000),
                report_id: Some(envelope.body.report_id(envelope.id)),
                report_number: Some("TN-000001".to_owned()),
                revision: Some(envelope.expected_revision.unwrap_or(0) + 1),
                first_deadline: None,
            };
            let unknown = SigningKey::from_bytes(&[9; 32]);
            let key = if mood == Mood::NewKey { &unknown } else { &inner.receipts };
            let payload = serde_json::to_string(&receipt).unwrap();
            Verdict::Accepted { receipt: Signed::sign(Purpose::Receipt, payload, key) }
        }
    };
    CommandOutcome { command_id: Some(envelope.id), verdict }
}

async fn keys(State(inner): Shared) -> Response {
    if let Some(answer) = before(&inner) {
        return answer;
    }
    let public = inner.receipts.verifying_key();
    let entry = SigningKeyEntry {
        key_id: key_id(&public),
        public_key: encode_key(&public),
        valid_from: UtcMillis(0),
        retired_at: None,
    };
    let list = KeyList { issued_at: UtcMillis(1), keys: vec![entry] };
    Json(Signed::sign(Purpose::KeyList, serde_json::to_string(&list).unwrap(), &inner.root)).into_response()
}

async fn sync(State(inner): Shared, headers: HeaderMap) -> Response {
    if let Some(answer) = before(&inner) {
        return answer;
    }
    let mut kept = inner.kept.lock().unwrap();
    kept.syncs += 1;
    if kept.accounts.is_cut_off(&headers) {
        return problem(ProblemCode::SignInRequired, None);
    }
    if kept.sync_answers.is_empty() {
        if let Some(feed) = accounts::bearer(&headers).and_then(|token| kept.accounts.feed(token)) {
            return Json(feed).into_response();
        }
        return Json(json!({"subscriptions": ["public:all"], "feeds": []})).into_response();
    }
    Json(kept.sync_answers.remove(0)).into_response()
}

fn tus(status: StatusCode, offset: usize) -> Response {
    (status, [("tus-resumable", "1.0.0".to_owned()), ("upload-offset", offset.to_string())]).into_response()
}

async fn offset(State(inner): Shared, Path((_, attachment)): Path<(String, String)>) -> Response {
    if let Some(answer) = before(&inner) {
        return answer;
    }
    let kept = inner.kept.lock().unwrap();
    tus(StatusCode::OK, kept.uploads.get(&attachment).map_or(0, Vec::len))
}

async fn patch(
    State(inner): Shared,
    Path((_, attachment)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Some(answer) = before(&inner) {
        return answer;
    }
    let answer = {
        let mut kept = inner.kept.lock().unwrap();
        kept.patches += 1;
        let bytes = kept.uploads.entry(attachment).or_default();
        if headers["upload-offset"] != bytes.len().to_string() {
            return problem(ProblemCode::OffsetMismatch, None);
        }
        bytes.extend_from_slice(&body);
        tus(StatusCode::NO_CONTENT, bytes.len())
    };
    after(&inner, answer)
}
