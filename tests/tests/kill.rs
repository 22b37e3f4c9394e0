//! Processes are ended at every moment of a report's way, and the server is compared with an outside
//! ledger. Faults planted on purpose show that the comparison would find them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and says what it sees"
)]

use std::path::PathBuf;
use std::sync::Mutex;

use citizen_backend::db::Engine;
use citizen_core::ports::Phase;
use citizen_tests::kill::{Campaign, Outcome, Programs};

/// Of the campaigns against clients one runs at a time, and of those against servers: more side by side
/// would only wait for each other's disk.
static CLIENTS: Mutex<()> = Mutex::new(());
static SERVERS: Mutex<()> = Mutex::new(());

const KILLS: u32 = 20;

fn programs() -> Programs {
    Programs {
        client: PathBuf::from(env!("CARGO_BIN_EXE_kill-client")),
        server: PathBuf::from(env!("CARGO_BIN_EXE_kill-server")),
    }
}

fn campaign(phases: Vec<(&'static str, u32)>, kills: u32) -> Campaign {
    let seed =
        std::env::var("CITIZEN_KILL_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_240_405);
    println!("seed {seed} (CITIZEN_KILL_SEED chooses another)");
    Campaign { seed, kills, phases, at_random: 0, hasty_client: false, plant: None, engine: Engine::Sqlite }
}

/// Every phase of the core, with how often one process may pass it before it ends.
fn client_phases() -> Vec<(&'static str, u32)> {
    let most = |phase| match phase {
        Phase::DraftSaved | Phase::Uploading | Phase::ChunkAcknowledged | Phase::ChunkKept => 2,
        _ => 1,
    };
    Phase::ALL.iter().map(|phase| (phase.as_str(), most(*phase))).collect()
}

fn server_phases() -> Vec<(&'static str, u32)> {
    vec![
        ("received", 2),
        ("group-run", 3),
        ("committed", 3),
        ("decided", 2),
        ("upload-opened", 2),
        ("part-stored", 2),
        ("part-recorded", 2),
        ("original-stored", 2),
        ("derivatives-stored", 2),
        ("recorded", 2),
        ("parts-removed", 2),
    ]
}

fn clean(outcome: &Outcome, phases: &[(&str, u32)]) {
    println!("{outcome}");
    assert!(outcome.covers(phases, KILLS), "a phase was killed too seldom");
    assert!(outcome.kills.values().sum::<u32>() >= 200);
    assert!(outcome.verdict.is_clean(), "{:?}", outcome.verdict);
}

#[test]
fn a_client_killed_anywhere_loses_and_doubles_nothing() {
    let _turn = CLIENTS.lock();
    let phases = client_phases();
    let campaign = Campaign { at_random: 20, ..campaign(phases.clone(), KILLS) };
    clean(&campaign.against_clients(&programs()).unwrap(), &phases);
}

#[test]
fn a_server_killed_anywhere_loses_and_doubles_nothing() {
    let _turn = SERVERS.lock();
    let phases = server_phases();
    clean(&campaign(phases.clone(), KILLS).against_servers(&programs()).unwrap(), &phases);
}

/// Intake alone: how bytes of photos are kept does not depend on the engine.
#[test]
fn a_server_on_postgresql_killed_in_intake_loses_and_doubles_nothing() {
    let _turn = SERVERS.lock();
    let phases = vec![("received", 2), ("group-run", 3), ("committed", 3), ("decided", 2)];
    let campaign = Campaign { engine: Engine::Postgres, ..campaign(phases.clone(), KILLS) };
    let outcome = campaign.against_servers(&programs()).unwrap();
    println!("{outcome}");
    assert!(outcome.covers(&phases, KILLS), "a phase was killed too seldom");
    assert!(outcome.verdict.is_clean(), "{:?}", outcome.verdict);
}

#[test]
fn a_client_that_says_saved_too_early_is_found() {
    let _turn = CLIENTS.lock();
    let campaign = Campaign { hasty_client: true, ..campaign(vec![("enqueueing", 1)], 3) };
    let outcome = campaign.against_clients(&programs()).unwrap();
    println!("{outcome}");
    assert_eq!(outcome.verdict.lost.len(), 3);
}

#[test]
fn a_server_that_answers_before_its_commit_is_found() {
    let _turn = SERVERS.lock();
    // The first commit of a fresh process fetches report numbers, the second one is a report's.
    let campaign = Campaign { plant: Some("early-acknowledgement"), ..campaign(vec![("group-run", 2)], 6) };
    let outcome = campaign.against_servers(&programs()).unwrap();
    println!("{outcome}");
    assert!(!outcome.verdict.lost.is_empty());
}

#[test]
fn a_server_that_forgets_what_it_has_decided_is_found() {
    let _turn = CLIENTS.lock();
    let campaign = Campaign { plant: Some("missing-dedupe"), ..campaign(vec![("answered", 1)], 3) };
    let outcome = campaign.against_clients(&programs()).unwrap();
    println!("{outcome}");
    assert_eq!(outcome.verdict.doubled.len(), 3);
}
