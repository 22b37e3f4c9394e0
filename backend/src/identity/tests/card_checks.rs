//! An official who has a card in hand.

use citizen_contract::checks::{CardOutcome, CheckCard, CheckWay, Level};
use citizen_contract::ids::{AccountId, UnitId};
use citizen_contract::session::{Role, RoleInUnit};

use super::*;
use crate::auth::Reader;
use crate::params;

const NAME: &str = "NGUYỄN VĂN MẪU";

fn card(number: &str, name: &str) -> CheckCard {
    CheckCard {
        citizen_id: number.into(),
        full_name: name.into(),
        phone_digits: None,
        unit_id: None,
        place: None,
    }
}

fn unit(name: &str) -> UnitId {
    UnitId(name.into())
}

fn outcome(answer: Result<citizen_contract::checks::CardChecked, CheckCardError>) -> CardOutcome {
    answer.unwrap().outcome
}

impl Office {
    /// An official of these units.
    fn official(&self, number: u8, units: &[&str]) -> Reader {
        let role = |name: &&str| RoleInUnit { role: Role::Handler, unit_id: unit(name) };
        let account = AccountId::from_parts(self.clock.now(), [number; 10]);
        Reader { account, roles: units.iter().map(role).collect(), child: false }
    }

    async fn looks(
        &self,
        official: &Reader,
        card: &CheckCard,
    ) -> Result<citizen_contract::checks::CardChecked, CheckCardError> {
        check_card(&self.identity, official, card).await
    }

    /// Rows of checks: account, way, place, by whom.
    async fn rows(&self) -> Vec<(String, String, String, Option<String>)> {
        let read = self.identity.backend.db.read(|tx| {
            tx.query("SELECT account_id, way, place, by_account FROM identity_checks", params![], |row| {
                Ok((row.text(0)?, row.text(1)?, row.text(2)?, row.opt_text(3)?))
            })
        });
        read.await.map_err(WriteError::<crate::db::DbError>::flatten).unwrap()
    }
}

#[tokio::test]
async fn whoever_shows_the_card_is_checked_from_then_on() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let before = office.sign_in(NUMBER, PASSWORD).await.unwrap().account;
        assert_eq!(Level::of(before.check.as_ref()), Level::Declared);
        let official = office.official(5, &["hoa-binh"]);
        let seen =
            CheckCard { place: Some("Nhà văn hóa thôn 3".into()), ..card("031 090 000 001", NAME) };
        let done = office.looks(&official, &seen).await.unwrap();
        assert_eq!(done.outcome, CardOutcome::Confirmed);
        let check = done.check.unwrap();
        assert_eq!(
            (check.way, check.at, check.unit_id.clone()),
            (CheckWay::Card, office.clock.now(), Some(unit("hoa-binh")))
        );
        let after = office.sign_in(NUMBER, PASSWORD).await.unwrap().account;
        assert_eq!(after.check.as_ref(), Some(&check));
        let row = (before.id.to_string(), "card".to_owned(), seen.place.unwrap());
        let by = Some(official.account.to_string());
        assert_eq!(office.rows().await, [(row.0, row.1, row.2, by)]);

        office.clock.advance_s(60);
        let again = office.looks(&office.official(6, &["tan-duong"]), &card(NUMBER, NAME)).await.unwrap();
        assert_eq!((again.outcome, again.check), (CardOutcome::AlreadyChecked, Some(check)));
        assert_eq!(office.rows().await.len(), 1);
    }
}

#[tokio::test]
async fn what_does_not_fit_an_account_changes_and_shows_nothing() {
    let office = Office::open().await;
    let official = office.official(5, &["hoa-binh"]);
    for (number, name, expected) in [
        ("031090000002", NAME, CardOutcome::NoAccount),
        (NUMBER, "Trần Văn Mẫu", CardOutcome::NameDiffers),
        (NUMBER, "Nguyen Van Mau", CardOutcome::NameDiffers),
    ] {
        let answer = office.looks(&official, &card(number, name)).await.unwrap();
        assert_eq!((answer.outcome, answer.check), (expected, None));
    }
    assert_eq!(office.rows().await, []);
    // Also once it is checked, another name learns nothing of that.
    assert_eq!(outcome(office.looks(&official, &card(NUMBER, NAME)).await), CardOutcome::Confirmed);
    let differs = office.looks(&official, &card(NUMBER, "Trần Văn Mẫu")).await.unwrap();
    assert_eq!((differs.outcome, differs.check), (CardOutcome::NameDiffers, None));
}

#[tokio::test]
async fn an_official_checks_for_their_own_unit_and_never_themselves() {
    let office = Office::open().await;
    let own = office.sign_in(NUMBER, PASSWORD).await.unwrap().account.id;
    let themselves = Reader { account: own, ..office.official(5, &["hoa-binh"]) };
    assert_eq!(office.looks(&themselves, &card(NUMBER, NAME)).await, Err(CheckCardError::Forbidden));
    let nobody = office.official(5, &[]);
    assert_eq!(office.looks(&nobody, &card(NUMBER, NAME)).await, Err(CheckCardError::Forbidden));
    let of_two = office.official(5, &["hoa-binh", "tan-duong", "hoa-binh"]);
    assert_eq!(office.looks(&of_two, &card(NUMBER, NAME)).await, Err(CheckCardError::Invalid("/unit_id")));
    let elsewhere = CheckCard { unit_id: Some(unit("an-lu")), ..card(NUMBER, NAME) };
    assert_eq!(office.looks(&of_two, &elsewhere).await, Err(CheckCardError::Forbidden));
    assert_eq!(office.rows().await, []);
    let here = CheckCard { unit_id: Some(unit("tan-duong")), ..card(NUMBER, NAME) };
    assert_eq!(outcome(office.looks(&of_two, &here).await), CardOutcome::Confirmed);
}

#[tokio::test]
async fn numbers_cannot_be_tried_out() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let official = office.official(5, &["hoa-binh"]);
        for n in 0..20 {
            let other = card(&format!("0310900001{n:02}"), NAME);
            assert_eq!(outcome(office.looks(&official, &other).await), CardOutcome::NoAccount);
        }
        let refused = office.looks(&official, &card(NUMBER, NAME)).await;
        assert_eq!(refused, Err(CheckCardError::TooOften { retry_after_s: 3600 }));
        let colleague = office.official(6, &["hoa-binh"]);
        assert_eq!(outcome(office.looks(&colleague, &card(NUMBER, NAME)).await), CardOutcome::Confirmed);
        office.clock.advance_s(3600);
        assert_eq!(outcome(office.looks(&official, &card(NUMBER, NAME)).await), CardOutcome::AlreadyChecked);
    }
}

#[tokio::test]
async fn words_that_say_where_stay_short() {
    let office = Office::open().await;
    let official = office.official(5, &["hoa-binh"]);
    for (place, number, name, field) in [
        ("x".repeat(121).as_str(), NUMBER, NAME, "/place"),
        ("một\ndòng", NUMBER, NAME, "/place"),
        ("", "12", NAME, "/citizen_id"),
        ("", NUMBER, "  ", "/full_name"),
    ] {
        let card = CheckCard { place: Some(place.to_owned()), ..card(number, name) };
        assert_eq!(office.looks(&official, &card).await, Err(CheckCardError::Invalid(field)));
    }
}
