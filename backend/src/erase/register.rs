//! The register of what is kept of a person: every table and column of the schema, how its rows belong
//! to an account, what its owner gets of it in a copy, and what becomes of it when the account is erased.
//!
//! Copy and erasure read it, and a test compares it with the schema: whoever adds a table or a column
//! that belongs to a person says here what it is.

/// How the rows of a table belong to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// They belong to nobody.
    Nobody,
    /// By this condition, in which `?1` is the account's id.
    Account(&'static str),
    /// By this condition, in which `?1` is the keyed hash of the number.
    Number(&'static str),
    /// By this condition, in which `?1` is the keyed hash of the phone.
    Phone(&'static str),
}

/// What becomes of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// They go.
    Deleted,
    /// They stay under the account's id, which is a pseudonym then, with these columns blanked.
    Blanked(&'static [&'static str]),
    /// They stay as they are under the account's id: a proof, without a word of the person's.
    Kept,
    /// A verb of their own room erases them.
    ByRoom,
}

/// What the owner gets of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// As it is; bytes as hexadecimal digits.
    Shown,
    /// Decrypted.
    Unsealed(Sealed),
    /// Not at all: a secret of the sign-in, another person's, or derived from other columns.
    Withheld,
}

/// What a sealed column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sealed {
    /// The citizen-ID number.
    Number,
    /// The phone.
    Phone,
    /// Birth date, sex, representative's phone.
    Person,
    /// Words and corrections of a wish; bound to the row's `id`.
    Wish,
}

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Whose its rows are.
    pub of: Of,
    /// What becomes of them.
    pub fate: Fate,
    /// Its columns; not listed for a table that is nobody's.
    pub columns: &'static [(&'static str, Column)],
}

impl Table {
    /// Whether its owner gets anything of it.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.columns.iter().any(|(_, column)| *column != Column::Withheld)
    }
}
