//! A picture that others may see: decoded under limits, turned upright, and written anew without
//! any of its metadata.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits, RgbImage};

/// The longest side of what screens show, in pixels.
const DISPLAY: u32 = 1600;
/// The longest side of what lists show, in pixels.
const THUMB: u32 = 320;
/// The most pixels that are decoded: a phone's 50-megapixel mode just fits.
const MAX_PIXELS: u64 = 51_000_000;
/// The longest side that is decoded, in pixels.
const MAX_SIDE: u32 = 16_384;
/// The most bytes that the decoder may ask for.
const MAX_ALLOC: u64 = 220 * 1024 * 1024;

/// What is shown instead of the original; both JPEG.
pub(super) struct Derivatives {
    pub(super) display: Vec<u8>,
    pub(super) thumb: Vec<u8>,
}

/// The bytes are no picture that we show.
#[derive(Debug, thiserror::Error)]
pub(super) enum PictureError {
    /// None of JPEG, PNG, WebP by its first bytes.
    #[error("not a JPEG, PNG or WebP file")]
    Format,
    /// Wider, higher or with more pixels than we decode.
    #[error("too many pixels")]
    TooManyPixels,
    /// Damaged.
    #[error("the picture cannot be decoded")]
    Damaged(#[from] ImageError),
}

/// Makes the derivatives. Works for up to seconds: call it on a blocking thread.
pub(super) fn derive(bytes: &[u8]) -> Result<Derivatives, PictureError> {
    let upright = decode(bytes)?;
    let display = shrink(&upright, DISPLAY);
    let thumb = shrink(&display, THUMB);
    Ok(Derivatives { display: jpeg(&display, 82)?, thumb: jpeg(&thumb, 75)? })
}

fn decode(bytes: &[u8]) -> Result<DynamicImage, PictureError> {
    let format = image::guess_format(bytes).map_err(|_| PictureError::Format)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return Err(PictureError::Format);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureError::TooManyPixels);
    }
    // A damaged orientation is no reason to hide the picture.
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder)?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    Ok(picture)
}

fn shrink(picture: &DynamicImage, side: u32) -> DynamicImage {
    if picture.width() <= side && picture.height() <= side {
        return picture.clone();
    }
    picture.thumbnail(side, side)
}

/// JPEG has no transparency: what shows through is white.
fn jpeg(picture: &DynamicImage, quality: u8) -> Result<Vec<u8>, ImageError> {
    let flat = if picture.color().has_alpha() { on_white(picture) } else { picture.to_rgb8() };
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(&flat)?;
    Ok(bytes)
}

fn on_white(picture: &DynamicImage) -> RgbImage {
    let rgba = picture.to_rgba8();
    let mut flat = RgbImage::new(rgba.width(), rgba.height());
    for (to, from) in flat.pixels_mut().zip(rgba.pixels()) {
        let [red, green, blue, alpha] = from.0;
        let blend = |c: u8| {
            let mixed = (u32::from(c) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255;
            u8::try_from(mixed).unwrap_or(255)
        };
        to.0 = [blend(red), blend(green), blend(blue)];
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image::RgbaImage::new(width, height).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    /// A PNG whose header claims a size that its few bytes do not hold.
    fn bomb(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = png(1, 1);
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        let crc = crc32(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&crc.to_be_bytes());
        bytes
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8)
                .fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
        })
    }

    #[test]
    fn a_header_that_claims_too_many_pixels_is_refused_before_decoding() {
        assert!(matches!(decode(&bomb(16_000, 16_000)), Err(PictureError::TooManyPixels)));
        assert!(matches!(decode(&bomb(60_000, 10)), Err(PictureError::Damaged(ImageError::Limits(_)))));
    }

    #[test]
    fn what_shows_through_becomes_white_and_small_pictures_do_not_grow() {
        let derived = derive(&png(30, 10)).unwrap();
        let shown = image::load_from_memory(&derived.display).unwrap().to_rgb8();
        assert_eq!(shown.dimensions(), (30, 10));
        assert_eq!(shown.get_pixel(15, 5).0, [255, 255, 255]);
    }

    #[test]
    fn only_the_first_bytes_say_what_a_file_is() {
        assert!(matches!(decode(b"%PDF-1.7"), Err(PictureError::Format)));
        assert!(matches!(decode(b""), Err(PictureError::Format)));
    }
}
