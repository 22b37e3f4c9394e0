//! How the account is reached, and who consented for a child, as screens are told.

use citizen_contract::contact::Contact;
use citizen_contract::registration::Challenge;
use citizen_contract::time::UtcMillis;
use serde::Serialize;
use ts_rs::TS;

use super::Here;
use super::answers::{SignInError, read};
use super::challenge::{ChallengeFor, Waiting};
use super::here::Person;
use crate::ports::Response;
use crate::shown::NetworkView;

/// Under which name the last answer is kept.
pub const PAGE: &str = "contact";

/// How the account is reached. Phones show their last digits only.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct ContactView {
    /// Now.
    pub now: UtcMillis,
    /// The network.
    pub network: NetworkView,
    /// The account's phone.
    pub phone_hint: Option<String>,
    /// The 16th birthday of somebody who is younger, `YYYY-MM-DD`.
    pub child_until: Option<String>,
    /// Of a child: the phone that was declared as the representative's.
    pub declared_hint: Option<String>,
    /// Of a child: the consent that holds now.
    pub representative: Option<RepresentativeView>,
    /// When this was so, if it is not from just now.
    pub as_of: Option<UtcMillis>,
}

/// A representative's consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct RepresentativeView {
    /// The last digits of the phone that gave the code.
    pub phone_hint: String,
    /// When.
    pub confirmed_at: UtcMillis,
    /// The version of the words that were shown.
    pub wording: String,
}

impl ContactView {
    /// What the backend said, as of now or of earlier.
    #[must_use]
    pub fn of(contact: Contact, now: UtcMillis, network: NetworkView, as_of: Option<UtcMillis>) -> Self {
        Self {
            now,
            network,
            phone_hint: contact.phone_hint,
            child_until: contact.child_until,
            declared_hint: contact.declared_hint,
            representative: contact.representative.map(|it| RepresentativeView {
                phone_hint: it.phone_hint,
                confirmed_at: it.confirmed_at,
                wording: it.wording,
            }),
            as_of,
        }
    }
}

/// Reads the answer of a door about contacts.
///
/// # Errors
/// [`SignInError`], what the backend has against it.
pub fn contact_in(answer: &Response) -> Result<Contact, SignInError> {
    read(answer)
}

/// Begins to wait for the code that the answer says is on its way.
///
/// # Errors
/// [`SignInError`], what the backend has against it.
pub async fn waiting_for(
    here: Here<'_>,
    purpose: ChallengeFor,
    answer: &Response,
) -> Result<Waiting, SignInError> {
    let challenge: Challenge = read(answer)?;
    // The account is signed in already; nobody is about to.
    Ok(Waiting::new(purpose, challenge, here.ports.clock.now(), Person::of("", None), here.mark().await?))
}
