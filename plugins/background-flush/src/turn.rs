//! Whose turn it is at the app's files: a run of the system's, or the app that the person opens.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// Asks a run to end. What was on its way is sent again at the next occasion.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<Notify>);

impl Stop {
    /// Waits until the run is to end.
    pub async fn asked(&self) {
        self.0.notified().await;
    }

    fn ask(&self) {
        // Kept until somebody waits for it, so that one that comes early is not missed.
        self.0.notify_one();
    }
}

/// How a run begins.
pub enum Begun<'a, A: Clone> {
    /// Nobody else is here: open the files, send, and drop the guard after they are closed.
    Alone(Alone<'a, A>),
    /// The app is open: it sends itself.
    With(A),
    /// Somebody is just opening the app, which will send; or another run is at work.
    NotNow,
}

/// Whose turn it is.
pub struct Turn<A> {
    state: Mutex<State<A>>,
    freed: Condvar,
}

enum State<A> {
    Nobody,
    Run(Stop),
    Opening,
    App(A),
}

impl<A: Clone> Turn<A> {
    /// Nobody's.
    #[must_use]
    pub const fn new() -> Self {
        Self { state: Mutex::new(State::Nobody), freed: Condvar::new() }
    }

    /// The system grants a run.
    pub fn begin(&self) -> Begun<'_, A> {
        let mut state = self.state();
        match &*state {
            State::Nobody => {
                let stop = Stop::default();
                *state = State::Run(stop.clone());
                Begun::Alone(Alone { turn: self, stop })
            }
            State::App(app) => Begun::With(app.clone()),
            State::Run(_) | State::Opening => Begun::NotNow,
        }
    }

    /// The person opens the app. A run that is at work is asked to end; returns once the files are free.
    pub fn opening(&self) {
        let mut state = self.state();
        while let State::Run(stop) = &*state {
            stop.ask();
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if matches!(&*state, State::Nobody) {
            *state = State::Opening;
        }
    }

    /// The app is open.
    pub fn opened(&self, app: A) {
        *self.state() = State::App(app);
    }

    /// The system takes its run back.
    pub fn stop(&self) {
        if let State::Run(stop) = &*self.state() {
            stop.ask();
        }
    }

    fn state(&self) -> MutexGuard<'_, State<A>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<A: Clone> Default for Turn<A> {
    fn default() -> Self {
        Self::new()
    }
}

/// A run that has the files to itself until this is dropped.
pub struct Alone<'a, A: Clone> {
    turn: &'a Turn<A>,
    stop: Stop,
}

impl<A: Clone> Alone<'_, A> {
    /// What asks this run to end.
    #[must_use]
    pub fn stop(&self) -> &Stop {
        &self.stop
    }
}

impl<A: Clone> Drop for Alone<'_, A> {
    fn drop(&mut self) {
        *self.turn.state() = State::Nobody;
        self.turn.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_run_has_the_files_to_itself() {
        let turn = Turn::<u8>::new();
        let Begun::Alone(alone) = turn.begin() else { panic!("nobody else is here") };
        assert!(matches!(turn.begin(), Begun::NotNow));
        drop(alone);
        assert!(matches!(turn.begin(), Begun::Alone(_)));
    }

    #[test]
    fn an_open_app_sends_itself() {
        let turn = Turn::new();
        turn.opening();
        assert!(matches!(turn.begin(), Begun::NotNow), "it will, in a moment");
        turn.opened(7);
        assert!(matches!(turn.begin(), Begun::With(7)));
        turn.opening();
        assert!(matches!(turn.begin(), Begun::With(7)), "a second window changes nothing");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_run_stands_aside_for_the_person() {
        let turn = Arc::new(Turn::<u8>::new());
        let Begun::Alone(alone) = turn.begin() else { panic!("nobody else is here") };
        let opened = thread::spawn({
            let turn = turn.clone();
            move || turn.opening()
        });
        alone.stop().asked().await;
        assert!(!opened.is_finished(), "the files are still in use");
        drop(alone);
        opened.join().unwrap();
        assert!(matches!(turn.begin(), Begun::NotNow));
    }

    #[tokio::test]
    async fn the_system_may_take_its_run_back_before_it_looks() {
        let turn = Turn::<u8>::new();
        turn.stop();
        let Begun::Alone(alone) = turn.begin() else { panic!("nobody else is here") };
        turn.stop();
        alone.stop().asked().await;
    }
}
