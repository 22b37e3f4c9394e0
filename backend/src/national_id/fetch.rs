//! Asking the provider. Addresses, bodies and answers go into no error.

use reqwest::{RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;

use super::NationalError;

/// No answer of a provider is longer.
const LONGEST_ANSWER: usize = 256 * 1024;

/// An answer, read within its limit.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    body: Vec<u8>,
}

impl Answer {
    /// The JSON of a success.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, NationalError> {
        if !self.status.is_success() {
            return Err(NationalError::Unavailable);
        }
        serde_json::from_slice(&self.body).map_err(|_| NationalError::Unavailable)
    }
}

pub(super) async fn ask(request: RequestBuilder) -> Result<Answer, NationalError> {
    let mut answer = request.send().await.map_err(|_| NationalError::Unavailable)?;
    let status = answer.status();
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|_| NationalError::Unavailable)? {
        if body.len().saturating_add(piece.len()) > LONGEST_ANSWER {
            return Err(NationalError::Unavailable);
        }
        body.extend_from_slice(&piece);
    }
    Ok(Answer { status, body })
}
