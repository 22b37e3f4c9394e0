//! Delta sync: documents come down through feeds, changes only.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::documents::Document;

/// The most changes that one feed gives in one answer.
pub const MAX_CHANGES: u32 = 500;

/// The body of `POST /v1/sync`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct SyncRequest {
    /// Where the client stands in the feeds it keeps. An empty list asks for everything.
    pub cursors: Vec<Cursor>,
    /// The most changes a feed; at most [`MAX_CHANGES`].
    pub limit: u32,
}

/// A position in a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    /// The feed: `public:all`, `public:<unit>`, `account:<id>` or `unit:<id>`.
    pub feed: String,
    /// The feed's epoch; another one on the server means: start again.
    pub epoch: String,
    /// Everything up to here is known.
    #[ts(type = "number")]
    pub after: u64,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct SyncAnswer {
    /// The feeds that this reader has now; documents of others are to be dropped.
    pub subscriptions: BTreeSet<String>,
    /// Feeds in which something changed, or which are new to the client.
    pub feeds: Vec<FeedDelta>,
}

/// What changed in one feed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct FeedDelta {
    /// The feed.
    pub feed: String,
    /// Its epoch.
    pub epoch: String,
    /// Whether everything the client holds of this feed must go first.
    pub reset: bool,
    /// The cursor after these changes.
    #[ts(type = "number")]
    pub next: u64,
    /// Whether nothing more is waiting.
    pub complete: bool,
    /// The changes, oldest first.
    pub changes: Vec<Change>,
}

/// A document that is new or changed, or gone for this reader.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct Change {
    /// The document's id within its kind.
    pub doc_id: String,
    /// Its revision. A cache keeps the change of the highest cursor, not of the highest revision.
    #[ts(type = "number")]
    pub revision: u64,
    /// What to keep.
    #[serde(flatten)]
    pub content: Content,
}

/// What a change says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(untagged)]
pub enum Content {
    /// The document for this reader.
    Here(Document),
    /// A tombstone.
    Gone {
        /// The kind of what is gone.
        gone: String,
    },
}

/// The data of a `nudge` event of `GET /v1/nudges`: look again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(tag = "moved", rename_all = "snake_case")]
pub enum Nudge {
    /// A feed has changes beyond this position.
    Feed {
        /// The feed.
        feed: String,
        /// Its newest position.
        #[ts(type = "number")]
        seq: u64,
    },
    /// The intake queue changed.
    Queue,
}
