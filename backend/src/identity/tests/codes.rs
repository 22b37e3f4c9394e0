//! Codes that are wrong, late, used, or meant for something else.

use citizen_contract::registration::FinishSignIn;

use super::registration::{NEW, PHONE};
use super::*;

/// Six digits that are not this code.
fn another(code: &str) -> String {
    let number: u32 = code.parse().unwrap();
    format!("{:06}", (number + 1) % 1_000_000)
}

fn refused(outcome: Result<SessionGrant, FinishError>) -> CodeRefused {
    match outcome {
        Err(FinishError::Code(refused)) => refused,
        other => panic!("{:?}", other.err()),
    }
}

#[tokio::test]
async fn five_wrong_codes_are_borne_and_then_the_right_one_is_late() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let id = office.challenge(NEW, PHONE).await;
        let code = office.letters.code_for(PHONE);
        for tries_left in (0..5).rev() {
            let wrong = refused(office.finish(id, &another(&code)).await);
            assert_eq!(wrong, CodeRefused::Wrong { tries_left });
        }
        assert_eq!(refused(office.finish(id, &code).await), CodeRefused::Over, "the sixth try");
        let resent = resend(&office.identity, id, Origin::HERE).await;
        assert_eq!(resent, Err(ResendError::Over));
    }
}

#[tokio::test]
async fn many_guesses_at_once_are_five_guesses() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let id = office.challenge(NEW, PHONE).await;
        let wrong = another(&office.letters.code_for(PHONE));
        let all = futures::future::join_all((0..12).map(|_| office.finish(id, &wrong))).await;
        let counted = all.into_iter().map(refused).filter(|it| *it != CodeRefused::Over).count();
        assert_eq!(counted, 5);
    }
}

#[tokio::test]
async fn a_code_serves_five_minutes() {
    let office = Office::open().await;
    let id = office.challenge(NEW, PHONE).await;
    let code = office.letters.code_for(PHONE);
    office.clock.advance_ms(300_000);
    assert_eq!(refused(office.finish(id, &code).await), CodeRefused::Over);
    let id = office.challenge(NEW, PHONE).await;
    let code = office.letters.code_for(PHONE);
    office.clock.advance_ms(299_999);
    assert!(office.finish(id, &code).await.is_ok());
}

#[tokio::test]
async fn a_code_opens_its_own_challenge_only() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let one = office.challenge(NEW, PHONE).await;
        let code_of_one = office.letters.code_for(PHONE);
        let other = loop {
            let other = office.challenge(NEW, PHONE).await;
            // One in a million times both codes are equal.
            if office.letters.code_for(PHONE) != code_of_one {
                break other;
            }
        };
        let wrong = refused(office.finish(other, &code_of_one).await);
        assert_eq!(wrong, CodeRefused::Wrong { tries_left: 4 });
        let input = FinishSignIn { code: code_of_one.clone(), kind: None };
        let elsewhere = finish_sign_in(&office.identity, one, &input, Origin::HERE).await;
        assert_eq!(elsewhere.unwrap_err(), CodeRefused::Over, "a registration signs nobody in");
        assert!(office.finish(one, &code_of_one).await.is_ok());
        let invented = citizen_contract::ids::ChallengeId::from_parts(office.clock.now(), [9; 10]);
        assert_eq!(refused(office.finish(invented, &code_of_one).await), CodeRefused::Over);
    }
}

#[tokio::test]
async fn what_is_no_code_is_no_try() {
    let office = Office::open().await;
    let id = office.challenge(NEW, PHONE).await;
    let code = office.letters.code_for(PHONE);
    for typed in ["", "12345", "1234567", "12345a", "١٢٣٤٥٦"] {
        assert_eq!(refused(office.finish(id, typed).await), CodeRefused::Malformed, "{typed}");
    }
    let spaced = format!(" {} {}", &code[..3], &code[3..]);
    assert!(office.finish(id, &spaced).await.is_ok());
}

#[tokio::test]
async fn another_code_replaces_the_one_before_and_gives_no_more_tries() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let id = office.challenge(NEW, PHONE).await;
        let first = office.letters.code_for(PHONE);
        refused(office.finish(id, &another(&first)).await);
        office.clock.advance_ms(59_999);
        let soon = resend(&office.identity, id, Origin::HERE).await.unwrap_err();
        let too_often = CodeError::TooOften { scope: Scope::Phone, retry_after_s: 1 };
        assert_eq!(soon, ResendError::Code(too_often));
        for count in 0..3 {
            office.clock.advance_ms(60_000);
            let sent = resend(&office.identity, id, Origin::HERE).await.unwrap();
            assert_eq!(sent.challenge.expires_at, office.clock.now().plus_millis(300_000));
            assert_eq!((sent.challenge.tries_left, office.letters.count()), (4, count + 2));
        }
        office.clock.advance_ms(60_000);
        assert!(matches!(
            resend(&office.identity, id, Origin::HERE).await,
            Err(ResendError::Code(CodeError::TooOften { .. }))
        ));
        let last = office.letters.code_for(PHONE);
        if first != last {
            assert_eq!(refused(office.finish(id, &first).await), CodeRefused::Wrong { tries_left: 3 });
        }
        assert!(office.finish(id, &last).await.is_ok());
        assert_eq!(resend(&office.identity, id, Origin::HERE).await, Err(ResendError::Over));
    }
}

#[tokio::test]
async fn a_code_that_was_not_delivered_is_said_and_one_that_may_arrive_is_waited_for() {
    let office = Office::open().await;
    *office.letters.failure.lock().unwrap() = Some(MessengerError::Unreachable);
    let failed = office.asks(&registration::form(NEW, PHONE)).await;
    let undelivered = CodeError::Undelivered(MessengerError::Unreachable);
    assert_eq!(failed, Err(RegisterError::Code(undelivered)));
    *office.letters.failure.lock().unwrap() = Some(MessengerError::TimedOut);
    assert!(office.asks(&registration::form(NEW, PHONE)).await.is_ok());
}
