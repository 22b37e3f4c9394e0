//! The catalogue as forms use it.

use citizen_contract::command::MAX_WORDS;
use citizen_contract::documents::{LocalisedText, UnitKind};
use citizen_contract::ids::UnitId;
use citizen_contract::time::UtcMillis;
use serde::Serialize;
use ts_rs::TS;

use crate::locality::Locality;

/// A category that can be chosen.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct CategoryView {
    /// Its code.
    pub id: String,
    /// Its name, the short one if it has one.
    pub name: LocalisedText,
    /// Its icon; empty if it has none.
    pub icon: String,
    /// Whether it stands among the first choices.
    pub common: bool,
}

/// What a unit is, for choosing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum UnitChoiceKind {
    /// A commune, ward or township.
    Commune,
    /// A department or office.
    Department,
}

/// A unit that can be chosen.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct UnitView {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: LocalisedText,
    /// What it is.
    pub kind: UnitChoiceKind,
}

/// A reason for not taking a report in.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct ReasonView {
    /// Its code.
    pub code: String,
    /// Its name among officials.
    pub words: LocalisedText,
    /// The text offered to the official, who may change it.
    pub text: LocalisedText,
}

/// For which act a template is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum TemplateKind {
    /// Asking the sender.
    Ask,
    /// Answering.
    Answer,
}

/// A text to begin with.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct TemplateView {
    /// Its code.
    pub id: String,
    /// For which act.
    pub kind: TemplateKind,
    /// Its name.
    pub name: LocalisedText,
    /// The text; templates are written in Vietnamese and serve both languages.
    pub text: LocalisedText,
}

/// Everything to choose from.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct CatalogueView {
    /// Categories in the order offered.
    pub categories: Vec<CategoryView>,
    /// Units in force.
    pub units: Vec<UnitView>,
    /// Reasons for not taking a report in.
    pub refusal_reasons: Vec<ReasonView>,
    /// Texts to begin with.
    pub templates: Vec<TemplateView>,
    /// The most photos of one report.
    pub max_photos: u8,
    /// The most characters of a text.
    pub max_text: u32,
}

/// The choices of a locality at that moment.
#[must_use]
pub fn choices(locality: &Locality, now: UtcMillis) -> CatalogueView {
    let catalogue = locality.catalogue();
    let both = |words: &str| LocalisedText { vi: words.to_owned(), en: words.to_owned() };
    let asking = locality.profile().wording.question_templates.iter().map(|it| TemplateView {
        id: it.code.clone(),
        kind: TemplateKind::Ask,
        name: it.name.clone(),
        text: both(&it.words),
    });
    let answering = catalogue.answer_templates.iter().map(|it| TemplateView {
        id: it.code.clone(),
        kind: TemplateKind::Answer,
        name: it.name.clone(),
        text: both(&it.words),
    });
    CatalogueView {
        categories: catalogue
            .categories
            .iter()
            .map(|it| CategoryView {
                id: it.code.clone(),
                name: it.short.as_ref().unwrap_or(&it.name).clone(),
                icon: it.icon.clone().unwrap_or_default(),
                common: it.icon.is_some(),
            })
            .collect(),
        units: locality
            .units_in_force(now)
            .map(|it| UnitView {
                id: it.id.clone(),
                name: it.name.clone(),
                kind: if it.kind == UnitKind::Commune {
                    UnitChoiceKind::Commune
                } else {
                    UnitChoiceKind::Department
                },
            })
            .collect(),
        refusal_reasons: catalogue
            .refusal_reasons
            .iter()
            .map(|it| ReasonView { code: it.code.clone(), words: it.name.clone(), text: it.words.clone() })
            .collect(),
        templates: asking.chain(answering).collect(),
        max_photos: catalogue.max_photos,
        max_text: u32::try_from(MAX_WORDS).unwrap_or(u32::MAX),
    }
}
