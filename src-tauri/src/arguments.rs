//! What the command line says. A phone has none and takes the defaults.

use std::path::PathBuf;
use std::str::FromStr;

use citizen_contract::time::UtcMillis;
use clap::{Parser, ValueEnum};

/// The citizen app in a window of its own.
#[derive(Debug, Clone, Default, Parser)]
#[command(version, about)]
pub struct Arguments {
    /// Folder of this instance: its store, its lock and its entries in the key store. Windows on
    /// two folders run side by side as two people.
    #[arg(long, value_name = "FOLDER")]
    pub data_dir: Option<PathBuf>,

    /// JSON file that says which backend the app belongs to and which root key it trusts. Without
    /// it the file `deployment.json` in the data folder counts, then what the build carries.
    #[arg(long, value_name = "FILE")]
    pub deployment: Option<PathBuf>,

    /// Milliseconds since 1970 (UTC) at which the app's clock starts. Only for a trial deployment.
    #[arg(long, value_name = "MILLISECONDS", value_parser = parse_millis)]
    pub clock_start: Option<UtcMillis>,

    /// Size of the window, such as 390x844.
    #[arg(long, value_name = "WIDTHxHEIGHT")]
    pub window: Option<WindowSize>,

    /// Where the key of the store is kept. `session` forgets it when the app ends: what was not
    /// sent by then can no longer be read.
    #[arg(long, value_enum, default_value_t)]
    pub key_store: KeyStoreChoice,

    /// Tells of a failed start on standard error only, for scripts and kiosks.
    #[arg(long)]
    pub no_dialog: bool,
}

/// Where the key of the store is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum KeyStoreChoice {
    /// The key store of the operating system.
    #[default]
    System,
    /// Memory, until the app ends.
    Session,
}

/// Width and height of a window in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowSize {
    /// Logical pixels across.
    pub width: u32,
    /// Logical pixels down.
    pub height: u32,
}

impl WindowSize {
    /// The smallest window in which every screen still fits.
    pub const SMALLEST: Self = Self { width: 360, height: 640 };
    /// What opens when nothing is said: a phone's shape.
    pub const USUAL: Self = Self { width: 390, height: 844 };
}

impl FromStr for WindowSize {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "expected WIDTHxHEIGHT, such as 390x844";
        let (width, height) = text.split_once('x').ok_or(wrong)?;
        let size =
            Self { width: width.parse().map_err(|_| wrong)?, height: height.parse().map_err(|_| wrong)? };
        if size.width < Self::SMALLEST.width || size.height < Self::SMALLEST.height {
            return Err("smaller than 360x640, the smallest window");
        }
        Ok(size)
    }
}

fn parse_millis(text: &str) -> Result<UtcMillis, std::num::ParseIntError> {
    text.parse().map(UtcMillis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_window_is_described_by_its_arguments() {
        let said = Arguments::try_parse_from([
            "app",
            "--data-dir",
            "/tmp/dan",
            "--clock-start",
            "1729000000000",
            "--window",
            "1366x768",
        ])
        .unwrap();
        assert_eq!(said.window, Some(WindowSize { width: 1366, height: 768 }));
        assert_eq!(said.clock_start, Some(UtcMillis(1_729_000_000_000)));
        assert_eq!(said.key_store, KeyStoreChoice::System);
    }

    #[test]
    fn a_window_that_cuts_screens_off_is_refused() {
        for size in ["359x640", "360x639", "390", "x", "390x-1", "390×844"] {
            assert!(size.parse::<WindowSize>().is_err(), "{size}");
        }
        assert!("360x640".parse::<WindowSize>().is_ok());
    }
}
