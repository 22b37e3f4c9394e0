//! A problem document on its way out, and what each error of a verb is to a client.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use citizen_contract::problem::{Problem, ProblemCode};

use crate::db::{DbError, StorageFault};
use crate::files::FilesError;
use crate::identity::{PasswordError, RefreshError, SignInError};

/// The media type of RFC 9457.
pub(super) const PROBLEM_JSON: &str = "application/problem+json";

/// An answer that is not a success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What the client reads.
    pub problem: Box<Problem>,
    /// When to try again, in seconds.
    pub retry_after_s: Option<u32>,
    /// Where an upload truly stands.
    pub upload_offset: Option<u64>,
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self { problem: Box::new(problem), retry_after_s: None, upload_offset: None }
    }
}

impl From<ProblemCode> for Refusal {
    fn from(code: ProblemCode) -> Self {
        Problem::new(code).into()
    }
}

impl Refusal {
    /// The same, not to be tried again before so many seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u32) -> Self {
        let problem = Box::new(Problem { retry_after_s: Some(seconds), ..*self.problem });
        Self { problem, retry_after_s: Some(seconds), ..self }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self.problem).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if let Some(offset) = self.upload_offset {
            headers.insert("upload-offset", offset.into());
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<DbError> for Refusal {
    fn from(error: DbError) -> Self {
        let code = match &error {
            DbError::NulInText => return ProblemCode::Invalid.into(),
            DbError::Storage(StorageFault::Busy | StorageFault::Lost | StorageFault::Closed)
            | DbError::Contended => {
                tracing::warn!(code = error.code(), "the database could not answer");
                return Self::from(ProblemCode::Unavailable).retry_after(2);
            }
            DbError::Storage(_) => ProblemCode::StorageFull,
            _ => ProblemCode::Internal,
        };
        // The room's error texts never repeat a bound value.
        tracing::error!(%error, "the database failed");
        Self::from(code).retry_after(10)
    }
}

impl From<SignInError> for Refusal {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Invalid(field) => Problem::new(ProblemCode::Invalid).at(field).into(),
            SignInError::Wrong => ProblemCode::WrongCredentials.into(),
            SignInError::Locked => ProblemCode::AccountLocked.into(),
            SignInError::TooOften { retry_after_s } => {
                Self::from(ProblemCode::TooManyRequests).retry_after(retry_after_s)
            }
            SignInError::Password(PasswordError::Busy) => Self::from(ProblemCode::Unavailable).retry_after(5),
            SignInError::Password(error) => {
                tracing::error!(%error, "a password could not be compared");
                ProblemCode::Internal.into()
            }
            SignInError::Code(error) => error.into(),
            SignInError::Db(error) => error.into(),
        }
    }
}

impl From<RefreshError> for Refusal {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Over => ProblemCode::SignInRequired.into(),
            RefreshError::Erased => ProblemCode::AccountErased.into(),
            RefreshError::Db(error) => error.into(),
        }
    }
}

impl From<FilesError> for Refusal {
    fn from(error: FilesError) -> Self {
        match error {
            FilesError::NotFound => ProblemCode::NotFound.into(),
            FilesError::OffsetMismatch { offset } => {
                Self { upload_offset: Some(offset), ..ProblemCode::OffsetMismatch.into() }
            }
            FilesError::TooLarge => ProblemCode::TooLarge.into(),
            FilesError::ChecksumMismatch => ProblemCode::ChecksumMismatch.into(),
            FilesError::CutOff => ProblemCode::Malformed.into(),
            FilesError::Db(error) => error.into(),
            FilesError::Objects(error) => {
                // The store's text names object paths: ids only.
                tracing::error!(%error, "the object store failed");
                Self::from(ProblemCode::StorageFull).retry_after(10)
            }
            FilesError::Stopping | FilesError::Interrupted => {
                Self::from(ProblemCode::Unavailable).retry_after(5)
            }
        }
    }
}
