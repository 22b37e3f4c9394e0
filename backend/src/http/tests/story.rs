//! One report through all doors, on both engines.

use citizen_contract::keys::KeyList;
use citizen_contract::outcome::{CommandOutcomes, Receipt, Verdict};
use citizen_contract::signed::{Purpose, Signed, decode_key};

use super::*;
use crate::db::testing::{ENGINES, Fresh};

#[tokio::test]
async fn a_report_goes_up_is_receipted_and_is_seen_by_the_office() {
    for engine in ENGINES {
        let fresh = Fresh::new(engine);
        let house = House::over(tempfile::tempdir().unwrap(), fresh.url().clone()).await;
        let citizen = house.sign_in("citizen").await;
        let officer = house.sign_in("intake").await;
        let (id, text) = house.report("Nước sinh hoạt đục từ hôm qua", Vec::new());
        let body = json!({ "commands": [&text, &text] });
        let outcomes: CommandOutcomes =
            house.post("/v1/commands", Some(&citizen.access_token), &body).await.read();
        let [first, again] = outcomes.outcomes.as_slice() else { panic!("two texts, two outcomes") };
        assert_eq!(first, again);
        let Verdict::Accepted { receipt } = &first.verdict else { panic!("{first:?}") };
        let keys: Signed = house.knock(Request::get("/v1/keys").body(Body::empty()).unwrap()).await.read();
        let list: KeyList = serde_json::from_str(&keys.payload).unwrap();
        let key = decode_key(&list.keys[0].public_key).unwrap();
        let receipt: Receipt = receipt.open(Purpose::Receipt, &key).unwrap();
        assert_eq!(receipt.command_id, id);

        let query = json!({ "view": "to_take_in", "limit": 20 });
        let page: Value =
            house.post("/v1/queries/intake-queue", Some(&officer.access_token), &query).await.read();
        assert_eq!(page["items"][0]["number"].as_str(), receipt.report_number.as_deref());
        let denied = house.post("/v1/queries/intake-queue", Some(&citizen.access_token), &query).await;
        assert_eq!((denied.status, denied.problem()), (403, "forbidden"));

        let query = json!({ "report_id": id });
        let seen: Value = house.post("/v1/queries/report", Some(&officer.access_token), &query).await.read();
        assert_eq!(seen["words"], "Nước sinh hoạt đục từ hôm qua");
        assert_eq!(seen["sender"]["name"], house.person("citizen").display_name.as_str());
        let handler = house.sign_in("handler").await;
        let foreign = house.post("/v1/queries/report", Some(&handler.access_token), &query).await;
        assert_eq!((foreign.status, foreign.problem()), (404, "not-found"));
    }
}

#[tokio::test]
async fn too_long_a_batch_is_not_looked_at() {
    let house = House::on_sqlite().await;
    let citizen = house.sign_in("citizen").await;
    let (_, text) = house.report("Một phản ánh", Vec::new());
    let body = json!({ "commands": vec![text; 51] });
    let answer = house.post("/v1/commands", Some(&citizen.access_token), &body).await;
    assert_eq!((answer.status, answer.problem()), (413, "too-large"));
    let empty = json!({ "commands": [] });
    let outcomes: CommandOutcomes =
        house.post("/v1/commands", Some(&citizen.access_token), &empty).await.read();
    assert!(outcomes.outcomes.is_empty());
}
