//! Accounts of staff: their second factor, how long their sessions last, and the administrators who
//! look after them.
//!
//! A verb is one file here too. What administrators reach is decided in [`scope`] alone; what they did
//! goes into the audit log through [`log`].

mod act;
mod active;
mod add;
mod audit_page;
mod begin_factor;
mod change_password;
mod confirm_factor;
mod factor;
mod given;
mod import;
mod list;
mod log;
mod read_list;
mod rules;
mod scope;
mod table;

pub use act::{StaffError, act};
pub use active::active;
pub use add::add;
pub use audit_page::audit_page;
pub use begin_factor::begin_factor;
pub use change_password::{ChangePasswordError, change_password};
pub use confirm_factor::{FactorError, confirm_factor};
pub use import::import;
pub use list::list;
pub use rules::StaffRules;

pub(super) use factor::{FactorTry, ask, verify};
pub(super) use log::{failed, note};
