//! What of an event is erasable: words, places, and what people chose.

use citizen_contract::command::{AttachmentDeclaration, Place, Rating, Urgency};
use serde::{Deserialize, Serialize};

/// The payload of an event. Fields that an act has no use for are absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Payload {
    /// What somebody wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The category as chosen or corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// How fast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// The verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// The code of a reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who decided an erasure, as the operator wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The files announced, with time and place of capture.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentDeclaration>,
}

impl Payload {
    /// Only words.
    #[must_use]
    pub fn words(words: &str) -> Self {
        Self { words: Some(words.to_owned()), ..Self::default() }
    }

    /// Whether there is nothing to erase.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
