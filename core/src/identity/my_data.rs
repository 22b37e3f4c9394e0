//! What is kept of a person, as their screens show it: from the cache, so also without a network.

use citizen_contract::command::CommandBody;
use citizen_contract::devices::Device;
use citizen_contract::documents::{LocalisedText, ReportDocument};
use citizen_contract::ids::{DataRequestId, ReportId, UnitId};
use citizen_contract::my_data::{
    ACCOUNT_PURPOSE, AccountDocument, ConsentEntry, Correction, DataRequest, DataRequestKind,
    DataRequestState, DataTask, DataTasks,
};
use citizen_contract::time::UtcMillis;
use serde::Serialize;
use ts_rs::TS;

use crate::locality::Locality;
use crate::outbox::CommandState;
use crate::outbox::list::{self, Item};
use crate::shown::{DueView, NetworkView, answer_due};
use crate::store::{AccountStore, StoreError};
use crate::sync::documents;

/// The kind of the account's document.
pub const KIND: &str = "account";

/// A purpose, and how the person stands to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct ConsentView {
    /// The purpose's code.
    pub purpose: String,
    /// In few words.
    pub name: LocalisedText,
    /// What exactly is agreed to.
    pub words: LocalisedText,
    /// Whether the person agrees now.
    pub given: bool,
    /// Since when, if anything was ever said.
    pub at: Option<UtcMillis>,
    /// Whether the account cannot be without it.
    pub needed: bool,
    /// Whether the last word of it waits in the outbox.
    pub waiting: bool,
}

/// A wish about the data.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct DataRequestView {
    /// The wish.
    pub id: DataRequestId,
    /// What is wanted.
    pub kind: DataRequestKind,
    /// When it was asked.
    pub asked_at: UtcMillis,
    /// Time left for the office; null once it has answered.
    pub due: Option<DueView>,
    /// What became of it.
    pub state: DataRequestState,
    /// When it was answered or taken back.
    pub ended_at: Option<UtcMillis>,
    /// What the office said.
    pub answer: Option<String>,
}

/// Everything that screen 12 says of the person's data.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct MyDataView {
    /// Now.
    pub now: UtcMillis,
    /// The network.
    pub network: NetworkView,
    /// When this came down last; null if the account has not come yet.
    pub as_of: Option<UtcMillis>,
    /// The name.
    pub display_name: String,
    /// The citizen-ID number with its middle hidden.
    pub masked_number: String,
    /// The phone's last digits.
    pub masked_phone: Option<String>,
    /// Where the person lives.
    pub home_unit: Option<UnitId>,
    /// Its name.
    pub home_unit_name: Option<LocalisedText>,
    /// Since when there is the account.
    pub created_at: Option<UtcMillis>,
    /// Devices that are signed in.
    pub devices: u32,
    /// Reports that the person sent.
    pub reports: u32,
    /// Purposes in the order offered.
    pub consents: Vec<ConsentView>,
    /// How many of them are agreed to.
    pub given: u32,
    /// Wishes, the newest first.
    pub requests: Vec<DataRequestView>,
}

/// The office's task about somebody's data.
#[derive(Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct DataTaskView {
    /// The wish.
    pub request: DataRequestView,
    /// Whose it is; empty once the person is erased.
    pub display_name: String,
    /// The citizen-ID number with its middle hidden.
    pub masked_number: String,
    /// What the person wrote.
    pub words: String,
    /// The values that the person calls right.
    pub correction: Option<Correction>,
}

/// The office's tasks about people's data.
#[derive(Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct DataTasksView {
    /// Now.
    pub now: UtcMillis,
    /// The network.
    pub network: NetworkView,
    /// Open ones first, those that are due first on top.
    pub tasks: Vec<DataTaskView>,
    /// How many are open.
    pub open: u32,
}

/// What the stores know.
pub struct Known {
    account: Option<AccountDocument>,
    said: Vec<Item>,
    devices: usize,
    reports: usize,
}

impl Known {
    /// Reads both stores.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn read(store: &AccountStore) -> Result<Self, StoreError> {
        let accounts: Vec<AccountDocument> = documents::list(&store.cache, "account:", KIND, "")?;
        let devices: Vec<Device> = documents::list(&store.cache, "account:", super::devices::KIND, "")?;
        let reports: Vec<ReportDocument> = documents::list(&store.cache, "account:", "report", "")?;
        let said = list::of_report(&store.outbox, ReportId::NONE).map_err(|_| StoreError::Shape)?;
        Ok(Self {
            account: accounts.into_iter().next(),
            said,
            devices: devices.len(),
            reports: reports.into_iter().filter(|report| report.mine).count(),
        })
    }

    /// The view.
    #[must_use]
    pub fn view(
        self,
        locality: &Locality,
        now: UtcMillis,
        network: NetworkView,
        as_of: Option<UtcMillis>,
    ) -> MyDataView {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let entries = self.account.as_ref().map(|it| it.consents.as_slice()).unwrap_or_default();
        let consents = consents(entries, &self.said, locality);
        let requests = self.account.as_ref().map(|it| it.requests.clone()).unwrap_or_default();
        let account = self.account;
        MyDataView {
            now,
            network,
            as_of: as_of.filter(|_| account.is_some()),
            display_name: account.as_ref().map(|it| it.display_name.clone()).unwrap_or_default(),
            masked_number: account.as_ref().map(|it| it.masked_number.clone()).unwrap_or_default(),
            masked_phone: account.as_ref().and_then(|it| it.masked_phone.clone()),
            home_unit_name: locality.unit_name(account.as_ref().and_then(|it| it.home_unit.as_ref())),
            home_unit: account.as_ref().and_then(|it| it.home_unit.clone()),
            created_at: account.as_ref().map(|it| it.created_at),
            devices: count(self.devices),
            reports: count(self.reports),
            given: count(consents.iter().filter(|it| it.given).count()),
            consents,
            requests: requests.into_iter().rev().map(|it| request_view(it, locality, now)).collect(),
        }
    }
}

/// The last word on each purpose: this device's, if it has not come back yet.
fn consents(entries: &[ConsentEntry], said: &[Item], locality: &Locality) -> Vec<ConsentView> {
    let purposes = locality.catalogue().purposes.iter();
    let view = |purpose: &citizen_contract::documents::ConsentPurpose| {
        let last = entries.iter().rfind(|entry| entry.purpose == purpose.code);
        let here = said.iter().rev().find_map(|item| match &item.envelope.body {
            CommandBody::SetConsent(body) if body.purpose == purpose.code => match item.state {
                CommandState::Queued | CommandState::Sending => {
                    Some((body.given, item.envelope.created_at, true))
                }
                CommandState::Sent | CommandState::Settled => {
                    let at = item.received_at?;
                    last.is_none_or(|last| last.at < at).then_some((body.given, at, false))
                }
                // Refused: it says nothing.
                CommandState::NeedsPerson => None,
            },
            _ => None,
        });
        let known = last.map(|last| (last.given, last.at, false));
        let (given, at, waiting) =
            here.or(known).map_or((false, None, false), |(given, at, waiting)| (given, Some(at), waiting));
        ConsentView {
            purpose: purpose.code.clone(),
            name: purpose.name.clone(),
            words: purpose.words.clone(),
            given,
            at,
            needed: purpose.code == ACCOUNT_PURPOSE,
            waiting,
        }
    };
    purposes.map(view).collect()
}

fn request_view(request: DataRequest, locality: &Locality, now: UtcMillis) -> DataRequestView {
    let due = (request.state == DataRequestState::Open)
        .then(|| answer_due(locality, request.asked_at, request.due_at, now));
    DataRequestView {
        id: request.id,
        kind: request.kind,
        asked_at: request.asked_at,
        due,
        state: request.state,
        ended_at: request.ended_at,
        answer: request.answer,
    }
}

/// The office's tasks for screens.
#[must_use]
pub fn tasks_view(
    tasks: DataTasks,
    locality: &Locality,
    now: UtcMillis,
    network: NetworkView,
) -> DataTasksView {
    let open = tasks.tasks.iter().filter(|it| it.request.state == DataRequestState::Open).count();
    let view = |task: DataTask| DataTaskView {
        request: request_view(task.request, locality, now),
        display_name: task.display_name,
        masked_number: task.masked_number,
        words: task.words,
        correction: task.correction,
    };
    DataTasksView {
        now,
        network,
        tasks: tasks.tasks.into_iter().map(view).collect(),
        open: u32::try_from(open).unwrap_or(u32::MAX),
    }
}
