//! One SQL text for two engines: placeholders, column types, table endings.

use super::conn::Engine;

/// Walks over `sql` and hands each piece to `code` (outside) or keeps it (string literals, quoted
/// names, comments are dropped when `--`).
fn map_code(sql: &str, mut code: impl FnMut(&str) -> String) -> String {
    let mut out = String::with_capacity(sql.len() + 16);
    let mut rest = sql;
    while let Some(at) = rest.find(['\'', '"']).into_iter().chain(rest.find("--")).min() {
        let (before, from) = rest.split_at(at);
        out.push_str(&code(before));
        let length = if from.starts_with("--") {
            from.find('\n').unwrap_or(from.len())
        } else {
            let quote = if from.starts_with('\'') { '\'' } else { '"' };
            // A doubled quote closes and opens again at once, which comes to the same.
            from.char_indices().skip(1).find(|(_, c)| *c == quote).map_or(from.len(), |(i, _)| i + 1)
        };
        let (kept, after) = from.split_at(length);
        if !kept.starts_with("--") {
            out.push_str(kept);
        }
        rest = after;
    }
    out.push_str(&code(rest));
    out
}

/// `?1` becomes `$1`, but not inside a literal.
#[cfg(feature = "postgres")]
pub(crate) fn dollars(sql: &str) -> String {
    map_code(sql, |code| code.replace('?', "$"))
}

/// The statements of a migration in the engine's dialect.
pub(crate) fn statements(sql: &str, engine: Engine) -> Vec<String> {
    // A separator that no SQL holds marks the semicolons outside literals.
    let marked = map_code(sql, |code| types(&code.replace(';', "\u{1f}"), engine));
    marked
        .split('\u{1f}')
        .map(str::trim)
        .filter(|statement| !statement.is_empty())
        .map(|statement| table_ending(statement, engine))
        .collect()
}

fn types(code: &str, engine: Engine) -> String {
    if engine == Engine::Sqlite {
        return code.to_owned();
    }
    code.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .map(|piece| {
            let word = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            match word {
                "INTEGER" => piece.replacen(word, "BIGINT", 1),
                "TEXT" => piece.replacen(word, "TEXT COLLATE \"C\"", 1),
                "BLOB" => piece.replacen(word, "BYTEA", 1),
                _ => piece.to_owned(),
            }
        })
        .collect()
}

fn table_ending(statement: &str, engine: Engine) -> String {
    if !statement.starts_with("CREATE TABLE") {
        return statement.to_owned();
    }
    let bare = statement.strip_suffix("WITHOUT ROWID").map(str::trim_end);
    match (engine, bare) {
        (Engine::Sqlite, Some(_)) => format!("{statement}, STRICT"),
        (Engine::Sqlite, None) => format!("{statement} STRICT"),
        (Engine::Postgres, bare) => bare.unwrap_or(statement).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "postgres")]
    #[test]
    fn placeholders_change_outside_literals_only() {
        assert_eq!(
            dollars("SELECT 'ai? ''?1''', \"a?\" FROM t WHERE a = ?1 AND b = ?12 -- why?\n AND c = ?2"),
            "SELECT 'ai? ''?1''', \"a?\" FROM t WHERE a = $1 AND b = $12 \n AND c = $2"
        );
    }

    #[test]
    fn a_table_gets_the_types_and_ending_of_its_engine() {
        let sql = "CREATE TABLE t (a TEXT NOT NULL DEFAULT 'TEXT;', b INTEGER, c BLOB, \
                   PRIMARY KEY (a)) WITHOUT ROWID; -- a; b\nCREATE INDEX TEXT_t ON t (b);";
        assert_eq!(
            statements(sql, Engine::Sqlite),
            [
                "CREATE TABLE t (a TEXT NOT NULL DEFAULT 'TEXT;', b INTEGER, c BLOB, \
                 PRIMARY KEY (a)) WITHOUT ROWID, STRICT",
                "CREATE INDEX TEXT_t ON t (b)",
            ]
        );
        assert_eq!(
            statements(sql, Engine::Postgres),
            [
                "CREATE TABLE t (a TEXT COLLATE \"C\" NOT NULL DEFAULT 'TEXT;', b BIGINT, c BYTEA, \
                 PRIMARY KEY (a))",
                "CREATE INDEX TEXT_t ON t (b)",
            ]
        );
    }
}
