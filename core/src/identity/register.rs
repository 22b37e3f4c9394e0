//! Registering: the form goes out, a code comes to the phone.

use citizen_contract::registration::Challenge;

use super::Here;
use super::answers::{SignInError, ask};
use super::challenge::{ChallengeFor, Waiting};
use super::form::RegisterForm;
use super::here::Person;

/// Sends a form without problems; whether the number has an account is not told here.
///
/// # Errors
/// [`SignInError`], such as `too-young`, `codes-paused` or `offline`.
pub async fn register(here: Here<'_>, form: &RegisterForm) -> Result<Waiting, SignInError> {
    let request = form.request(here.device_name);
    let mark = here.mark().await?;
    let challenge: Challenge = ask(here.ports, &mark, "/v1/registrations", &request).await?;
    let person = Person::of(&request.citizen_id, form.born());
    Ok(Waiting::new(ChallengeFor::Registration, challenge, here.ports.clock.now(), person, mark))
}
