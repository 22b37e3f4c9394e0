//! Nudges: "look again", told to whoever listens. They carry no document and may be lost; the next
//! sync finds everything without them.

use citizen_contract::sync::Nudge;
use tokio::sync::broadcast;

/// How many nudges a slow listener may fall behind before it is told that it missed some.
const BACKLOG: usize = 1024;

/// Where nudges are told and heard. Clones share one room.
#[derive(Debug, Clone)]
pub struct Nudges {
    room: broadcast::Sender<Nudge>,
}

impl Default for Nudges {
    fn default() -> Self {
        Self { room: broadcast::Sender::new(BACKLOG) }
    }
}

impl Nudges {
    /// Tells everybody. Call it only after COMMIT: a nudge for something that was rolled back would
    /// send clients looking for nothing.
    pub fn tell(&self, nudges: impl IntoIterator<Item = Nudge>) {
        for nudge in nudges {
            // No listener is no failure.
            let _ = self.room.send(nudge);
        }
    }

    /// Listens from now on. A listener hears everybody's nudges and must pass on only those of the
    /// feeds that its reader has.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Nudge> {
        self.room.subscribe()
    }
}
