//! What a draft holds, as the person types it.

use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use crate::locality::Locality;
use crate::shown::PlaceInput;

/// The form of a new report; of an act with photos only the words are used.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportForm {
    /// The category's code.
    pub category: Option<String>,
    /// What happened.
    pub words: String,
    /// Where.
    pub place: PlaceInput,
    /// Whether others may see it, once the person has chosen.
    pub public: Option<bool>,
}

/// A change to a draft; absent fields stay as they are.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(default)]
pub struct DraftPatch {
    /// The category's code, or null for none.
    #[serde(deserialize_with = "given")]
    #[ts(optional, as = "Option<Option<String>>")]
    pub category_id: Option<Option<String>>,
    /// What happened.
    #[ts(optional)]
    pub text: Option<String>,
    /// Where.
    #[ts(optional)]
    pub place: Option<PlaceInput>,
    /// Whether others may see it.
    #[ts(optional)]
    pub public: Option<bool>,
}

/// Tells a field that is null from one that is absent.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(deserializer).map(Some)
}

impl ReportForm {
    /// The form after a change.
    #[must_use]
    pub fn patched(mut self, patch: DraftPatch) -> Self {
        if let Some(category) = patch.category_id {
            self.category = category;
        }
        if let Some(words) = patch.text {
            self.words = words;
        }
        if let Some(place) = patch.place {
            self.place = place;
        }
        self.public = patch.public.or(self.public);
        self
    }

    /// Whether others may see it: what the person chose, or what the locality says for its category.
    #[must_use]
    pub fn is_public(&self, locality: &Locality) -> bool {
        let category = self.category.as_deref().and_then(|code| locality.category(code));
        self.public.unwrap_or_else(|| category.is_none_or(|it| !it.sensitive))
    }

    /// The first words, for lists.
    #[must_use]
    pub fn title(&self) -> String {
        title(&self.words)
    }
}

/// The first line of `words`, at most 80 characters.
#[must_use]
pub(super) fn title(words: &str) -> String {
    words.trim().lines().next().unwrap_or_default().chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_tells_null_from_absent() {
        let form = ReportForm {
            category: Some("den-duong".into()),
            words: "Đèn hỏng".into(),
            ..ReportForm::default()
        };
        let untouched: DraftPatch = serde_json::from_str(r#"{"text":"Đèn hỏng ba đêm"}"#).unwrap();
        let form = form.patched(untouched);
        assert_eq!((form.category.as_deref(), form.words.as_str()), (Some("den-duong"), "Đèn hỏng ba đêm"));
        let cleared: DraftPatch = serde_json::from_str(r#"{"category_id":null}"#).unwrap();
        assert_eq!(form.patched(cleared).category, None);
    }

    #[test]
    fn a_report_is_shared_unless_its_category_is_sensitive_or_the_person_decided() {
        let locality = Locality::carried("thuy-nguyen").unwrap();
        let form = |category: &str, public| ReportForm {
            category: Some(category.to_owned()),
            public,
            ..ReportForm::default()
        };
        assert!(form("duong_sa", None).is_public(&locality));
        assert!(!form("an_ninh_trat_tu", None).is_public(&locality));
        assert!(form("an_ninh_trat_tu", Some(true)).is_public(&locality));
        assert!(!form("duong_sa", Some(false)).is_public(&locality));
    }
}
