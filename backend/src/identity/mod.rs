//! Who somebody is: accounts under a citizen-ID number, passwords, codes to phones, devices, and
//! sessions of opaque tokens.
//!
//! One verb is one file. A verb takes [`Identity`] and its input, and answers its own error, which
//! the router turns into a problem. To add a verb, write its file and join its route in `http`.

mod account;
mod add_account;
mod again;
mod attempt;
mod attempts;
mod begin_national;
mod card_limits;
mod challenge;
mod change_phone;
mod check_card;
mod checks;
mod code_limits;
mod codes;
mod contact;
mod cut_off;
mod cut_off_all;
mod device;
mod devices;
mod finish_factor;
mod finish_national;
mod finish_registration;
mod finish_reset;
mod finish_sign_in;
mod free_number;
mod grant;
pub mod my_data;
mod numbers;
mod origin;
mod own_password;
mod passwords;
mod person;
mod recognise;
mod refresh;
mod register;
mod representative;
mod resend;
mod reset_password;
mod schema;
mod sign_in;
mod sign_out;
pub mod staff;
mod sweep;
#[cfg(test)]
mod tests;
mod token;

use std::sync::Arc;

pub use account::AccountRow;
pub use add_account::{AddAccount, AddAccountError, PasswordOrigin, add_account};
pub use begin_national::{BeginNationalError, begin_national};
pub use challenge::CodeRefused;
pub use change_phone::{ChangePhoneError, change_phone, finish_phone_change};
pub use check_card::{CheckCardError, check_card};
pub use code_limits::Scope;
pub use codes::{CodeError, CodeSent, Codes};
pub use contact::contact;
pub use cut_off::cut_off;
pub use cut_off_all::cut_off_all;
pub use device::render_devices;
pub use devices::devices;
pub use finish_national::{FinishNationalError, finish_national};
pub use finish_registration::{FinishError, finish_registration};
pub use finish_reset::{FinishResetError, finish_reset};
pub use finish_sign_in::finish_sign_in;
pub use free_number::{FreeNumberError, free_number};
pub use numbers::NumberKeys;
pub use origin::{DeviceMark, Origin};
pub use own_password::OwnPasswordError;
pub use passwords::{PasswordError, Passwords};
pub use person::Declared;
pub use recognise::{Recognised, recognise};
pub use refresh::{RefreshError, refresh};
pub use register::{RegisterError, register};
pub use representative::{
    RepresentativeError, ask_representative, finish_representative, withdraw_representative,
};
pub use resend::{ResendError, resend};
pub use reset_password::{ResetPasswordError, reset_password};
pub use schema::MIGRATIONS;
pub use sign_in::{SignInError, SignedIn, sign_in};
pub use sign_out::sign_out;
pub use sweep::sweep;
pub use token::Token;

use crate::national_id::National;
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
    /// Sends codes to phones.
    pub codes: Arc<Codes>,
    /// What is asked of staff.
    pub staff: staff::StaffRules,
    /// The national identification, where the locality has one.
    pub national: Option<Arc<National>>,
}
