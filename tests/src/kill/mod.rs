//! Ending processes at chosen moments, and telling afterwards what is lost, doubled or incomplete.
//!
//! A process names each phase it passes on its output and, at the one it was told, ends itself with
//! SIGKILL: no destructor runs, nothing is flushed. The ledger is kept outside, by the harness.

pub mod campaign;
pub mod child;
pub mod errand;
pub mod ledger;
pub mod plan;
pub mod server;
pub mod verdict;

pub use campaign::{Campaign, Outcome, Programs};
pub use child::{Child, Ending};
pub use ledger::Ledger;
pub use plan::{Plan, Point};
pub use verdict::Verdict;

/// Ends this very process with SIGKILL, as the system does when memory runs out.
pub fn end_myself() -> ! {
    let me = rustix::process::getpid();
    let _ = rustix::process::kill_process(me, rustix::process::Signal::KILL);
    // The signal is delivered before the call returns; this only satisfies the type.
    std::process::abort()
}
