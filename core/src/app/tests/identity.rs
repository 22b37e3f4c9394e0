//! Registering, signing in elsewhere, being told, cutting off.

use citizen_contract::problem::ProblemCode;
use citizen_contract::registration::ConsentGiven;
use citizen_contract::session::SessionGrant;

use super::*;
use crate::events::CoreEvent;
use crate::identity::form::RegisterForm;
use crate::identity::view::SessionState;
use crate::tests::{CODE, card_picture, png};

pub const NUMBER: &str = "031090000001";
pub const PASSWORD: &str = "ba con vịt bơi";
const CARD: &str = "031090000001|123456789|Nguyễn Văn Mẫu|17051990|Nam|Thôn 1, Xã Mẫu|25042021";

pub fn form_of(number: &str) -> RegisterForm {
    RegisterForm {
        citizen_id: number.into(),
        full_name: "Nguyễn Văn Mẫu".into(),
        birth_date: Some("1990-05-17".into()),
        sex: None,
        phone: "0912 000 001".into(),
        home_unit: None,
        representative_phone: None,
        consents: vec![ConsentGiven { purpose: "account".into(), wording: "2024-04".into() }],
    }
}

impl Device {
    /// A device on which a sample citizen has just registered.
    pub async fn registered(&self) -> App {
        let app = self.start().await;
        app.register_start(form_of(NUMBER)).await.unwrap();
        app.register_finish(CODE, PASSWORD).await.unwrap();
        settle(&app).await;
        app
    }

    /// A device on which the same citizen signs in with a code.
    pub async fn joined(&self) -> App {
        let app = self.start().await;
        let SignInView::Code { .. } = app.sign_in(NUMBER, PASSWORD).await.unwrap() else {
            panic!("a new device needs a code")
        };
        app.sign_in_finish(CODE).await.unwrap();
        settle(&app).await;
        app
    }
}

fn code_of<T>(result: Result<T, AppError>) -> CoreError {
    result.err().unwrap().into()
}

#[tokio::test]
async fn a_citizen_registers_from_the_picture_of_a_card() {
    let device = Device::new().await;
    let app = device.start().await;
    assert_eq!(app.session_view().await.unwrap().state, SessionState::Guest);
    let card = app.scan_card(png(&card_picture(CARD, 4))).await.unwrap();
    assert!(card.warnings.is_empty());
    let form = RegisterForm {
        citizen_id: card.citizen_id.unwrap(),
        full_name: card.full_name.unwrap(),
        birth_date: card.birth_date,
        sex: card.sex,
        ..form_of("")
    };
    let started = app.register_start(form).await.unwrap();
    assert!(started.problems.is_empty());
    assert_eq!(started.challenge.unwrap().phone_hint, "••• ••• 001");
    let wrong = code_of(app.register_finish("111111", PASSWORD).await);
    assert_eq!((wrong.code.as_str(), wrong.tries_left), ("code-wrong", Some(4)));
    assert_eq!(app.challenge_view().unwrap().tries_left, 4);
    let slip = code_of(app.register_finish("24681", PASSWORD).await);
    assert_eq!((slip.code.as_str(), slip.field.as_deref()), ("invalid", Some("code")));
    assert_eq!(app.challenge_view().unwrap().tries_left, 4, "a slip costs no try");
    let session = app.register_finish("246 810", PASSWORD).await.unwrap();
    let account = session.account.unwrap();
    assert_eq!((session.state, account.display_name.as_str()), (SessionState::SignedIn, "Nguyễn Văn Mẫu"));
    assert!(account.masked_number.ends_with("001") && !account.masked_number.contains("0310"));
    assert!(app.challenge_view().is_none());
    let app = {
        drop(app);
        device.start().await
    };
    assert_eq!(app.session_view().await.unwrap().state, SessionState::SignedIn, "also after a restart");
}

#[tokio::test]
async fn pictures_and_texts_that_are_no_card_are_told_apart() {
    let app = Device::new().await.start().await;
    assert_eq!(app.scan_card(camera()).await.unwrap_err().code(), "card-no-code");
    let other = png(&card_picture("https://example.com/", 4));
    assert_eq!(app.scan_card(other).await.unwrap_err().code(), "card-unreadable");
    assert_eq!(
        app.scan_card(b"not a picture".to_vec()).await.unwrap_err().code(),
        "photo-format-unsupported"
    );
    assert_eq!(app.read_card("xin chào").unwrap_err().code(), "card-unreadable");
    assert_eq!(app.read_card(CARD).unwrap().citizen_id.as_deref(), Some(NUMBER));
}

#[tokio::test]
async fn a_form_with_problems_sends_nothing() {
    let device = Device::new().await;
    let app = device.start().await;
    device.backend.set(Mood::Portal);
    let started = app.register_start(form_of("03109000")).await.unwrap();
    assert_eq!((started.problems.len(), started.challenge), (1, None));
}

#[tokio::test]
async fn a_network_that_fails_at_any_step_lets_the_person_go_on_where_they_were() {
    let device = Device::new().await;
    let app = device.start().await;
    for mood in [Mood::Portal, Mood::Redirect] {
        device.backend.set(mood.clone());
        assert_eq!(app.register_start(form_of(NUMBER)).await.unwrap_err().code(), "offline", "{mood:?}");
    }
    device.backend.set(Mood::Refusing(ProblemCode::CodesPaused, None));
    assert_eq!(app.register_start(form_of(NUMBER)).await.unwrap_err().code(), "codes-paused");
    device.backend.set(Mood::Refusing(ProblemCode::TooManyRequests, Some(90)));
    let patience = code_of(app.register_start(form_of(NUMBER)).await);
    assert_eq!((patience.code.as_str(), patience.retry_after_s), ("too-many-requests", Some(90)));
    device.backend.set(Mood::Refusing(ProblemCode::StorageFull, None));
    assert_eq!(app.register_start(form_of(NUMBER)).await.unwrap_err().code(), "unavailable");
    device.backend.set(Mood::Fine);
    app.register_start(form_of(NUMBER)).await.unwrap();
    device.backend.set(Mood::Portal);
    assert_eq!(app.challenge_resend().await.unwrap_err().code(), "offline");
    assert_eq!(app.register_finish(CODE, PASSWORD).await.unwrap_err().code(), "offline");
    assert!(app.challenge_view().is_some(), "the code is still waited for");
    // The account was made, the answer was lost.
    device.backend.set(Mood::LostAnswer);
    assert_eq!(app.register_finish(CODE, PASSWORD).await.unwrap_err().code(), "offline");
    device.backend.set(Mood::Fine);
    assert_eq!(app.register_finish(CODE, PASSWORD).await.unwrap_err().code(), "code-over");
    assert!(app.challenge_view().is_none());
    app.sign_in(NUMBER, PASSWORD).await.unwrap();
    assert_eq!(app.sign_in_finish(CODE).await.unwrap().state, SessionState::SignedIn);
}

#[tokio::test]
async fn five_wrong_codes_end_a_challenge_and_the_same_card_makes_one_account() {
    let device = Device::new().await;
    let app = device.start().await;
    app.register_start(form_of(NUMBER)).await.unwrap();
    for left in (0..5).rev() {
        assert_eq!(code_of(app.register_finish("111111", PASSWORD).await).tries_left, Some(left));
    }
    assert_eq!(app.challenge_resend().await.unwrap_err().code(), "code-over");
    assert_eq!(app.register_finish(CODE, PASSWORD).await.unwrap_err().code(), "code-over");
    app.register_start(form_of(NUMBER)).await.unwrap();
    app.challenge_resend().await.unwrap();
    app.register_finish(CODE, PASSWORD).await.unwrap();
    let other = Device::of(device.backend.clone());
    let app = other.start().await;
    app.register_start(form_of(NUMBER)).await.unwrap();
    assert_eq!(app.register_finish(CODE, PASSWORD).await.unwrap_err().code(), "already-registered");
}

#[tokio::test]
async fn a_code_serves_only_what_it_was_asked_for() {
    let device = Device::new().await;
    let app = device.start().await;
    assert_eq!(app.sign_in_finish(CODE).await.unwrap_err().code(), "code-over");
    app.register_start(form_of(NUMBER)).await.unwrap();
    assert_eq!(app.sign_in_finish(CODE).await.unwrap_err().code(), "code-over");
    app.challenge_drop();
    assert_eq!(app.register_finish(CODE, PASSWORD).await.unwrap_err().code(), "code-over");
}

#[tokio::test]
async fn a_clock_that_is_wrong_by_years_shows_the_same_minutes() {
    let device = Device::new().await;
    let app = device.start().await;
    for years in [0, -9, 30] {
        device.clock.advance(years * 365 * 86_400_000);
        let challenge = app.register_start(form_of(NUMBER)).await.unwrap().challenge.unwrap();
        let left = (challenge.expires_at.0 - challenge.now.0, challenge.resend_after.0 - challenge.now.0);
        assert_eq!(left, (300_000, 60_000), "{years}");
    }
    device.clock.advance(40_000);
    let challenge = app.challenge_view().unwrap();
    assert_eq!(challenge.resend_after.0 - challenge.now.0, 20_000);
    let again = app.challenge_resend().await.unwrap();
    assert_eq!(again.resend_after.0 - again.now.0, 60_000);
}

#[tokio::test]
async fn a_known_device_signs_in_again_without_a_code() {
    let device = Device::new().await;
    let app = device.registered().await;
    app.sign_out().await.unwrap();
    drop(app);
    let app = device.start().await;
    let SignInView::SignedIn { session } = app.sign_in("031 090 000 001", PASSWORD).await.unwrap() else {
        panic!("the device is known")
    };
    assert_eq!(session.state, SessionState::SignedIn);
    settle(&app).await;
    let devices = app.devices().await.unwrap().devices;
    assert!(devices.len() == 1 && devices[0].here, "and is still one device");
    // Somebody else on the same device shows nothing of it.
    app.sign_in("031099000002", "mật khẩu mẫu").await.unwrap();
    assert_eq!(device.backend.shown_tokens().last(), Some(&None));
}

#[tokio::test]
async fn the_first_device_is_told_of_a_second_one_and_cuts_it_off() {
    let first = Device::new().await;
    let home = first.registered().await;
    assert!(home.session_view().await.unwrap().new_devices.is_empty(), "its own sign-in is no news");
    let second = Device::of(first.backend.clone());
    let away = second.joined().await;
    assert!(away.session_view().await.unwrap().new_devices.is_empty(), "those before it are no news");

    let mut heard = home.subscribe();
    home.engine().want_sync();
    settle(&home).await;
    home.tell_of_new_devices().await.unwrap();
    let heard: Vec<_> = std::iter::from_fn(|| heard.try_recv().ok()).collect();
    assert!(heard.contains(&CoreEvent::Session));
    let told = home.session_view().await.unwrap().new_devices;
    assert_eq!((told.len(), told[0].name.as_str()), (1, "máy thử"));

    first.backend.set(Mood::Portal);
    let offline = home.devices().await.unwrap();
    let facts: Vec<_> = offline.devices.iter().map(|it| (it.here, it.is_new)).collect();
    assert_eq!(facts, [(true, false), (false, true)], "the list is there without a network");
    assert_eq!(home.device_cut_off(told[0].id).await.unwrap_err().code(), "offline");
    first.backend.set(Mood::Fine);
    home.devices_seen().await.unwrap();
    assert!(home.session_view().await.unwrap().new_devices.is_empty());
    let left = home.device_cut_off(told[0].id).await.unwrap();
    assert!(left.devices.len() == 1 && left.devices[0].here);
    assert_eq!(home.device_cut_off(told[0].id).await.unwrap_err().code(), "not-found");
    settle(&home).await;
    assert_eq!(home.devices().await.unwrap().devices.len(), 1, "also after the next sync");
    // Seen once, it would not be news again; a third one is.
    Device::of(first.backend.clone()).joined().await;
    home.engine().want_sync();
    settle(&home).await;
    assert_eq!(home.session_view().await.unwrap().new_devices.len(), 1);
}

#[tokio::test]
async fn a_device_that_was_cut_off_keeps_its_outbox_and_the_same_person_goes_on() {
    let first = Device::new().await;
    let home = first.registered().await;
    let second = Device::of(first.backend.clone());
    let away = second.joined().await;
    let id = home.devices().await.unwrap().devices[0].id;
    assert!(away.devices().await.unwrap().devices.iter().any(|it| it.id == id && !it.here));
    away.device_cut_off(id).await.unwrap();

    let draft = home.draft_new().await.unwrap();
    home.draft_save(draft.id, super::form(&home)).await.unwrap();
    home.draft_add_photo(draft.id, camera(), Agreement::default()).await.unwrap();
    let queued = home.draft_submit(draft.id).await.unwrap().command_id.unwrap();
    settle(&home).await;
    let session = home.session_view().await.unwrap();
    assert_eq!((session.state, session.outbox_count), (SessionState::SessionOver, 1));
    assert!(session.sign_in_again);
    assert_eq!(first.backend.order(), []);
    assert_eq!(home.device_cut_off(id).await.unwrap_err().code(), "sign-in-required");

    let SignInView::Code { .. } = home.sign_in(NUMBER, PASSWORD).await.unwrap() else {
        panic!("what was cut off is no longer known")
    };
    home.sign_in_finish(CODE).await.unwrap();
    settle(&home).await;
    assert_eq!(first.backend.order(), [queued], "what waited is sent");
    let told = home.session_view().await.unwrap().new_devices;
    assert_eq!(told.len(), 1, "the owner is told of who cut them off");
}

#[tokio::test]
async fn a_second_person_on_the_same_device_finds_nothing_of_the_first() {
    let device = Device::new().await;
    let app = device.registered().await;
    app.lock_set("482916", None).await.unwrap();
    let draft = app.draft_new().await.unwrap();
    app.draft_save(draft.id, super::form(&app)).await.unwrap();
    app.draft_add_photo(draft.id, camera(), Agreement::default()).await.unwrap();
    app.draft_submit(draft.id).await.unwrap();
    app.sign_out().await.unwrap();
    app.sign_in("031099000002", "mật khẩu mẫu").await.unwrap();
    settle(&app).await;
    let session = app.session_view().await.unwrap();
    assert!(!session.account.unwrap().masked_number.ends_with("001"));
    assert_eq!(session.outbox_count, 0);
    assert!(!session.lock.unwrap().set, "the first one's PIN is not asked for");
    assert!(app.devices().await.unwrap().devices.is_empty());
    assert!(app.outbox_view().await.unwrap().items.is_empty());
    assert!(app.reports_mine(ReportsTab::Open).await.unwrap().rows.is_empty());
    assert_eq!(app.draft_get(draft.id).await.unwrap_err().code(), "not-found");
    assert_eq!(device.backend.order(), []);
}

#[tokio::test]
async fn a_copied_folder_says_nothing_of_the_person() {
    let device = Device::new().await;
    let app = device.registered().await;
    app.lock_set("482916", None).await.unwrap();
    let draft = app.draft_new().await.unwrap();
    app.draft_save(draft.id, super::form(&app)).await.unwrap();
    drop(app);
    let mut folders = vec![device.dir.path().to_owned()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let bytes = std::fs::read(&path).unwrap();
            for word in ["Nguyễn Văn", NUMBER, "912000001", "482916", PASSWORD, "cổng chợ", "refresh-"]
            {
                let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
                assert!(!found, "{word} in {}", path.display());
            }
        }
    }
    assert!(files >= 2, "the files were looked at");
}

#[test]
fn a_session_kept_before_devices_were_known_still_reads() {
    let grant = serde_json::json!({
        "access_token": "a", "access_expires_at": 0, "refresh_token": "r",
        "device_id": "018e9a4e-8a00-7000-9000-000000000001",
        "account": {"id": "018e9a4e-8a00-7000-8000-031090000001", "display_name": "Nguyễn Văn Mẫu",
                    "job_title": "", "roles": []},
    });
    assert!(serde_json::from_value::<SessionGrant>(grant).unwrap().device_token.is_none());
}
