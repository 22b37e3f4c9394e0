//! Intake over HTTP: what one report costs the server in processor time.

use std::path::Path;
use std::time::Instant;

use citizen_contract::outcome::{CommandBatch, CommandOutcomes, Verdict};
use citizen_tests::kill::server::Server;
use citizen_tests::reader::Reader;
use citizen_tests::world::Who;
use tokio::runtime::Runtime;

use crate::Size;
use crate::intake::command;
use crate::pairs::{Goal, median, print_figure};

const CLIENTS: usize = 32;

/// Processor time of a process so far, in milliseconds, over all its threads.
pub fn spent_ms(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    // Fields 14 and 15 after the name, which may hold spaces itself.
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks: f64 = fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap();
    ticks * 10.0
}

async fn post(readers: &[Reader], reports: usize) {
    let tasks = readers.iter().map(|reader| async move {
        for _ in 0..reports / CLIENTS {
            let batch = CommandBatch { commands: vec![command()] };
            let answer: CommandOutcomes = reader.post("/v1/commands", &batch).await;
            assert!(matches!(answer.outcomes[0].verdict, Verdict::Accepted { .. }));
        }
    });
    futures::future::join_all(tasks).await;
}

pub fn measure(size: Size) {
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_kill-server"));
    let (server, deployment) = Server::prepare(program, folder.path(), None).unwrap();
    let begun = Instant::now();
    let running = server.start(None).unwrap();
    print_figure("server: exec → port open", begun.elapsed().as_secs_f64() * 1000.0, "ms", Goal::None);
    let process = running.id();
    Runtime::new().unwrap().block_on(async {
        let mut readers = Vec::new();
        for _ in 0..CLIENTS {
            let who = Who::Citizen;
            readers.push(Reader::sign_in(&deployment.base_url, who.number(), who.password()).await);
        }
        post(&readers, size.reports).await;
        let (mut costs, mut speeds) = (Vec::new(), Vec::new());
        for _ in 0..size.rounds.min(10) {
            let (before, begun) = (spent_ms(process), Instant::now());
            post(&readers, size.reports).await;
            costs.push((spent_ms(process) - before) / size.reports as f64);
            speeds.push(size.reports as f64 / begun.elapsed().as_secs_f64());
        }
        print_figure(
            "intake over HTTP, one account, 32 connections",
            median(&speeds),
            "reports/s",
            Goal::None,
        );
        print_figure("processor time of the server per report", median(&costs), "ms", Goal::AtMost(0.5));
    });
}
