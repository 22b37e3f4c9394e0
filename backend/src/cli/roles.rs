//! `roles`: who may do what, as a document.

use clap::Args;

use super::CliResult;
use crate::auth::roles;

/// Print who may use which door and give which command, as Markdown for docs/ROLES.md.
#[derive(Debug, Args)]
pub(super) struct Roles {}

impl Roles {
    pub(super) fn run(&self) -> CliResult {
        use std::io::Write as _;
        write!(std::io::stdout(), "{}", roles::document())?;
        Ok(())
    }
}
