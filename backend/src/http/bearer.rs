//! Who is asking: the bearer token of a request.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::header;
use axum::http::request::Parts;
use citizen_contract::ids::DeviceId;
use citizen_contract::problem::ProblemCode;

use super::App;
use super::refusal::Refusal;
use crate::auth::Reader;
use crate::identity::{Recognised, recognise, staff};

/// A signed-in person. Forged, foreign, expired and revoked tokens are all answered 401.
pub(super) struct SignedIn {
    /// Who, with the roles of this moment.
    pub(super) reader: Reader,
    /// The token, to ask again later or to end its session.
    pub(super) token: String,
}

/// The same, also while a duty keeps all other doors shut; with the device.
pub(super) struct OnDuty(pub(super) SignedIn, pub(super) Option<DeviceId>);

impl SignedIn {
    /// Looks again who holds the token.
    pub(super) async fn look(app: &App, token: String) -> Result<Self, Refusal> {
        let recognised = look(app, &token).await?;
        match recognised.account.duty {
            Some(_) => Err(ProblemCode::DutyOpen.into()),
            None => Ok(Self::of(recognised, token)),
        }
    }

    fn of(recognised: Recognised, token: String) -> Self {
        let Recognised { account, child, .. } = recognised;
        Self { reader: Reader { account: account.id, roles: account.roles, child }, token }
    }
}

async fn look(app: &App, token: &str) -> Result<Recognised, Refusal> {
    let recognised = recognise(&app.identity, token).await?;
    Ok(recognised.ok_or(ProblemCode::SignInRequired)?)
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let token = bearer(parts).ok_or(ProblemCode::SignInRequired)?;
        let who = Self::look(app, token).await?;
        let path = parts.uri.path();
        if !who.reader.roles.is_empty() && !QUIET.iter().any(|quiet| path.starts_with(quiet)) {
            staff::active(&app.identity, &who.token).await?;
        }
        Ok(who)
    }
}

/// What an app also asks by itself: no sign that its person is there.
const QUIET: [&str; 5] = ["/v1/sync", "/v1/nudges", "/v1/queries/", "/v1/files/", "/v1/attachments/"];

impl FromRequestParts<App> for OnDuty {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let token = bearer(parts).ok_or(ProblemCode::SignInRequired)?;
        let recognised = look(app, &token).await?;
        let device = recognised.device;
        Ok(Self(SignedIn::of(recognised, token), device))
    }
}

/// Without an `Authorization` header nobody is asking; with a bad one it is 401, so that a client
/// does not take the public answer for its own.
impl OptionalFromRequestParts<App> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Refusal> {
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            return Ok(None);
        }
        <Self as FromRequestParts<App>>::from_request_parts(parts, app).await.map(Some)
    }
}

fn bearer(parts: &Parts) -> Option<String> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}
