//! Where rooms and slices that must not know each other are joined.

use citizen_contract::documents::PhotoState;
use citizen_contract::ids::AttachmentId;
use citizen_contract::sync::Nudge;
use citizen_contract::time::UtcMillis;

use crate::auth::Reader;
use crate::db::{DbError, Migration, Tx};
use crate::files::{Attachments, Declared, Sighted, UploadKey};
use crate::reports::photo;
use crate::{audit, commands, feeds, files, identity, ledger, places, search, verify};

/// All tables, in the order in which they refer to each other.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    [
        feeds::MIGRATIONS,
        identity::MIGRATIONS,
        places::MIGRATIONS,
        ledger::MIGRATIONS,
        commands::MIGRATIONS,
        verify::MIGRATIONS,
        files::MIGRATIONS,
        search::MIGRATIONS,
        audit::MIGRATIONS,
    ]
    .concat()
}

/// The photos of reports, for the room that moves bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReportPhotos;

impl Attachments for ReportPhotos {
    fn declared(&self, tx: &mut Tx<'_>, key: &UploadKey) -> Result<Option<Declared>, DbError> {
        let photo = photo::declared(tx, key.account, key.command, key.attachment)?;
        Ok(photo.map(|photo| Declared { size: photo.size, sha256: photo.sha256, state: photo.state }))
    }

    fn sighted(
        &self,
        tx: &mut Tx<'_>,
        reader: &Reader,
        attachment: AttachmentId,
    ) -> Result<Option<Sighted>, DbError> {
        let photo = photo::readable(tx, reader, attachment)?;
        // The bytes as sent may tell more than the picture: only who sent them gets them back.
        Ok(photo.map(|photo| Sighted { original: photo.account == reader.account }))
    }

    fn received(
        &self,
        tx: &mut Tx<'_>,
        attachment: AttachmentId,
        state: PhotoState,
        now: UtcMillis,
    ) -> Result<Vec<Nudge>, DbError> {
        photo::received(tx, attachment, state, now)
    }
}
