//! The tour: the story of one report, told in real windows on a screen that nobody needs to see.
//!
//! State is made only through the windows. Each step is printed, pictured, and checked by a second
//! client that reads the backend past every proxy.

mod checks;
mod citizen;
mod stage;
mod unit;

pub use stage::{Device, Stage};

/// What the citizen writes, partly without diacritics, as people do.
pub const WORDS: &str =
    "Ổ gà sâu khoảng 20 cm trước cổng trường tiểu học. Troi mua la ngap, hoc sinh di xe hay nga.";
/// The words by which the report is recognised in lists.
pub const TITLE: &str = "Ổ gà sâu khoảng 20 cm";
/// What the commune answers.
pub const ANSWER: &str = "Xã đã vá nhựa 6 m² mặt đường trước cổng trường trong ngày. Đoạn rãnh thoát nước bên trái sẽ nạo vét trong tuần.";
