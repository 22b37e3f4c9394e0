//! Signed checkpoints over the heads of all chains.

use citizen_contract::hash::ContentHash;
use citizen_contract::keys::KeyList;
use citizen_contract::signed::{Purpose, Signed};
use citizen_contract::time::UtcMillis;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::finding::Finding;
use crate::db::{DbError, Row, Tx};
use crate::params;
use crate::receipts::Signer;

/// The payload of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// 1, 2, 3 …
    pub number: i64,
    /// When it was made.
    pub at: UtcMillis,
    /// The hash of the payload before; empty for the first.
    pub previous: String,
    /// How many reports all checkpoints so far cover.
    pub reports: u64,
    /// SHA-256 over the heads that moved since the checkpoint before, in hexadecimal.
    pub heads: String,
}

/// A chain's head in a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Head {
    report_id: String,
    seq: i64,
    hash: Vec<u8>,
}

/// Signs the heads of at most `limit` chains that moved since the checkpoint before. Answers nothing
/// when none moved; call again until then.
///
/// # Errors
/// [`DbError`] of the room; a second process at the same time fails and may try again.
pub fn checkpoint(
    tx: &mut Tx<'_>,
    signer: &Signer,
    now: UtcMillis,
    limit: u32,
) -> Result<Option<Checkpoint>, DbError> {
    let mut heads = tx.query(
        "UPDATE reports SET checkpointed = events WHERE id IN \
         (SELECT id FROM reports WHERE events > checkpointed ORDER BY id LIMIT ?1) RETURNING id, events, head",
        params![limit],
        head,
    )?;
    if heads.is_empty() {
        return Ok(None);
    }
    heads.sort_by(|a, b| a.report_id.cmp(&b.report_id));
    let before = tx
        .query("SELECT signed FROM checkpoints ORDER BY number DESC LIMIT 1", params![], |row| row.text(0))?
        .pop();
    let (number, previous, mut reports) = match before.as_deref().and_then(read) {
        None => (1, String::new(), 0),
        Some((signed, before)) => (before.number.saturating_add(1), hash_of(&signed), before.reports),
    };
    for head in &heads {
        reports = reports.saturating_add(u64::from(!seen(tx, &head.report_id)?));
        tx.execute(
            "INSERT INTO checkpoint_heads (report_id, checkpoint, seq, hash) VALUES (?1, ?2, ?3, ?4)",
            params![head.report_id.as_str(), number, head.seq, head.hash.as_slice()],
        )?;
    }
    let made = Checkpoint { number, at: now, previous, reports, heads: digest(&heads) };
    let signed = serde_json::to_string(&signer.checkpoint(&made)).unwrap_or_default();
    tx.execute("INSERT INTO checkpoints (number, signed) VALUES (?1, ?2)", params![number, signed])?;
    Ok(Some(made))
}

/// Checks the checkpoints themselves: signatures, order, and the heads that they cover.
pub(super) fn verify(tx: &mut Tx<'_>, keys: &KeyList) -> Result<Vec<Finding>, DbError> {
    let mut findings = Vec::new();
    let rows = tx.query("SELECT number, signed FROM checkpoints ORDER BY number", params![], |row| {
        Ok((row.int(0)?, row.text(1)?))
    })?;
    let (mut expected, mut previous) = (1, String::new());
    for (number, text) in rows {
        while expected < number {
            findings.push(Finding::CheckpointDeleted { number: expected });
            expected = expected.saturating_add(1);
        }
        let heads = tx.query(
            "SELECT report_id, seq, hash FROM checkpoint_heads WHERE checkpoint = ?1 ORDER BY report_id",
            params![number],
            head,
        )?;
        let sound = read(&text).is_some_and(|(signed, checkpoint)| {
            let key = keys.find(&signed.key_id);
            let genuine = key.is_ok_and(|key| signed.open::<Checkpoint>(Purpose::Checkpoint, &key).is_ok());
            // After a missing one only the gap itself is worth naming.
            let follows = checkpoint.previous == previous || !findings.is_empty();
            previous = hash_of(&signed);
            genuine && follows && checkpoint.number == number && checkpoint.heads == digest(&heads)
        });
        if !sound {
            findings.push(Finding::CheckpointChanged { number });
        }
        expected = number.saturating_add(1);
    }
    Ok(findings)
}

fn head(row: &Row<'_>) -> Result<Head, DbError> {
    Ok(Head { report_id: row.text(0)?, seq: row.int(1)?, hash: row.bytes(2)? })
}

fn seen(tx: &mut Tx<'_>, report: &str) -> Result<bool, DbError> {
    let rows =
        tx.query("SELECT seq FROM checkpoint_heads WHERE report_id = ?1 LIMIT 1", params![report], |row| {
            row.int(0)
        })?;
    Ok(!rows.is_empty())
}

fn read(text: &str) -> Option<(Signed, Checkpoint)> {
    let signed: Signed = serde_json::from_str(text).ok()?;
    let checkpoint = serde_json::from_str(&signed.payload).ok()?;
    Some((signed, checkpoint))
}

fn hash_of(signed: &Signed) -> String {
    ContentHash::of(signed.payload.as_bytes()).to_string()
}

fn digest(heads: &[Head]) -> String {
    let mut digest = Sha256::new();
    for head in heads {
        for field in [head.report_id.as_bytes(), &head.seq.to_be_bytes(), &head.hash] {
            digest.update(u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
            digest.update(field);
        }
    }
    hex::encode(digest.finalize())
}
