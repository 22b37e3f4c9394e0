//! `consent.set`: a purpose is agreed to, or withdrawn. Evidence is only added.

use citizen_contract::ids::ReportId;
use citizen_contract::my_data::{ACCOUNT_PURPOSE, SetConsent};
use citizen_contract::problem::{Problem, ProblemCode};

use super::document;
use crate::db::Tx;
use crate::ledger::{Done, Order, Refusal};
use crate::params;

/// The longest version of a wording.
const LONGEST_WORDING: usize = 40;

/// Adds the evidence, unless this is so already.
///
/// # Errors
/// `invalid` for a purpose that the locality does not know, `act-not-allowed` for withdrawing the one
/// without which there is no account.
pub fn apply(tx: &mut Tx<'_>, order: &Order, body: &SetConsent) -> Result<Done, Refusal> {
    if order.profile.personal.purpose(&body.purpose).is_none() {
        return Err(Problem::new(ProblemCode::Invalid).at("/body/purpose").into());
    }
    let version = (1..=LONGEST_WORDING).contains(&body.wording.len());
    if !version || !body.wording.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Problem::new(ProblemCode::Invalid).at("/body/wording").into());
    }
    if body.purpose == ACCOUNT_PURPOSE && !body.given {
        return Err(ProblemCode::ActNotAllowed.into());
    }
    let account = order.reader.account.to_string();
    let last = document::consents(tx, &account)?.into_iter().rfind(|entry| entry.purpose == body.purpose);
    let same = match &last {
        Some(last) if body.given => last.given && last.wording == body.wording,
        Some(last) => !last.given,
        None => !body.given,
    };
    let mut moved = Vec::new();
    if !same {
        // Two within one millisecond, or a clock that was set back, keep their order.
        let at = last.map_or(order.now.0, |last| order.now.0.max(last.at.0.saturating_add(1)));
        tx.execute(
            "INSERT INTO consents (account_id, purpose, wording, given_at, way, withdrawn, command_id) \
             VALUES (?1, ?2, ?3, ?4, 'app', ?5, ?6)",
            params![
                account.as_str(),
                body.purpose.as_str(),
                body.wording.as_str(),
                at,
                !body.given,
                order.envelope.id.to_string(),
            ],
        )?;
        moved.push(document::bump(tx, &account)?);
    }
    Ok(Done {
        report_id: ReportId::NONE,
        number: String::new(),
        revision: 0,
        first_deadline: None,
        moved,
        queue_moved: false,
    })
}
