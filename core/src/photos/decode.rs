//! Decoding under limits: size, pixels and memory are checked before a pixel is read.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

use super::PhotoError;

const MOST_BYTES: usize = 40 * 1024 * 1024;
const MOST_PIXELS: u64 = 64_000_000;
const LONGEST_SIDE: u32 = 20_000;
const MOST_MEMORY: u64 = 320 * 1024 * 1024;

/// A picture, upright, and the EXIF block that it came with.
pub(super) struct Decoded {
    pub picture: DynamicImage,
    pub exif: Option<Vec<u8>>,
}

pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, PhotoError> {
    let format = format(bytes)?;
    if bytes.len() > MOST_BYTES {
        return Err(PhotoError::TooLarge);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| refusal(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(PhotoError::TooLarge);
    }
    let orientation = decoder.orientation().map_err(|error| refusal(&error))?;
    let exif = decoder.exif_metadata().ok().flatten();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| refusal(&error))?;
    picture.apply_orientation(orientation);
    Ok(Decoded { picture, exif })
}

/// What the first bytes say; names and declared types are never believed.
fn format(bytes: &[u8]) -> Result<ImageFormat, PhotoError> {
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Ok(ImageFormat::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(ImageFormat::Png);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(ImageFormat::WebP);
    }
    Err(PhotoError::Unsupported)
}

fn refusal(error: &image::ImageError) -> PhotoError {
    match error {
        image::ImageError::Limits(_) => PhotoError::TooLarge,
        image::ImageError::Unsupported(_) => PhotoError::Unsupported,
        _ => PhotoError::Damaged,
    }
}
