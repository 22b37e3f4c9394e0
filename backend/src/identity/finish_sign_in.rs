//! `POST /v1/sessions/{challenge}/finish`: the right code signs a new device in.

use std::sync::Arc;

use citizen_contract::audit::AuditAct;
use citizen_contract::citizen_id::CitizenId;
use citizen_contract::ids::ChallengeId;
use citizen_contract::registration::FinishSignIn;
use citizen_contract::session::SessionGrant;
use citizen_contract::sync::Nudge;

use super::account::{AccountRow, by_id};
use super::again::{again, holder};
use super::attempts::Try;
use super::challenge::{self, CodeRefused, Kind, Success};
use super::finish_factor;
use super::grant::Opening;
use super::origin::OriginHash;
use super::staff::note;
use super::{Identity, Origin};
use crate::db::{DbError, Tx, WriteError};

/// What one transaction came to.
enum Came {
    In(Box<AccountRow>, Vec<Nudge>),
    /// Somebody with the same challenge was faster.
    Second(Option<Success>),
}

/// Signs the device in that asked for the challenge. The same again within a minute, in case the
/// answer was lost, gets a session on the same device.
///
/// # Errors
/// [`CodeRefused`]
pub async fn finish_sign_in(
    identity: &Identity,
    id: ChallengeId,
    input: &FinishSignIn,
    origin: Origin,
) -> Result<SessionGrant, CodeRefused> {
    if let Some(asked) = finish_factor::asked(identity, id).await? {
        return finish_factor::finish_factor(identity, id, asked, input, origin).await;
    }
    let opened = challenge::open(identity, id, Kind::SignIn, &input.code).await?;
    let number = CitizenId::parse(&opened.payload.number).map_err(|_| CodeRefused::Over)?;
    let account = opened.account.ok_or(CodeRefused::Over)?;
    let name = opened.payload.device_name;
    let tried = Try {
        number: identity.numbers.lookup_hash(&number),
        origin: identity.numbers.origin_hash(&number, origin),
        now: identity.backend.clock.now(),
    };
    if let Some(success) = opened.before {
        return once_more(identity, success, &name, tried.origin).await;
    }
    let opening = Arc::new(Opening::on_new(identity, &name, tried.origin));
    let writing = Arc::clone(&opening);
    let write = move |tx: &mut Tx<'_>| finish(tx, id, &account, &writing, tried);
    match identity.backend.db.write(write).await.map_err(WriteError::<DbError>::flatten)? {
        Came::In(account, nudges) => {
            identity.backend.nudges.tell(nudges);
            Ok(opening.grant(identity.staff.shown(*account).view))
        }
        Came::Second(Some(success)) => once_more(identity, success, &name, tried.origin).await,
        Came::Second(None) => Err(CodeRefused::Over),
    }
}

fn finish(
    tx: &mut Tx<'_>,
    id: ChallengeId,
    account: &str,
    opening: &Opening,
    tried: Try,
) -> Result<Came, DbError> {
    if !challenge::claim(tx, id, opening.device(), tried.now)? {
        return Ok(Came::Second(challenge::success(tx, id)?));
    }
    tried.forget(tx)?;
    let row = by_id(tx, account)?;
    if row.locked {
        return Ok(Came::Second(None));
    }
    note(tx, &row, AuditAct::SignedIn, tried.now)?;
    Ok(Came::In(Box::new(row), opening.write(tx, account)?))
}

async fn once_more(
    identity: &Identity,
    success: Success,
    name: &str,
    origin: OriginHash,
) -> Result<SessionGrant, CodeRefused> {
    let Success::On(device) = success else { return Err(CodeRefused::Over) };
    // A device that was cut off within the minute stays out.
    let account = holder(identity, device).await?.ok_or(CodeRefused::Over)?;
    again(identity, account, device, name, origin).await?.ok_or(CodeRefused::Over)
}
