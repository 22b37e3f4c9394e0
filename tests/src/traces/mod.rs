//! Looking for what somebody typed in places where it must not stand: in every file of a folder, its
//! name among it, and in logs; in every spelling and encoding in which a program might have left it,
//! also inside what is compressed.

mod encodings;
mod log;
mod unpack;

use std::fs;
use std::path::{Path, PathBuf};

use encodings::encodings;
pub use log::Log;
use unpack::unpacked;

/// So deep are packed things unpacked.
const DEEPEST: usize = 3;
/// So many digits, such as a PIN's, may stand anywhere by chance.
const SHORT: usize = 6;

/// What is looked for.
pub struct Traces {
    needles: Vec<Needle>,
    /// The needles by their first two bytes.
    by_beginning: Vec<Vec<usize>>,
}

struct Needle {
    /// The text and how it is written.
    name: String,
    bytes: Vec<u8>,
    /// A few digits stand in any longer number and in any identifier by chance.
    apart: bool,
}

impl Needle {
    fn stands_at(&self, at: usize, bytes: &[u8]) -> bool {
        let part = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
        bytes.get(at..).is_some_and(|rest| rest.starts_with(&self.bytes))
            && !(self.apart
                && (part(at.checked_sub(1).and_then(|before| bytes.get(before)))
                    || part(bytes.get(at + self.bytes.len()))))
    }
}

/// A text that stands where it must not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trace {
    /// The file, or an empty path for bytes of no file.
    pub file: PathBuf,
    /// The text, and how it is written.
    pub what: String,
}

impl Traces {
    /// These texts in all their spellings and encodings.
    #[must_use]
    pub fn of<T: AsRef<str>>(texts: &[T]) -> Self {
        let mut traces = Self { needles: Vec::new(), by_beginning: vec![Vec::new(); 1 << 16] };
        for text in texts {
            for (how, bytes) in encodings(text.as_ref()) {
                traces.add(format!("{} ({how})", text.as_ref()), bytes);
            }
        }
        traces
    }

    /// The same, and these very bytes.
    #[must_use]
    pub fn and(mut self, name: &str, bytes: &[u8]) -> Self {
        self.add(name.to_owned(), bytes.to_vec());
        self
    }

    fn add(&mut self, name: String, bytes: Vec<u8>) {
        let [first, second, ..] = bytes[..] else { return };
        if self.needles.iter().all(|needle| needle.bytes != bytes) {
            self.by_beginning[beginning(first, second)].push(self.needles.len());
            let apart = bytes.len() <= SHORT && bytes.iter().all(u8::is_ascii_digit);
            self.needles.push(Needle { name, bytes, apart });
        }
    }

    /// What stands in these bytes, or in what they unpack to.
    #[must_use]
    pub fn in_bytes(&self, bytes: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        self.collect(bytes, DEEPEST, "", &mut found);
        found.sort();
        found.dedup();
        found
    }

    /// What stands in the files below `folder`, or in their names.
    ///
    /// # Panics
    /// When the folder cannot be read.
    #[must_use]
    pub fn in_folder(&self, folder: &Path) -> Vec<Trace> {
        let mut found = Vec::new();
        for file in files_below(folder) {
            let name = file.strip_prefix(folder).unwrap_or(&file).to_path_buf();
            // A file may go while it is looked for, as temporary ones do.
            let bytes = fs::read(&file).unwrap_or_default();
            let mut told = self.in_bytes(&bytes);
            told.extend(self.in_bytes(name.as_os_str().as_encoded_bytes()));
            found.extend(told.into_iter().map(|what| Trace { file: name.clone(), what }));
        }
        found
    }

    fn collect(&self, bytes: &[u8], depth: usize, inside: &str, found: &mut Vec<String>) {
        for (at, pair) in bytes.windows(2).enumerate() {
            for &needle in &self.by_beginning[beginning(pair[0], pair[1])] {
                let needle = &self.needles[needle];
                if needle.stands_at(at, bytes) {
                    found.push(format!("{}{inside}", needle.name));
                }
            }
        }
        if depth > 0 {
            for (kind, whole) in unpacked(bytes) {
                self.collect(&whole, depth - 1, &format!("{inside}, inside {kind}"), found);
            }
        }
    }
}

fn beginning(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

/// All files below a folder; links are not followed.
///
/// # Panics
/// When a folder cannot be read.
#[must_use]
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder can be read") {
            let entry = entry.expect("an entry");
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    files
}

/// Copies a folder as a thief does, also while its program runs.
///
/// # Panics
/// When the copy cannot be written.
pub fn copy(from: &Path, to: &Path) {
    for file in files_below(from) {
        let copy = to.join(file.strip_prefix(from).unwrap_or(&file));
        fs::create_dir_all(copy.parent().unwrap_or(to)).expect("a folder for the copy");
        match fs::copy(&file, &copy) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => panic!("no copy: {error}"),
            _ => {}
        }
    }
}

/// Bytes as programs print them; a key that was printed would stand there so.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    hex::encode(bytes)
}

#[cfg(test)]
mod tests;
