//! Named moments of a command's life, so that a harness can end the process at each of them.

/// A moment between two durable steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// A draft's transaction has committed.
    DraftSaved,
    /// The enqueue transaction is open, nothing has committed.
    Enqueueing,
    /// The command and its photos have committed.
    Enqueued,
    /// The command is marked as sending, no byte has left.
    Claimed,
    /// The backend's answer is in memory only.
    Answered,
    /// The receipt has committed.
    ReceiptKept,
    /// A photo's next bytes are about to leave.
    Uploading,
    /// The backend has acknowledged bytes, in memory only.
    ChunkAcknowledged,
    /// The new offset has committed.
    ChunkKept,
    /// All of a command has arrived and that has committed.
    Settled,
}

impl Phase {
    /// All phases, in the order of a command's life.
    pub const ALL: &'static [Self] = &[
        Self::DraftSaved,
        Self::Enqueueing,
        Self::Enqueued,
        Self::Claimed,
        Self::Answered,
        Self::ReceiptKept,
        Self::Uploading,
        Self::ChunkAcknowledged,
        Self::ChunkKept,
        Self::Settled,
    ];

    /// The phase as a stable word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DraftSaved => "draft-saved",
            Self::Enqueueing => "enqueueing",
            Self::Enqueued => "enqueued",
            Self::Claimed => "claimed",
            Self::Answered => "answered",
            Self::ReceiptKept => "receipt-kept",
            Self::Uploading => "uploading",
            Self::ChunkAcknowledged => "chunk-acknowledged",
            Self::ChunkKept => "chunk-kept",
            Self::Settled => "settled",
        }
    }
}

/// Is told of each phase as it is passed, on the thread that passes it.
pub trait PhaseObserver: Send + Sync {
    /// `phase` has been reached.
    fn reached(&self, phase: Phase);
}

/// Observes nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoObserver;

impl PhaseObserver for NoObserver {
    fn reached(&self, _phase: Phase) {}
}
