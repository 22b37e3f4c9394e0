//! A code that was sent to a phone, from asking for it to its end.

use citizen_contract::ids::ChallengeId;
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::registration::{
    CODE_DIGITS, Challenge, ChallengeKind, FinishRegistration, FinishSignIn,
};
use citizen_contract::session::SessionGrant;
use citizen_contract::time::UtcMillis;
use serde::Serialize;
use ts_rs::TS;

use super::answers::{SignInError, ask};
use super::here::Person;
use super::{Here, Session};
use crate::ports::Ports;

/// How long a code serves from the moment at which it is sent.
const CODE_LIFE_MS: i64 = 5 * 60 * 1000;

/// What a code is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum ChallengeFor {
    /// A new account.
    Registration,
    /// A sign-in on a new device.
    SignIn,
    /// Another phone for the account that is signed in.
    PhoneChange,
    /// A representative's consent for the child that is signed in.
    Representative,
    /// A new password for one that was forgotten.
    PasswordReset,
}

/// A code that is waited for, as screens are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct ChallengeView {
    /// What it is for.
    #[serde(rename = "for")]
    pub purpose: ChallengeFor,
    /// Where the code comes from.
    pub kind: ChallengeKind,
    /// The phone's last digits; empty where no phone has part in it.
    pub phone_hint: String,
    /// Now.
    pub now: UtcMillis,
    /// Until when the code serves.
    pub expires_at: UtcMillis,
    /// From when another code may be asked for.
    pub resend_after: UtcMillis,
    /// How many wrong codes are still borne.
    pub tries_left: u8,
}

/// A code that is waited for. It lives in memory only: whoever starts the app anew asks anew.
#[derive(Clone)]
pub struct Waiting {
    /// What it is for.
    pub purpose: ChallengeFor,
    challenge: Challenge,
    /// When it came, as this device believes.
    came_at: UtcMillis,
    person: Person,
    /// What this installation calls itself.
    mark: String,
}

impl ChallengeFor {
    /// Whether somebody must be signed in who waits for it.
    #[must_use]
    pub fn is_of_a_session(self) -> bool {
        matches!(self, Self::PhoneChange | Self::Representative)
    }
}

impl Waiting {
    pub(super) fn new(
        purpose: ChallengeFor,
        challenge: Challenge,
        came_at: UtcMillis,
        person: Person,
        mark: String,
    ) -> Self {
        Self { purpose, challenge, came_at, person, mark }
    }

    /// Which one it is.
    #[must_use]
    pub fn id(&self) -> ChallengeId {
        self.challenge.id
    }

    /// The view of it. Times are told by this device's clock, counted from when the challenge came:
    /// the clock may be wrong by years, and the person must see minutes.
    #[must_use]
    pub fn view(&self, now: UtcMillis) -> ChallengeView {
        let after_resend = self.challenge.expires_at.0.saturating_sub(self.challenge.resend_after.0);
        let expires_at = self.came_at.plus_millis(CODE_LIFE_MS);
        ChallengeView {
            purpose: self.purpose,
            kind: self.challenge.kind,
            phone_hint: self.challenge.phone_hint.clone(),
            now,
            expires_at,
            resend_after: expires_at.plus_millis(after_resend.clamp(0, CODE_LIFE_MS).saturating_neg()),
            tries_left: self.challenge.tries_left,
        }
    }

    /// Asks for another code.
    ///
    /// # Errors
    /// [`SignInError`]; the earlier code is still waited for unless it is over.
    pub async fn resend(&self, ports: &Ports) -> Result<Self, SignInError> {
        let path = format!("/v1/challenges/{}/resend", self.challenge.id);
        let challenge = ask(ports, &self.mark, &path, &serde_json::json!({})).await?;
        Ok(Self { challenge, came_at: ports.clock.now(), ..self.clone() })
    }

    /// Answers with the code; a registration and a forgotten password also give the new password.
    ///
    /// # Errors
    /// [`SignInError`], such as `code-wrong` or `code-over`.
    pub async fn finish(
        &self,
        here: Here<'_>,
        code: &str,
        password: Option<&str>,
    ) -> Result<Session, SignInError> {
        // Recovery codes are longer than those of a message or an authenticator.
        let recovery = self.challenge.kind == ChallengeKind::Authenticator
            && code.chars().filter(|c| c.is_alphanumeric()).count() > CODE_DIGITS;
        let (code, kind) = match recovery {
            true => (code.trim().to_owned(), Some(ChallengeKind::Recovery)),
            false => (six_digits(code)?, None),
        };
        let id = self.challenge.id;
        let grant: SessionGrant = match (self.purpose, password) {
            (ChallengeFor::Registration | ChallengeFor::PasswordReset, Some(password)) => {
                let doors = match self.purpose {
                    ChallengeFor::PasswordReset => "password-resets",
                    _ => "registrations",
                };
                let device_name = here.device_name.to_owned();
                let body = FinishRegistration { code, password: password.to_owned(), device_name };
                ask(here.ports, &self.mark, &format!("/v1/{doors}/{id}/finish"), &body).await?
            }
            (ChallengeFor::SignIn, None) => {
                ask(
                    here.ports,
                    &self.mark,
                    &format!("/v1/sessions/{id}/finish"),
                    &FinishSignIn { code, kind },
                )
                .await?
            }
            _ => return Err(SignInError::refused(ProblemCode::CodeOver)),
        };
        Session::begin(here, grant, &self.person).await
    }

    /// What is still waited for after a refusal: nothing once the code is over or was used up.
    #[must_use]
    pub fn after(mut self, refusal: &SignInError) -> Option<Self> {
        let Some(problem) = refusal.problem() else { return Some(self) };
        match problem.code {
            ProblemCode::CodeOver
            | ProblemCode::AlreadyRegistered
            | ProblemCode::NumberAndPhoneDiffer
            | ProblemCode::AskAdministrator => return None,
            ProblemCode::CodeWrong => {
                let fewer = self.challenge.tries_left.saturating_sub(1);
                self.challenge.tries_left = problem.tries_left.unwrap_or(fewer);
            }
            _ => {}
        }
        Some(self)
    }
}

/// Six digits. A slip of the finger must not cost a try on the backend.
///
/// # Errors
/// [`SignInError::Refused`] with `invalid` for anything else.
pub fn six_digits(typed: &str) -> Result<String, SignInError> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() == CODE_DIGITS && code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(code);
    }
    Err(SignInError::Refused(Box::new(Problem::new(ProblemCode::Invalid).at("/code"))))
}
