//! The second factor: time-based codes (RFC 6238) of six digits and thirty seconds under SHA-1, which
//! is what every authenticator app takes, and recovery codes.

use std::sync::Arc;

use citizen_contract::ids::{AccountId, ChallengeId, DeviceId};
use citizen_contract::registration::{Challenge, ChallengeKind};
use citizen_contract::time::UtcMillis;
use totp_rs::{Builder, Secret, Totp};

use super::super::account::{AccountRow, sealed_as};
use super::super::challenge::{Asked, CODE_MS, Kind, Payload, TRIES};
use super::super::numbers::NumberKeys;
use super::super::sign_in::SignInError;
use super::super::{CodeError, Identity, codes};
use super::{given, table};
use crate::clock::random_bytes;
use crate::db::{DbError, Tx, WriteError};

/// The generator over a secret in base32.
pub(super) fn totp(secret: &str, app: &str, account: &str) -> Option<Totp> {
    Builder::new()
        .with_secret(Secret::try_from_base32(secret).ok()?)
        .with_skew(1)
        .with_account_name(account.to_owned())
        // A colon would end the name inside the address.
        .with_issuer(Some(app.replace(':', " ")))
        .build()
        .ok()
}

/// What a secret is sealed as.
pub(super) fn bound_to(account: AccountId) -> Vec<u8> {
    sealed_as(account, "second-factor")
}

/// A code as it came, checked inside one transaction.
#[derive(Clone)]
pub(in crate::identity) struct FactorTry {
    keys: Arc<NumberKeys>,
    account: AccountId,
    code: String,
    recovery: bool,
}

impl FactorTry {
    pub(in crate::identity) fn new(
        identity: &Identity,
        account: AccountId,
        code: &str,
        recovery: bool,
    ) -> Self {
        let code = given::normal(code);
        Self { keys: Arc::clone(&identity.numbers), account, code, recovery }
    }

    /// Whether it can be a code at all.
    pub(in crate::identity) fn is_whole(&self) -> bool {
        if self.recovery {
            return self.code.len() == 10;
        }
        self.code.len() == 6 && self.code.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// Whether a code is right; a right one serves no more, a wrong one is counted. `enrol` takes the
/// unconfirmed secret and confirms it.
pub(in crate::identity) fn verify(
    tx: &mut Tx<'_>,
    tried: &FactorTry,
    now: UtcMillis,
    enrol: bool,
) -> Result<bool, DbError> {
    let Some(row) = table::load(tx, tried.account)?.filter(|row| enrol || row.enrolled_at.is_some()) else {
        return Ok(false);
    };
    if row.wait_ms(now).is_some() {
        return Ok(false);
    }
    let fits = if tried.recovery {
        let hash = tried.keys.recovery_hash(tried.account, &tried.code);
        table::recover(tx, tried.account, &hash, now)?.then_some(row.last_step)
    } else {
        let secret = tried.keys.unseal_text(&row.secret_sealed, &bound_to(tried.account));
        let seconds = u64::try_from(now.0 / 1000).unwrap_or(0);
        let step = secret.and_then(|secret| totp(&secret, "", "x")?.check(&tried.code, seconds));
        // The same code again, or an older one, was perhaps seen by somebody else.
        step.and_then(|step| i64::try_from(step).ok()).filter(|step| *step > row.last_step)
    };
    match fits {
        Some(step) => table::passed(tx, tried.account, step, enrol.then_some(now))?,
        None => table::failed(tx, tried.account, now)?,
    }
    Ok(fits.is_some())
}

/// Asks for the second factor before a session on a known or a new device.
pub(in crate::identity) async fn ask(
    identity: &Identity,
    account: &AccountRow,
    number: &str,
    device_name: String,
    known: Option<DeviceId>,
) -> Result<Challenge, SignInError> {
    let random = identity.backend.random.as_ref();
    let now = identity.backend.clock.now();
    let id = ChallengeId::from_parts(now, random_bytes(random));
    let payload =
        Payload { number: number.to_owned(), phone: String::new(), device_name, person: None, known };
    let payload_sealed = payload.seal(&identity.numbers, id, random).ok_or(CodeError::Sealing)?;
    let who = account.view.id;
    let asked = Asked {
        id,
        kind: Kind::Factor,
        account: Some(who.to_string()),
        // No code is known in advance; the right one takes this place.
        code_hash: random_bytes(random),
        payload_sealed,
        now,
    };
    let wait = identity
        .backend
        .db
        .write(move |tx| {
            let wait = table::load(tx, who)?.and_then(|row| row.wait_ms(now));
            if wait.is_none() {
                asked.insert(tx)?;
            }
            Ok::<_, DbError>(wait)
        })
        .await
        .map_err(WriteError::flatten)?;
    if let Some(wait) = wait {
        return Err(SignInError::TooOften { retry_after_s: codes::seconds(wait) });
    }
    Ok(Challenge {
        id,
        expires_at: now.plus_millis(CODE_MS),
        resend_after: now.plus_millis(CODE_MS),
        tries_left: TRIES,
        phone_hint: String::new(),
        kind: ChallengeKind::Authenticator,
    })
}
