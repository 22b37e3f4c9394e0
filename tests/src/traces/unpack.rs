//! What compressed parts of some bytes hold: gzip, zlib, and members of ZIP files, wherever they begin.

use std::io::Read as _;

use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};

/// Nothing larger is unpacked.
const LARGEST: u64 = 64 << 20;
/// What unpacks to less than this says nothing: any bytes do so by chance.
const LEAST: usize = 4;

/// Each compressed part, unpacked, with the name of its kind.
pub(super) fn unpacked(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut parts = Vec::new();
    for at in 0..bytes.len() {
        let rest = &bytes[at..];
        let part = match rest {
            [0x1f, 0x8b, 8, ..] => ("gzip", whole(GzDecoder::new(rest))),
            // A zlib header: deflate, a window of 32 KiB, and a check of the two bytes.
            [0x78, flags, ..] if (0x78_00 + u16::from(*flags)).is_multiple_of(31) => {
                ("zlib", whole(ZlibDecoder::new(rest)))
            }
            [b'P', b'K', 3, 4, ..] => {
                ("zip", member(rest).map_or_else(Vec::new, |it| whole(DeflateDecoder::new(it))))
            }
            _ => continue,
        };
        if part.1.len() >= LEAST {
            parts.push(part);
        }
    }
    parts
}

/// Everything up to the end or the first damage.
fn whole(reader: impl std::io::Read) -> Vec<u8> {
    let mut all = Vec::new();
    let _ = reader.take(LARGEST).read_to_end(&mut all);
    all
}

/// The compressed bytes of a member, after its local header; a stored member lies there in clear.
fn member(header: &[u8]) -> Option<&[u8]> {
    let number = |at: usize| Some(usize::from(u16::from_le_bytes([*header.get(at)?, *header.get(at + 1)?])));
    (number(8)? == 8).then_some(())?;
    header.get(30 + number(26)? + number(28)?..)
}
