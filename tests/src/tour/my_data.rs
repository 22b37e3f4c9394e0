//! What is kept of the newcomer, in her hands: seen, copied, agreed to, and in the end erased.

use super::newcomer::{NEW_PIN, tap};
use super::{Device, Stage};
use crate::traces::files_below;
use crate::window::{AppWindow, WindowError};
use crate::world::Who;

impl Stage {
    /// Looks at what is stored, agrees to a purpose and withdraws it, and saves a copy.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn newcomer_sees_her_data(&mut self, phone: &AppWindow) -> Result<(), WindowError> {
        self.tell("Xem dữ liệu đang lưu");
        phone.press_words("Cá nhân").await?;
        phone.reads("consents-count", "1/5").await?;
        self.picture(phone, "profile").await?;
        phone.press("my-data").await?;
        phone.reads("stored-name", Who::Newcomer.name()).await?;
        self.picture(phone, "stored").await?;
        phone.press("back").await?;

        self.tell("Đồng ý cho gọi điện, rồi rút lại");
        phone.press("my-consents").await?;
        phone.press("consent-contact").await?;
        phone.see("consent-contact").await?;
        phone.says("Đồng ý từ").await?;
        self.picture(phone, "consent-given").await?;
        phone.press("consent-contact").await?;
        phone.says("Đã rút").await?;
        self.picture(phone, "consent-withdrawn").await?;
        phone.press("back").await?;

        self.tell("Tải một bản về máy");
        phone.press("data-export").await?;
        phone.reads("data-saved", "du-lieu-cua-toi").await?;
        self.picture(phone, "copy-saved").await?;
        self.takes_the_copy_away()
    }

    /// The copy is hers and readable, so it does not stay where traces are searched afterwards.
    fn takes_the_copy_away(&self) -> Result<(), WindowError> {
        let copies: Vec<_> = files_below(self.folder())
            .into_iter()
            .filter(|file| file.extension().is_some_and(|ending| ending == "zip"))
            .collect();
        assert_eq!(copies.len(), 1, "{copies:?}");
        for copy in copies {
            assert!(std::fs::metadata(&copy)?.len() > 1000, "an empty copy");
            std::fs::remove_file(copy)?;
        }
        Ok(())
    }

    /// Asks for the erasure of the account; the office carries it out, and the phone forgets it.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn newcomer_is_erased(&mut self) -> Result<(), WindowError> {
        self.tell("Yêu cầu xóa tài khoản, gõ mật khẩu");
        let phone = self.open(Device::Phone).await?;
        tap(&phone, NEW_PIN).await?;
        phone.gone("lock").await?;
        phone.press_words("Cá nhân").await?;
        phone.press("erase-account").await?;
        phone.see("erase-password").await?;
        self.picture(&phone, "erase-ask").await?;
        phone.write("erase-password", Who::Newcomer.password()).await?;
        phone.press("erase-send").await?;
        phone.see("erase-asked").await?;
        self.picture(&phone, "erase-asked").await?;
        phone.press("erase-close").await?;

        self.tell("Nơi tiếp nhận thấy yêu cầu với hạn trả lời, và xóa");
        let desk = self.open_desk(Device::IntakeDesk, Who::Intake).await?;
        desk.press("nav-data").await?;
        desk.reads("task", "Xóa tài khoản").await?;
        self.picture(&desk, "task").await?;
        desk.press("task-do").await?;
        desk.see("task-send").await?;
        self.picture(&desk, "task-sure").await?;
        desk.press("task-send").await?;
        desk.reads("task", "Đã làm").await?;
        self.picture(&desk, "task-done").await?;

        self.tell("Máy được báo tài khoản đã xóa, và xóa bản lưu của mình");
        phone.see("account-erased").await?;
        self.picture(&phone, "erased").await?;
        phone.press("erased-remove").await?;
        phone.see("welcome-register").await?;
        self.picture(&phone, "forgotten").await?;
        desk.close().await?;
        phone.close().await
    }
}
