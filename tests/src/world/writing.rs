//! Writing a report, as a person does it: words, a place, photos, send.

use citizen_contract::ids::{CommandId, UnitId};
use citizen_core::app::AppError;
use citizen_core::photos::Agreement;
use citizen_core::reports::DraftPatch;
use citizen_core::shown::PlaceInput;

use super::Person;
use crate::photos::Shot;

/// The commune Tân Dương, in which the sample handler works.
pub const TAN_DUONG: &str = "u67e91d3e0212";

/// A report on its way into the draft.
pub struct Writing<'a> {
    person: &'a Person,
    words: String,
    category: &'static str,
    photos: Vec<Vec<u8>>,
}

impl<'a> Writing<'a> {
    pub(super) fn begin(person: &'a Person, words: &str) -> Self {
        // This category asks for no photo.
        Self { person, words: words.to_owned(), category: "an_ninh_trat_tu", photos: Vec::new() }
    }

    /// Chooses what it is about.
    #[must_use]
    pub fn about(self, category: &'static str) -> Self {
        Self { category, ..self }
    }

    /// Adds a photo.
    #[must_use]
    pub fn with_photo(self, shot: Shot) -> Self {
        self.with_picture(shot.bytes())
    }

    /// Adds a photo of these bytes.
    #[must_use]
    pub fn with_picture(mut self, bytes: Vec<u8>) -> Self {
        self.photos.push(bytes);
        self
    }

    /// Keeps it as a draft.
    ///
    /// # Errors
    /// What the screen would be told, such as `storage-full`.
    pub async fn keeps(self) -> Result<CommandId, AppError> {
        let app = self.person.app();
        let id = app.draft_new().await?.id;
        let place = PlaceInput {
            unit_id: Some(UnitId(TAN_DUONG.to_owned())),
            words: "gần đình làng".to_owned(),
            ..PlaceInput::default()
        };
        let patch = DraftPatch {
            category_id: Some(Some(self.category.to_owned())),
            text: Some(self.words),
            place: Some(place),
            public: Some(true),
        };
        app.draft_save(id, patch).await?;
        for bytes in self.photos {
            app.draft_add_photo(id, bytes, Agreement { time: true, place: false }).await?;
        }
        Ok(id)
    }

    /// Sends it: from now on it waits in the outbox.
    ///
    /// # Panics
    /// When something is missing or the store fails.
    pub async fn sends(self) -> CommandId {
        let person = self.person;
        let id = self.keeps().await.expect("the draft is kept");
        let view = person.app().draft_submit(id).await.expect("the report is queued");
        view.command_id.unwrap_or_else(|| panic!("the report misses {:?}", view.missing))
    }
}
