//! Checking the chain.

use citizen_contract::keys::KeyList;
use citizen_contract::signed::{Purpose, Signed};

use super::chain::{GENESIS, Link};
use super::checkpoint::Checkpoint;
use crate::db::{DbError, Row, Tx};
use crate::params;
use crate::verify::Finding;

/// How many entries are read at once.
const PAGE: i64 = 1_000;

/// Reads the whole log and answers how many entries it has and what is wrong with it.
///
/// # Errors
/// The database's; a finding is no error.
pub fn verify(tx: &mut Tx<'_>, keys: &KeyList) -> Result<(u64, Vec<Finding>), DbError> {
    let checkpoints = checkpoints(tx, keys)?;
    let mut findings = Vec::new();
    let (mut last, mut before, mut count) = (0_i64, GENESIS.to_vec(), 0_u64);
    loop {
        let page = tx.query(
            "SELECT seq, at, actor, act, subject_kind, subject_id, unit_id, detail, hash FROM audit \
             WHERE seq > ?1 ORDER BY seq LIMIT ?2",
            params![last, PAGE],
            link,
        )?;
        let Some((end, _)) = page.last() else { break };
        let end = end.seq;
        for (link, hash) in page {
            let expected = last.saturating_add(1);
            if link.seq != expected {
                findings.push(Finding::AuditDeleted { seq: expected });
            } else if link.hash(&before).as_slice() != hash {
                findings.push(Finding::AuditChanged { seq: link.seq });
            }
            if checkpoints.iter().any(|(seq, head)| *seq == link.seq && head.as_deref() != Some(&hash[..])) {
                findings.push(Finding::AuditRewritten { seq: link.seq });
            }
            count = count.saturating_add(1);
            (last, before) = (link.seq, hash);
        }
        last = end;
    }
    let signed = checkpoints.iter().map(|(seq, _)| *seq).max().unwrap_or(0);
    let head = tx.query_opt("SELECT entries, head FROM audit_head WHERE one = 1", params![], |row| {
        Ok((row.int(0)?, row.bytes(1)?))
    })?;
    let (entries, head) = head.unwrap_or((0, GENESIS.to_vec()));
    if last < entries.max(signed) {
        findings.push(Finding::AuditDeleted { seq: last.saturating_add(1) });
    } else if (entries, head) != (last, before) {
        findings.push(Finding::AuditChanged { seq: last });
    }
    Ok((count, findings))
}

/// An entry and the hash that a checkpoint signed; nothing where the checkpoint itself is no good.
type Pinned = (i64, Option<Vec<u8>>);

fn checkpoints(tx: &mut Tx<'_>, keys: &KeyList) -> Result<Vec<Pinned>, DbError> {
    let rows = tx.query("SELECT seq, signed FROM audit_checkpoints ORDER BY seq", params![], |row| {
        Ok((row.int(0)?, row.text(1)?))
    })?;
    let opened = |(seq, text): (i64, String)| {
        let head = serde_json::from_str::<Signed>(&text).ok().and_then(|signed| {
            let key = keys.find(&signed.key_id).ok()?;
            let checkpoint: Checkpoint = signed.open(Purpose::AuditCheckpoint, &key).ok()?;
            (checkpoint.seq == seq).then(|| hex::decode(checkpoint.head).ok())?
        });
        (seq, head)
    };
    Ok(rows.into_iter().map(opened).collect())
}

fn link(row: &Row<'_>) -> Result<(Link, Vec<u8>), DbError> {
    let link = Link {
        seq: row.int(0)?,
        at: row.int(1)?,
        actor: row.opt_text(2)?,
        act: row.text(3)?,
        subject_kind: row.opt_text(4)?,
        subject_id: row.opt_text(5)?,
        unit_id: row.opt_text(6)?,
        detail: row.text(7)?,
    };
    Ok((link, row.bytes(8)?))
}
