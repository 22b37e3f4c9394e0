//! Hands the core's "look again" to the window. An event carries its kind and nothing else.

use citizen_core::events::CoreEvent;
use tauri::{AppHandle, Emitter as _};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// Every kind, for a window that missed some.
const ALL: [CoreEvent; 6] = [
    CoreEvent::Outbox,
    CoreEvent::Documents,
    CoreEvent::Network,
    CoreEvent::Session,
    CoreEvent::Queue,
    CoreEvent::Link,
];

/// Forwards events until the core is gone.
pub async fn forward(app: AppHandle, mut heard: Receiver<CoreEvent>) {
    loop {
        match heard.recv().await {
            Ok(event) => tell(&app, event),
            // Some were missed, so the window looks at everything again.
            Err(RecvError::Lagged(_)) => ALL.into_iter().for_each(|event| tell(&app, event)),
            Err(RecvError::Closed) => return,
        }
    }
}

fn tell(app: &AppHandle, event: CoreEvent) {
    // A window that is closing hears nothing, which is no harm.
    let _ = app.emit(name(event), ());
}

fn name(event: CoreEvent) -> &'static str {
    match event {
        CoreEvent::Outbox => "outbox",
        CoreEvent::Documents => "documents",
        CoreEvent::Network => "network",
        CoreEvent::Session => "session",
        CoreEvent::Queue => "queue",
        CoreEvent::Link => "link",
    }
}
