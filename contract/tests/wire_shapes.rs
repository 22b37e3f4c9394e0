//! A snapshot for each type that is stored or sent: a change of shape must be meant.

#![allow(clippy::unwrap_used, missing_docs)]

use citizen_contract::checks::{
    BeginNational, CardChecked, CardOutcome, Check, CheckCard, CheckWay, FinishNational, Level, NationalBegun,
};
use citizen_contract::citizen_id::Sex;
use citizen_contract::command::{
    Assign, AttachmentDeclaration, Bare, CommandBody, Credential, Envelope, OnReport, Place, Position, Rate,
    Rating, Refuse, Submit, Urgency,
};
use citizen_contract::deployment::Deployment;
use citizen_contract::devices::{Device, DeviceList, DeviceRow, DevicesRequest};
use citizen_contract::documents::{
    AnswerView, Document, NoteView, PhotoRole, PhotoState, PhotoView, QuestionView, RatingView, RefusalView,
    ReportDocument, SenderView, TimelineEntry,
};
use citizen_contract::hash::ContentHash;
use citizen_contract::ids::{AccountId, AttachmentId, CommandId, ReportId, UnitId};
use citizen_contract::keys::{KeyList, SigningKeyEntry};
use citizen_contract::my_data::{
    AccountDocument, AnswerData, AskData, ConsentEntry, Correction, DataRequest, DataRequestKind,
    DataRequestState, DataTask, DataTasks, DataTasksRequest, SetConsent, SetHomeUnit,
};
use citizen_contract::outcome::{CommandBatch, CommandOutcome, CommandOutcomes, Receipt, Verdict};
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::query::{
    QueueCounts, QueueCursor, QueueItem, QueuePage, QueueRequest, QueueView, ReportRequest,
};
use citizen_contract::registration::{
    Challenge, ChallengeKind, ConsentGiven, FinishRegistration, FinishSignIn, Register,
};
use citizen_contract::report_state::{Act, ReportState};
use citizen_contract::session::{AccountView, Refresh, Role, RoleInUnit, SessionGrant, SignIn};
use citizen_contract::signed::Signed;
use citizen_contract::sync::{Change, Content, Cursor, FeedDelta, Nudge, SyncAnswer, SyncRequest};
use citizen_contract::time::UtcMillis;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// 8 April 2024, 07:12 in Thủy Nguyên.
const MORNING: UtcMillis = UtcMillis(1_712_535_120_000);

fn uuid<T: std::str::FromStr>(last: u8) -> T
where
    T::Err: std::fmt::Debug,
{
    format!("018ebb2c-1a80-7000-8000-0000000000{last:02x}").parse().unwrap()
}

/// Shows the value, after checking that what was written reads back as the same text.
fn shape<T: Serialize + DeserializeOwned>(name: &str, value: &T) {
    let text = serde_json::to_string(value).unwrap();
    let again: T = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&again).unwrap(), text, "{name} does not read back");
    insta::assert_json_snapshot!(name, value);
}

fn place() -> Place {
    Place {
        unit_id: Some(UnitId("u0123456789ab".into())),
        words: "Đường 359, thôn 3".into(),
        position: Some(Position { lat_e7: 209_123_456, lon_e7: 1_066_543_210, accuracy_m: Some(12) }),
    }
}

fn envelope(body: CommandBody) -> Envelope {
    Envelope {
        id: uuid(1),
        credential: Credential::Account,
        after: None,
        expected_revision: None,
        created_at: MORNING,
        attachments: Vec::new(),
        body,
    }
}

#[test]
fn commands() {
    let report_id: ReportId = uuid(1);
    let words = |text: &str| OnReport { report_id, words: text.into() };
    let submit = Envelope {
        attachments: vec![AttachmentDeclaration {
            id: uuid(2),
            sha256: ContentHash::of(b"photo"),
            size: 5,
            media_type: "image/jpeg".into(),
            captured_at: Some(MORNING),
            captured_where: None,
        }],
        ..envelope(CommandBody::Submit(Submit {
            category: "duong_sa".into(),
            words: "Ổ gà sâu khoảng 20 cm trước cổng trường.".into(),
            place: place(),
            public: true,
        }))
    };
    shape("command_submit", &submit);
    let later = Envelope {
        after: Some(uuid(1)),
        expected_revision: Some(3),
        ..envelope(CommandBody::Start(Bare { report_id }))
    };
    shape("command_start", &later);
    for (name, body) in [
        ("command_add_information", CommandBody::AddInformation(words("Cột số 12"))),
        ("command_ask", CommandBody::Ask(words("Cột số mấy?"))),
        ("command_pass_back", CommandBody::PassBack(words("Đường này của xã khác"))),
        ("command_note", CommandBody::Note(words("Gần trường học"))),
        ("command_answer", CommandBody::Answer(words("Xã đã vá nhựa 6 m²."))),
        ("command_approve", CommandBody::Approve(Bare { report_id })),
        ("command_return_answer", CommandBody::ReturnAnswer(words("Còn thiếu ảnh sau khi sửa"))),
        (
            "command_rate",
            CommandBody::Rate(Rate { report_id, rating: Rating::Unresolved, words: "Vẫn ngập".into() }),
        ),
        (
            "command_assign",
            CommandBody::Assign(Assign {
                report_id,
                unit_id: UnitId("u0123456789ab".into()),
                urgency: Urgency::Normal,
                category: None,
                note: "Ưu tiên rào chắn trước".into(),
            }),
        ),
        (
            "command_refuse",
            CommandBody::Refuse(Refuse {
                report_id,
                reason: "khieu_nai".into(),
                words: "Mời gửi đơn trực tiếp".into(),
            }),
        ),
    ] {
        shape(name, &envelope(body));
    }
}

#[test]
fn outcomes() {
    let signed = Signed { payload: "{}".into(), key_id: "0011223344556677".into(), signature: "AA==".into() };
    let conflict = Problem {
        since: vec![TimelineEntry {
            revision: 3,
            act: Act::Assign,
            at: MORNING,
            unit_id: None,
            to_unit: None,
            by: None,
        }],
        ..Problem::new(ProblemCode::RevisionConflict)
    };
    shape("batch", &CommandBatch { commands: vec!["{}".into()] });
    shape(
        "outcomes",
        &CommandOutcomes {
            outcomes: vec![
                CommandOutcome { command_id: Some(uuid(1)), verdict: Verdict::Accepted { receipt: signed } },
                CommandOutcome { command_id: Some(uuid(2)), verdict: Verdict::Refused { problem: conflict } },
                CommandOutcome {
                    command_id: None,
                    verdict: Verdict::Retry {
                        problem: Problem::new(ProblemCode::Unavailable).at("/commands/2"),
                        retry_after_s: Some(30),
                    },
                },
            ],
        },
    );
    shape(
        "receipt",
        &Receipt {
            command_id: uuid::<CommandId>(1),
            content_sha256: ContentHash::of(b"text"),
            received_at: MORNING,
            report_id: Some(uuid(1)),
            report_number: Some("TN-004198".into()),
            revision: Some(1),
            first_deadline: Some(MORNING.plus_millis(3_600_000)),
        },
    );
    let entry = SigningKeyEntry {
        key_id: "00".into(),
        public_key: "AA==".into(),
        valid_from: MORNING,
        retired_at: None,
    };
    shape("key_list", &KeyList { issued_at: MORNING, keys: vec![entry] });
}

fn report() -> ReportDocument {
    ReportDocument {
        id: uuid(1),
        number: "TN-004198".into(),
        revision: 5,
        state: ReportState::Answered,
        category: "duong_sa".into(),
        urgency: Urgency::Normal,
        title: "Ổ gà sâu trước cổng trường".into(),
        words: "Ổ gà sâu trước cổng trường. Trời mưa là ngập.".into(),
        place: place(),
        public: true,
        mine: true,
        sender: Some(SenderView {
            name: "Nguyễn Văn Mẫu".into(), masked_number: "031•••••0001".into()
        }),
        submitted_at: MORNING,
        take_in_by: MORNING,
        answer_by: Some(MORNING),
        paused_since: Some(MORNING),
        handling_unit: Some(UnitId("u0123456789ab".into())),
        photos: vec![PhotoView {
            id: uuid::<AttachmentId>(2),
            role: PhotoRole::After,
            state: PhotoState::Awaited,
            captured_at: Some(MORNING),
        }],
        question: Some(QuestionView { words: "Cột số mấy?".into(), asked_at: MORNING }),
        answer: Some(AnswerView {
            unit_id: UnitId("u0123456789ab".into()),
            words: "Xã đã vá nhựa.".into(),
            signed_by: Some("Lê Văn Ví Dụ".into()),
            published_at: Some(MORNING),
        }),
        rating: Some(RatingView { rating: Rating::Acceptable, words: String::new(), rated_at: MORNING }),
        refusal: Some(RefusalView { reason: "trung".into(), words: "Đã có".into(), refused_at: MORNING }),
        notes: vec![NoteView {
            author: "Vũ Thị Mẫu".into(), words: "Ưu tiên".into(), written_at: MORNING
        }],
        timeline: vec![TimelineEntry {
            revision: 1,
            act: Act::Submit,
            at: MORNING,
            unit_id: None,
            to_unit: None,
            by: None,
        }],
        acts: vec![Act::RateDone, Act::RateUnresolved],
    }
}

#[test]
fn documents_and_sync() {
    let delta = FeedDelta {
        feed: "account:018ebb2c-1a80-7000-8000-000000000009".into(),
        epoch: "e1".into(),
        reset: false,
        next: 12,
        complete: true,
        changes: vec![
            Change {
                doc_id: "1".into(),
                revision: 5,
                content: Content::Here(Document::Report(Box::new(report()))),
            },
            Change { doc_id: "2".into(), revision: 6, content: Content::Gone { gone: "report".into() } },
        ],
    };
    shape("sync_answer", &SyncAnswer { subscriptions: ["public:all".to_owned()].into(), feeds: vec![delta] });
    let cursor = Cursor { feed: "public:all".into(), epoch: "e1".into(), after: 7 };
    shape("sync_request", &SyncRequest { cursors: vec![cursor], limit: 100 });
    shape("nudge_feed", &Nudge::Feed { feed: "public:all".into(), seq: 8 });
    shape("nudge_queue", &Nudge::Queue);
}

#[test]
fn queries() {
    let cursor = QueueCursor { due_at: MORNING, report_id: uuid(1) };
    shape(
        "queue_request",
        &QueueRequest {
            view: QueueView::ToTakeIn,
            place_unit: None,
            category: None,
            search: "duong".into(),
            after: Some(cursor.clone()),
            limit: 50,
        },
    );
    let item = QueueItem {
        report_id: uuid(1),
        number: "TN-004221".into(),
        title: "Ổ voi giữa đường".into(),
        category: "duong_sa".into(),
        urgency: Urgency::Urgent,
        state: ReportState::Received,
        place_unit: Some(UnitId("u0123456789ab".into())),
        handling_unit: None,
        submitted_at: MORNING,
        due_at: MORNING,
        photos_received: 1,
        photos_declared: 3,
    };
    let page =
        QueuePage { items: vec![item], next: Some(cursor), counts: QueueCounts::default(), as_of: MORNING };
    shape("queue_page", &page);
    shape("report_request", &ReportRequest { report_id: uuid(1) });
}

#[test]
fn checks_of_identity() {
    let check = Check { way: CheckWay::Card, at: MORNING, unit_id: Some(UnitId("u0123456789ab".into())) };
    shape("card_checked", &CardChecked { outcome: CardOutcome::Confirmed, check: Some(check) });
    shape("check_national", &Check { way: CheckWay::National, at: MORNING, unit_id: None });
    shape(
        "check_card",
        &CheckCard {
            citizen_id: "031090000001".into(),
            full_name: "Nguyễn Văn Mẫu".into(),
            phone_digits: Some("017".into()),
            unit_id: None,
            place: Some("Nhà văn hóa thôn 3".into()),
        },
    );
    shape(
        "begin_national",
        &BeginNational {
            redirect_uri: "http://127.0.0.1:4000/national-id".into(),
            code_challenge: "c".into(),
        },
    );
    shape(
        "national_begun",
        &NationalBegun {
            id: uuid(4),
            authorization_url: "https://dinhdanh.example/auth".into(),
            state: "s".into(),
            expires_at: MORNING,
        },
    );
    shape(
        "finish_national",
        &FinishNational { code: "c".into(), state: "s".into(), code_verifier: "v".into() },
    );
}

#[test]
fn an_account_of_an_older_backend_is_declared() {
    let text = r#"{"id":"018ebb2c-1a80-7000-8000-000000000009","display_name":"","job_title":"","roles":[]}"#;
    let account: AccountView = serde_json::from_str(text).unwrap();
    assert_eq!(Level::of(account.check.as_ref()), Level::Declared);
}

#[test]
fn sessions_and_deployment() {
    let account = AccountView {
        id: uuid::<AccountId>(9),
        display_name: "Hoàng Văn Thử".into(),
        job_title: "Công chức địa chính".into(),
        home_unit: None,
        roles: vec![RoleInUnit { role: Role::Handler, unit_id: UnitId("u0123456789ab".into()) }],
        check: None,
        duty: None,
    };
    shape(
        "session_grant",
        &SessionGrant {
            access_token: "a".into(),
            access_expires_at: MORNING,
            refresh_token: "r".into(),
            device_id: uuid(3),
            device_token: Some("d".into()),
            account,
        },
    );
    shape(
        "sign_in",
        &SignIn {
            citizen_id: "031090000001".into(),
            password: "mau".into(),
            device_name: "Máy mẫu".into(),
            device_token: None,
        },
    );
    shape("refresh", &Refresh { refresh_token: "r".into() });
    let deployment = Deployment {
        base_url: "http://127.0.0.1:8080".into(),
        root_public_key: "AA==".into(),
        profile: "thuy-nguyen".into(),
        demo: true,
    };
    shape("deployment", &deployment);
}

#[test]
fn registration_and_devices() {
    shape(
        "register",
        &Register {
            citizen_id: "031090000001".into(),
            full_name: "Nguyễn Văn Mẫu".into(),
            birth_date: Some("1990-05-17".into()),
            sex: Some(Sex::Male),
            phone: "0912 000 001".into(),
            home_unit: Some(UnitId("u0123456789ab".into())),
            representative_phone: None,
            consents: vec![ConsentGiven { purpose: "account".into(), wording: "2024-04".into() }],
            device_name: "Máy mẫu".into(),
        },
    );
    shape(
        "challenge",
        &Challenge {
            id: uuid(4),
            expires_at: MORNING.plus_millis(300_000),
            resend_after: MORNING.plus_millis(60_000),
            tries_left: 5,
            phone_hint: "••• ••• 001".into(),
            kind: ChallengeKind::Phone,
        },
    );
    shape(
        "finish_registration",
        &FinishRegistration {
            code: "123456".into(), password: "mau".into(), device_name: "Máy mẫu".into()
        },
    );
    shape("finish_sign_in", &FinishSignIn { code: "123456".into(), kind: None });
    let device =
        Device { id: uuid(3), name: "Máy mẫu".into(), since: MORNING, last_seen_day: "2024-04-08".into() };
    shape("devices_request", &DevicesRequest {});
    shape("device_document", &Document::Device(device.clone()));
    shape("device_list", &DeviceList { devices: vec![DeviceRow { device, here: true }] });
    shape("code_wrong", &Problem { tries_left: Some(4), ..Problem::new(ProblemCode::CodeWrong) });
}

#[test]
fn my_data() {
    let request = DataRequest {
        id: uuid(7),
        kind: DataRequestKind::Erase,
        asked_at: MORNING,
        due_at: MORNING,
        state: DataRequestState::Refused,
        ended_at: Some(MORNING),
        answer: Some("Còn phản ánh đang xử lý".into()),
    };
    let account = AccountDocument {
        check: None,
        id: uuid(3),
        display_name: "Nguyễn Văn Mẫu".into(),
        masked_number: "031•••••0012".into(),
        masked_phone: Some("••• ••• 012".into()),
        home_unit: Some(UnitId("u0123456789ab".into())),
        created_at: MORNING,
        consents: vec![ConsentEntry {
            purpose: "account".into(),
            wording: "2026-11".into(),
            given: true,
            at: MORNING,
            way: "registration".into(),
        }],
        requests: vec![request.clone()],
    };
    shape("account_document", &Document::Account(Box::new(account)));
    let consent = SetConsent { purpose: "contact".into(), wording: "2026-11".into(), given: false };
    shape("command_set_consent", &envelope(CommandBody::SetConsent(consent)));
    let correction = Correction {
        full_name: Some("Nguyễn Văn Mẫu".into()),
        birth_date: Some("1990-05-17".into()),
        sex: Some(Sex::Male),
    };
    let ask = AskData {
        kind: DataRequestKind::Correct,
        words: "Tên sai dấu".into(),
        correction: Some(correction.clone()),
        password: None,
    };
    shape("ask_data", &ask);
    shape("set_home_unit", &SetHomeUnit { home_unit: Some(UnitId("u0123456789ab".into())) });
    shape("data_tasks_request", &DataTasksRequest {});
    let task = DataTask {
        request,
        display_name: "Nguyễn Văn Mẫu".into(),
        masked_number: "031•••••0012".into(),
        words: "Tên sai dấu".into(),
        correction: Some(correction),
    };
    shape("data_tasks", &DataTasks { tasks: vec![task], as_of: MORNING });
    shape("answer_data", &AnswerData { done: false, words: "Còn phản ánh đang xử lý".into() });
}
