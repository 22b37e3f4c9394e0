//! One account on two phones: a code for the new one, word of it on the first, and the cut.

use super::newcomer::MOBILE_HINT;
use super::{Device, Stage};
use crate::window::{AppWindow, WindowError};
use crate::world::Who;

impl Stage {
    /// Signs in on a phone that the backend has never seen: it asks for a code.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn newcomer_takes_another_phone(&mut self) -> Result<AppWindow, WindowError> {
        self.tell("Máy thứ hai: số căn cước, mật khẩu, rồi mã gửi tới số điện thoại");
        let before = self.office.newest_code();
        let other = self.open(Device::OtherPhone).await?;
        types_password(&other).await?;
        other.reads("code-phone", MOBILE_HINT).await?;
        self.picture(&other, "other-code").await?;
        let code = self.office.newest_code();
        assert_ne!(code, before, "another code was sent");
        other.write("code", &code).await?;
        other.press("pin-later").await?;
        other.see("new-report").await?;
        other.says(Who::Newcomer.name()).await?;
        self.picture(&other, "other-home").await?;
        Ok(other)
    }

    /// Comes back on the first phone, which needs no code, and is told of the other one.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn newcomer_is_told(&mut self, phone: &AppWindow) -> Result<(), WindowError> {
        self.tell("Đăng nhập lại ở máy đầu, không cần mã: được báo có máy mới");
        let before = self.office.newest_code();
        types_password(phone).await?;
        phone.see("new-report").await?;
        assert_eq!(self.office.newest_code(), before, "a known phone needs no code");
        phone.reads("new-device", "Máy mới vừa đăng nhập").await?;
        self.picture(phone, "told").await
    }

    /// Cuts the other phone off on the first; the other one says that its session is over.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn newcomer_cuts_off(
        &mut self,
        phone: &AppWindow,
        other: &AppWindow,
    ) -> Result<(), WindowError> {
        self.tell("Xem máy nào, đăng xuất máy kia");
        phone.press_words("Xem máy nào").await?;
        phone.see_count("device", 2).await?;
        phone.reads("device", "Mới").await?;
        self.picture(phone, "devices-two").await?;
        phone.press("device-sign-out").await?;
        phone.see("device-sign-out-confirm").await?;
        self.picture(phone, "cut-off").await?;
        phone.press("device-sign-out-confirm").await?;
        phone.reads("device-gone", "Đã đăng xuất").await?;
        phone.see_count("device", 1).await?;
        phone.gone("new-device").await?;
        self.picture(phone, "devices-after").await?;

        self.tell("Máy thứ hai tự biết phiên đã hết");
        other.see("session-over").await?;
        other.reads("session-over", "Cần đăng nhập lại").await?;
        self.picture(other, "session-over").await
    }

    /// Signs in again on the sheet of the phone that was cut off: it is a stranger now and needs a code.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn newcomer_comes_back(&mut self, other: &AppWindow) -> Result<(), WindowError> {
        self.tell("Đăng nhập lại ngay trên máy bị cắt: lại cần mã");
        let before = self.office.newest_code();
        fills_in(other).await?;
        other.reads("code-phone", MOBILE_HINT).await?;
        self.picture(other, "again-code").await?;
        let code = self.office.newest_code();
        assert_ne!(code, before, "the cut-off phone is not known any more");
        other.write("code", &code).await?;
        other.gone("session-over").await?;
        other.see("new-report").await?;
        self.picture(other, "again-home").await
    }
}

/// Number and password from the first screen.
async fn types_password(window: &AppWindow) -> Result<(), WindowError> {
    window.press("welcome-sign-in").await?;
    fills_in(window).await
}

/// Number and password, wherever they are asked for.
async fn fills_in(window: &AppWindow) -> Result<(), WindowError> {
    window.write("sign-in-number", Who::Newcomer.number()).await?;
    window.write("sign-in-password", Who::Newcomer.password()).await?;
    window.press("sign-in-send").await
}
