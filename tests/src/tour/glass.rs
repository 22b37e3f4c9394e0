//! What a story is seen on: how large the screens are, and how large the system wants text.

/// The screens of all devices of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glass {
    /// A phone and a desktop as they are sold now.
    Usual,
    /// The smallest screens that the app promises to fit.
    Small,
    /// The usual ones, of people who set the system's text to twice its size.
    TwiceTheText,
}

impl Glass {
    /// The folder of its pictures within that of the story's usual ones.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::Usual => "",
            Self::Small => "small",
            Self::TwiceTheText => "twice-the-text",
        }
    }

    /// Width and height of a phone.
    pub(super) fn phone(self) -> (u32, u32) {
        match self {
            Self::Small => (360, 640),
            Self::Usual | Self::TwiceTheText => (390, 844),
        }
    }

    /// Width and height of a desktop's window.
    pub(super) fn desk(self) -> (u32, u32) {
        match self {
            Self::Small => (1024, 640),
            Self::Usual | Self::TwiceTheText => (1366, 768),
        }
    }

    /// The system's text size in percent.
    pub(super) fn text(self) -> u32 {
        if self == Self::TwiceTheText { 200 } else { 100 }
    }
}
