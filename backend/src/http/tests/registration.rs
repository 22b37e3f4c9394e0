//! Registering and devices through the doors, on both databases.

use citizen_contract::devices::DeviceList;
use citizen_contract::documents::Document;
use citizen_contract::registration::Challenge;
use citizen_contract::sync::{Content, SyncAnswer};

use super::*;
use crate::db::testing::{ENGINES, Fresh};
use crate::messenger::CODES_FILE;

pub(super) const NUMBER: &str = "031192000017";

pub(super) fn form(number: &str, phone: &str) -> Value {
    json!({
        "citizen_id": number,
        "full_name": "Trần Thị Mẫu",
        "birth_date": "1992-05-17",
        "sex": "female",
        "phone": phone,
        "consents": [{ "purpose": "account", "wording": "2024-04" }],
        "device_name": "Điện thoại của Mẫu",
    })
}

pub(super) fn answer_with(code: &str) -> Value {
    json!({ "code": code, "password": "mat-khau-mau", "device_name": "Điện thoại của Mẫu" })
}

impl House {
    /// The newest code in the file of the demo.
    fn code(&self) -> String {
        let text = std::fs::read_to_string(self._folder.path().join(CODES_FILE)).unwrap();
        let line: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
        line["code"].as_str().unwrap().to_owned()
    }

    async fn challenge(&self, number: &str, phone: &str) -> Challenge {
        let answer = self.post("/v1/registrations", None, &form(number, phone)).await;
        assert_eq!(answer.status, 202, "{}", String::from_utf8_lossy(&answer.body));
        assert_eq!(answer.header("cache-control"), "no-store");
        serde_json::from_slice(&answer.body).unwrap()
    }

    pub(super) async fn registered(&self) -> SessionGrant {
        let challenge = self.challenge(NUMBER, "0912 000 017").await;
        let path = format!("/v1/registrations/{}/finish", challenge.id);
        let answer = self.post(&path, None, &answer_with(&self.code())).await;
        assert_eq!(answer.status, 201);
        serde_json::from_slice(&answer.body).unwrap()
    }

    /// Signs in on another device, where the phone's code is asked for.
    async fn second_device(&self) -> SessionGrant {
        let body = json!({ "citizen_id": NUMBER, "password": "mat-khau-mau", "device_name": "Máy bàn" });
        let answer = self.post("/v1/sessions", None, &body).await;
        assert_eq!(answer.status, 202);
        let challenge: Challenge = serde_json::from_slice(&answer.body).unwrap();
        let path = format!("/v1/sessions/{}/finish", challenge.id);
        self.post(&path, None, &json!({ "code": self.code() })).await.read()
    }

    pub(super) async fn devices(&self, grant: &SessionGrant) -> DeviceList {
        self.post("/v1/queries/devices", Some(&grant.access_token), &json!({})).await.read()
    }

    async fn cut_off(&self, grant: &SessionGrant, device: &str) -> Answer {
        let token = format!("Bearer {}", grant.access_token);
        let request = Request::delete(format!("/v1/devices/{device}")).header("authorization", token);
        self.knock(request.body(Body::empty()).unwrap()).await
    }

    /// The devices that came down after a cursor, those that are gone, and the next cursor.
    async fn synced(&self, grant: &SessionGrant, cursors: &Value) -> (Vec<String>, Vec<String>, Value) {
        let body = json!({ "cursors": cursors, "limit": 100 });
        let answer: SyncAnswer = self.post("/v1/sync", Some(&grant.access_token), &body).await.read();
        let (mut here, mut gone) = (Vec::new(), Vec::new());
        for change in answer.feeds.iter().flat_map(|feed| &feed.changes) {
            match &change.content {
                Content::Here(Document::Device(device)) => here.push(device.name.clone()),
                Content::Gone { gone: kind } if kind == "device" => gone.push(change.doc_id.clone()),
                _ => {}
            }
        }
        let next: Vec<Value> = answer
            .feeds
            .iter()
            .map(|feed| json!({ "feed": feed.feed, "epoch": feed.epoch, "after": feed.next }))
            .collect();
        (here, gone, json!(next))
    }
}

#[tokio::test]
async fn the_first_device_is_told_of_the_second_and_cuts_it_off() {
    for engine in ENGINES {
        let fresh = Fresh::new(engine);
        let house = House::over(tempfile::tempdir().unwrap(), fresh.url().clone()).await;
        let first = house.registered().await;
        let (here, gone, cursors) = house.synced(&first, &json!([])).await;
        assert_eq!((here, gone), (vec!["Điện thoại của Mẫu".to_owned()], vec![]));

        let second = house.second_device().await;
        let (here, gone, cursors) = house.synced(&first, &cursors).await;
        assert_eq!((here, gone), (vec!["Máy bàn".to_owned()], vec![]));
        let list = house.devices(&first).await;
        assert_eq!(list.devices.len(), 2);
        let other = list.devices.iter().find(|row| !row.here).unwrap();
        assert_eq!((other.device.id, other.device.last_seen_day.as_str()), (second.device_id, "2024-04-05"));

        assert_eq!(house.cut_off(&first, &second.device_id.to_string()).await.status, 204);
        let nothing = json!({ "cursors": [], "limit": 10 });
        let shut = house.post("/v1/sync", Some(&second.access_token), &nothing).await;
        assert_eq!((shut.status, shut.problem()), (401, "sign-in-required"));
        let refresh = json!({ "refresh_token": second.refresh_token });
        assert_eq!(house.post("/v1/sessions/refresh", None, &refresh).await.status, 401);
        let (here, gone, _) = house.synced(&first, &cursors).await;
        assert_eq!((here, gone), (vec![], vec![second.device_id.to_string()]));
        assert_eq!(house.cut_off(&first, &second.device_id.to_string()).await.problem(), "not-found");
    }
}

#[tokio::test]
async fn nothing_of_a_child_is_public_until_the_sixteenth_birthday() {
    let house = House::on_sqlite().await;
    let mut child = form(NUMBER, "0912000017");
    child["birth_date"] = json!("2008-04-06");
    child["representative_phone"] = json!("0912000099");
    let answer = house.post("/v1/registrations", None, &child).await;
    assert_eq!(answer.status, 202);
    let challenge: Challenge = serde_json::from_slice(&answer.body).unwrap();
    let path = format!("/v1/registrations/{}/finish", challenge.id);
    let answer = house.post(&path, None, &answer_with(&house.code())).await;
    let grant: SessionGrant = serde_json::from_slice(&answer.body).unwrap();
    let mut token = grant.access_token;
    // 5 April, then the birthday.
    for public in [false, true] {
        let (id, text) = house.report("Đèn đường tắt", Vec::new());
        let text = text.replace("\"public\":false", "\"public\":true");
        assert_eq!(house.send(&token, &text).await["outcomes"][0]["outcome"], "accepted");
        let body = json!({ "report_id": id });
        let report: Value = house.post("/v1/queries/report", Some(&token), &body).await.read();
        assert_eq!(report["public"], public);
        house.clock.advance_s(24 * 3600);
        let refresh = json!({ "refresh_token": grant.refresh_token });
        if !public {
            let next: SessionGrant = house.post("/v1/sessions/refresh", None, &refresh).await.read();
            token = next.access_token;
        }
    }
}

#[tokio::test]
async fn somebody_else_s_device_is_one_that_does_not_exist() {
    let house = House::on_sqlite().await;
    let own = house.registered().await;
    let stranger = house.sign_in("citizen").await;
    let foreign = house.cut_off(&stranger, &own.device_id.to_string()).await;
    let invented = house.cut_off(&stranger, "018ebb2c-1a80-7000-8000-000000000001").await;
    let nonsense = house.cut_off(&stranger, "nothing").await;
    for answer in [&foreign, &invented, &nonsense] {
        assert_eq!((answer.status, answer.problem()), (404, "not-found"));
        assert_eq!(answer.body, foreign.body);
    }
    assert_eq!(house.devices(&own).await.devices.len(), 1);
    assert_eq!(house.devices(&stranger).await.devices.len(), 1);
}

#[tokio::test]
async fn a_number_with_an_account_gets_the_same_answer_but_for_the_id() {
    let house = House::on_sqlite().await;
    let taken = house.person("citizen").citizen_id.reveal().to_owned();
    let mut shapes = Vec::new();
    for number in [taken.as_str(), NUMBER] {
        let answer = house.post("/v1/registrations", None, &form(number, "0912000017")).await;
        let mut body: Value = serde_json::from_slice(&answer.body).unwrap();
        let id = body["id"].take();
        assert_eq!(id.as_str().unwrap().len(), 36);
        let mut headers = answer.headers;
        headers.remove("x-request-id");
        shapes.push((answer.status, headers, body, answer.body.len()));
    }
    assert_eq!(shapes[0], shapes[1]);
    let challenge = house.challenge(&taken, "0912000018").await;
    let path = format!("/v1/registrations/{}/finish", challenge.id);
    let answer = house.post(&path, None, &answer_with(&house.code())).await;
    assert_eq!((answer.status, answer.problem()), (409, "already-registered"));
}

#[tokio::test]
async fn each_failure_has_its_own_answer() {
    let house = House::on_sqlite().await;
    let challenge = house.challenge(NUMBER, "0912000017").await;
    let finish = format!("/v1/registrations/{}/finish", challenge.id);
    let wrong = format!("{:06}", (house.code().parse::<u32>().unwrap() + 1) % 1_000_000);
    let answer = house.post(&finish, None, &answer_with(&wrong)).await;
    let problem: Problem = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!((answer.status, answer.problem(), problem.tries_left), (422, "code-wrong", Some(4)));

    let resend = format!("/v1/challenges/{}/resend", challenge.id);
    let answer = house.post(&resend, None, &json!({})).await;
    assert_eq!((answer.status, answer.problem()), (429, "too-many-requests"));
    assert_eq!(answer.header("retry-after"), "60");
    let problem: Problem = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(problem.retry_after_s, Some(60));

    let unknown = "018ebb2c-1a80-7000-8000-000000000001";
    for path in [
        format!("/v1/registrations/{unknown}/finish"),
        "/v1/registrations/nothing/finish".to_owned(),
        format!("/v1/challenges/{unknown}/resend"),
    ] {
        let answer = house.post(&path, None, &answer_with("123456")).await;
        assert_eq!((answer.status, answer.problem()), (410, "code-over"), "{path}");
    }
    let child = {
        let mut child = form(NUMBER, "0912000017");
        child["birth_date"] = json!("2012-01-01");
        child
    };
    for (form, code, field) in [
        (child, "too-young", "/birth_date"),
        (form("0311", "0912000017"), "invalid", "/citizen_id"),
        (form(NUMBER, "0225 382 123"), "invalid", "/phone"),
    ] {
        let answer = house.post("/v1/registrations", None, &form).await;
        let problem: Problem = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((answer.status, answer.problem(), problem.field.as_deref()), (422, code, Some(field)));
    }
}

#[tokio::test]
async fn without_a_way_to_the_phones_registration_waits_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    crate::keys::init(&folder.path().join("keys"), crate::stage::HandClock::in_april().now(), &SystemRandom)
        .unwrap();
    let opened = open(&Config::in_folder(folder.path())).await.unwrap();
    let (_stop, stopping) = watch::channel(false);
    let metrics = Arc::new(Metrics::default());
    let router = router(crate::serve::app(&opened, metrics.clone(), stopping));
    let request = Request::post("/v1/registrations").header("content-type", "application/json");
    let body = Body::from(form(NUMBER, "0912000017").to_string());
    let answer = router.oneshot(request.body(body).unwrap()).await.unwrap();
    assert_eq!(answer.status(), 503);
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    let problem: Problem = serde_json::from_slice(&body).unwrap();
    assert_eq!(problem.code.as_str(), "codes-paused");
    assert!(!folder.path().join(CODES_FILE).exists());

    let shown = measured(metrics).await;
    assert!(shown.contains("citizen_codes_total{outcome=\"undelivered\"} 1"), "{shown}");
}

/// What the operator's port shows.
async fn measured(metrics: Arc<Metrics>) -> String {
    let request = Request::get("/metrics").body(Body::empty()).unwrap();
    let shown = metrics_router(metrics).oneshot(request).await.unwrap();
    let text = axum::body::to_bytes(shown.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(text.to_vec()).unwrap()
}

#[tokio::test]
async fn an_installation_that_says_which_it_is_has_a_limit_of_its_own() {
    let house = House::on_sqlite().await;
    let asks = async |mark: &str, n: u32| {
        let body = form(NUMBER, &format!("09120{n:05}")).to_string();
        let request = Request::post("/v1/registrations").header("content-type", "application/json");
        house.knock(request.header("citizen-device", mark).body(Body::from(body)).unwrap()).await.status
    };
    let mark = "00112233445566778899aabbccddeeff";
    for n in 0..20 {
        assert_eq!(asks(mark, n).await, 202);
    }
    assert_eq!(asks(mark, 20).await, 429);
    assert_eq!(asks("00112233445566778899aabbccddee00", 21).await, 202);
    assert_eq!(asks("không phải mã máy", 22).await, 202, "what is no mark is none");
    let shown = measured(house.metrics.clone()).await;
    assert!(shown.contains("citizen_codes_total{outcome=\"device_limit\"} 1"), "{shown}");
}

#[tokio::test]
async fn each_limit_is_seen_by_the_operator() {
    let house = House::with(|config| config.codes_per_day = 8).await;
    for _ in 0..6 {
        house.challenge(NUMBER, "0912000017").await;
    }
    let answer = house.post("/v1/registrations", None, &form(NUMBER, "0912000017")).await;
    assert_eq!((answer.status, answer.problem()), (429, "too-many-requests"));
    house.challenge(NUMBER, "0912000018").await;
    let last = house.challenge(NUMBER, "0912000019").await;
    let answer = house.post("/v1/registrations", None, &form(NUMBER, "0912000020")).await;
    assert_eq!((answer.status, answer.problem()), (503, "codes-paused"));
    assert_eq!(answer.header("retry-after"), "86400");
    assert_eq!(house.sign_in("citizen").await.account.display_name, "Nguyễn Văn Mẫu", "others go on");
    let finish = format!("/v1/registrations/{}/finish", last.id);
    assert_eq!(house.post(&finish, None, &answer_with(&house.code())).await.status, 201);

    let shown = measured(house.metrics.clone()).await;
    for line in [
        "citizen_codes_total{outcome=\"sent\"} 8",
        "citizen_codes_total{outcome=\"phone_limit\"} 1",
        "citizen_codes_total{outcome=\"breaker_open\"} 1",
        "citizen_codes_total{outcome=\"answered\"} 1",
        "citizen_codes_today 8",
    ] {
        assert!(shown.contains(line), "{line} in {shown}");
    }
}
