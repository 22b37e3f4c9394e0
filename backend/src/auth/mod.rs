//! Who somebody is, and what they may see and do.

pub mod access;

pub use access::{Reader, Sight, Standing};
