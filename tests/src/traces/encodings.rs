//! In how many ways a text may stand in a file.

use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use citizen_contract::fold::fold;
use unicode_normalization::UnicodeNormalization as _;

/// The text in each spelling and encoding, with a name for it.
pub(super) fn encodings(text: &str) -> Vec<(String, Vec<u8>)> {
    let composed: String = text.nfc().collect();
    let small = composed.to_lowercase();
    let spellings = [
        ("composed", composed.clone()),
        ("decomposed", text.nfd().collect()),
        ("small letters", small.clone()),
        ("small letters, decomposed", small.nfd().collect()),
        ("folded", fold(text)),
        ("joined with plus signs", composed.replace(' ', "+")),
    ];
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    for (spelling, text) in spellings {
        for (encoding, bytes) in encoded(&text) {
            if all.iter().all(|(_, known)| *known != bytes) {
                all.push((format!("{spelling}, {encoding}"), bytes));
            }
        }
    }
    all
}

fn encoded(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let bytes = text.as_bytes();
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let mut all = vec![
        ("UTF-8", bytes.to_vec()),
        ("UTF-16, little end first", wide(u16::to_le_bytes)),
        ("UTF-16, big end first", wide(u16::to_be_bytes)),
        ("hexadecimal", hex::encode(bytes).into_bytes()),
        ("hexadecimal in capitals", hex::encode_upper(bytes).into_bytes()),
        ("per cent", percent(bytes)),
        ("JSON escapes", escaped(text)),
        ("a list of numbers", listed(bytes)),
    ];
    for shift in 0..3 {
        all.push(("base64", in_base64(&STANDARD, bytes, shift)));
        all.push(("base64 for addresses", in_base64(&URL_SAFE, bytes, shift)));
    }
    all
}

/// The letters that stand in base64 for `bytes` alone, whatever stands around them.
fn in_base64(engine: &impl base64::Engine, bytes: &[u8], shift: usize) -> Vec<u8> {
    let shifted: Vec<u8> = std::iter::repeat_n(0, shift).chain(bytes.iter().copied()).collect();
    let text = engine.encode(&shifted).into_bytes();
    // A letter holds six bits; those that neighbours have a share in are left out.
    let first = (shift * 8).div_ceil(6);
    let last = shifted.len() * 8 / 6;
    text.get(first..last).unwrap_or_default().to_vec()
}

fn percent(bytes: &[u8]) -> Vec<u8> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    bytes
        .iter()
        .flat_map(|&byte| if plain(byte) { vec![byte] } else { format!("%{byte:02X}").into_bytes() })
        .collect()
}

/// As `Debug` prints bytes.
fn listed(bytes: &[u8]) -> Vec<u8> {
    let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
    numbers.join(", ").into_bytes()
}

fn escaped(text: &str) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => vec![byte],
            _ => format!("\\u{unit:04x}").into_bytes(),
        })
        .collect()
}
