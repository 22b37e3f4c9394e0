//! What a person wrote beside a wish, and how it is kept.

use citizen_contract::ids::DataRequestId;
use citizen_contract::my_data::{AskData, Correction, DataRequestKind, MAX_WISH};
use citizen_contract::registration::{MIN_AGE, age_on};
use citizen_contract::working_time::CivilDate;
use serde::{Deserialize, Serialize};

use crate::clock::Random;
use crate::identity::numbers::NumberKeys;
use crate::identity::register::full_name;

/// Kept sealed: it names what is wrong about somebody.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Wish {
    pub(super) words: String,
    pub(super) correction: Option<Correction>,
}

impl Wish {
    /// Reads what was asked; the error names the field.
    pub(super) fn read(input: &AskData, today: CivilDate) -> Result<Self, &'static str> {
        let words = input.words.trim().to_owned();
        let needed = matches!(input.kind, DataRequestKind::Restrict | DataRequestKind::Object);
        let fits = words.chars().count() <= MAX_WISH && !words.contains('\0');
        if !fits || (needed && words.is_empty()) {
            return Err("/words");
        }
        let correction = match (input.kind, &input.correction) {
            (DataRequestKind::Correct, Some(given)) => Some(corrected(given, today)?),
            (DataRequestKind::Correct, None) => return Err("/correction"),
            (_, None) => None,
            (_, Some(_)) => return Err("/correction"),
        };
        Ok(Self { words, correction })
    }

    pub(super) fn seal(&self, keys: &NumberKeys, id: DataRequestId, random: &dyn Random) -> Option<Vec<u8>> {
        keys.seal_text(&serde_json::to_string(self).ok()?, id.0.as_bytes(), random)
    }

    /// What was sealed; nothing once it is erased.
    pub(super) fn unseal(keys: &NumberKeys, id: DataRequestId, sealed: Option<&[u8]>) -> Self {
        let text = sealed.and_then(|sealed| keys.unseal_text(sealed, id.0.as_bytes()));
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }
}

fn corrected(given: &Correction, today: CivilDate) -> Result<Correction, &'static str> {
    if *given == Correction::default() {
        return Err("/correction");
    }
    let name = given.full_name.as_deref().map(|name| full_name(name).ok_or("/correction/full_name"));
    if let Some(text) = &given.birth_date {
        let date: CivilDate = text.parse().map_err(|_| "/correction/birth_date")?;
        if date > today || age_on(date, today) < MIN_AGE {
            return Err("/correction/birth_date");
        }
    }
    Ok(Correction { full_name: name.transpose()?, birth_date: given.birth_date.clone(), sex: given.sex })
}
