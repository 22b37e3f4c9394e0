//! What the locality decides, as far as a device needs it: the profile that came with the program,
//! and over it the catalogue that came down.

use std::collections::HashMap;
use std::sync::Arc;

use citizen_contract::documents::{Catalogue, Category, LocalisedText, UnitEntry, UnitKind};
use citizen_contract::ids::UnitId;
use citizen_contract::profile::{Profile, embedded};
use citizen_contract::time::UtcMillis;

/// The deployment names a profile that this program does not carry, or that is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the program does not carry this profile")]
pub struct UnknownProfile;

/// Names, deadlines and the calendar of one locality.
#[derive(Clone)]
pub struct Locality {
    profile: Arc<Profile>,
    catalogue: Arc<Catalogue>,
    units: Arc<HashMap<UnitId, usize>>,
}

impl Locality {
    /// The locality of a profile that the program carries.
    ///
    /// # Errors
    /// [`UnknownProfile`].
    pub fn carried(profile: &str) -> Result<Self, UnknownProfile> {
        let profile = embedded(profile).and_then(Result::ok).ok_or(UnknownProfile)?;
        let catalogue = profile.catalogue();
        Ok(Self::of(Arc::new(profile), catalogue))
    }

    fn of(profile: Arc<Profile>, catalogue: Catalogue) -> Self {
        let units = catalogue.units.iter().enumerate().map(|(at, unit)| (unit.id.clone(), at)).collect();
        Self { profile, catalogue: Arc::new(catalogue), units: Arc::new(units) }
    }

    /// The same locality with a newer catalogue.
    #[must_use]
    pub fn with(&self, catalogue: Catalogue) -> Self {
        Self::of(self.profile.clone(), catalogue)
    }

    /// The profile.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The catalogue.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// A unit.
    #[must_use]
    pub fn unit(&self, id: &UnitId) -> Option<&UnitEntry> {
        self.catalogue.units.get(*self.units.get(id)?)
    }

    /// A unit's name, as a place: `Xã Tân Dương`.
    #[must_use]
    pub fn unit_name(&self, id: Option<&UnitId>) -> Option<LocalisedText> {
        Some(self.unit(id?)?.name.clone())
    }

    /// A unit's name, as one that acts: `UBND xã Tân Dương`. An office's own name stays as it is.
    #[must_use]
    pub fn body_name(&self, id: Option<&UnitId>) -> Option<LocalisedText> {
        let unit = self.unit(id?)?;
        let form = self.profile.texts.get(COMMUNE_BODY).filter(|_| unit.kind == UnitKind::Commune);
        Some(form.map_or_else(|| unit.name.clone(), |form| body_of(form, &unit.name)))
    }

    /// A category.
    #[must_use]
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.catalogue.categories.iter().find(|category| category.code == code)
    }

    /// A category's name, the short one if it has one, or its code if the catalogue does not know it (any more).
    #[must_use]
    pub fn category_name(&self, code: &str) -> LocalisedText {
        match self.category(code) {
            Some(category) => category.short.as_ref().unwrap_or(&category.name).clone(),
            None => LocalisedText { vi: code.to_owned(), en: code.to_owned() },
        }
    }

    /// Units that people can choose, in force at that moment.
    pub fn units_in_force(&self, now: UtcMillis) -> impl Iterator<Item = &UnitEntry> {
        // Dates are written so that their order as text is their order in time.
        let today = self.profile.calendar.day_of(now).to_string();
        let choosable = move |unit: &&UnitEntry| {
            unit.valid_from <= today
                && unit.valid_to.as_ref().is_none_or(|end| today < *end)
                && !matches!(unit.kind, UnitKind::Province | UnitKind::District)
        };
        self.catalogue.units.iter().filter(choosable)
    }
}

/// The text of a profile that says what the body of a commune is called; `{commune}` stands in it.
const COMMUNE_BODY: &str = "commune_body";

/// The kind of a commune is written small after other words in Vietnamese, and large in English.
fn body_of(form: &LocalisedText, commune: &LocalisedText) -> LocalisedText {
    let mut letters = commune.vi.chars();
    let small: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
    LocalisedText { vi: form.vi.replace("{commune}", &small), en: form.en.replace("{commune}", &commune.en) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commune_acts_through_its_committee_and_an_office_under_its_own_name() {
        let locality = Locality::carried("thuy-nguyen").unwrap();
        let of = |name: &str| {
            let unit = locality.catalogue().units.iter().find(|it| it.name.vi == name).unwrap();
            locality.body_name(Some(&unit.id)).unwrap()
        };
        assert_eq!(of("Xã Tân Dương").vi, "UBND xã Tân Dương");
        assert_eq!(of("Thị trấn Núi Đèo").en, "People’s Committee of Núi Đèo Township");
        assert_eq!(of("Phòng Nội vụ").vi, "Phòng Nội vụ");
    }

    #[test]
    fn people_choose_from_the_units_of_their_day() {
        let locality = Locality::carried("thuy-nguyen").unwrap();
        let names = |now: i64| -> Vec<&str> {
            let units = locality.units_in_force(UtcMillis(now));
            units.filter(|it| it.kind == UnitKind::Commune).map(|it| it.name.vi.as_str()).collect()
        };
        // 8 April 2024; 31 December 2024, 23:59 in Vietnam; the minute after it; 1 August 2025.
        let (april, last, first, august) =
            (1_712_534_400_000, 1_735_664_399_000, 1_735_664_400_000, 1_754_000_000_000);
        assert_eq!((names(april).len(), names(last).len()), (37, 37));
        assert!(names(april).contains(&"Xã Tân Dương"));
        assert_eq!((names(first).len(), names(august).len()), (21, 8));
    }
}
