//! An official makes several acts in a row without a network.

use citizen_contract::report_state::{Act, ReportState};

use super::unit::row;
use super::{Stage, TITLE};
use crate::window::{AppWindow, WindowError};
use crate::world::Who;

const NOTE: &str = "Đã đặt rào, xin 6 m² nhựa nguội.";

impl Stage {
    /// A note, the start and the answer with its photo wait in one lane and arrive in their order.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn handler_works_offline(&mut self, desk: &AppWindow, number: &str) -> Result<(), WindowError> {
        self.tell("Xã lại mất mạng: ghi chú, bắt đầu, trả lời kèm ảnh, liền nhau trên một phản ánh");
        desk.press(&row(number)).await?;
        desk.see("start-send").await?;
        self.commune_network.go_offline().await;
        desk.see("strip-offline").await?;
        desk.write("note-words", NOTE).await?;
        desk.press("note-send").await?;
        desk.reads("note", NOTE).await?;
        desk.press("start-send").await?;
        desk.gone("start-send").await?;
        self.writes_answer(desk).await?;
        self.picture(desk, "unit-offline").await?;
        desk.press("answer-send").await?;
        desk.gone("answer-send").await?;

        desk.press("nav-outbox").await?;
        desk.see_count("outbox-item", 3).await?;
        let mut waiting = Vec::new();
        for item in desk.all("outbox-item").await? {
            waiting.push(item.text().await?);
        }
        let kinds = ["Ghi chú nội bộ", "Bắt đầu xử lý", "Trả lời"];
        assert!(waiting.iter().zip(kinds).all(|(item, kind)| item.contains(kind)), "{waiting:?}");
        self.picture(desk, "lane").await?;
        let before = self.reader(Who::Handler).report(TITLE).await;
        assert_eq!(before.state, ReportState::Assigned, "nothing has left the desk");

        self.tell("Có mạng lại: cả ba tới đúng thứ tự");
        self.commune_network.go_online().await;
        desk.press("outbox-retry").await?;
        desk.gone("outbox-item").await?;
        let there = self.server_says(ReportState::AwaitingApproval).await?;
        let acts: Vec<Act> = there.timeline.iter().map(|entry| entry.act).collect();
        assert_eq!(acts, [Act::Submit, Act::Assign, Act::Assign, Act::Start, Act::Answer]);
        let there = self.reader(Who::Handler).report(TITLE).await;
        assert_eq!(there.notes.iter().filter(|note| note.words == NOTE).count(), 1, "the note counts once");
        self.server_has_photos_of_answer(4).await?;
        self.picture(desk, "lane-sent").await
    }
}
