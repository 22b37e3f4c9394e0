//! Whether time tells who has an account, and what a storm of sign-ins costs beside bare hashing.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use argon2::password_hash::PasswordHasher as _;
use citizen_backend::Config;
use citizen_backend::clock::SystemRandom;
use citizen_backend::identity::{self, Identity, Origin, Passwords};
use citizen_backend::open::open;
use citizen_backend::stage::HandClock;
use citizen_contract::registration::{ConsentGiven, Register};
use citizen_contract::session::SignIn;
use citizen_tests::world::Who;
use futures::future::join_all;
use tokio::runtime::Runtime;

use crate::Size;
use crate::pairs::{Goal, in_turns, print_figure};

/// Nobody's number.
const NOBODY: &str = "031192000099";
/// Sign-ins in one storm.
const STORM: usize = 64;
/// Sign-ins at once where memory is looked at.
const CROWD: usize = 500;
/// What threads, requests and the allocator may take beside the hashes.
const SLACK_KIB: f64 = 16.0 * 1024.0;

fn form(number: &str, phone: u32) -> Register {
    Register {
        citizen_id: number.to_owned(),
        full_name: "Nguyễn Văn Mẫu".to_owned(),
        birth_date: Some("1990-05-17".to_owned()),
        sex: None,
        phone: format!("091{phone:07}"),
        home_unit: None,
        representative_phone: None,
        consents: vec![ConsentGiven { purpose: "account".to_owned(), wording: "2024-04".to_owned() }],
        device_name: "máy thử".to_owned(),
    }
}

/// An opened backend in which each call comes from another network and hours after the one before.
struct Strangers {
    runtime: Runtime,
    identity: Identity,
    clock: Arc<HandClock>,
    calls: std::cell::Cell<u32>,
    _folder: tempfile::TempDir,
}

impl Strangers {
    fn gather() -> Self {
        let runtime = Runtime::new().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let clock = HandClock::in_april();
        let config = Config { demo: true, clock: clock.clone(), ..Config::in_folder(folder.path()) };
        let identity = runtime.block_on(open(&config)).unwrap().identity;
        Self { runtime, identity, clock, calls: 0.into(), _folder: folder }
    }

    fn next(&self) -> (u32, Origin) {
        self.clock.advance_s(2 * 3600);
        let call = self.calls.get() + 1;
        self.calls.set(call);
        (call, Origin::of(Ipv4Addr::from_bits(0x0a00_0000 + call).into()))
    }

    fn registers(&self, number: &str) -> Duration {
        let (call, origin) = self.next();
        let form = form(number, call);
        let begun = Instant::now();
        self.runtime.block_on(identity::register(&self.identity, &form, origin)).unwrap();
        begun.elapsed()
    }

    fn signs_in(&self, number: &str) -> Duration {
        let (_, origin) = self.next();
        let input = SignIn {
            citizen_id: number.to_owned(),
            password: "không phải".to_owned(),
            device_name: "máy thử".to_owned(),
            device_token: None,
        };
        let begun = Instant::now();
        assert!(self.runtime.block_on(identity::sign_in(&self.identity, &input, origin)).is_err());
        begun.elapsed()
    }
}

pub fn measure(size: Size) {
    let strangers = Strangers::gather();
    let known = Who::Citizen.number();
    let (pairs, goal) = (size.rounds * 50, Goal::AtMost(5.0));
    let asked = in_turns(pairs, || strangers.registers(known), || strangers.registers(NOBODY));
    print_figure("registering: a number with an account differs by", asked.differ_percent(), "%", goal);
    let tried = in_turns(pairs, || strangers.signs_in(known), || strangers.signs_in(NOBODY));
    print_figure("wrong password: a number with an account differs by", tried.differ_percent(), "%", goal);

    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let passwords = Passwords::new(cores, &SystemRandom).unwrap();
    let hashed = strangers.runtime.block_on(passwords.hash("mat-khau-mau", &SystemRandom)).unwrap();
    let storm = || {
        let begun = Instant::now();
        let all = (0..STORM).map(|_| passwords.fits("mat-khau-mau", Some(hashed.clone())));
        assert!(strangers.runtime.block_on(join_all(all)).into_iter().all(|fits| fits == Ok(true)));
        begun.elapsed()
    };
    let speeds = in_turns(size.rounds, storm, || bare(cores));
    speeds.print_speeds("a storm of sign-ins beside bare Argon2id", 1.0, 1.0, Goal::AtLeast(0.9));
    memory(&strangers.runtime, &passwords, &hashed, cores);
}

/// What a storm takes at most beyond what lies idle: 19 MiB for each that is hashed at a time, and a
/// slack for threads, requests and the allocator. Where the system does not tell, nothing is printed.
fn memory(runtime: &Runtime, passwords: &Passwords, hashed: &str, cores: usize) {
    // From now on the peak is counted anew.
    let reset = std::fs::write("/proc/self/clear_refs", "5");
    let (Ok(()), Some(idle)) = (reset, resident_kib("VmRSS:")) else { return };
    let all = (0..CROWD).map(|_| passwords.fits("mat-khau-mau", Some(hashed.to_owned())));
    // Whoever finds too many before them is told so at once; that keeps the memory bounded, too.
    let fitted = runtime.block_on(join_all(all)).into_iter().filter(|fits| *fits == Ok(true)).count();
    assert!(fitted > 0);
    let Some(peak) = resident_kib("VmHWM:") else { return };
    let bound = idle + cores as f64 * 19.0 * 1024.0 + SLACK_KIB;
    print_figure("500 sign-ins at once: memory at most", peak / 1024.0, "MiB", Goal::AtMost(bound / 1024.0));
}

/// A line of this process's state, in KiB.
fn resident_kib(name: &str) -> Option<f64> {
    let state = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = state.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().trim_end_matches(" kB").trim().parse().ok()
}

/// The same number of hashes at the same cost, one thread a core, and nothing around them.
fn bare(cores: usize) -> Duration {
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for core in 0..cores {
            scope.spawn(move || {
                let params = argon2::Params::new(19 * 1024, 2, 1, None).unwrap();
                let hasher = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
                for _ in (core..STORM).step_by(cores) {
                    hasher.hash_password_with_salt(b"mat-khau-mau", &[7; 16]).unwrap();
                }
            });
        }
    });
    begun.elapsed()
}
