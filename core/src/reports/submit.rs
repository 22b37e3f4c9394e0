//! Submitting a new report.

use citizen_contract::command::{CommandBody, MAX_WORDS, Place, Position, Submit};

use super::codes::DraftField;
use super::form::ReportForm;
use crate::locality::Locality;

/// The kind of the command and of its draft.
pub const KIND: &str = "report.submit";

/// The command, or the fields that miss something.
///
/// # Errors
/// The fields, in the order of the form.
pub fn body(form: &ReportForm, photos: usize, locality: &Locality) -> Result<CommandBody, Vec<DraftField>> {
    let mut missing = Vec::new();
    let category = form.category.as_deref().and_then(|code| locality.category(code));
    if category.is_none() {
        missing.push(DraftField::Category);
    }
    let words = form.words.trim();
    if words.is_empty() || words.chars().count() > MAX_WORDS {
        missing.push(DraftField::Text);
    }
    let place = place(form);
    if place.position.is_none() && (place.unit_id.is_none() || place.words.is_empty()) {
        missing.push(DraftField::Place);
    }
    if category.is_some_and(|it| it.needs_photo) && photos == 0 {
        missing.push(DraftField::Photos);
    }
    match category {
        Some(category) if missing.is_empty() => Ok(CommandBody::Submit(Submit {
            category: category.code.clone(),
            words: words.to_owned(),
            place,
            public: form.is_public(locality),
        })),
        _ => Err(missing),
    }
}

fn place(form: &ReportForm) -> Place {
    let position = match (form.place.lat_e7, form.place.lon_e7) {
        (Some(lat_e7), Some(lon_e7)) => Some(Position { lat_e7, lon_e7, accuracy_m: form.place.accuracy_m }),
        _ => None,
    };
    Place { unit_id: form.place.unit_id.clone(), words: form.place.words.trim().to_owned(), position }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shown::PlaceInput;

    #[test]
    fn an_empty_form_names_what_it_misses_and_a_full_one_is_a_command() {
        let locality = Locality::carried("thuy-nguyen").unwrap();
        let missing = body(&ReportForm::default(), 0, &locality).unwrap_err();
        assert_eq!(missing, [DraftField::Category, DraftField::Text, DraftField::Place]);
        let category = locality.catalogue().categories.iter().find(|it| !it.needs_photo).unwrap();
        let form = ReportForm {
            category: Some(category.code.clone()),
            words: "  Ổ gà sâu trước cổng chợ  ".into(),
            place: PlaceInput {
                lat_e7: Some(209_250_000),
                lon_e7: Some(1_066_666_666),
                ..PlaceInput::default()
            },
            public: None,
        };
        let CommandBody::Submit(submit) = body(&form, 0, &locality).unwrap() else { panic!("not a submit") };
        assert_eq!(submit.words, "Ổ gà sâu trước cổng chợ");
    }
}
