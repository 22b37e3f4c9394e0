//! The duties of staff, and the accounts that administrators look after. All of it is online: nothing
//! of other people's accounts is kept on the device.

use citizen_contract::ids::{AccountId, UnitId};
use citizen_contract::staff::{
    AddStaff, AuditPage, AuditRequest, ChangePassword, ConfirmFactor, DutyLeft, FactorBegun, ImportStaff,
    StaffAct, StaffActed, StaffAdded, StaffImported, StaffPage, StaffRequest, Weakness, weaknesses,
};
use qrcode::QrCode;
use qrcode::types::Color;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{App, AppError};
use crate::events::CoreEvent;
use crate::identity::SignInError;
use crate::identity::staff::{
    AuditFilter, AuditView, FactorView, ImportView, StaffView, audit_view, import_view, staff_view,
};
use crate::identity::view::SessionView;
use crate::outbox::{Retry, retry};
use crate::ports::Request;
use crate::store::StoreError;

/// The person is told to be here at most so often.
const TOLD_EVERY_MS: i64 = 5 * 60 * 1000;

impl App {
    /// What is against a new password, while it is typed. The backend also looks for the number.
    pub async fn password_check(&self, password: &str) -> Result<Vec<Weakness>, AppError> {
        let (_, session) = self.signed_in()?;
        let account = session.account().await;
        Ok(weaknesses(password, "", &account.display_name))
    }

    /// Changes the password.
    ///
    /// # Errors
    /// [`AppError`], such as `invalid` at `current`, `password-weak` or `offline`.
    pub async fn password_change(&self, current: String, new: String) -> Result<SessionView, AppError> {
        let left: DutyLeft = self.tell("/v1/password", &ChangePassword { current, new }).await?;
        self.signed_in()?.1.set_duty(left.duty).await?;
        self.all_open().await
    }

    /// Draws a secret for an authenticator app.
    ///
    /// # Errors
    /// [`AppError`], such as `act-not-allowed` or `offline`.
    pub async fn factor_begin(&self) -> Result<FactorView, AppError> {
        let begun: FactorBegun = self.tell("/v1/second-factor", &serde_json::json!({})).await?;
        let code = QrCode::new(begun.uri.as_bytes()).map_err(|_| AppError::Missing)?;
        let dark = |color: &Color| if *color == Color::Dark { '1' } else { '0' };
        let rows = code.to_colors();
        let modules = rows.chunks(code.width()).map(|row| row.iter().map(dark).collect()).collect();
        let letters: Vec<char> = begun.secret.chars().collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        *self.recovery() = begun.recovery_codes.clone();
        Ok(FactorView { secret: groups.join(" "), modules })
    }

    /// Confirms the secret with its first code; answers the recovery codes, this once.
    ///
    /// # Errors
    /// [`AppError`], such as `code-wrong` or `offline`.
    pub async fn factor_confirm(&self, code: String) -> Result<Vec<String>, AppError> {
        let _: DutyLeft = self.tell("/v1/second-factor/confirm", &ConfirmFactor { code }).await?;
        Ok(self.recovery().clone())
    }

    /// The person has kept the recovery codes: everything opens.
    ///
    /// # Errors
    /// [`AppError`] if the store fails.
    pub async fn factor_done(&self) -> Result<SessionView, AppError> {
        self.recovery().clear();
        self.signed_in()?.1.set_duty(None).await?;
        self.all_open().await
    }

    /// A page of the accounts of the administrator's units.
    ///
    /// # Errors
    /// [`AppError`], such as `offline`.
    pub async fn staff_list(
        &self,
        words: String,
        unit_id: Option<UnitId>,
        skip: u32,
    ) -> Result<StaffView, AppError> {
        let page: StaffPage = self.query("staff", &StaffRequest { words, unit_id, skip }).await?;
        Ok(staff_view(page, &self.locality(), self.now()))
    }

    /// Adds an account; answers its given password, this once.
    ///
    /// # Errors
    /// [`AppError`], such as `invalid`, `unknown-unit` or `name-differs`.
    pub async fn staff_add(&self, form: AddStaff) -> Result<StaffAdded, AppError> {
        self.tell("/v1/staff", &form).await
    }

    /// Does something to an account.
    ///
    /// # Errors
    /// [`AppError`], such as `not-oneself` or `last-administrator`.
    pub async fn staff_act(&self, account: AccountId, act: StaffAct) -> Result<StaffActed, AppError> {
        self.tell(&format!("/v1/staff/{account}"), &act).await
    }

    /// Looks at a list of accounts, or imports it.
    ///
    /// # Errors
    /// [`AppError`]; nothing was imported then.
    pub async fn staff_import(&self, text: String, preview: bool) -> Result<ImportView, AppError> {
        let answer: StaffImported = self.tell("/v1/staff-import", &ImportStaff { text, preview }).await?;
        Ok(import_view(answer, &self.locality()))
    }

    /// A page of the audit log.
    ///
    /// # Errors
    /// [`AppError`], such as `offline`.
    pub async fn audit_list(&self, filter: AuditFilter, before: Option<u32>) -> Result<AuditView, AppError> {
        let request = AuditRequest { before, person: filter.person, act: filter.act };
        let page: AuditPage = self.query("audit", &request).await?;
        Ok(audit_view(page, &self.locality(), self.now()))
    }

    /// Tells the backend now and then that a member of staff is here, so that their session goes on.
    pub async fn staff_active(&self) {
        let Ok((_, session)) = self.signed_in() else { return };
        let now = self.now();
        let due = {
            let mut told = self.told_active.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let due = told.is_none_or(|at| now.0.saturating_sub(at.0) >= TOLD_EVERY_MS || now < at);
            if due {
                *told = Some(now);
            }
            due
        };
        if due && !session.account().await.roles.is_empty() {
            // Without a network it is told at the next touch after these minutes.
            let _ = self.ask(Request::post_json("/v1/sessions/current/active", b"{}".to_vec())).await;
        }
    }

    fn recovery(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.recovery.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    async fn all_open(&self) -> Result<SessionView, AppError> {
        self.events.announce(CoreEvent::Session);
        self.active().engine.want_sync();
        self.session_view().await
    }

    /// Posts and reads the answer; a refusal keeps its field and its tries.
    async fn tell<B: Serialize, A: DeserializeOwned>(&self, path: &str, body: &B) -> Result<A, AppError> {
        let body = serde_json::to_vec(body).map_err(StoreError::from)?;
        let answer = self.ask(Request::post_json(path, body)).await?;
        match retry::of_answer(&answer) {
            Ok(()) => serde_json::from_slice(&answer.body).map_err(|_| AppError::Query(Retry::Offline)),
            Err(Retry::Final(problem)) => Err(SignInError::Refused(problem).into()),
            Err(gate) => Err(AppError::Query(gate)),
        }
    }
}
