//! Every visitor at every door. The list of doors is the router's own, so that a new one that nobody
//! put into the table fails here.

use std::collections::BTreeSet;

use citizen_contract::session::Role;

use super::*;
use crate::auth::roles::{Admits, DOORS, Meets, Visitor};

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const MISSING: &str = "018ebb2c-1a80-7000-8000-000000000001";

#[tokio::test]
async fn the_router_has_the_doors_of_the_table_and_no_others() {
    let house = House::on_sqlite().await;
    let mut open = BTreeSet::new();
    for path in paths() {
        let mut methods = BTreeSet::new();
        for method in METHODS {
            let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
            if house.open(request).await.status() != 405 {
                methods.insert(method);
            }
        }
        if methods.contains("GET") {
            // Answered by itself wherever GET is.
            methods.remove("HEAD");
        }
        open.extend(methods.into_iter().map(|method| (path, method)));
    }
    let listed: BTreeSet<_> = DOORS.iter().map(|door| (door.path, door.method)).collect();
    assert_eq!(open, listed);
    assert_eq!(listed.len(), DOORS.len(), "no door stands twice");
}

/// The key of the sample person who knocks.
fn key(visitor: Visitor) -> Option<&'static str> {
    match visitor {
        Visitor::Guest => None,
        Visitor::Citizen => Some("second_citizen"),
        Visitor::Official(Role::Intake) => Some("intake"),
        Visitor::Official(Role::Handler) => Some("handler"),
        Visitor::Official(Role::Approver) => Some("approver"),
        Visitor::Official(Role::Administrator) => Some("administrator"),
        Visitor::Official(Role::TeamMember) => Some("team_member"),
    }
}

/// A request that is right in everything but that its ids and secrets are nobody's.
fn body(path: &str) -> Value {
    match path {
        "/v1/registrations" => json!({
            "citizen_id": "031192000017", "full_name": "Lương Thị Mẫu", "birth_date": "1992-05-17",
            "phone": "0912000017", "device_name": "",
            "consents": [{ "purpose": "account", "wording": "2024-04" }],
        }),
        "/v1/password-resets" => json!({ "citizen_id": "031192000017", "phone": "0912000018" }),
        "/v1/registrations/{challenge}/finish" | "/v1/password-resets/{challenge}/finish" => {
            json!({ "code": "123456", "password": "mat-khau-mau", "device_name": "" })
        }
        "/v1/sessions" => json!({ "citizen_id": "031192000099", "password": "sai", "device_name": "" }),
        "/v1/sessions/{challenge}/finish" => json!({ "code": "123456" }),
        "/v1/me/phone" => json!({ "phone": "0912000018", "password": "sai" }),
        "/v1/me/phone/{challenge}/finish" => json!({ "code": "123456" }),
        "/v1/me/representative/{challenge}/finish" => json!({ "code": "123456", "wording": "2024-06" }),
        "/v1/sessions/refresh" => json!({ "refresh_token": "bịa" }),
        "/v1/commands" => json!({ "commands": [] }),
        "/v1/sync" => json!({ "cursors": [], "limit": 1 }),
        "/v1/queries/intake-queue" => json!({ "view": "to_take_in", "limit": 1 }),
        "/v1/card-checks" | "/v1/card-checks/free" => {
            json!({ "citizen_id": "031192000099", "full_name": "Lương Thị Mẫu" })
        }
        "/v1/identity-checks" => json!({
            "redirect_uri": "http://127.0.0.1:4000/national-id",
            "code_challenge": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        }),
        "/v1/identity-checks/{check}/finish" => json!({ "code": "c", "state": "s", "code_verifier": "v" }),
        "/v1/my-data/requests" => json!({ "kind": "restrict", "words": "Đừng gọi điện" }),
        "/v1/data-requests/{request}/answer" => json!({ "done": false, "words": "Không có" }),
        "/v1/password" => json!({ "current": "sai", "new": "bốn con trâu trắng" }),
        "/v1/second-factor/confirm" => json!({ "code": "123456" }),
        "/v1/staff" => json!({
            "citizen_id": "031192000099", "full_name": "Lương Thị Mẫu", "job_title": "", "roles": [],
        }),
        "/v1/staff/{account}" => json!({ "act": "lock" }),
        "/v1/staff-import" => json!({ "text": "", "preview": true }),
        "/v1/queries/report" => json!({ "report_id": MISSING }),
        _ => json!({}),
    }
}

/// Status and, for a failure, the code.
pub(super) async fn knock(house: &House, method: &str, path: &str, token: Option<&str>) -> (u16, String) {
    let mut uri = path.to_owned();
    for name in ["{challenge}", "{check}", "{device}", "{command}", "{attachment}", "{request}", "{account}"]
    {
        uri = uri.replace(name, MISSING);
    }
    let mut request = Request::builder().method(method).uri(uri).header("tus-resumable", "1.0.0");
    request = match method {
        "PATCH" => {
            request.header("content-type", "application/offset+octet-stream").header("upload-offset", 0)
        }
        _ => request.header("content-type", "application/json"),
    };
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let response = house.open(request.body(Body::from(body(path).to_string())).unwrap()).await;
    let status = response.status().as_u16();
    // A stream of nudges never ends, so that only failures are read.
    if status < 400 || method == "HEAD" {
        return (status, String::new());
    }
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let problem: Problem = serde_json::from_slice(&body).unwrap();
    (status, problem.code.as_str().to_owned())
}

#[tokio::test]
async fn every_visitor_meets_at_every_door_what_the_table_says() {
    let house = House::on_sqlite().await;
    for door in DOORS {
        let guest = knock(&house, door.method, door.path, None).await;
        for visitor in Visitor::ALL {
            let token = match key(visitor) {
                None => None,
                Some(key) => Some(house.sign_in(key).await.access_token),
            };
            let met = knock(&house, door.method, door.path, token.as_deref()).await;
            // One phone gets six codes an hour, and there are more visitors than that.
            house.clock.advance_s(15 * 60);
            let what = format!("{visitor:?} at {} {}: {met:?}", door.method, door.path);
            match door.admits.meets(visitor) {
                Meets::Open => assert_eq!(met.0, guest.0, "{what}"),
                Meets::Own => assert!(![401, 403, 405].contains(&met.0) && met.0 < 500, "{what}"),
                Meets::SignIn if door.method == "HEAD" => assert_eq!(met.0, 401, "{what}"),
                Meets::SignIn => assert_eq!((met.0, met.1.as_str()), (401, "sign-in-required"), "{what}"),
                Meets::Forbidden => assert_eq!((met.0, met.1.as_str()), (403, "forbidden"), "{what}"),
            }
            if door.admits == Admits::Everybody {
                assert!(met.0 < 300, "{what}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_somebody_else_s_answers_like_what_does_not_exist() {
    let house = House::on_sqlite().await;
    let owner = house.sign_in("citizen").await;
    let photo = AttachmentDeclaration {
        id: citizen_contract::ids::AttachmentId::from_parts(house.clock.now(), random_bytes(&SystemRandom)),
        sha256: citizen_contract::hash::ContentHash::of(b"photo"),
        size: 5,
        media_type: "image/png".to_owned(),
        captured_at: None,
        captured_where: None,
    };
    let attachment = photo.id;
    let (command, text) = house.report("Ổ gà giữa đường", vec![photo]);
    assert_eq!(house.send(&owner.access_token, &text).await["outcomes"][0]["outcome"], "accepted");
    for key in ["second_citizen", "handler", "approver"] {
        let token = house.sign_in(key).await.access_token;
        let bytes = async |method: &str, path: String| {
            let request = Request::builder()
                .method(method)
                .uri(path)
                .header("authorization", format!("Bearer {token}"))
                .header("tus-resumable", "1.0.0")
                .header("content-type", "application/offset+octet-stream")
                .header("upload-offset", 0);
            let answer = house.knock(request.body(Body::from("photo")).unwrap()).await;
            (answer.status, answer.body)
        };
        for (method, theirs, missing) in [
            ("GET", format!("/v1/attachments/{attachment}"), format!("/v1/attachments/{MISSING}")),
            ("PATCH", format!("/v1/files/{command}/{attachment}"), format!("/v1/files/{MISSING}/{MISSING}")),
            ("DELETE", format!("/v1/devices/{}", owner.device_id), format!("/v1/devices/{MISSING}")),
        ] {
            let met = bytes(method, theirs).await;
            assert_eq!(met.0, 404, "{key} {method}");
            assert_eq!(met, bytes(method, missing).await, "{key} {method}");
        }
        let report = async |id: String| {
            house.post("/v1/queries/report", Some(&token), &json!({ "report_id": id })).await
        };
        let (theirs, missing) = (report(command.to_string()).await, report(MISSING.to_owned()).await);
        assert_eq!((theirs.status, &theirs.body), (404, &missing.body), "{key}");
    }
}
