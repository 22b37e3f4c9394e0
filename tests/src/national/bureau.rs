//! A backend whose profile names the proxy as its national identification, and people who turn to it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use citizen_backend::clock::{Clock, SystemClock, SystemRandom, random_bytes};
use citizen_backend::{Config, ProfileChoice, Running, serve};
use citizen_contract::profile::embedded_source;
use citizen_contract::time::UtcMillis;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::proxy::{CLIENT_ID, Proxy, client};
use super::sign_in;
use crate::world::Who;

/// Where the app would listen.
pub const BACK: &str = "http://127.0.0.1:4000/national-id";

/// The machine's clock, put forward by hand: providers live in the present.
#[derive(Default)]
struct Ahead(AtomicI64);

impl Clock for Ahead {
    fn now(&self) -> UtcMillis {
        SystemClock.now().plus_millis(self.0.load(Ordering::SeqCst))
    }
}

/// A backend, and the provider that it asks.
pub struct Bureau {
    /// The provider, and what stands before it.
    pub proxy: Proxy,
    running: Running,
    clock: Arc<Ahead>,
    _folder: TempDir,
}

/// Somebody who is signed in.
pub struct Seeker {
    who: Who,
    token: String,
    base: String,
}

/// An attempt that is under way.
#[derive(Clone)]
pub struct Attempt {
    /// Its id.
    pub id: String,
    /// What came back with the code.
    pub state: String,
    /// The code.
    pub code: String,
    /// What the challenge was made from.
    pub verifier: String,
}

/// What the backend answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Value,
}

impl Answer {
    /// The code of a problem, or nothing.
    #[must_use]
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

impl Bureau {
    /// Opens one; the provider signs so.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn open(algorithm: &str) -> Self {
        Self::with(algorithm, None).await
    }

    /// Opens one that has a secret at the provider.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn with(algorithm: &str, secret: Option<&str>) -> Self {
        let proxy = Proxy::start(algorithm, secret).await;
        let folder = tempfile::tempdir().expect("a folder");
        let profile = folder.path().join("profiles/thuy-nguyen");
        write_profile(&profile, &proxy.issuer(), algorithm);
        let clock = Arc::new(Ahead::default());
        let config = Config {
            demo: true,
            profile: ProfileChoice::Folder(profile),
            clock: clock.clone(),
            national_secret: citizen_backend::messenger::Secret::new(secret.unwrap_or_default().to_owned()),
            ..Config::in_folder(folder.path().join("backend"))
        };
        let running = serve(config).await.expect("the backend starts");
        Self { proxy, running, clock, _folder: folder }
    }

    /// Where the backend answers, and its root key.
    pub(super) fn deployment(&self) -> (String, String) {
        let key = self.running.opened.backend.signer.root_public_key().to_owned();
        (format!("http://{}", self.running.addr), key)
    }

    /// Lets time pass for the backend.
    pub fn passes_s(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// Somebody signs in to the backend.
    ///
    /// # Panics
    /// If they are not let in.
    pub async fn seeker(&self, who: Who) -> Seeker {
        let base = format!("http://{}", self.running.addr);
        let mut seeker = Seeker { who, token: String::new(), base };
        let body = json!({ "citizen_id": who.number(), "password": who.password(), "device_name": "" });
        let grant = seeker.post("/v1/sessions", &body).await;
        seeker.token = grant.body["access_token"].as_str().expect("a session").to_owned();
        seeker
    }

    /// How many acts of this kind the audit log has.
    ///
    /// # Panics
    /// If it cannot be read.
    pub async fn recorded(&self, act: &'static str) -> i64 {
        let read = self.running.opened.backend.db.read(move |tx| {
            tx.query_one("SELECT COUNT(*) FROM audit WHERE act = ?1", citizen_backend::params![act], |row| {
                row.int(0)
            })
        });
        read.await.map_err(citizen_backend::db::WriteError::<citizen_backend::db::DbError>::flatten).unwrap()
    }
}

impl Seeker {
    /// Posts to the backend.
    ///
    /// # Panics
    /// If it does not answer.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        let request = client().post(format!("{}{path}", self.base)).bearer_auth(&self.token).json(body);
        let answer = request.send().await.expect("an answer");
        let status = answer.status().as_u16();
        let text = answer.text().await.expect("a body");
        Answer { status, body: serde_json::from_str(&text).unwrap_or(Value::Null) }
    }

    /// Begins an attempt and answers what the backend says, and the verifier.
    pub async fn begins(&self) -> (Answer, String) {
        let verifier = URL_SAFE_NO_PAD.encode(random_bytes::<32>(&SystemRandom));
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
        let body = json!({ "redirect_uri": BACK, "code_challenge": challenge });
        (self.post("/v1/identity-checks", &body).await, verifier)
    }

    /// Goes through the browser as the holder of `number`, and comes back with a code.
    ///
    /// # Panics
    /// If the pages do not lead back.
    pub async fn comes_back_as(&self, number: &str) -> Attempt {
        let (begun, verifier) = self.begins().await;
        assert_eq!(begun.status, 201, "{:?}", begun.body);
        let address = begun.body["authorization_url"].as_str().expect("an address");
        let back = sign_in(address, BACK, number).await;
        let query = |name: &str| {
            let (_, query) = back.split_once('?').expect("a query");
            let pair = query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
            pair.expect("a value").to_owned()
        };
        assert_eq!(begun.body["state"], query("state"));
        let id = begun.body["id"].as_str().expect("an id").to_owned();
        Attempt { id, state: query("state"), code: query("code"), verifier }
    }

    /// Goes through the browser as oneself.
    pub async fn comes_back(&self) -> Attempt {
        self.comes_back_as(self.who.number()).await
    }

    /// Finishes an attempt.
    pub async fn finishes(&self, attempt: &Attempt) -> Answer {
        let body = json!({
            "code": attempt.code, "state": attempt.state, "code_verifier": attempt.verifier,
        });
        self.post(&format!("/v1/identity-checks/{}/finish", attempt.id), &body).await
    }

    /// Whether the account is checked, as its document says.
    pub async fn is_checked(&self) -> bool {
        let answer = self.post("/v1/sync", &json!({ "cursors": [], "limit": 100 })).await;
        let changes = answer.body["feeds"].as_array().into_iter().flatten();
        let mut changes = changes.flat_map(|feed| feed["changes"].as_array().into_iter().flatten());
        let account = changes.find(|change| change["doc_kind"] == "account").expect("the account's document");
        account["body"]["check"]["way"] == "national"
    }
}

fn write_profile(folder: &Path, issuer: &str, algorithm: &str) {
    let source = embedded_source("thuy-nguyen").expect("the profile");
    let national = folder.parent().expect("a parent").join("vietnam");
    std::fs::create_dir_all(folder).expect("a folder");
    std::fs::create_dir_all(&national).expect("a folder");
    for (name, text) in source.iter() {
        let path = match name.strip_prefix("vietnam/") {
            Some(name) => national.join(name),
            None => folder.join(name),
        };
        std::fs::write(path, text).expect("a file");
    }
    // EdDSA is what the forger signs with: allowed, so that only what it forges is refused.
    let text = format!(
        "issuer = \"{issuer}\"\nclient_id = \"{CLIENT_ID}\"\nscopes = [\"openid\", \"citizen\"]\n\
         number_claim = \"citizen_id\"\nalgorithms = [\"{algorithm}\"{}]\n\
         title = {{ vi = \"VNeID (mẫu)\", en = \"VNeID (sample)\" }}\n",
        if algorithm == "EdDSA" { "" } else { ", \"EdDSA\"" }
    );
    std::fs::write(folder.join("national-id.toml"), text).expect("a file");
}
