//! What verification says.

use std::fmt;

/// The result of a verification.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VerifyReport {
    /// Reports looked at.
    pub reports: u64,
    /// Events looked at.
    pub events: u64,
    /// Payloads that were erased, and the chain says so.
    pub erased: u64,
    /// Entries of the audit log looked at.
    pub audited: u64,
    /// What is wrong; empty if nothing is.
    pub findings: Vec<Finding>,
}

impl VerifyReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }

    pub(super) fn absorb(&mut self, page: Self) {
        self.reports = self.reports.saturating_add(page.reports);
        self.events = self.events.saturating_add(page.events);
        self.erased = self.erased.saturating_add(page.erased);
        self.findings.extend(page.findings);
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// An event's columns or payload are not those that were recorded.
    EventChanged {
        /// The report.
        report: String,
        /// The event's place in the chain.
        seq: i64,
    },
    /// An event stands at another place than it was recorded at.
    EventMoved {
        /// The report.
        report: String,
        /// Where it stands.
        seq: i64,
        /// Where it was recorded.
        recorded: i64,
    },
    /// An event is missing.
    EventDeleted {
        /// The report.
        report: String,
        /// The event's place in the chain.
        seq: i64,
    },
    /// A payload is gone although no erasure was recorded.
    PayloadMissing {
        /// The report.
        report: String,
        /// The event's place in the chain.
        seq: i64,
    },
    /// A report is gone.
    ReportDeleted {
        /// The report.
        report: String,
    },
    /// The chain is sound in itself, but not the one that a checkpoint signed.
    HistoryRewritten {
        /// The report.
        report: String,
        /// The event that was signed.
        seq: i64,
    },
    /// The report's row does not say what its last event says.
    ProjectionDiffers {
        /// The report.
        report: String,
    },
    /// A checkpoint is not as it was signed, or does not follow the one before.
    CheckpointChanged {
        /// The checkpoint.
        number: i64,
    },
    /// A checkpoint is missing.
    CheckpointDeleted {
        /// The checkpoint.
        number: i64,
    },
    /// An entry of the audit log is not as it was written.
    AuditChanged {
        /// Its place.
        seq: i64,
    },
    /// An entry of the audit log is missing.
    AuditDeleted {
        /// Its place.
        seq: i64,
    },
    /// An entry of the audit log is not the one that a checkpoint signed.
    AuditRewritten {
        /// Its place.
        seq: i64,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EventChanged { report, seq } => write!(f, "report {report}: event {seq} was changed"),
            Self::EventMoved { report, seq, recorded } => {
                write!(f, "report {report}: event {recorded} was moved to place {seq}")
            }
            Self::EventDeleted { report, seq } => write!(f, "report {report}: event {seq} was deleted"),
            Self::PayloadMissing { report, seq } => {
                write!(f, "report {report}: the payload of event {seq} is gone, but no erasure was recorded")
            }
            Self::ReportDeleted { report } => write!(f, "report {report} was deleted"),
            Self::HistoryRewritten { report, seq } => {
                write!(f, "report {report}: event {seq} is not the one that a checkpoint signed")
            }
            Self::ProjectionDiffers { report } => {
                write!(f, "report {report}: its row differs from its last event")
            }
            Self::CheckpointChanged { number } => write!(f, "checkpoint {number} was changed"),
            Self::CheckpointDeleted { number } => write!(f, "checkpoint {number} was deleted"),
            Self::AuditChanged { seq } => write!(f, "audit log: entry {seq} was changed"),
            Self::AuditDeleted { seq } => write!(f, "audit log: entry {seq} was deleted"),
            Self::AuditRewritten { seq } => {
                write!(f, "audit log: entry {seq} is not the one that a checkpoint signed")
            }
        }
    }
}
