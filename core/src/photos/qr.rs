//! Reading QR codes in a picture. Of the picture nothing is kept, only the text of its codes.

use image::imageops::FilterType;
use image::{DynamicImage, GrayImage};
use rqrr::PreparedImage;
use zeroize::Zeroizing;

use super::{PhotoError, decode};

/// The longer sides at which a picture is searched, in pixels: small first, because blur and noise
/// of a large photo hide a code that is plain in a smaller one. Larger pictures are never enlarged.
const SIDES: [u32; 3] = [1_200, 2_400, u32::MAX];

/// The texts of all codes in the picture that hold text; none if there is no code.
///
/// Takes a second for a photo of a phone: call it off the async threads.
///
/// # Errors
/// [`PhotoError`] if the bytes are no picture that we decode.
pub fn qr_texts(bytes: &[u8]) -> Result<Vec<Zeroizing<String>>, PhotoError> {
    let picture = DynamicImage::ImageLuma8(decode::decode(bytes)?.picture.into_luma8());
    let long = picture.width().max(picture.height());
    let mut searched = 0;
    for side in SIDES.map(|side| side.min(long)) {
        if side == searched {
            continue;
        }
        searched = side;
        let found = if side < long {
            texts_in(&picture.resize(side, side, FilterType::Triangle).into_luma8())
        } else {
            picture.as_luma8().map(texts_in).unwrap_or_default()
        };
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

fn texts_in(picture: &GrayImage) -> Vec<Zeroizing<String>> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let light = |x: usize, y: usize| {
        let at = y.saturating_mul(width).saturating_add(x);
        picture.as_raw().get(at).copied().unwrap_or(u8::MAX)
    };
    let mut prepared = PreparedImage::prepare_from_greyscale(width, height, light);
    let texts = prepared.detect_grids().into_iter().filter_map(|grid| Some(grid.decode().ok()?.1));
    texts.map(Zeroizing::new).collect()
}

#[cfg(test)]
mod tests;
