//! The backend: commands in, documents out, one binary.

pub mod db;
