//! Stands between the backend and the provider, and changes what it is told to.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use reqwest::redirect::Policy;
use serde_json::Value;
use tokio::net::TcpListener;

use super::forger::{Forgery, public_key};
use super::provider::Provider;

/// As whom the backend asks.
pub const CLIENT_ID: &str = "thuy-nguyen-smart";

const HOP: [&str; 3] = ["content-length", "transfer-encoding", "connection"];

/// What the proxy does and has seen.
#[derive(Default)]
pub struct Seen {
    behind: Option<String>,
    /// Changes the next tokens.
    pub forgery: Option<Forgery>,
    /// Keys of the forger that are listed besides the real ones.
    pub listed: Vec<u8>,
    /// Answers nothing of sense at this path.
    pub broken: Option<&'static str>,
    /// How often the keys were asked for.
    pub keys_asked: usize,
}

/// A proxy before a provider; the provider calls itself by the proxy's address.
pub struct Proxy {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    /// What stands behind.
    pub provider: Provider,
}

impl Proxy {
    /// A proxy and its provider.
    ///
    /// # Panics
    /// If they cannot be started.
    pub async fn start(algorithm: &str, secret: Option<&str>) -> Self {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(carry).with_state(seen.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let provider = Provider::start(&format!("http://{address}"), algorithm, secret).await;
        let proxy = Self { address, seen, provider };
        proxy.tell(|seen| seen.behind = Some(proxy.provider.address()));
        proxy
    }

    /// What the provider calls itself.
    #[must_use]
    pub fn issuer(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Says what to do, or asks what was done.
    ///
    /// # Panics
    /// If a request panicked.
    pub fn tell<T>(&self, say: impl FnOnce(&mut Seen) -> T) -> T {
        say(&mut self.seen.lock().unwrap())
    }
}

/// A client that follows nothing by itself.
#[must_use]
pub(super) fn client() -> reqwest::Client {
    // A second call finds it installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap()
}

async fn carry(
    State(seen): State<Arc<Mutex<Seen>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    answer(&seen, method, &uri, headers, body)
        .await
        .unwrap_or_else(|| (StatusCode::BAD_GATEWAY, "nobody is there").into_response())
}

async fn answer(
    seen: &Mutex<Seen>,
    method: Method,
    uri: &Uri,
    mut headers: HeaderMap,
    body: Bytes,
) -> Option<Response> {
    // Written anew on each way.
    for name in HOP {
        headers.remove(name);
    }
    let behind = {
        let mut seen = seen.lock().ok()?;
        seen.keys_asked += usize::from(uri.path() == "/jwks");
        if seen.broken == Some(uri.path()) {
            return None;
        }
        seen.behind.clone()?
    };
    let request = client().request(method, format!("{behind}{uri}")).headers(headers).body(body);
    let answer = request.send().await.inspect_err(|error| println!("the provider: {error:?}")).ok()?;
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    let body = answer.bytes().await.inspect_err(|error| println!("the provider: {error:?}")).ok()?;
    for name in HOP {
        headers.remove(name);
    }
    let seen = seen.lock().ok()?;
    let body = match uri.path() {
        "/jwks" => listed(&seen, &body).unwrap_or_else(|| body.to_vec()),
        "/token" => forged(&seen, &body).unwrap_or_else(|| body.to_vec()),
        _ => body.to_vec(),
    };
    Some((status, headers, body).into_response())
}

fn listed(seen: &Seen, body: &[u8]) -> Option<Vec<u8>> {
    let mut keys: Value = serde_json::from_slice(body).ok()?;
    let list = keys.get_mut("keys")?.as_array_mut()?;
    list.extend(seen.listed.iter().map(|number| public_key(*number)));
    Some(keys.to_string().into_bytes())
}

fn forged(seen: &Seen, body: &[u8]) -> Option<Vec<u8>> {
    let mut tokens: Value = serde_json::from_slice(body).ok()?;
    let token = seen.forgery.as_ref()?.of(tokens.get("id_token")?.as_str()?);
    tokens.as_object_mut()?.insert("id_token".to_owned(), token.into());
    Some(tokens.to_string().into_bytes())
}
