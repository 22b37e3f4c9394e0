//! The way to the backend: one request, one whole answer; and one long answer of lines.

use async_trait::async_trait;

use super::Secret;

/// The HTTP methods that the core uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Asks how far an upload got.
    Head,
    /// Sends a command batch, a sync or a query.
    Post,
    /// Sends the next bytes of an upload.
    Patch,
    /// Ends a session.
    Delete,
}

/// A request to the backend that the transport belongs to.
#[derive(Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path from the root, such as `/v1/commands`. It never carries a person's words.
    pub path: String,
    /// Header names in lower case, and values.
    pub headers: Vec<(&'static str, String)>,
    /// The access token, if the request is made for an account.
    pub bearer: Option<Secret>,
    /// The body, perhaps empty.
    pub body: Vec<u8>,
}

impl Request {
    /// A request without a body.
    #[must_use]
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), headers: Vec::new(), bearer: None, body: Vec::new() }
    }

    /// A `POST` of JSON.
    #[must_use]
    pub fn post_json(path: impl Into<String>, body: Vec<u8>) -> Self {
        Self { body, ..Self::new(Method::Post, path) }.header("content-type", "application/json")
    }

    /// The same request with one more header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same request for an account.
    #[must_use]
    pub fn bearer(mut self, token: Secret) -> Self {
        self.bearer = Some(token);
        self
    }
}

/// A whole answer. A body that was cut on the way is a [`TransportError`], never an answer.
#[derive(Debug, Clone)]
pub struct Response {
    /// The HTTP status. Redirects arrive here as they are; they are never followed.
    pub status: u16,
    /// Header names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// The first header with this lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether the body says that it is `media_type`, parameters aside.
    #[must_use]
    pub fn is_of_type(&self, media_type: &str) -> bool {
        self.header("content-type")
            .and_then(|value| value.split(';').next())
            .is_some_and(|value| value.trim().eq_ignore_ascii_case(media_type))
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No connection was made: not a byte of the request has left.
    #[error("the backend cannot be reached")]
    Unreachable,
    /// The connection broke or was too slow: the request may have arrived.
    #[error("the connection broke")]
    Interrupted,
    /// The answer is larger than any of ours; it cannot be the backend's.
    #[error("the answer is too large")]
    Oversize,
}

/// Lines of a long answer.
#[async_trait]
pub trait LineStream: Send {
    /// The next line without its end, or `None` when the stream has ended in whatever way.
    async fn next_line(&mut self) -> Option<String>;
}

/// A long answer of bytes, piece by piece.
#[async_trait]
pub trait ByteStream: Send {
    /// The next piece, or `None` when all of the answer has come.
    ///
    /// # Errors
    /// [`TransportError`] if the answer breaks off before its end.
    async fn next_piece(&mut self) -> Result<Option<Vec<u8>>, TransportError>;
}

/// A long answer that has begun.
pub struct ByteAnswer {
    /// The HTTP status.
    pub status: u16,
    /// Header names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body on its way.
    pub body: Box<dyn ByteStream>,
}

impl ByteAnswer {
    /// The most of a failure that is worth reading.
    const LARGEST_FAILURE: usize = 64 * 1024;

    /// The first header with this lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The whole answer, for one that is a failure.
    ///
    /// # Errors
    /// [`TransportError`] if it breaks off or is too large.
    pub async fn whole(mut self) -> Result<Response, TransportError> {
        let mut body = Vec::new();
        while let Some(piece) = self.body.next_piece().await? {
            body.extend_from_slice(&piece);
            if body.len() > Self::LARGEST_FAILURE {
                return Err(TransportError::Oversize);
            }
        }
        Ok(Response { status: self.status, headers: self.headers, body })
    }
}

/// Reaches one backend.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// [`TransportError`] if there is no whole answer.
    async fn send(&self, request: Request) -> Result<Response, TransportError>;

    /// Opens a long answer of lines (server-sent events).
    ///
    /// # Errors
    /// [`TransportError`] if there is no connection, `Interrupted` also if the status is not 200.
    async fn open_lines(&self, request: Request) -> Result<Box<dyn LineStream>, TransportError>;

    /// Opens a long answer of bytes, however long it is.
    ///
    /// # Errors
    /// [`TransportError`] if there is no connection.
    async fn open_bytes(&self, request: Request) -> Result<ByteAnswer, TransportError>;
}
