//! The demo's backend: embedded SQLite, the profile of Thủy Nguyên, sample people.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use super::PROFILE;
use super::clock::Clock;
use super::process::Process;
use crate::run;

/// The port that the demo prefers, so that addresses stay the same between runs.
const PORT: u16 = 8787;
const LOOK: Duration = Duration::from_millis(100);
/// How often readiness is asked for: thirty seconds.
const LOOKS: u32 = 300;

/// A running backend.
#[derive(Debug)]
pub struct Backend {
    process: Process,
    /// The file that tells an app which backend it belongs to.
    pub deployment: PathBuf,
}

impl Backend {
    /// Ends it; what it has acknowledged is on disk.
    pub fn end(self) {
        drop(self.process);
    }
}

/// Starts a backend, waits until it is ready and writes its deployment file.
pub fn start(clock: &Clock) -> Result<Backend, String> {
    let folder = super::folder();
    let data = folder.join("backend");
    let program = run::target_dir().join("debug/citizen-backend").to_string_lossy().into_owned();
    let address = free_address()?;
    let log_file = folder.join("backend.log");
    let log = File::create(&log_file)
        .map_err(|error| format!("{} cannot be made: {error}.", log_file.display()))?;
    let mut command = run::command(&program);
    command.args(["serve", "--demo", "--profile", PROFILE, "--listen", &address.to_string()]);
    command.args(["--clock-start", &clock.start_text(), "--data-dir"]).arg(&data);
    println!("$ {}", run::shown(&command));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    let process = wait_until_ready(Process::start("backend", &mut command)?, address)
        .map_err(|sentence| format!("{sentence} {} may say why.", log_file.display()))?;
    println!("The backend is ready at http://{address}; its log is {}.", log_file.display());
    let deployment = folder.join("deployment.json");
    let mut command = run::command(&program);
    command.args(["deployment", "--demo", "--profile", PROFILE, "--base-url", &format!("http://{address}")]);
    command.arg("--data-dir").arg(&data).arg("--out").arg(&deployment);
    run::finish(&mut command)?;
    Ok(Backend { process, deployment })
}

fn wait_until_ready(mut process: Process, address: SocketAddr) -> Result<Process, String> {
    for _ in 0..LOOKS {
        if process.has_ended() {
            return Err("The backend ended at once.".to_owned());
        }
        if is_ready(address) {
            return Ok(process);
        }
        thread::sleep(LOOK);
    }
    Err("The backend is not ready after thirty seconds.".to_owned())
}

fn free_address() -> Result<SocketAddr, String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, PORT))
        .or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
        .map_err(|error| format!("No port is free: {error}."))?;
    listener.local_addr().map_err(|error| format!("No port is free: {error}."))
}

fn is_ready(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address, LOOK)?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut head = [0; 12];
        stream.read_exact(&mut head)?;
        Ok(&head == b"HTTP/1.1 200")
    };
    ask().unwrap_or(false)
}
