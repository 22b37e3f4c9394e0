//! The outside ledger: what was promised, written by the harness and synced before it goes on.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use citizen_contract::hash::ContentHash;

/// What one order came to, as the process under test said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// The order was given; whether it is kept is open.
    Intended,
    /// The process said "saved"; from then on it must not be lost.
    Saved {
        /// The photos in order.
        photos: Vec<ContentHash>,
    },
}

/// A file of lines, and the same in memory. Each order has a word of its own that its report carries.
pub struct Ledger {
    file: File,
    entries: BTreeMap<String, Entry>,
}

impl Ledger {
    /// A new ledger at `path`.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn begin(path: &Path) -> std::io::Result<Self> {
        let file = OpenOptions::new().create_new(true).append(true).open(path)?;
        Ok(Self { file, entries: BTreeMap::new() })
    }

    /// An order is about to be given.
    ///
    /// # Errors
    /// When it cannot be written durably.
    pub fn intend(&mut self, token: &str) -> std::io::Result<()> {
        self.line(&format!("intended {token}"))?;
        self.entries.insert(token.to_owned(), Entry::Intended);
        Ok(())
    }

    /// The process said that the order is saved.
    ///
    /// # Errors
    /// When it cannot be written durably.
    pub fn saved(&mut self, token: &str, photos: Vec<ContentHash>) -> std::io::Result<()> {
        let words: Vec<&str> = photos.iter().map(ContentHash::as_str).collect();
        self.line(&format!("saved {token} {}", words.join(",")))?;
        self.entries.insert(token.to_owned(), Entry::Saved { photos });
        Ok(())
    }

    /// A process died.
    ///
    /// # Errors
    /// When it cannot be written durably.
    pub fn killed(&mut self, number: u32, phase: &str) -> std::io::Result<()> {
        self.line(&format!("killed {number} {phase}"))
    }

    /// All orders.
    #[must_use]
    pub fn entries(&self) -> &BTreeMap<String, Entry> {
        &self.entries
    }

    fn line(&mut self, line: &str) -> std::io::Result<()> {
        self.file.write_all(format!("{line}\n").as_bytes())?;
        self.file.sync_data()
    }
}
