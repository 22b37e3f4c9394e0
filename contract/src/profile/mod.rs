//! Everything a locality decides, as data.
//!
//! A profile is a folder of TOML and CSV texts under `profiles/`, together with
//! the national facts in `profiles/vietnam/`. The texts come in through a
//! [`ProfileSource`]; nothing here reads a file. Every mistake in them is
//! found in one go and named with file and line. To add a file, give it a
//! module with a `read` function that takes the source and the findings, and
//! a field below.

mod calendar;
mod categories;
mod csv;
mod deadlines;
mod embedded;
mod findings;
mod locality;
mod national;
mod personal;
mod routing;
mod samples;
mod staff;
mod theme;
mod units;
mod wording;

pub use calendar::{SpecialDay, SpecialDayKind};
pub use deadlines::{DeadlineTable, Step, Thresholds};
pub use embedded::{EMBEDDED, embedded, embedded_source};
pub use findings::{ProfileError, ProfileErrors, ProfileSource};
pub use locality::{Hotline, LocalityFacts, PhotoLimits};
pub use national::{NationalId, SignedBy, origin};
pub use personal::Personal;
pub use routing::{Route, Routing};
pub use samples::SamplePerson;
pub use staff::StaffRules;
pub use theme::Theme;
pub use units::Unit;
pub use wording::{QuestionTemplate, Wording};

use std::collections::{BTreeMap, BTreeSet};

use crate::documents::{Catalogue, Category, LocalisedText, Locality, NationalIdEntry};
use crate::ids::UnitId;
use crate::working_time::{CivilDate, WorkingCalendar};
use findings::Findings;

/// One locality's decisions, read and found consistent.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Names, hotlines, zone, offices.
    pub locality: LocalityFacts,
    /// Every known unit in every version, as in the file.
    pub units: Vec<Unit>,
    /// What reports can be about, in the order offered.
    pub categories: Vec<Category>,
    /// How long each step may take.
    pub deadlines: DeadlineTable,
    /// When deadlines turn amber, how long questions stop the clock.
    pub thresholds: Thresholds,
    /// How staff sign in.
    pub staff: StaffRules,
    /// Office hours with all special days applied.
    pub calendar: WorkingCalendar,
    /// The special days themselves, by date.
    pub special_days: Vec<SpecialDay>,
    /// Refusal reasons, templates, questions.
    pub wording: Wording,
    /// Who handles what where.
    pub routing: Routing,
    /// What people agree to, and how soon wishes about their data are answered.
    pub personal: Personal,
    /// Limits of photos in reports.
    pub photos: PhotoLimits,
    /// Texts by key.
    pub texts: BTreeMap<String, LocalisedText>,
    /// Colours.
    pub theme: Theme,
    /// Province codes that a citizen id may begin with, for warnings only.
    pub id_provinces: Vec<String>,
    /// First digits of mobile numbers after the country code, such as `7[06-9]` written out: `70`, `76` ….
    pub mobile_prefixes: Vec<String>,
    /// The national identification, where the locality has an agreement with it.
    pub national_id: Option<NationalId>,
    /// Sample people; empty in a real deployment's profile.
    pub samples: Vec<SamplePerson>,
}

impl Profile {
    /// Reads and checks a profile.
    ///
    /// # Errors
    /// All mistakes found, each with file and line.
    pub fn parse(source: &ProfileSource) -> Result<Self, ProfileErrors> {
        let mut findings = Findings::default();
        let f = &mut findings;
        let units = units::read(source, f);
        let locality = locality::read(source, &units, f);
        let categories = categories::read(source, f);
        let rules = deadlines::read(source, f);
        let days = calendar::read(source, f);
        let wording = wording::read(source, f);
        let routing = routing::read(source, &units, &categories, f);
        let texts = wording::read_texts(source, &categories, f);
        let theme = theme::read(source, f);
        let id_provinces = locality::read_codes(source, "vietnam/id-provinces.csv", "code", 3, f);
        let mobile_prefixes = locality::read_codes(source, "vietnam/mobile-prefixes.csv", "prefix", 2, f);
        let personal = personal::read(source, f);
        let national_id = national::read(source, f);
        let samples = samples::read(source, &units, f);
        findings.into_result()?;
        // Nothing was found, so every part is there; a missing one is still named.
        let missing = || ProfileErrors::missing_part();
        let (locality, photos) = locality.ok_or_else(missing)?;
        let (deadlines, thresholds, staff) = rules.ok_or_else(missing)?;
        let (calendar, special_days) = days.ok_or_else(missing)?;
        Ok(Self {
            locality,
            units,
            categories,
            deadlines,
            thresholds,
            staff,
            calendar,
            special_days,
            wording: wording.ok_or_else(missing)?,
            routing,
            personal: personal.ok_or_else(missing)?,
            photos,
            texts,
            theme: theme.ok_or_else(missing)?,
            id_provinces,
            mobile_prefixes,
            national_id,
            samples,
        })
    }

    /// The unit of that id.
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.units.iter().find(|unit| &unit.entry.id == id)
    }

    /// A unit and all its parts, in every version.
    pub fn parts_of(&self, unit: &UnitId) -> BTreeSet<UnitId> {
        let mut parts = BTreeSet::new();
        let mut waiting = vec![unit];
        while let Some(id) = waiting.pop() {
            if self.unit(id).is_some() && parts.insert(id.clone()) {
                let below = self.units.iter().filter(|unit| unit.entry.parent_id.as_ref() == Some(id));
                waiting.extend(below.map(|unit| &unit.entry.id));
            }
        }
        parts
    }

    /// Whether the unit exists and is in force on that day.
    pub fn in_force(&self, id: &UnitId, day: CivilDate) -> bool {
        self.unit(id).is_some_and(|unit| unit.in_force(day))
    }

    /// The category of that code.
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.code == code)
    }

    /// What devices need of the profile.
    pub fn catalogue(&self) -> Catalogue {
        let locality = &self.locality;
        let mut units: Vec<_> = self.units.iter().map(|unit| unit.entry.clone()).collect();
        units.sort_by_cached_key(|unit| (crate::fold::fold(&unit.name.vi), unit.valid_from.clone()));
        Catalogue {
            locality: Locality {
                id: locality.id.clone(),
                app_name: locality.app_name.clone(),
                name: locality.name.clone(),
                governing_body: locality.governing_body.clone(),
                report_prefix: locality.report_prefix.clone(),
                hotline: locality.hotlines.first().map(|line| line.number.clone()).unwrap_or_default(),
                intake_unit: locality.intake_unit.clone(),
            },
            units,
            categories: self.categories.clone(),
            refusal_reasons: self.wording.refusal_reasons.clone(),
            answer_templates: self.wording.answer_templates.clone(),
            amber_percent: self.thresholds.amber_percent,
            max_photos: self.photos.max_count,
            national_id: self.national_id.as_ref().map(|national| NationalIdEntry {
                title: national.title.clone(),
                origin: national.origin().to_owned(),
            }),
            purposes: self.personal.purposes.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
