//! Making the picture smaller and writing it as a bare JPEG.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, Rgb, RgbImage};

use super::PhotoError;

/// The longer side of a photo that is sent, in pixels.
pub(super) const LONG_SIDE: u32 = 1600;
/// The longer side of a small version.
pub(super) const THUMB_SIDE: u32 = 320;
/// What a photo should not exceed; slow networks are why.
const TARGET_BYTES: usize = 400 * 1000;
const QUALITIES: [u8; 5] = [85, 77, 68, 58, 48];

/// The picture with its longer side at most `side`, never enlarged, on white where it is clear.
pub(super) fn fit(picture: DynamicImage, side: u32) -> RgbImage {
    let long = picture.width().max(picture.height());
    let picture = if long > side.saturating_mul(3) {
        // A cheap reduction first: the good filter on 12 megapixels would take seconds on a phone.
        picture.thumbnail(side.saturating_mul(2), side.saturating_mul(2))
    } else {
        picture
    };
    let picture = if long > side { picture.resize(side, side, FilterType::CatmullRom) } else { picture };
    on_white(picture)
}

fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let clear = picture.into_rgba8();
    let mut opaque = RgbImage::new(clear.width(), clear.height());
    for (from, to) in clear.pixels().zip(opaque.pixels_mut()) {
        let [red, green, blue, alpha] = from.0;
        let over = |value: u8| {
            let mixed = u32::from(value) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
            u8::try_from(mixed / 255).unwrap_or(u8::MAX)
        };
        *to = Rgb([over(red), over(green), over(blue)]);
    }
    opaque
}

/// A JPEG without any metadata, at the best quality that stays near the target.
pub(super) fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, PhotoError> {
    let mut bytes = Vec::new();
    for quality in QUALITIES {
        bytes.clear();
        JpegEncoder::new_with_quality(&mut bytes, quality)
            .encode_image(picture)
            .map_err(|_| PhotoError::Damaged)?;
        if bytes.len() <= TARGET_BYTES {
            break;
        }
    }
    Ok(bytes)
}
