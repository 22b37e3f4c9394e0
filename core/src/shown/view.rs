//! The shapes.

use citizen_contract::command::Place;
use citizen_contract::documents::LocalisedText;
use citizen_contract::ids::{AttachmentId, UnitId};
use citizen_contract::report_state::ReportState;
use citizen_contract::time::UtcMillis;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::locality::Locality;
use crate::worker::NetworkState;

/// Whether the backend is reached.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct NetworkView {
    /// How it was reached last.
    pub state: NetworkState,
    /// When documents last came down; null if they never did.
    pub last_sync_at: Option<UtcMillis>,
}

/// Where a report stands; `waiting` while its command is still in this device's outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(untagged)]
pub enum Status {
    /// Only this device knows of it.
    Here(#[ts(inline)] HereOnly),
    /// As the backend says.
    Reported(ReportState),
}

/// What only the device itself says of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HereOnly {
    /// In this device's outbox.
    Waiting,
}

impl Status {
    /// In this device's outbox.
    pub const WAITING: Self = Self::Here(HereOnly::Waiting);
}

impl From<ReportState> for Status {
    fn from(state: ReportState) -> Self {
        Self::Reported(state)
    }
}

/// How pressing a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Enough time.
    Ok,
    /// Little time.
    Warn,
    /// Past due.
    Bad,
    /// The clock stands still.
    Paused,
}

/// Time left of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct DueView {
    /// How pressing.
    pub tone: Tone,
    /// The end of the period.
    pub at: UtcMillis,
    /// Whole minutes that count, negative once the period is over.
    pub left_minutes: i64,
    /// Minutes of one working day, to speak of days.
    pub day_minutes: i64,
    /// Share of the period used, in percent, at most 100.
    pub used_percent: u8,
}

/// A report in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct ReportRow {
    /// The report's id.
    pub id: String,
    /// Its number; null while it waits in the outbox.
    pub number: Option<String>,
    /// Its first words.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// Who has it.
    pub unit_name: Option<LocalisedText>,
    /// What it is about.
    pub category_name: LocalisedText,
    /// Where, in words.
    pub place: String,
    /// When it was sent (or queued).
    pub sent_at: UtcMillis,
    /// Time left of the current period.
    pub due: Option<DueView>,
    /// The open question to the sender.
    pub question: Option<String>,
    /// Whether something happened since this person looked.
    pub unread: bool,
}

/// What a photo shows, as screens name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum PhotoShownRole {
    /// What the sender saw.
    Evidence,
    /// What the unit did.
    After,
}

/// A photo of a draft or report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct PhotoShown {
    /// The attachment.
    pub attachment_id: AttachmentId,
    /// What it shows.
    pub role: PhotoShownRole,
    /// When it was taken, if told.
    pub taken_at: Option<UtcMillis>,
    /// Whether the bytes can be shown now or fetched.
    pub available: bool,
}

/// A place as a form hands it in; coordinates are integers of 1e-7 degree.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(default)]
pub struct PlaceInput {
    /// Latitude.
    pub lat_e7: Option<i32>,
    /// Longitude.
    pub lon_e7: Option<i32>,
    /// Radius of confidence in metres.
    pub accuracy_m: Option<u32>,
    /// The commune.
    pub unit_id: Option<UnitId>,
    /// The place in words.
    pub words: String,
}

/// A place for showing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct PlaceView {
    /// The place.
    #[serde(flatten)]
    #[ts(flatten)]
    pub place: PlaceInput,
    /// The commune's name.
    pub unit_name: Option<LocalisedText>,
}

impl PlaceView {
    /// A place with its commune's name.
    #[must_use]
    pub fn of(place: PlaceInput, locality: &Locality) -> Self {
        Self { unit_name: locality.unit_name(place.unit_id.as_ref()), place }
    }
}

impl From<&Place> for PlaceInput {
    fn from(place: &Place) -> Self {
        Self {
            lat_e7: place.position.map(|at| at.lat_e7),
            lon_e7: place.position.map(|at| at.lon_e7),
            accuracy_m: place.position.and_then(|at| at.accuracy_m),
            unit_id: place.unit_id.clone(),
            words: place.words.clone(),
        }
    }
}
