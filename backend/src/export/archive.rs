//! What lies in the ZIP, under which names. All names are made here, of ids: nothing that a person wrote
//! becomes the name of a file.

use citizen_contract::profile::Profile;
use citizen_contract::signed::Signed;
use serde_json::json;

use super::{Collected, ExportError, Photo, page};

/// A photo's file.
pub(super) fn photo_name(photo: &Photo) -> String {
    let ending = match photo.media_type.as_str() {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        _ => "bin",
    };
    format!("photos/{}.{ending}", photo.id)
}

/// All files but the photos.
pub(super) fn texts(
    collected: &Collected,
    keys: &Signed,
    profile: &Profile,
) -> Result<Vec<(String, Vec<u8>)>, ExportError> {
    let pretty =
        |value: &serde_json::Value| serde_json::to_vec_pretty(value).map_err(|_| ExportError::Unreadable);
    let data = json!({
        "made_at": collected.at,
        "account": collected.account,
        "citizen_id": collected.number,
        "phone": collected.phone,
        "reports": collected.reports,
        "rows": collected.rows,
    });
    let mut texts = vec![
        ("index.html".to_owned(), page::page(collected, profile).into_bytes()),
        ("data.json".to_owned(), pretty(&data)?),
        ("receipts/keys.json".to_owned(), exactly(keys)?),
    ];
    for (command, receipt) in &collected.receipts {
        texts.push((format!("receipts/{command}.json"), exactly(receipt)?));
    }
    Ok(texts)
}

/// The signed text stands inside as a string, so that no other spelling of the JSON around it matters.
fn exactly(signed: &Signed) -> Result<Vec<u8>, ExportError> {
    serde_json::to_vec_pretty(signed).map_err(|_| ExportError::Unreadable)
}
