//! A whole campaign: kill after kill, then everything is let arrive, then the server is read.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use citizen_backend::db::Engine;
use citizen_backend::db::testing::Fresh;
use citizen_contract::deployment::Deployment;
use citizen_contract::hash::ContentHash;
use tempfile::TempDir;

use super::errand::{Errand, prepared_hash, shots_of, token_in};
use super::server::Server;
use super::verdict::{Found, Verdict};
use super::{Child, Ending, Ledger, Plan};
use crate::photos::Shot;
use crate::reader::Reader;
use crate::scratch;
use crate::world::Who;

/// The programs of a campaign.
#[derive(Debug, Clone)]
pub struct Programs {
    /// The client.
    pub client: PathBuf,
    /// The backend.
    pub server: PathBuf,
}

/// What is planned.
#[derive(Debug, Clone)]
pub struct Campaign {
    /// Decides on the order of the kills.
    pub seed: u64,
    /// Kills in each phase.
    pub kills: u32,
    /// The phases, with how often a process may pass them before it ends.
    pub phases: Vec<(&'static str, u32)>,
    /// Kills at any time, from outside.
    pub at_random: u32,
    /// Whether the client says "saved" too early.
    pub hasty_client: bool,
    /// A fault planted in the backend.
    pub plant: Option<&'static str>,
    /// Where the backend keeps its rows.
    pub engine: Engine,
}

/// What a campaign came to.
#[derive(Debug)]
pub struct Outcome {
    /// Kills by phase, with those at random under their last phase.
    pub kills: BTreeMap<String, u32>,
    /// What the server holds.
    pub verdict: Verdict,
}

/// The stage of a campaign.
pub(super) struct Stage {
    pub(super) folder: TempDir,
    pub(super) programs: Programs,
    pub(super) server: Server,
    pub(super) deployment: Deployment,
    pub(super) ledger: Ledger,
    // Dropped after the backend, which still writes there.
    _database: Option<Fresh>,
    hashes: BTreeMap<u8, ContentHash>,
}

impl Stage {
    pub(super) fn set(programs: &Programs, plant: Option<&'static str>, engine: Engine) -> io::Result<Self> {
        let folder = scratch::folder();
        let database = (engine == Engine::Postgres).then(|| Fresh::new(engine));
        let (mut server, deployment) = Server::prepare(
            &programs.server,
            &folder.path().join("server"),
            database.as_ref().map(Fresh::url),
        )?;
        server.plant = plant;
        let ledger = Ledger::begin(&folder.path().join("ledger"))?;
        let hashes = [Shot::OldPhone, Shot::Mirrored, Shot::RotatedWithPosition]
            .map(|shot| (shot as u8, prepared_hash(shot)));
        Ok(Self {
            folder,
            programs: programs.clone(),
            server,
            deployment,
            ledger,
            _database: database,
            hashes: hashes.into(),
        })
    }

    pub(super) fn errand(&self, device: &str, first: u32, reports: u32) -> Errand {
        Errand {
            data_dir: self.folder.path().join(device),
            deployment: self.deployment.clone(),
            name: device.to_owned(),
            first,
            reports,
            kill_at: None,
            early_acknowledgement: false,
            words_are_enough: false,
            stop: None,
        }
    }

    pub(super) fn send(&self, errand: &Errand) -> io::Result<Child> {
        let mut command = Command::new(&self.programs.client);
        command.arg(serde_json::to_string(errand)?);
        Child::start(command)
    }

    /// Writes into the ledger what a client said.
    pub(super) fn note(&mut self, line: &str) -> io::Result<()> {
        match line.split_once(' ') {
            Some(("intended", token)) => self.ledger.intend(token),
            Some(("saved", token)) => {
                let number = token.rsplit_once('-').and_then(|(_, number)| number.parse().ok()).unwrap_or(0);
                let hash = |shot: Shot| self.hashes.get(&(shot as u8)).cloned();
                let photos = shots_of(number).into_iter().filter_map(hash).collect();
                self.ledger.saved(token, photos)
            }
            _ => Ok(()),
        }
    }

    /// Reads the server with the second client and compares.
    pub(super) fn judge(&self) -> io::Result<Verdict> {
        let found = tokio::runtime::Runtime::new()?.block_on(found(&self.deployment.base_url));
        Ok(Verdict::of(&self.ledger, &found))
    }

    /// Lets a device finish what is open on it.
    pub(super) fn finish(&mut self, device: &str) -> io::Result<()> {
        let client = self.send(&self.errand(device, 0, 0))?;
        match client.follow(Duration::from_secs(120), |_| {})? {
            (Ending::Done, _) => Ok(()),
            (other, _) => Err(io::Error::other(format!("{device} could not finish: {other:?}"))),
        }
    }
}

async fn found(base_url: &str) -> Vec<Found> {
    let reader = Reader::sign_in(base_url, Who::Citizen.number(), Who::Citizen.password()).await;
    let mut found = Vec::new();
    for report in reader.reports().await {
        let token = token_in(&report.words).unwrap_or("?").to_owned();
        let mut photos = Vec::new();
        for photo in &report.photos {
            photos.push(reader.original(photo.id).await.ok());
        }
        found.push(Found { token, photos });
    }
    found
}

impl Campaign {
    fn plan(&self) -> Plan {
        Plan::new(self.seed, self.kills, &self.phases)
    }

    /// Kills client after client over the same folder; the backend lives on.
    ///
    /// # Errors
    /// When a process cannot be started, or ends in a way that nobody planned.
    pub fn against_clients(&self, programs: &Programs) -> io::Result<Outcome> {
        let mut stage = Stage::set(programs, self.plant, self.engine)?;
        let _server = stage.server.start(None)?;
        stage.finish("c")?;
        let (mut plan, mut run, mut random_left) = (self.plan(), 0, self.at_random);
        loop {
            let point = plan.draw();
            if (point.is_none() && random_left == 0) || run > 4 * (plan.total() + 50) {
                break;
            }
            run += 1;
            // Once the phases have had their kills, the moment is anybody's.
            let most = if point.is_some() { 60_000 } else { 40 + u64::from(plan.below(400)) };
            random_left -= u32::from(point.is_none());
            let errand = Errand {
                kill_at: point,
                early_acknowledgement: self.hasty_client,
                ..stage.errand("c", run, 1)
            };
            let client = stage.send(&errand)?;
            let mut noted = Ok(());
            let (ending, _) = client.follow(Duration::from_millis(most), |line| {
                noted = std::mem::replace(&mut noted, Ok(())).and_then(|()| stage.note(line));
            })?;
            noted?;
            count(&mut plan, &mut stage.ledger, run, ending)?;
        }
        stage.finish("c")?;
        Ok(Outcome { kills: plan.kills().clone(), verdict: stage.judge()? })
    }

    /// Kills the backend again and again while two devices go on sending.
    ///
    /// # Errors
    /// When a process cannot be started, or ends in a way that nobody planned.
    pub fn against_servers(&self, programs: &Programs) -> io::Result<Outcome> {
        let mut stage = Stage::set(programs, None, self.engine)?;
        let devices = ["a", "b"];
        {
            // Everybody is signed in before anything goes wrong.
            let _server = stage.server.start(None)?;
            devices.iter().try_for_each(|device| stage.finish(device))?;
        }
        stage.server.plant = self.plant;
        let stop = stage.folder.path().join("stop");
        let (said, heard) = channel();
        let mut clients = Vec::new();
        for device in devices {
            let words_are_enough = self.plant.is_some();
            let errand = Errand {
                stop: Some(stop.clone()),
                words_are_enough,
                ..stage.errand(device, 0, u32::MAX / 2)
            };
            let (client, said) = (stage.send(&errand)?, said.clone());
            clients.push(std::thread::spawn(move || {
                client.follow(Duration::from_secs(900), |line| {
                    let _ = said.send(line.to_owned());
                })
            }));
        }
        let (mut plan, mut run) = (self.plan(), 0);
        while let Some(point) = plan.draw() {
            run += 1;
            let server = stage.server.start(Some(&point))?;
            let (ending, _) = server.follow(Duration::from_secs(20), |_| {})?;
            count(&mut plan, &mut stage.ledger, run, ending)?;
            stage.note_all(&heard)?;
            if clients.iter().any(std::thread::JoinHandle::is_finished) {
                return Err(io::Error::other("a client ended by itself"));
            }
        }
        std::fs::write(&stop, "")?;
        stage.server.plant = None;
        let _server = stage.server.start(None)?;
        for client in clients {
            match client.join() {
                Ok(Ok((Ending::Done, _))) => {}
                other => return Err(io::Error::other(format!("a client could not finish: {other:?}"))),
            }
        }
        stage.note_all(&heard)?;
        Ok(Outcome { kills: plan.kills().clone(), verdict: stage.judge()? })
    }
}

impl Stage {
    fn note_all(&mut self, heard: &Receiver<String>) -> io::Result<()> {
        heard.try_iter().try_for_each(|line| self.note(&line))
    }
}

fn count(plan: &mut Plan, ledger: &mut Ledger, run: u32, ending: Ending) -> io::Result<()> {
    match ending {
        Ending::Killed(phase) => {
            plan.killed_in(&phase);
            ledger.killed(run, &phase)
        }
        Ending::Done => Ok(()),
        Ending::Broken(how) => Err(io::Error::other(format!("process {run} ended by itself: {how}"))),
    }
}

/// The line that a campaign prints: kills by phase, and the verdict.
impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (phase, kills) in &self.kills {
            writeln!(f, "{kills:4} kills in {phase}")?;
        }
        write!(f, "{:4} kills in all; {}", self.kills.values().sum::<u32>(), self.verdict)
    }
}

impl Outcome {
    /// Whether every planned phase has had at least `kills`.
    #[must_use]
    pub fn covers(&self, phases: &[(&str, u32)], kills: u32) -> bool {
        phases.iter().all(|(phase, _)| self.kills.get(*phase).is_some_and(|had| *had >= kills))
    }
}
