//! What this device has said about a report that the document does not show yet.

use citizen_contract::documents::ReportDocument;
use citizen_contract::problem::ProblemCode;
use citizen_contract::report_state::{Act, Actor, ReportState, allowed, next};

use super::codes::{ActCode, StepCode};
use super::view::ConflictView;
use crate::locality::Locality;
use crate::outbox::CommandState;
use crate::outbox::list::Item;

/// Own commands that the document does not contain yet, in order.
pub(super) fn pending(items: &[Item], shown_revision: u64) -> impl Iterator<Item = &Item> {
    items.iter().filter(move |item| match item.state {
        CommandState::Queued | CommandState::Sending => true,
        CommandState::Sent | CommandState::NeedsPerson | CommandState::Settled => {
            item.revision.is_some_and(|revision| revision > shown_revision)
        }
    })
}

/// What may be done now: the backend's word, and after own pending acts what the table of the state
/// machine allows, so that an official without a network can go on.
pub(super) fn acts(report: &ReportDocument, items: &[Item], actors: &[Actor]) -> Vec<ActCode> {
    let mut state = report.state;
    let mut answered_here = false;
    let mut any = false;
    for item in pending(items, report.revision) {
        let Some(act) = item.envelope.body.act() else { continue };
        any = true;
        answered_here |= act == Act::Answer;
        state = after(state, act, actors).unwrap_or(state);
    }
    let acts = if any { allowed(state, actors) } else { report.acts.clone() };
    // Who proposed an answer does not approve it.
    let own_answer = |act: &Act| answered_here && matches!(act, Act::Approve | Act::ReturnAnswer);
    let mut codes: Vec<ActCode> =
        acts.into_iter().filter(|act| !own_answer(act)).filter_map(ActCode::of).collect();
    codes.dedup();
    codes
}

fn after(state: ReportState, act: Act, actors: &[Actor]) -> Option<ReportState> {
    actors.iter().find_map(|actor| next(state, act, *actor))
}

/// The own command that met somebody else's change, if one waits for the person.
pub(super) fn conflict(items: &[Item], locality: &Locality) -> Option<ConflictView> {
    items.iter().find_map(|item| {
        let problem = item.trouble.as_ref()?.problem.as_ref()?;
        if item.state != CommandState::NeedsPerson || problem.code != ProblemCode::RevisionConflict {
            return None;
        }
        let last = problem.since.last();
        Some(ConflictView {
            command_id: item.id(),
            act: item.envelope.body.act().and_then(ActCode::of)?,
            by: last.and_then(|entry| locality.body_name(entry.unit_id.as_ref())),
            at: last.map(|entry| entry.at),
            step: last.and_then(|entry| StepCode::of(entry.act)),
        })
    })
}
