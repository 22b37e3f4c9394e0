//! `user`: what an operator does with accounts.

use std::io::BufRead as _;

use citizen_contract::citizen_id::CitizenId;
use citizen_contract::ids::UnitId;
use citizen_contract::session::{Role, RoleInUnit};
use clap::{Args, Subcommand};
use zeroize::Zeroizing;

use super::place::{Locality, Place};
use super::{CliResult, say};
use crate::erase;
use crate::identity::{AddAccount, PasswordOrigin, add_account, cut_off_all};
use crate::open::open;

/// Manage accounts.
#[derive(Debug, Args)]
pub(super) struct User {
    #[command(subcommand)]
    verb: UserVerb,
}

#[derive(Debug, Subcommand)]
enum UserVerb {
    Add(Box<Add>),
    CutOff(CutOff),
    Erase(Erase),
}

/// Erase an account for good: number, phone, name, devices, the words and photos of its reports. Their
/// numbers, steps and proof stay, and `verify` says that they were erased. The number may register anew.
/// Copies of the database are not reached. Standard input: the citizen-ID number.
#[derive(Debug, Args)]
struct Erase {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    locality: Locality,
    /// Who decided it; recorded in the chain of each report.
    #[arg(long, value_name = "NAME")]
    by: String,
}

/// Sign an account out everywhere and forget its devices, after its owner has shown the card in person
/// because a phone is lost. Standard input: the citizen-ID number.
#[derive(Debug, Args)]
struct CutOff {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    locality: Locality,
}

/// Add an account. Standard input: the citizen-ID number on the first line, the password on the second.
#[derive(Debug, Args)]
struct Add {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    locality: Locality,
    /// The name to show.
    #[arg(long)]
    name: String,
    /// What the person does, for officials.
    #[arg(long, default_value = "")]
    job_title: String,
    /// The id of the unit where the person lives.
    #[arg(long, value_name = "UNIT")]
    home_unit: Option<String>,
    /// A role in a unit: intake@UNIT, handler@UNIT, approver@UNIT, administrator@UNIT or
    /// team_member@UNIT. May be given several times.
    #[arg(long = "role", value_name = "ROLE@UNIT", value_parser = role)]
    roles: Vec<RoleInUnit>,
}

impl User {
    pub(super) async fn run(self) -> CliResult {
        match self.verb {
            UserVerb::Add(add) => add.run().await,
            UserVerb::CutOff(cut_off) => cut_off.run().await,
            UserVerb::Erase(erase) => erase.run().await,
        }
    }
}

impl CutOff {
    async fn run(self) -> CliResult {
        let opened = open(&self.place.config(&self.locality)).await?;
        let number = CitizenId::parse(&line()?)?;
        let count = cut_off_all(&opened.identity, &number).await?.ok_or("this number has no account")?;
        say(&format!("{count} devices cut off"))?;
        Ok(())
    }
}

impl Erase {
    async fn run(self) -> CliResult {
        let opened = open(&self.place.config(&self.locality)).await?;
        let number = CitizenId::parse(&line()?)?;
        let account = erase::begin(&opened.identity, &number).await?.ok_or("this number has no account")?;
        let done = erase::erase_account(&opened.files, account, &self.by).await?;
        say(&format!("{} reports, {} photos, {} other rows erased", done.reports, done.photos, done.rows))?;
        Ok(())
    }
}

impl Add {
    async fn run(self) -> CliResult {
        let opened = open(&self.place.config(&self.locality)).await?;
        let home_unit = self.home_unit.map(UnitId);
        let units = self.roles.iter().map(|role| &role.unit_id).chain(&home_unit);
        if let Some(unknown) = units.into_iter().find(|unit| opened.backend.profile.unit(unit).is_none()) {
            return Err(format!("the profile has no unit {unknown}").into());
        }
        let account = AddAccount {
            number: CitizenId::parse(&line()?)?,
            password: line()?.to_string(),
            display_name: self.name,
            job_title: self.job_title,
            home_unit,
            // An operator knows the password of an official whom they add.
            origin: if self.roles.is_empty() { PasswordOrigin::Own } else { PasswordOrigin::Given },
            roles: self.roles,
        };
        say(&add_account(&opened.identity, account).await?.to_string())?;
        Ok(())
    }
}

fn line() -> std::io::Result<Zeroizing<String>> {
    let mut line = Zeroizing::new(String::new());
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned()))
}

fn role(text: &str) -> Result<RoleInUnit, String> {
    let (role, unit) = text.split_once('@').ok_or("write it like handler@UNIT")?;
    let role =
        Role::named(role).ok_or("the roles are intake, handler, approver, administrator and team_member")?;
    Ok(RoleInUnit { role, unit_id: UnitId(unit.to_owned()) })
}
