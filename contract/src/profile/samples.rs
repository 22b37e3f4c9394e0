//! `samples.toml`: people to try the app with; optional, never in a real deployment.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::findings::{Findings, Lines, ProfileSource};
use super::units::Unit;
use crate::citizen_id::CitizenId;
use crate::ids::UnitId;
use crate::session::RoleInUnit;

const FILE: &str = "samples.toml";

/// A person who does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SamplePerson {
    /// How tests and the demo call the person, such as `citizen`.
    pub key: String,
    /// A number that is obviously a sample.
    pub citizen_id: CitizenId,
    /// A password for trying out.
    pub password: String,
    /// The name to show; it says that it is a sample.
    pub display_name: String,
    /// What the person does; empty for citizens.
    pub job_title: String,
    /// The commune where the person lives.
    pub home_unit: Option<UnitId>,
    /// What the person may do.
    pub roles: Vec<RoleInUnit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    people: Vec<Spanned<RawPerson>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPerson {
    key: String,
    citizen_id: Spanned<String>,
    password: String,
    display_name: String,
    #[serde(default)]
    job_title: String,
    home_unit: Option<Spanned<UnitId>>,
    #[serde(default)]
    roles: Vec<Spanned<RoleInUnit>>,
}

pub(super) fn read(source: &ProfileSource, units: &[Unit], findings: &mut Findings) -> Vec<SamplePerson> {
    if source.get(FILE).is_none() {
        return Vec::new();
    }
    let Some((raw, lines)) = findings.toml::<Raw>(source, FILE) else { return Vec::new() };
    let (mut keys, mut numbers) = (BTreeSet::new(), BTreeSet::new());
    let mut people = Vec::new();
    for entry in raw.people {
        let line = lines.at(&entry.span());
        let Some(person) = person(entry.into_inner(), &lines, units, findings) else { continue };
        if !keys.insert(person.key.clone()) || !numbers.insert(person.citizen_id.clone()) {
            findings.add(FILE, line, "this key or number belongs to another sample person");
        }
        people.push(person);
    }
    people
}

fn person(raw: RawPerson, lines: &Lines, units: &[Unit], findings: &mut Findings) -> Option<SamplePerson> {
    let known = |id: &UnitId| units.iter().any(|unit| &unit.entry.id == id);
    let number_line = lines.at(&raw.citizen_id.span());
    let citizen_id = CitizenId::parse(raw.citizen_id.get_ref())
        .inspect_err(|error| findings.add(FILE, number_line, error.to_string()))
        .ok();
    if citizen_id.as_ref().is_some_and(|id| id.reveal().get(6..11) != Some("00000")) {
        findings.add(FILE, number_line, "a sample number has zeros in digits 7 to 11");
    }
    if let Some(home) = raw.home_unit.as_ref().filter(|home| !known(home.get_ref())) {
        findings.add(FILE, lines.at(&home.span()), "home_unit is no unit of units.csv");
    }
    for role in raw.roles.iter().filter(|role| !known(&role.get_ref().unit_id)) {
        findings.add(FILE, lines.at(&role.span()), "unit_id is no unit of units.csv");
    }
    Some(SamplePerson {
        key: raw.key,
        citizen_id: citizen_id?,
        password: raw.password,
        display_name: raw.display_name,
        job_title: raw.job_title,
        home_unit: raw.home_unit.map(Spanned::into_inner),
        roles: raw.roles.into_iter().map(Spanned::into_inner).collect(),
    })
}
