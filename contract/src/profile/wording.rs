//! `wording.toml` (reasons, answers, questions) and `texts.toml`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::categories::is_code;
use super::findings::{Findings, Lines, ProfileSource};
use crate::documents::{AnswerTemplate, Category, LocalisedText, RefusalReason};

const FILE: &str = "wording.toml";
const TEXTS: &str = "texts.toml";

/// What officials start from when they write to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Reasons for not taking a report in, in the order offered.
    pub refusal_reasons: Vec<RefusalReason>,
    /// Templates for answers.
    pub answer_templates: Vec<AnswerTemplate>,
    /// Templates for questions to the sender.
    pub question_templates: Vec<QuestionTemplate>,
}

/// A template for a question to the sender.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionTemplate {
    /// Stable code.
    pub code: String,
    /// Its name among officials.
    pub name: LocalisedText,
    /// The text, in Vietnamese.
    pub words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    refusal_reasons: Spanned<Vec<Spanned<RefusalReason>>>,
    answer_templates: Spanned<Vec<Spanned<AnswerTemplate>>>,
    question_templates: Spanned<Vec<Spanned<QuestionTemplate>>>,
}

pub(super) fn read(source: &ProfileSource, findings: &mut Findings) -> Option<Wording> {
    let (raw, lines): (Raw, _) = findings.toml(source, FILE)?;
    let refusal_reasons = list(raw.refusal_reasons, &lines, findings, |reason| {
        (reason.code.clone(), vec![&reason.name.vi, &reason.name.en, &reason.words.vi, &reason.words.en])
    });
    let answer_templates = list(raw.answer_templates, &lines, findings, |template| {
        (template.code.clone(), vec![&template.name.vi, &template.name.en, &template.words])
    });
    let question_templates = list(raw.question_templates, &lines, findings, |template| {
        (template.code.clone(), vec![&template.name.vi, &template.name.en, &template.words])
    });
    Some(Wording { refusal_reasons, answer_templates, question_templates })
}

fn list<T>(
    entries: Spanned<Vec<Spanned<T>>>,
    lines: &Lines,
    findings: &mut Findings,
    code_and_texts: impl Fn(&T) -> (String, Vec<&String>),
) -> Vec<T> {
    let mut codes = BTreeSet::new();
    if entries.get_ref().is_empty() {
        findings.add(FILE, lines.at(&entries.span()), "this list is empty");
    }
    for entry in entries.get_ref() {
        let line = lines.at(&entry.span());
        let (code, texts) = code_and_texts(entry.get_ref());
        if code.is_empty() || !is_code(&code) {
            findings.add(FILE, line, "code has other characters than a-z, 0-9 and _");
        }
        if !codes.insert(code.clone()) {
            findings.add(FILE, line, format!("code `{code}` stands twice"));
        }
        if texts.iter().any(|text| !is_text(text)) {
            findings.add(FILE, line, "a text is empty or not in Unicode normal form C");
        }
    }
    entries.into_inner().into_iter().map(Spanned::into_inner).collect()
}

pub(super) fn read_texts(
    source: &ProfileSource,
    categories: &[Category],
    findings: &mut Findings,
) -> BTreeMap<String, LocalisedText> {
    let Some((raw, lines)) = findings.toml::<BTreeMap<String, Spanned<LocalisedText>>>(source, TEXTS) else {
        return BTreeMap::new();
    };
    for (key, text) in &raw {
        if !is_text(&text.get_ref().vi) || !is_text(&text.get_ref().en) {
            let message = format!("`{key}` has a text that is empty or not in Unicode normal form C");
            findings.add(TEXTS, lines.at(&text.span()), message);
        }
    }
    let groups: BTreeSet<&str> = categories.iter().map(|category| category.group.as_str()).collect();
    for group in groups {
        if !raw.contains_key(&format!("group_{group}")) {
            findings.add(TEXTS, 0, format!("`group_{group}`, the name of a group of categories, is missing"));
        }
    }
    raw.into_iter().map(|(key, text)| (key, text.into_inner())).collect()
}

pub(super) fn is_text(text: &str) -> bool {
    !text.trim().is_empty() && unicode_normalization::is_nfc(text)
}
