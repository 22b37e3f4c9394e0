//! `units.csv`: administrative units and offices, each in every known version.

use std::collections::BTreeMap;

use super::csv::{self, Row};
use super::findings::{Findings, ProfileSource};
use crate::documents::{LocalisedText, UnitEntry, UnitKind};
use crate::ids::UnitId;
use crate::working_time::CivilDate;

const FILE: &str = "units.csv";
const COLUMNS: &[&str] =
    &["id", "code", "valid_from", "valid_to", "name_vi", "name_en", "kind", "parent_id", "successors"];

/// A unit in one version, with its official code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The state's code, or a code of our own for offices, which have none.
    /// Never a key: the state re-uses codes.
    pub code: String,
    /// What devices see of it.
    pub entry: UnitEntry,
    /// The first day of this version.
    pub valid_from: CivilDate,
    /// The first day on which it was no more.
    pub valid_to: Option<CivilDate>,
}

impl Unit {
    /// Whether this version is in force on that day.
    pub fn in_force(&self, day: CivilDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }
}

pub(super) fn read(source: &ProfileSource, findings: &mut Findings) -> Vec<Unit> {
    let mut units: Vec<(Row, Unit)> = Vec::new();
    for row in csv::read(source, FILE, COLUMNS, findings) {
        if let Some(unit) = unit(&row, findings) {
            units.push((row, unit));
        }
    }
    check_unique(&units, findings);
    check_links(&units, findings);
    units.into_iter().map(|(_, unit)| unit).collect()
}

fn unit(row: &Row, findings: &mut Findings) -> Option<Unit> {
    let code = row.required("code", findings);
    let name_vi = row.required("name_vi", findings);
    let name_en = row.required("name_en", findings);
    let valid_from: Option<CivilDate> = row.parsed("valid_from", findings);
    let valid_to: Option<CivilDate> = match row.optional("valid_to") {
        Some(_) => Some(row.parsed("valid_to", findings)?),
        None => None,
    };
    let kind = kind(row, findings);
    let (code, valid_from) = (code?, valid_from?);
    let id = UnitId::of(&code, &valid_from.to_string());
    if row.cell("id") != id.as_str() {
        row.wrong(findings, format!("id `{}` should be `{id}` for code and valid_from", row.cell("id")));
    }
    if valid_to.is_some_and(|end| end <= valid_from) {
        row.wrong(findings, "valid_to is not after valid_from");
    }
    let successors = row.cell("successors").split_whitespace().map(|id| UnitId(id.to_owned())).collect();
    let entry = UnitEntry {
        id,
        name: LocalisedText { vi: name_vi?, en: name_en? },
        kind: kind?,
        parent_id: row.optional("parent_id").map(|id| UnitId(id.to_owned())),
        valid_from: valid_from.to_string(),
        valid_to: valid_to.map(|end| end.to_string()),
        successors,
    };
    Some(Unit { code, entry, valid_from, valid_to })
}

fn kind(row: &Row, findings: &mut Findings) -> Option<UnitKind> {
    Some(match row.cell("kind") {
        "province" => UnitKind::Province,
        "district" => UnitKind::District,
        "commune" => UnitKind::Commune,
        "department" => UnitKind::Department,
        "office" => UnitKind::Office,
        other => {
            row.wrong(
                findings,
                format!("kind `{other}` is none of province, district, commune, department, office"),
            );
            return None;
        }
    })
}

fn check_unique(units: &[(Row, Unit)], findings: &mut Findings) {
    let mut by_code: BTreeMap<&str, Vec<&(Row, Unit)>> = BTreeMap::new();
    for unit in units {
        by_code.entry(&unit.1.code).or_default().push(unit);
    }
    for versions in by_code.values_mut() {
        versions.sort_by_key(|(_, unit)| unit.valid_from);
        for pair in versions.windows(2) {
            let [(_, earlier), (row, later)] = pair else { continue };
            if earlier.valid_to.is_none_or(|end| end > later.valid_from) {
                let message =
                    format!("code {} already names `{}` on that day", later.code, earlier.entry.name.vi);
                row.wrong(findings, message);
            }
        }
    }
}

fn check_links(units: &[(Row, Unit)], findings: &mut Findings) {
    let by_id: BTreeMap<&UnitId, &Unit> = units.iter().map(|(_, unit)| (&unit.entry.id, unit)).collect();
    for (row, unit) in units {
        if let Some(parent) = &unit.entry.parent_id {
            match by_id.get(parent) {
                None => row.wrong(findings, format!("parent_id `{parent}` is no unit of this file")),
                Some(parent) if !leads_to_top(parent, &by_id) => {
                    row.wrong(findings, "its parents go round in a circle");
                }
                Some(_) => {}
            }
        }
        for successor in &unit.entry.successors {
            match by_id.get(successor) {
                None => row.wrong(findings, format!("successor `{successor}` is no unit of this file")),
                Some(next) if Some(next.valid_from) != unit.valid_to => {
                    row.wrong(findings, format!("successor `{successor}` does not begin on valid_to"));
                }
                Some(_) => {}
            }
        }
    }
}

fn leads_to_top(unit: &Unit, by_id: &BTreeMap<&UnitId, &Unit>) -> bool {
    let mut current = unit;
    // Four levels exist in the state; more steps than that are a circle.
    for _ in 0..8 {
        let Some(parent) = current.entry.parent_id.as_ref().and_then(|id| by_id.get(id)) else { return true };
        current = parent;
    }
    false
}
