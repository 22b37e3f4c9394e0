//! The bodies of the documents that moved.

use std::collections::BTreeMap;

use citizen_contract::documents::{Catalogue, Document};
use citizen_contract::ids::ReportId;

use crate::auth::Reader;
use crate::db::{DbError, Tx};
use crate::feeds::Change;
use crate::{places, reports};

/// Rendered documents of one answer.
pub(super) struct Documents {
    reports: BTreeMap<String, Document>,
    catalogue: Option<Document>,
}

impl Documents {
    /// Renders what these changes name, each document once.
    pub(super) fn load<'c>(
        tx: &mut Tx<'_>,
        reader: Option<&Reader>,
        changes: impl Iterator<Item = &'c Change>,
    ) -> Result<Self, DbError> {
        let (mut ids, mut wants_catalogue) = (Vec::new(), false);
        for change in changes {
            match change.doc_kind.as_str() {
                "report" => ids.extend(change.doc_id.parse::<ReportId>().ok()),
                "catalogue" => wants_catalogue = true,
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
        Ok(Self {
            reports: reports.collect(),
            catalogue: catalogue.map(|catalogue| Document::Catalogue(Box::new(catalogue))),
        })
    }

    /// The document that a change names, if the reader may see it.
    pub(super) fn find(&self, change: &Change) -> Option<&Document> {
        match change.doc_kind.as_str() {
            "report" => self.reports.get(&change.doc_id),
            "catalogue" => self.catalogue.as_ref(),
            _ => None,
        }
    }
}
