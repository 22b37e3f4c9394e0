//! Who can sign in: the sample people of the profile.

use citizen_contract::profile::embedded;

use super::PROFILE;
use crate::Done;

/// Prints names, numbers and passwords; they are published in the profile anyway.
pub fn print() -> Done {
    let profile =
        embedded(PROFILE).ok_or("There is no such profile.")?.map_err(|errors| errors.to_string())?;
    println!("\nSample people (citizen ID / password):");
    for person in profile.samples {
        let (number, password) = (person.citizen_id.reveal(), &person.password);
        let title = if person.job_title.is_empty() { "người dân" } else { &person.job_title };
        println!("  {number} / {password}   {}, {title}", person.display_name);
    }
    Ok(())
}
