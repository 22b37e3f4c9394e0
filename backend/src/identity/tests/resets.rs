//! A forgotten password: only the account's own phone sets it anew, and nothing tells who has an account.

use citizen_contract::ids::{ChallengeId, UnitId};
use citizen_contract::registration::{FinishRegistration, ResetPassword};
use citizen_contract::session::{Role, RoleInUnit};

use super::registration::{NEW, PHONE};
use super::*;
use crate::params;

const NEXT: &str = "mat-khau-moi-02";

impl Office {
    async fn forgets(&self, number: &str, phone: &str) -> ChallengeId {
        let input = ResetPassword { citizen_id: number.into(), phone: phone.into() };
        let sent = reset_password(&self.identity, &input, Origin::of([198, 51, 100, 2].into())).await;
        sent.unwrap().challenge.id
    }

    async fn resets(&self, id: ChallengeId, code: &str) -> Result<SessionGrant, FinishResetError> {
        let input = FinishRegistration {
            code: code.into(),
            password: NEXT.into(),
            device_name: "Điện thoại mới của Mẫu".into(),
        };
        finish_reset(&self.identity, id, &input, Origin::of([198, 51, 100, 2].into())).await
    }

    async fn asks_code(&self, number: &str, password: &str) -> Result<SignedIn, SignInError> {
        let input = SignIn {
            citizen_id: number.into(),
            password: password.into(),
            device_name: String::new(),
            device_token: None,
        };
        sign_in(&self.identity, &input, Origin::of([198, 51, 100, 3].into())).await
    }
}

#[tokio::test]
async fn the_accounts_own_phone_sets_a_new_password_and_every_other_device_is_out() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let before = office.registered(NEW, PHONE).await;
        let id = office.forgets("031 192 000 017", "0912 000 017").await;
        assert!(office.knows(&before.access_token).await, "asking alone changes nothing");
        let grant = office.resets(id, &office.letters.code_for(PHONE)).await.unwrap();
        assert_eq!(grant.account.id, before.account.id);
        assert!(office.knows(&grant.access_token).await && !office.knows(&before.access_token).await);
        assert_eq!(office.refresh(&before.refresh_token).await.unwrap_err(), RefreshError::Over);
        assert_eq!(office.asks_code(NEW, PASSWORD).await.unwrap_err(), SignInError::Wrong);
        assert!(matches!(office.asks_code(NEW, NEXT).await, Ok(SignedIn::CodeSent(_))));
    }
}

#[tokio::test]
async fn a_lost_answer_is_given_again_and_a_used_code_serves_nobody_else() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        office.registered(NEW, PHONE).await;
        let id = office.forgets(NEW, PHONE).await;
        let code = office.letters.code_for(PHONE);
        let lost = office.resets(id, &code).await.unwrap();
        let again = office.resets(id, &code).await.unwrap();
        assert_eq!(again.device_id, lost.device_id, "one device, however often it asks");
        assert!(office.knows(&again.access_token).await);
        office.clock.advance_s(61);
        assert_eq!(office.resets(id, &code).await.unwrap_err(), CodeRefused::Over.into());
    }
}

#[tokio::test]
async fn another_phone_and_an_unknown_number_answer_alike_and_change_nothing() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let owner = office.registered(NEW, PHONE).await;
        let stranger = "+84912000099";
        for number in [NEW, "031192000055", NUMBER] {
            let sent = office.letters.count();
            let id = office.forgets(number, stranger).await;
            assert_eq!(office.letters.count(), sent + 1, "the named phone gets its code, whoever has it");
            let code = office.letters.code_for(stranger);
            assert_eq!(office.resets(id, &code).await.unwrap_err(), FinishResetError::Differ);
            assert_eq!(office.resets(id, &code).await.unwrap_err(), FinishResetError::Differ);
            office.clock.advance_s(3600);
        }
        assert!(office.refresh(&owner.refresh_token).await.is_ok());
        assert!(matches!(office.asks_code(NEW, PASSWORD).await, Ok(SignedIn::CodeSent(_))));
    }
}

#[tokio::test]
async fn a_code_serves_only_what_it_was_sent_for() {
    let office = Office::open().await;
    office.registered(NEW, PHONE).await;
    let reset = office.forgets(NEW, PHONE).await;
    let code = office.letters.code_for(PHONE);
    assert!(office.finish(reset, &code).await.is_err(), "no registration");
    let sign_in = match office.asks_code(NEW, PASSWORD).await.unwrap() {
        SignedIn::CodeSent(sent) => sent.challenge.id,
        SignedIn::Granted(_) | SignedIn::Factor(_) => panic!("a new device needs a code"),
    };
    let other = office.letters.code_for(PHONE);
    assert_eq!(office.resets(sign_in, &other).await.unwrap_err(), CodeRefused::Over.into());
    assert!(office.resets(reset, &code).await.is_ok());
}

#[tokio::test]
async fn a_phone_alone_never_opens_an_officials_account() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let official = office.registered(NEW, PHONE).await;
        let id = official.account.id.to_string();
        let role = RoleInUnit { role: Role::Handler, unit_id: UnitId("hoa-binh".into()) };
        let written = office.identity.backend.db.write(move |tx| {
            tx.execute(
                "INSERT INTO account_roles (account_id, role, unit_id) VALUES (?1, 'handler', ?2)",
                params![id.as_str(), role.unit_id.as_str()],
            )
        });
        written.await.map_err(WriteError::<crate::db::DbError>::flatten).unwrap();
        let id = office.forgets(NEW, PHONE).await;
        let code = office.letters.code_for(PHONE);
        assert_eq!(office.resets(id, &code).await.unwrap_err(), FinishResetError::Official);
        assert!(office.knows(&official.access_token).await);
    }
}
