//! CSV tables with a header row, read cell by cell with line numbers.

use super::findings::{Findings, ProfileSource};

/// A row of a table, with the line on which it begins.
pub(super) struct Row {
    file: &'static str,
    /// Counted from one, the header's line included.
    pub(super) line: usize,
    cells: Vec<(&'static str, String)>,
}

impl Row {
    /// The cell under a column; empty when the cell is.
    pub(super) fn cell(&self, column: &str) -> &str {
        let found = self.cells.iter().find(|(name, _)| *name == column);
        found.map(|(_, cell)| cell.as_str()).unwrap_or_default()
    }

    /// The cell under a column, `None` when it is empty.
    pub(super) fn optional(&self, column: &str) -> Option<&str> {
        Some(self.cell(column)).filter(|cell| !cell.is_empty())
    }

    /// The cell under a column, named as a mistake when it is empty.
    pub(super) fn required(&self, column: &str, findings: &mut Findings) -> Option<String> {
        let cell = self.optional(column).map(str::to_owned);
        if cell.is_none() {
            self.wrong(findings, format!("{column} is empty"));
        }
        cell
    }

    /// The cell under a column, read by its own parser.
    pub(super) fn parsed<T: std::str::FromStr>(&self, column: &str, findings: &mut Findings) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        match self.cell(column).parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(findings, format!("{column} `{}`: {error}", self.cell(column)));
                None
            }
        }
    }

    /// Names a mistake on this row's line.
    pub(super) fn wrong(&self, findings: &mut Findings, message: impl Into<String>) {
        findings.add(self.file, self.line, message);
    }
}

/// Reads a required table whose header names exactly `columns`, in this order.
///
/// A row is a line. Empty lines and lines that begin with `#` are passed over.
pub(super) fn read(
    source: &ProfileSource,
    file: &'static str,
    columns: &[&'static str],
    findings: &mut Findings,
) -> Vec<Row> {
    let Some(text) = findings.text(source, file) else { return Vec::new() };
    let mut rows = Vec::new();
    let mut header_seen = false;
    for (index, text) in text.lines().enumerate() {
        let line = index + 1;
        if text.trim().is_empty() || text.starts_with('#') {
            continue;
        }
        let Some(cells) = split(text) else {
            findings.add(file, line, "a quotation mark is not closed or stands inside a cell");
            continue;
        };
        if !header_seen {
            header_seen = true;
            if !cells.iter().eq(columns.iter()) {
                findings.add(file, line, format!("the header must be `{}`", columns.join(",")));
                return rows;
            }
            continue;
        }
        if cells.len() != columns.len() {
            findings.add(file, line, format!("{} cells instead of {}", cells.len(), columns.len()));
            continue;
        }
        if !unicode_normalization::is_nfc(text) {
            findings.add(file, line, "the text is not in Unicode normal form C");
        }
        rows.push(Row { file, line, cells: columns.iter().copied().zip(cells).collect() });
    }
    if !header_seen {
        findings.add(file, 1, format!("the header must be `{}`", columns.join(",")));
    }
    rows
}

/// The cells of a line as RFC 4180 has them, trimmed; `None` when quotation
/// marks do not pair up. Cells cannot hold line breaks.
fn split(line: &str) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let Some(quoted) = rest.strip_prefix('"') else {
            let (cell, after) =
                rest.split_once(',').map_or((rest, None), |(cell, after)| (cell, Some(after)));
            if cell.contains('"') {
                return None;
            }
            cells.push(cell.trim().to_owned());
            match after {
                Some(after) => rest = after,
                None => return Some(cells),
            }
            continue;
        };
        let mut cell = String::new();
        let mut inside = quoted;
        let after = loop {
            let (part, after) = inside.split_once('"')?;
            cell.push_str(part);
            match after.strip_prefix('"') {
                Some(more) => {
                    cell.push('"');
                    inside = more;
                }
                None => break after,
            }
        };
        cells.push(cell.trim().to_owned());
        if after.is_empty() {
            return Some(cells);
        }
        rest = after.strip_prefix(',')?;
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn cells_as_rfc_4180_has_them() {
        for (line, cells) in [
            ("a,b,c", Some(vec!["a", "b", "c"])),
            ("a,,", Some(vec!["a", "", ""])),
            ("", Some(vec![""])),
            (r#""Ô nhiễm nước, không khí",x"#, Some(vec!["Ô nhiễm nước, không khí", "x"])),
            (r#""nói ""to""",x"#, Some(vec![r#"nói "to""#, "x"])),
            (r#"x,"""#, Some(vec!["x", ""])),
            (r#""a,b"#, None),
            (r#""a"b,c"#, None),
            (r#"a"b,c"#, None),
        ] {
            assert_eq!(
                split(line),
                cells.map(|cells| cells.into_iter().map(str::to_owned).collect()),
                "{line}"
            );
        }
    }
}
