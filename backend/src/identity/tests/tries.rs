//! Too many tries: of the person at their own keyboard, of a thief, of many thieves at once.

use citizen_contract::staff::ChangePassword;

use super::super::staff::{ChangePasswordError, change_password};
use super::*;

const WRONG: &str = "mat-khau-khac";
/// The network from which this person never was.
const AWAY: u8 = 200;

#[tokio::test]
async fn the_eleventh_try_waits_whether_or_not_the_number_is_known() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        for number in [NUMBER, "031090000009"] {
            for _ in 0..10 {
                assert_eq!(office.sign_in(number, "mat-khau-khac").await.unwrap_err(), SignInError::Wrong);
            }
            let Err(SignInError::TooOften { retry_after_s }) = office.sign_in(number, PASSWORD).await else {
                panic!("the right password got in on the eleventh try");
            };
            assert!((1..=901).contains(&retry_after_s));
        }
        office.clock.advance_s(15 * 60);
        assert!(office.sign_in(NUMBER, PASSWORD).await.is_ok());
    }
}

#[tokio::test]
async fn getting_in_forgets_the_tries_before() {
    let office = Office::open().await;
    for _ in 0..3 {
        for _ in 0..9 {
            assert_eq!(office.sign_in(NUMBER, "mat-khau-khac").await.unwrap_err(), SignInError::Wrong);
        }
        assert!(office.sign_in(NUMBER, PASSWORD).await.is_ok());
    }
}

impl Office {
    /// Thieves try the number from so many networks, five times each, until they are made to wait.
    async fn besieged_from(&self, networks: std::ops::Range<u8>) {
        for network in networks {
            for _ in 0..5 {
                assert!(self.sign_in_from(network, NUMBER, WRONG).await.is_err());
            }
        }
    }

    /// How long somebody at this network is told to wait, with the right password in hand.
    async fn wait_at(&self, network: u8) -> Option<u32> {
        match self.sign_in_from(network, NUMBER, PASSWORD).await {
            Ok(_) => None,
            Err(SignInError::TooOften { retry_after_s }) => Some(retry_after_s),
            Err(other) => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn a_thief_closes_the_door_of_the_own_network_only() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        for _ in 0..10 {
            assert_eq!(office.sign_in_from(2, NUMBER, WRONG).await.unwrap_err(), SignInError::Wrong);
        }
        assert!(office.wait_at(2).await.is_some_and(|seconds| (1..=900).contains(&seconds)));
        assert_eq!(office.wait_at(AWAY).await, None);
        assert!(office.wait_at(2).await.is_some(), "getting in elsewhere opens no door for a thief");
    }
}

#[tokio::test]
async fn many_thieves_make_a_stranger_wait_longer_and_longer_and_never_for_good() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        office.besieged_from(2..6).await;
        let first = office.wait_at(AWAY).await.expect("twenty tries were made");
        assert_eq!(office.wait_at(AWAY).await, Some(first), "asking again makes the wait no longer");
        office.clock.advance_s(i64::from(first));
        office.besieged_from(6..40).await;
        assert_eq!(office.wait_at(AWAY).await, None, "nobody takes away the turn of another network");
        for _ in 0..8 {
            office.besieged_from(40..80).await;
            office.clock.advance_s(200);
        }
        let later = office.wait_at(AWAY + 1).await.expect("thieves go on");
        assert!(later > first && later <= 300, "{first} then {later}");
    }
}

#[tokio::test]
async fn who_is_signed_in_goes_on_and_comes_in_again_from_home() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let phone = office.sign_in(NUMBER, PASSWORD).await.unwrap();
        office.besieged_from(2..30).await;
        assert!(office.wait_at(AWAY).await.is_some());
        assert!(office.knows(&phone.access_token).await);
        let next = office.refresh(&phone.refresh_token).await.unwrap();
        assert_eq!(office.wait_at(1).await, None, "a second device at home");
        sign_out(&office.identity, &next.access_token).await.unwrap();
    }
}

#[tokio::test]
async fn an_hour_later_all_is_forgotten() {
    let office = Office::open().await;
    office.besieged_from(2..30).await;
    assert!(office.wait_at(AWAY).await.is_some());
    office.clock.advance_s(3600);
    assert_eq!(office.wait_at(AWAY).await, None);
    let left = office.identity.backend.db.read(|tx: &mut crate::db::Tx<'_>| {
        tx.query_one("SELECT COUNT(*) FROM sign_in_origins", crate::params![], |row| row.int(0))
    });
    assert_eq!(left.await.map_err(crate::db::WriteError::<crate::db::DbError>::flatten), Ok(0));
}

#[tokio::test]
async fn whoever_holds_an_open_session_has_no_more_guesses_of_the_password_than_a_stranger() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let grant = office.sign_in(NUMBER, PASSWORD).await.unwrap();
        let guess = async |current: &str| {
            let input = ChangePassword { current: current.into(), new: "ba con trâu trắng".into() };
            let token = &grant.access_token;
            change_password(&office.identity, grant.account.id, token, &input, Origin::HERE).await
        };
        for _ in 0..10 {
            assert_eq!(guess(WRONG).await, Err(OwnPasswordError::Wrong.into()));
        }
        let Err(ChangePasswordError::Current(OwnPasswordError::TooOften { retry_after_s })) =
            guess(PASSWORD).await
        else {
            panic!("the right password was taken on the eleventh guess");
        };
        office.clock.advance_s(i64::from(retry_after_s));
        assert!(guess(PASSWORD).await.is_ok());
    }
}
