//! Named moments of intake at which a test may end this process, as a loss of power would.
//!
//! Without the feature `kill-points` every function here is empty. With it, `CITIZEN_KILL_AT=WORD:N`
//! ends the process with SIGKILL the Nth time that the moment WORD is reached, each moment is named on
//! standard output, and `CITIZEN_KILL_PLANT` plants a fault on purpose, so that a harness can show that
//! it would find such a fault.

/// A moment was reached. The words are those of [`crate::files::Step`] and, for commands, `received`,
/// `group-run` (before COMMIT), `committed` (before anybody is answered) and `decided`.
#[cfg(not(feature = "kill-points"))]
#[inline]
pub fn reached(_moment: &'static str) {}

/// Whether this fault was planted: `early-acknowledgement` or `missing-dedupe`.
#[cfg(not(feature = "kill-points"))]
#[inline]
#[must_use]
pub fn planted(_fault: &str) -> bool {
    false
}

#[cfg(feature = "kill-points")]
pub use live::{planted, reached};

#[cfg(feature = "kill-points")]
mod live {
    use std::collections::HashMap;
    use std::io::Write as _;
    use std::sync::{LazyLock, Mutex, PoisonError};

    struct Order {
        moment: String,
        nth: u32,
        plant: String,
        seen: Mutex<HashMap<&'static str, u32>>,
    }

    static ORDER: LazyLock<Order> = LazyLock::new(|| {
        let at = std::env::var("CITIZEN_KILL_AT").unwrap_or_default();
        let (moment, nth) = at.split_once(':').unwrap_or_default();
        Order {
            moment: moment.to_owned(),
            nth: nth.parse().unwrap_or(0),
            plant: std::env::var("CITIZEN_KILL_PLANT").unwrap_or_default(),
            seen: Mutex::default(),
        }
    });

    /// A moment was reached: name it, and end here if that was the order.
    pub fn reached(moment: &'static str) {
        if ORDER.moment.is_empty() && ORDER.plant.is_empty() {
            return;
        }
        let Some(count) = counted(moment) else { return };
        let _ = writeln!(std::io::stdout(), "phase {moment}");
        if ORDER.moment == moment && ORDER.nth == count {
            if planted("early-acknowledgement") {
                // The answer that left too early must be on its way before the lights go out.
                std::thread::sleep(std::time::Duration::from_millis(300));
            }
            let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        }
    }

    /// How often the moment was reached with this time. Before the first command there is no intake:
    /// sessions and the catalogue are written too.
    fn counted(moment: &'static str) -> Option<u32> {
        let mut seen = ORDER.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if moment != "received" && !seen.contains_key("received") {
            return None;
        }
        let count = seen.entry(moment).or_default();
        *count = count.saturating_add(1);
        Some(*count)
    }

    /// Whether this fault was planted.
    #[must_use]
    pub fn planted(fault: &str) -> bool {
        ORDER.plant == fault
    }
}
