//! The page that anybody can open: everything in words, without a network and without a program.

use std::fmt::{Display, Write as _};

use citizen_contract::documents::{PhotoState, ReportDocument};
use citizen_contract::ids::UnitId;
use citizen_contract::my_data::{DataRequestKind, DataRequestState};
use citizen_contract::profile::Profile;
use citizen_contract::report_state::{Act, ReportState};
use citizen_contract::time::UtcMillis;
use citizen_contract::working_time::CivilDate;

use super::Collected;
use super::archive::photo_name;

const STYLE: &str = "body{font:17px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;\
    color:#0b2b33}h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2.2rem}table{border-collapse:collapse;\
    width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #d5e0e2}\
    th{width:14rem;font-weight:600}article{border:1px solid #d5e0e2;border-radius:12px;padding:1rem;margin:1rem 0}\
    img{max-width:100%;border-radius:8px;margin:.4rem 0}.words{white-space:pre-wrap}";

/// The page, in Vietnamese. Every text of a person goes through [`Page::said`].
pub(super) fn page(all: &Collected, profile: &Profile) -> String {
    let mut page = Page { html: String::new(), profile };
    page.raw(
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'\">\
         <title>Dữ liệu của tôi</title><style>",
    );
    page.raw(STYLE);
    page.raw("</style></head><body><h1>Dữ liệu của tôi</h1><p>");
    page.said(&format!("{} lập bản này lúc {}.", profile.locality.governing_body.vi, page.moment(all.at)));
    page.raw(
        "</p><p>Toàn bộ các dòng trong cơ sở dữ liệu nằm ở <a href=\"data.json\">data.json</a>. Biên nhận có chữ \
         ký nằm trong thư mục receipts, ảnh gốc trong thư mục photos. Giữ kín bản này như giấy tờ của bạn.</p>",
    );
    page.account(all);
    page.consents(all);
    page.devices(all);
    page.requests(all);
    page.raw(&format!("<h2>Phản ánh ({})</h2>", all.reports.len()));
    for report in &all.reports {
        page.report(report, all);
    }
    page.raw("</body></html>\n");
    page.html
}

struct Page<'p> {
    html: String,
    profile: &'p Profile,
}

impl Page<'_> {
    /// Markup of this program.
    fn raw(&mut self, markup: &str) {
        self.html.push_str(markup);
    }

    /// A text of whoever; no character of it is markup.
    fn said(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '"' => self.html.push_str("&quot;"),
                '\'' => self.html.push_str("&#39;"),
                other => self.html.push(other),
            }
        }
    }

    fn line(&mut self, name: &str, text: impl Display) {
        self.raw("<tr><th>");
        self.said(name);
        self.raw("</th><td>");
        self.said(&text.to_string());
        self.raw("</td></tr>");
    }

    fn moment(&self, at: UtcMillis) -> String {
        let calendar = &self.profile.calendar;
        let local = at.0.saturating_add(i64::from(calendar.utc_offset_minutes()).saturating_mul(60_000));
        let minute = local.div_euclid(60_000).rem_euclid(1_440);
        format!("{:02}:{:02} ngày {}", minute / 60, minute % 60, day(calendar.day_of(at)))
    }

    fn unit(&self, id: Option<&UnitId>) -> String {
        let unit = id.and_then(|id| self.profile.unit(id));
        unit.map_or_else(|| "không ghi".to_owned(), |unit| unit.entry.name.vi.clone())
    }

    fn account(&mut self, all: &Collected) {
        self.raw("<h2>Tài khoản</h2><table>");
        self.line("Họ và tên", &all.account.display_name);
        self.line("Số căn cước", &all.number);
        self.line("Điện thoại", all.phone.as_deref().unwrap_or("không ghi"));
        let person = all.rows.get("accounts").and_then(|rows| rows.get(0)).and_then(|row| row.get("person"));
        let declared = |name: &str| person.and_then(|person| person.get(name)?.as_str()).map(str::to_owned);
        self.line("Ngày sinh", declared("birth_date").as_deref().unwrap_or("không ghi"));
        let sex = match declared("sex").as_deref() {
            Some("male") => "Nam",
            Some("female") => "Nữ",
            _ => "không ghi",
        };
        self.line("Giới tính", sex);
        if let Some(phone) = declared("representative_phone") {
            self.line("Điện thoại người đại diện", phone);
        }
        let home = self.unit(all.account.home_unit.as_ref());
        self.line("Nơi ở", home);
        let since = self.moment(all.account.created_at);
        self.line("Lập tài khoản", since);
        self.raw("</table>");
    }

    fn consents(&mut self, all: &Collected) {
        self.raw("<h2>Đồng ý và rút đồng ý</h2><table>");
        for entry in &all.account.consents {
            let name = self.profile.personal.purpose(&entry.purpose);
            let name = name.map_or_else(|| entry.purpose.clone(), |purpose| purpose.name.vi.clone());
            let what = if entry.given { "Đồng ý" } else { "Rút đồng ý" };
            let text = format!("{what} lúc {}, bản lời {}", self.moment(entry.at), entry.wording);
            self.line(&name, text);
        }
        self.raw("</table>");
    }

    fn devices(&mut self, all: &Collected) {
        self.raw("<h2>Thiết bị</h2><table>");
        let rows = all.rows.get("devices").and_then(|rows| rows.as_array()).cloned().unwrap_or_default();
        for row in rows {
            let since = row.get("since").and_then(serde_json::Value::as_i64).unwrap_or(0);
            let name = row.get("name").and_then(|name| name.as_str()).unwrap_or_default().to_owned();
            let text = format!("đăng nhập lúc {}", self.moment(UtcMillis(since)));
            self.line(&name, text);
        }
        self.raw("</table>");
    }

    fn requests(&mut self, all: &Collected) {
        self.raw("<h2>Yêu cầu về dữ liệu</h2><table>");
        for request in &all.account.requests {
            let kind = match request.kind {
                DataRequestKind::Correct => "Sửa cho đúng",
                DataRequestKind::Restrict => "Hạn chế xử lý",
                DataRequestKind::Object => "Phản đối xử lý",
                DataRequestKind::Erase => "Xóa tài khoản",
            };
            let state = match request.state {
                DataRequestState::Open => "chờ trả lời",
                DataRequestState::Done => "đã làm",
                DataRequestState::Refused => "không làm",
                DataRequestState::TakenBack => "đã rút",
            };
            let answer = request.answer.as_deref().map(|answer| format!(". {answer}")).unwrap_or_default();
            let text = format!(
                "Gửi lúc {}, hạn trả lời {}: {state}{answer}",
                self.moment(request.asked_at),
                self.moment(request.due_at)
            );
            self.line(kind, text);
        }
        self.raw("</table>");
    }

    fn report(&mut self, report: &ReportDocument, all: &Collected) {
        self.raw("<article><h3>");
        self.said(&report.number);
        self.raw("</h3><p class=\"words\">");
        self.said(&report.words);
        self.raw("</p><table>");
        let category = self.profile.category(&report.category);
        let category = category.map_or_else(|| report.category.clone(), |it| it.name.vi.clone());
        self.line("Loại việc", category);
        let unit = self.unit(report.place.unit_id.as_ref());
        self.line("Nơi xảy ra", format!("{} ({unit})", report.place.words));
        let sent = self.moment(report.submitted_at);
        self.line("Gửi lúc", sent);
        self.line("Đang ở bước", state(report.state));
        if let Some(question) = &report.question {
            self.line("Câu hỏi", &question.words);
        }
        if let Some(answer) = &report.answer {
            self.line("Trả lời", &answer.words);
        }
        if let Some(rating) = &report.rating {
            self.line("Đánh giá của bạn", &rating.words);
        }
        self.raw("</table><ul>");
        for entry in &report.timeline {
            self.raw("<li>");
            let text = format!("{}: {}", self.moment(entry.at), act(entry.act));
            self.said(&text);
            self.raw("</li>");
        }
        self.raw("</ul>");
        let arrived = report.photos.iter().filter(|photo| photo.state != PhotoState::Awaited);
        for id in arrived.map(|photo| photo.id) {
            if let Some(photo) = all.photos.iter().find(|photo| photo.id == id) {
                let _ = write!(self.html, "<img alt=\"Ảnh của phản ánh\" src=\"{}\">", photo_name(photo));
            }
        }
        self.raw("</article>");
    }
}

fn day(date: CivilDate) -> String {
    let (year, month, day) = date.year_month_day();
    format!("{day:02}/{month:02}/{year}")
}

fn state(state: ReportState) -> &'static str {
    match state {
        ReportState::Received => "Đã nhận",
        ReportState::NeedsInformation => "Chờ bạn bổ sung",
        ReportState::Assigned => "Đã chuyển tới nơi xử lý",
        ReportState::InProgress => "Đang xử lý",
        ReportState::AwaitingApproval => "Chờ duyệt trả lời",
        ReportState::Answered => "Đã trả lời",
        ReportState::Closed => "Đã xong",
        ReportState::Refused => "Không tiếp nhận",
        ReportState::Reopened => "Mở lại theo đánh giá của bạn",
    }
}

fn act(act: Act) -> &'static str {
    match act {
        Act::Submit => "Bạn gửi phản ánh",
        Act::AddInformation => "Bạn bổ sung",
        Act::RateDone => "Bạn đánh giá",
        Act::RateUnresolved => "Bạn báo chưa xong",
        Act::Ask => "Nơi tiếp nhận hỏi thêm",
        Act::Assign => "Chuyển tới nơi xử lý",
        Act::Start => "Bắt đầu xử lý",
        Act::PassBack => "Trả lại nơi tiếp nhận",
        Act::Note => "Ghi chú",
        Act::Answer => "Nơi xử lý soạn trả lời",
        Act::Approve => "Trả lời được duyệt",
        Act::ReturnAnswer => "Trả lời cần sửa lại",
        Act::Refuse => "Không tiếp nhận",
    }
}
