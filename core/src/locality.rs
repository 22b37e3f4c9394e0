//! What the locality decides, as far as a device needs it: the profile that came with the program,
//! and over it the catalogue that came down.

use std::collections::HashMap;
use std::sync::Arc;

use citizen_contract::documents::{Catalogue, Category, LocalisedText, UnitEntry, UnitKind};
use citizen_contract::ids::UnitId;
use citizen_contract::profile::{Profile, embedded};

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

    /// A unit's name; units are shown with their kind, so `Ủy ban` needs no extra word here.
    #[must_use]
    pub fn unit_name(&self, id: Option<&UnitId>) -> Option<LocalisedText> {
        Some(self.unit(id?)?.name.clone())
    }

    /// A category.
    #[must_use]
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.catalogue.categories.iter().find(|category| category.code == code)
    }

    /// A category's name, or its code if the catalogue does not know it (any more).
    #[must_use]
    pub fn category_name(&self, code: &str) -> LocalisedText {
        match self.category(code) {
            Some(category) => category.name.clone(),
            None => LocalisedText { vi: code.to_owned(), en: code.to_owned() },
        }
    }

    /// Units that people can choose, in force now.
    pub fn current_units(&self) -> impl Iterator<Item = &UnitEntry> {
        let choosable = |unit: &&UnitEntry| {
            unit.valid_to.is_none() && !matches!(unit.kind, UnitKind::Province | UnitKind::District)
        };
        self.catalogue.units.iter().filter(choosable)
    }
}
