//! Codes cost money and annoy: how many are sent, whoever asks.

use std::net::Ipv4Addr;

use citizen_contract::registration::Register;

use super::registration::{NEW, PHONE, form};
use super::*;

async fn asks_from(office: &Office, form: &Register, network: u32) -> Result<CodeSent, CodeError> {
    let origin = Origin::of(Ipv4Addr::from_bits(0x0a00_0000 + network).into());
    match register(&office.identity, form, origin).await {
        Ok(sent) => Ok(sent),
        Err(RegisterError::Code(error)) => Err(error),
        Err(error) => panic!("{error}"),
    }
}

fn too_often(outcome: Result<CodeSent, CodeError>) -> (Scope, u32) {
    match outcome {
        Err(CodeError::TooOften { scope, retry_after_s }) => (scope, retry_after_s),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_phone_is_left_alone_whoever_asks_from_wherever() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        for network in 0..6 {
            asks_from(&office, &form(NEW, PHONE), network).await.unwrap();
        }
        // Written another way and with another card it is the same phone.
        let other = form("031192000018", "0912.000.017");
        assert_eq!(too_often(asks_from(&office, &other, 7).await), (Scope::Phone, 3600));
        assert!(asks_from(&office, &form(NEW, "0912000018"), 7).await.is_ok());
        office.clock.advance_s(3600);
        for network in 0..6 {
            asks_from(&office, &form(NEW, PHONE), network).await.unwrap();
        }
        office.clock.advance_s(3600);
        let (scope, wait) = too_often(asks_from(&office, &form(NEW, PHONE), 8).await);
        assert_eq!((scope, wait), (Scope::Phone, 22 * 3600), "twelve in a day");
        assert_eq!(office.letters.count(), 13);
    }
}

#[tokio::test]
async fn an_installation_serves_a_family_and_not_a_village_whatever_network_it_is_in() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let asks = async |n: u32, device: u8| {
            let origin = Origin::of(Ipv4Addr::from_bits(0x0a00_0000 + n).into()).on(Some([device; 16]));
            let form = form(NEW, &format!("09120{n:05}"));
            match register(&office.identity, &form, origin).await {
                Err(RegisterError::Code(error)) => Err(error),
                other => Ok(other.unwrap()),
            }
        };
        for n in 0..20 {
            asks(n, 1).await.unwrap();
        }
        assert_eq!(too_often(asks(20, 1).await), (Scope::Device, 3600));
        assert!(asks(21, 2).await.is_ok(), "another phone goes on");
        office.clock.advance_s(3600);
        assert!(asks(22, 1).await.is_ok());
    }
}

#[tokio::test]
async fn a_network_sends_to_many_phones_but_not_to_all() {
    let office = Office::open().await;
    for phone in 0..120 {
        asks_from(&office, &form(NEW, &format!("09120{phone:05}")), 1).await.unwrap();
    }
    let more = form(NEW, "0912099999");
    assert_eq!(too_often(asks_from(&office, &more, 1).await), (Scope::Network, 3600));
    assert!(asks_from(&office, &more, 2).await.is_ok());
    office.clock.advance_s(3600);
    assert!(asks_from(&office, &more, 1).await.is_ok());
}

#[tokio::test]
async fn ten_thousand_wishes_over_rotating_numbers_and_networks_stay_under_the_breaker() {
    let office = Office::open().await;
    let (mut sent, mut paused) = (0_u32, 0);
    for hundred in 0..100_u32 {
        office.clock.advance_s(500);
        let wishes = (0..100).map(|one| {
            let n = hundred * 100 + one;
            (n, form(&format!("0311920{n:05}"), &format!("09{:08}", 10_000_000 + n * 7)))
        });
        let wishes: Vec<_> = wishes.collect();
        let outcomes = wishes.iter().map(|(n, form)| asks_from(&office, form, *n));
        for outcome in futures::future::join_all(outcomes).await {
            match outcome {
                Ok(code) => {
                    sent += 1;
                    assert!(code.today <= PER_DAY);
                }
                Err(CodeError::Paused { retry_after_s }) => {
                    paused += 1;
                    assert!((1..=24 * 3600).contains(&retry_after_s));
                }
                Err(error) => panic!("{error}"),
            }
        }
    }
    // 100 × 500 seconds are less than a day.
    assert_eq!((sent, paused), (PER_DAY, 10_000 - PER_DAY));
    assert_eq!(office.letters.count(), usize::try_from(PER_DAY).unwrap());
    office.clock.advance_s(24 * 3600);
    assert!(asks_from(&office, &form(NEW, PHONE), 1).await.is_ok(), "the next day it is closed again");
}

#[tokio::test]
async fn wishes_at_once_do_not_slip_through() {
    for engine in ENGINES {
        let office = Office::on(engine).await;
        let form = form(NEW, PHONE);
        let outcomes = futures::future::join_all((0..12).map(|n| asks_from(&office, &form, n))).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 6);
        assert_eq!(office.letters.count(), 6);
    }
}
