//! The same screens in other looks: dark, large, English, small. Only pictures, for people to judge,
//! so they are taken when `CITIZEN_TOUR_LOOKS` is set and not in every run.

use super::{Stage, TITLE};
use crate::window::{AppWindow, WindowError};
use crate::world::TAN_DUONG;

struct Look {
    name: &'static str,
    /// Root text size in percent beside the setting, as a browser's zoom of text.
    percent: u16,
    language: &'static str,
    theme: &'static str,
    phone: (u32, u32),
    desk: (u32, u32),
}

const PLAIN: Look = Look {
    name: "plain",
    percent: 100,
    language: "vi",
    theme: "light",
    phone: (390, 844),
    desk: (1366, 768),
};
const LOOKS: [Look; 5] = [
    PLAIN,
    Look { name: "dark", theme: "dark", ..PLAIN },
    Look { name: "english", language: "en", ..PLAIN },
    Look { name: "small", phone: (360, 640), desk: (1024, 640), ..PLAIN },
    Look { name: "twice", percent: 200, ..PLAIN },
];

impl Stage {
    /// Takes the pictures, and says what stands beyond the right edge of a window.
    ///
    /// # Errors
    /// [`WindowError`] at the first thing that is not seen.
    pub async fn looks(
        &mut self,
        phone: &AppWindow,
        desk: &AppWindow,
        number: &str,
    ) -> Result<(), WindowError> {
        if std::env::var_os("CITIZEN_TOUR_LOOKS").is_none() {
            return Ok(());
        }
        self.tell("Các màn hình: nền tối, tiếng Anh, máy nhỏ, chữ gấp đôi");
        self.network.go_offline().await;
        go(phone, "/").await?;
        phone.press("new-report").await?;
        phone.press_one("category", "An ninh").await?;
        phone.write("words", "Xe tải chạy giờ cấm qua cổng trường, ba ngày liền").await?;
        phone.choose("commune", TAN_DUONG).await?;
        phone.write("place-words", "Cổng trường tiểu học").await?;
        phone.press("send-report").await?;
        phone.see("sent-title").await?;
        for look in &LOOKS {
            self.phone_looks(phone, look, number).await?;
            self.desk_looks(desk, look, number).await?;
        }
        Ok(())
    }

    async fn phone_looks(&self, phone: &AppWindow, look: &Look, number: &str) -> Result<(), WindowError> {
        wear(phone, look, look.phone).await?;
        go(phone, "/").await?;
        phone.see("waiting-card").await?;
        self.both(phone, look, "home").await?;
        phone.press("new-report").await?;
        phone.see("words").await?;
        self.both(phone, look, "compose").await?;
        go(phone, "/outbox").await?;
        phone.see("outbox-item").await?;
        self.both(phone, look, "outbox").await?;
        go(phone, "/reports?tab=done").await?;
        phone.press(&format!("report-row@{number}")).await?;
        phone.see("answer").await?;
        self.both(phone, look, "case").await
    }

    async fn desk_looks(&self, desk: &AppWindow, look: &Look, number: &str) -> Result<(), WindowError> {
        wear(desk, look, look.desk).await?;
        go(desk, "/outbox").await?;
        desk.see("outbox-sent-see").await?;
        self.both(desk, look, "desk-outbox").await?;
        desk.press(&format!("outbox-sent-see@{number}")).await?;
        desk.reads("report-words", TITLE).await?;
        self.both(desk, look, "desk-intake").await
    }

    /// The top of a screen, and its end if it scrolls.
    async fn both(&self, window: &AppWindow, look: &Look, screen: &str) -> Result<(), WindowError> {
        let beyond = window.script(BEYOND).await?;
        if beyond.as_array().is_some_and(|list| !list.is_empty()) {
            println!("      {}, {screen}: beyond the edge {beyond}", look.name);
        }
        self.picture(window, &format!("look-{screen}-{}", look.name)).await?;
        if window.script(TO_THE_END).await? == true {
            self.picture(window, &format!("look-{screen}-{}-end", look.name)).await?;
        }
        Ok(())
    }
}

/// Follows a link of the app itself.
async fn go(window: &AppWindow, path: &str) -> Result<(), WindowError> {
    let follow = format!(
        "const link = document.createElement('a'); link.href = '{path}'; document.body.append(link);
         link.click(); link.remove(); arguments[arguments.length - 1](true);"
    );
    window.script(&follow).await.map(drop)
}

async fn wear(window: &AppWindow, look: &Look, (width, height): (u32, u32)) -> Result<(), WindowError> {
    window.resize(width, height).await?;
    go(window, "/me").await?;
    window.see("sign-out").await?;
    for (name, value) in [("language", look.language), ("theme", look.theme)] {
        let choose = format!(
            "document.querySelector('[name={name}][value={value}]').click(); arguments[arguments.length - 1](true);"
        );
        window.script(&choose).await?;
    }
    let size = format!(
        "document.documentElement.style.fontSize = '{}%'; arguments[arguments.length - 1](true);",
        look.percent
    );
    window.script(&size).await.map(drop)
}

const BEYOND: &str = "const list = [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.photos, .vh, svg'))
    .map((one) => one.tagName + '.' + one.className);
    arguments[arguments.length - 1](list.slice(0, 8));";
const TO_THE_END: &str = "const pane = [...document.querySelectorAll('.scroll, .pane__scroll')].at(-1);
    if (pane) pane.scrollTop = pane.scrollHeight;
    arguments[arguments.length - 1](Boolean(pane) && pane.scrollTop > 0);";
