//! `GET /v1/nudges`: "look again" as server-sent events, for as long as the session lasts.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use citizen_contract::sync::Nudge;
use futures::Stream;
use futures::stream::unfold;
use tokio::sync::{broadcast, watch};

use super::App;
use super::bearer::SignedIn;
use super::metrics::Listening;
use crate::auth::Reader;

/// How often a silent stream sends a comment, so that nothing between cuts it.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How often a silent stream looks whether its session still stands.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

struct Listener {
    app: App,
    who: SignedIn,
    room: broadcast::Receiver<Nudge>,
    stopping: watch::Receiver<bool>,
    greeted: bool,
    _counted: Listening,
}

/// Streams the nudges of the feeds that the reader has. Ends when the session does, when the
/// backend stops, or when the listener fell behind; the client then syncs and comes back.
pub(super) async fn listen(
    State(app): State<App>,
    who: SignedIn,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let listener = Listener {
        room: app.backend.nudges.listen(),
        stopping: app.stopping.clone(),
        _counted: app.metrics.listening(),
        greeted: false,
        app,
        who,
    };
    Sse::new(unfold(listener, next)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE).text("here"))
}

async fn next(mut listener: Listener) -> Option<(Result<Event, Infallible>, Listener)> {
    if !listener.greeted {
        listener.greeted = true;
        // From here on nothing is missed: the client syncs after it has read this.
        return Some((Ok(Event::default().comment("listening")), listener));
    }
    loop {
        let nudge = tokio::select! {
            _ = listener.stopping.wait_for(|stopping| *stopping) => return None,
            heard = listener.room.recv() => Some(heard.ok()?),
            () = tokio::time::sleep(LOOK_AGAIN) => None,
        };
        if nudge.as_ref().is_some_and(|nudge| !concerns(&listener.who.reader, nudge)) {
            continue;
        }
        // The session may have ended, and roles may have changed, since the stream began.
        let token = std::mem::take(&mut listener.who.token);
        listener.who = SignedIn::look(&listener.app, token).await.ok()?;
        let Some(nudge) = nudge.filter(|nudge| concerns(&listener.who.reader, nudge)) else { continue };
        let event = Event::default().event("nudge").json_data(&nudge).ok()?;
        return Some((Ok(event), listener));
    }
}

fn concerns(reader: &Reader, nudge: &Nudge) -> bool {
    match nudge {
        Nudge::Feed { feed, .. } => reader.feeds().contains(feed),
        Nudge::Queue => reader.intake_units().next().is_some(),
    }
}
