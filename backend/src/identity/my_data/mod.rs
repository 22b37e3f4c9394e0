//! What is kept of a person, for that person: the account as a document, consents, wishes about it.

mod answer;
mod ask;
pub mod consent;
pub mod document;
mod forget;
mod home_unit;
mod row;
mod take_back;
mod tasks;
mod wish;

pub use answer::{AnswerError, Answered, answer};
pub use ask::{AskError, ask};
pub use forget::{begin_erasing, erasing, forget};
pub use home_unit::{HomeUnitError, set_home_unit};
pub use take_back::{TakeBackError, take_back};
pub use tasks::tasks;
