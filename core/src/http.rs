//! The real [`Transport`]: HTTP over our own TLS roots, so that phones need no platform verifier.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::redirect::Policy;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};

use crate::ports::{
    ByteAnswer, ByteStream, LineStream, Method, Request, Response, Transport, TransportError,
};

/// No answer of ours is larger.
const LARGEST_ANSWER: usize = 40 * 1024 * 1024;
/// No line of a stream of ours is longer.
const LONGEST_LINE: usize = 64 * 1024;
const CONNECT_WITHIN: Duration = Duration::from_secs(10);
const ANSWER_WITHIN: Duration = Duration::from_secs(60);
/// The backend writes a comment line into a quiet stream more often than this.
const LINE_WITHIN: Duration = Duration::from_secs(90);

/// Why a transport cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum HttpSetupError {
    /// The extra certificate authority is no certificate.
    #[error("the extra certificate cannot be used")]
    Certificate,
    /// TLS or the client could not be set up.
    #[error("the HTTP client cannot be set up")]
    Client,
}

/// Reaches one backend over HTTP.
pub struct HttpTransport {
    base_url: String,
    plain: reqwest::Client,
    streams: reqwest::Client,
}

impl HttpTransport {
    /// A transport to `base_url` (no slash at the end), trusting the well-known authorities and
    /// `extra_authorities` (DER).
    ///
    /// # Errors
    /// [`HttpSetupError`].
    pub fn new(base_url: &str, extra_authorities: &[Vec<u8>]) -> Result<Self, HttpSetupError> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        for der in extra_authorities {
            roots.add(CertificateDer::from(der.clone())).map_err(|_| HttpSetupError::Certificate)?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| HttpSetupError::Client)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let builder = || {
            reqwest::Client::builder()
                .tls_backend_preconfigured(tls.clone())
                // A redirect to a login page must arrive as a redirect.
                .redirect(Policy::none())
                .connect_timeout(CONNECT_WITHIN)
                .user_agent(concat!("citizen-core/", env!("CARGO_PKG_VERSION")))
        };
        Ok(Self {
            base_url: base_url.trim_end_matches('/').to_owned(),
            plain: builder().timeout(ANSWER_WITHIN).build().map_err(|_| HttpSetupError::Client)?,
            streams: builder().read_timeout(LINE_WITHIN).build().map_err(|_| HttpSetupError::Client)?,
        })
    }

    async fn start(
        &self,
        client: &reqwest::Client,
        request: Request,
    ) -> Result<reqwest::Response, TransportError> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Head => reqwest::Method::HEAD,
            Method::Post => reqwest::Method::POST,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut builder = client.request(method, format!("{}{}", self.base_url, request.path));
        for (name, value) in request.headers {
            builder = builder.header(name, value);
        }
        if let Some(token) = &request.bearer {
            builder = builder.bearer_auth(String::from_utf8_lossy(token));
        }
        builder.body(request.body).send().await.map_err(|error| failure(&error))
    }
}

fn failure(error: &reqwest::Error) -> TransportError {
    // The error's own text would name the address; it goes nowhere.
    if error.is_connect() { TransportError::Unreachable } else { TransportError::Interrupted }
}

#[async_trait]
impl Transport for HttpTransport {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let mut answer = self.start(&self.plain, request).await?;
        let status = answer.status().as_u16();
        let headers = headers(&answer);
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|_| TransportError::Interrupted)? {
            if body.len().saturating_add(chunk.len()) > LARGEST_ANSWER {
                return Err(TransportError::Oversize);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Response { status, headers, body })
    }

    async fn open_bytes(&self, request: Request) -> Result<ByteAnswer, TransportError> {
        let answer = self.start(&self.streams, request).await?;
        let (status, headers) = (answer.status().as_u16(), headers(&answer));
        Ok(ByteAnswer { status, headers, body: Box::new(HttpBytes { answer }) })
    }

    async fn open_lines(&self, request: Request) -> Result<Box<dyn LineStream>, TransportError> {
        let answer = self.start(&self.streams, request).await?;
        let is_stream = answer
            .headers()
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("text/event-stream"));
        if answer.status().as_u16() != 200 || !is_stream {
            return Err(TransportError::Interrupted);
        }
        Ok(Box::new(HttpLines { answer, pending: Vec::new() }))
    }
}

struct HttpBytes {
    answer: reqwest::Response,
}

#[async_trait]
impl ByteStream for HttpBytes {
    async fn next_piece(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        let piece = self.answer.chunk().await.map_err(|_| TransportError::Interrupted)?;
        Ok(piece.map(|piece| piece.to_vec()))
    }
}

fn headers(answer: &reqwest::Response) -> Vec<(String, String)> {
    let text = |value: &reqwest::header::HeaderValue| value.to_str().ok().map(str::to_owned);
    answer
        .headers()
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), text(value)?)))
        .collect()
}

struct HttpLines {
    answer: reqwest::Response,
    pending: Vec<u8>,
}

#[async_trait]
impl LineStream for HttpLines {
    async fn next_line(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.pending.iter().position(|byte| *byte == b'\n') {
                let mut line: Vec<u8> = self.pending.drain(..=end).collect();
                line.pop();
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return String::from_utf8(line).ok();
            }
            if self.pending.len() > LONGEST_LINE {
                return None;
            }
            let chunk = self.answer.chunk().await.ok()??;
            self.pending.extend_from_slice(&chunk);
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::response::Redirect;
    use axum::routing::get;

    use super::*;

    async fn serve(router: Router) -> HttpTransport {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        HttpTransport::new(&format!("http://{address}"), &[]).unwrap()
    }

    #[tokio::test]
    async fn a_redirect_arrives_as_one_and_is_not_followed() {
        let router = Router::new()
            .route("/v1/keys", get(|| async { Redirect::temporary("/login") }))
            .route("/login", get(|| async { "<html>" }));
        let transport = serve(router).await;
        let answer = transport.send(Request::new(Method::Get, "/v1/keys")).await.unwrap();
        assert_eq!((answer.status, answer.header("location")), (307, Some("/login")));
    }

    #[tokio::test]
    async fn a_connection_that_is_never_made_is_told_from_one_that_breaks() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let transport =
            HttpTransport::new(&format!("http://{}", listener.local_addr().unwrap()), &[]).unwrap();
        let breaking = async {
            let (connection, _) = listener.accept().await.unwrap();
            drop(connection);
        };
        let (answer, ()) = tokio::join!(transport.send(Request::new(Method::Get, "/")), breaking);
        assert_eq!(answer.err(), Some(TransportError::Interrupted));
        drop(listener);
        let refused = transport.send(Request::new(Method::Get, "/")).await;
        assert_eq!(refused.err(), Some(TransportError::Unreachable));
    }

    #[tokio::test]
    async fn lines_of_a_stream_come_one_by_one_and_a_page_is_no_stream() {
        let events = [("content-type", "text/event-stream")];
        let router = Router::new()
            .route("/v1/nudges", get(move || async move { (events, "event: nudge\r\ndata: {}\n\n") }))
            .route("/portal", get(|| async { axum::response::Html("<html>") }));
        let transport = serve(router).await;
        let mut lines = transport.open_lines(Request::new(Method::Get, "/v1/nudges")).await.unwrap();
        let mut heard = Vec::new();
        while let Some(line) = lines.next_line().await {
            heard.push(line);
        }
        assert_eq!(heard, ["event: nudge", "data: {}", ""]);
        assert!(transport.open_lines(Request::new(Method::Get, "/portal")).await.is_err());
    }
}
