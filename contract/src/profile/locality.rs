//! `locality.toml`: names, hotlines, offices, limits of photos.

use serde::Deserialize;
use toml::Spanned;

use super::csv;
use super::findings::{Findings, Lines, ProfileSource};
use super::units::Unit;
use crate::documents::{LocalisedText, UnitKind};
use crate::ids::UnitId;

const FILE: &str = "locality.toml";

/// What a locality is and who answers for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalityFacts {
    /// The profile's id, such as `thuy-nguyen`.
    pub id: String,
    /// The app's name.
    pub app_name: String,
    /// The locality's name.
    pub name: LocalisedText,
    /// The body that answers for the app.
    pub governing_body: LocalisedText,
    /// What stands before a report's digits, such as `TN`.
    pub report_prefix: String,
    /// Languages offered, the first one by default.
    pub languages: Vec<String>,
    /// Numbers to call, the locality's own first.
    pub hotlines: Vec<Hotline>,
    /// The unit that the locality is.
    pub unit: UnitId,
    /// The office that takes reports in.
    pub intake_unit: UnitId,
}

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hotline {
    /// Digits only, as dialled within the country.
    pub number: String,
    /// Who answers.
    pub name: LocalisedText,
}

/// Limits of photos in a report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhotoLimits {
    /// The most photos in one report.
    pub max_count: u8,
    /// The longer side after preparation on the device, in pixels.
    pub long_side_px: u32,
    /// The largest photo that is sent, in bytes.
    pub max_bytes: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: Spanned<String>,
    app_name: Spanned<String>,
    name: LocalisedText,
    governing_body: LocalisedText,
    report_prefix: Spanned<String>,
    languages: Spanned<Vec<String>>,
    unit: Spanned<UnitId>,
    intake_unit: Spanned<UnitId>,
    hotlines: Spanned<Vec<Spanned<Hotline>>>,
    photos: Spanned<PhotoLimits>,
}

pub(super) fn read(
    source: &ProfileSource,
    units: &[Unit],
    findings: &mut Findings,
) -> Option<(LocalityFacts, PhotoLimits)> {
    let (raw, lines): (Raw, _) = findings.toml(source, FILE)?;
    check(&raw, &lines, units, findings);
    let photos = raw.photos.into_inner();
    let facts = LocalityFacts {
        id: raw.id.into_inner(),
        app_name: raw.app_name.into_inner(),
        name: raw.name,
        governing_body: raw.governing_body,
        report_prefix: raw.report_prefix.into_inner(),
        languages: raw.languages.into_inner(),
        hotlines: raw.hotlines.into_inner().into_iter().map(Spanned::into_inner).collect(),
        unit: raw.unit.into_inner(),
        intake_unit: raw.intake_unit.into_inner(),
    };
    Some((facts, photos))
}

fn check(raw: &Raw, lines: &Lines, units: &[Unit], findings: &mut Findings) {
    let id = raw.id.get_ref();
    if id.is_empty() || !id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'-')) {
        findings.add(FILE, lines.at(&raw.id.span()), "id has other characters than a-z and -");
    }
    let prefix = raw.report_prefix.get_ref();
    if !(2..=4).contains(&prefix.len()) || !prefix.bytes().all(|byte| byte.is_ascii_uppercase()) {
        findings.add(
            FILE,
            lines.at(&raw.report_prefix.span()),
            "report_prefix is two to four capital letters",
        );
    }
    let languages = raw.languages.get_ref();
    if languages.is_empty() || languages.iter().any(|language| !matches!(language.as_str(), "vi" | "en")) {
        findings.add(FILE, lines.at(&raw.languages.span()), "languages are vi and en");
    }
    if raw.hotlines.get_ref().is_empty() {
        findings.add(FILE, lines.at(&raw.hotlines.span()), "there is no hotline");
    }
    for hotline in raw.hotlines.get_ref() {
        let number = &hotline.get_ref().number;
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            findings.add(FILE, lines.at(&hotline.span()), "number has other characters than digits");
        }
    }
    let photos = raw.photos.get_ref();
    if photos.max_count == 0 || photos.long_side_px < 320 || photos.max_bytes < 100_000 {
        findings.add(FILE, lines.at(&raw.photos.span()), "these limits let no usable photo through");
    }
    let places: &[UnitKind] = &[UnitKind::Province, UnitKind::District];
    for (name, id, kinds) in
        [("unit", &raw.unit, places), ("intake_unit", &raw.intake_unit, &[UnitKind::Office])]
    {
        match units.iter().find(|unit| &unit.entry.id == id.get_ref()) {
            None => findings.add(FILE, lines.at(&id.span()), format!("{name} is no unit of units.csv")),
            Some(unit) if !kinds.contains(&unit.entry.kind) => {
                findings.add(FILE, lines.at(&id.span()), format!("{name} is a unit of another kind"));
            }
            Some(_) => {}
        }
    }
}

/// A national table of digit codes of one length: `column,name`.
pub(super) fn read_codes(
    source: &ProfileSource,
    file: &'static str,
    column: &'static str,
    length: usize,
    findings: &mut Findings,
) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for row in csv::read(source, file, &[column, "name"], findings) {
        let code = row.cell(column);
        if code.len() != length || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            row.wrong(findings, format!("{column} `{code}` is not {length} digits"));
        } else if codes.iter().any(|known| known == code) {
            row.wrong(findings, format!("{column} `{code}` stands twice"));
        }
        codes.push(code.to_owned());
    }
    codes
}
