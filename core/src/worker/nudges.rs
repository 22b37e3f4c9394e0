//! Nudges: the backend says that something moved, and the worker looks.

use citizen_contract::sync::Nudge;

use super::Engine;
use crate::events::CoreEvent;
use crate::outbox::{Backoff, LONGEST_WAIT_MS};
use crate::ports::{Method, Request};

impl Engine {
    /// Listens as long as there is a session; a broken stream is opened again after a backoff.
    pub(super) async fn listen(&self) {
        let mut failures = 0_u32;
        while let Some(token) = self.listening_token().await {
            let request =
                Request::new(Method::Get, "/v1/nudges").header("accept", "text/event-stream").bearer(token);
            if let Ok(mut lines) = self.ports.transport.open_lines(request).await {
                failures = 0;
                // What moved while nobody listened is found by looking once.
                self.want_sync();
                self.announce(CoreEvent::Queue);
                while let Some(line) = lines.next_line().await {
                    self.heard(&line);
                }
            }
            // A token that no longer serves shows itself to the next sync, which refreshes it.
            self.want_sync();
            failures = failures.saturating_add(1);
            let backoff = Backoff { random: self.ports.random.as_ref(), now: self.ports.clock.now() };
            self.ports.clock.wait_until(backoff.next(failures, None)).await;
        }
    }

    async fn listening_token(&self) -> Option<crate::ports::Secret> {
        let session = self.session.as_ref()?;
        loop {
            if let Some(token) = session.token().await {
                return Some(token);
            }
            // The session ended; a new sign-in replaces this engine.
            let far = self.ports.clock.now().plus_millis(LONGEST_WAIT_MS);
            self.ports.clock.wait_until(far).await;
        }
    }

    fn heard(&self, line: &str) {
        let Some(data) = line.strip_prefix("data:") else { return };
        match serde_json::from_str(data.trim_start()) {
            Ok(Nudge::Feed { .. }) => self.want_sync(),
            Ok(Nudge::Queue) => self.announce(CoreEvent::Queue),
            // A newer backend may nudge about things that this program does not know.
            Err(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::{FakeBackend, Phone};

    #[tokio::test]
    async fn a_nudge_about_a_feed_makes_the_worker_look_and_others_do_not() {
        let backend = FakeBackend::start().await;
        let phone = Phone::of(&backend).await;
        phone.settle().await;
        let before = backend.syncs();
        for line in
            ["event: nudge", ": still here", "data: {\"moved\":\"hologram\"}", "data: {\"moved\":\"queue\"}"]
        {
            phone.engine.heard(line);
        }
        phone.settle().await;
        assert_eq!(backend.syncs(), before);
        phone.engine.heard("data: {\"moved\":\"feed\",\"feed\":\"account:a\",\"seq\":7}");
        phone.settle().await;
        assert_eq!(backend.syncs(), before + 1);
    }
}
