//! The report's state machine: one table, the same for the backend and for a device that is offline.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{CommandBody, Rating};

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Sent; the intake office has not taken it in.
    Received,
    /// The intake office asked the sender; deadlines stand still.
    NeedsInformation,
    /// Passed to a unit.
    Assigned,
    /// The unit is handling it.
    InProgress,
    /// An answer waits for approval.
    AwaitingApproval,
    /// The answer is published and waits for the sender's rating.
    Answered,
    /// Rated; done.
    Closed,
    /// The sender found it unresolved; the unit has it again.
    Reopened,
    /// Not taken in (Không tiếp nhận).
    Refused,
}

/// What happens to a report. One act is one event and one revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// The citizen sends it.
    Submit,
    /// The sender adds information.
    AddInformation,
    /// The sender rates the answer as good enough.
    RateDone,
    /// The sender rates the answer as unresolved.
    RateUnresolved,
    /// The office asks the sender.
    Ask,
    /// The office passes it to a unit.
    Assign,
    /// The unit starts.
    Start,
    /// The unit gives it back.
    PassBack,
    /// An internal note.
    Note,
    /// The unit proposes an answer.
    Answer,
    /// The approver publishes the answer.
    Approve,
    /// The approver returns the answer.
    ReturnAnswer,
    /// The office does not take it in.
    Refuse,
}

/// In which capacity a person acts on a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Who sent it.
    Sender,
    /// The intake office.
    Intake,
    /// A handler of the unit that has it.
    Handler,
    /// An approver of the unit that has it; never the one who proposed the answer.
    Approver,
}

use Act as A;
use ReportState as S;

/// One allowed step: act, who, from which states, to which; `None` leaves the state as it is.
pub type Row = (Act, &'static [Actor], &'static [ReportState], Option<ReportState>);

/// Every allowed step: act, who, from, to. What is not listed is not allowed.
pub const TABLE: &[Row] = &[
    (A::AddInformation, &[Actor::Sender], &[S::NeedsInformation], Some(S::Received)),
    (A::AddInformation, &[Actor::Sender], &[S::Received, S::Assigned, S::InProgress, S::Reopened], None),
    (A::RateDone, &[Actor::Sender], &[S::Answered], Some(S::Closed)),
    (A::RateUnresolved, &[Actor::Sender], &[S::Answered], Some(S::Reopened)),
    (A::Ask, &[Actor::Intake], &[S::Received], Some(S::NeedsInformation)),
    (
        A::Assign,
        &[Actor::Intake],
        &[S::Received, S::NeedsInformation, S::Assigned, S::InProgress, S::Reopened],
        Some(S::Assigned),
    ),
    (A::Refuse, &[Actor::Intake], &[S::Received, S::NeedsInformation], Some(S::Refused)),
    (A::Start, &[Actor::Handler], &[S::Assigned, S::Reopened], Some(S::InProgress)),
    (A::PassBack, &[Actor::Handler], &[S::Assigned, S::InProgress, S::Reopened], Some(S::Received)),
    (A::Answer, &[Actor::Handler], &[S::Assigned, S::InProgress, S::Reopened], Some(S::AwaitingApproval)),
    (A::Approve, &[Actor::Approver], &[S::AwaitingApproval], Some(S::Answered)),
    (A::ReturnAnswer, &[Actor::Approver], &[S::AwaitingApproval], Some(S::InProgress)),
    (
        A::Note,
        &[Actor::Intake, Actor::Handler, Actor::Approver],
        &[
            S::Received,
            S::NeedsInformation,
            S::Assigned,
            S::InProgress,
            S::AwaitingApproval,
            S::Answered,
            S::Closed,
            S::Reopened,
            S::Refused,
        ],
        None,
    ),
];

/// The state after `act` by `actor`, or nothing if the table does not allow it.
#[must_use]
pub fn next(state: ReportState, act: Act, actor: Actor) -> Option<ReportState> {
    TABLE
        .iter()
        .find(|(a, actors, from, _)| *a == act && actors.contains(&actor) && from.contains(&state))
        .map(|(_, _, _, to)| to.unwrap_or(state))
}

/// What somebody in these capacities may do now, in the table's order, each act once.
#[must_use]
pub fn allowed(state: ReportState, actors: &[Actor]) -> Vec<Act> {
    let mut acts: Vec<Act> = TABLE
        .iter()
        .filter(|(_, who, from, _)| from.contains(&state) && who.iter().any(|actor| actors.contains(actor)))
        .map(|(act, ..)| *act)
        .collect();
    acts.dedup();
    acts
}

impl Act {
    /// Every act, in the order in which they stand above.
    pub const ALL: [Self; 13] = [
        A::Submit,
        A::AddInformation,
        A::RateDone,
        A::RateUnresolved,
        A::Ask,
        A::Assign,
        A::Start,
        A::PassBack,
        A::Note,
        A::Answer,
        A::Approve,
        A::ReturnAnswer,
        A::Refuse,
    ];
}

impl ReportState {
    /// Whether somebody in an office still has something to do.
    #[must_use]
    pub fn is_open(self) -> bool {
        !matches!(self, S::Answered | S::Closed | S::Refused)
    }
}

impl CommandBody {
    /// The act on a report that the command performs; none for what is about no report.
    #[must_use]
    pub fn act(&self) -> Option<Act> {
        Some(match self {
            Self::Submit(_) => A::Submit,
            Self::AddInformation(_) => A::AddInformation,
            Self::Rate(rate) if rate.rating == Rating::Unresolved => A::RateUnresolved,
            Self::Rate(_) => A::RateDone,
            Self::Ask(_) => A::Ask,
            Self::Assign(_) => A::Assign,
            Self::Start(_) => A::Start,
            Self::PassBack(_) => A::PassBack,
            Self::Note(_) => A::Note,
            Self::Answer(_) => A::Answer,
            Self::Approve(_) => A::Approve,
            Self::ReturnAnswer(_) => A::ReturnAnswer,
            Self::Refuse(_) => A::Refuse,
            Self::SetConsent(_) => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_way_ends_closed() {
        let steps = [
            (A::Assign, Actor::Intake, S::Assigned),
            (A::Start, Actor::Handler, S::InProgress),
            (A::Answer, Actor::Handler, S::AwaitingApproval),
            (A::Approve, Actor::Approver, S::Answered),
            (A::RateDone, Actor::Sender, S::Closed),
        ];
        let mut state = S::Received;
        for (act, actor, expected) in steps {
            state = next(state, act, actor).unwrap();
            assert_eq!(state, expected);
        }
        assert!(!state.is_open());
    }

    #[test]
    fn unresolved_reopens_and_the_unit_answers_again() {
        let reopened = next(S::Answered, A::RateUnresolved, Actor::Sender).unwrap();
        assert_eq!(reopened, S::Reopened);
        assert_eq!(next(reopened, A::Answer, Actor::Handler), Some(S::AwaitingApproval));
    }

    #[test]
    fn nobody_acts_for_another() {
        assert_eq!(next(S::AwaitingApproval, A::Approve, Actor::Handler), None);
        assert_eq!(next(S::Received, A::Assign, Actor::Sender), None);
        assert_eq!(next(S::Answered, A::RateDone, Actor::Intake), None);
        assert_eq!(next(S::Refused, A::Assign, Actor::Intake), None);
    }

    #[test]
    fn each_allowed_act_is_named_once() {
        assert_eq!(allowed(S::Received, &[Actor::Sender]), vec![A::AddInformation]);
        let intake = allowed(S::Received, &[Actor::Intake]);
        assert_eq!(intake, vec![A::Ask, A::Assign, A::Refuse, A::Note]);
    }
}
