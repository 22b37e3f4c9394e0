//! Registering, signing in, and the codes in between.

use std::sync::{Arc, MutexGuard, PoisonError};

use citizen_contract::problem::ProblemCode;
use serde::Serialize;
use ts_rs::TS;

use super::active::Vault;
use super::{App, AppError};
use crate::identity::challenge::{ChallengeFor, ChallengeView, Waiting};
use crate::identity::form::{FieldProblem, Known, RegisterCheck, RegisterForm};
use crate::identity::view::SessionView;
use crate::identity::{self, Here, Session, SignInError, SignedIn};
use crate::outbox::{Waiting as WaitingFor, wake};
use crate::store::off_thread;

/// What sending the form of a registration leads to.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct RegisterStartView {
    /// With any of these nothing was sent.
    pub problems: Vec<FieldProblem>,
    /// The code that is waited for.
    pub challenge: Option<ChallengeView>,
}

/// What a right password leads to.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum SignInView {
    /// The person is signed in.
    SignedIn {
        #[doc = "The session."]
        session: Box<SessionView>,
    },
    /// The account's phone must confirm this device.
    Code {
        #[doc = "The code that is waited for."]
        challenge: ChallengeView,
    },
}

impl App {
    /// Looks at the form of a registration, without sending anything.
    #[must_use]
    pub fn register_check(&self, form: &RegisterForm) -> RegisterCheck {
        let locality = self.locality();
        let profile = locality.profile();
        form.check(Known {
            province_codes: &profile.id_provinces,
            mobile_prefixes: &profile.mobile_prefixes,
            today: profile.calendar.day_of(self.now()),
        })
    }

    /// Sends the form if nothing is wrong with it; then a code is waited for.
    ///
    /// # Errors
    /// [`AppError`], such as `offline`, `too-many-requests` or `codes-paused`.
    pub async fn register_start(&self, form: RegisterForm) -> Result<RegisterStartView, AppError> {
        let vault = self.open_vault()?;
        let problems = self.register_check(&form).problems;
        if !problems.is_empty() {
            return Ok(RegisterStartView { problems, challenge: None });
        }
        let waiting = identity::register(self.here(&vault), &form).await?;
        Ok(RegisterStartView { problems, challenge: Some(self.wait_for(waiting)) })
    }

    /// Ends a registration with the code and the password of the new account.
    ///
    /// # Errors
    /// [`AppError`], such as `code-wrong`, `code-over` or `already-registered`.
    pub async fn register_finish(&self, code: &str, password: &str) -> Result<SessionView, AppError> {
        self.finish(ChallengeFor::Registration, code, Some(password)).await
    }

    /// Signs in and opens the account's own files; those of whoever was signed in before stay.
    ///
    /// # Errors
    /// [`AppError`], such as `wrong-credentials` or `offline`.
    pub async fn sign_in(&self, citizen_id: &str, password: &str) -> Result<SignInView, AppError> {
        let vault = self.open_vault()?;
        match identity::sign_in(self.here(&vault), citizen_id, password).await? {
            SignedIn::Session(session) => {
                Ok(SignInView::SignedIn { session: Box::new(self.enter(&vault, *session).await?) })
            }
            SignedIn::Code(waiting) => Ok(SignInView::Code { challenge: self.wait_for(waiting) }),
        }
    }

    /// Ends signing in on this new device with the code.
    ///
    /// # Errors
    /// [`AppError`], such as `code-wrong` or `code-over`.
    pub async fn sign_in_finish(&self, code: &str) -> Result<SessionView, AppError> {
        self.finish(ChallengeFor::SignIn, code, None).await
    }

    /// Asks for a new password in place of one that was forgotten; then a code is waited for.
    ///
    /// # Errors
    /// [`AppError`], such as `invalid`, `offline` or `too-many-requests`.
    pub async fn reset_start(&self, citizen_id: &str, phone: &str) -> Result<ChallengeView, AppError> {
        let vault = self.open_vault()?;
        Ok(self.wait_for(identity::reset_password(self.here(&vault), citizen_id, phone).await?))
    }

    /// Sets the new password with the code and signs in; every other device of the account is out.
    ///
    /// # Errors
    /// [`AppError`], such as `code-wrong`, `code-over` or `number-and-phone-differ`.
    pub async fn reset_finish(&self, code: &str, password: &str) -> Result<SessionView, AppError> {
        self.finish(ChallengeFor::PasswordReset, code, Some(password)).await
    }

    /// The code that is waited for, if any.
    #[must_use]
    pub fn challenge_view(&self) -> Option<ChallengeView> {
        // Behind the lock nobody learns where codes go.
        let locked = self.active().is_locked();
        let shown = |it: &&Waiting| !(locked && it.purpose.is_of_a_session());
        self.waiting().as_ref().filter(shown).map(|waiting| waiting.view(self.now()))
    }

    /// Asks for another code.
    ///
    /// # Errors
    /// [`AppError`], such as `too-many-requests` or `code-over`.
    pub async fn challenge_resend(&self) -> Result<ChallengeView, AppError> {
        let waiting = self.waiting().clone().ok_or(SignInError::refused(ProblemCode::CodeOver))?;
        match waiting.resend(&self.ports).await {
            Ok(waiting) => Ok(self.wait_for(waiting)),
            Err(refusal) => {
                *self.waiting() = waiting.after(&refusal);
                Err(refusal.into())
            }
        }
    }

    /// Nobody waits for a code any more.
    pub fn challenge_drop(&self) {
        *self.waiting() = None;
    }

    async fn finish(
        &self,
        purpose: ChallengeFor,
        code: &str,
        password: Option<&str>,
    ) -> Result<SessionView, AppError> {
        let vault = self.open_vault()?;
        let waiting = self.waited(purpose)?;
        match waiting.finish(self.here(&vault), code, password).await {
            Ok(session) => {
                let view = self.enter(&vault, session).await?;
                // Not before: where the key store failed, the same code gets the same device again.
                self.challenge_drop();
                Ok(view)
            }
            Err(refusal) => {
                *self.waiting() = waiting.after(&refusal);
                Err(refusal.into())
            }
        }
    }

    /// Opens the files of who has signed in, and the lock in front of them.
    async fn enter(&self, vault: &Vault, session: Session) -> Result<SessionView, AppError> {
        let before = self.active();
        let active = self.opening().open(vault, Some(Arc::new(session))).await?;
        if let Some(lock) = &active.lock {
            // Who signs in from behind the lock has forgotten the PIN.
            let forgotten = before.dir == active.dir && before.is_locked();
            lock.signed_in(forgotten).await?;
        }
        let db = active.store.outbox.clone();
        off_thread(move || wake(&db, &[WaitingFor::Login])).await?;
        drop(before);
        self.switch_to(active);
        self.reload_catalogue().await?;
        self.session_view().await
    }

    pub(super) fn wait_for(&self, waiting: Waiting) -> ChallengeView {
        let view = waiting.view(self.now());
        *self.waiting() = Some(waiting);
        view
    }

    /// The code that is waited for, if it is for this.
    pub(super) fn waited(&self, purpose: ChallengeFor) -> Result<Waiting, AppError> {
        let waiting = self.waiting().clone().filter(|it| it.purpose == purpose);
        Ok(waiting.ok_or(SignInError::refused(ProblemCode::CodeOver))?)
    }

    /// A refusal may leave nothing to wait for.
    pub(super) fn refused(&self, waiting: Waiting, refusal: &SignInError) {
        *self.waiting() = waiting.after(refusal);
    }

    /// Whoever comes next does not wait for a code of whoever leaves.
    pub(super) fn forget_waiting_of_session(&self) {
        self.waiting().take_if(|it| it.purpose.is_of_a_session());
    }

    fn waiting(&self) -> MutexGuard<'_, Option<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the new session is to be kept; not before a passphrase that is needed was entered.
    fn open_vault(&self) -> Result<Vault, AppError> {
        let vault = self.vault();
        if vault.passphrase_needed { Err(AppError::WrongPassphrase) } else { Ok(vault) }
    }

    pub(super) fn here<'a>(&'a self, vault: &'a Vault) -> Here<'a> {
        Here {
            ports: &self.ports,
            keys: &vault.keys,
            names: &self.names,
            device_name: &self.config.device_name,
        }
    }
}
