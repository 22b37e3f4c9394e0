//! The national identification: the real `oidc-provider`, and everything that must not be believed.

#![allow(clippy::unwrap_used, missing_docs)]

use citizen_core::ports::{Clock as _, SystemClock};
use citizen_tests::national::{Attempt, Bureau, Forgery, Seeker, Signed};
use citizen_tests::world::Who;
use serde_json::{Value, json};

/// The real claims signed with a listed key of the forger are believed; so a refusal of the same with one
/// change is due to that change.
async fn forging(bureau: &Bureau, seeker: &Seeker, forgery: Forgery) -> (u16, String) {
    let attempt = seeker.comes_back().await;
    bureau.proxy.tell(|seen| {
        seen.listed = vec![1];
        seen.forgery = Some(forgery);
    });
    let answer = seeker.finishes(&attempt).await;
    bureau.proxy.tell(|seen| seen.forgery = None);
    (answer.status, answer.code().to_owned())
}

fn refused() -> (u16, String) {
    (422, "check-refused".to_owned())
}

#[tokio::test]
async fn whoever_the_provider_knows_under_the_same_number_is_checked() {
    for algorithm in ["RS256", "PS256", "ES256", "EdDSA"] {
        let bureau = Bureau::open(algorithm).await;
        let citizen = bureau.seeker(Who::Citizen).await;
        assert!(!citizen.is_checked().await);
        let attempt = citizen.comes_back().await;
        let check = citizen.finishes(&attempt).await;
        assert_eq!((check.status, &check.body["way"]), (200, &json!("national")), "{algorithm}");
        assert!(citizen.is_checked().await);
        assert_eq!(bureau.recorded("national_checked").await, 1);
        // The same again is over, and there is nothing more to begin.
        assert_eq!(citizen.finishes(&attempt).await.code(), "check-over");
        let (again, _) = citizen.begins().await;
        assert_eq!((again.status, again.code()), (409, "already-checked"));
    }
}

#[tokio::test]
async fn a_backend_with_a_secret_shows_it() {
    let bureau = Bureau::with("RS256", Some("mat-khau+mau/cua?client %")).await;
    let citizen = bureau.seeker(Who::Citizen).await;
    let attempt = citizen.comes_back().await;
    assert_eq!(citizen.finishes(&attempt).await.status, 200);
}

#[tokio::test]
async fn somebody_else_s_number_is_refused_and_not_kept() {
    let bureau = Bureau::open("RS256").await;
    let citizen = bureau.seeker(Who::Citizen).await;
    let attempt = citizen.comes_back_as(Who::SecondCitizen.number()).await;
    let answer = citizen.finishes(&attempt).await;
    assert_eq!((answer.status, answer.code()), (409, "number-differs"));
    assert!(!answer.body.to_string().contains(Who::SecondCitizen.number()));
    assert!(!citizen.is_checked().await);
    assert!(!bureau.seeker(Who::SecondCitizen).await.is_checked().await);
    assert_eq!(bureau.recorded("national_differed").await, 1);
    assert_eq!(citizen.finishes(&attempt).await.code(), "check-over");
}

#[tokio::test]
async fn a_forged_token_is_refused_whatever_is_wrong_with_it() {
    let bureau = Bureau::open("RS256").await;
    let now = SystemClock::default().now().0 / 1000;
    let wrong: [(&str, Value); 9] = [
        ("another issuer", json!({ "iss": "https://khac.example" })),
        ("another audience", json!({ "aud": "somebody-else" })),
        ("a second audience", json!({ "aud": ["thuy-nguyen-smart", "somebody-else"] })),
        ("another party", json!({ "azp": "somebody-else" })),
        ("another nonce", json!({ "nonce": "another" })),
        ("no nonce", json!({ "nonce": null })),
        ("over", json!({ "exp": now - 120 })),
        ("of tomorrow", json!({ "iat": now + 86_400 })),
        ("of yesterday", json!({ "iat": now - 86_400 })),
    ];
    // One account has few attempts.
    for (wrong, who) in wrong.chunks(5).zip([Who::Citizen, Who::SecondCitizen]) {
        let seeker = bureau.seeker(who).await;
        for (what, claims) in wrong {
            let answer = forging(&bureau, &seeker, Forgery::claims(claims.clone())).await;
            assert_eq!(answer, refused(), "{what}");
            assert!(!seeker.is_checked().await, "{what}");
        }
        assert_eq!(forging(&bureau, &seeker, Forgery::claims(json!({}))).await.0, 200);
    }
}

#[tokio::test]
async fn a_token_without_a_good_signature_is_refused() {
    let bureau = Bureau::open("RS256").await;
    let citizen = bureau.seeker(Who::Citizen).await;
    for signed in [Signed::None, Signed::PublicKeyAsSecret(1), Signed::Key(2)] {
        let forgery = Forgery::signed(signed);
        assert_eq!(forging(&bureau, &citizen, forgery).await, refused(), "{signed:?}");
    }
    for claims in [json!({ "citizen_id": null }), json!({ "citizen_id": "12" })] {
        assert_eq!(forging(&bureau, &citizen, Forgery::claims(claims.clone())).await, refused(), "{claims}");
    }
    assert!(!citizen.is_checked().await);
    // With nothing wrong the forger's listed key is believed, so that the refusals above mean something.
    let good = forging(&bureau, &citizen, Forgery::signed(Signed::Key(1))).await;
    assert_eq!(good, (200, String::new()));
    assert!(citizen.is_checked().await);
}

#[tokio::test]
async fn a_new_key_is_believed_once_it_is_listed_and_an_old_one_no_more() {
    let bureau = Bureau::open("ES256").await;
    let [citizen, neighbour, handler] =
        [Who::Citizen, Who::SecondCitizen, Who::Handler].map(|who| bureau.seeker(who));
    let (citizen, neighbour, handler) = (citizen.await, neighbour.await, handler.await);
    assert_eq!(forging(&bureau, &citizen, Forgery::signed(Signed::Key(1))).await.0, 200);
    assert_eq!(bureau.proxy.tell(|seen| seen.keys_asked), 1);

    bureau.proxy.provider.rotate().await;
    let attempt = neighbour.comes_back().await;
    bureau.proxy.tell(|seen| seen.listed.clear());
    assert_eq!(neighbour.finishes(&attempt).await.status, 200);
    assert_eq!(bureau.proxy.tell(|seen| seen.keys_asked), 2, "asked again once");

    for _ in 0..2 {
        let attempt = handler.comes_back().await;
        bureau.proxy.tell(|seen| seen.forgery = Some(Forgery::signed(Signed::Key(1))));
        assert_eq!(handler.finishes(&attempt).await.code(), "check-refused");
        bureau.proxy.tell(|seen| seen.forgery = None);
    }
    assert_eq!(bureau.proxy.tell(|seen| seen.keys_asked), 2, "a forger cannot make us ask");
    bureau.passes_s(61);
    bureau.proxy.provider.rotate().await;
    let attempt = handler.comes_back().await;
    assert_eq!(handler.finishes(&attempt).await.status, 200);
}

#[tokio::test]
async fn only_who_began_with_what_they_began_comes_through() {
    let bureau = Bureau::open("RS256").await;
    let (citizen, neighbour) = (bureau.seeker(Who::Citizen).await, bureau.seeker(Who::SecondCitizen).await);
    let attempt = citizen.comes_back().await;
    // Another account, also the one whose number was shown.
    assert_eq!(neighbour.finishes(&attempt).await.code(), "check-over");
    let other = neighbour.comes_back().await;
    for wrong in [
        Attempt { state: other.state.clone(), ..attempt.clone() },
        Attempt { state: String::new(), ..attempt.clone() },
        Attempt { verifier: other.verifier.clone(), ..attempt.clone() },
        Attempt { code: String::new(), ..attempt.clone() },
    ] {
        assert_eq!(citizen.finishes(&wrong).await.code(), "check-refused");
    }
    let unknown = Attempt { id: "018ebb2c-1a80-7000-8000-000000000001".into(), ..attempt.clone() };
    assert_eq!(citizen.finishes(&unknown).await.code(), "check-over");
    // None of that ended the attempt of the one who waits.
    assert_eq!(citizen.finishes(&attempt).await.status, 200);
    // A code of another attempt: the provider does not take it with this verifier.
    let late = neighbour.comes_back().await;
    let mixed = Attempt { code: other.code.clone(), ..late };
    assert_eq!(neighbour.finishes(&mixed).await.code(), "check-refused");
    assert!(!neighbour.is_checked().await);
}

#[tokio::test]
async fn a_code_serves_once_and_not_for_ever() {
    let bureau = Bureau::open("RS256").await;
    let (citizen, neighbour) = (bureau.seeker(Who::Citizen).await, bureau.seeker(Who::SecondCitizen).await);
    let attempt = citizen.comes_back().await;
    let (one, other) = tokio::join!(citizen.finishes(&attempt), citizen.finishes(&attempt));
    let good = [&one, &other].into_iter().filter(|answer| answer.status == 200).count();
    assert_eq!(good, 1, "{one:?} {other:?}");
    let slow = neighbour.comes_back().await;
    bureau.passes_s(15 * 60);
    let neighbour = bureau.seeker(Who::SecondCitizen).await;
    assert_eq!(neighbour.finishes(&slow).await.code(), "check-over");
}

#[tokio::test]
async fn a_provider_that_goes_down_in_the_middle_costs_nothing_but_time() {
    let mut bureau = Bureau::open("RS256").await;
    let citizen = bureau.seeker(Who::Citizen).await;
    let attempt = citizen.comes_back().await;
    bureau.proxy.tell(|seen| seen.broken = Some("/token"));
    let answer = citizen.finishes(&attempt).await;
    assert_eq!((answer.status, answer.code()), (503, "national-unavailable"));
    bureau.proxy.tell(|seen| seen.broken = None);
    assert_eq!(citizen.finishes(&attempt).await.status, 200, "the same finish again");

    let neighbour = bureau.seeker(Who::SecondCitizen).await;
    let attempt = neighbour.comes_back().await;
    bureau.proxy.provider.stop().await;
    assert_eq!(neighbour.finishes(&attempt).await.code(), "national-unavailable");
    // What is known of the provider is believed for an hour; then even beginning needs it.
    bureau.passes_s(60 * 60);
    let (begun, _) = bureau.seeker(Who::SecondCitizen).await.begins().await;
    assert_eq!((begun.status, begun.code()), (503, "national-unavailable"));
}

#[tokio::test]
async fn attempts_are_few_and_lead_back_to_the_app_only() {
    let bureau = Bureau::open("RS256").await;
    let citizen = bureau.seeker(Who::Citizen).await;
    for (field, uri, challenge) in [
        ("/redirect_uri", "https://khac.example/national-id", "A".repeat(43)),
        ("/redirect_uri", "http://127.0.0.1:4000/khac", "A".repeat(43)),
        ("/code_challenge", "http://127.0.0.1:4000/national-id", "A".repeat(42)),
    ] {
        let body = json!({ "redirect_uri": uri, "code_challenge": challenge });
        let answer = citizen.post("/v1/identity-checks", &body).await;
        assert_eq!((answer.status, &answer.body["field"]), (422, &json!(field)));
    }
    for _ in 0..8 {
        assert_eq!(citizen.begins().await.0.status, 201);
    }
    assert_eq!(citizen.begins().await.0.status, 429);
    bureau.passes_s(15 * 60);
    assert_eq!(bureau.seeker(Who::Citizen).await.begins().await.0.status, 201);
}
