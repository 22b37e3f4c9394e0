//! `routing.csv`: who handles which category where.

use super::csv;
use super::findings::{Findings, ProfileSource};
use super::units::Unit;
use crate::documents::{Category, UnitKind};
use crate::ids::UnitId;

const FILE: &str = "routing.csv";
const COLUMNS: &[&str] = &["category", "area_id", "unit_id"];
/// Stands in the table for "the commune in which the place lies".
const THE_COMMUNE: &str = "@commune";

/// Who may handle what; rows in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Routing(pub Vec<Route>);

/// One row: a category, perhaps only in one area, and who handles it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The category's code.
    pub category: String,
    /// The commune to which the row is limited.
    pub area: Option<UnitId>,
    /// Who handles it; `None` is the commune in which the place lies.
    pub unit: Option<UnitId>,
}

impl Routing {
    /// Units to suggest for a report, best first, each once. Rows for the very
    /// commune come before rows for everywhere.
    pub fn suggest(&self, category: &str, commune: Option<&UnitId>) -> Vec<UnitId> {
        let mut suggestions: Vec<UnitId> = Vec::new();
        let rows = self.0.iter().filter(|route| route.category == category);
        let (here, everywhere): (Vec<_>, Vec<_>) = rows
            .filter(|route| route.area.is_none() || route.area.as_ref() == commune)
            .partition(|route| route.area.is_some());
        for route in here.into_iter().chain(everywhere) {
            if let Some(unit) = route.unit.as_ref().or(commune)
                && !suggestions.contains(unit)
            {
                suggestions.push(unit.clone());
            }
        }
        suggestions
    }
}

pub(super) fn read(
    source: &ProfileSource,
    units: &[Unit],
    categories: &[Category],
    findings: &mut Findings,
) -> Routing {
    let mut routes = Vec::new();
    for row in csv::read(source, FILE, COLUMNS, findings) {
        let category = row.cell("category");
        if !categories.iter().any(|known| known.code == category) {
            row.wrong(findings, format!("category `{category}` is not in categories.csv"));
        }
        let area = row.optional("area_id").map(|id| UnitId(id.to_owned()));
        let unit = row.optional("unit_id").filter(|id| *id != THE_COMMUNE).map(|id| UnitId(id.to_owned()));
        if row.optional("unit_id").is_none() {
            row.wrong(findings, "unit_id is empty");
        }
        let is_commune = |unit: &&Unit| unit.entry.kind == UnitKind::Commune;
        if area.as_ref().is_some_and(|id| !units.iter().filter(is_commune).any(|unit| &unit.entry.id == id)) {
            row.wrong(findings, "area_id is no commune of units.csv");
        }
        if unit.as_ref().is_some_and(|id| !units.iter().any(|unit| &unit.entry.id == id)) {
            row.wrong(findings, "unit_id is no unit of units.csv");
        }
        routes.push(Route { category: category.to_owned(), area, unit });
    }
    for category in categories {
        if !routes.iter().any(|route| route.category == category.code && route.area.is_none()) {
            findings.add(FILE, 0, format!("no row says who handles `{}` everywhere", category.code));
        }
    }
    Routing(routes)
}
