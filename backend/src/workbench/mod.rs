//! What officials do with reports: take in, ask, assign, answer, approve, refuse, and find them.

pub mod answer;
pub mod approve;
pub mod ask;
pub mod assign;
mod find;
pub mod note;
pub mod pass_back;
pub mod queue;
pub mod refuse;
pub mod return_answer;
pub mod start;
mod view;

#[cfg(test)]
mod tests;
