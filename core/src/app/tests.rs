mod flush;
mod identity;
mod links;
mod locked;

use std::sync::Arc;

use citizen_contract::deployment::Deployment;
use citizen_contract::signed::encode_key;

use super::*;
use crate::http::HttpTransport;
use crate::photos::Agreement;
use crate::ports::{HandClock, KeyStore, KeyStoreError, MemoryKeyStore, NoObserver, Secret, SystemRandom};
use crate::reports::{DraftField, DraftPatch, ReportsTab};
use crate::shown::{PlaceInput, Status};
use crate::tests::{FakeBackend, Mood, START};
use crate::worker::{NetworkState, Next};

struct Device {
    dir: tempfile::TempDir,
    keys: Arc<dyn KeyStore>,
    backend: FakeBackend,
    clock: Arc<HandClock>,
}

impl Device {
    async fn new() -> Self {
        Self::of(FakeBackend::start().await)
    }

    /// Another device of the same world.
    fn of(backend: FakeBackend) -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            keys: Arc::new(MemoryKeyStore::lasting()),
            backend,
            clock: Arc::new(HandClock::at(START)),
        }
    }

    async fn try_start(&self) -> Result<App, AppError> {
        let deployment = Deployment {
            base_url: self.backend.base_url.clone(),
            root_public_key: encode_key(&self.backend.root()),
            profile: "thuy-nguyen".into(),
            demo: true,
        };
        let config = AppConfig {
            data_dir: self.dir.path().to_owned(),
            instance: "test".into(),
            deployment,
            device_name: "máy thử".into(),
        };
        let ports = Ports {
            clock: self.clock.clone(),
            random: Arc::new(SystemRandom),
            keys: self.keys.clone(),
            transport: Arc::new(HttpTransport::new(&self.backend.base_url, &[]).unwrap()),
            phases: Arc::new(NoObserver),
        };
        App::open(config, ports).await
    }

    async fn start(&self) -> App {
        self.try_start().await.unwrap()
    }

    async fn signed_in(&self) -> App {
        let app = self.start().await;
        app.sign_in("0310 9900 0001", "mật khẩu mẫu").await.unwrap();
        app
    }
}

async fn settle(app: &App) {
    while app.engine().step().await.unwrap() == Next::Again {}
}

fn form(app: &App) -> DraftPatch {
    let category = app.catalogue().categories[0].id.clone();
    DraftPatch {
        category_id: Some(Some(category)),
        text: Some("Ổ gà sâu trước cổng chợ, trời mưa rất nguy hiểm".into()),
        place: Some(PlaceInput {
            words: "Chợ Trịnh Xá".into(),
            lat_e7: Some(209_250_000),
            lon_e7: Some(1_066_666_666),
            ..PlaceInput::default()
        }),
        public: Some(true),
    }
}

fn camera() -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(64, 48, image::Rgb([90, 120, 60]));
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut bytes).encode_image(&picture).unwrap();
    bytes
}

#[tokio::test]
async fn a_report_written_without_a_network_survives_restarts_and_is_sent_once() {
    let device = Device::new().await;
    let app = device.signed_in().await;
    device.backend.set(Mood::Portal);
    let draft = app.draft_new().await.unwrap();
    let missing = app.draft_submit(draft.id).await.unwrap().missing;
    assert_eq!(missing[..3], [DraftField::Category, DraftField::Text, DraftField::Place]);
    app.draft_save(draft.id, form(&app)).await.unwrap();
    app.draft_add_photo(draft.id, camera(), Agreement::default()).await.unwrap();
    drop(app);

    let app = device.start().await;
    let kept = app.draft_get(draft.id).await.unwrap();
    assert_eq!(
        (kept.text.as_str(), kept.photos.len()),
        ("Ổ gà sâu trước cổng chợ, trời mưa rất nguy hiểm", 1)
    );
    assert_eq!(app.home_view().await.unwrap().draft.unwrap().id, draft.id);
    let queued = app.draft_submit(draft.id).await.unwrap().command_id.unwrap();
    settle(&app).await;
    assert_eq!(app.session_view().await.unwrap().network.state, NetworkState::Offline);
    drop(app);

    let app = device.start().await;
    let rows = app.reports_mine(ReportsTab::Open).await.unwrap().rows;
    assert_eq!((rows[0].status, rows[0].number.as_deref()), (Status::WAITING, None));
    let report = app.report_view(queued.into()).await.unwrap();
    assert!(report.steps[0].waiting && report.photos[0].available);
    assert!(app.photo_bytes(report.photos[0].attachment_id, PhotoVariant::Thumb).await.unwrap().is_some());
    device.backend.set(Mood::Fine);
    app.network_changed().await.unwrap();
    settle(&app).await;
    let item = app.outbox_view().await.unwrap().items.remove(0);
    assert_eq!((item.state, item.percent, item.photos_sent), ("sent", 100, 1));
    assert_eq!(item.report_number.as_deref(), Some("TN-000001"));
    assert_eq!(app.outbox_view().await.unwrap().size_bytes, 0, "nothing is left to be sent");
    assert_eq!(device.backend.order(), [queued]);
}

#[tokio::test]
async fn signing_out_keeps_what_was_not_sent_and_nobody_else_sends_it() {
    let device = Device::new().await;
    let app = device.signed_in().await;
    let draft = app.draft_new().await.unwrap();
    app.draft_save(draft.id, form(&app)).await.unwrap();
    app.draft_add_photo(draft.id, camera(), Agreement::default()).await.unwrap();
    app.draft_submit(draft.id).await.unwrap();
    let view = app.sign_out().await.unwrap();
    assert!(view.account.is_none());
    settle(&app).await;
    assert_eq!(device.backend.order(), [], "nobody signed in, nothing sent");
    assert_eq!(app.outbox_view().await.unwrap_err().code(), "sign-in-required");
    app.sign_in("031099000001", "mật khẩu mẫu").await.unwrap();
    settle(&app).await;
    assert_eq!(device.backend.order(), [draft.id]);
}

#[tokio::test]
async fn a_second_account_on_the_same_device_neither_sees_nor_sends_what_the_first_wrote() {
    let device = Device::new().await;
    let app = device.signed_in().await;
    let draft = app.draft_new().await.unwrap();
    app.draft_save(draft.id, form(&app)).await.unwrap();
    app.draft_add_photo(draft.id, camera(), Agreement::default()).await.unwrap();
    app.draft_submit(draft.id).await.unwrap();
    app.sign_in("031099000002", "mật khẩu mẫu").await.unwrap();
    settle(&app).await;
    assert!(app.outbox_view().await.unwrap().items.is_empty());
    assert_eq!(app.draft_get(draft.id).await.unwrap_err().code(), "not-found");
    assert_eq!(device.backend.order(), []);
    app.sign_in("031099000001", "mật khẩu mẫu").await.unwrap();
    settle(&app).await;
    assert_eq!(device.backend.order(), [draft.id]);
}

#[tokio::test]
async fn a_photo_of_an_unknown_format_leaves_the_draft_and_names_the_reason() {
    let device = Device::new().await;
    let app = device.signed_in().await;
    let draft = app.draft_new().await.unwrap();
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    let refused = app.draft_add_photo(draft.id, heic, Agreement::default()).await.unwrap_err();
    assert_eq!(refused.code(), "photo-format-unsupported");
    assert!(app.draft_get(draft.id).await.unwrap().photos.is_empty());
    assert_eq!(app.draft_new().await.unwrap().id, draft.id, "nothing was entered, so it is the same draft");
}

#[tokio::test]
async fn changes_and_photos_at_the_same_time_do_not_undo_each_other() {
    let device = Device::new().await;
    let app = device.signed_in().await;
    let id = app.draft_new().await.unwrap().id;
    let words =
        DraftPatch { text: Some("Cây đổ chắn ngang đường".into()), ..DraftPatch::default() };
    let public = DraftPatch { public: Some(true), ..DraftPatch::default() };
    let place = PlaceInput { words: "đầu xóm".into(), ..PlaceInput::default() };
    let place = DraftPatch { place: Some(place), ..DraftPatch::default() };
    let most = usize::from(app.catalogue().max_photos);
    let photo = || app.draft_add_photo(id, camera(), Agreement::default());
    let changes = async {
        tokio::join!(app.draft_save(id, words), app.draft_save(id, public), app.draft_save(id, place))
    };
    let photos = async { tokio::join!(photo(), photo(), photo(), photo(), photo(), photo(), photo()) };
    let (changed, taken) = tokio::join!(changes, photos);
    assert!(changed.0.is_ok() && changed.1.is_ok() && changed.2.is_ok());
    // Which photo is prepared first is up to the machine; how many have room is not.
    let (a, b, c, d, e, f, g) = taken;
    assert_eq!([a, b, c, d, e, f, g].iter().filter(|it| it.is_ok()).count(), most.min(7));
    let draft = app.draft_get(id).await.unwrap();
    assert_eq!((draft.text.as_str(), draft.public), ("Cây đổ chắn ngang đường", true));
    assert_eq!((draft.place.place.words.as_str(), draft.photos.len()), ("đầu xóm", most.min(7)));
}

#[tokio::test]
async fn a_wrong_password_and_an_unreachable_backend_are_told_apart() {
    let device = Device::new().await;
    let app = device.start().await;
    assert_eq!(app.sign_in("031099000001", "sai").await.unwrap_err().code(), "wrong-credentials");
    device.backend.set(Mood::Portal);
    assert_eq!(app.sign_in("031099000001", "mật khẩu mẫu").await.unwrap_err().code(), "offline");
}

#[tokio::test]
async fn a_data_directory_belongs_to_one_process_at_a_time() {
    let device = Device::new().await;
    let _first = device.start().await;
    assert_eq!(device.try_start().await.err().unwrap().code(), "already-open");
}

#[tokio::test]
async fn a_lost_key_sets_the_outbox_aside_and_says_so() {
    let mut device = Device::new().await;
    drop(device.signed_in().await);
    device.keys = Arc::new(MemoryKeyStore::lasting());
    let app = device.signed_in().await;
    let name = app.session_view().await.unwrap().set_aside.unwrap();
    let folders = std::fs::read_dir(device.dir.path().join("accounts")).unwrap();
    let found = folders.filter(|folder| folder.as_ref().unwrap().path().join(&name).exists()).count();
    assert!(found >= 1, "the file is still there");
    let told = app.set_aside().await.unwrap();
    assert_eq!((&told[0].name, told[0].at), (&name, START));
    assert!(told[0].bytes > 0);
}

/// A device without a key store.
struct NoKeys;

impl KeyStore for NoKeys {
    fn get(&self, _: &str) -> Result<Option<Secret>, KeyStoreError> {
        Err(KeyStoreError::Unavailable)
    }

    fn set(&self, _: &str, _: &[u8]) -> Result<(), KeyStoreError> {
        Err(KeyStoreError::Unavailable)
    }

    fn delete(&self, _: &str) -> Result<(), KeyStoreError> {
        Err(KeyStoreError::Unavailable)
    }
}

#[tokio::test]
async fn files_of_a_session_without_a_key_store_go_once_its_process_is_gone() {
    let mut device = Device::new().await;
    device.keys = Arc::new(NoKeys);
    let folders = || std::fs::read_dir(device.dir.path().join("session-only")).unwrap().count();
    let app = device.signed_in().await;
    app.draft_new().await.unwrap();
    assert!(device.try_start().await.is_err(), "a second process");
    assert_eq!(folders(), 1, "does not sweep what the first one uses");
    drop(app);
    let _app = device.start().await;
    assert_eq!(folders(), 1, "only the new session's");
}

#[tokio::test]
async fn without_a_key_store_the_session_says_so_and_a_passphrase_keeps_everything() {
    let mut device = Device::new().await;
    device.keys = Arc::new(NoKeys);
    let app = device.start().await;
    assert!(!app.session_view().await.unwrap().key_kept);
    app.use_passphrase("ba con vịt bơi sông Cấm".into()).await.unwrap();
    app.sign_in("031099000001", "mật khẩu mẫu").await.unwrap();
    let draft = app.draft_new().await.unwrap();
    drop(app);
    let app = device.start().await;
    assert!(app.session_view().await.unwrap().passphrase_needed);
    assert_eq!(app.use_passphrase("sai".into()).await.unwrap_err().code(), "wrong-passphrase");
    let view = app.use_passphrase("ba con vịt bơi sông Cấm".into()).await.unwrap();
    assert!(view.key_kept && view.account.is_some(), "still signed in");
    app.draft_get(draft.id).await.unwrap();
}
