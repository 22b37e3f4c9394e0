//! `vietnam/public-holidays.csv`, the locality's own `days.csv`, and `hours.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::csv::{self, Row};
use super::findings::{Findings, ProfileSource};
use crate::working_time::{CalendarError, CivilDate, Opening, WorkingCalendar};

const HOURS: &str = "hours.toml";
const COLUMNS: &[&str] = &["date", "kind", "status", "name_vi", "name_en"];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A day that does not follow the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialDay {
    /// The day.
    pub date: CivilDate,
    /// What it is.
    pub kind: SpecialDayKind,
    /// Whether the state has decided it; otherwise it is expected.
    pub decided: bool,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Its name in English.
    pub name_en: String,
}

/// What a special day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpecialDayKind {
    /// Offices are closed.
    Off,
    /// Offices are open with the hours of this weekday (0 is Monday).
    WorkingLike(usize),
}

/// Openings of one weekday.
type RawDay = Vec<Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hours {
    utc_offset: Spanned<String>,
    hours: Spanned<BTreeMap<String, Spanned<RawDay>>>,
}

pub(super) fn read(
    source: &ProfileSource,
    findings: &mut Findings,
) -> Option<(WorkingCalendar, Vec<SpecialDay>)> {
    let mut days = BTreeMap::new();
    for file in ["vietnam/public-holidays.csv", "days.csv"] {
        for row in csv::read(source, file, COLUMNS, findings) {
            let Some(day) = special_day(&row, findings) else { continue };
            // A locality's own row may change a national day, but a file
            // must not contradict itself.
            if let Some((of_file, _)) = days.insert(day.date, (file, day))
                && of_file == file
            {
                row.wrong(findings, "this date stands twice");
            }
        }
    }
    let mut calendar = hours(source, findings)?;
    let days: Vec<SpecialDay> = days.into_values().map(|(_, day)| day).collect();
    for day in &days {
        match day.kind {
            SpecialDayKind::Off => calendar.close(day.date),
            SpecialDayKind::WorkingLike(weekday) => calendar.open_like(day.date, weekday),
        }
    }
    Some((calendar, days))
}

fn special_day(row: &Row, findings: &mut Findings) -> Option<SpecialDay> {
    let date = row.parsed("date", findings);
    let name_vi = row.required("name_vi", findings);
    let name_en = row.required("name_en", findings);
    let decided = match row.cell("status") {
        "decided" => true,
        "expected" => false,
        other => {
            row.wrong(findings, format!("status `{other}` is neither decided nor expected"));
            return None;
        }
    };
    let kind = match row.cell("kind") {
        "off" => SpecialDayKind::Off,
        kind => match WEEKDAYS.iter().position(|day| kind.strip_prefix("working_like_") == Some(day)) {
            Some(weekday) => SpecialDayKind::WorkingLike(weekday),
            None => {
                row.wrong(findings, format!("kind `{kind}` is neither off nor working_like_<weekday>"));
                return None;
            }
        },
    };
    Some(SpecialDay { date: date?, kind, decided, name_vi: name_vi?, name_en: name_en? })
}

fn hours(source: &ProfileSource, findings: &mut Findings) -> Option<WorkingCalendar> {
    let (raw, lines): (Hours, _) = findings.toml(source, HOURS)?;
    let hours_line = lines.at(&raw.hours.span());
    let offset = offset(raw.utc_offset.get_ref());
    if offset.is_none() {
        findings.add(HOURS, lines.at(&raw.utc_offset.span()), "utc_offset is written +07:00");
    }
    let mut week: [Vec<Opening>; 7] = Default::default();
    let mut weekday_lines = [hours_line; 7];
    for (name, openings) in raw.hours.get_ref() {
        let Some(weekday) = WEEKDAYS.iter().position(|day| day == name) else {
            findings.add(HOURS, lines.at(&openings.span()), format!("`{name}` is no weekday"));
            continue;
        };
        if let Some(line) = weekday_lines.get_mut(weekday) {
            *line = lines.at(&openings.span());
        }
        for text in openings.get_ref() {
            match (opening(text.get_ref()), week.get_mut(weekday)) {
                (Some(opening), Some(day)) => day.push(opening),
                _ => findings.add(HOURS, lines.at(&text.span()), "an opening is written 07:30-11:30"),
            }
        }
    }
    WorkingCalendar::new(offset?, week)
        .inspect_err(|error| {
            let line = match error {
                CalendarError::BadOpening { weekday } => weekday_lines.get(*weekday).copied().unwrap_or(0),
                CalendarError::NeverOpen => hours_line,
                CalendarError::BadOffset => lines.at(&raw.utc_offset.span()),
            };
            findings.add(HOURS, line, error.to_string());
        })
        .ok()
}

fn offset(text: &str) -> Option<i32> {
    let sign = match text.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    Some(sign * i32::from(time(text.get(1..)?)?))
}

fn opening(text: &str) -> Option<Opening> {
    let (from, until) = text.split_once('-')?;
    Some(Opening { from: time(from)?, until: time(until)? })
}

/// `07:30` as minutes since midnight.
fn time(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 24 && minutes < 60).then_some(hours * 60 + minutes)
}
