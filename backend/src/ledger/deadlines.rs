//! Deadlines: the profile's table over its working calendar.

use citizen_contract::command::Urgency;
use citizen_contract::profile::{Profile, Step};
use citizen_contract::time::UtcMillis;

use super::row::ReportRow;

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// By when a report that came at `from` must be taken in.
#[must_use]
pub fn take_in_by(profile: &Profile, urgency: Urgency, from: UtcMillis) -> UtcMillis {
    profile.calendar.add(from, profile.deadlines.allowance(urgency, Step::TakeIn))
}

/// By when a report that a unit got at `from` must be answered.
#[must_use]
pub fn answer_by(profile: &Profile, urgency: Urgency, from: UtcMillis) -> UtcMillis {
    profile.calendar.add(from, profile.deadlines.allowance(urgency, Step::Answer))
}

/// The sender was waited for and is no more: what was left when the question was asked is left now.
pub fn run_again(profile: &Profile, report: &mut ReportRow, now: UtcMillis) {
    if let Some(paused) = report.paused_since.take() {
        let pace = profile.deadlines.allowance(report.urgency, Step::TakeIn).pace();
        // Nobody's report waits for ever: a question stops the clock for so many days at most.
        let longest = paused.plus_millis(i64::from(profile.thresholds.question_days).saturating_mul(DAY));
        report.take_in_by = profile.calendar.resume(report.take_in_by, pace, paused, now.min(longest));
    }
}
