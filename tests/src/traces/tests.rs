use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use unicode_normalization::UnicodeNormalization as _;

use super::*;

const NAME: &str = "Lương Thị Mẫu";
const NUMBER: &str = "031192000017";

fn packed(kind: &str, bytes: &[u8]) -> Vec<u8> {
    let best = Compression::best();
    match kind {
        "gzip" => {
            let mut encoder = GzEncoder::new(Vec::new(), best);
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
        "zlib" => {
            let mut encoder = ZlibEncoder::new(Vec::new(), best);
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
        _ => {
            let mut encoder = DeflateEncoder::new(Vec::new(), best);
            encoder.write_all(bytes).unwrap();
            let mut member = b"PK\x03\x04\x14\0\0\0\x08\0".to_vec();
            member.extend([0; 16]);
            member.extend([5, 0, 0, 0]);
            member.extend(b"a.txt");
            member.extend(encoder.finish().unwrap());
            member
        }
    }
}

#[test]
fn what_is_planted_in_any_way_is_found() {
    let traces = Traces::of(&[NAME, NUMBER]);
    let around = |middle: Vec<u8>| [b"\x01before ".to_vec(), middle, b" after\xff".to_vec()].concat();
    let wide = |big: bool| -> Vec<u8> {
        let order = if big { u16::to_be_bytes } else { u16::to_le_bytes };
        NAME.encode_utf16().flat_map(order).collect()
    };
    let decomposed: String = NAME.nfd().collect();
    let base64 = |before: &str| {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(format!("{before}{NAME} rest")).into_bytes()
    };
    for (how, bytes) in [
        ("clear", NAME.as_bytes().to_vec()),
        ("decomposed", decomposed.into_bytes()),
        ("folded", b"luong thi mau".to_vec()),
        ("small", "lương thị mẫu".as_bytes().to_vec()),
        ("wide", wide(false)),
        ("wide, big end first", wide(true)),
        ("hexadecimal", hex::encode(NAME).into_bytes()),
        ("base64", base64("")),
        ("base64, one later", base64("a")),
        ("base64, two later", base64("ab")),
        ("escaped", br#"{"name":"L\u01b0\u01a1ng Th\u1ecb M\u1eabu"}"#.to_vec()),
        ("in an address", "q=L%C6%B0%C6%A1ng%20Th%E1%BB%8B%20M%E1%BA%ABu".into()),
        ("the number", NUMBER.as_bytes().to_vec()),
        ("gzip", packed("gzip", format!("{NAME} and more").as_bytes())),
        ("zlib", packed("zlib", format!("{NAME} and more").as_bytes())),
        ("zip", packed("zip", format!("{NAME} and more").as_bytes())),
        ("zip in gzip", packed("gzip", &packed("zip", format!("{NAME} and more").as_bytes()))),
    ] {
        assert_ne!(traces.in_bytes(&around(bytes)), Vec::<String>::new(), "{how}");
    }
    assert_eq!(traces.in_bytes("Nguyễn Văn Mẫu, 031090000001".as_bytes()), Vec::<String>::new());
}

#[test]
fn a_file_is_found_by_what_it_holds_and_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("a/b")).unwrap();
    fs::write(folder.path().join("a/b/journal"), format!("x{NUMBER}x")).unwrap();
    fs::write(folder.path().join(format!("a/{NAME}.lock")), "").unwrap();
    fs::write(folder.path().join("a/innocent"), "nothing").unwrap();
    let copied = tempfile::tempdir().unwrap();
    copy(folder.path(), copied.path());
    let found = Traces::of(&[NAME, NUMBER]).in_folder(copied.path());
    let mut files: Vec<_> = found.into_iter().map(|it| it.file).collect();
    files.dedup();
    assert_eq!(files.len(), 2, "{files:?}");
}
