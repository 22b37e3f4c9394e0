//! Time left, counted in working time where the rules say so.

use citizen_contract::command::Urgency;
use citizen_contract::documents::ReportDocument;
use citizen_contract::profile::Step;
use citizen_contract::query::QueueItem;
use citizen_contract::report_state::{Act, ReportState};
use citizen_contract::time::UtcMillis;
use citizen_contract::working_time::{CivilDate, Pace};

use super::view::{DueView, Tone};
use crate::locality::Locality;

/// A running period.
#[derive(Debug, Clone, Copy)]
pub struct Due {
    /// Which step it is for.
    pub step: Step,
    /// How fast.
    pub urgency: Urgency,
    /// When it began.
    pub from: UtcMillis,
    /// When it ends.
    pub until: UtcMillis,
    /// Since when its clock stands still.
    pub paused_since: Option<UtcMillis>,
}

impl Due {
    /// The period as screens show it at `now`.
    #[must_use]
    pub fn view(&self, locality: &Locality, now: UtcMillis) -> DueView {
        let profile = locality.profile();
        let pace = profile.deadlines.allowance(self.urgency, self.step).pace();
        let looked_at = self.paused_since.unwrap_or(now);
        let left = profile.calendar.spent(pace, looked_at, self.until);
        let left_percent = profile.calendar.percent_left(pace, self.from, self.until, looked_at);
        let tone = match self.paused_since {
            Some(_) => Tone::Paused,
            None if left <= 0 => Tone::Bad,
            None if left_percent <= profile.thresholds.amber_percent => Tone::Warn,
            None => Tone::Ok,
        };
        DueView {
            tone,
            at: self.until,
            left_minutes: left.div_euclid(60_000),
            day_minutes: day_minutes(locality, pace, now),
            used_percent: 100_u8.saturating_sub(left_percent),
        }
    }
}

/// The office's time for answering a wish about somebody's data, at `now`.
#[must_use]
pub fn answer_due(locality: &Locality, from: UtcMillis, until: UtcMillis, now: UtcMillis) -> DueView {
    let profile = locality.profile();
    let pace = profile.personal.answer_within.pace();
    let left = profile.calendar.spent(pace, now, until);
    let left_percent = profile.calendar.percent_left(pace, from, until, now);
    let tone = if left <= 0 {
        Tone::Bad
    } else if left_percent <= profile.thresholds.amber_percent {
        Tone::Warn
    } else {
        Tone::Ok
    };
    DueView {
        tone,
        at: until,
        left_minutes: left.div_euclid(60_000),
        day_minutes: day_minutes(locality, pace, now),
        used_percent: 100_u8.saturating_sub(left_percent),
    }
}

/// The minutes of the next day on which offices are open, or of any day for the clock's pace.
fn day_minutes(locality: &Locality, pace: Pace, now: UtcMillis) -> i64 {
    if pace == Pace::Clock {
        return 24 * 60;
    }
    let calendar = &locality.profile().calendar;
    let today = calendar.day_of(now).days();
    (today..today + 14)
        .map(|day| calendar.openings(CivilDate::from_days(day)))
        .map(|openings| openings.iter().map(|it| i64::from(it.until) - i64::from(it.from)).sum::<i64>())
        .find(|minutes| *minutes > 0)
        .unwrap_or(8 * 60)
}

/// The period that runs on a report now.
#[must_use]
pub fn due_of(report: &ReportDocument) -> Option<Due> {
    let taking_in = Due {
        step: Step::TakeIn,
        urgency: report.urgency,
        from: report.submitted_at,
        until: report.take_in_by,
        paused_since: report.paused_since,
    };
    match report.state {
        ReportState::Received | ReportState::NeedsInformation => Some(taking_in),
        ReportState::Assigned
        | ReportState::InProgress
        | ReportState::AwaitingApproval
        | ReportState::Reopened => {
            let begins = |act| matches!(act, Act::Assign | Act::RateUnresolved);
            let from = report.timeline.iter().rev().find(|entry| begins(entry.act)).map(|entry| entry.at);
            Some(Due {
                step: Step::Answer,
                from: from.unwrap_or(report.submitted_at),
                until: report.answer_by?,
                ..taking_in
            })
        }
        ReportState::Answered | ReportState::Closed | ReportState::Refused => None,
    }
}

/// The period that runs on a row of the queue now.
#[must_use]
pub fn due_of_item(item: &QueueItem, as_of: UtcMillis) -> Option<Due> {
    let step = match item.state {
        ReportState::Received | ReportState::NeedsInformation => Step::TakeIn,
        ReportState::Answered | ReportState::Closed | ReportState::Refused => return None,
        _ => Step::Answer,
    };
    let paused = item.state == ReportState::NeedsInformation;
    Some(Due {
        step,
        urgency: item.urgency,
        from: item.submitted_at,
        until: item.due_at,
        paused_since: paused.then_some(as_of),
    })
}
