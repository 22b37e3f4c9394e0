use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use image::{GenericImageView as _, ImageEncoder as _, Rgb, RgbImage};

use super::*;

/// A camera's picture: red left half, blue right half, with EXIF.
fn camera_jpeg(width: u32, height: u32, orientation: u16) -> Vec<u8> {
    let picture =
        RgbImage::from_fn(
            width,
            height,
            |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) },
        );
    let ratio = |num, denom| Rational { num, denom };
    let field = |tag, value| Field { tag, ifd_num: In::PRIMARY, value };
    let fields = [
        field(Tag::Orientation, Value::Short(vec![orientation])),
        field(Tag::Model, Value::Ascii(vec![b"Camera of Mau".to_vec()])),
        field(Tag::DateTimeOriginal, Value::Ascii(vec![b"2024:04:01 08:30:00".to_vec()])),
        field(Tag::GPSLatitudeRef, Value::Ascii(vec![b"N".to_vec()])),
        field(Tag::GPSLatitude, Value::Rational(vec![ratio(20, 1), ratio(55, 1), ratio(30, 1)])),
        field(Tag::GPSLongitudeRef, Value::Ascii(vec![b"E".to_vec()])),
        field(Tag::GPSLongitude, Value::Rational(vec![ratio(106, 1), ratio(40, 1), ratio(0, 1)])),
    ];
    let mut block = std::io::Cursor::new(Vec::new());
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    writer.write(&mut block, false).unwrap();
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.set_exif_metadata(block.into_inner()).unwrap();
    encoder.encode_image(&picture).unwrap();
    bytes
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn a_turned_photo_stands_upright_is_smaller_and_carries_no_metadata() {
    let taken = camera_jpeg(2400, 1200, 6);
    assert!(contains(&taken, b"Camera of Mau"), "the sample has metadata");
    let prepared = prepare(&taken, Agreement::default()).unwrap();
    assert_eq!((prepared.width, prepared.height), (800, 1600));
    for trace in [&b"Exif"[..], b"Camera of Mau", b"2024:04:01"] {
        assert!(!contains(&prepared.bytes, trace), "metadata left");
    }
    let shown = image::load_from_memory(&prepared.bytes).unwrap();
    let (top, bottom) = (shown.get_pixel(400, 100), shown.get_pixel(400, 1500));
    assert!(top.0[0] > 150 && bottom.0[2] > 150, "turned by 90° clockwise: red above blue");
    assert_eq!((prepared.captured_at, prepared.captured_where), (None, None), "not agreed, not told");
}

#[test]
fn capture_time_and_place_are_told_as_far_as_agreed() {
    let taken = camera_jpeg(64, 32, 1);
    let told = prepare(&taken, Agreement { time: true, place: true }).unwrap();
    assert_eq!(told.captured_at, Some(UtcMillis(1_711_935_000_000)), "8:30 in Việt Nam is 1:30 UTC");
    let place = told.captured_where.unwrap();
    assert_eq!((place.lat_e7, place.lon_e7), (209_249_999, 1_066_666_666));
    let time_only = prepare(&taken, Agreement { time: true, place: false }).unwrap();
    assert_eq!(time_only.captured_where, None);
}

#[test]
fn other_formats_and_disguises_get_a_clear_code() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    for unsupported in [heic, b"GIF89a....".to_vec(), b"<svg onload=alert(1)>".to_vec(), Vec::new()] {
        let error = prepare(&unsupported, Agreement::default()).unwrap_err();
        assert_eq!(error.code(), "photo-format-unsupported");
    }
    let mut cut = camera_jpeg(640, 480, 1);
    cut.truncate(40);
    assert_eq!(prepare(&cut, Agreement::default()).unwrap_err(), PhotoError::Damaged);
}

#[test]
fn a_small_file_that_claims_a_huge_picture_is_refused_before_decoding() {
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bomb.extend_from_slice(&50_000_u32.to_be_bytes());
    bomb.extend_from_slice(&50_000_u32.to_be_bytes());
    bomb.extend_from_slice(&[8, 2, 0, 0, 0]);
    bomb.extend_from_slice(&[0xA4, 0x93, 0x3E, 0x8E]);
    let error = prepare(&bomb, Agreement::default()).unwrap_err();
    assert!(matches!(error, PhotoError::TooLarge | PhotoError::Damaged));
}

#[test]
fn clear_pixels_of_a_png_become_white_and_noise_meets_the_size_goal() {
    let mut clear = Vec::new();
    image::codecs::png::PngEncoder::new(&mut clear)
        .write_image(&[0, 0, 0, 0], 1, 1, image::ExtendedColorType::Rgba8)
        .unwrap();
    let white = image::load_from_memory(&prepare(&clear, Agreement::default()).unwrap().bytes).unwrap();
    assert!(white.get_pixel(0, 0).0[0] > 250);
    let mut seed = 1_u32;
    let noise = RgbImage::from_fn(1600, 1200, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(seed >> 24) as u8 / 4 + 90; 3])
    });
    let mut png = Vec::new();
    image::codecs::png::PngEncoder::new(&mut png)
        .write_image(&noise, 1600, 1200, image::ExtendedColorType::Rgb8)
        .unwrap();
    assert!(prepare(&png, Agreement::default()).unwrap().bytes.len() < 600_000);
}
