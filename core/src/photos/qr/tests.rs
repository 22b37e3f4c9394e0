use image::imageops::{overlay, rotate90, rotate180};
use image::{GrayImage, Luma};

use super::*;
use crate::tests::{card_picture, png};

const TEXT: &str =
    "031090000001||Nguyễn Văn Mẫu|17051990|Nam|Thôn 1, Xã Mẫu, Thủy Nguyên, Hải Phòng|25042021";

fn texts(picture: &GrayImage) -> Vec<String> {
    qr_texts(&png(picture)).unwrap().iter().map(|text| text.to_string()).collect()
}

/// A table top with some grain.
fn table(width: u32, height: u32) -> GrayImage {
    GrayImage::from_fn(width, height, |x, y| Luma([150 + ((x * 7 + y * 13 + x * y) % 23) as u8]))
}

#[test]
fn a_code_is_read_upright_turned_and_upside_down() {
    let picture = card_picture(TEXT, 4);
    for turned in [picture.clone(), rotate90(&picture), rotate180(&picture)] {
        assert_eq!(texts(&turned), [TEXT]);
    }
}

#[test]
fn a_small_code_in_a_large_photo_is_found() {
    let mut photo = table(3_000, 2_000);
    overlay(&mut photo, &card_picture(TEXT, 4), 2_000, 1_200);
    assert_eq!(texts(&photo), [TEXT]);
}

#[test]
fn a_jpeg_of_a_poor_camera_is_read() {
    let mut photo = table(1_600, 1_200);
    overlay(&mut photo, &image::imageops::blur(&card_picture(TEXT, 6), 1.5), 500, 300);
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 40).encode_image(&photo).unwrap();
    assert_eq!(qr_texts(&bytes).unwrap().first().map(|text| text.as_str()), Some(TEXT));
}

#[test]
fn a_picture_without_a_code_has_none_and_no_picture_is_said_so() {
    assert!(texts(&table(900, 700)).is_empty());
    assert!(texts(&GrayImage::new(1, 1)).is_empty());
    assert_eq!(qr_texts(b"%PDF-1.7").unwrap_err(), PhotoError::Unsupported);
    let cut = png(&card_picture(TEXT, 4));
    assert_eq!(qr_texts(&cut[..cut.len() / 2]).unwrap_err(), PhotoError::Damaged);
}

#[test]
fn no_noise_and_no_damaged_code_breaks_the_search() {
    use crate::ports::{Random as _, SeededRandom};
    for seed in 0..30 {
        let random = SeededRandom::new(seed);
        let mut noise = vec![0; 120 * 90];
        random.fill(&mut noise);
        let mut picture = GrayImage::from_raw(120, 90, noise.clone()).unwrap();
        let _ = texts(&picture);
        picture = card_picture(TEXT, 3);
        for (at, byte) in noise.iter().enumerate().filter(|(_, byte)| **byte < 60) {
            let place = at * 37 % picture.as_raw().len();
            picture.as_flat_samples_mut().samples[place] = *byte;
        }
        let found = texts(&picture);
        assert!(found.is_empty() || found == [TEXT], "a damaged code says nothing or the truth");
    }
}
