//! Two officials who are new: imported by the administrator, a first sign-in with its duties, a
//! second one with a code, and what the log says of it.

use totp_rs::{Builder, Secret};

use super::stage::sign_in;
use super::{Device, Stage};
use crate::window::{AppWindow, WindowError};
use crate::world::Who;

const LIST: &str = "\u{feff}Số định danh;Họ và tên;Chức danh;Vai trò;Đơn vị\r\n\
     031188000021;Bùi Thị Mẫu;Công chức văn hóa;Xử lý;Xã Tân Dương\r\n\
     031075000022;Vũ Văn Ví Dụ;Phó Chủ tịch;Người duyệt;Xã Tân Dương\r\n\
     12345;Ai Đó;;Xử lý;Xã Tân Dương\r\n";
const NUMBER: &str = "031188000021";
const NAME: &str = "Bùi Thị Mẫu";
const OWN: &str = "bốn con trâu trắng";

impl Stage {
    /// The administrator looks at a list, imports it, and sees the given passwords.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn administrator_imports(&mut self) -> Result<AppWindow, WindowError> {
        self.tell("Đặng Văn Mẫu mở Tài khoản cán bộ, xem trước danh sách rồi nhập");
        let desk = self.open(Device::AdministratorDesk).await?;
        sign_in(&desk, Who::Administrator).await?;
        desk.see("staff-row").await?;
        desk.see("staff-import").await?;
        self.picture(&desk, "accounts").await?;
        let file = self.folder().join("can-bo.csv");
        std::fs::write(&file, LIST)?;
        desk.press("staff-import").await?;
        desk.give_file("import-file", &file).await?;
        desk.reads("import-summary", "Nhập được 2 trên 3 dòng").await?;
        self.picture(&desk, "import-preview").await?;
        desk.press("import-go").await?;
        desk.see_count("import-password", 2).await?;
        self.picture(&desk, "imported").await?;
        Ok(desk)
    }

    /// One of them signs in with the given password on another desk and does both duties.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    ///
    /// # Panics
    /// If the secret on the screen is none.
    pub async fn official_begins(&mut self, administrator: &AppWindow) -> Result<AppWindow, WindowError> {
        self.tell("Bùi Thị Mẫu đăng nhập lần đầu trên máy khác: đổi mật khẩu");
        let given = administrator.see("import-password").await?.text().await?;
        administrator.press("import-close").await?;
        administrator.says(NAME).await?;
        let desk = self.open(Device::NewDesk).await?;
        desk.press("welcome-sign-in").await?;
        types(&desk, given.trim()).await?;
        desk.see("duty-current").await?;
        self.picture(&desk, "duty-password").await?;
        desk.write("duty-current", given.trim()).await?;
        desk.write("duty-new", "BuiThiMau2024").await?;
        desk.reads("duty-weak", "Có tên của bạn").await?;
        desk.write("duty-new", OWN).await?;
        desk.reads("duty-weak", "Dùng được").await?;
        desk.press("duty-save").await?;

        self.tell("Thêm ứng dụng xác thực bằng mã QR, giữ mã dự phòng");
        let secret = desk.see("factor-secret").await?.text().await?.replace(' ', "");
        self.picture(&desk, "duty-factor").await?;
        desk.write("code", &code(&secret, self.now().0)).await?;
        desk.see("recovery-codes").await?;
        self.picture(&desk, "recovery-codes").await?;
        desk.press("recovery-kept").await?;
        desk.see("nav-work").await?;
        assert!(!desk.has("nav-accounts").await?, "places of other roles are not there");
        self.picture(&desk, "at-work").await?;
        self.secret = secret;
        Ok(desk)
    }

    /// Signs out and in again: with a code.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn official_comes_back(&mut self, desk: &AppWindow) -> Result<(), WindowError> {
        self.tell("Đăng xuất, đăng nhập lại với mã của ứng dụng xác thực");
        desk.press("nav-settings").await?;
        desk.press("sign-out").await?;
        desk.press("sign-out-confirm").await?;
        desk.press("welcome-sign-in").await?;
        types(desk, OWN).await?;
        desk.see("factor").await?;
        self.picture(desk, "factor").await?;
        // The code of this half minute was used; that of the next one serves already.
        desk.write("code", &code(&self.secret, self.now().0 + 30_000)).await?;
        desk.see("nav-work").await?;
        desk.holds("account-name", NAME).await
    }

    /// The administrator sees all of it in the log.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn administrator_reads_the_log(&mut self, desk: &AppWindow) -> Result<(), WindowError> {
        self.tell("Người quản trị xem nhật ký");
        desk.press("nav-audit").await?;
        for words in ["Nhập danh sách", "Đổi mật khẩu", "Cài mã xác thực", "Gõ đúng mã xác thực"]
        {
            desk.reads("audit-row", words).await?;
        }
        self.picture(desk, "audit").await?;
        desk.choose("audit-act", "account_added").await?;
        desk.see_count("audit-row", 2).await?;
        self.picture(desk, "audit-filtered").await
    }
}

async fn types(desk: &AppWindow, password: &str) -> Result<(), WindowError> {
    desk.write("sign-in-number", NUMBER).await?;
    desk.write("sign-in-password", password).await?;
    desk.press("sign-in-send").await
}

fn code(secret: &str, now: i64) -> String {
    let secret = Secret::try_from_base32(secret).expect("a secret in base32");
    let totp = Builder::new().with_secret(secret).with_account_name("x").build().expect("a generator");
    totp.generate(u64::try_from(now / 1000).expect("a time after 1970")).to_string()
}
