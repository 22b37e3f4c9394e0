//! A waiting closure with the place its answer goes to, without its types.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use super::error::{DbError, WriteError};
use super::tx::Tx;

/// How one run of a closure ended, before COMMIT.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ran {
    /// Its writes may be kept.
    Done,
    /// Its writes must be undone; it has its own answer.
    Refused,
    /// Its writes must be undone; the room answers.
    Failed(DbError),
}

/// A closure on its way through a queue. It may run several times and is answered once.
pub(crate) trait Job: Send {
    fn run(&mut self, tx: &mut Tx<'_>) -> Ran;

    /// Gives the closure's own last answer. Called after COMMIT or after its rollback.
    fn answer(self: Box<Self>);

    /// Answers in the room's name, whatever the closure said.
    fn fail(self: Box<Self>, error: DbError);
}

/// The waiting end of a job.
pub(crate) type Answer<T, E> = oneshot::Receiver<Result<T, WriteError<E>>>;

struct Typed<F, T, E> {
    closure: F,
    last: Option<Result<T, E>>,
    to: oneshot::Sender<Result<T, WriteError<E>>>,
}

/// Wraps a closure.
pub(crate) fn job<F, T, E>(closure: F) -> (Box<dyn Job>, Answer<T, E>)
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    let (to, answer) = oneshot::channel();
    (Box::new(Typed { closure, last: None, to }), answer)
}

impl<F, T, E> Job for Typed<F, T, E>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync,
    T: Send,
    E: From<DbError> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Ran {
        self.last = None;
        // The closure owns its input and writes only to the transaction, which is rolled back, so
        // that nothing half-made outlives a panic.
        let Ok(result) = catch_unwind(AssertUnwindSafe(|| (self.closure)(tx))) else {
            return Ran::Failed(DbError::Panicked);
        };
        if let Some(fatal) = tx.fatal() {
            return Ran::Failed(fatal.clone());
        }
        let ran = match (&result, tx.spoilt()) {
            (Err(_), _) => Ran::Refused,
            // A closure that swallowed a failed statement must not believe that it was kept.
            (Ok(_), Some(error)) => return Ran::Failed(error.clone()),
            (Ok(_), None) => Ran::Done,
        };
        self.last = Some(result);
        ran
    }

    fn answer(self: Box<Self>) {
        let result = match self.last {
            Some(result) => result.map_err(WriteError::Refused),
            None => Err(WriteError::Storage(DbError::Aborted)),
        };
        // A caller that went away needs no answer.
        let _ = self.to.send(result);
    }

    fn fail(self: Box<Self>, error: DbError) {
        let _ = self.to.send(Err(WriteError::Storage(error)));
    }
}
