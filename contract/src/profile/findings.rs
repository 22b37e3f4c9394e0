//! Where texts come from, and how mistakes in them are collected.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::de::DeserializeOwned;

/// The texts of a profile by file name: `units.csv`, `vietnam/public-holidays.csv`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileSource {
    files: BTreeMap<String, String>,
}

impl ProfileSource {
    /// Adds or replaces a file. Names use `/` on every platform.
    pub fn insert(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.files.insert(name.into(), text.into());
    }

    /// The text of a file.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }

    /// The files in order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

impl<N: Into<String>, T: Into<String>> FromIterator<(N, T)> for ProfileSource {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(files: I) -> Self {
        Self { files: files.into_iter().map(|(name, text)| (name.into(), text.into())).collect() }
    }
}

/// A mistake in a profile.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProfileError {
    /// The file's name.
    pub file: String,
    /// The line, counted from one; 0 when the whole file is meant.
    pub line: usize,
    /// What is wrong and, where it helps, what would be right.
    pub message: String,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

/// All mistakes of a profile, by file and line; never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ProfileErrors(pub Vec<ProfileError>);

impl ProfileErrors {
    pub(super) fn missing_part() -> Self {
        let message = "a part of the profile is missing".to_owned();
        Self(vec![ProfileError { file: "locality.toml".to_owned(), line: 0, message }])
    }
}

impl fmt::Display for ProfileErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

/// The mistakes found so far.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<ProfileError>);

impl Findings {
    pub(super) fn add(&mut self, file: &str, line: usize, message: impl Into<String>) {
        self.0.push(ProfileError { file: file.to_owned(), line, message: message.into() });
    }

    pub(super) fn into_result(mut self) -> Result<(), ProfileErrors> {
        if self.0.is_empty() {
            return Ok(());
        }
        self.0.sort();
        self.0.dedup();
        Err(ProfileErrors(self.0))
    }

    /// The text of a required file.
    pub(super) fn text<'a>(&mut self, source: &'a ProfileSource, file: &str) -> Option<&'a str> {
        let text = source.get(file);
        if text.is_none() {
            self.add(file, 0, "this file is missing");
        }
        text
    }

    /// A required TOML file, and the means to name its lines.
    pub(super) fn toml<T: DeserializeOwned>(
        &mut self,
        source: &ProfileSource,
        file: &'static str,
    ) -> Option<(T, Lines)> {
        let text = self.text(source, file)?;
        let lines = Lines::of(text);
        match toml::from_str(text) {
            Ok(value) => Some((value, lines)),
            Err(error) => {
                let line = error.span().map_or(0, |span| lines.at(&span));
                self.add(file, line, error.message());
                None
            }
        }
    }
}

/// Where lines begin in a text.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The line in which a span of bytes begins, counted from one.
    pub(super) fn at(&self, span: &Range<usize>) -> usize {
        self.starts.partition_point(|start| *start <= span.start)
    }
}
