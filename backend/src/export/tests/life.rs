//! A citizen who has used everything that there is.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use citizen_contract::command::{CommandBody, Rating};
use citizen_contract::ids::{DataRequestId, ReportId};
use citizen_contract::my_data::{AnswerData, AskData, Correction, DataRequestKind, SetConsent};
use citizen_contract::outcome::{Receipt, Verdict};
use citizen_contract::registration::{ConsentGiven, FinishRegistration, FinishSignIn, Register};
use citizen_contract::session::{SessionGrant, SignIn};

use crate::auth::Reader;
use crate::clock::SystemRandom;
use crate::db::Db;
use crate::files::{Chunk, Files, NoFaults, UploadKey, append};
use crate::identity::my_data::{Answered, answer, ask};
use crate::identity::staff::StaffRules;
use crate::identity::{
    Codes, Identity, NumberKeys, Origin, Passwords, SignInError, SignedIn, finish_registration,
    finish_sign_in, register, sign_in,
};
use crate::joined::ReportPhotos;
use crate::messenger::{Message, Messenger, MessengerError};
use crate::testing::{CommandText, Person, World};

pub(super) const NUMBER: &str = "031192000077";
pub(super) const PHONE: &str = "0912000077";
pub(super) const NAME: &str = "Hoàng Thị Mẫu Riêng";
pub(super) const PASSWORD: &str = "mat-khau-mau-77";
pub(super) const WORDS: &str = "Nước đen tràn vào bếp nhà tôi <script>alert(1)</script>";
/// What must be nowhere after the erasure, each in the spellings in which it was kept.
pub(super) const TRACES: [&str; 12] = [
    NUMBER,
    "912000077",
    "Mẫu Riêng",
    "mau rieng",
    "Nước đen tràn",
    "nuoc den tran",
    "Máy của Riêng",
    "cạnh cột số 77",
    "Còn tràn đến chiều",
    "Đừng gọi ban đêm",
    "Tên trên thẻ là",
    PASSWORD,
];

#[derive(Default)]
struct Letters(Mutex<Vec<Message>>);

#[async_trait::async_trait]
impl Messenger for Letters {
    async fn send(&self, message: &Message) -> Result<(), MessengerError> {
        self.0.lock().unwrap().push(message.clone());
        Ok(())
    }
}

pub(super) struct Life {
    pub(super) world: World,
    pub(super) identity: Identity,
    pub(super) files: Files,
    letters: Arc<Letters>,
    pub(super) grant: SessionGrant,
    pub(super) reader: Reader,
    pub(super) photos: Vec<Vec<u8>>,
    pub(super) accepted: usize,
    pub(super) erase: Option<DataRequestId>,
}

fn here() -> Origin {
    Origin::of([198, 51, 100, 77].into())
}

pub(super) fn picture(shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = image::RgbImage::from_pixel(24, 16, image::Rgb([shade, 60, 90]));
    image.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

impl Life {
    pub(super) async fn lived(db: Db) -> Self {
        let world = World::over(db).await;
        let letters = Arc::new(Letters::default());
        let identity = Identity {
            national: None,
            backend: world.backend.clone(),
            codes: Arc::new(Codes { messenger: letters.clone(), per_day: 100 }),
            numbers: Arc::new(NumberKeys::from_bytes(&[7; NumberKeys::LENGTH])),
            passwords: Arc::new(Passwords::new(2, &SystemRandom).unwrap()),
            staff: StaffRules::of(world.backend.profile.staff, false),
        };
        let files = Files::new(world.backend.clone(), Arc::new(ReportPhotos), Arc::new(NoFaults));
        let grant = registered(&identity, &letters).await;
        let reader = Reader { account: grant.account.id, roles: Vec::new(), child: false };
        let mut life = Self {
            world,
            identity,
            files,
            letters,
            grant,
            reader,
            photos: Vec::new(),
            accepted: 0,
            erase: None,
        };
        life.second_phone().await;
        life.consents().await;
        life.reports().await;
        life.wishes().await;
        life
    }

    fn code(&self) -> String {
        self.letters.0.lock().unwrap().last().unwrap().code.clone()
    }

    pub(super) async fn tries_to_sign_in(&self) -> Result<SignedIn, SignInError> {
        let input = SignIn {
            citizen_id: NUMBER.into(),
            password: PASSWORD.into(),
            device_name: "Máy của Riêng 2".into(),
            device_token: None,
        };
        sign_in(&self.identity, &input, here()).await
    }

    async fn second_phone(&self) {
        let Ok(SignedIn::CodeSent(sent)) = self.tries_to_sign_in().await else { panic!("a code is needed") };
        let code = FinishSignIn { code: self.code(), kind: None };
        finish_sign_in(&self.identity, sent.challenge.id, &code, here()).await.unwrap();
    }

    pub(super) async fn says(&mut self, command: &CommandText) -> Receipt {
        self.world.clock.advance_s(60);
        let texts = vec![command.text.clone()];
        let outcomes = crate::commands::accept(&self.world.backend, &self.reader, texts).await;
        match outcomes.outcomes.into_iter().next().unwrap().verdict {
            Verdict::Accepted { receipt } => {
                self.accepted += 1;
                serde_json::from_str(&receipt.payload).unwrap()
            }
            other => panic!("{other:?}"),
        }
    }

    async fn consents(&mut self) {
        for (purpose, given) in [("contact", true), ("statistics", true), ("contact", false)] {
            let body = SetConsent { purpose: purpose.into(), wording: "2026-11".into(), given };
            let command = self.world.command(CommandBody::SetConsent(body));
            let receipt = self.says(&command).await;
            assert_eq!((receipt.report_id, receipt.report_number), (None, None));
        }
    }

    async fn sends(&mut self, photos: &[u8]) -> ReportId {
        let pictures: Vec<Vec<u8>> = photos.iter().map(|shade| picture(*shade)).collect();
        let declared: Vec<_> = pictures.iter().map(|bytes| self.world.photo(bytes)).collect();
        let mut command = self.world.submit_words(WORDS).with(declared.clone());
        command = self.world.placed(command, "cạnh cột số 77");
        let report = self.says(&command).await.report_id.unwrap();
        for (photo, bytes) in declared.iter().zip(pictures) {
            let key = UploadKey { account: self.reader.account, command: command.id, attachment: photo.id };
            let chunk = Chunk { offset: 0, bytes: Bytes::from(bytes.clone()), checksum: None, cut: false };
            append(&self.files, &key, chunk).await.unwrap();
            self.photos.push(bytes);
        }
        report
    }

    /// One fresh, one asked about, one not taken in, one rated.
    async fn reports(&mut self) {
        self.sends(&[10, 20]).await;
        let asked = self.sends(&[]).await;
        self.world.accept(Person::Officer, &self.world.words("report.ask", asked, "Nhà số mấy?")).await;
        let more = self.world.words("report.add_information", asked, "Còn tràn đến chiều");
        self.says(&more).await;
        let refused = self.sends(&[30]).await;
        self.world.accept(Person::Officer, &self.world.refusal(refused)).await;
        let rated = self.sends(&[]).await;
        self.world.accept(Person::Officer, &self.world.assign(rated, &self.world.commune)).await;
        let answer = self.world.words("report.answer", rated, "Đã khơi cống.");
        self.world.accept(Person::Handler, &answer).await;
        self.world.accept(Person::Approver, &self.world.bare("report.approve", rated)).await;
        let rating = self.world.rate(rated, Rating::Unresolved, "Còn tràn đến chiều");
        self.says(&rating).await;
        assert!(self.world.write(|tx| crate::search::index(tx, 10)).await >= 4);
    }

    pub(super) async fn asks(&self, input: AskData) -> DataRequestId {
        ask(&self.identity, self.reader.account, &input, here()).await.unwrap().id
    }

    async fn wishes(&mut self) {
        let wish =
            |kind, words: &str| AskData { kind, words: words.into(), correction: None, password: None };
        let correction = Some(Correction { full_name: Some(NAME.to_owned()), ..Correction::default() });
        let correct =
            AskData { correction, ..wish(DataRequestKind::Correct, "Tên trên thẻ là như vậy") };
        let correct = self.asks(correct).await;
        assert_eq!(self.office(correct, true, "Tên trên thẻ là đúng").await, Answered::Done);
        let restrict = self.asks(wish(DataRequestKind::Restrict, "Đừng gọi ban đêm")).await;
        assert_eq!(self.office(restrict, false, "Cần gọi khi khẩn cấp").await, Answered::Done);
        let password = Some(PASSWORD.to_owned());
        let erase = AskData { password, ..wish(DataRequestKind::Erase, "") };
        self.erase = Some(self.asks(erase).await);
    }

    pub(super) async fn office(&self, id: DataRequestId, done: bool, words: &str) -> Answered {
        let official = self.world.reader(Person::Officer);
        answer(&self.identity, &official, id, &AnswerData { done, words: words.into() }).await.unwrap()
    }

    /// The same card once more.
    pub(super) async fn registers_anew(&self) -> SessionGrant {
        registered(&self.identity, &self.letters).await
    }
}

async fn registered(identity: &Identity, letters: &Letters) -> SessionGrant {
    let form = Register {
        citizen_id: NUMBER.into(),
        full_name: "Hoàng Thị Mẫu Riêng Cũ".into(),
        birth_date: Some("1992-05-17".into()),
        sex: None,
        phone: PHONE.into(),
        home_unit: None,
        representative_phone: None,
        consents: vec![ConsentGiven { purpose: "account".into(), wording: "2026-11".into() }],
        device_name: "Máy của Riêng".into(),
    };
    let sent = register(identity, &form, here()).await.unwrap();
    let finish = FinishRegistration {
        code: letters.0.lock().unwrap().last().unwrap().code.clone(),
        password: PASSWORD.into(),
        device_name: "Máy của Riêng".into(),
    };
    finish_registration(identity, sent.challenge.id, &finish, here()).await.unwrap()
}
