//! Sending a code to a phone and waiting for it.

use std::sync::Arc;

use citizen_contract::ids::ChallengeId;
use citizen_contract::phone::Phone;
use citizen_contract::registration::{CODE_DIGITS, Challenge, ChallengeKind};

use super::challenge::{Asked, CODE_MS, Kind, Payload, RESEND_MS, TRIES};
use super::code_limits::{Admission, Ask, Scope};
use super::{Identity, Origin};
use crate::clock::{Random, random_bytes};
use crate::db::{DbError, WriteError};
use crate::messenger::{Message, Messenger, MessengerError};

/// How codes are sent.
pub struct Codes {
    /// The way to the phones.
    pub messenger: Arc<dyn Messenger>,
    /// The most codes in 24 hours before no more are sent: what they cost at most.
    pub per_day: u32,
}

impl Codes {
    /// The breaker unless an operator says otherwise.
    pub const PER_DAY: u32 = 5_000;
}

/// A code is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeSent {
    /// What the client is told.
    pub challenge: Challenge,
    /// How many were sent in the breaker's window, this one among them.
    pub today: u32,
}

/// No code was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Too many for this phone, or from this network.
    #[error("too many codes were asked for")]
    TooOften {
        /// What was counted.
        scope: Scope,
        /// Not before so many seconds.
        retry_after_s: u32,
    },
    /// The breaker is open: too many altogether.
    #[error("no codes are sent at present")]
    Paused {
        /// Not before so many seconds.
        retry_after_s: u32,
    },
    /// The messenger did not take it over.
    #[error("the code was not delivered: {0}")]
    Undelivered(MessengerError),
    /// The row could not be encrypted.
    #[error("the challenge could not be sealed")]
    Sealing,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A code, drawn for one challenge.
pub(super) struct Drawn {
    pub(super) code: String,
    pub(super) hash: [u8; 32],
}

impl Drawn {
    pub(super) fn for_challenge(identity: &Identity, id: ChallengeId) -> Self {
        let code = draw(identity.backend.random.as_ref());
        Self { hash: identity.numbers.code_hash(id, &code), code }
    }
}

/// Six digits, each code as likely as any other.
fn draw(random: &dyn Random) -> String {
    // 2^64 is no multiple of a million, which favours the lower codes by less than one in 10^13.
    let number = u64::from_be_bytes(random_bytes(random)) % 10_u64.pow(6);
    format!("{number:0width$}", width = CODE_DIGITS)
}

/// What is counted for a phone and a network at this moment.
pub(super) fn counted(identity: &Identity, phone: &Phone, origin: Origin) -> Ask {
    let now = identity.backend.clock.now();
    let today = identity.backend.profile.calendar.day_of(now);
    Ask {
        phone: identity.numbers.phone_hash(phone),
        network: identity.numbers.network_hash(origin, today),
        device: origin.device().map(|device| identity.numbers.device_hash(device, today)),
        now,
        per_day: identity.codes.per_day,
    }
}

/// Counts, writes the challenge, and sends its code. It asks nothing about who has an account, so that
/// neither the answer nor its time can tell.
pub(super) async fn send(
    identity: &Identity,
    kind: Kind,
    account: Option<String>,
    payload: &Payload,
    phone: Phone,
    origin: Origin,
) -> Result<CodeSent, CodeError> {
    let random = identity.backend.random.as_ref();
    let ask = counted(identity, &phone, origin);
    let id = ChallengeId::from_parts(ask.now, random_bytes(random));
    let drawn = Drawn::for_challenge(identity, id);
    let payload_sealed = payload.seal(&identity.numbers, id, random).ok_or(CodeError::Sealing)?;
    let asked = Asked { id, kind, account, code_hash: drawn.hash, payload_sealed, now: ask.now };
    let today = identity
        .backend
        .db
        .write(move |tx| {
            let today = admitted(ask.admit(tx)?)?;
            asked.insert(tx)?;
            Ok::<_, CodeError>(today)
        })
        .await
        .map_err(WriteError::flatten)?;
    deliver(identity, kind, &phone, drawn.code).await?;
    let challenge = Challenge {
        id,
        expires_at: ask.now.plus_millis(CODE_MS),
        resend_after: ask.now.plus_millis(RESEND_MS),
        tries_left: TRIES,
        phone_hint: phone.to_string(),
        kind: ChallengeKind::Phone,
    };
    Ok(CodeSent { challenge, today })
}

/// The count of today, or why not.
pub(super) fn admitted(admission: Admission) -> Result<u32, CodeError> {
    match admission {
        Admission::Yes { today } => Ok(today),
        Admission::TooOften { scope, wait_ms } => {
            Err(CodeError::TooOften { scope, retry_after_s: seconds(wait_ms) })
        }
        Admission::Paused { wait_ms } => Err(CodeError::Paused { retry_after_s: seconds(wait_ms) }),
    }
}

pub(super) fn seconds(wait_ms: i64) -> u32 {
    u32::try_from(wait_ms.saturating_add(999) / 1000).unwrap_or(1).max(1)
}

/// What the message says. Whoever gets a code must know what it does.
fn text(app_name: &str, kind: Kind, code: &str) -> String {
    match kind {
        Kind::Representative => format!(
            "{app_name}: mã {code} để đồng ý cho con, hoặc người bạn giám hộ (dưới 16 tuổi), gửi phản ánh hiện \
             công khai. Chỉ đọc mã cho con nếu bạn đồng ý. Dùng trong 5 phút."
        ),
        Kind::PhoneChange => format!(
            "{app_name}: mã {code} để dùng số này cho một tài khoản, dùng trong 5 phút. Đừng đưa mã này cho ai."
        ),
        // No code is sent for a second factor.
        Kind::Registration | Kind::SignIn | Kind::PasswordReset | Kind::Factor => {
            format!("{app_name}: mã {code}, dùng trong 5 phút. Đừng đưa mã này cho ai.")
        }
    }
}

/// Hands a code over, after COMMIT.
pub(super) async fn deliver(
    identity: &Identity,
    kind: Kind,
    to: &Phone,
    code: String,
) -> Result<(), CodeError> {
    let text = text(&identity.backend.profile.locality.app_name, kind, &code);
    match identity.codes.messenger.send(&Message { to: to.clone(), code, text }).await {
        Ok(()) => Ok(()),
        Err(MessengerError::TimedOut) => {
            // It may arrive all the same; if not, the person asks for another in a minute.
            tracing::warn!("the messenger did not answer in time");
            Ok(())
        }
        Err(error) => {
            tracing::error!(%error, "a code was not delivered");
            Err(CodeError::Undelivered(error))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u64);

    impl Random for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.copy_from_slice(&self.0.to_be_bytes());
        }
    }

    #[test]
    fn a_code_has_six_digits_whatever_is_drawn() {
        for (number, code) in [(0, "000000"), (12_345, "012345"), (1_999_999, "999999"), (u64::MAX, "551615")]
        {
            assert_eq!(draw(&Fixed(number)), code);
        }
    }
}
