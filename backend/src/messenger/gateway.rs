//! `http`: messages through the gateway of an operator of telephones, whatever its API looks like.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::{Message, Messenger, MessengerError};
use crate::outbound;

/// No gateway's answer is longer; what follows is not read.
const LONGEST_ANSWER: usize = 64 * 1024;

/// How values are written into a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum BodyKind {
    /// `application/json`; values stand inside quotation marks.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
}

/// Something of the gateway that nobody may read in a log. Its `Debug` shows nothing.
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Hides a text.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// What an operator says about a gateway.
#[derive(Debug, Clone)]
pub struct Gateway {
    /// Where messages are posted to.
    pub url: String,
    /// The body, with `{phone}`, `{text}`, `{code}` and `{secret}` where their values go.
    pub body: String,
    /// How values are written into the body.
    pub kind: BodyKind,
    /// A header, such as `authorization: Bearer {secret}`.
    pub header: Option<String>,
    /// What the answer must contain besides a status of success, for gateways that answer 200 always.
    pub expect: Option<String>,
    /// The gateway's password.
    pub secret: Secret,
    /// How long to wait for an answer.
    pub timeout: Duration,
}

/// The gateway cannot be used as it was described.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// Codes must not cross a network in the clear.
    #[error("the gateway's address is not https, nor http on this machine")]
    Address,
    /// A message without its code is of no use.
    #[error("the gateway's body holds neither {{text}} nor {{code}}, or no {{phone}}")]
    Body,
    /// Not `name: value`.
    #[error("the gateway's header is written like `name: value`")]
    Header,
    /// TLS.
    #[error("the HTTP client cannot be set up")]
    Client,
}

/// Posts messages to a gateway.
pub struct HttpMessenger {
    client: reqwest::Client,
    url: reqwest::Url,
    header: Option<(HeaderName, HeaderValue)>,
    gateway: Gateway,
}

impl HttpMessenger {
    /// One for this gateway.
    ///
    /// # Errors
    /// [`GatewayError`]
    pub fn new(gateway: Gateway) -> Result<Self, GatewayError> {
        let url = reqwest::Url::parse(&gateway.url).map_err(|_| GatewayError::Address)?;
        let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if !(url.scheme() == "https" || url.scheme() == "http" && here) {
            return Err(GatewayError::Address);
        }
        let says_code = gateway.body.contains("{text}") || gateway.body.contains("{code}");
        if !says_code || !gateway.body.contains("{phone}") {
            return Err(GatewayError::Body);
        }
        let client = outbound::client(gateway.timeout).ok_or(GatewayError::Client)?;
        let header = gateway.header.as_deref().map(|line| header(line, &gateway.secret)).transpose()?;
        Ok(Self { client, url, header, gateway })
    }

    fn body(&self, message: &Message) -> String {
        let written = |value: &str| match self.gateway.kind {
            BodyKind::Json => json(value),
            BodyKind::Form => form(value),
        };
        let values = [
            ("{phone}", message.to.e164()),
            ("{text}", message.text.clone()),
            ("{code}", message.code.clone()),
            ("{secret}", self.gateway.secret.0.to_string()),
        ];
        fill(&self.gateway.body, &values, written)
    }
}

#[async_trait]
impl Messenger for HttpMessenger {
    async fn send(&self, message: &Message) -> Result<(), MessengerError> {
        let kind = match self.gateway.kind {
            BodyKind::Json => "application/json",
            BodyKind::Form => "application/x-www-form-urlencoded",
        };
        let mut request =
            self.client.post(self.url.clone()).header(CONTENT_TYPE, kind).body(self.body(message));
        if let Some((name, value)) = &self.header {
            request = request.header(name, value);
        }
        let mut answer = request.send().await.map_err(|error| failed(&error))?;
        if !answer.status().is_success() {
            return Err(MessengerError::Refused(answer.status().as_u16()));
        }
        let Some(expect) = &self.gateway.expect else { return Ok(()) };
        let mut text = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(|error| failed(&error))? {
            text.extend_from_slice(&piece);
            if text.len() > LONGEST_ANSWER {
                return Err(MessengerError::OtherAnswer);
            }
        }
        let says = String::from_utf8_lossy(&text).contains(expect.as_str());
        says.then_some(()).ok_or(MessengerError::OtherAnswer)
    }
}

/// The client's own words name the address, which may hold a secret.
fn failed(error: &reqwest::Error) -> MessengerError {
    if error.is_timeout() { MessengerError::TimedOut } else { MessengerError::Unreachable }
}

fn header(line: &str, secret: &Secret) -> Result<(HeaderName, HeaderValue), GatewayError> {
    let (name, value) = line.split_once(':').ok_or(GatewayError::Header)?;
    let name = name.trim().parse().map_err(|_| GatewayError::Header)?;
    let value = value.trim().replace("{secret}", &secret.0);
    let mut value = HeaderValue::from_str(&value).map_err(|_| GatewayError::Header)?;
    value.set_sensitive(true);
    Ok((name, value))
}

/// Fills a template from left to right, so that a value is never taken for a place of another.
fn fill(template: &str, values: &[(&str, String)], written: impl Fn(&str) -> String) -> String {
    let mut filled = String::with_capacity(template.len() + 128);
    let mut rest = template;
    loop {
        let next = values.iter().filter_map(|(name, value)| Some((rest.find(name)?, *name, value)));
        let Some((at, name, value)) = next.min_by_key(|(at, ..)| *at) else {
            filled.push_str(rest);
            return filled;
        };
        filled.push_str(rest.get(..at).unwrap_or_default());
        filled.push_str(&written(value));
        rest = rest.get(at + name.len()..).unwrap_or_default();
    }
}

/// A value between the quotation marks of JSON.
fn json(value: &str) -> String {
    let quoted = serde_json::Value::from(value).to_string();
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
}

/// A value of a form: everything but unreserved characters as `%XX`.
fn form(value: &str) -> String {
    value.bytes().fold(String::with_capacity(value.len()), |mut filled, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            filled.push(char::from(byte));
        } else {
            filled.push_str(&format!("%{byte:02X}"));
        }
        filled
    })
}
