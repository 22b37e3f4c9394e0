//! The loop around the steps.

use super::{Engine, Next};

/// A failing disk is tried again after this long.
const STORE_FAILED_MS: i64 = 30_000;

impl Engine {
    /// Works until dropped.
    pub async fn run(&self) {
        tokio::join!(self.work(), self.listen());
    }

    async fn work(&self) {
        loop {
            let next = match self.step().await {
                Ok(next) => next,
                Err(error) => {
                    tracing::warn!(code = error.code(), "the worker cannot use its store");
                    Next::At(self.ports.clock.now().plus_millis(STORE_FAILED_MS))
                }
            };
            if let Next::At(at) = next {
                tokio::select! {
                    () = self.ports.clock.wait_until(at) => {}
                    () = self.wake.notified() => {}
                }
            }
        }
    }
}
