//! What a release adds to the configuration: where updates are, which key signed them, who the publisher
//! is. None of it is a secret, and none of it is in the tree, since every locality has its own.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::run;

/// Address of `latest.json`, which says what the newest version is.
const UPDATE_URL: &str = "CITIZEN_UPDATE_URL";
/// The public key that must have signed an update, as `tauri signer generate` prints it.
const UPDATE_KEY: &str = "CITIZEN_UPDATE_KEY";
/// SHA-1 of the publisher's certificate in the store of Windows.
const CERTIFICATE: &str = "CITIZEN_WINDOWS_CERTIFICATE";
/// Who says at what time a program was signed, so that it stays valid after the certificate ends.
const TIMESTAMPS: &str = "http://timestamp.digicert.com";

/// The file with the additions; nothing where the environment names none.
///
/// # Errors
/// A sentence if half of what updates need is missing, or the file cannot be written.
pub fn file() -> Result<Option<PathBuf>, String> {
    let said = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let Some(additions) =
        additions(said(UPDATE_URL).as_deref(), said(UPDATE_KEY).as_deref(), said(CERTIFICATE).as_deref())?
    else {
        return Ok(None);
    };
    let folder = run::target_dir().join("xtask");
    let file = folder.join("release.conf.json");
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&file, additions.to_string()))
        .map_err(|error| format!("{} cannot be written: {error}.", file.display()))?;
    Ok(Some(file))
}

fn additions(
    url: Option<&str>,
    key: Option<&str>,
    certificate: Option<&str>,
) -> Result<Option<Value>, String> {
    let mut config = json!({});
    if let Some(url) = url {
        let key = key.ok_or_else(|| format!("{UPDATE_URL} is given and {UPDATE_KEY} is not."))?;
        if !url.starts_with("https://") {
            return Err(format!("{UPDATE_URL} must begin with https://."));
        }
        config["bundle"]["createUpdaterArtifacts"] = json!(true);
        // An old version that was once signed is no update, whatever a server calls it.
        config["plugins"]["updater"] =
            json!({ "endpoints": [url], "pubkey": key, "requireSignedVersion": true });
    }
    if let Some(thumbprint) = certificate {
        config["bundle"]["windows"] = json!({
            "certificateThumbprint": thumbprint, "digestAlgorithm": "sha256", "timestampUrl": TIMESTAMPS,
        });
    }
    Ok(config.as_object().is_some_and(|it| !it.is_empty()).then_some(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_without_anything_adds_nothing() {
        assert_eq!(additions(None, Some("key"), None), Ok(None));
    }

    #[test]
    fn updates_need_an_encrypted_address_and_a_key() {
        let config = additions(Some("https://example.vn/latest.json"), Some("key"), None).unwrap().unwrap();
        assert_eq!(config["plugins"]["updater"]["pubkey"], "key");
        assert_eq!(config["plugins"]["updater"]["requireSignedVersion"], true);
        assert!(additions(Some("https://example.vn/latest.json"), None, None).is_err());
        assert!(additions(Some("http://example.vn/latest.json"), Some("key"), None).is_err());
    }

    #[test]
    fn a_certificate_signs_with_a_time() {
        let config = additions(None, None, Some("AB12")).unwrap().unwrap();
        assert_eq!(config["bundle"]["windows"]["certificateThumbprint"], "AB12");
        assert!(config["plugins"].is_null());
    }
}
