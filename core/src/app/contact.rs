//! The account's phone, and a child's representative.

use citizen_contract::contact::{
    AskRepresentative, ChangePhone, Contact, ContactRequest, FinishPhoneChange, FinishRepresentative,
};
use citizen_contract::phone::Phone;
use citizen_contract::problem::{Problem, ProblemCode};
use serde::Serialize;

use super::{App, AppError};
use crate::identity::SignInError;
use crate::identity::challenge::{ChallengeFor, ChallengeView, Waiting, six_digits};
use crate::identity::contact::{ContactView, PAGE, contact_in, waiting_for};
use crate::ports::{Method, Request, Response};
use crate::store::{StoreError, off_thread};
use crate::sync::kept;

const PHONE: &str = "/v1/me/phone";
const REPRESENTATIVE: &str = "/v1/me/representative";

impl App {
    /// How the account is reached, from the backend; without it what was so the last time.
    ///
    /// # Errors
    /// [`AppError`], `offline` if this device never knew.
    pub async fn contact_view(&self) -> Result<ContactView, AppError> {
        let cache = self.signed_in()?.0.store.cache.clone();
        let answer = self.post_as_account("/v1/queries/contact", &ContactRequest {}).await;
        match answer.and_then(|answer| Ok(contact_in(&answer)?)) {
            Ok(contact) => self.keep(contact).await,
            Err(gate @ (AppError::Query(_) | AppError::SignIn(SignInError::Unreachable(_)))) => {
                let Some((body, as_of)) = off_thread(move || kept::page(&cache, PAGE)).await? else {
                    return Err(gate);
                };
                let contact = serde_json::from_str(&body).map_err(StoreError::from)?;
                Ok(ContactView::of(contact, self.now(), self.network(), Some(as_of)))
            }
            Err(other) => Err(other),
        }
    }

    /// Sends a code to a new phone; the password is asked for once more.
    ///
    /// # Errors
    /// [`AppError`], `invalid` at `phone` or `password`, `too-many-requests`, `codes-paused`, `offline`.
    pub async fn phone_change_start(&self, phone: &str, password: &str) -> Result<ChallengeView, AppError> {
        let phone = self.sound_phone(phone)?;
        let body = ChangePhone { phone, password: password.to_owned() };
        self.waits(ChallengeFor::PhoneChange, PHONE, &body).await
    }

    /// Makes the new phone the account's.
    ///
    /// # Errors
    /// [`AppError`], such as `code-wrong` or `code-over`.
    pub async fn phone_change_finish(&self, code: &str) -> Result<ContactView, AppError> {
        let code = six_digits(code)?;
        self.finishes(ChallengeFor::PhoneChange, PHONE, &FinishPhoneChange { code }).await
    }

    /// Sends a code to the representative: to this phone, or to the one that was declared.
    ///
    /// # Errors
    /// [`AppError`], `invalid` at `phone`, `not-found` for who needs nobody's consent.
    pub async fn representative_start(&self, phone: Option<&str>) -> Result<ChallengeView, AppError> {
        let phone = phone.map(|phone| self.sound_phone(phone)).transpose()?;
        self.waits(ChallengeFor::Representative, REPRESENTATIVE, &AskRepresentative { phone }).await
    }

    /// The representative read out the code, having been shown the words of this version.
    ///
    /// # Errors
    /// [`AppError`], such as `code-wrong` or `code-over`.
    pub async fn representative_finish(&self, code: &str, wording: &str) -> Result<ContactView, AppError> {
        let body = FinishRepresentative { code: six_digits(code)?, wording: wording.to_owned() };
        self.finishes(ChallengeFor::Representative, REPRESENTATIVE, &body).await
    }

    /// Takes the consent back.
    ///
    /// # Errors
    /// [`AppError`], such as `offline`.
    pub async fn representative_withdraw(&self) -> Result<ContactView, AppError> {
        let answer = self.ask(Request::new(Method::Delete, REPRESENTATIVE)).await?;
        self.keep(contact_in(&answer)?).await
    }

    /// What cannot be a mobile number is told before anything is sent.
    fn sound_phone(&self, typed: &str) -> Result<String, AppError> {
        let locality = self.locality();
        match Phone::parse(typed, &locality.profile().mobile_prefixes) {
            Ok(phone) => Ok(phone.e164()),
            Err(_) => {
                let problem = Problem::new(ProblemCode::Invalid).at("/phone");
                Err(SignInError::Refused(Box::new(problem)).into())
            }
        }
    }

    async fn post_as_account(&self, path: &str, body: &impl Serialize) -> Result<Response, AppError> {
        let vault = self.vault();
        let mark = self.here(&vault).mark().await?;
        let body = serde_json::to_vec(body).map_err(StoreError::from)?;
        self.ask(Request::post_json(path, body).header("citizen-device", mark)).await
    }

    async fn waits(
        &self,
        purpose: ChallengeFor,
        path: &str,
        body: &impl Serialize,
    ) -> Result<ChallengeView, AppError> {
        let answer = self.post_as_account(path, body).await?;
        let vault = self.vault();
        Ok(self.wait_for(waiting_for(self.here(&vault), purpose, &answer).await?))
    }

    async fn finishes(
        &self,
        purpose: ChallengeFor,
        path: &str,
        body: &impl Serialize,
    ) -> Result<ContactView, AppError> {
        let waiting: Waiting = self.waited(purpose)?;
        let answer = self.post_as_account(&format!("{path}/{}/finish", waiting.id()), body).await?;
        match contact_in(&answer) {
            Ok(contact) => {
                self.challenge_drop();
                self.keep(contact).await
            }
            Err(refusal) => {
                self.refused(waiting, &refusal);
                Err(refusal.into())
            }
        }
    }

    /// Keeps what the backend said for when there is no network.
    async fn keep(&self, contact: Contact) -> Result<ContactView, AppError> {
        let cache = self.signed_in()?.0.store.cache.clone();
        let (body, now) = (serde_json::to_string(&contact).map_err(StoreError::from)?, self.now());
        off_thread(move || kept::keep_page(&cache, PAGE, &body, now)).await?;
        Ok(ContactView::of(contact, now, self.network(), None))
    }
}
