//! What the newcomer does about who she is: shows her card, takes another number and another PIN.

use super::newcomer::{NEW_MOBILE, NEW_PIN, PIN, tap};
use super::{Device, Stage};
use crate::window::{AppWindow, WindowError};
use crate::world::Who;

impl Stage {
    /// Shows her card at the office: a wrong name is told, the right one raises her level, on her phone too.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn newcomer_shows_her_card(&mut self, phone: &AppWindow) -> Result<(), WindowError> {
        self.tell("Mang thẻ tới nơi tiếp nhận; cán bộ gõ sai tên, rồi gõ đúng");
        let desk = self.open_desk(Device::IntakeDesk, Who::Intake).await?;
        desk.press("nav-cards").await?;
        desk.write("card-number", Who::Newcomer.number()).await?;
        desk.write("card-name", Who::Citizen.name()).await?;
        desk.write("card-phone", "017").await?;
        desk.press("card-seen").await?;
        desk.press("card-confirm").await?;
        desk.reads("card-answer", "Họ tên không khớp").await?;
        self.picture(&desk, "card-other-name").await?;
        desk.write("card-name", Who::Newcomer.name()).await?;
        desk.press("card-confirm").await?;
        desk.reads("card-answer", "Đã xác nhận").await?;
        self.picture(&desk, "card-confirmed").await?;
        desk.close().await?;

        self.tell("Máy của chị tự biết: đã xác minh");
        phone.press("back").await?;
        phone.press("me-verify").await?;
        phone.see("verified").await?;
        self.picture(phone, "verified").await?;
        phone.press("back").await
    }

    /// Takes another phone number, by a code that goes to the new one.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn newcomer_changes_number(&mut self, phone: &AppWindow) -> Result<(), WindowError> {
        self.tell("Đổi số điện thoại: mật khẩu, rồi mã gửi tới số mới");
        let before = self.office.newest_code();
        phone.press("me-phone").await?;
        phone.write("phone-new", NEW_MOBILE).await?;
        phone.write("own-password", Who::Newcomer.password()).await?;
        self.picture(phone, "phone-new").await?;
        phone.press("phone-send").await?;
        phone.reads("code-phone", "018").await?;
        let code = self.office.newest_code();
        assert_ne!(code, before, "a code went to the new number");
        phone.write("code", &code).await?;
        phone.reads("phone-done", "018").await?;
        self.picture(phone, "phone-done").await?;
        phone.press("back").await
    }

    /// Takes another PIN, which opens the lock from then on.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn newcomer_changes_pin(&mut self, phone: &AppWindow) -> Result<(), WindowError> {
        self.tell("Đổi mã PIN, khóa và mở bằng mã mới");
        phone.press("me-pin").await?;
        phone.press("pin-change").await?;
        for digits in [PIN, NEW_PIN, NEW_PIN] {
            phone.see("pin-step").await?;
            tap(phone, digits).await?;
        }
        phone.press("me-pin").await?;
        self.picture(phone, "pin-settings").await?;
        phone.press("lock-now").await?;
        phone.see("lock").await?;
        tap(phone, NEW_PIN).await?;
        phone.gone("lock").await?;
        phone.press("back").await
    }
}
