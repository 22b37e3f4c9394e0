//! Levels of identity: looking at somebody's card, and being checked by the national identification.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use citizen_contract::checks::{
    BeginNational, CardChecked, CardOutcome, Check, CheckCard, FinishNational, NationalBegun,
};
use citizen_contract::documents::LocalisedText;
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::profile::origin;
use citizen_contract::session::Role;
use citizen_contract::time::UtcMillis;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use ts_rs::TS;

use super::{App, AppError};
use crate::events::CoreEvent;
use crate::identity::checks::{CheckView, check_view};
use crate::identity::loopback::Brought;
use crate::identity::way_back::WayBack;
use crate::outbox::{Retry, retry};
use crate::ports::Request;
use crate::shown::NetworkView;

/// How long the person may take in the browser; the backend waits as long.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

/// What became of a look at a card.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct CardCheckView {
    /// What.
    pub outcome: CardOutcome,
    /// The check that stands now, if one does.
    pub check: Option<CheckView>,
}

/// How the account can be checked.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct VerifyView {
    /// Now.
    pub now: UtcMillis,
    /// The network.
    pub network: NetworkView,
    /// The check that stands.
    pub check: Option<CheckView>,
    /// What people know the national identification as; null where there is none.
    pub national: Option<LocalisedText>,
}

/// Nobody was checked by the national identification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NationalFailure {
    /// The browser cannot be opened, or no listener for its answer.
    #[error("no browser can be opened")]
    NoBrowser,
    /// The backend sends the browser somewhere else than to the national identification.
    #[error("the address is not the national identification's")]
    Elsewhere,
    /// The person said no in the browser.
    #[error("the browser came back with a no")]
    Refused,
    /// The person does not want to wait any more.
    #[error("the waiting was ended")]
    Dropped,
    /// The browser never came back.
    #[error("the browser did not come back in time")]
    TooLate,
}

impl NationalFailure {
    /// The short code that screens act on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoBrowser => "no-browser",
            Self::Elsewhere => "national-unavailable",
            Self::Refused => "national-refused",
            Self::Dropped => "national-dropped",
            Self::TooLate => "check-over",
        }
    }
}

impl App {
    /// How the account of whoever is signed in can be checked.
    ///
    /// # Errors
    /// [`AppError`] if nobody is signed in.
    pub async fn verify_view(&self) -> Result<VerifyView, AppError> {
        let account = self.session_view().await?.account.ok_or(AppError::SignedOut)?;
        let national = self.locality().catalogue().national_id.as_ref().map(|it| it.title.clone());
        Ok(VerifyView { now: self.now(), network: self.network(), check: account.check, national })
    }

    /// Says what stands on a card that the official has in hand.
    ///
    /// # Errors
    /// [`AppError`], such as `offline`, `invalid`, `forbidden` or `too-many-requests`.
    pub async fn card_check(
        &self,
        citizen_id: String,
        full_name: String,
        phone_digits: Option<String>,
        place: Option<String>,
    ) -> Result<CardCheckView, AppError> {
        // Of several units of one official the first stands for all.
        let account = self.signed_in()?.1.account().await;
        let unit_id = account.roles.into_iter().map(|role| role.unit_id).next();
        let (phone_digits, place) = (typed(phone_digits), typed(place));
        let card = CheckCard { citizen_id, full_name, phone_digits, unit_id, place };
        self.look_at("/v1/card-checks", &card).await
    }

    /// Takes the number of the card from an account that is not of the card's owner, who may then register
    /// with it. Only for who takes reports in.
    ///
    /// # Errors
    /// [`AppError`], such as `act-not-allowed` for a number whose card was seen before.
    pub async fn card_free(
        &self,
        citizen_id: String,
        full_name: String,
        phone_digits: Option<String>,
    ) -> Result<CardCheckView, AppError> {
        let account = self.signed_in()?.1.account().await;
        let office = account.roles.into_iter().find(|role| role.role == Role::Intake);
        let unit_id = office.map(|role| role.unit_id);
        let card =
            CheckCard { citizen_id, full_name, phone_digits: typed(phone_digits), unit_id, place: None };
        self.look_at("/v1/card-checks/free", &card).await
    }

    async fn look_at(&self, path: &str, card: &CheckCard) -> Result<CardCheckView, AppError> {
        let told: CardChecked = self.post(path, card).await?;
        let locality = self.locality();
        let check = told.check.as_ref().map(|check| check_view(check, &locality));
        Ok(CardCheckView { outcome: told.outcome, check })
    }

    /// Has the account checked by the national identification: `open` shows its page in the browser,
    /// whose answer is waited for on this machine.
    ///
    /// # Errors
    /// [`AppError`], such as `offline`, `number-differs`, `check-refused` or `national-dropped`.
    pub async fn national_check(
        &self,
        open: impl FnOnce(&str) -> bool + Send,
    ) -> Result<CheckView, AppError> {
        let way = WayBack::here().await.map_err(|_| NationalFailure::NoBrowser)?;
        self.national(way, open).await
    }

    /// The same on a phone, where the browser comes back by a link.
    ///
    /// # Errors
    /// [`AppError`], such as `offline`, `number-differs`, `check-refused` or `national-dropped`.
    pub async fn national_check_by_link(
        &self,
        open: impl FnOnce(&str) -> bool + Send,
    ) -> Result<CheckView, AppError> {
        self.national(WayBack::by_link(&self.returns), open).await
    }

    /// The verifier stays in this function.
    async fn national(
        &self,
        way: WayBack,
        open: impl FnOnce(&str) -> bool + Send,
    ) -> Result<CheckView, AppError> {
        let (active, session) = self.signed_in()?;
        // Whoever waits already waits in vain: the newest attempt counts.
        self.national_drop();
        // From here on a wish to stop is heard, also before the browser is open.
        let dropped = self.dropped.notified();
        tokio::pin!(dropped);
        dropped.as_mut().enable();
        let mut random = [0; 32];
        self.ports.random.fill(&mut random);
        let code_verifier = URL_SAFE_NO_PAD.encode(random);
        let code_challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&code_verifier));
        let begin = BeginNational { redirect_uri: way.address(), code_challenge };
        let begun: NationalBegun = self.post("/v1/identity-checks", &begin).await?;
        self.is_the_national_one(&begun.authorization_url)?;
        if !open(&begun.authorization_url) {
            return Err(NationalFailure::NoBrowser.into());
        }
        let brought = tokio::select! {
            brought = tokio::time::timeout(LONGEST_WAIT, way.wait_for(&begun.state)) => brought,
            () = &mut dropped => return Err(NationalFailure::Dropped.into()),
        };
        let code = match brought.map_err(|_| NationalFailure::TooLate)? {
            Brought::Code(code) => code,
            Brought::Refusal => return Err(NationalFailure::Refused.into()),
        };
        let finish = FinishNational { code, state: begun.state, code_verifier };
        let check: Check = self.post(&format!("/v1/identity-checks/{}/finish", begun.id), &finish).await?;
        session.was_checked(check.clone()).await;
        active.engine.want_sync();
        self.events.announce(CoreEvent::Session);
        Ok(check_view(&check, &self.locality()))
    }

    /// Nobody waits for the browser any more.
    pub fn national_drop(&self) {
        self.dropped.notify_waiters();
    }

    /// The browser is sent to the national identification that the locality names, and nowhere else.
    fn is_the_national_one(&self, address: &str) -> Result<(), AppError> {
        let locality = self.locality();
        let known = locality.catalogue().national_id.as_ref().map(|it| it.origin.as_str());
        // The question that it carries is the backend's; only where it goes is compared.
        let page = address.split('?').next().unwrap_or_default();
        if known.is_some() && origin(page) == known { Ok(()) } else { Err(NationalFailure::Elsewhere.into()) }
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, AppError> {
        let body = serde_json::to_vec(body).map_err(|_| AppError::Query(Retry::Later(None)))?;
        let answer = self.ask(Request::post_json(path, body)).await?;
        if !(200..300).contains(&answer.status) {
            // What the person must wait for is said by its own name here.
            let problem: Option<Problem> = serde_json::from_slice(&answer.body).ok();
            let named = [ProblemCode::TooManyRequests, ProblemCode::NationalUnavailable];
            return Err(AppError::Query(match problem.filter(|it| named.contains(&it.code)) {
                Some(problem) => Retry::Final(Box::new(problem)),
                None => retry::of_status(&answer),
            }));
        }
        serde_json::from_slice(&answer.body).map_err(|_| AppError::Query(Retry::Later(None)))
    }
}

/// What was left empty is nothing.
fn typed(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}
