//! Signing in with a citizen-ID number and a password, and on a new device with a code.

use citizen_contract::session::SignIn;

use super::answers::{SignInError, post, read};
use super::birth::Birth;
use super::challenge::{ChallengeFor, Waiting};
use super::here::Person;
use super::{Here, Session};

/// What a right password leads to.
pub enum SignedIn {
    /// A session.
    Session(Box<Session>),
    /// The account's phone must confirm this device.
    Code(Waiting),
}

/// Signs in and keeps the session in the key store, or says which code is waited for.
///
/// # Errors
/// [`SignInError`]; whoever was signed in still is.
pub async fn sign_in(here: Here<'_>, citizen_id: &str, password: &str) -> Result<SignedIn, SignInError> {
    let person = Person::of(citizen_id, Birth::of_number(citizen_id));
    let known = here.device_token(&person).await?;
    let credentials = SignIn {
        citizen_id: person.citizen_id.to_string(),
        password: password.to_owned(),
        device_name: here.device_name.to_owned(),
        device_token: known.and_then(|token| String::from_utf8(token.to_vec()).ok()),
    };
    let mark = here.mark().await?;
    let answer = post(here.ports, &mark, "/v1/sessions", &credentials).await?;
    if answer.status == 202 {
        let now = here.ports.clock.now();
        return Ok(SignedIn::Code(Waiting::new(ChallengeFor::SignIn, read(&answer)?, now, person, mark)));
    }
    Ok(SignedIn::Session(Box::new(Session::begin(here, read(&answer)?, &person).await?)))
}
