//! Stopping a test that cannot set its stage.

use std::fmt::Debug;

/// A test's stage is there, or the test stops and says where.
pub trait OrStop {
    /// What is there.
    type There;

    /// What is there; stops the test if it is not.
    fn or_stop(self) -> Self::There;
}

impl<T> OrStop for Option<T> {
    type There = T;

    #[track_caller]
    fn or_stop(self) -> T {
        let Some(there) = self else { panic!("nothing is there") };
        there
    }
}

impl<T, E: Debug> OrStop for Result<T, E> {
    type There = T;

    #[track_caller]
    fn or_stop(self) -> T {
        self.unwrap_or_else(|error| panic!("{error:?}"))
    }
}
