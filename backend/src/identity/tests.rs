//! Signing in, staying in, and getting out, as people and thieves do it.

use std::sync::{Arc, Mutex};

use citizen_contract::citizen_id::CitizenId;
use citizen_contract::session::{Refresh, SessionGrant, SignIn};

mod card_checks;
mod codes;
mod devices;
mod freeing;
mod limits;
mod registration;
mod resets;
mod staff;
mod tries;

use super::*;
use crate::clock::{Clock as _, SystemRandom};
use crate::db::testing::{ENGINES, Fresh};
use crate::db::{Engine, WriteError};
use crate::feeds;
use crate::messenger::{Message, Messenger, MessengerError};
use crate::stage::{self, HandClock};

const NUMBER: &str = "031090000001";
const PASSWORD: &str = "mat-khau-mau-01";
const PER_DAY: u32 = 200;

struct Office {
    identity: Identity,
    clock: Arc<HandClock>,
    letters: Arc<Letters>,
    _fresh: Fresh,
}

/// A messenger whose messages the test reads.
#[derive(Default)]
struct Letters {
    sent: Mutex<Vec<Message>>,
    failure: Mutex<Option<MessengerError>>,
}

#[async_trait::async_trait]
impl Messenger for Letters {
    async fn send(&self, message: &Message) -> Result<(), MessengerError> {
        if let Some(failure) = *self.failure.lock().unwrap() {
            return Err(failure);
        }
        self.sent.lock().unwrap().push(message.clone());
        Ok(())
    }
}

impl Letters {
    fn count(&self) -> usize {
        self.sent.lock().unwrap().len()
    }

    /// The newest code that reached a phone.
    fn code_for(&self, phone: &str) -> String {
        let sent = self.sent.lock().unwrap();
        let letter = sent.iter().rfind(|letter| letter.to.e164() == phone).unwrap();
        assert!(letter.text.contains(&letter.code));
        letter.code.clone()
    }
}

impl Office {
    async fn open() -> Self {
        Self::on(Engine::Sqlite).await
    }

    async fn on(engine: Engine) -> Self {
        let fresh = Fresh::new(engine);
        let clock = HandClock::in_april();
        let db = fresh.open();
        let backend =
            stage::backend(db, &[feeds::MIGRATIONS, MIGRATIONS, crate::audit::MIGRATIONS], &clock).await;
        backend.db.write(|tx| feeds::begin(tx, "first")).await.map_err(WriteError::flatten).unwrap();
        let letters = Arc::new(Letters::default());
        let identity = Identity {
            backend,
            codes: Arc::new(Codes { messenger: letters.clone(), per_day: PER_DAY }),
            national: None,
            numbers: Arc::new(NumberKeys::from_bytes(&[7; NumberKeys::LENGTH])),
            passwords: Arc::new(Passwords::new(2, &SystemRandom).unwrap()),
            staff: super::staff::StaffRules::of(stage::profile().staff, false),
        };
        let add = AddAccount {
            number: CitizenId::parse(NUMBER).unwrap(),
            password: PASSWORD.into(),
            display_name: "Nguyễn Văn Mẫu".into(),
            job_title: String::new(),
            home_unit: None,
            roles: Vec::new(),
            origin: PasswordOrigin::Own,
        };
        add_account(&identity, add).await.unwrap();
        Self { identity, clock, letters, _fresh: fresh }
    }

    async fn sign_in(&self, number: &str, password: &str) -> Result<SessionGrant, SignInError> {
        self.sign_in_from(1, number, password).await
    }

    /// From one of many networks.
    async fn sign_in_from(
        &self,
        network: u8,
        number: &str,
        password: &str,
    ) -> Result<SessionGrant, SignInError> {
        let input = SignIn {
            citizen_id: number.into(),
            password: password.into(),
            device_name: "Điện thoại của Mẫu".into(),
            device_token: None,
        };
        match sign_in(&self.identity, &input, Origin::of([192, 0, 2, network].into())).await? {
            SignedIn::Granted(grant) => Ok(*grant),
            SignedIn::CodeSent(_) | SignedIn::Factor(_) => panic!("no code is needed here"),
        }
    }

    async fn refresh(&self, token: &str) -> Result<SessionGrant, RefreshError> {
        refresh(&self.identity, &Refresh { refresh_token: token.into() }).await
    }

    async fn knows(&self, access_token: &str) -> bool {
        recognise(&self.identity, access_token).await.unwrap().is_some()
    }
}

#[tokio::test]
async fn a_person_is_recognised_until_the_access_token_ends() {
    let office = Office::open().await;
    let grant = office.sign_in("031 090 000 001", PASSWORD).await.unwrap();
    let seen = recognise(&office.identity, &grant.access_token).await.unwrap().unwrap();
    assert_eq!(seen.account.display_name, "Nguyễn Văn Mẫu");
    assert_eq!(seen.expires_at, grant.access_expires_at);
    office.clock.advance_s(15 * 60);
    assert!(!office.knows(&grant.access_token).await);
    assert!(
        !office.knows("bnVsbA").await && !office.knows("").await && !office.knows(&grant.refresh_token).await
    );
}

#[tokio::test]
async fn an_unknown_number_and_a_wrong_password_answer_alike() {
    let office = Office::open().await;
    let wrong = office.sign_in(NUMBER, "mat-khau-khac").await.unwrap_err();
    let unknown = office.sign_in("031090000009", PASSWORD).await.unwrap_err();
    assert_eq!((wrong, unknown), (SignInError::Wrong, SignInError::Wrong));
}

#[tokio::test]
async fn a_lost_answer_to_a_refresh_logs_nobody_out() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let first = office.sign_in(NUMBER, PASSWORD).await.unwrap();
        let lost = office.refresh(&first.refresh_token).await.unwrap();
        office.clock.advance_s(60);
        let again = office.refresh(&first.refresh_token).await.unwrap();
        assert!(again == lost, "the successor must be the same, or the client that got the first one is out");
        assert!(office.knows(&again.access_token).await);
        assert!(office.knows(&first.access_token).await, "requests on their way still count");
        assert!(office.refresh(&again.refresh_token).await.is_ok());
    }
}

#[tokio::test]
async fn the_token_before_ends_the_session_for_all_after_the_grace() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let first = office.sign_in(NUMBER, PASSWORD).await.unwrap();
        let second = office.refresh(&first.refresh_token).await.unwrap();
        office.clock.advance_s(61);
        assert_eq!(office.refresh(&first.refresh_token).await.unwrap_err(), RefreshError::Over);
        assert_eq!(office.refresh(&second.refresh_token).await.unwrap_err(), RefreshError::Over);
        assert!(!office.knows(&second.access_token).await);
    }
}

#[tokio::test]
async fn a_token_older_than_the_one_before_ends_the_session_even_within_the_grace() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let first = office.sign_in(NUMBER, PASSWORD).await.unwrap();
        let second = office.refresh(&first.refresh_token).await.unwrap();
        let third = office.refresh(&second.refresh_token).await.unwrap();
        assert_eq!(office.refresh(&first.refresh_token).await.unwrap_err(), RefreshError::Over);
        assert!(!office.knows(&third.access_token).await);
    }
}

#[tokio::test]
async fn many_refreshes_at_once_get_one_successor() {
    for engine in ENGINES {
        let office = Arc::new(Office::on(engine).await);
        let first = office.sign_in(NUMBER, PASSWORD).await.unwrap();
        let all = futures::future::join_all((0..20).map(|_| office.refresh(&first.refresh_token))).await;
        let one = all.first().unwrap().clone().unwrap();
        assert!(all.into_iter().all(|grant| grant.unwrap() == one));
    }
}

#[tokio::test]
async fn signing_out_ends_this_device_only() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let here = office.sign_in(NUMBER, PASSWORD).await.unwrap();
        let elsewhere = office.sign_in(NUMBER, PASSWORD).await.unwrap();
        sign_out(&office.identity, &here.access_token).await.unwrap();
        assert!(!office.knows(&here.access_token).await);
        assert_eq!(office.refresh(&here.refresh_token).await.unwrap_err(), RefreshError::Over);
        assert!(office.knows(&elsewhere.access_token).await);
    }
}

#[tokio::test]
async fn a_number_has_one_account() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let add = AddAccount {
            number: CitizenId::parse(NUMBER).unwrap(),
            password: PASSWORD.into(),
            display_name: "Trần Thị Mẫu".into(),
            job_title: String::new(),
            home_unit: None,
            roles: Vec::new(),
            origin: PasswordOrigin::Own,
        };
        assert!(matches!(add_account(&office.identity, add).await, Err(AddAccountError::Taken)));
    }
}
