//! What a new citizen does on the first phone: registers with the code of a card, locks it, leaves.

use super::{Device, Stage};
use crate::card::write_card_code;
use crate::window::{AppWindow, WindowError};
use crate::world::{TAN_DUONG, Who};

const CARD: &str =
    "031192000017||Lương Thị Mẫu|17051992|Nữ|Thôn 3, Xã Tân Dương, Thủy Nguyên, Hải Phòng|01012022";
const MOBILE: &str = "0912 000 017";
/// All that is shown of it once the code is on its way.
pub(super) const MOBILE_HINT: &str = "017";
pub(super) const PIN: &str = "274951";
/// What she takes instead.
pub(super) const NEW_MOBILE: &str = "0912 000 018";
/// What she takes instead.
pub(super) const NEW_PIN: &str = "391726";
/// What the newcomer typed, was asked, or held before the camera, beside name, number and password.
pub const NEWCOMER_TYPED: [&str; 10] = [
    MOBILE,
    "0912000017",
    "912000017",
    NEW_MOBILE,
    "0912000018",
    "912000018",
    PIN,
    NEW_PIN,
    CARD,
    "17051992",
];

impl Stage {
    /// Registers from the first screen up to home: card, password, code, PIN.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn newcomer_registers(&mut self) -> Result<AppWindow, WindowError> {
        self.tell("Lương Thị Mẫu mở ứng dụng lần đầu, đọc mã trên ảnh thẻ");
        let phone = self.open(Device::Phone).await?;
        phone.see("welcome-register").await?;
        self.picture(&phone, "welcome").await?;
        phone.press("welcome-register").await?;
        phone.press("scan").await?;
        phone.see("scan-type").await?;
        self.picture(&phone, "scan").await?;
        phone.give_file("card-file", &self.card_picture()).await?;
        phone.see("card-read").await?;
        holds(&phone, "register-number", Who::Newcomer.number()).await?;
        holds(&phone, "register-name", Who::Newcomer.name()).await?;
        self.picture(&phone, "card-read").await?;

        self.tell("Gõ số điện thoại, chọn nơi ở, đồng ý mục cần có, đặt mật khẩu");
        phone.write("register-phone", MOBILE).await?;
        phone.choose("register-commune", TAN_DUONG).await?;
        phone.press("consent-account").await?;
        self.picture(&phone, "form").await?;
        phone.press("register-continue").await?;
        phone.write("register-password", Who::Newcomer.password()).await?;
        self.picture(&phone, "password").await?;
        phone.press("register-get-code").await?;

        self.tell("Gõ mã trong tin nhắn");
        phone.reads("code-phone", MOBILE_HINT).await?;
        self.picture(&phone, "code").await?;
        phone.write("code", &self.office.newest_code()).await?;

        self.tell("Đặt mã PIN, gõ hai lần trên bàn phím số");
        phone.says("Đặt mã PIN 6 số").await?;
        self.picture(&phone, "pin").await?;
        tap(&phone, PIN).await?;
        phone.says("Gõ lại mã PIN").await?;
        tap(&phone, PIN).await?;
        phone.see("new-report").await?;
        phone.says(Who::Newcomer.name()).await?;
        self.picture(&phone, "home").await?;
        Ok(phone)
    }

    /// Locks the app by hand, and opens it with the PIN alone while there is no network.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn newcomer_locks(&mut self, phone: &AppWindow) -> Result<(), WindowError> {
        self.tell("Mất mạng, khóa ứng dụng, mở bằng PIN");
        self.network.go_offline().await;
        // The strip moves what is below it; a finger that is quicker would miss.
        phone.see("strip-offline").await?;
        phone.press_words("Cá nhân").await?;
        phone.press("lock-now").await?;
        phone.see("lock").await?;
        self.picture(phone, "lock").await?;
        tap(phone, PIN).await?;
        phone.gone("lock").await?;
        self.network.go_online().await;
        Ok(())
    }

    /// Looks at the devices, where only this one stands, and signs out.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn newcomer_leaves(&mut self, phone: &AppWindow) -> Result<(), WindowError> {
        self.tell("Xem thiết bị: chỉ có máy này. Đăng xuất");
        phone.press("me-devices").await?;
        phone.see_count("device", 1).await?;
        phone.reads("device", "Máy này").await?;
        self.picture(phone, "devices-one").await?;
        phone.press("back").await?;
        phone.press("sign-out").await?;
        phone.press("sign-out-confirm").await?;
        phone.see("welcome-sign-in").await?;
        self.picture(phone, "signed-out").await
    }

    fn card_picture(&self) -> std::path::PathBuf {
        let file = self.folder().join("card.png");
        write_card_code(CARD, &file);
        file
    }
}

/// Presses digits on the pad.
pub(super) async fn tap(window: &AppWindow, digits: &str) -> Result<(), WindowError> {
    for digit in digits.chars() {
        window.press(&format!("pin-{digit}")).await?;
    }
    Ok(())
}

/// The field holds exactly these words.
async fn holds(window: &AppWindow, mark: &str, words: &str) -> Result<(), WindowError> {
    let value = window.see(mark).await?.prop("value").await?;
    assert_eq!(value.as_deref(), Some(words), "{mark}");
    Ok(())
}
