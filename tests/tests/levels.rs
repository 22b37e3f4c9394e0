//! Levels of identity as people meet them, with real apps: a card in an official's hand, and the national
//! identification in a browser.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use citizen_contract::checks::{CardOutcome, CheckWay, Level};
use citizen_core::app::App;
use citizen_tests::national::{Bureau, sign_in, syncs};
use citizen_tests::world::Who;
use tempfile::tempdir;

async fn level(app: &App) -> Level {
    app.session_view().await.unwrap().account.unwrap().level
}

/// The system's browser in the hands of the holder of `number`.
fn browser_of(number: &'static str) -> impl FnOnce(&str) -> bool + Send {
    move |address: &str| {
        let address = address.to_owned();
        let asked = reqwest::Url::parse(&address).unwrap();
        let back = asked.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap().1.into_owned();
        tokio::spawn(async move {
            let back = sign_in(&address, &back, number).await;
            let _ = reqwest::Client::builder().no_proxy().build().unwrap().get(back).send().await;
        });
        true
    }
}

#[tokio::test]
async fn an_official_sees_the_card_and_the_phone_learns_it_by_itself() {
    let bureau = Bureau::open("RS256").await;
    let (one, other) = (tempdir().unwrap(), tempdir().unwrap());
    let citizen = bureau.phone(Who::Citizen, one.path()).await;
    let handler = bureau.phone(Who::Handler, other.path()).await;
    assert_eq!(level(&citizen).await, Level::Declared);
    let check = async |number: &str, name: &str| {
        let place = Some("Nhà văn hóa thôn 3".to_owned());
        handler.card_check(number.to_owned(), name.to_owned(), None, place).await.unwrap()
    };
    let number = Who::Citizen.number();
    assert_eq!(check("031090000099", "Nguyễn Văn Mẫu").await.outcome, CardOutcome::NoAccount);
    assert_eq!(check(number, "Nguyễn Văn Khác").await.outcome, CardOutcome::NameDiffers);
    let done = check(number, "NGUYỄN VĂN MẪU").await;
    assert_eq!(done.outcome, CardOutcome::Confirmed);
    assert_eq!(check(number, "Nguyễn Văn Mẫu").await.outcome, CardOutcome::AlreadyChecked);
    assert_eq!(bureau.recorded("card_checked").await, 4);

    citizen.network_changed().await.unwrap();
    syncs(&citizen).await;
    let view = citizen.verify_view().await.unwrap();
    let shown = view.check.unwrap();
    assert_eq!(shown.way, CheckWay::Card);
    assert_eq!(shown.unit_name.unwrap().vi, "UBND xã Tân Dương");
    assert_eq!(level(&citizen).await, Level::Checked);
    // A citizen checks nobody.
    let refused = citizen.card_check(number.to_owned(), "Nguyễn Văn Mẫu".to_owned(), None, None).await;
    assert_eq!(refused.unwrap_err().code(), "forbidden");
}

#[tokio::test]
async fn the_national_identification_checks_whoever_comes_back_from_the_browser() {
    let bureau = Bureau::open("ES256").await;
    let folder = tempdir().unwrap();
    let citizen = bureau.phone(Who::Citizen, folder.path()).await;
    assert_eq!(citizen.verify_view().await.unwrap().national.unwrap().vi, "VNeID (mẫu)");

    assert_eq!(citizen.national_check(|_| false).await.unwrap_err().code(), "no-browser");
    let nobody = citizen.national_check(|_| true);
    let dropped = async {
        // The waiting begins only after the backend has answered.
        loop {
            tokio::task::yield_now().await;
            citizen.national_drop();
        }
    };
    let nobody = tokio::select! { waited = nobody => waited, () = dropped => unreachable!() };
    assert_eq!(nobody.unwrap_err().code(), "national-dropped");
    let other = citizen.national_check(browser_of(Who::SecondCitizen.number())).await;
    assert_eq!(other.unwrap_err().code(), "number-differs");
    assert_eq!(level(&citizen).await, Level::Declared);

    let check = citizen.national_check(browser_of(Who::Citizen.number())).await.unwrap();
    assert_eq!((check.way, check.unit_name), (CheckWay::National, None));
    assert_eq!(level(&citizen).await, Level::Checked, "before any sync");
    syncs(&citizen).await;
    assert_eq!(level(&citizen).await, Level::Checked);
    let again = citizen.national_check(|_| panic!("no browser is opened")).await;
    assert_eq!(again.unwrap_err().code(), "already-checked");
}
