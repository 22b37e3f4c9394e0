//! `categories.csv`: what a report can be about.

use std::collections::BTreeSet;

use super::csv::{self, Row};
use super::findings::{Findings, ProfileSource};
use crate::command::Urgency;
use crate::documents::{Category, LocalisedText};

const FILE: &str = "categories.csv";
const COLUMNS: &[&str] = &[
    "code",
    "name_vi",
    "name_en",
    "short_vi",
    "short_en",
    "group",
    "default_urgency",
    "needs_photo",
    "sensitive",
    "icon",
    "hints",
];

pub(super) fn read(source: &ProfileSource, findings: &mut Findings) -> Vec<Category> {
    let mut codes = BTreeSet::new();
    let mut categories = Vec::new();
    for row in csv::read(source, FILE, COLUMNS, findings) {
        let Some(category) = category(&row, findings) else { continue };
        if !codes.insert(category.code.clone()) {
            row.wrong(findings, format!("code `{}` stands twice", category.code));
        }
        categories.push(category);
    }
    if categories.is_empty() {
        findings.add(FILE, 0, "there is no category");
    }
    categories
}

fn category(row: &Row, findings: &mut Findings) -> Option<Category> {
    let code = row.required("code", findings);
    if code.as_deref().is_some_and(|code| !is_code(code)) {
        row.wrong(findings, "code has other characters than a-z, 0-9 and _");
    }
    let name_vi = row.required("name_vi", findings);
    let name_en = row.required("name_en", findings);
    let short = row.optional("short_vi").zip(row.optional("short_en"));
    if short.is_none() && (row.cell("short_vi"), row.cell("short_en")) != ("", "") {
        row.wrong(findings, "short_vi and short_en stand together or not at all");
    }
    let group = row.required("group", findings);
    let urgency = urgency(row.cell("default_urgency"));
    if urgency.is_none() {
        row.wrong(
            findings,
            format!("default_urgency `{}` is none of normal, soon, urgent", row.cell("default_urgency")),
        );
    }
    let needs_photo = yes_or_no(row, "needs_photo", findings)?;
    let sensitive = yes_or_no(row, "sensitive", findings)?;
    if needs_photo && urgency == Some(Urgency::Urgent) {
        // Nobody in danger should have to take a picture first.
        row.wrong(findings, "an urgent category must not need a photo");
    }
    let hints = row.cell("hints").split(';').map(str::trim).filter(|hint| !hint.is_empty());
    Some(Category {
        code: code?,
        name: LocalisedText { vi: name_vi?, en: name_en? },
        short: short.map(|(vi, en)| LocalisedText { vi: vi.to_owned(), en: en.to_owned() }),
        group: group?,
        default_urgency: urgency?,
        needs_photo,
        sensitive,
        icon: row.optional("icon").map(str::to_owned),
        hints: hints.map(str::to_owned).collect(),
    })
}

fn yes_or_no(row: &Row, column: &str, findings: &mut Findings) -> Option<bool> {
    match row.cell(column) {
        "yes" => Some(true),
        "no" => Some(false),
        other => {
            row.wrong(findings, format!("{column} `{other}` is neither yes nor no"));
            None
        }
    }
}

fn urgency(word: &str) -> Option<Urgency> {
    Some(match word {
        "normal" => Urgency::Normal,
        "soon" => Urgency::Soon,
        "urgent" => Urgency::Urgent,
        // `complex` is a decision of staff, never a default.
        _ => return None,
    })
}

pub(super) fn is_code(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}
