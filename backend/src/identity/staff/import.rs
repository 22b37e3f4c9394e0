//! `POST /v1/staff-import`: a list of accounts, first looked at and then written as a whole.

use std::collections::BTreeSet;

use citizen_contract::audit::AuditAct;
use citizen_contract::checks::same_name;
use citizen_contract::staff::{
    AddStaff, ImportProblem, ImportRow, ImportStaff, MAX_IMPORT_BYTES, StaffImported,
};

use super::super::Identity;
use super::super::account::by_number;
use super::act::StaffError;
use super::add::NewStaff;
use super::read_list::{Line, read_list};
use super::scope::Scope;
use crate::audit::{self, Entry};
use crate::auth::Reader;
use crate::db::{DbError, WriteError};
use crate::feeds;

/// Says line by line what would happen, or does it: all good lines in one transaction, or none.
///
/// # Errors
/// [`StaffError`]; nothing was imported then.
pub async fn import(
    identity: &Identity,
    reader: &Reader,
    input: ImportStaff,
) -> Result<StaffImported, StaffError> {
    let profile = &identity.backend.profile;
    let scope = Scope::of(profile, reader).ok_or(StaffError::Forbidden)?;
    let file_problem = |problem| StaffImported { file_problem: Some(problem), rows: Vec::new() };
    if input.text.len() > MAX_IMPORT_BYTES {
        return Ok(file_problem(ImportProblem::TooLong));
    }
    let lines = match read_list(&input.text, profile, &scope) {
        Ok(lines) => lines,
        Err(problem) => return Ok(file_problem(problem)),
    };
    let mut rows = look(identity, &scope, &lines).await?;
    if !input.preview {
        write(identity, scope, &lines, &mut rows).await?;
    }
    Ok(StaffImported { file_problem: None, rows })
}

/// What is known of each line's number.
async fn look(identity: &Identity, scope: &Scope, lines: &[Line]) -> Result<Vec<ImportRow>, StaffError> {
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for line in lines {
        let mut problems = line.problems.clone();
        let mut existing = false;
        if let Some(number) = &line.number {
            if !seen.insert(number.reveal().to_owned()) {
                problems.push(ImportProblem::Twice);
            }
            let hash = identity.numbers.lookup_hash(number);
            let found = identity.backend.db.read(move |tx| by_number(tx, &hash)).await;
            if let Some(row) = found.map_err(WriteError::<DbError>::flatten)? {
                existing = true;
                if row.view.id == scope.me || line.roles.iter().all(|role| row.view.roles.contains(role)) {
                    problems.push(ImportProblem::NothingNew);
                } else if !same_name(&row.view.display_name, &line.name) {
                    problems.push(ImportProblem::NameDiffers);
                }
            }
        }
        rows.push(ImportRow {
            line: line.line,
            full_name: line.name.clone(),
            masked_number: line.number.as_ref().map(ToString::to_string).unwrap_or_default(),
            roles: line.roles.clone(),
            problems,
            existing,
            password: None,
        });
    }
    Ok(rows)
}

async fn write(
    identity: &Identity,
    scope: Scope,
    lines: &[Line],
    rows: &mut [ImportRow],
) -> Result<(), StaffError> {
    let backend = &identity.backend;
    let mut new = Vec::new();
    for (line, row) in lines.iter().zip(rows.iter_mut()).filter(|(_, row)| row.problems.is_empty()) {
        let Some(number) = &line.number else { continue };
        let input = AddStaff {
            citizen_id: String::new(),
            full_name: line.name.clone(),
            job_title: line.job_title.clone(),
            roles: line.roles.clone(),
        };
        let staff = NewStaff::draw(identity, number, &input, row.existing).await?;
        row.password = (!row.existing).then(|| staff.password.clone());
        new.push(staff);
    }
    if new.is_empty() {
        return Ok(());
    }
    let now = backend.clock.now();
    let nudges = backend
        .db
        .write(move |tx| {
            let mut changes = Vec::new();
            for staff in &new {
                changes.extend(staff.write(tx, &scope)?.change);
            }
            let unit = new.first().and_then(|staff| staff.roles.first()).map(|role| role.unit_id.clone());
            let entry = Entry {
                at: now,
                actor: Some(scope.me),
                act: AuditAct::AccountsImported,
                subject: None,
                unit,
                detail: vec![format!("lines:{}", new.len())],
            };
            audit::record(tx, &entry)?;
            Ok::<_, StaffError>(feeds::bump(tx, &changes)?)
        })
        .await
        .map_err(WriteError::flatten)?;
    backend.nudges.tell(nudges);
    Ok(())
}
