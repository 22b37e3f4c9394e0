//! Receipts: only our own, signed by a key that chains to the pinned root, is a success.

use citizen_contract::keys::KeyList;
use citizen_contract::outcome::{Receipt, ReceiptError};
use citizen_contract::signed::{SignatureError, Signed};
use ed25519_dalek::VerifyingKey;
use rusqlite::{OptionalExtension as _, params};

use super::claim::Claimed;
use super::{OutboxError, Retry, retry};
use crate::ports::{Method, Request, Transport};
use crate::store::Database;

/// What a receipt turned out to be.
#[derive(Debug)]
pub enum Checked {
    /// It is for this command, these bytes, and signed by a listed key.
    Ours(Box<Receipt>),
    /// The key is not in the list that is kept here.
    UnknownKey,
    /// It proves nothing.
    Worthless,
}

/// Checks a receipt with the key list that is kept here.
///
/// # Errors
/// [`OutboxError::Store`].
pub fn check(
    db: &Database,
    root: &VerifyingKey,
    command: &Claimed,
    signed: &Signed,
) -> Result<Checked, OutboxError> {
    let Some(key) = kept_list(db, root)?.and_then(|list| list.find(&signed.key_id).ok()) else {
        return Ok(Checked::UnknownKey);
    };
    Ok(match Receipt::open(signed, &key, command.id, &command.sha256) {
        Ok(receipt) => Checked::Ours(Box::new(receipt)),
        Err(ReceiptError::Signature(SignatureError::OtherKey)) => Checked::UnknownKey,
        Err(_) => Checked::Worthless,
    })
}

/// The newest list that the root signed, if one is kept.
fn kept_list(db: &Database, root: &VerifyingKey) -> Result<Option<KeyList>, OutboxError> {
    let text: Option<String> = db.read(|tx| {
        Ok::<_, OutboxError>(tx.query_row("SELECT signed FROM key_lists", [], |r| r.get(0)).optional()?)
    })?;
    let Some(text) = text else { return Ok(None) };
    let signed: Signed = serde_json::from_str(&text)?;
    Ok(KeyList::open(&signed, root).ok())
}

/// Keeps a list if the root signed it and it is not older than the kept one. Says whether it did.
///
/// # Errors
/// [`OutboxError::Store`].
pub fn keep_list(db: &Database, root: &VerifyingKey, signed: &Signed) -> Result<bool, OutboxError> {
    let Ok(list) = KeyList::open(signed, root) else { return Ok(false) };
    let text = serde_json::to_string(signed)?;
    let kept = db.write(|tx| {
        Ok::<_, OutboxError>(tx.execute(
            "INSERT INTO key_lists (one, issued_at, signed) VALUES (1, ?1, ?2)
             ON CONFLICT (one) DO UPDATE SET issued_at = excluded.issued_at, signed = excluded.signed
             WHERE excluded.issued_at >= key_lists.issued_at",
            params![list.issued_at.0, text],
        )?)
    })?;
    Ok(kept > 0)
}

/// Asks the backend for its key list.
///
/// # Errors
/// The [`Retry`] that the answer calls for.
pub async fn fetch_list(transport: &dyn Transport) -> Result<Signed, Retry> {
    let request = Request::new(Method::Get, "/v1/keys");
    let answer = transport.send(request).await.map_err(retry::of_transport)?;
    retry::of_answer(&answer)?;
    serde_json::from_slice(&answer.body).map_err(|_| Retry::Offline)
}
