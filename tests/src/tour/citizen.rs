//! What the citizen does on the phone.

use super::stage::sign_in;
use super::{Device, OTHER_TITLE, OTHER_WORDS, Stage, TITLE, WORDS};
use crate::photos::Shot;
use crate::window::{AppWindow, WindowError};
use crate::world::{TAN_DUONG, Who};

impl Stage {
    /// Signs in and sees the home screen.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn citizen_signs_in(&mut self) -> Result<AppWindow, WindowError> {
        self.tell("Nguyễn Văn Mẫu mở ứng dụng và đăng nhập");
        let phone = self.open(Device::Phone).await?;
        phone.see("welcome-sign-in").await?;
        self.picture(&phone, "welcome").await?;
        sign_in(&phone, Who::Citizen).await?;
        phone.see("new-report").await?;
        self.picture(&phone, "home").await?;
        Ok(phone)
    }

    /// Writes a report without any network, and loses the app in the middle.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn citizen_writes_offline(&mut self, phone: AppWindow) -> Result<AppWindow, WindowError> {
        self.tell("Mất mạng. Viết phản ánh, 3 ảnh máy thật (2 ảnh giống hệt), chọn xã");
        self.network.go_offline().await;
        // The strip moves what is below it; a finger that is quicker would miss.
        phone.see("strip-offline").await?;
        phone.press("new-report").await?;
        phone.press("category").await?;
        phone.write("words", WORDS).await?;
        for (count, shot) in [(1, Shot::Phone), (2, Shot::Phone), (3, Shot::RotatedWithPosition)] {
            phone.give_file("photo-input", &shot.path()).await?;
            phone.says(&format!("{count}/5")).await?;
        }
        phone.choose("commune", TAN_DUONG).await?;
        phone.write("place-words", "Đường 359, thôn 3").await?;
        phone.says("Đã lưu nháp").await?;
        phone.says("Đang không có mạng").await?;
        self.picture(&phone, "compose-offline").await?;

        self.tell("Kết thúc ứng dụng đột ngột (kill -9), mở lại: bản nháp còn nguyên");
        phone.kill().await?;
        let phone = self.open(Device::Phone).await?;
        phone.press("draft-card").await?;
        phone.says("3/5").await?;
        assert_eq!(phone.see("words").await?.prop("value").await?.as_deref(), Some(WORDS));
        self.picture(&phone, "draft-again").await?;
        Ok(phone)
    }

    /// Sends the report into the outbox, and loses the app again.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn citizen_sends_offline(&mut self, phone: AppWindow) -> Result<AppWindow, WindowError> {
        self.tell("Bấm Gửi phản ánh khi không có mạng: vào hộp chờ gửi");
        phone.press("send-report").await?;
        phone.see("sent-title").await?;
        self.picture(&phone, "sent-waiting").await?;
        phone.press("sent-follow").await?;
        phone.reads("outbox-item", TITLE).await?;
        self.picture(&phone, "outbox").await?;

        self.tell("Kết thúc đột ngột lần nữa, mở lại: vẫn còn trong hộp chờ gửi");
        phone.kill().await?;
        let phone = self.open(Device::Phone).await?;
        phone.press("waiting-card").await?;
        phone.reads("outbox-item", TITLE).await?;
        let counters = self.network.counters();
        println!("      the network while off: {counters:?}");
        assert!(self.reader(Who::Citizen).reports().await.is_empty(), "nothing has left the phone");
        Ok(phone)
    }

    /// The network is back: words first, photos after, and the receipt with a number.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn network_returns(&mut self, phone: &AppWindow) -> Result<String, WindowError> {
        self.tell("Có mạng lại: lời gửi trước, ảnh sau, biên nhận có chữ ký và mã");
        self.network.go_online().await;
        phone.hears_of_network().await?;
        let report = self.server_has_photos(3).await?;
        phone.reads("outbox-sent", &report.number).await?;
        self.picture(phone, "outbox-sent").await?;
        println!("      the network in all: {:?}", self.network.counters());
        Ok(report.number)
    }

    /// Sends another report, with the network on, and sees its receipt.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn citizen_sends_another(&mut self, phone: &AppWindow) -> Result<String, WindowError> {
        self.tell("Gửi thêm một phản ánh khác, không ảnh; biên nhận hiện ngay");
        phone.press("back").await?;
        phone.press("new-report").await?;
        phone.press_one("category", "An ninh").await?;
        phone.write("words", OTHER_WORDS).await?;
        phone.choose("commune", TAN_DUONG).await?;
        phone.write("place-words", "Nhà văn hóa thôn 5").await?;
        // What only officials should read is not shared unless the person says so.
        phone.says("Chỉ cán bộ xử lý xem được nội dung.").await?;
        self.picture(phone, "compose").await?;
        phone.press("send-report").await?;
        let there = self.seen_by(Who::Citizen, OTHER_TITLE, "another report", |_| true).await?;
        assert!(!there.public, "nobody shared it");
        phone.reads("sent-number", &there.number).await?;
        self.picture(phone, "receipt").await?;
        phone.press("back").await?;
        phone.see("new-report").await?;
        Ok(there.number)
    }

    /// Reads the answer and rates it.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn citizen_rates(&mut self, phone: &AppWindow, rating: &str) -> Result<(), WindowError> {
        self.tell(&format!("Người dân đọc trả lời, xem ảnh trước và sau, đánh giá: {rating}"));
        phone.reads("answer", "vá nhựa 6 m²").await?;
        phone.see("photo").await?;
        phone.press(&format!("rating-{rating}")).await?;
        self.picture(phone, &format!("answer-{rating}")).await?;
        if rating == "unresolved" {
            phone.write("rate-words", "Rãnh bên trái vẫn ngập, nhờ xã xem lại").await?;
        }
        phone.press("rate-send").await
    }

    /// Opens the report's own page from the home screen.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn citizen_opens_report(&mut self, phone: &AppWindow, number: &str) -> Result<(), WindowError> {
        phone.press(&format!("report-row@{number}")).await?;
        phone.reads("case-number", number).await?;
        phone.reads("step", "Bạn gửi phản ánh").await?;
        self.picture(phone, "case").await
    }
}
