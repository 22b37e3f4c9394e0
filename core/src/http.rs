//! The real [`Transport`]: HTTP over our own TLS roots, so that phones need no platform verifier.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::redirect::Policy;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};

use crate::ports::{LineStream, Method, Request, Response, Transport, TransportError};

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
        let headers = answer
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect();
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|_| TransportError::Interrupted)? {
            if body.len().saturating_add(chunk.len()) > LARGEST_ANSWER {
                return Err(TransportError::Oversize);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Response { status, headers, body })
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
