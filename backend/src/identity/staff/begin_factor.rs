//! `POST /v1/second-factor`: a secret for an authenticator, which counts once it is confirmed.

use citizen_contract::ids::AccountId;
use citizen_contract::staff::FactorBegun;
use totp_rs::Secret;

use super::super::Identity;
use super::super::account::by_id;
use super::confirm_factor::FactorError;
use super::factor::{bound_to, totp};
use super::{given, table};
use crate::clock::random_bytes;
use crate::db::WriteError;

/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;

/// Draws a secret and recovery codes. A member of staff whose factor is set up gets another only after
/// an administrator took the first away.
///
/// # Errors
/// [`FactorError`]
pub async fn begin_factor(identity: &Identity, account: AccountId) -> Result<FactorBegun, FactorError> {
    let random = identity.backend.random.as_ref();
    let now = identity.backend.clock.now();
    let secret = Secret::from(random_bytes::<20>(random)).to_base32();
    let sealed =
        identity.numbers.seal_text(&secret, &bound_to(account), random).ok_or(FactorError::Sealing)?;
    let recovery_codes: Vec<String> = (0..RECOVERY_CODES).map(|_| given::draw(random, 2, 5)).collect();
    let hashes: Vec<[u8; 32]> = recovery_codes
        .iter()
        .map(|code| identity.numbers.recovery_hash(account, &given::normal(code)))
        .collect();
    let name = identity
        .backend
        .db
        .write(move |tx| {
            let row = by_id(tx, &account.to_string())?;
            if row.factor || row.view.roles.is_empty() || row.password_given {
                return Err(FactorError::NotNow);
            }
            table::begin(tx, account, &sealed, &hashes, now)?;
            Ok(row.view.display_name)
        })
        .await
        .map_err(WriteError::flatten)?;
    let app = &identity.backend.profile.locality.app_name;
    let uri = totp(&secret, app, &name.replace(':', " ")).and_then(|totp| totp.to_url().ok());
    Ok(FactorBegun { secret, uri: uri.ok_or(FactorError::Sealing)?, recovery_codes })
}
