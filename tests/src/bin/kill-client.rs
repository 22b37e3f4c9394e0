//! A client that writes, sends and settles reports, and ends itself where its errand says so.
#![allow(clippy::expect_used, reason = "an errand that cannot be read is a fault of the harness")]

use citizen_tests::kill::errand::Errand;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let errand = std::env::args().nth(1).expect("one argument: the errand as JSON");
    serde_json::from_str::<Errand>(&errand).expect("an errand").run().await;
}
