use keyring_core::mock;

use super::*;

fn healthy() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(mock::Store::new()?)
}

fn missing() -> keyring_core::Result<Arc<CredentialStore>> {
    Err(Error::NoDefaultStore)
}

#[test]
fn a_kept_secret_comes_back_byte_for_byte_and_can_be_forgotten() {
    let store = SystemKeyStore::new(healthy);
    let secret: Vec<u8> = (0..=255).collect();
    assert_eq!(store.get("store-key").unwrap(), None);
    store.set("store-key", &secret).unwrap();
    assert_eq!(store.get("store-key").unwrap().unwrap().as_slice(), secret);
    store.delete("store-key").unwrap();
    store.delete("store-key").unwrap();
    assert_eq!(store.get("store-key").unwrap(), None);
}

#[test]
fn a_system_without_a_key_store_is_no_safe_place_never_an_empty_one() {
    let store = SystemKeyStore::new(missing);
    assert_eq!(store.get("store-key"), Err(KeyStoreError::Unavailable));
    assert_eq!(store.set("store-key", &[1]), Err(KeyStoreError::Unavailable));
}

#[test]
fn a_locked_store_is_no_safe_place_and_an_odd_answer_is_a_refusal() {
    let locked = Error::NoStorageAccess("locked".into());
    assert_eq!(told(&locked), KeyStoreError::Unavailable);
    assert_eq!(told(&Error::PlatformFailure("gone".into())), KeyStoreError::Unavailable);
    assert_eq!(told(&Error::BadEncoding(vec![0xff])), KeyStoreError::Refused);
}

#[test]
fn an_entry_that_this_app_did_not_write_is_a_refusal() {
    assert_eq!(hex_bytes("0g"), None);
    assert_eq!(hex_bytes("abc"), None);
    assert_eq!(hex_bytes("00ff").unwrap().as_slice(), [0, 255]);
}
