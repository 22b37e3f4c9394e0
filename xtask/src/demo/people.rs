//! Who can sign in: the sample people of the profile.

use std::fs;

use crate::{Done, run};

const FILE: &str = "profiles/thuy-nguyen/samples.toml";

/// Prints names, numbers and passwords; they are published in the profile anyway.
pub fn print() -> Done {
    let text = fs::read_to_string(run::root().join(FILE))
        .map_err(|error| format!("{FILE} cannot be read: {error}."))?;
    println!("\nSample people (citizen ID / password):");
    for person in text.split("[[people]]").skip(1) {
        let value = |key: &str| {
            let line =
                person.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix("= \""));
            line.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
        };
        println!(
            "  {} / {}  {} {}",
            value("citizen_id"),
            value("password"),
            value("display_name"),
            value("job_title")
        );
    }
    Ok(())
}
