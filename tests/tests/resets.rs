//! A reset at each single byte of a request and of its answer, for the text of a report and for the
//! bytes of its photo: whatever was cut is tried again, counts exactly once and arrives whole.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and says what it sees"
)]

use std::collections::BTreeSet;
use std::path::Path;

use citizen_contract::documents::ReportDocument;
use citizen_contract::hash::ContentHash;
use citizen_core::app::WaitCode;
use citizen_core::photos::Agreement;
use citizen_tests::photos::tiny;
use citizen_tests::proxy::{Exchange, Fault, Match};
use citizen_tests::reader::Reader;
use citizen_tests::scratch;
use citizen_tests::world::{Person, Who, World};

/// So many devices share the offsets.
const DEVICES: usize = 8;
const WHO: [Who; 2] = [Who::Citizen, Who::SecondCitizen];

/// Runs `each` on the devices side by side, each with its own number.
async fn on_all_devices<F>(world: &World, folder: &Path, each: impl Fn(Person, usize) -> F)
where
    F: Future<Output = usize> + Send + 'static,
{
    let mut working = tokio::task::JoinSet::new();
    for number in 0..DEVICES {
        working.spawn(each(world.person_on(WHO[number % WHO.len()], folder).await, number));
    }
    let cuts: usize = working.join_all().await.into_iter().sum();
    println!("{cuts} resets");
    assert!(cuts > 500, "something else than the exchange was measured");
}

/// The lengths of the one exchange of this kind so far: request and answer, heads included.
fn lengths(person: &Person, wanted: impl Fn(&Exchange) -> bool) -> (usize, usize) {
    let one = person.network.exchanges().into_iter().find(wanted).expect("one went through");
    (one.up, one.down)
}

/// This device's share of all offsets below `size`.
fn share(size: usize, number: usize) -> impl Iterator<Item = usize> {
    (number..size).step_by(DEVICES)
}

async fn tries_again(person: &Person) {
    person.app().network_changed().await.unwrap();
    person.works().await;
}

/// What the second client reads of one person's: no words twice.
async fn all_different(reader: &Reader) -> Vec<ReportDocument> {
    let reports = reader.reports().await;
    let words: BTreeSet<&str> = reports.iter().map(|report| report.words.as_str()).collect();
    assert_eq!(words.len(), reports.len(), "something was counted twice");
    reports
}

fn is_text(exchange: &Exchange) -> bool {
    exchange.path == "/v1/commands"
}

/// The faults of one round follow each other on one report. A cut request leaves nothing behind, so
/// that several fit; each cut answer gets a report of its own, because its outcome is recorded.
fn rounds((up, down): (usize, usize), number: usize) -> Vec<Vec<Fault>> {
    const A_REPORT: usize = 8;
    let requests: Vec<usize> = share(up, number).collect();
    let requests =
        requests.chunks(A_REPORT).map(|some| some.iter().copied().map(Fault::CutRequest).collect());
    requests.chain(share(down, number).map(|at| vec![Fault::CutAnswer(at)])).collect()
}

async fn texts_cut_everywhere(citizen: Person, number: usize) -> usize {
    // All words have one length, so that the first exchange tells the length of all.
    citizen.writes_report(&format!("Máy {number}, lượt ----")).sends().await;
    citizen.works().await;
    let whole = lengths(&citizen, is_text);
    let mut cuts = 0;
    for (round, faults) in rounds(whole, number).into_iter().enumerate() {
        let words = format!("Máy {number}, lượt {round:04}");
        let times = faults.len();
        for fault in faults {
            citizen.network.next(Match::post("/v1/commands"), fault);
        }
        let command = citizen.writes_report(&words).sends().await;
        citizen.works().await;
        for _ in 0..times {
            let item = citizen.item(command).await;
            assert_eq!((item.state, item.waiting_for), ("queued", Some(WaitCode::Offline)), "{words}");
            tries_again(&citizen).await;
        }
        assert_eq!(citizen.item(command).await.state, "sent", "{words}");
        cuts += times;
    }
    let texts = citizen.network.exchanges().into_iter().filter(|one| is_text(one) && one.whole);
    let seen: BTreeSet<(usize, usize)> = texts.map(|one| (one.up, one.down)).collect();
    assert_eq!(seen, BTreeSet::from([whole]), "a byte was left out");
    cuts
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_at_any_byte_of_a_text_or_its_receipt_loses_and_doubles_nothing() {
    let folder = scratch::folder();
    let world = World::in_folder(folder.path()).await;
    on_all_devices(&world, folder.path(), texts_cut_everywhere).await;
    for who in WHO {
        all_different(&world.reader(who).await).await;
    }
}

fn is_photo(exchange: &Exchange) -> bool {
    exchange.method == "PATCH"
}

async fn photos_cut_everywhere(citizen: Person, number: usize) -> usize {
    citizen.writes_report(&format!("Máy {number}, đo chiều dài")).with_picture(tiny()).sends().await;
    citizen.works().await;
    let mut cuts = 0;
    for (round, faults) in rounds(lengths(&citizen, is_photo), number).into_iter().enumerate() {
        let words = format!("Máy {number}, lượt {round}");
        let times = faults.len();
        for fault in faults {
            citizen.network.next(Match::patch("/v1/files/"), fault);
        }
        let command = citizen.writes_report(&words).with_picture(tiny()).sends().await;
        citizen.works().await;
        for _ in 0..times {
            assert_eq!(citizen.item(command).await.photos_sent, 0, "{words}");
            tries_again(&citizen).await;
        }
        let item = citizen.item(command).await;
        assert_eq!((item.state, item.photos_sent), ("sent", 1), "{words}");
        cuts += times;
    }
    cuts
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_at_any_byte_of_a_photo_or_its_answer_leaves_it_whole() {
    let folder = scratch::folder();
    let world = World::in_folder(folder.path()).await;
    on_all_devices(&world, folder.path(), photos_cut_everywhere).await;
    let prepared = citizen_core::photos::prepare(&tiny(), Agreement { time: true, place: false }).unwrap();
    let expected = ContentHash::of(&prepared.bytes);
    for who in WHO {
        let reader = world.reader(who).await;
        for report in all_different(&reader).await {
            let [photo] = report.photos.as_slice() else { panic!("{} has another photo", report.words) };
            assert_eq!(reader.original(photo.id).await.as_ref(), Ok(&expected), "{}", report.words);
        }
    }
}
