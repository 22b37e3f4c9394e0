//! Another phone for an account, and a representative's consent, on both databases.

use citizen_contract::contact::Contact;
use citizen_contract::registration::Challenge;

use super::registration::{NUMBER, answer_with, form};
use super::*;
use crate::db::testing::{ENGINES, Fresh};
use crate::messenger::CODES_FILE;

const PASSWORD: &str = "mat-khau-mau";

/// A message as the file of the demo keeps it.
struct Letter {
    to: String,
    code: String,
    text: String,
}

impl House {
    fn letters(&self) -> Vec<Letter> {
        let text = std::fs::read_to_string(self._folder.path().join(CODES_FILE)).unwrap();
        let word = |line: &Value, name: &str| line[name].as_str().unwrap().to_owned();
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines
            .map(|line| Letter {
                to: word(&line, "to"),
                code: word(&line, "code"),
                text: word(&line, "text"),
            })
            .collect()
    }

    fn code_for(&self, phone: &str) -> String {
        self.letters().into_iter().rfind(|it| it.to == phone && !it.code.is_empty()).unwrap().code
    }

    async fn ask(&self, token: &str, path: &str, body: &Value) -> Answer {
        self.post(path, Some(token), body).await
    }

    async fn contact(&self, token: &str) -> Contact {
        self.ask(token, "/v1/queries/contact", &json!({})).await.read()
    }

    /// The challenge of an answer that says that a code is on its way.
    fn waits(answer: &Answer) -> Challenge {
        assert_eq!(answer.status, 202, "{}", String::from_utf8_lossy(&answer.body));
        serde_json::from_slice(&answer.body).unwrap()
    }

    async fn child(&self) -> SessionGrant {
        let mut child = form(NUMBER, "0912000017");
        child["birth_date"] = json!("2009-05-17");
        child["representative_phone"] = json!("0912000099");
        let challenge = Self::waits(&self.post("/v1/registrations", None, &child).await);
        let path = format!("/v1/registrations/{}/finish", challenge.id);
        let answer = self.post(&path, None, &answer_with(&self.code_for("+84912000017"))).await;
        serde_json::from_slice(&answer.body).unwrap()
    }

    async fn is_public(&self, token: &str) -> bool {
        let (id, text) = self.report("Đèn đường tắt", Vec::new());
        let text = text.replace("\"public\":false", "\"public\":true");
        assert_eq!(self.send(token, &text).await["outcomes"][0]["outcome"], "accepted");
        let report: Value = self.ask(token, "/v1/queries/report", &json!({ "report_id": id })).await.read();
        report["public"].as_bool().unwrap()
    }
}

async fn each_engine() -> Vec<(House, Fresh)> {
    let mut houses = Vec::new();
    for engine in ENGINES {
        let fresh = Fresh::new(engine);
        houses.push((House::over(tempfile::tempdir().unwrap(), fresh.url().clone()).await, fresh));
    }
    houses
}

#[tokio::test]
async fn the_code_to_the_new_phone_changes_it_and_the_old_one_is_told() {
    for (house, _fresh) in each_engine().await {
        let grant = house.registered().await;
        let token = grant.access_token.as_str();
        assert_eq!(house.contact(token).await.phone_hint.unwrap(), "••• ••• 017");
        let body = json!({ "phone": "0912 000 018", "password": PASSWORD });
        let challenge = House::waits(&house.ask(token, "/v1/me/phone", &body).await);
        assert_eq!(challenge.phone_hint, "••• ••• 018");
        assert_eq!(house.contact(token).await.phone_hint.unwrap(), "••• ••• 017", "asking changes nothing");

        // A code for a new device that is still on its way to the old phone serves no more.
        let sign_in = json!({ "citizen_id": NUMBER, "password": PASSWORD, "device_name": "Máy bàn" });
        let entering = House::waits(&house.post("/v1/sessions", None, &sign_in).await);
        let old_code = house.code_for("+84912000017");
        let finish = format!("/v1/me/phone/{}/finish", challenge.id);
        let code = json!({ "code": house.code_for("+84912000018") });
        for _ in 0..2 {
            // Also the second time: the first answer may have been lost.
            let contact: Contact = house.ask(token, &finish, &code).await.read();
            assert_eq!(contact.phone_hint.unwrap(), "••• ••• 018");
        }
        let path = format!("/v1/sessions/{}/finish", entering.id);
        assert_eq!(house.post(&path, None, &json!({ "code": old_code })).await.problem(), "code-over");

        let told: Vec<Letter> = house.letters().into_iter().filter(|it| it.code.is_empty()).collect();
        assert_eq!(told.len(), 1, "told once");
        assert_eq!(told[0].to, "+84912000017");
        assert!(told[0].text.contains("đổi sang số điện thoại khác") && !told[0].text.contains("018"));
        assert_eq!(house.devices(&grant).await.devices.len(), 1, "devices stay");
        let entering = House::waits(&house.post("/v1/sessions", None, &sign_in).await);
        assert_eq!(entering.phone_hint, "••• ••• 018", "codes go to the new phone");
    }
}

#[tokio::test]
async fn nobody_changes_a_phone_without_the_password_and_the_new_phone_s_code() {
    let house = House::on_sqlite().await;
    let grant = house.registered().await;
    let token = grant.access_token.as_str();
    let asks = async |phone: &str, password: &str| {
        let answer = house.ask(token, "/v1/me/phone", &json!({ "phone": phone, "password": password })).await;
        let problem: Problem = serde_json::from_slice(&answer.body).unwrap();
        (answer.status, problem.code.as_str(), problem.field.unwrap_or_default())
    };
    assert_eq!(asks("0912000018", "sai-mat-khau").await, (422, "invalid", "/password".to_owned()));
    assert_eq!(asks("0912 000 017", PASSWORD).await, (422, "invalid", "/phone".to_owned()), "its own");
    assert_eq!(asks("12345", PASSWORD).await, (422, "invalid", "/phone".to_owned()));
    for _ in 0..10 {
        asks("0912000018", "sai-mat-khau").await;
    }
    assert_eq!(asks("0912000018", PASSWORD).await.1, "too-many-requests", "no more guesses than at the door");
    house.clock.advance_s(900);
    let refreshed = json!({ "refresh_token": grant.refresh_token });
    let grant: SessionGrant = house.post("/v1/sessions/refresh", None, &refreshed).await.read();
    let token = grant.access_token.as_str();

    let body = json!({ "phone": "0912000018", "password": PASSWORD });
    let challenge = House::waits(&house.ask(token, "/v1/me/phone", &body).await);
    let finish = format!("/v1/me/phone/{}/finish", challenge.id);
    let code = json!({ "code": house.code_for("+84912000018") });
    let stranger = house.sign_in("citizen").await;
    assert_eq!(house.ask(&stranger.access_token, &finish, &code).await.problem(), "code-over");
    assert_eq!(house.contact(token).await.phone_hint.unwrap(), "••• ••• 017");
    assert_eq!(house.ask(token, &finish, &json!({ "code": "12" })).await.problem(), "invalid");
    house.clock.advance_s(301);
    assert_eq!(house.ask(token, &finish, &code).await.problem(), "code-over");
    let again = format!("/v1/challenges/{}/resend", challenge.id);
    House::waits(&house.post(&again, None, &json!({})).await);
    let code = json!({ "code": house.code_for("+84912000018") });
    assert_eq!(house.ask(token, &finish, &code).await.status, 200);
}

#[tokio::test]
async fn a_child_may_choose_what_is_public_once_the_representative_has_read_out_the_code() {
    for (house, _fresh) in each_engine().await {
        let grant = house.child().await;
        let token = grant.access_token.as_str();
        let before = house.contact(token).await;
        assert_eq!(before.child_until.as_deref(), Some("2025-05-17"));
        assert_eq!((before.declared_hint.as_deref(), before.representative), (Some("••• ••• 099"), None));
        assert!(!house.is_public(token).await);

        let path = "/v1/me/representative";
        let own = json!({ "phone": "0912000017" });
        assert_eq!(house.ask(token, path, &own).await.problem(), "invalid", "not the child's own phone");
        let challenge = House::waits(&house.ask(token, path, &json!({})).await);
        let letter = house.letters().pop().unwrap();
        assert_eq!(letter.to, "+84912000099");
        assert!(letter.text.contains("giám hộ"), "{}", letter.text);
        assert!(!house.is_public(token).await, "asking alone changes nothing");
        let finish = format!("{path}/{}/finish", challenge.id);
        let words = json!({ "code": letter.code, "wording": "lời có dấu" });
        assert_eq!(house.ask(token, &finish, &words).await.problem(), "invalid");
        let words = json!({ "code": letter.code, "wording": "2024-06" });
        for _ in 0..2 {
            let contact: Contact = house.ask(token, &finish, &words).await.read();
            let consent = contact.representative.unwrap();
            assert_eq!((consent.phone_hint.as_str(), consent.wording.as_str()), ("••• ••• 099", "2024-06"));
            assert_eq!(consent.confirmed_at, house.clock.now());
        }
        assert!(house.is_public(token).await);

        house.clock.advance_s(60);
        let request = Request::delete(path).header("authorization", format!("Bearer {token}"));
        let after: Contact = house.knock(request.body(Body::empty()).unwrap()).await.read();
        assert_eq!(after.representative, None);
        assert!(!house.is_public(token).await, "withdrawn");
    }
}

#[tokio::test]
async fn who_is_no_child_has_no_representative() {
    let house = House::on_sqlite().await;
    let adult = house.registered().await;
    let answer =
        house.ask(&adult.access_token, "/v1/me/representative", &json!({ "phone": "0912000099" })).await;
    assert_eq!(answer.problem(), "not-found");
    let contact = house.contact(&adult.access_token).await;
    assert_eq!((contact.child_until, contact.declared_hint, contact.representative), (None, None, None));
}
