//! Key files: made once, readable by the backend's user only.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use citizen_contract::keys::KeyList;
use citizen_contract::signed::{Signed, encode_key};
use citizen_contract::time::UtcMillis;
use ed25519_dalek::SigningKey;

use super::{Signer, entry, sign_list};
use crate::clock::{Random, random_bytes};

/// The keys of a deployment cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// A file cannot be read or written.
    #[error("the key file {name}: {error}")]
    Io {
        /// Which.
        name: &'static str,
        /// Why.
        error: io::Error,
    },
    /// A file holds something else.
    #[error("the key file {0} is damaged")]
    Damaged(&'static str),
    /// The list does not name the signing key.
    #[error("keys.json does not list the signing key: it belongs to other keys")]
    Unlisted,
}

const ROOT: &str = "root.key";
const SIGNING: &str = "signing.key";
const LIST: &str = "keys.json";

impl Signer {
    /// Opens the keys in a folder, or makes them there.
    ///
    /// # Errors
    /// [`KeyFileError`]; a damaged or foreign file is never replaced.
    pub fn open_or_make(folder: &Path, now: UtcMillis, random: &dyn Random) -> Result<Self, KeyFileError> {
        if !folder.join(LIST).exists() {
            make(folder, now, random)?;
        }
        Self::open(folder)
    }

    /// Retires the signing key and makes another one.
    ///
    /// # Errors
    /// [`KeyFileError`]; the root key must be in the folder.
    pub fn change_key(folder: &Path, now: UtcMillis, random: &dyn Random) -> Result<Self, KeyFileError> {
        let current = Self::open(folder)?;
        let root = read_key(folder, ROOT)?;
        let mut list = current.key_list().map_err(|_| KeyFileError::Damaged(LIST))?;
        for key in &mut list.keys {
            key.retired_at.get_or_insert(now);
        }
        let next = SigningKey::from_bytes(&random_bytes(random));
        list.keys.push(entry(&next, now));
        // The list first: an unlisted key must never sign, an unused one in the list does no harm.
        write_list(folder, &sign_list(&root, list.keys, now))?;
        write(folder, SIGNING, &next.to_bytes())?;
        Self::open(folder)
    }

    fn open(folder: &Path) -> Result<Self, KeyFileError> {
        let text = fs::read_to_string(folder.join(LIST)).map_err(|error| io_error(LIST, error))?;
        let (root_public, keys): (String, Signed) =
            serde_json::from_str(&text).map_err(|_| KeyFileError::Damaged(LIST))?;
        let key = read_key(folder, SIGNING)?;
        let signer = Self { key, root_public, keys };
        let list: KeyList = signer.key_list().map_err(|_| KeyFileError::Damaged(LIST))?;
        let id = citizen_contract::signed::key_id(&signer.key.verifying_key());
        list.find(&id).map_err(|_| KeyFileError::Unlisted)?;
        Ok(signer)
    }
}

fn make(folder: &Path, now: UtcMillis, random: &dyn Random) -> Result<(), KeyFileError> {
    fs::create_dir_all(folder).map_err(|error| io_error(ROOT, error))?;
    let root = SigningKey::from_bytes(&random_bytes(random));
    let signing = SigningKey::from_bytes(&random_bytes(random));
    write(folder, ROOT, &root.to_bytes())?;
    write(folder, SIGNING, &signing.to_bytes())?;
    // The list is written last: without it nothing counts as made.
    let text = (encode_key(&root.verifying_key()), sign_list(&root, vec![entry(&signing, now)], now));
    write_json(folder, &text)
}

fn write_list(folder: &Path, list: &Signed) -> Result<(), KeyFileError> {
    let root = read_key(folder, ROOT)?;
    write_json(folder, &(encode_key(&root.verifying_key()), list.clone()))
}

fn write_json(folder: &Path, text: &(String, Signed)) -> Result<(), KeyFileError> {
    let text = serde_json::to_string(text).map_err(|_| KeyFileError::Damaged(LIST))?;
    write(folder, LIST, text.as_bytes())
}

fn read_key(folder: &Path, name: &'static str) -> Result<SigningKey, KeyFileError> {
    let bytes = fs::read(folder.join(name)).map_err(|error| io_error(name, error))?;
    let seed: [u8; 32] = bytes.try_into().map_err(|_| KeyFileError::Damaged(name))?;
    Ok(SigningKey::from_bytes(&seed))
}

/// Writes beside and renames, so that a crash leaves the old file or the new one.
fn write(folder: &Path, name: &'static str, bytes: &[u8]) -> Result<(), KeyFileError> {
    let beside = folder.join(format!("{name}.new"));
    let written = || -> io::Result<()> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, folder.join(name))
    };
    written().map_err(|error| io_error(name, error))
}

fn io_error(name: &'static str, error: io::Error) -> KeyFileError {
    KeyFileError::Io { name, error }
}
