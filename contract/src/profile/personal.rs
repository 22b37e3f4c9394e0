//! `personal.toml`: the purposes that people agree to, and how soon wishes about their data are answered.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::categories::is_code;
use super::findings::{Findings, ProfileSource};
use super::wording::is_text;
use crate::documents::ConsentPurpose;
use crate::my_data::ACCOUNT_PURPOSE;
use crate::working_time::Duration;

const FILE: &str = "personal.toml";

/// What a locality decides about personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    /// Within which time the office answers a wish: two working days by law.
    pub answer_within: Duration,
    /// What people may agree to, in the order offered; `account` is among them.
    pub purposes: Vec<ConsentPurpose>,
}

impl Personal {
    /// The purpose of that code.
    #[must_use]
    pub fn purpose(&self, code: &str) -> Option<&ConsentPurpose> {
        self.purposes.iter().find(|purpose| purpose.code == code)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    answer_within: Spanned<Duration>,
    purposes: Spanned<Vec<Spanned<ConsentPurpose>>>,
}

pub(super) fn read(source: &ProfileSource, findings: &mut Findings) -> Option<Personal> {
    let (raw, lines): (Raw, _) = findings.toml(source, FILE)?;
    if raw.answer_within.get_ref().minutes() == 0 {
        findings.add(FILE, lines.at(&raw.answer_within.span()), "an answer in no time cannot be given");
    }
    let mut codes = BTreeSet::new();
    for entry in raw.purposes.get_ref() {
        let line = lines.at(&entry.span());
        let purpose = entry.get_ref();
        if purpose.code.is_empty() || !is_code(&purpose.code) {
            findings.add(FILE, line, "code has other characters than a-z, 0-9 and _");
        }
        if !codes.insert(purpose.code.clone()) {
            findings.add(FILE, line, format!("code `{}` stands twice", purpose.code));
        }
        if purpose.wording.is_empty() || !purpose.wording.bytes().all(|byte| byte.is_ascii_graphic()) {
            findings.add(FILE, line, "wording is a version such as 2024-04");
        }
        let texts = [&purpose.name.vi, &purpose.name.en, &purpose.words.vi, &purpose.words.en];
        if texts.iter().any(|text| !is_text(text)) {
            findings.add(FILE, line, "a text is empty or not in Unicode normal form C");
        }
    }
    if !codes.contains(ACCOUNT_PURPOSE) {
        findings.add(FILE, lines.at(&raw.purposes.span()), "there is no purpose `account`");
    }
    Some(Personal {
        answer_within: raw.answer_within.into_inner(),
        purposes: raw.purposes.into_inner().into_iter().map(Spanned::into_inner).collect(),
    })
}
