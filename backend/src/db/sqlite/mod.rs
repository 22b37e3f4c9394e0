//! The embedded engine: one writing thread, some reading ones, one file in WAL mode.

pub(crate) mod backup;
mod conn;
mod error;
mod reader;
#[cfg(test)]
mod tests;
pub(crate) mod version;
mod writer;

use std::path::Path;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread;

use super::conn::Engine;
use super::open::{Doors, OpenError, Options};

/// Opens or makes the file and starts the threads. They end when the doors close.
pub(crate) fn open(path: &Path, options: &Options) -> Result<Doors, OpenError> {
    version::check_version(rusqlite::version())?;
    let mut writer = writer::Writer::open(path, options.group)?;
    let (writes, waiting) = channel();
    thread::Builder::new()
        .name("db-writer".into())
        .spawn(move || writer.serve(&waiting))
        .map_err(OpenError::Thread)?;
    let (reads, waiting) = channel();
    let waiting = Arc::new(Mutex::new(waiting));
    for number in 0..options.readers.max(1) {
        let mut reader = reader::Reader::open(path)?;
        let waiting = Arc::clone(&waiting);
        thread::Builder::new()
            .name(format!("db-reader-{number}"))
            .spawn(move || reader.serve(&waiting))
            .map_err(OpenError::Thread)?;
    }
    Ok(Doors { engine: Engine::Sqlite, file: Some(path.to_path_buf()), writes, reads })
}
