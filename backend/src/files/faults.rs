//! Named gaps between steps, where tests let the power fail.

use super::FilesError;

/// A step that has just been done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The upload's row stands.
    UploadOpened,
    /// A part's bytes are durable, its row is not.
    PartStored,
    /// A part's row is durable, the answer has not left.
    PartRecorded,
    /// The whole file is a blob.
    OriginalStored,
    /// The derivatives are blobs.
    DerivativesStored,
    /// The attachment counts as received.
    Recorded,
    /// The objects of the parts are gone, the upload's row is not.
    PartsRemoved,
}

impl Step {
    /// All steps in their order.
    pub const ALL: [Self; 7] = [
        Self::UploadOpened,
        Self::PartStored,
        Self::PartRecorded,
        Self::OriginalStored,
        Self::DerivativesStored,
        Self::Recorded,
        Self::PartsRemoved,
    ];
}

/// Decides whether to go on after a step.
pub trait Faults: Send + Sync {
    /// Called after each step.
    ///
    /// # Errors
    /// [`FilesError::Interrupted`] stops there, as a crash would.
    fn after(&self, step: Step) -> Result<(), FilesError>;
}

impl Step {
    /// The step as a stable word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UploadOpened => "upload-opened",
            Self::PartStored => "part-stored",
            Self::PartRecorded => "part-recorded",
            Self::OriginalStored => "original-stored",
            Self::DerivativesStored => "derivatives-stored",
            Self::Recorded => "recorded",
            Self::PartsRemoved => "parts-removed",
        }
    }
}

/// Nothing fails on purpose, unless a test ends the whole process.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFaults;

impl Faults for NoFaults {
    fn after(&self, step: Step) -> Result<(), FilesError> {
        crate::kill_points::reached(step.as_str());
        Ok(())
    }
}
