//! The doors, knocked at from outside: the whole router over a real database, without a socket.

mod contact;
mod doors;
mod listening;
mod registration;
mod roles;
mod staff;
mod story;
mod uploads;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use axum::response::Response;
use citizen_contract::command::{AttachmentDeclaration, CommandBody, Credential, Envelope, Place, Submit};
use citizen_contract::ids::CommandId;
use citizen_contract::problem::Problem;
use citizen_contract::profile::SamplePerson;
use citizen_contract::session::SessionGrant;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::watch;
use tower::ServiceExt as _;

use super::*;
use crate::clock::{Clock as _, SystemRandom, random_bytes};
use crate::config::Config;
use crate::db::DbUrl;
use crate::open::open;
use crate::stage::HandClock;

/// A demo backend behind its router.
struct House {
    router: Router,
    clock: Arc<HandClock>,
    people: Vec<SamplePerson>,
    stop: watch::Sender<bool>,
    metrics: Arc<Metrics>,
    _folder: tempfile::TempDir,
}

/// What came back.
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl House {
    async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = DbUrl::sqlite(folder.path().join("backend.db"));
        Self::over(folder, url).await
    }

    async fn over(folder: tempfile::TempDir, db: DbUrl) -> Self {
        Self::configured(folder, |config| config.db = db).await
    }

    /// One that differs in something.
    async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::configured(tempfile::tempdir().unwrap(), change).await
    }

    async fn configured(folder: tempfile::TempDir, change: impl FnOnce(&mut Config)) -> Self {
        let clock = HandClock::in_april();
        let mut config = Config { demo: true, clock: clock.clone(), ..Config::in_folder(folder.path()) };
        change(&mut config);
        let opened = open(&config).await.unwrap();
        let (stop, stopping) = watch::channel(false);
        let metrics = Arc::new(Metrics::default());
        let router = router(crate::serve::app(&opened, metrics.clone(), stopping));
        let people = opened.backend.profile.samples.clone();
        Self { router, clock, people, stop, metrics, _folder: folder }
    }

    fn person(&self, key: &str) -> &SamplePerson {
        self.people.iter().find(|person| person.key == key).unwrap()
    }

    async fn sign_in(&self, key: &str) -> SessionGrant {
        let person = self.person(key);
        let body = json!({
            "citizen_id": person.citizen_id.reveal(), "password": person.password, "device_name": "máy thử"
        });
        self.post("/v1/sessions", None, &body).await.read()
    }

    async fn open(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn knock(&self, request: Request<Body>) -> Answer {
        let response = self.open(request).await;
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    async fn post(&self, path: &str, token: Option<&str>, body: &impl Serialize) -> Answer {
        let mut request = Request::post(path).header("content-type", "application/json");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        self.knock(request.body(Body::from(serde_json::to_vec(body).unwrap())).unwrap()).await
    }

    /// A report in this person's words, as its exact text, and its id.
    fn report(&self, words: &str, attachments: Vec<AttachmentDeclaration>) -> (CommandId, String) {
        let id = CommandId::from_parts(self.clock.now(), random_bytes(&SystemRandom));
        let profile = crate::stage::profile();
        let place = Place { unit_id: None, words: "Cạnh trạm bơm".to_owned(), position: None };
        let category = profile.categories.first().unwrap().code.clone();
        let envelope = Envelope {
            id,
            credential: Credential::Account,
            after: None,
            expected_revision: None,
            created_at: self.clock.now(),
            attachments,
            body: CommandBody::Submit(Submit { category, words: words.to_owned(), place, public: false }),
        };
        (id, serde_json::to_string(&envelope).unwrap())
    }

    async fn send(&self, token: &str, text: &str) -> Value {
        self.post("/v1/commands", Some(token), &json!({ "commands": [text] })).await.read()
    }
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn read<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        assert_eq!(self.header("content-type"), "application/json");
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The code of a problem document whose own status is the answer's.
    fn problem(&self) -> &'static str {
        assert_eq!(self.header("content-type"), "application/problem+json", "status {}", self.status);
        let problem: Problem = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem.status, self.status);
        problem.code.as_str()
    }
}
