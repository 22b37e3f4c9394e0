//! Two officials act on one report, one of them without a network.

use citizen_contract::command::Urgency;
use citizen_contract::documents::ReportDocument;
use citizen_contract::report_state::{Act, ReportState};

use super::unit::row;
use super::{OTHER_TITLE, Stage, TITLE};
use crate::window::{AppWindow, WindowError};
use crate::world::Who;

const NOTE: &str = "Đã gọi đội thoát nước, chờ trả lời.";

impl Stage {
    /// The commune starts on what it sees, while the office assigns the report anew. The later one is
    /// told who did what; nothing of the first is overwritten, and the other report goes on.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn two_officials_meet(
        &mut self,
        commune: &AppWindow,
        office: &AppWindow,
        number: &str,
        other: &str,
    ) -> Result<(), WindowError> {
        self.starts_both_offline(commune, number, other).await?;
        self.assigned_again(office, number).await?;

        self.tell("Xã có mạng lại: việc kia đi, việc này dừng và nói ai vừa làm gì");
        self.commune_network.go_online().await;
        commune.press("outbox-retry").await?;
        let started = |report: &ReportDocument| report.state == ReportState::InProgress;
        self.seen_by(Who::Handler, OTHER_TITLE, "InProgress", started).await?;
        commune.reads("outbox-problem", "vừa được Văn phòng HĐND và UBND huyện Thủy Nguyên thay đổi").await?;
        commune.reads("outbox-item", "Ghi chú nội bộ").await?;
        self.picture(commune, "conflict-outbox").await?;
        let kept = self.server_says(ReportState::Assigned).await?;
        assert_eq!(kept.timeline.last().map(|entry| entry.act), Some(Act::Assign), "nothing is overwritten");
        let report = self.reader(Who::Handler).report(TITLE).await;
        assert!(report.notes.iter().all(|note| note.words != NOTE), "the lane behind it waits");

        commune.press_one("outbox-see", "Xem").await?;
        commune.reads("case-number", number).await?;
        commune
            .reads("conflict", "Văn phòng HĐND và UBND huyện Thủy Nguyên vừa phân công phản ánh này")
            .await?;
        self.picture(commune, "conflict").await?;
        self.drops_what_stopped(commune).await
    }

    async fn starts_both_offline(
        &mut self,
        commune: &AppWindow,
        number: &str,
        other: &str,
    ) -> Result<(), WindowError> {
        self.tell("Xã mất mạng: bắt đầu xử lý cả hai việc, ghi một dòng nội bộ; tất cả nằm chờ");
        commune.see(&row(other)).await?;
        commune.see(&row(number)).await?;
        self.commune_network.go_offline().await;
        // The strip moves what is below it; a hand that is quicker would miss.
        commune.see("strip-offline").await?;
        commune.press(&row(number)).await?;
        commune.press("start-send").await?;
        commune.gone("start-send").await?;
        commune.write("note-words", NOTE).await?;
        commune.press("note-send").await?;
        commune.reads("note", NOTE).await?;
        commune.press("to-list").await?;
        commune.press(&row(other)).await?;
        commune.reads("case-number", other).await?;
        commune.press("start-send").await?;
        commune.gone("start-send").await?;
        commune.press("nav-outbox").await?;
        commune.see_count("outbox-item", 3).await
    }

    async fn assigned_again(&mut self, office: &AppWindow, number: &str) -> Result<(), WindowError> {
        self.tell("Cùng lúc, văn phòng huyện chuyển lại việc này ở mức Khẩn");
        office.press("nav-outbox").await?;
        office.press(&format!("outbox-sent-see@{number}")).await?;
        office.reads("case-number", number).await?;
        office.press("act-assign").await?;
        office.choose("assign-level", "urgent").await?;
        office.press("assign-send").await?;
        let urgent = |report: &ReportDocument| report.urgency == Urgency::Urgent;
        self.seen_by(Who::Handler, TITLE, "Urgent", urgent).await?;
        Ok(())
    }

    async fn drops_what_stopped(&mut self, commune: &AppWindow) -> Result<(), WindowError> {
        self.tell("Xã bỏ việc cũ của mình; dòng nội bộ dựa vào nó cũng chờ người quyết định");
        commune.press("conflict-drop").await?;
        commune.gone("conflict").await?;
        commune.press("nav-outbox").await?;
        commune.reads("outbox-problem", "Mục trước của cùng phản ánh đã bị bỏ").await?;
        commune.press("outbox-delete").await?;
        commune.press("outbox-delete-confirm").await?;
        commune.gone("outbox-item").await?;
        commune.press("back").await
    }
}
