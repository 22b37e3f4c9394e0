//! One account on several devices: each is known, told of, and cut off.

use citizen_contract::registration::FinishSignIn;
use citizen_contract::sync::Nudge;

use super::registration::{NEW, PHONE};
use super::*;

impl Office {
    async fn enters(&self, password: &str, token: Option<&str>) -> Result<SignedIn, SignInError> {
        let input = SignIn {
            citizen_id: NEW.into(),
            password: password.into(),
            device_name: "Máy tính bảng".into(),
            device_token: token.map(str::to_owned),
        };
        sign_in(&self.identity, &input, Origin::HERE).await
    }

    /// Signs in on a second device with the code that reached the phone.
    async fn second_device(&self) -> SessionGrant {
        let SignedIn::CodeSent(sent) = self.enters(PASSWORD, None).await.unwrap() else { panic!() };
        let input = FinishSignIn { code: self.letters.code_for(PHONE), kind: None };
        finish_sign_in(&self.identity, sent.challenge.id, &input, Origin::HERE).await.unwrap()
    }

    /// Names of the devices in the list, and which of them asks.
    async fn list(&self, grant: &SessionGrant) -> Vec<(String, bool)> {
        let list = devices(&self.identity, grant.account.id, &grant.access_token).await.unwrap();
        list.devices.into_iter().map(|row| (row.device.name, row.here)).collect()
    }
}

#[tokio::test]
async fn a_new_device_needs_the_code_and_a_known_one_its_token() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let first = office.registered(NEW, PHONE).await;
        assert_eq!(office.enters("mat-khau-khac", None).await, Err(SignInError::Wrong));
        assert_eq!(office.letters.count(), 1, "a wrong password sends no code");
        office.clock.advance_s(60);
        let second = office.second_device().await;
        assert_ne!(second.device_id, first.device_id);
        assert_eq!(
            office.list(&first).await,
            [("Máy tính bảng".to_owned(), false), ("Điện thoại của Mẫu".to_owned(), true)]
        );
        let SignedIn::Granted(again) = office.enters(PASSWORD, first.device_token.as_deref()).await.unwrap()
        else {
            panic!("a known device needs no code")
        };
        assert_eq!((again.device_id, again.device_token.as_ref()), (first.device_id, None));
        assert!(!office.knows(&first.access_token).await, "one session a device");
        assert_eq!(office.letters.count(), 2);
    }
}

#[tokio::test]
async fn the_token_of_another_account_s_device_is_none() {
    let office = Office::open().await;
    office.registered(NEW, PHONE).await;
    let stranger = office.registered("031192000018", "+84912000018").await;
    let entry = office.enters(PASSWORD, stranger.device_token.as_deref()).await.unwrap();
    assert!(matches!(entry, SignedIn::CodeSent(_)));
    let entry = office.enters(PASSWORD, Some("bịa đặt")).await.unwrap();
    assert!(matches!(entry, SignedIn::CodeSent(_)));
}

#[tokio::test]
async fn a_device_that_is_cut_off_is_out_at_once_and_needs_a_code_again() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let first = office.registered(NEW, PHONE).await;
        let second = office.second_device().await;
        let mut heard = office.identity.backend.nudges.listen();
        assert!(cut_off(&office.identity, second.account.id, first.device_id).await.unwrap());
        let feed = format!("account:{}", first.account.id);
        assert!(matches!(heard.try_recv().unwrap(), Nudge::Feed { feed: told, .. } if told == feed));
        assert!(!office.knows(&first.access_token).await);
        assert_eq!(office.refresh(&first.refresh_token).await.unwrap_err(), RefreshError::Over);
        assert!(office.knows(&second.access_token).await);
        assert_eq!(office.list(&second).await.len(), 1);
        let entry = office.enters(PASSWORD, first.device_token.as_deref()).await.unwrap();
        assert!(matches!(entry, SignedIn::CodeSent(_)), "its token is forgotten");
        assert!(!cut_off(&office.identity, second.account.id, first.device_id).await.unwrap());
    }
}

#[tokio::test]
async fn the_office_cuts_every_device_of_a_number_off_and_no_other() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let first = office.registered(NEW, PHONE).await;
        let second = office.second_device().await;
        let neighbour = office.registered("031192000018", "+84912000018").await;
        let number = |text: &str| CitizenId::parse(text).unwrap();
        assert_eq!(cut_off_all(&office.identity, &number(NEW)).await, Ok(Some(2)));
        for grant in [&first, &second] {
            assert!(!office.knows(&grant.access_token).await);
            assert_eq!(office.refresh(&grant.refresh_token).await.unwrap_err(), RefreshError::Over);
            let entry = office.enters(PASSWORD, grant.device_token.as_deref()).await.unwrap();
            assert!(matches!(entry, SignedIn::CodeSent(_)));
        }
        assert!(office.knows(&neighbour.access_token).await);
        assert_eq!(cut_off_all(&office.identity, &number("031192000099")).await, Ok(None));
    }
}

#[tokio::test]
async fn nobody_cuts_off_a_stranger_s_device() {
    let office = Office::open().await;
    let own = office.registered(NEW, PHONE).await;
    let stranger = office.registered("031192000018", "+84912000018").await;
    assert!(!cut_off(&office.identity, stranger.account.id, own.device_id).await.unwrap());
    assert!(office.knows(&own.access_token).await);
}

#[tokio::test]
async fn who_signs_out_leaves_the_list_and_comes_back_without_a_code() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let first = office.registered(NEW, PHONE).await;
        let second = office.second_device().await;
        sign_out(&office.identity, &first.access_token).await.unwrap();
        assert_eq!(office.list(&second).await, [("Máy tính bảng".to_owned(), true)]);
        let entry = office.enters(PASSWORD, first.device_token.as_deref()).await.unwrap();
        assert!(matches!(entry, SignedIn::Granted(_)));
        assert_eq!(office.list(&second).await.len(), 2);
    }
}

#[tokio::test]
async fn a_sign_in_code_is_used_once_and_repeated_for_a_minute() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        office.registered(NEW, PHONE).await;
        let SignedIn::CodeSent(sent) = office.enters(PASSWORD, None).await.unwrap() else { panic!() };
        let input = FinishSignIn { code: office.letters.code_for(PHONE), kind: None };
        let finish = || finish_sign_in(&office.identity, sent.challenge.id, &input, Origin::HERE);
        let (one, two) = (finish().await.unwrap(), finish().await.unwrap());
        assert_eq!(one.device_id, two.device_id);
        assert_eq!(office.list(&one).await.len(), 2, "a repeat adds no device");
        cut_off(&office.identity, one.account.id, one.device_id).await.unwrap();
        assert_eq!(finish().await.unwrap_err(), CodeRefused::Over, "cut off within the minute");
        office.clock.advance_s(61);
        assert_eq!(finish().await.unwrap_err(), CodeRefused::Over);
    }
}

#[tokio::test]
async fn a_session_that_runs_out_leaves_the_list_and_tells_the_others() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let first = office.registered(NEW, PHONE).await;
        office.clock.advance_s(24 * 3600);
        let second = office.second_device().await;
        office.clock.advance_s(179 * 24 * 3600);
        let mut heard = office.identity.backend.nudges.listen();
        sweep(&office.identity).await.unwrap();
        assert!(matches!(heard.try_recv().unwrap(), Nudge::Feed { .. }));
        assert_eq!(office.list(&second).await, [("Máy tính bảng".to_owned(), true)]);
        let entry = office.enters(PASSWORD, first.device_token.as_deref()).await.unwrap();
        assert!(matches!(entry, SignedIn::Granted(_)), "the phone itself is known still");
        office.clock.advance_s(1000 * 24 * 3600);
        sweep(&office.identity).await.unwrap();
        sweep(&office.identity).await.unwrap();
        let entry = office.enters(PASSWORD, first.device_token.as_deref()).await.unwrap();
        assert!(matches!(entry, SignedIn::CodeSent(_)), "after years it is not");
    }
}

#[tokio::test]
async fn a_session_from_before_there_were_devices_gets_one_when_it_refreshes() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let old = office.sign_in(NUMBER, PASSWORD).await.unwrap();
        let forget = |tx: &mut crate::db::Tx<'_>| {
            tx.execute("UPDATE sessions SET device_id = NULL", crate::params![])?;
            tx.execute("DELETE FROM devices", crate::params![])
        };
        office.identity.backend.db.write(forget).await.map_err(WriteError::flatten).unwrap();
        assert_eq!(office.list(&old).await, []);
        let new = office.refresh(&old.refresh_token).await.unwrap();
        assert_eq!(office.list(&new).await, [("Điện thoại của Mẫu".to_owned(), true)]);
        let lost = office.refresh(&old.refresh_token).await.unwrap();
        assert_eq!(lost.device_id, new.device_id);
    }
}
