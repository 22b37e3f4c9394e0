//! `theme.toml`: the colours of a locality, checked for contrast.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::findings::{Findings, ProfileSource};

const FILE: &str = "theme.toml";
/// Names that every theme gives, as the style sheet calls them.
const NAMES: &[&str] = &[
    "brand-950",
    "brand-900",
    "brand-800",
    "brand-700",
    "brand-600",
    "brand-500",
    "brand-300",
    "brand-200",
    "brand-100",
    "brand-50",
    "accent",
    "accent-press",
    "on-accent",
    "accent-edge",
    "accent-soft",
    "accent-text",
    "petal",
    "petal-deep",
    "petal-standard",
    "on-head-2",
    "info-bg",
    "info-fg",
    "info-solid",
];
/// Pairs that are read upon each other, with the least contrast in tenths (WCAG 2).
const CONTRASTS: &[(&str, &str, u32)] = &[
    ("on-accent", "accent", 45),
    ("brand-700", "#FFFFFF", 70),
    ("brand-700", "brand-100", 45),
    ("info-fg", "info-bg", 45),
];

/// Colours by the name of the style sheet's variable, as `#RRGGBB` or `transparent`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Which mark stands for the locality.
    pub mark: String,
    /// The colours, complete.
    pub colours: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    mark: String,
    colours: Spanned<BTreeMap<String, Spanned<String>>>,
}

pub(super) fn read(source: &ProfileSource, findings: &mut Findings) -> Option<Theme> {
    let (raw, lines): (Raw, _) = findings.toml(source, FILE)?;
    let all = lines.at(&raw.colours.span());
    let colours = raw.colours.into_inner();
    for name in NAMES {
        if !colours.contains_key(*name) {
            findings.add(FILE, all, format!("`{name}` is missing"));
        }
    }
    for (name, colour) in &colours {
        let line = lines.at(&colour.span());
        if !NAMES.contains(&name.as_str()) {
            findings.add(FILE, line, format!("`{name}` is no colour of a theme"));
        }
        if luminance(colour.get_ref()).is_none() && colour.get_ref() != "transparent" {
            findings.add(FILE, line, "a colour is written #RRGGBB");
        }
    }
    for (front, back, least) in CONTRASTS {
        let line = colours.get(*front).map_or(all, |colour| lines.at(&colour.span()));
        let value = |name: &str| luminance(colours.get(name).map_or(name, |colour| colour.get_ref()));
        if let (Some(front_value), Some(back_value)) = (value(front), value(back)) {
            let (light, dark) = (front_value.max(back_value), front_value.min(back_value));
            let contrast = (light + 0.05) / (dark + 0.05);
            let least = f64::from(*least) / 10.0;
            if contrast < least {
                findings.add(
                    FILE,
                    line,
                    format!("{front} on {back} has contrast {contrast:.2}, less than {least:.1}"),
                );
            }
        }
    }
    let colours = colours.into_iter().map(|(name, colour)| (name, colour.into_inner())).collect();
    Some(Theme { mark: raw.mark, colours })
}

/// The relative luminance of `#RRGGBB`, 0 to 1 (WCAG 2.2).
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let channel = |from: usize| -> Option<f64> {
        let value = f64::from(u8::from_str_radix(digits.get(from..from + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}
