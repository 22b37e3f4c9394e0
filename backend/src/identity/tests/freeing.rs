//! A number that somebody else registered first, and its owner at the counter.

use citizen_contract::checks::{CardOutcome, CheckCard};
use citizen_contract::ids::{AccountId, UnitId};
use citizen_contract::session::{Role, RoleInUnit};

use super::registration::{NEW, PHONE, form};
use super::*;
use crate::auth::Reader;
use crate::params;

/// The name that [`form`] declares.
const DECLARED: &str = "Trần Thị Mẫu";

fn card(name: &str, digits: Option<&str>) -> CheckCard {
    CheckCard {
        citizen_id: NEW.into(),
        full_name: name.into(),
        phone_digits: digits.map(str::to_owned),
        unit_id: None,
        place: None,
    }
}

impl Office {
    fn clerk(&self) -> Reader {
        let account = AccountId::from_parts(self.clock.now(), [9; 10]);
        let role = RoleInUnit { role: Role::Intake, unit_id: UnitId("van-phong".into()) };
        Reader { account, roles: vec![role], child: false }
    }

    async fn frees(&self, card: &CheckCard) -> Result<CardOutcome, FreeNumberError> {
        Ok(free_number(&self.identity, &self.clerk(), card).await?.outcome)
    }

    async fn checks(&self, card: &CheckCard) -> CardOutcome {
        check_card(&self.identity, &self.clerk(), card).await.unwrap().outcome
    }
}

#[tokio::test]
async fn the_owner_of_the_card_gets_the_number_and_the_impostor_is_out() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let impostor = office.registered(NEW, PHONE).await;
        // Also an impostor who knew the owner's name is found by the phone.
        assert_eq!(office.checks(&card(DECLARED, Some("099"))).await, CardOutcome::PhoneDiffers);
        assert_eq!(office.frees(&card(DECLARED, Some("099"))).await, Ok(CardOutcome::Freed));
        assert!(!office.knows(&impostor.access_token).await);
        assert_eq!(office.refresh(&impostor.refresh_token).await.unwrap_err(), RefreshError::Over);
        assert_eq!(office.sign_in(NEW, PASSWORD).await.unwrap_err(), SignInError::Wrong);
        let told = office.letters.sent.lock().unwrap().last().unwrap().clone();
        assert_eq!((told.to.e164().as_str(), told.code.as_str()), (PHONE, ""));
        assert!(!told.text.contains(NEW));

        let owner = office.registered(NEW, "+84912000099").await;
        assert_ne!(owner.account.id, impostor.account.id);
        assert_eq!(office.checks(&card(DECLARED, Some("099"))).await, CardOutcome::Confirmed);

        let acts = office
            .read(|tx| {
                tx.query("SELECT act, subject_id FROM audit ORDER BY seq", params![], |row| {
                    Ok((row.text(0)?, row.text(1)?))
                })
            })
            .await;
        assert!(acts.contains(&("number_freed".into(), impostor.account.id.to_string())), "{acts:?}");
    }
}

#[tokio::test]
async fn a_number_stays_where_all_fits_where_it_was_checked_and_with_the_staff() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let owner = office.registered(NEW, PHONE).await;
        assert_eq!(office.frees(&card(DECLARED, Some("017"))).await, Err(FreeNumberError::Stays));
        assert_eq!(office.checks(&card(DECLARED, None)).await, CardOutcome::PhoneDiffers);
        assert_eq!(office.checks(&card(DECLARED, Some("017"))).await, CardOutcome::Confirmed);
        for other in [card("Lê Văn Mẫu", Some("017")), card(DECLARED, Some("099"))] {
            assert_eq!(office.frees(&other).await, Err(FreeNumberError::Stays));
        }
        assert!(office.knows(&owner.access_token).await);

        let official = "031192000018";
        let member = office.registered(official, "+84912000018").await.account.id.to_string();
        let role = office.identity.backend.db.write(move |tx| {
            tx.execute(
                "INSERT INTO account_roles (account_id, role, unit_id) VALUES (?1, 'handler', 'hoa-binh')",
                params![member.as_str()],
            )
        });
        role.await.map_err(WriteError::<crate::db::DbError>::flatten).unwrap();
        let other = CheckCard { citizen_id: official.into(), ..card("Lê Văn Mẫu", None) };
        assert_eq!(office.frees(&other).await, Err(FreeNumberError::Stays));
    }
}

#[tokio::test]
async fn freeing_is_counted_with_the_looks_so_that_numbers_cannot_be_tried_out() {
    let office = Office::open().await;
    for n in 0..20 {
        let other = CheckCard { citizen_id: format!("0310900002{n:02}"), ..card(DECLARED, None) };
        assert_eq!(office.frees(&other).await, Ok(CardOutcome::NoAccount));
    }
    let refused = office.frees(&card(DECLARED, None)).await;
    assert!(matches!(refused, Err(FreeNumberError::Look(CheckCardError::TooOften { .. }))));
    for wrong in ["01", "01a", "0123"] {
        let refused = office.frees(&card(DECLARED, Some(wrong))).await;
        assert_eq!(refused, Err(CheckCardError::Invalid("/phone_digits").into()));
    }
    assert_eq!(form(NEW, PHONE).full_name, DECLARED);
}
