//! `rules.toml`: how long each step may take, and the thresholds around it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::findings::{Findings, ProfileSource};
use super::staff::StaffRules;
use crate::command::Urgency;
use crate::working_time::Duration;

const FILE: &str = "rules.toml";

/// A step of handling that has a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The intake office takes the report in and passes it on.
    TakeIn,
    /// The unit answers, approval included, counted from the assignment.
    Answer,
    /// The approver decides on a proposed answer.
    Approve,
}

const STEPS: [(Step, &str); 3] =
    [(Step::TakeIn, "take_in"), (Step::Answer, "answer"), (Step::Approve, "approve")];
const URGENCIES: [(Urgency, &str); 4] = [
    (Urgency::Normal, "normal"),
    (Urgency::Soon, "soon"),
    (Urgency::Urgent, "urgent"),
    (Urgency::Complex, "complex"),
];

/// How long each step may take at each urgency; complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineTable(BTreeMap<(Urgency, Step), Duration>);

impl DeadlineTable {
    /// What is allowed for a step at an urgency.
    pub fn allowance(&self, urgency: Urgency, step: Step) -> Duration {
        // The table is complete; a missing entry would mean "at once".
        self.0.get(&(urgency, step)).copied().unwrap_or(Duration::ClockMinutes(0))
    }
}

/// Figures around deadlines.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// The share of a period, in per cent, at which time left turns amber.
    pub amber_percent: u8,
    /// How many calendar days a question to the sender stops the clock at most.
    pub question_days: u16,
    /// For how many calendar days a refused report may be sent again.
    pub resend_days: u16,
    /// For how many calendar days an answer may be rated before it closes.
    pub rating_days: u16,
}

/// Steps of one urgency by name.
type RawRow = BTreeMap<String, Spanned<Duration>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    thresholds: Spanned<Thresholds>,
    deadlines: Spanned<BTreeMap<String, Spanned<RawRow>>>,
    staff: Spanned<StaffRules>,
}

/// What `rules.toml` holds.
type Rules = (DeadlineTable, Thresholds, StaffRules);

pub(super) fn read(source: &ProfileSource, findings: &mut Findings) -> Option<Rules> {
    let (raw, lines): (Raw, _) = findings.toml(source, FILE)?;
    let mut table = BTreeMap::new();
    let deadlines_line = lines.at(&raw.deadlines.span());
    let rows = raw.deadlines.into_inner();
    for (urgency, name) in URGENCIES {
        let Some(row) = rows.get(name) else {
            findings.add(FILE, deadlines_line, format!("deadlines.{name} is missing"));
            continue;
        };
        for (step, step_name) in STEPS {
            let Some(cell) = row.get_ref().get(step_name) else {
                findings.add(FILE, lines.at(&row.span()), format!("deadlines.{name}.{step_name} is missing"));
                continue;
            };
            if cell.get_ref().minutes() == 0 {
                findings.add(FILE, lines.at(&cell.span()), "a deadline of no minutes cannot be met");
            }
            table.insert((urgency, step), *cell.get_ref());
        }
        for (key, cell) in row.get_ref() {
            if !STEPS.iter().any(|(_, name)| name == key) {
                findings.add(FILE, lines.at(&cell.span()), format!("`{key}` is no step"));
            }
        }
    }
    for (key, row) in &rows {
        if !URGENCIES.iter().any(|(_, name)| name == key) {
            findings.add(FILE, lines.at(&row.span()), format!("`{key}` is no urgency"));
        }
    }
    let thresholds_line = lines.at(&raw.thresholds.span());
    let thresholds = raw.thresholds.into_inner();
    if thresholds.amber_percent > 100 {
        findings.add(FILE, thresholds_line, "amber_percent is more than 100");
    }
    let staff_line = lines.at(&raw.staff.span());
    let staff = raw.staff.into_inner();
    if !staff.is_usable() {
        findings.add(FILE, staff_line, "nobody can work with these times of staff sessions");
    }
    Some((DeadlineTable(table), thresholds, staff))
}
