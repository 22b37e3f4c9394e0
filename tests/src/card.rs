//! The code of a sample citizen card as a picture, as a person photographs or scans it.

use std::path::Path;

use image::{GrayImage, Luma};
use qrcode::{Color, QrCode};

/// Pixels for one module of the code.
const MODULE: u32 = 8;
/// Modules of quiet around the code.
const QUIET: u32 = 4;

/// Writes the code of `text` as a PNG file.
///
/// # Panics
/// When the text is too long for a code or the file cannot be written.
pub fn write_card_code(text: &str, file: &Path) {
    let code = QrCode::new(text).expect("the text of a card fits into a code");
    let width = u32::try_from(code.width()).expect("a code has at most 177 modules a side");
    let colors = code.to_colors();
    let side = (width + 2 * QUIET) * MODULE;
    let picture = GrayImage::from_fn(side, side, |x, y| {
        let (column, row) = ((x / MODULE).wrapping_sub(QUIET), (y / MODULE).wrapping_sub(QUIET));
        let dark = column < width
            && row < width
            && colors.get((row * width + column) as usize) == Some(&Color::Dark);
        Luma([if dark { 20 } else { 235 }])
    });
    picture.save(file).expect("the picture of the code can be written");
}
