//! A forgotten password: number and phone go out, a code comes to the phone.

use citizen_contract::registration::{Challenge, ResetPassword};

use super::Here;
use super::answers::{SignInError, ask};
use super::birth::Birth;
use super::challenge::{ChallengeFor, Waiting};
use super::here::Person;

/// Asks for a new password; whether number and phone are of one account is not told here.
///
/// # Errors
/// [`SignInError`], such as `invalid`, `codes-paused` or `offline`.
pub async fn reset_password(here: Here<'_>, citizen_id: &str, phone: &str) -> Result<Waiting, SignInError> {
    let person = Person::of(citizen_id, Birth::of_number(citizen_id));
    let request = ResetPassword { citizen_id: person.citizen_id.to_string(), phone: phone.trim().to_owned() };
    let mark = here.mark().await?;
    let challenge: Challenge = ask(here.ports, &mark, "/v1/password-resets", &request).await?;
    Ok(Waiting::new(ChallengeFor::PasswordReset, challenge, here.ports.clock.now(), person, mark))
}
