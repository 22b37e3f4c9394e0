//! What every screen needs to know, and signing out.

use std::sync::{Arc, PoisonError};

use citizen_contract::documents::ReportDocument;
use citizen_contract::my_data::AccountDocument;
use citizen_contract::report_state::ReportState;
use citizen_contract::session::{AccountView, Role};

use super::active::{Active, Opening, Vault};
use super::{App, AppError};
use crate::identity::Session;
use crate::identity::devices::NewDevice;
use crate::identity::vault::PassphraseVault;
use crate::identity::view::{NavCode, NavItem, SessionState, SessionView, account_shown};
use crate::lock::AppLock;
use crate::outbox::list;
use crate::store::{StoreError, off_thread};
use crate::sync::{documents, kept};
use crate::{reports, workbench};

/// What of the session's view is personal.
#[derive(Default)]
struct Personal {
    account: Option<(AccountView, String)>,
    work: Vec<ReportDocument>,
    queue: Option<u32>,
    outbox_count: u32,
    needs_person_count: u32,
    questions_count: u32,
    new_devices: Vec<NewDevice>,
}

impl App {
    /// What every screen needs to know; nothing personal while the app is locked.
    ///
    /// # Errors
    /// [`AppError`] if the store fails.
    pub async fn session_view(&self) -> Result<SessionView, AppError> {
        let (active, vault, locality) = (self.active(), self.vault(), self.locality());
        let (ended, erased) = match &active.session {
            Some(session) => (session.has_ended().await, session.is_erased().await),
            None => (false, false),
        };
        // Whether it is locked is asked once, so that the view never says half of it.
        let lock = active.lock.as_ref().map(AppLock::view);
        let locked = lock.as_ref().is_some_and(|lock| lock.locked);
        let personal = if locked { Personal::default() } else { self.personal(&active).await? };
        let state = match &active.session {
            None => SessionState::Guest,
            Some(_) if locked => SessionState::Locked,
            Some(_) if ended => SessionState::SessionOver,
            Some(_) => SessionState::SignedIn,
        };
        let duty = personal.account.as_ref().and_then(|(account, _)| account.duty);
        let nav = personal.account.as_ref().map(|(it, _)| self.nav(it, &personal.work, personal.queue));
        Ok(SessionView {
            now: self.now(),
            demo: self.config.deployment.demo,
            app_name: locality.catalogue().locality.app_name.clone(),
            body_name: locality.catalogue().locality.governing_body.clone(),
            tenant: self.config.deployment.profile.clone(),
            network: self.network(),
            account: personal
                .account
                .as_ref()
                .map(|(it, masked)| account_shown(it, masked.clone(), &locality)),
            key_kept: vault.lasting,
            passphrase_needed: vault.passphrase_needed,
            // Nobody's own files hold nothing that anybody wrote.
            set_aside: active.set_aside.clone().filter(|_| !locked && active.session.is_some()),
            earlier_files: self.earlier_files().await?,
            sign_in_again: ended,
            nav: nav.unwrap_or_default(),
            outbox_count: personal.outbox_count,
            needs_person_count: personal.needs_person_count,
            questions_count: personal.questions_count,
            erased: ended && erased && !locked,
            state,
            lock,
            duty,
            new_devices: personal.new_devices,
        })
    }

    /// What of the session's view is personal.
    async fn personal(&self, active: &Active) -> Result<Personal, AppError> {
        let store = active.store.clone();
        let read = off_thread(move || {
            let own: Vec<ReportDocument> = documents::list(&store.cache, "account:", reports::KIND, "")?;
            let work: Vec<ReportDocument> = documents::list(&store.cache, "unit:", reports::KIND, "")?;
            let queue = kept::page(&store.cache, super::workbench::COUNTS)?;
            // One of a newer backend that cannot be read says nothing here.
            let document = documents::list::<AccountDocument>(&store.cache, "account:", "account", "")
                .unwrap_or_default();
            let check = document.into_iter().find_map(|document| document.check);
            Ok::<_, AppError>((list::counts(&store.outbox)?, own, work, queue, check))
        });
        let ((outbox_count, needs_person_count), own, work, queue, check) = read.await?;
        let asked = own.iter().filter(|it| it.mine && it.state == ReportState::NeedsInformation).count();
        let account = match &active.session {
            Some(session) => Some((session.account().await, session.masked_number().await)),
            None => None,
        };
        // An official who saw the card is heard of by the account's document first.
        let account = account.map(|(account, masked)| {
            let check = account.check.or(check);
            (AccountView { check, ..account }, masked)
        });
        Ok(Personal {
            account,
            work,
            queue: queue.and_then(|(count, _)| count.parse().ok()),
            outbox_count,
            needs_person_count,
            questions_count: u32::try_from(asked).unwrap_or(u32::MAX),
            new_devices: self.new_devices().await?,
        })
    }

    fn nav(&self, account: &AccountView, reports: &[ReportDocument], queue: Option<u32>) -> Vec<NavItem> {
        let has = |role| account.roles.iter().any(|it| it.role == role);
        let count = |rows: usize| Some(u32::try_from(rows).unwrap_or(u32::MAX));
        let (locality, now) = (self.locality(), self.now());
        let units: Vec<_> = account.roles.iter().map(|it| it.unit_id.clone()).collect();
        let mut nav = Vec::new();
        if has(Role::Intake) {
            nav.push(NavItem { code: NavCode::Intake, count: queue });
            nav.push(NavItem { code: NavCode::Data, count: None });
        }
        if has(Role::Handler) {
            let rows = workbench::work(reports, &units, &locality, now).len();
            nav.push(NavItem { code: NavCode::Work, count: count(rows) });
        }
        if has(Role::Approver) {
            let rows = workbench::approvals(reports, &locality, now).len();
            nav.push(NavItem { code: NavCode::Approval, count: count(rows) });
        }
        if has(Role::Administrator) {
            nav.push(NavItem { code: NavCode::Accounts, count: None });
            nav.push(NavItem { code: NavCode::Audit, count: None });
        }
        nav
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

    pub(super) fn opening(&self) -> Opening<'_> {
        Opening {
            config: &self.config,
            ports: &self.ports,
            root: self.root,
            names: &self.names,
            events: &self.events,
        }
    }

    /// The files and session of whoever is signed in, unless they are behind the lock.
    pub(super) fn signed_in(&self) -> Result<(Arc<Active>, Arc<Session>), AppError> {
        let active = self.active();
        let session = active.session.clone().ok_or(AppError::SignedOut)?;
        if active.is_locked() { Err(AppError::Locked) } else { Ok((active, session)) }
    }
}
