//! What the windows have left on their devices: nothing that anybody typed.

use std::time::Duration;

use super::{ANSWER, Device, OTHER_TITLE, OTHER_WORDS, Stage, TITLE, WORDS};
use crate::traces::{Traces, files_below};
use crate::window::WindowError;
use crate::world::Who;

/// What a session is sent as: whoever repeats a message repeats these names.
const NAMES_OF_SECRETS: [&str; 3] = ["access_token", "refresh_token", "device_token"];

/// How long the app may take until it asks.
const OPENING: Duration = Duration::from_secs(60);

impl Stage {
    /// Opens the app on this device once more as a person does, without WebDriver, which makes the
    /// window's own engine remember more; closes it again once it has asked for what is new.
    ///
    /// # Errors
    /// [`WindowError`] if it does not start or asks for nothing.
    pub async fn opens_undriven(&mut self, device: Device) -> Result<(), WindowError> {
        self.tell("Mở ứng dụng như người dùng, không qua WebDriver");
        let before = self.network.counters().requests;
        let launch = self.launch(device)?;
        let mut app = launch.undriven(self.screen())?;
        let asks = self.network.until(|counters| counters.requests > before);
        let asked = tokio::time::timeout(OPENING, asks).await.is_ok();
        app.kill()?;
        app.wait()?;
        asked.then_some(()).ok_or(WindowError::Missing("an app that asks for what is new"))
    }

    /// Searches every file of every device, what the toolkit and the window's engine left beside them,
    /// and the logs at the finest level. `typed` is what this story's people typed beside their names.
    ///
    /// # Panics
    /// When something of a person is found, or when there is nothing to search.
    pub fn nothing_is_left_behind(&mut self, who: Who, typed: &[&str]) {
        self.tell("Tìm trong mọi tệp còn lại trên các máy: không có gì của ai");
        let words = [WORDS, OTHER_WORDS, TITLE, OTHER_TITLE, ANSWER, "Ổ gà sâu", "hát quá giờ", "vá nhựa"];
        let mut texts: Vec<String> =
            words.iter().chain(typed).chain(&NAMES_OF_SECRETS).map(|&text| text.to_owned()).collect();
        texts.extend([who.name(), who.number(), who.password()].map(str::to_owned));
        texts.extend(self.office.codes());
        let traces = Traces::of(&texts);
        let logs: Vec<_> = files_below(self.folder()).into_iter().filter(|it| it.ends_with("log")).collect();
        assert!(!logs.is_empty(), "no log");
        for log in &logs {
            let said = std::fs::read_to_string(log).expect("a log can be read");
            assert!(said.contains("citizen_core"), "{} says nothing", log.display());
        }
        let files = files_below(self.folder()).len();
        println!("      {files} tệp, {} nhật ký", logs.len());
        assert_eq!(traces.in_folder(self.folder()), []);
        // What is planted there in clear is found, so that finding nothing says something.
        std::fs::write(self.folder().join("planted"), texts.join("\n")).expect("a file");
        let found = traces.in_folder(self.folder());
        assert!(found.len() >= texts.len(), "{} of {}", found.len(), texts.len());
    }
}
