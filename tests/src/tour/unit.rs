//! What officials do at their desks.

use citizen_contract::documents::ReportDocument;
use citizen_contract::report_state::ReportState;

use super::stage::sign_in;
use super::{ANSWER, Device, OTHER_TITLE, Stage, TITLE};
use crate::photos::Shot;
use crate::window::{AppWindow, WindowError};
use crate::world::Who;

impl Stage {
    /// The intake officer has the queue open before anything arrives.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn intake_opens(&mut self) -> Result<AppWindow, WindowError> {
        self.tell("Vũ Thị Mẫu mở màn hình Tiếp nhận ở văn phòng huyện");
        let desk = self.open(Device::IntakeDesk).await?;
        desk.see("welcome-sign-in").await?;
        sign_in(&desk, Who::Intake).await?;
        desk.see("queue-search").await?;
        Ok(desk)
    }

    /// The report appears by itself, under its own number, and goes to the commune.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn intake_assigns(&mut self, desk: &AppWindow, number: &str) -> Result<(), WindowError> {
        self.tell("Phản ánh tự hiện ở màn hình Tiếp nhận; chuyển UBND xã Tân Dương");
        desk.press("nav-intake").await?;
        desk.see(&row(number)).await?;
        self.picture(desk, "queue").await?;
        self.assign(desk, number, "Troi mua la ngap").await?;
        self.server_says(ReportState::Assigned).await?;
        Ok(())
    }

    /// The other report goes to the commune too.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn intake_assigns_another(
        &mut self,
        desk: &AppWindow,
        number: &str,
    ) -> Result<(), WindowError> {
        self.tell("Chuyển cả phản ánh thứ hai");
        self.assign(desk, number, "nhà văn hóa thôn 5").await?;
        let assigned = |report: &ReportDocument| report.state == ReportState::Assigned;
        self.seen_by(Who::Citizen, OTHER_TITLE, "Assigned", assigned).await?;
        Ok(())
    }

    async fn assign(&self, desk: &AppWindow, number: &str, words: &str) -> Result<(), WindowError> {
        desk.press(&row(number)).await?;
        desk.reads("case-number", number).await?;
        desk.reads("report-words", words).await?;
        desk.press("act-assign").await?;
        desk.press_one("assign-unit", "UBND xã Tân Dương").await?;
        desk.write("assign-note", "Gần trường học, ưu tiên rào chắn trước.").await?;
        self.picture(desk, "intake").await?;
        desk.press("assign-send").await?;
        // What is done leaves the list.
        desk.gone(&row(number)).await
    }

    /// The handler's desk, with both reports in its list.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn handler_opens(&mut self) -> Result<AppWindow, WindowError> {
        self.tell("Hoàng Văn Thử mở màn hình Đang xử lý ở xã Tân Dương");
        self.open_desk(Device::HandlerDesk, Who::Handler).await
    }

    /// The handler, who never sees the sender, answers with a photo.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn handler_answers(&mut self, number: &str, photos: usize) -> Result<(), WindowError> {
        self.tell("Hoàng Văn Thử (xã Tân Dương) làm lại, trả lời kèm ảnh sau khi sửa");
        let desk = self.open_desk(Device::HandlerDesk, Who::Handler).await?;
        desk.press(&row(number)).await?;
        desk.press("start-send").await?;
        desk.gone("start-send").await?;
        self.writes_answer(&desk).await?;
        self.picture(&desk, "unit").await?;
        desk.press("answer-send").await?;
        self.server_says(ReportState::AwaitingApproval).await?;
        self.server_has_photos_of_answer(photos).await?;
        desk.close().await
    }

    /// Writes the answer and adds its photo.
    pub(super) async fn writes_answer(&self, desk: &AppWindow) -> Result<(), WindowError> {
        desk.see("answer-words").await?;
        assert!(!desk.words().await?.contains(Who::Citizen.name()), "the unit never sees who sent it");
        desk.write("answer-words", ANSWER).await?;
        desk.give_file("photo-input", &Shot::Rotated.path()).await?;
        desk.says("1/5").await
    }

    /// The approver publishes the answer.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn approver_approves(&mut self, number: &str) -> Result<(), WindowError> {
        self.tell("Lê Văn Ví Dụ duyệt và gửi trả lời cho người dân");
        let desk = self.open_desk(Device::ApproverDesk, Who::Approver).await?;
        desk.press(&row(number)).await?;
        desk.reads("proposed", "vá nhựa 6 m²").await?;
        self.picture(&desk, "approval").await?;
        desk.press("approve-send").await?;
        self.server_says(ReportState::Answered).await?;
        desk.close().await
    }

    pub(super) async fn open_desk(&self, device: Device, who: Who) -> Result<AppWindow, WindowError> {
        let desk = self.open(device).await?;
        // A desk that was open before still knows its person.
        if desk.see_one_of(&["welcome-sign-in", "nav-settings"]).await? == "welcome-sign-in" {
            sign_in(&desk, who).await?;
        }
        Ok(desk)
    }

    /// Photos of an answer that is not published are not the citizen's to see yet.
    pub(super) async fn server_has_photos_of_answer(&self, count: usize) -> Result<(), WindowError> {
        let reader = self.reader(Who::Handler);
        for _ in 0..400 {
            let report = reader.report(TITLE).await;
            let received = report
                .photos
                .iter()
                .filter(|photo| photo.state == citizen_contract::documents::PhotoState::Received);
            if received.count() == count {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        Err(WindowError::NotSeen { what: format!("{count} photos"), seen: String::new() })
    }
}

/// A report's row in a list, by its number.
pub(super) fn row(number: &str) -> String {
    format!("queue-row@{number}")
}
