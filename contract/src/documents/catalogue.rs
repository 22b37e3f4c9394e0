//! The catalogue: what a locality decides, as far as a device needs it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::Urgency;
use crate::ids::UnitId;

/// Units, categories, reasons, templates and texts of one locality.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct Catalogue {
    /// The locality itself.
    pub locality: Locality,
    /// Units in force and their predecessors, ordered by name.
    pub units: Vec<UnitEntry>,
    /// Categories in the order in which they are offered.
    pub categories: Vec<Category>,
    /// Reasons for not taking a report in.
    pub refusal_reasons: Vec<RefusalReason>,
    /// Templates for answers.
    pub answer_templates: Vec<AnswerTemplate>,
    /// The share of a period, in percent, at which time left turns amber.
    pub amber_percent: u8,
    /// The most photos in one report.
    pub max_photos: u8,
    /// What people may agree to, in the order offered.
    #[serde(default)]
    pub purposes: Vec<ConsentPurpose>,
    /// The national identification, where people can be checked by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub national_id: Option<NationalIdEntry>,
}

/// The national identification as a device needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct NationalIdEntry {
    /// What people know it as.
    pub title: LocalisedText,
    /// Scheme, host and port of its pages: the browser is sent nowhere else.
    pub origin: String,
}

/// A purpose for which personal data is used, with the words that are shown today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct ConsentPurpose {
    /// Stable code; without `account` there is no account.
    pub code: String,
    /// The version of the words.
    pub wording: String,
    /// In few words.
    pub name: LocalisedText,
    /// What exactly is agreed to.
    pub words: LocalisedText,
}

/// A text in the languages of the product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct LocalisedText {
    /// Vietnamese, NFC.
    pub vi: String,
    /// English.
    pub en: String,
}

/// A district or province.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct Locality {
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
    /// The hotline to dial, digits only; empty if none.
    pub hotline: String,
    /// The office that takes reports in.
    pub intake_unit: UnitId,
}

/// A unit in one of its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct UnitEntry {
    /// Opaque id.
    pub id: UnitId,
    /// Its name.
    pub name: LocalisedText,
    /// What it is.
    pub kind: UnitKind,
    /// The unit above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub parent_id: Option<UnitId>,
    /// The first day of this version, `YYYY-MM-DD`.
    pub valid_from: String,
    /// The first day on which it was no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub valid_to: Option<String>,
    /// What came after it; several if it was split.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub successors: Vec<UnitId>,
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// A province or city under the central government.
    Province,
    /// A district, town or city under a province.
    District,
    /// A commune, ward or township.
    Commune,
    /// A specialised department of a people's committee.
    Department,
    /// The office of a people's council and committee.
    Office,
}

/// What a report can be about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct Category {
    /// Stable code.
    pub code: String,
    /// Its name.
    pub name: LocalisedText,
    /// One or two words for tiles and lists, where the name is long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub short: Option<LocalisedText>,
    /// The group's code.
    pub group: String,
    /// The urgency unless the office decides otherwise.
    pub default_urgency: Urgency,
    /// Whether a photo is asked for.
    pub needs_photo: bool,
    /// Whether a report of it is for officials only unless its sender shares it.
    #[serde(default)]
    pub sensitive: bool,
    /// Whether it stands among the first choices of the form, with this icon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub icon: Option<String>,
    /// Words by which it is found.
    pub hints: Vec<String>,
}

/// Why the office does not take a report in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct RefusalReason {
    /// Stable code.
    pub code: String,
    /// Its name among officials.
    pub name: LocalisedText,
    /// What the sender reads, to begin with.
    pub words: LocalisedText,
}

/// A template for an answer; blanks stand in square brackets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct AnswerTemplate {
    /// Stable code.
    pub code: String,
    /// Its name among officials.
    pub name: LocalisedText,
    /// The text, in Vietnamese.
    pub words: String,
}
