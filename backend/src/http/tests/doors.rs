//! Every way not to get in.

use super::*;

fn request(method: &str, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path)
}

#[tokio::test]
async fn every_failure_is_a_problem_document() {
    let house = House::on_sqlite().await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let json = |body: &str| {
        request("POST", "/v1/sync")
            .header("content-type", "application/json")
            .body(Body::from(body.to_owned()))
    };
    let table = [
        (request("GET", "/nowhere").body(Body::empty()), 404, "not-found"),
        (request("GET", "/v1/files").body(Body::empty()), 404, "not-found"),
        (request("PUT", "/v1/commands").body(Body::empty()), 405, "malformed"),
        (request("POST", "/v1/sync").body(Body::from("{}")), 415, "unsupported-media"),
        (json("{"), 400, "malformed"),
        (json(&deep), 400, "malformed"),
        (json(r#"{"cursors":[],"limit":10,"role":"admin"}"#), 400, "malformed"),
        (json(&format!("\"{}\"", "x".repeat(300 * 1024))), 413, "too-large"),
        (request("GET", "/v1/nudges").body(Body::empty()), 401, "sign-in-required"),
        (request("DELETE", "/v1/sessions/current").body(Body::empty()), 401, "sign-in-required"),
    ];
    for (request, status, code) in table {
        let request = request.unwrap();
        let what = format!("{} {}", request.method(), request.uri());
        let answer = house.knock(request).await;
        assert_eq!((answer.status, answer.problem()), (status, code), "{what}");
        assert_ne!(answer.header("x-request-id"), "", "{what}");
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_number_get_the_same_bytes() {
    let house = House::on_sqlite().await;
    let known = house.person("citizen").citizen_id.reveal().to_owned();
    let mut answers = Vec::new();
    for number in [known.as_str(), "031090000009"] {
        let body = json!({ "citizen_id": number, "password": "không phải", "device_name": "" });
        let answer = house.post("/v1/sessions", None, &body).await;
        assert_eq!((answer.status, answer.problem()), (401, "wrong-credentials"));
        answers.push(answer.body);
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn too_many_tries_are_told_how_long_to_wait() {
    let house = House::on_sqlite().await;
    let body = json!({ "citizen_id": "031090000009", "password": "không phải", "device_name": "" });
    for _ in 0..10 {
        assert_eq!(house.post("/v1/sessions", None, &body).await.status, 401);
    }
    let answer = house.post("/v1/sessions", None, &body).await;
    assert_eq!((answer.status, answer.problem()), (429, "too-many-requests"));
    assert!(answer.header("retry-after").parse::<u32>().unwrap() > 0);
}

#[tokio::test]
async fn a_bad_token_is_401_even_where_nobody_need_sign_in() {
    let house = House::on_sqlite().await;
    let body = json!({ "cursors": [], "limit": 10 });
    assert_eq!(house.post("/v1/sync", None, &body).await.status, 200);
    for token in ["", "forged", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let answer = house.post("/v1/sync", Some(token), &body).await;
        assert_eq!((answer.status, answer.problem()), (401, "sign-in-required"), "{token}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    let grant = house.sign_in("citizen").await;
    assert_eq!(house.post("/v1/sync", Some(&grant.access_token), &body).await.status, 200);
    house.clock.advance_s(15 * 60);
    assert_eq!(house.post("/v1/sync", Some(&grant.access_token), &body).await.status, 401);
}

#[tokio::test]
async fn the_described_doors_are_the_ones_that_open() {
    let house = House::on_sqlite().await;
    let document: Value =
        house.knock(request("GET", "/openapi.json").body(Body::empty()).unwrap()).await.read();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let text = document.to_string();
    for name in text.split("#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(schemas.contains_key(name), "{name} is not described");
    }
    let mut doors = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys().filter(|key| *key != "summary") {
            let answer =
                house.knock(request(&method.to_uppercase(), path).body(Body::empty()).unwrap()).await;
            assert!(![404, 405].contains(&answer.status), "{method} {path} is {}", answer.status);
            doors += 1;
        }
    }
    assert_eq!(doors, crate::auth::roles::DOORS.len());
}
