//! The tour: the story of one report, and that of one account, told in real windows on a screen that
//! nobody needs to see.
//!
//! State is made only through the windows. Each step is printed, pictured, and checked by a second
//! client that reads the backend past every proxy.

mod checks;
mod citizen;
mod conflict;
mod counter;
mod glass;
mod left_behind;
mod looks;
mod my_data;
mod newcomer;
mod offline_row;
mod other_phone;
mod staff;
mod stage;
mod unit;

pub use glass::Glass;
pub use newcomer::NEWCOMER_TYPED;
pub use stage::{Device, Stage};

/// What the citizen writes, partly without diacritics, as people do.
pub const WORDS: &str =
    "Ổ gà sâu khoảng 20 cm trước cổng trường tiểu học. Troi mua la ngap, hoc sinh di xe hay nga.";
/// The words by which the report is recognised in lists.
pub const TITLE: &str = "Ổ gà sâu khoảng 20 cm";
/// What the citizen writes a second time, about something else.
pub const OTHER_WORDS: &str = "Loa kéo hát quá giờ ở nhà văn hóa thôn 5, đêm nào cũng tới 23 giờ.";
/// The words by which the second report is recognised.
pub const OTHER_TITLE: &str = "Loa kéo hát quá giờ";
/// What the commune answers.
pub const ANSWER: &str = "Xã đã vá nhựa 6 m² mặt đường trước cổng trường trong ngày. Đoạn rãnh thoát nước bên trái sẽ nạo vét trong tuần.";
