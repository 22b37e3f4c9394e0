//! Who somebody is: accounts under a citizen-ID number, passwords, and sessions of opaque tokens.
//!
//! One verb is one file. A verb takes [`Identity`] and its input, and answers its own error, which
//! the router turns into a problem. To add a verb, write its file and join its route in `http`.

mod account;
mod add_account;
mod attempts;
mod cut_off;
mod device;
mod devices;
mod grant;
mod numbers;
mod origin;
mod passwords;
mod recognise;
mod refresh;
mod schema;
mod sign_in;
mod sign_out;
#[cfg(test)]
mod tests;
mod token;

use std::sync::Arc;

pub use account::AccountRow;
pub use add_account::{AddAccount, AddAccountError, add_account};
pub use cut_off::cut_off;
pub use device::render_devices;
pub use devices::devices;
pub use numbers::NumberKeys;
pub use origin::Origin;
pub use passwords::{PasswordError, Passwords};
pub use recognise::{Recognised, recognise};
pub use refresh::{RefreshError, refresh};
pub use schema::MIGRATIONS;
pub use sign_in::{SignInError, sign_in};
pub use sign_out::sign_out;
pub use token::Token;

use crate::state::Backend;

/// What the verbs of this slice share. Cheap to clone.
#[derive(Clone)]
pub struct Identity {
    /// Database, clock and chance.
    pub backend: Backend,
    /// The keys that hide citizen-ID numbers.
    pub numbers: Arc<NumberKeys>,
    /// Hashes passwords, some at a time.
    pub passwords: Arc<Passwords>,
}
