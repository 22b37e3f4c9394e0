//! Pictures of cards, as far as their code goes.

use image::{GrayImage, ImageEncoder as _, Luma};
use qrcode::{Color, QrCode};

/// A card's code with so many pixels a module and its quiet zone.
pub fn card_picture(text: &str, module: u32) -> GrayImage {
    let code = QrCode::new(text).unwrap();
    let width = u32::try_from(code.width()).unwrap();
    let colors = code.to_colors();
    let side = (width + 8) * module;
    GrayImage::from_fn(side, side, |x, y| {
        let (column, row) = ((x / module).wrapping_sub(4), (y / module).wrapping_sub(4));
        let dark = column < width && row < width && colors[(row * width + column) as usize] == Color::Dark;
        Luma([if dark { 20 } else { 235 }])
    })
}

pub fn png(picture: &GrayImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image::codecs::png::PngEncoder::new(&mut bytes)
        .write_image(picture.as_raw(), picture.width(), picture.height(), image::ExtendedColorType::L8)
        .unwrap();
    bytes
}
