//! What tells screens to look again. An event says which kind of thing changed, never what.

use serde::Serialize;
use tokio::sync::broadcast;
use ts_rs::TS;

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum CoreEvent {
    /// Drafts, commands, photos on their way.
    Outbox,
    /// Documents came, changed or went.
    Documents,
    /// The backend became reachable or unreachable.
    Network,
    /// Somebody signed in or out, or must sign in again.
    Session,
    /// The intake queue changed on the backend.
    Queue,
    /// A link to a report was opened outside.
    Link,
}

/// Where events are announced and heard. A listener that is slow misses events, which is no harm:
/// each only says "look again".
#[derive(Clone)]
pub struct Events(broadcast::Sender<CoreEvent>);

impl Default for Events {
    fn default() -> Self {
        Self(broadcast::channel(64).0)
    }
}

impl Events {
    /// Announces a change.
    pub fn announce(&self, event: CoreEvent) {
        // Nobody listening is fine.
        let _ = self.0.send(event);
    }

    /// Hears changes from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<CoreEvent> {
        self.0.subscribe()
    }
}
