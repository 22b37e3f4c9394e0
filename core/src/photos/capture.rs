//! When and where a photo was taken, from its EXIF block.

use citizen_contract::command::Position;
use citizen_contract::time::UtcMillis;
use exif::{DateTime, Exif, In, Reader, Tag, Value};

/// Cameras without a zone in their clock are taken to show the time of Việt Nam (UTC+7).
const HOME_OFFSET_MINUTES: i64 = 7 * 60;

/// What the camera noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Capture {
    /// When.
    pub at: Option<UtcMillis>,
    /// Where.
    pub place: Option<Position>,
}

impl Capture {
    /// Reads a raw EXIF (TIFF) block; what cannot be read is absent.
    #[must_use]
    pub fn read(block: &[u8]) -> Self {
        let Ok(exif) = Reader::new().read_raw(block.to_vec()) else { return Self::default() };
        Self { at: taken_at(&exif), place: place(&exif) }
    }
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(lines) => lines.first().map(Vec::as_slice),
        _ => None,
    }
}

fn taken_at(exif: &Exif) -> Option<UtcMillis> {
    let mut time = DateTime::from_ascii(ascii(exif, Tag::DateTimeOriginal)?).ok()?;
    if let Some(offset) = ascii(exif, Tag::OffsetTimeOriginal) {
        // A zone that cannot be read leaves the home zone.
        let _ = time.parse_offset(offset);
    }
    let offset = time.offset.map_or(HOME_OFFSET_MINUTES, i64::from);
    let days = days_since_1970(i64::from(time.year), i64::from(time.month), i64::from(time.day));
    let minutes = (days * 24 + i64::from(time.hour)) * 60 + i64::from(time.minute) - offset;
    Some(UtcMillis((minutes * 60 + i64::from(time.second)) * 1000))
}

/// Days from 1970-01-01 in the Gregorian calendar (the months counted from March).
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    year * 365 + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (month * 153 + 2) / 5
        + day
        - 1
        - 719_468
}

fn place(exif: &Exif) -> Option<Position> {
    let lat_e7 = degrees_e7(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, b"S", 90)?;
    let lon_e7 = degrees_e7(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, b"W", 180)?;
    // Phones without a fix write zeros; nobody stands in the Gulf of Guinea.
    if lat_e7 == 0 && lon_e7 == 0 { None } else { Some(Position { lat_e7, lon_e7, accuracy_m: None }) }
}

fn degrees_e7(exif: &Exif, tag: Tag, side: Tag, negative: &[u8], most: i64) -> Option<i32> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let mut total = 0_i64;
    for (part, unit) in parts.iter().zip([1_i64, 60, 3600]) {
        let divisor = i64::from(part.denom).checked_mul(unit).filter(|divisor| *divisor != 0)?;
        total = total.checked_add(i64::from(part.num).checked_mul(10_000_000)?.checked_div(divisor)?)?;
    }
    if total > most * 10_000_000 {
        return None;
    }
    let total = if ascii(exif, side) == Some(negative) { -total } else { total };
    i32::try_from(total).ok()
}
