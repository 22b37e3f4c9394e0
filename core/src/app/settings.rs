//! Settings of this device, and the catalogue for forms.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{App, AppError};
use crate::outbox::settings;
use crate::places::{self, CatalogueView};
use crate::store::{StoreError, off_thread};

/// Under which name they are kept.
const WINDOW: &str = "window";

/// The language of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// The size of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "lowercase")]
pub enum TextSize {
    /// As designed.
    #[default]
    Normal,
    /// Larger.
    Large,
    /// Much larger.
    XLarge,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the device.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Settings of this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(default)]
pub struct SettingsView {
    /// The language.
    pub language: Language,
    /// The size of text.
    pub text_size: TextSize,
    /// Light or dark.
    pub theme: Theme,
    /// Whether single keys act as shortcuts.
    pub shortcuts: bool,
    /// Whether the device may show notices; nothing while the person was not asked.
    pub notices: Option<bool>,
}

impl Default for SettingsView {
    fn default() -> Self {
        Self {
            language: Language::Vi,
            text_size: TextSize::Normal,
            theme: Theme::System,
            shortcuts: true,
            notices: None,
        }
    }
}

impl App {
    /// The settings of whoever uses this device now.
    ///
    /// # Errors
    /// [`AppError`] if the store fails.
    pub async fn settings_get(&self) -> Result<SettingsView, AppError> {
        let db = self.active().store.outbox.clone();
        let kept = off_thread(move || settings::get(&db, WINDOW)).await?;
        Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// Keeps the settings.
    ///
    /// # Errors
    /// [`AppError`] if the store fails.
    pub async fn settings_set(&self, settings: SettingsView) -> Result<SettingsView, AppError> {
        let db = self.active().store.outbox.clone();
        let text = serde_json::to_string(&settings).map_err(StoreError::from)?;
        off_thread(move || settings::set(&db, WINDOW, &text)).await?;
        Ok(settings)
    }

    /// What people choose from in forms.
    #[must_use]
    pub fn catalogue(&self) -> CatalogueView {
        places::choices(&self.locality(), self.now())
    }
}
