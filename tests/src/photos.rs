//! Photographs of real cameras; `photos/README.md` says where they come from and why these.

use std::path::PathBuf;

/// A photograph of the collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shot {
    /// A phone's, 13 megapixels, 4208×3120.
    Phone,
    /// A camera's, 24 megapixels, 6.6 MB.
    Camera,
    /// A phone's, 2448×2448, rotated by flag 6, with a GPS position.
    RotatedWithPosition,
    /// 640×480, rotated by flag 8.
    Rotated,
    /// 480×640, mirrored by flag 4.
    Mirrored,
    /// An old phone's, 480×360, big-endian EXIF.
    OldPhone,
    /// Broken on purpose.
    Broken,
}

impl Shot {
    /// Where the file lies.
    ///
    /// # Panics
    /// When the collection has not been fetched.
    #[must_use]
    pub fn path(self) -> PathBuf {
        let name = match self {
            Self::Phone => "exif/test/short-ascii-II.jpg",
            Self::Camera => "exif/test/sony-alpha-6000.jpg",
            Self::RotatedWithPosition => "jpeg-exif/test/IMG_0001.JPG",
            Self::Rotated => "exif/test/right.jpg",
            Self::Mirrored => "exif/test/down-mirrored.jpg",
            Self::OldPhone => "exif/test/short-ascii-MM.jpg",
            Self::Broken => "exif/test/evil1.jpg",
        };
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("photos/node_modules").join(name);
        assert!(path.is_file(), "photographs are missing: run `npm ci` in tests/photos");
        path
    }

    /// All bytes of the file.
    ///
    /// # Panics
    /// When the collection has not been fetched.
    #[must_use]
    pub fn bytes(self) -> Vec<u8> {
        std::fs::read(self.path()).expect("a photograph can be read")
    }
}

/// A picture so small that a test can cut its upload at each byte: 16×16, a slope from dark to light.
///
/// # Panics
/// Never: such a picture can be written.
#[must_use]
pub fn tiny() -> Vec<u8> {
    let slope =
        image::GrayImage::from_fn(16, 16, |x, y| image::Luma([u8::try_from(8 * (x + y)).unwrap_or(255)]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    slope.write_to(&mut bytes, image::ImageFormat::Png).expect("a small picture is written");
    bytes.into_inner()
}
