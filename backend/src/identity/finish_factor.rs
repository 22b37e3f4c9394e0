//! `POST /v1/sessions/{challenge}/finish` where the second factor is asked for.

use std::sync::Arc;

use citizen_contract::audit::AuditAct;
use citizen_contract::citizen_id::CitizenId;
use citizen_contract::ids::ChallengeId;
use citizen_contract::registration::{ChallengeKind, FinishSignIn};
use citizen_contract::session::SessionGrant;
use citizen_contract::sync::Nudge;

use super::account::{AccountRow, by_id};
use super::again::{again, holder};
use super::attempts::Try;
use super::challenge::{self, CodeRefused, Kind, Payload, Success};
use super::grant::Opening;
use super::staff::{FactorTry, note, verify};
use super::{Identity, Origin};
use crate::db::{DbError, Tx, WriteError};
use crate::params;

/// What one transaction came to.
enum Came {
    In(Box<AccountRow>, Vec<Nudge>),
    Before(Success),
    Refused(CodeRefused),
}

/// Everything of one try, so that its transaction can run again.
struct Finish {
    id: ChallengeId,
    hash: [u8; 32],
    account: String,
    opening: Opening,
    tried: Try,
    code: FactorTry,
    recovery: bool,
}

/// Whether a challenge asks for the second factor; if so, its row.
pub(super) async fn asked(
    identity: &Identity,
    id: ChallengeId,
) -> Result<Option<(String, Payload)>, CodeRefused> {
    let read = move |tx: &mut Tx<'_>| challenge::load(tx, id);
    let row = identity.backend.db.read(read).await.map_err(WriteError::<DbError>::flatten)?;
    let Some(row) = row.filter(|row| row.is(Kind::Factor)) else { return Ok(None) };
    let payload = Payload::unseal(&identity.numbers, id, &row.payload_sealed).ok_or(CodeRefused::Over)?;
    Ok(row.account().map(|account| (account.to_owned(), payload)))
}

/// Signs the device in whose person knows the second factor.
pub(super) async fn finish_factor(
    identity: &Identity,
    id: ChallengeId,
    (account, payload): (String, Payload),
    input: &FinishSignIn,
    origin: Origin,
) -> Result<SessionGrant, CodeRefused> {
    let number = CitizenId::parse(&payload.number).map_err(|_| CodeRefused::Over)?;
    let tried = Try {
        number: identity.numbers.lookup_hash(&number),
        origin: identity.numbers.origin_hash(&number, origin),
        now: identity.backend.clock.now(),
    };
    let recovery = input.kind == Some(ChallengeKind::Recovery);
    let who = account.parse().map_err(|_| CodeRefused::Over)?;
    let code = FactorTry::new(identity, who, &input.code, recovery);
    if !code.is_whole() {
        return Err(CodeRefused::Malformed);
    }
    let name = payload.device_name;
    let opening = match payload.known {
        Some(device) => Opening::on_known(identity, device, &name, tried.origin),
        None => Opening::on_new(identity, &name, tried.origin),
    };
    let hash = identity.numbers.code_hash(id, &input.code);
    let finish = Arc::new(Finish { id, hash, account, opening, tried, code, recovery });
    let writing = Arc::clone(&finish);
    let came = identity.backend.db.write(move |tx| writing.carry_out(tx)).await;
    let came = came.map_err(|error| match WriteError::<DbError>::flatten(error) {
        // The device was cut off in this moment.
        DbError::NoRow => CodeRefused::Over,
        error => error.into(),
    })?;
    match came {
        Came::In(account, nudges) => {
            identity.backend.nudges.tell(nudges);
            Ok(finish.opening.grant(identity.staff.shown(*account).view))
        }
        Came::Before(Success::On(device)) => {
            let account = holder(identity, device).await?.ok_or(CodeRefused::Over)?;
            again(identity, account, device, &name, tried.origin).await?.ok_or(CodeRefused::Over)
        }
        Came::Before(Success::Taken) => Err(CodeRefused::Over),
        Came::Refused(refused) => Err(refused),
    }
}

impl Finish {
    /// Counts before it looks, and keeps the count: a refusal is no error here.
    fn carry_out(&self, tx: &mut Tx<'_>) -> Result<Came, DbError> {
        let now = self.tried.now;
        let row = match challenge::count(tx, self.id, Kind::Factor, now)? {
            Ok(row) => row,
            Err(refused) => return Ok(Came::Refused(refused)),
        };
        if let Some(success) = row.success_of(&self.hash)? {
            return Ok(Came::Before(success));
        }
        let account = by_id(tx, &self.account)?;
        if row.finished_at.is_some() || account.locked {
            return Ok(Came::Refused(CodeRefused::Over));
        }
        if !verify(tx, &self.code, now, false)? {
            note(tx, &account, AuditAct::FactorFailed, now)?;
            return Ok(Came::Refused(CodeRefused::Wrong { tries_left: row.left() }));
        }
        tx.execute(
            "UPDATE challenges SET code_hash = ?2 WHERE id = ?1",
            params![self.id.to_string(), &self.hash],
        )?;
        challenge::claim(tx, self.id, self.opening.device(), now)?;
        self.tried.forget(tx)?;
        let act = if self.recovery { AuditAct::RecoveryUsed } else { AuditAct::FactorPassed };
        note(tx, &account, act, now)?;
        note(tx, &account, AuditAct::SignedIn, now)?;
        let nudges = self.opening.write(tx, &self.account)?;
        tx.execute(
            "UPDATE devices SET factor_at = ?2 WHERE id = ?1",
            params![self.opening.device().to_string(), now.0],
        )?;
        Ok(Came::In(Box::new(account), nudges))
    }
}
