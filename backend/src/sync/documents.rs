//! The bodies of the documents that moved.

use std::collections::BTreeMap;

use citizen_contract::documents::{Catalogue, Document};
use citizen_contract::ids::ReportId;

use crate::auth::Reader;
use crate::db::{DbError, Tx};
use crate::feeds::Change;
use crate::{identity, places, reports};

/// Rendered documents of one answer.
pub(super) struct Documents {
    reports: BTreeMap<String, Document>,
    catalogue: Option<Document>,
    devices: BTreeMap<String, Document>,
    account: Option<Document>,
}

impl Documents {
    /// Renders what these changes name, each document once.
    pub(super) fn load<'c>(
        tx: &mut Tx<'_>,
        reader: Option<&Reader>,
        changes: impl Iterator<Item = &'c Change>,
    ) -> Result<Self, DbError> {
        let (mut ids, mut wants_catalogue) = (Vec::new(), false);
        let (mut wants_devices, mut wants_account) = (false, false);
        for change in changes {
            match change.doc_kind.as_str() {
                "report" => ids.extend(change.doc_id.parse::<ReportId>().ok()),
                "catalogue" => wants_catalogue = true,
                "device" => wants_devices = true,
                "account" => wants_account = true,
                _ => {}
            }
        }
        ids.sort_unstable();
        ids.dedup();
        let reports = match reader {
            Some(reader) => reports::render::render(tx, reader, &ids)?,
            None => BTreeMap::new(),
        };
        let reports =
            reports.into_iter().map(|(id, report)| (id.to_string(), Document::Report(Box::new(report))));
        let catalogue: Option<Catalogue> =
            if wants_catalogue { places::catalogue::catalogue(tx)? } else { None };
        let devices = match reader.filter(|_| wants_devices) {
            Some(reader) => identity::render_devices(tx, &reader.account.to_string())?,
            None => BTreeMap::new(),
        };
        let account = match reader.filter(|_| wants_account) {
            Some(reader) => identity::my_data::document::render(tx, &reader.account.to_string())?,
            None => None,
        };
        Ok(Self {
            account: account.map(|account| Document::Account(Box::new(account))),
            reports: reports.collect(),
            catalogue: catalogue.map(|catalogue| Document::Catalogue(Box::new(catalogue))),
            devices: devices.into_iter().map(|(id, device)| (id, Document::Device(device))).collect(),
        })
    }

    /// The document that a change names, if the reader may see it.
    pub(super) fn find(&self, change: &Change) -> Option<&Document> {
        match change.doc_kind.as_str() {
            "report" => self.reports.get(&change.doc_id),
            "catalogue" => self.catalogue.as_ref(),
            "device" => self.devices.get(&change.doc_id),
            // Each account stands in its own feed only; another one's would be a mistake.
            "account" => self.account.as_ref().filter(
                |it| matches!(it, Document::Account(account) if account.id.to_string() == change.doc_id),
            ),
            _ => None,
        }
    }
}
