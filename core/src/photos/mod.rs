//! Preparing photos on the device: checked, upright, smaller, and without anything but the picture.
//!
//! What leaves is a fresh JPEG of at most 1600 px. Capture time and place are given back as fields
//! for as far as the person agreed, and are in no byte of the file.

mod capture;
mod decode;
mod encode;
mod qr;

use citizen_contract::command::Position;
use citizen_contract::hash::ContentHash;
use citizen_contract::time::UtcMillis;

pub use capture::Capture;
pub use qr::qr_texts;

/// The media type of every prepared photo.
pub const MEDIA_TYPE: &str = "image/jpeg";

/// What may travel beside the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Agreement {
    /// When it was taken.
    pub time: bool,
    /// Where it was taken.
    pub place: bool,
}

/// A photo that is fit to be kept and sent.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// A JPEG.
    pub bytes: Vec<u8>,
    /// Its hash, made here while the person waits for the picture anyway.
    pub sha256: ContentHash,
    /// Its width in pixels, upright.
    pub width: u32,
    /// Its height in pixels, upright.
    pub height: u32,
    /// When it was taken, if known and agreed.
    pub captured_at: Option<UtcMillis>,
    /// Where it was taken, if known and agreed.
    pub captured_where: Option<Position>,
}

/// Why a file is not accepted as a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// Not JPEG, PNG or WebP; HEIC comes here too.
    #[error("this format is not supported")]
    Unsupported,
    /// More bytes or pixels than we decode.
    #[error("the picture is too large")]
    TooLarge,
    /// The bytes are damaged.
    #[error("the picture is damaged")]
    Damaged,
}

impl PhotoError {
    /// The short code that screens act on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unsupported => "photo-format-unsupported",
            Self::TooLarge => "photo-too-large",
            Self::Damaged => "photo-damaged",
        }
    }
}

/// Prepares a photo as it came from a camera or a file. Takes a second or two: call it off the
/// async threads.
///
/// # Errors
/// [`PhotoError`].
pub fn prepare(bytes: &[u8], agreement: Agreement) -> Result<Prepared, PhotoError> {
    let decoded = decode::decode(bytes)?;
    let picture = encode::fit(decoded.picture, encode::LONG_SIDE);
    let capture = decoded.exif.map(|exif| Capture::read(&exif)).unwrap_or_default();
    let bytes = encode::jpeg(&picture)?;
    Ok(Prepared {
        width: picture.width(),
        height: picture.height(),
        sha256: ContentHash::of(&bytes),
        bytes,
        captured_at: capture.at.filter(|_| agreement.time),
        captured_where: capture.place.filter(|_| agreement.place),
    })
}

/// A small version of a prepared photo for lists.
///
/// # Errors
/// [`PhotoError`].
pub fn thumbnail(bytes: &[u8]) -> Result<Vec<u8>, PhotoError> {
    let decoded = decode::decode(bytes)?;
    encode::jpeg(&encode::fit(decoded.picture, encode::THUMB_SIDE))
}

#[cfg(test)]
mod tests;
