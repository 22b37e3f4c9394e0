//! Who somebody is, and what they may see and do.

pub mod access;
pub mod roles;

pub use access::{Reader, Sight, Standing};
