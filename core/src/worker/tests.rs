use citizen_contract::command::{Bare, CommandBody, OnReport};
use citizen_contract::ids::CommandId;
use citizen_contract::problem::ProblemCode;
use serde_json::json;

use super::*;
use crate::outbox::attachments::CHUNK_BYTES;
use crate::outbox::{CommandState, PhotoProgress, list, remove};
use crate::tests::{FakeBackend, Mood, Phone, photo, submit};

async fn pair() -> (FakeBackend, Phone) {
    let backend = FakeBackend::start().await;
    let phone = Phone::of(&backend).await;
    (backend, phone)
}

/// The word in which the outbox says where a command stands and why it waits.
fn stands(phone: &Phone, id: CommandId) -> (&'static str, Option<&'static str>) {
    let item = phone.item(id);
    (item.state.as_str(), item.waiting.map(Waiting::as_str))
}

#[tokio::test]
async fn a_report_goes_up_with_its_photos_byte_for_byte() {
    let (backend, phone) = pair().await;
    let first = photo(phone.ports.random.as_ref(), CHUNK_BYTES * 2 + 17);
    let second = photo(phone.ports.random.as_ref(), 1_000);
    let id = phone.queue(submit("Ổ gà sâu trước cổng chợ"), vec![first.clone(), second.clone()]);
    phone.settle().await;
    let item = phone.item(id);
    assert_eq!(item.state, CommandState::Sent);
    assert_eq!(item.report_number.as_deref(), Some("TN-000001"));
    assert!(item.photos.iter().all(|photo| photo.progress == PhotoProgress::Confirmed));
    assert_eq!(backend.uploaded(&first.id.to_string()), first.bytes);
    assert_eq!(backend.uploaded(&second.id.to_string()), second.bytes);
    assert_eq!(backend.patches(), 4, "no byte twice");
}

#[tokio::test]
async fn what_is_not_our_answer_is_never_a_success_and_all_arrives_once_in_the_end() {
    for mood in [Mood::Portal, Mood::Redirect, Mood::CutBody, Mood::LostAnswer, Mood::WrongReceipt] {
        let (backend, phone) = pair().await;
        phone.settle().await;
        let id = phone.queue(submit("Đèn đường hỏng"), vec![photo(phone.ports.random.as_ref(), 5_000)]);
        backend.set(mood.clone());
        phone.settle().await;
        assert_eq!(stands(&phone, id).0, "queued", "{mood:?}");
        assert!(phone.item(id).unsent(), "{mood:?}");
        backend.set(Mood::Fine);
        phone.later().await;
        assert_eq!(stands(&phone, id), ("sent", None), "{mood:?}");
        assert_eq!(backend.order(), [id], "{mood:?}: one command, however often it arrived");
    }
}

#[tokio::test]
async fn each_refusal_of_the_whole_request_ends_as_named() {
    use ProblemCode as Code;
    for (code, retry_after, expected) in [
        (Code::Forbidden, None, ("needs_person", None)),
        (Code::CommandIdReused, None, ("needs_person", None)),
        (Code::TooLarge, None, ("needs_person", None)),
        (Code::Invalid, None, ("needs_person", None)),
        (Code::TooManyRequests, Some(30), ("queued", Some("later"))),
        (Code::Internal, None, ("queued", Some("later"))),
        (Code::Unavailable, Some(5), ("queued", Some("later"))),
    ] {
        let (backend, phone) = pair().await;
        phone.settle().await;
        let id = phone.queue(submit("Rác chưa gom"), Vec::new());
        backend.set(Mood::Refusing(code, retry_after));
        let next = phone.settle().await;
        assert_eq!(stands(&phone, id), expected, "{code:?}");
        if let Some(seconds) = retry_after {
            let waited = next.0 - phone.ports.clock.now().0;
            assert!(waited >= i64::from(seconds) * 1000, "{code:?}: came back after {waited} ms");
        }
    }
}

#[tokio::test]
async fn a_tap_does_not_come_back_before_the_backend_wishes_but_ends_any_other_wait() {
    let (backend, phone) = pair().await;
    phone.settle().await;
    let id = phone.queue(submit("Nước bẩn"), Vec::new());
    backend.set(Mood::Refusing(ProblemCode::TooManyRequests, Some(60)));
    phone.settle().await;
    backend.set(Mood::Fine);
    phone.engine.wake_up().await.unwrap();
    phone.settle().await;
    assert_eq!(stands(&phone, id).0, "queued");
    phone.clock.advance(60_000);
    phone.engine.wake_up().await.unwrap();
    phone.settle().await;
    assert_eq!(stands(&phone, id).0, "sent");
    let next = phone.queue(submit("Ồn ào"), Vec::new());
    backend.set(Mood::Portal);
    for _ in 0..6 {
        phone.later().await;
    }
    backend.set(Mood::Fine);
    phone.engine.wake_up().await.unwrap();
    phone.settle().await;
    assert_eq!(stands(&phone, next).0, "sent", "a tap ends the backoff of a lost network");
}

#[tokio::test]
async fn one_bad_command_in_a_batch_is_found_and_the_others_pass() {
    let (backend, phone) = pair().await;
    let good = phone.queue(submit("Cây đổ"), Vec::new());
    let bad = phone.queue(submit("ĐỘC"), Vec::new());
    let other = phone.queue(submit("Ngập úng"), Vec::new());
    backend.set(Mood::Poison("ĐỘC"));
    phone.settle().await;
    assert_eq!(stands(&phone, good).0, "sent");
    assert_eq!(stands(&phone, bad).0, "needs_person");
    assert_eq!(stands(&phone, other).0, "sent");
}

#[tokio::test]
async fn a_lane_keeps_its_order_and_a_refused_head_stops_only_what_builds_on_it() {
    let (backend, phone) = pair().await;
    let report = phone.queue(submit("ĐỘC đứng đầu"), Vec::new());
    let note = CommandBody::Note(OnReport { report_id: report.into(), words: "xem gấp".into() });
    let behind = phone.queue(note, Vec::new());
    let elsewhere = phone.queue(submit("Làn khác"), Vec::new());
    backend.set(Mood::Poison("ĐỘC"));
    phone.settle().await;
    assert_eq!(stands(&phone, report).0, "needs_person");
    assert_eq!(stands(&phone, behind).0, "queued");
    assert_eq!(backend.arrivals(behind), 0, "what builds on a refused command stays here");
    assert_eq!(stands(&phone, elsewhere).0, "sent");
    remove::delete(&phone.store.outbox, report).unwrap();
    let item = phone.item(behind);
    assert_eq!(item.trouble.unwrap().as_str(), "predecessor-removed");
}

#[tokio::test]
async fn acts_without_a_network_go_up_in_order_each_on_the_revision_of_the_one_before() {
    let (backend, phone) = pair().await;
    let report_id = phone.ports.random.command_id(phone.ports.clock.now()).into();
    let acts = [CommandBody::Start(Bare { report_id }), CommandBody::Approve(Bare { report_id })];
    let acts = acts.map(|body| phone.queue_on(body, 4));
    phone.settle().await;
    assert_eq!(backend.order(), acts);
    let texts = acts.map(|id| backend.text(id).unwrap());
    assert!(texts[0].contains("\"expected_revision\":4") && !texts[0].contains("\"after\""));
    assert!(texts[1].contains("\"expected_revision\":5"));
    assert!(texts[1].contains(&format!("\"after\":\"{}\"", acts[0])));
    // The document has not come down yet, but the receipts tell which revision the next act meets.
    let third = phone.queue_on(CommandBody::Start(Bare { report_id }), 4);
    phone.settle().await;
    assert!(backend.text(third).unwrap().contains("\"expected_revision\":6"));
}

#[tokio::test]
async fn a_receipt_with_an_unknown_key_keeps_the_item_and_asks_for_a_newer_app() {
    let (backend, phone) = pair().await;
    let id = phone.queue(submit("Cống tắc"), Vec::new());
    backend.set(Mood::NewKey);
    phone.settle().await;
    assert_eq!(stands(&phone, id), ("queued", Some("update")));
    assert!(
        matches!(remove::delete(&phone.store.outbox, id), Err(OutboxError::OnItsWay)),
        "the backend has it, so it cannot be taken back"
    );
    backend.set(Mood::Fine);
    phone.later().await;
    assert_eq!(stands(&phone, id).0, "sent");
}

#[tokio::test]
async fn a_refused_token_is_refreshed_once_and_an_ended_session_keeps_everything() {
    let (backend, phone) = pair().await;
    phone.settle().await;
    let id = phone.queue(submit("Chó thả rông"), Vec::new());
    backend.set(Mood::Refusing(ProblemCode::SignInRequired, None));
    // The backend goes on refusing: each refusal refreshes once, and nothing is lost meanwhile.
    phone.engine.step().await.unwrap();
    assert_eq!(backend.refreshes(), 1);
    backend.set(Mood::Fine);
    phone.later().await;
    assert_eq!(stands(&phone, id).0, "sent");
    let kept = phone.queue(submit("Đường trơn"), Vec::new());
    backend.set(Mood::Refusing(ProblemCode::SignInRequired, Some(0)));
    phone.settle().await;
    assert!(phone.session.has_ended().await);
    assert_eq!(stands(&phone, kept), ("queued", Some("login")));
    let arrivals = backend.arrivals(kept);
    phone.later().await;
    assert_eq!(backend.arrivals(kept), arrivals, "nothing is sent before somebody signs in");
}

#[tokio::test]
async fn a_lost_refresh_answer_logs_nobody_out() {
    let (backend, phone) = pair().await;
    let refused = phone.session.token().await.unwrap();
    backend.set(Mood::LostAnswer);
    let lost = phone.session.refresh(&refused).await.unwrap();
    assert!(matches!(lost, crate::identity::refresh::Refreshed::Waits(_)));
    backend.set(Mood::Fine);
    let again = phone.session.refresh(&refused).await.unwrap();
    assert_eq!(again, crate::identity::refresh::Refreshed::Ready);
    let both = tokio::join!(phone.session.refresh(&refused), phone.session.refresh(&refused));
    assert!(both.0.is_ok() && both.1.is_ok());
    assert_eq!(backend.refreshes(), 2, "who waited for a refresh uses its token");
}

#[tokio::test]
async fn two_workers_on_one_outbox_never_send_twice() {
    let (backend, phone) = pair().await;
    let second = phone.second_worker();
    let ids: Vec<_> = (0..20).map(|at| phone.queue(submit(&format!("Việc số {at}")), Vec::new())).collect();
    let work = async |engine: &Engine| {
        for _ in 0..20 {
            engine.step().await.unwrap();
        }
    };
    tokio::join!(work(&phone.engine), work(&second));
    for id in ids {
        assert_eq!((backend.arrivals(id), stands(&phone, id).0), (1, "sent"));
    }
}

#[tokio::test]
async fn an_upload_goes_on_where_the_backend_is() {
    let (backend, phone) = pair().await;
    let picture = photo(phone.ports.random.as_ref(), CHUNK_BYTES * 3);
    let id = phone.queue(submit("Biển báo gãy"), vec![picture.clone()]);
    while backend.patches() < 2 {
        phone.engine.step().await.unwrap();
    }
    // The backend lost half a chunk that it had acknowledged, as after a crash.
    backend.lose_upload(&picture.id.to_string(), CHUNK_BYTES + CHUNK_BYTES / 2);
    phone.settle().await;
    assert_eq!(backend.uploaded(&picture.id.to_string()), picture.bytes);
    assert_eq!(stands(&phone, id).0, "sent");
}

#[tokio::test]
async fn lost_answers_to_uploads_send_no_byte_into_the_wrong_place() {
    let (backend, phone) = pair().await;
    phone.settle().await;
    let picture = photo(phone.ports.random.as_ref(), CHUNK_BYTES * 2);
    phone.queue(submit("Lan can hỏng"), vec![picture.clone()]);
    while phone.item(phone_first(&phone)).unsent() {
        phone.engine.step().await.unwrap();
    }
    backend.set(Mood::LostAnswer);
    phone.settle().await;
    backend.set(Mood::Fine);
    phone.later().await;
    assert_eq!(backend.uploaded(&picture.id.to_string()), picture.bytes);
}

fn phone_first(phone: &Phone) -> CommandId {
    list::open(&phone.store.outbox).unwrap()[0].id()
}

#[tokio::test]
async fn a_damaged_photo_asks_the_person_and_the_others_arrive() {
    let (backend, phone) = pair().await;
    let (good, bad) = (photo(phone.ports.random.as_ref(), 900), photo(phone.ports.random.as_ref(), 800));
    let id = phone.queue(submit("Bờ kè sạt"), vec![bad.clone(), good.clone()]);
    phone.damage(&bad);
    phone.settle().await;
    let item = phone.item(id);
    assert_eq!(item.trouble.as_ref().unwrap().as_str(), "attachment-unreadable");
    assert_eq!(backend.uploaded(&good.id.to_string()), good.bytes);
    remove::drop_photo(&phone.store.outbox, id, bad.id).unwrap();
    assert_eq!(stands(&phone, id).0, "sent");
}

#[tokio::test]
async fn a_photo_that_the_text_does_not_name_asks_the_person_and_the_rest_arrives() {
    let (backend, phone) = pair().await;
    let (named, late) = (photo(phone.ports.random.as_ref(), 900), photo(phone.ports.random.as_ref(), 800));
    let id = phone.queue(submit("Cống tắc"), vec![named.clone()]);
    // As a program before this one could leave it: the photo came in after the text was frozen.
    let elsewhere = phone.queue(submit("Cống khác"), vec![late.clone()]);
    let sql = "UPDATE attachments SET owner = ?1, position = 2 WHERE owner = ?2";
    let move_over = |tx: &rusqlite::Transaction<'_>| {
        tx.execute(sql, [id.to_string(), elsewhere.to_string()]).map_err(OutboxError::from)
    };
    phone.store.outbox.write(move_over).unwrap();
    phone.settle().await;
    let item = phone.item(id);
    assert_eq!(item.trouble.as_ref().unwrap().as_str(), "attachment-undeclared");
    assert_eq!(item.trouble.unwrap().attachment_id, Some(late.id));
    assert_eq!(backend.uploaded(&named.id.to_string()), named.bytes);
    assert_eq!(backend.patches(), 1, "the other one is not even offered");
    remove::drop_photo(&phone.store.outbox, id, late.id).unwrap();
    assert_eq!(stands(&phone, id).0, "sent");
}

#[tokio::test]
async fn a_restored_backend_gets_again_what_it_had_confirmed() {
    let (backend, phone) = pair().await;
    let delta = |epoch| {
        json!({"subscriptions": ["account:a"], "feeds": [
        {"feed": "account:a", "epoch": epoch, "reset": false, "next": 1, "complete": true, "changes": []}]})
    };
    backend.next_sync(delta("before"));
    let id = phone.queue(submit("Mất điện"), Vec::new());
    phone.settle().await;
    assert_eq!((stands(&phone, id).0, backend.arrivals(id)), ("sent", 1));
    backend.next_sync(delta("restored"));
    phone.engine.want_sync();
    phone.settle().await;
    assert_eq!((stands(&phone, id).0, backend.arrivals(id)), ("sent", 2));
}

#[tokio::test]
async fn a_clock_that_jumps_years_stops_nothing() {
    let (backend, phone) = pair().await;
    backend.set(Mood::Refusing(ProblemCode::Unavailable, None));
    let id = phone.queue(submit("Kẹt cống"), Vec::new());
    phone.settle().await;
    phone.clock.advance(-10 * 365 * 24 * 3_600_000);
    backend.set(Mood::Fine);
    phone.settle().await;
    assert_eq!(stands(&phone, id).0, "sent");
}

#[tokio::test]
async fn sent_photos_leave_the_phone_after_some_days_and_not_before() {
    let (_backend, phone) = pair().await;
    let picture = photo(phone.ports.random.as_ref(), 700);
    let id = phone.queue(submit("Cột điện nghiêng"), vec![picture.clone()]);
    phone.settle().await;
    phone.later().await;
    assert!(crate::outbox::attachments::bytes(&phone.store.outbox, picture.id).is_ok());
    phone.clock.advance(8 * 24 * 3_600_000);
    phone.later().await;
    assert_eq!(phone.item(id).state, CommandState::Settled);
    assert!(crate::outbox::attachments::bytes(&phone.store.outbox, picture.id).is_err());
}
