//! Nudges: heard after COMMIT, by those they concern, for as long as the session lasts.

use futures::StreamExt as _;

use super::*;

/// An open stream of events.
struct Ear(axum::body::BodyDataStream);

impl Ear {
    async fn open(house: &House, token: &str) -> Self {
        let request = Request::get("/v1/nudges").header("authorization", format!("Bearer {token}"));
        let response = house.open(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut ear = Self(response.into_body().into_data_stream());
        assert_eq!(ear.next().await.unwrap(), ": listening\n\n");
        ear
    }

    async fn next(&mut self) -> Option<String> {
        self.0.next().await.map(|bytes| String::from_utf8(bytes.unwrap().to_vec()).unwrap())
    }

    /// The next event if one is there without waiting.
    async fn now(&mut self) -> Option<Option<String>> {
        let next = self.next();
        tokio::pin!(next);
        // The listener may look at its session in between, which takes a turn of another thread.
        for _ in 0..200 {
            if let std::task::Poll::Ready(event) = futures::poll!(&mut next) {
                return Some(event);
            }
            tokio::task::yield_now().await;
        }
        None
    }
}

#[tokio::test]
async fn a_new_report_nudges_its_sender_and_the_office_and_nobody_else() {
    let house = House::on_sqlite().await;
    let citizen = house.sign_in("citizen").await;
    let second = house.sign_in("second_citizen").await;
    let officer = house.sign_in("intake").await;
    let mut office = Ear::open(&house, &officer.access_token).await;
    let mut sender = Ear::open(&house, &citizen.access_token).await;
    let mut stranger = Ear::open(&house, &second.access_token).await;

    let (_, text) = house.report("Đèn đường hỏng", Vec::new());
    house.send(&citizen.access_token, &text).await;
    assert_eq!(office.next().await.unwrap(), "event: nudge\ndata: {\"moved\":\"queue\"}\n\n");
    let heard = sender.next().await.unwrap();
    assert!(heard.contains(&format!("account:{}", citizen.account.id)), "{heard}");
    assert_eq!(stranger.now().await, None);

    // The same command again changes nothing, so that there is nothing to look at.
    house.send(&citizen.access_token, &text).await;
    assert_eq!(office.now().await, None);
}

#[tokio::test]
async fn a_refused_command_nudges_nobody() {
    let house = House::on_sqlite().await;
    let citizen = house.sign_in("citizen").await;
    let mut sender = Ear::open(&house, &citizen.access_token).await;
    let (_, text) = house.report("", Vec::new());
    let outcomes = house.send(&citizen.access_token, &text).await;
    assert_eq!(outcomes["outcomes"][0]["outcome"], "refused");
    assert_eq!(sender.now().await, None);
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_with_the_backend() {
    let house = House::on_sqlite().await;
    let here = house.sign_in("citizen").await;
    let there = house.sign_in("citizen").await;
    let mut ended = Ear::open(&house, &here.access_token).await;
    let mut goes_on = Ear::open(&house, &there.access_token).await;
    let out = Request::delete("/v1/sessions/current")
        .header("authorization", format!("Bearer {}", here.access_token));
    assert_eq!(house.knock(out.body(Body::empty()).unwrap()).await.status, 204);

    let (_, text) = house.report("Rác chưa thu gom", Vec::new());
    house.send(&there.access_token, &text).await;
    assert_eq!(ended.next().await, None, "who signed out hears nothing more");
    assert!(goes_on.next().await.unwrap().starts_with("event: nudge"));
    house.stop.send(true).unwrap();
    while let Some(event) = goes_on.next().await {
        assert!(event.starts_with("event: nudge"));
    }
}
