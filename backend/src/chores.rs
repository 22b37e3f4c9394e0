//! What a backend does by itself now and then.

use std::time::Duration;

use tokio::sync::watch;

use crate::db::{DbError, WriteError};
use crate::erase;
use crate::files;
use crate::open::Opened;
use crate::{audit, identity, search, verify};

/// How often the chores are done.
const EVERY: Duration = Duration::from_secs(60);
/// How many reports are indexed in one transaction; others wait that long at most.
const WORDS_OF: u32 = 50;
/// How many chains one checkpoint covers.
const CHAINS: u32 = 1_000;

/// Does the chores until the backend stops. A chore that fails is tried again next time.
pub(crate) async fn keep_doing(opened: Opened, mut stopping: watch::Receiver<bool>) {
    loop {
        once(&opened).await;
        tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Does all chores once: what uploads, erased reports, sessions and codes left behind is removed, reports that came
/// since are indexed, and the heads of the event chains are signed.
pub async fn once(opened: &Opened) {
    match files::sweep(&opened.files).await {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "swept uploads"),
        Err(error) => tracing::warn!(%error, "uploads could not be swept"),
    }
    if let Err(error) = erase::go_on(&opened.files).await {
        tracing::warn!(%error, "an erasure could not be gone through with");
    }
    if let Err(error) = files::wipe(&opened.files).await {
        tracing::warn!(%error, "erased files could not be removed");
    }
    if let Err(error) = identity::sweep(&opened.identity).await {
        tracing::warn!(%error, "sessions and codes could not be swept");
    }
    if let Err(error) = sign_audit(opened).await {
        tracing::warn!(%error, "the audit log could not be signed");
    }
    if let Err(error) = index_all(opened).await {
        tracing::warn!(%error, "reports could not be indexed");
    }
    loop {
        match sign_heads(opened).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(%error, "no checkpoint could be signed");
                return;
            }
        }
    }
}

/// Writes the words of reports that came since; after an upgrade, of all.
async fn index_all(opened: &Opened) -> Result<(), DbError> {
    loop {
        let indexed = opened.backend.db.write(|tx| search::index(tx, WORDS_OF)).await;
        if indexed.map_err(WriteError::<DbError>::flatten)? == 0 {
            return Ok(());
        }
    }
}

async fn sign_audit(opened: &Opened) -> Result<bool, DbError> {
    let (signer, now) = (opened.backend.signer.clone(), opened.backend.clock.now());
    let signed = opened.backend.db.write(move |tx| audit::checkpoint(tx, &signer, now)).await;
    signed.map_err(WriteError::flatten)
}

async fn sign_heads(opened: &Opened) -> Result<bool, DbError> {
    let (signer, now) = (opened.backend.signer.clone(), opened.backend.clock.now());
    let made = opened.backend.db.write(move |tx| verify::checkpoint(tx, &signer, now, CHAINS)).await;
    Ok(made.map_err(WriteError::<DbError>::flatten)?.is_some())
}
