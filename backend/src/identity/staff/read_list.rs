//! Reading a list of accounts as spreadsheets write it: UTF-8 with or without a mark, commas or
//! semicolons, a header in Vietnamese or English. What looks like a formula is text like any other.

use citizen_contract::citizen_id::CitizenId;
use citizen_contract::fold::fold;
use citizen_contract::ids::UnitId;
use citizen_contract::profile::Profile;
use citizen_contract::registration::MAX_NAME_BYTES;
use citizen_contract::session::{Role, RoleInUnit};
use citizen_contract::staff::{ImportProblem, MAX_IMPORT_ROWS, MAX_JOB_TITLE};

use super::scope::Scope;

/// One line, understood as far as it could be.
pub(super) struct Line {
    pub(super) line: u32,
    pub(super) number: Option<CitizenId>,
    pub(super) name: String,
    pub(super) job_title: String,
    pub(super) roles: Vec<RoleInUnit>,
    pub(super) problems: Vec<ImportProblem>,
}

/// Where each column stands.
struct Columns {
    number: usize,
    name: usize,
    job_title: Option<usize>,
    role: usize,
    unit: usize,
}

const NUMBER: &[&str] =
    &["so dinh danh", "so dinh danh ca nhan", "so can cuoc", "cccd", "citizen_id", "number"];
const NAME: &[&str] = &["ho va ten", "ho ten", "full_name", "name"];
const JOB: &[&str] = &["chuc danh", "chuc vu", "job_title", "job"];
const ROLE: &[&str] = &["vai tro", "role", "roles"];
const UNIT: &[&str] = &["don vi", "ma don vi", "unit", "unit_id"];

const ROLES: &[(&str, Role)] = &[
    ("tiep nhan", Role::Intake),
    ("xu ly", Role::Handler),
    ("nguoi duyet", Role::Approver),
    ("duyet", Role::Approver),
    ("quan tri", Role::Administrator),
    ("to cong nghe so cong dong", Role::TeamMember),
    ("to cong nghe so", Role::TeamMember),
];

/// All lines after the header.
pub(super) fn read_list(text: &str, profile: &Profile, scope: &Scope) -> Result<Vec<Line>, ImportProblem> {
    // With both ends of a line the reader would count each line one too low.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let header = text.lines().next().unwrap_or_default();
    let delimiter = [b';', b'\t', b',']
        .into_iter()
        .max_by_key(|delimiter| header.bytes().filter(|byte| byte == delimiter).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|_| ImportProblem::NoColumns)?.clone();
    let columns = columns(&header).ok_or(ImportProblem::NoColumns)?;
    let mut lines = Vec::new();
    for record in reader.records() {
        let Ok(record) = record else { return Err(ImportProblem::Cells) };
        if record.iter().all(str::is_empty) {
            continue;
        }
        if lines.len() == MAX_IMPORT_ROWS {
            return Err(ImportProblem::TooLong);
        }
        let line = record.position().and_then(|at| u32::try_from(at.line()).ok()).unwrap_or(0);
        lines.push(read_line(line, &record, header.len(), &columns, profile, scope));
    }
    if lines.is_empty() { Err(ImportProblem::NoColumns) } else { Ok(lines) }
}

fn columns(header: &csv::StringRecord) -> Option<Columns> {
    let find = |names: &[&str]| header.iter().position(|cell| names.contains(&fold(cell).trim()));
    Some(Columns {
        number: find(NUMBER)?,
        name: find(NAME)?,
        job_title: find(JOB),
        role: find(ROLE)?,
        unit: find(UNIT)?,
    })
}

fn read_line(
    line: u32,
    record: &csv::StringRecord,
    cells: usize,
    columns: &Columns,
    profile: &Profile,
    scope: &Scope,
) -> Line {
    let cell = |at: usize| record.get(at).unwrap_or_default();
    let mut problems = Vec::new();
    if record.len() != cells {
        problems.push(ImportProblem::Cells);
    }
    let number = number(cell(columns.number));
    if number.is_none() {
        problems.push(ImportProblem::Number);
    }
    let name = cell(columns.name).to_owned();
    if name.is_empty() || name.len() > MAX_NAME_BYTES {
        problems.push(ImportProblem::Name);
    }
    let job_title = columns.job_title.map(cell).unwrap_or_default().to_owned();
    if job_title.chars().count() > MAX_JOB_TITLE {
        problems.push(ImportProblem::JobTitle);
    }
    let unit = unit(cell(columns.unit), profile, scope);
    if unit.is_none() {
        problems.push(ImportProblem::Unit);
    }
    let named = cell(columns.role).split(['|', '+', '/', ',']).map(role).collect::<Option<Vec<_>>>();
    if named.is_none() {
        problems.push(ImportProblem::Role);
    }
    let roles = unit.into_iter().flat_map(|unit| {
        let named = named.iter().flatten();
        named.map(move |role| RoleInUnit { role: *role, unit_id: unit.clone() }).collect::<Vec<_>>()
    });
    Line { line, number, name, job_title, roles: roles.collect(), problems }
}

/// A number as spreadsheets leave it: perhaps with an apostrophe, perhaps without its first zero.
fn number(cell: &str) -> Option<CitizenId> {
    let digits: String = cell.trim_start_matches('\'').chars().filter(|c| !c.is_whitespace()).collect();
    let digits = if digits.len() == 11 { format!("0{digits}") } else { digits };
    CitizenId::parse(&digits).ok()
}

fn role(cell: &str) -> Option<Role> {
    let cell = fold(cell);
    let cell = cell.trim();
    Role::named(cell).or_else(|| ROLES.iter().find(|(name, _)| *name == cell).map(|(_, role)| *role))
}

/// A unit within reach by its id, its code or its name.
fn unit(cell: &str, profile: &Profile, scope: &Scope) -> Option<UnitId> {
    let folded = fold(cell);
    let names = |unit: &&citizen_contract::profile::Unit| {
        scope.units.contains(&unit.entry.id)
            && (unit.entry.id.as_str() == cell
                || unit.code == cell
                || fold(&unit.entry.name.vi) == folded
                || fold(&unit.entry.name.en) == folded)
    };
    profile.units.iter().find(names).map(|unit| unit.entry.id.clone())
}
