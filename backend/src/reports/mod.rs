//! Phản ánh: what a sender does with a report, and how anybody reads one.

pub mod add_information;
pub mod erase;
pub mod photo;
pub mod rate;
pub mod read;
pub mod render;
pub mod submit;

#[cfg(test)]
mod tests;
