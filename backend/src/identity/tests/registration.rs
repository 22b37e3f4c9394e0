//! Registering: once per card, whoever else tries, and without telling who has an account.

use citizen_contract::ids::ChallengeId;
use citizen_contract::registration::{ConsentGiven, FinishRegistration, Register};

use super::*;
use crate::db::{DbError, Tx};
use crate::params;

pub(super) const NEW: &str = "031192000017";
pub(super) const PHONE: &str = "+84912000017";

/// What a screen sends.
pub(super) fn form(number: &str, phone: &str) -> Register {
    Register {
        citizen_id: number.into(),
        full_name: "Trần Thị Mẫu".into(),
        birth_date: Some("1992-05-17".into()),
        sex: None,
        phone: phone.into(),
        home_unit: None,
        representative_phone: None,
        consents: vec![ConsentGiven { purpose: "account".into(), wording: "2024-04".into() }],
        device_name: "Điện thoại của Mẫu".into(),
    }
}

impl Office {
    pub(super) async fn asks(&self, form: &Register) -> Result<CodeSent, RegisterError> {
        register(&self.identity, form, Origin::of([198, 51, 100, 1].into())).await
    }

    /// A challenge for this number and phone.
    pub(super) async fn challenge(&self, number: &str, phone: &str) -> ChallengeId {
        self.asks(&form(number, phone)).await.unwrap().challenge.id
    }

    pub(super) async fn finish(&self, id: ChallengeId, code: &str) -> Result<SessionGrant, FinishError> {
        self.finish_with(id, code, PASSWORD).await
    }

    async fn finish_with(
        &self,
        id: ChallengeId,
        code: &str,
        password: &str,
    ) -> Result<SessionGrant, FinishError> {
        let input = FinishRegistration {
            code: code.into(),
            password: password.into(),
            device_name: "Điện thoại của Mẫu".into(),
        };
        finish_registration(&self.identity, id, &input, Origin::of([198, 51, 100, 1].into())).await
    }

    /// A registered person.
    pub(super) async fn registered(&self, number: &str, phone: &str) -> SessionGrant {
        let id = self.challenge(number, phone).await;
        self.finish(id, &self.letters.code_for(phone)).await.unwrap()
    }

    pub(super) async fn read<T: Send + 'static>(
        &self,
        closure: impl Fn(&mut Tx<'_>) -> Result<T, DbError> + Send + Sync + 'static,
    ) -> T {
        self.identity.backend.db.read(closure).await.map_err(WriteError::flatten).unwrap()
    }

    async fn accounts(&self) -> i64 {
        self.read(|tx| tx.query_one("SELECT COUNT(*) FROM accounts", params![], |row| row.int(0))).await
    }
}

#[tokio::test]
async fn a_citizen_registers_with_the_code_that_reached_the_phone() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let sent = office.asks(&form("031 192 000 017", "0912 000 017")).await.unwrap();
        let challenge = sent.challenge;
        assert_eq!((challenge.tries_left, challenge.phone_hint.as_str()), (5, "••• ••• 017"));
        assert_eq!(challenge.expires_at, office.clock.now().plus_millis(300_000));
        assert_eq!(challenge.resend_after, office.clock.now().plus_millis(60_000));
        let grant = office.finish(challenge.id, &office.letters.code_for(PHONE)).await.unwrap();
        assert_eq!(grant.account.display_name, "Trần Thị Mẫu");
        assert!(grant.account.roles.is_empty() && grant.device_token.is_some());
        assert!(office.knows(&grant.access_token).await);

        let id = grant.account.id.to_string();
        let evidence = office
            .read(move |tx| {
                tx.query(
                    "SELECT purpose, wording, given_at, way FROM consents WHERE account_id = ?1",
                    params![id.as_str()],
                    |row| Ok((row.text(0)?, row.text(1)?, row.int(2)?, row.text(3)?)),
                )
            })
            .await;
        let given = ("account".into(), "2024-04".into(), office.clock.now().0, "registration".into());
        assert_eq!(evidence, [given]);
    }
}

#[tokio::test]
async fn rows_hold_neither_number_nor_phone_nor_code() {
    let office = Office::open().await;
    let id = office.challenge(NEW, PHONE).await;
    let code = office.letters.code_for(PHONE);
    office.finish(id, &code).await.unwrap();
    office.challenge("031192000018", "+84912000018").await;
    let file = office._fresh.file().unwrap();
    let folder = file.parent().unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        for personal in [NEW, "912000017", "031192000018", "912000018", "1992-05-17"] {
            assert!(!holds(personal), "{personal} lies in the clear");
        }
    }
    assert_eq!(code.len(), 6);
}

#[tokio::test]
async fn what_was_declared_and_never_proved_is_forgotten() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        office.challenge(NEW, PHONE).await;
        let rows =
            || office.read(|tx| tx.query_one("SELECT COUNT(*) FROM challenges", params![], |row| row.int(0)));
        office.clock.advance_s(29 * 60);
        sweep(&office.identity).await.unwrap();
        assert_eq!(rows().await, 1);
        office.clock.advance_s(60);
        sweep(&office.identity).await.unwrap();
        assert_eq!(rows().await, 0);
    }
}

#[tokio::test]
async fn a_number_with_an_account_answers_like_any_other_until_the_code_is_right() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let known = office.asks(&form(NUMBER, "0912000001")).await.unwrap();
        let unknown = office.asks(&form(NEW, "0912000001")).await.unwrap();
        let mut same = known.challenge.clone();
        same.id = unknown.challenge.id;
        assert_eq!(same, unknown.challenge, "nothing but the id differs");
        let first = office.letters.sent.lock().unwrap()[0].code.clone();
        for _ in 0..2 {
            let refused = office.finish(known.challenge.id, &first).await.unwrap_err();
            assert_eq!(refused, FinishError::Taken);
        }
        office.clock.advance_s(61);
        let refused = office.finish(known.challenge.id, &first).await.unwrap_err();
        assert_eq!(refused, FinishError::Code(CodeRefused::Over));
        assert_eq!(office.accounts().await, 1);
    }
}

#[tokio::test]
async fn one_card_registered_twice_at_once_gives_one_account() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let mut waiting = Vec::new();
        for phone in ["+84912000017", "+84912000018", "+84912000019"] {
            let id = office.challenge(NEW, phone).await;
            waiting.push((id, office.letters.code_for(phone)));
        }
        let finishes = waiting.iter().map(|(id, code)| office.finish(*id, code));
        let outcomes = futures::future::join_all(finishes).await;
        let made = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        let taken = outcomes.iter().filter(|outcome| **outcome == Err(FinishError::Taken)).count();
        assert_eq!((made, taken), (1, 2));
        assert_eq!(office.accounts().await, 2, "one beside the account that was there");
    }
}

#[tokio::test]
async fn a_finish_whose_answer_was_lost_may_be_repeated_for_a_minute() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let id = office.challenge(NEW, PHONE).await;
        let code = office.letters.code_for(PHONE);
        let all = futures::future::join_all((0..3).map(|_| office.finish(id, &code))).await;
        let grants: Vec<SessionGrant> = all.into_iter().map(Result::unwrap).collect();
        for grant in &grants {
            assert_eq!(grant.device_id, grants[0].device_id);
            assert!(office.knows(&grant.access_token).await);
        }
        assert_eq!(office.accounts().await, 2);
        let other = office.finish_with(id, &code, "mat-khau-khac").await.unwrap_err();
        assert_eq!(other, FinishError::Code(CodeRefused::Over), "who has only the code gets nothing");
    }
    let office = Office::open().await;
    let id = office.challenge(NEW, PHONE).await;
    let code = office.letters.code_for(PHONE);
    office.finish(id, &code).await.unwrap();
    office.clock.advance_s(61);
    assert_eq!(office.finish(id, &code).await, Err(FinishError::Code(CodeRefused::Over)));
}

#[tokio::test]
async fn what_cannot_be_is_refused_before_a_code_is_sent() {
    let office = Office::open().await;
    let base = form(NEW, PHONE);
    let invalid = RegisterError::Invalid;
    for (form, error) in [
        (Register { citizen_id: "03109000000".into(), ..base.clone() }, invalid("/citizen_id")),
        (Register { phone: "0225 382 123".into(), ..base.clone() }, invalid("/phone")),
        (Register { full_name: " ".into(), ..base.clone() }, invalid("/full_name")),
        (Register { consents: vec![], ..base.clone() }, invalid("/consents")),
        (Register { device_name: "x".repeat(101), ..base.clone() }, invalid("/device_name")),
        (Register { birth_date: Some("2010-04-06".into()), ..base.clone() }, RegisterError::TooYoung),
        (
            Register { birth_date: Some("2009-04-05".into()), ..base.clone() },
            invalid("/representative_phone"),
        ),
        (
            Register {
                home_unit: Some(citizen_contract::ids::UnitId("u000000000000".into())),
                ..base.clone()
            },
            invalid("/home_unit"),
        ),
    ] {
        assert_eq!(office.asks(&form).await, Err(error));
    }
    assert_eq!(office.letters.count(), 0);
    let child = Register {
        birth_date: Some("2009-04-05".into()),
        representative_phone: Some("0912 000 099".into()),
        ..base
    };
    assert!(office.asks(&child).await.is_ok());
}

#[tokio::test]
async fn a_password_that_is_too_short_uses_up_nothing() {
    let office = Office::open().await;
    let id = office.challenge(NEW, PHONE).await;
    let code = office.letters.code_for(PHONE);
    for _ in 0..6 {
        let refused = office.finish_with(id, &code, "ngan").await.unwrap_err();
        assert_eq!(refused, FinishError::Invalid("/password"));
    }
    assert!(office.finish(id, &code).await.is_ok());
}
