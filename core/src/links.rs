//! Links to a report that reach the app from outside: a message, a web page, another app.
//!
//! Whoever wrote one may be anybody, so a link only names a report; what is behind the number is looked
//! up among the person's own. To add another kind of link, add a form to [`read`] and its tests.

use reqwest::Url;
use serde::Serialize;
use ts_rs::TS;

/// The scheme of links for places that know no web address. The projects of the phones name it too.
pub const SCHEME: &str = "thuynguyensmart";
/// No link that we ever made is longer; what is longer is not looked at.
const LONGEST: usize = 512;
/// Room for numbers of any locality.
const LETTERS: std::ops::RangeInclusive<usize> = 1..=8;
const DIGITS: std::ops::RangeInclusive<usize> = 1..=12;

/// Where a link that was opened leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct LinkView {
    /// The report's number, if the link names one.
    pub number: Option<String>,
    /// The report, if it is one of this person's.
    pub report_id: Option<String>,
}

/// The report number that a link names: `https://<host of the backend>/r/TN-000123`, or
/// `thuynguyensmart://r/TN-000123`. What senders of messages hang behind `?` or `#` is left out.
#[must_use]
pub fn read(text: &str, base_url: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let url = Url::parse(text).ok().filter(|url| url.username().is_empty() && url.password().is_none())?;
    let path = match url.scheme() {
        "https" => {
            // The same origin, so that neither another port nor a longer name passes.
            let own = Url::parse(base_url).ok()?.origin();
            (url.origin() == own).then(|| url.path().strip_prefix("/r/")).flatten()?
        }
        SCHEME if url.host_str() == Some("r") && url.port().is_none() => url.path().strip_prefix('/')?,
        _ => return None,
    };
    number(path.strip_suffix('/').unwrap_or(path))
}

/// A report number as it is written on receipts, also if somebody typed it in small letters.
fn number(text: &str) -> Option<String> {
    let (prefix, digits) = text.split_once('-')?;
    let named = LETTERS.contains(&prefix.len()) && prefix.bytes().all(|it| it.is_ascii_alphabetic());
    let counted = DIGITS.contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
    (named && counted).then(|| text.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BASE: &str = "https://may-chu.mau.vn";

    #[test]
    fn a_link_of_a_message_names_its_report() {
        for link in [
            "https://may-chu.mau.vn/r/TN-000123",
            "https://may-chu.mau.vn:443/r/TN-000123/",
            "https://MAY-CHU.mau.vn/r/tn-000123?utm_source=tin-nhan#a",
            "thuynguyensmart://r/TN-000123",
            "thuynguyensmart://r/tn-000123/?x=1",
        ] {
            assert_eq!(read(link, BASE).as_deref(), Some("TN-000123"), "{link}");
        }
    }

    #[test]
    fn a_link_of_anybody_else_names_nothing() {
        for link in [
            "",
            "TN-000123",
            "http://may-chu.mau.vn/r/TN-000123",
            "https://may-chu.mau.vn.xa.example/r/TN-000123",
            "https://xa.may-chu.mau.vn/r/TN-000123",
            "https://may-chu.mau.vn:8443/r/TN-000123",
            "https://may-chu.mau.vn@xa.example/r/TN-000123",
            "https://ai:mat-khau@may-chu.mau.vn/r/TN-000123",
            "https://may-chu.mau.vn/R/TN-000123",
            "https://may-chu.mau.vn/r/TN-000123/anh",
            "https://may-chu.mau.vn/r/../r2/TN-000123",
            "https://may-chu.mau.vn/r/TN-",
            "https://may-chu.mau.vn/r/-000123",
            "https://may-chu.mau.vn/r/TN-00x123",
            "https://may-chu.mau.vn/r/TN-٠٠٠١٢٣",
            "https://may-chu.mau.vn/r/TN%2D000123",
            "https://may-chu.mau.vn/r/TN-0000000000123",
            "https://may-chu.mau.vn/r/TN-1'--",
            "thuynguyensmart://r2/TN-000123",
            "thuynguyensmart://r:1/TN-000123",
            "thuynguyensmart:r/TN-000123",
            "thuynguyensmart2://r/TN-000123",
            "javascript:alert(1)",
            "data:text/plain,TN-000123",
            "file:///r/TN-000123",
        ] {
            assert_eq!(read(link, BASE), None, "{link}");
        }
        let long = format!("https://may-chu.mau.vn/r/TN-000123?{}", "a".repeat(LONGEST));
        assert_eq!(read(&long, BASE), None);
    }

    #[test]
    fn a_trial_on_this_machine_has_no_web_links() {
        assert_eq!(read("https://127.0.0.1:8080/r/TN-000123", "http://127.0.0.1:8080"), None);
        assert!(read("thuynguyensmart://r/TN-000123", "http://127.0.0.1:8080").is_some());
    }

    proptest! {
        #[test]
        fn what_is_read_is_always_a_number(text in "(https://may-chu.mau.vn/r/|thuynguyensmart://r/)?\\PC{0,40}") {
            if let Some(number) = read(&text, BASE) {
                let (prefix, digits) = number.split_once('-').unwrap();
                prop_assert!(prefix.bytes().all(|it| it.is_ascii_uppercase()));
                prop_assert!(digits.bytes().all(|it| it.is_ascii_digit()));
            }
        }
    }
}
