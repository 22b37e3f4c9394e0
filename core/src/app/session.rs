//! Signing in and out, and what every screen needs to know.

use std::sync::{Arc, PoisonError};

use citizen_contract::documents::ReportDocument;
use citizen_contract::report_state::ReportState;
use citizen_contract::session::{AccountView, Role, SignIn};
use citizen_contract::time::UtcMillis;

use super::active::{Active, Opening, Vault};
use super::{App, AppError};
use crate::identity::vault::PassphraseVault;
use crate::identity::view::{NavCode, NavItem, SessionView, account_shown};
use crate::identity::{self, Session};
use crate::outbox::list;
use crate::store::{StoreError, off_thread};
use crate::sync::{documents, kept};
use crate::{reports, workbench};

impl App {
    /// What every screen needs to know.
    ///
    /// # Errors
    /// [`AppError`] if the store fails.
    pub async fn session_view(&self) -> Result<SessionView, AppError> {
        let (active, vault, locality) = (self.active(), self.vault(), self.locality());
        let (account, ended) = match &active.session {
            Some(session) => {
                let account = session.account().await;
                (Some((account, session.masked_number().await)), session.has_ended().await)
            }
            None => (None, false),
        };
        let store = active.store.clone();
        let read = off_thread(move || {
            let own: Vec<ReportDocument> = documents::list(&store.cache, "account:", reports::KIND, "")?;
            let work: Vec<ReportDocument> = documents::list(&store.cache, "unit:", reports::KIND, "")?;
            let queue = kept::page(&store.cache, super::workbench::COUNTS)?;
            Ok::<_, AppError>((list::counts(&store.outbox)?, own, work, queue))
        });
        let ((outbox_count, needs_person_count), own, work, queue) = read.await?;
        let asked = own.iter().filter(|it| it.mine && it.state == ReportState::NeedsInformation).count();
        let nav = account.as_ref().map(|(it, _)| self.nav(it, &work, queue)).unwrap_or_default();
        Ok(SessionView {
            now: self.now(),
            demo: self.config.deployment.demo,
            app_name: locality.catalogue().locality.app_name.clone(),
            body_name: locality.catalogue().locality.governing_body.clone(),
            tenant: self.config.deployment.profile.clone(),
            network: self.network(),
            account: account.map(|(it, masked)| account_shown(&it, masked, &locality)),
            key_kept: vault.lasting,
            passphrase_needed: vault.passphrase_needed,
            set_aside: active.set_aside.clone(),
            sign_in_again: ended,
            nav,
            outbox_count,
            needs_person_count,
            questions_count: u32::try_from(asked).unwrap_or(u32::MAX),
        })
    }

    fn nav(
        &self,
        account: &AccountView,
        reports: &[ReportDocument],
        queue: Option<(String, UtcMillis)>,
    ) -> Vec<NavItem> {
        let has = |role| account.roles.iter().any(|it| it.role == role);
        let count = |rows: usize| Some(u32::try_from(rows).unwrap_or(u32::MAX));
        let (locality, now) = (self.locality(), self.now());
        let units: Vec<_> = account.roles.iter().map(|it| it.unit_id.clone()).collect();
        let mut nav = Vec::new();
        if has(Role::Intake) {
            let count = queue.and_then(|(count, _)| count.parse().ok());
            nav.push(NavItem { code: NavCode::Intake, count });
        }
        if has(Role::Handler) {
            let rows = workbench::work(reports, &units, &locality, now).len();
            nav.push(NavItem { code: NavCode::Work, count: count(rows) });
        }
        if has(Role::Approver) {
            let rows = workbench::approvals(reports, &locality, now).len();
            nav.push(NavItem { code: NavCode::Approval, count: count(rows) });
        }
        nav
    }

    /// Signs in and opens the account's own files; those of whoever was signed in before stay.
    ///
    /// # Errors
    /// [`AppError`], such as `wrong-credentials` or `offline`.
    pub async fn sign_in(&self, citizen_id: &str, password: &str) -> Result<SessionView, AppError> {
        let vault = self.vault();
        if vault.passphrase_needed {
            return Err(AppError::WrongPassphrase);
        }
        let credentials = SignIn {
            citizen_id: citizen_id.chars().filter(|it| !it.is_whitespace()).collect(),
            password: password.to_owned(),
            device_name: self.config.device_name.clone(),
            device_token: None,
        };
        let session = identity::sign_in(&self.ports, &vault.keys, &self.names, &credentials).await?;
        self.switch_to(self.opening().open(&vault, Some(Arc::new(session))).await?);
        self.reload_catalogue().await?;
        self.session_view().await
    }

    /// Signs out. Files, drafts and unsent commands stay for when the account signs in again.
    ///
    /// # Errors
    /// [`AppError`] if the key store kept the tokens.
    pub async fn sign_out(&self) -> Result<SessionView, AppError> {
        if let Some(session) = self.active().session.clone() {
            session.sign_out().await?;
        }
        self.switch_to(self.opening().open(&self.vault(), None).await?);
        self.session_view().await
    }

    /// On a device without a key store: keeps secrets under a passphrase, now and from now on.
    /// What was written in this session without one stays in this session.
    ///
    /// # Errors
    /// [`AppError::WrongPassphrase`] if one was chosen here before and this is another.
    pub async fn use_passphrase(&self, passphrase: String) -> Result<SessionView, AppError> {
        let (dir, random) = (self.config.data_dir.clone(), self.ports.random.clone());
        let opened = off_thread(move || PassphraseVault::open(&dir, &passphrase, random.as_ref())).await;
        let keys = match opened {
            Err(StoreError::Unreadable) => return Err(AppError::WrongPassphrase),
            other => other?,
        };
        let vault = Vault::lasting(Arc::new(keys), &self.config.data_dir);
        let active = self.opening().signed_in(&vault).await?;
        *self.vault.write().unwrap_or_else(PoisonError::into_inner) = vault;
        self.switch_to(active);
        self.session_view().await
    }

    fn opening(&self) -> Opening<'_> {
        Opening {
            config: &self.config,
            ports: &self.ports,
            root: self.root,
            names: &self.names,
            events: &self.events,
        }
    }

    /// The files and session of whoever is signed in.
    pub(super) fn signed_in(&self) -> Result<(Arc<Active>, Arc<Session>), AppError> {
        let active = self.active();
        let session = active.session.clone().ok_or(AppError::SignedOut)?;
        Ok((active, session))
    }
}
