//! `national-id.toml`: the national identification over OpenID Connect; optional, and off without it.

use serde::Deserialize;
use toml::Spanned;

use super::findings::{Findings, ProfileSource};
use crate::documents::LocalisedText;

const FILE: &str = "national-id.toml";

/// Where people are identified, and as whom this locality asks.
///
/// The client's secret, if it has one, is no part of a profile: the backend takes it from its
/// environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalId {
    /// The issuer, without a slash at the end; `https`, or `http` on a loopback address for trying out.
    pub issuer: String,
    /// As whom the locality is known there.
    pub client_id: String,
    /// What is asked for; `openid` is among it.
    pub scopes: Vec<String>,
    /// The claim of the ID token that holds the twelve digits.
    pub number_claim: String,
    /// How its tokens may be signed.
    pub algorithms: Vec<SignedBy>,
    /// What people know it as.
    pub title: LocalisedText,
}

/// A way to sign a token. There is none without a signature, nor with a shared secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum SignedBy {
    /// RSA, PKCS #1 v1.5, SHA-256.
    #[serde(rename = "RS256")]
    Rs256,
    /// RSA, PSS, SHA-256.
    #[serde(rename = "PS256")]
    Ps256,
    /// ECDSA on P-256, SHA-256.
    #[serde(rename = "ES256")]
    Es256,
    /// Ed25519.
    #[serde(rename = "EdDSA")]
    EdDsa,
}

impl NationalId {
    /// Scheme, host and port of the issuer: the only place where the app sends a person's browser.
    #[must_use]
    pub fn origin(&self) -> &str {
        origin(&self.issuer).unwrap_or_default()
    }

    /// Whether it is on this machine, for trying out.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.issuer.starts_with("http://")
    }
}

/// Scheme, host and port of an address that may be spoken to; none if it may not.
#[must_use]
pub fn origin(address: &str) -> Option<&str> {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '?' | '#' | '@' | '\\' | '"');
    if !address.chars().all(plain) {
        return None;
    }
    let (scheme, rest) = address.split_once("://")?;
    let host_and_port = rest.split('/').next()?;
    let host = match host_and_port.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => host_and_port,
    };
    let may = match scheme {
        "https" => !host.is_empty(),
        "http" => matches!(host, "127.0.0.1" | "localhost" | "[::1]"),
        _ => false,
    };
    let end = scheme.len().saturating_add(3).saturating_add(host_and_port.len());
    if may { address.get(..end) } else { None }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    issuer: Spanned<String>,
    client_id: Spanned<String>,
    scopes: Spanned<Vec<String>>,
    number_claim: Spanned<String>,
    algorithms: Spanned<Vec<SignedBy>>,
    title: LocalisedText,
}

pub(super) fn read(source: &ProfileSource, findings: &mut Findings) -> Option<NationalId> {
    source.get(FILE)?;
    let (raw, lines): (Raw, _) = findings.toml(source, FILE)?;
    let issuer = raw.issuer.get_ref();
    if origin(issuer).is_none() || issuer.ends_with('/') {
        let text = "issuer is neither https nor loopback, or ends with a slash";
        findings.add(FILE, lines.at(&raw.issuer.span()), text);
    }
    for (name, value) in [("client_id", &raw.client_id), ("number_claim", &raw.number_claim)] {
        if value.get_ref().trim().is_empty() {
            findings.add(FILE, lines.at(&value.span()), format!("{name} is empty"));
        }
    }
    let scope = |scope: &String| !scope.is_empty() && scope.bytes().all(|byte| byte.is_ascii_graphic());
    let scopes = raw.scopes.get_ref();
    if !scopes.iter().any(|scope| scope == "openid") || !scopes.iter().all(scope) {
        findings.add(FILE, lines.at(&raw.scopes.span()), "scopes lack openid, or one is no scope");
    }
    if raw.algorithms.get_ref().is_empty() {
        findings.add(FILE, lines.at(&raw.algorithms.span()), "no algorithm is allowed");
    }
    Some(NationalId {
        issuer: raw.issuer.into_inner(),
        client_id: raw.client_id.into_inner(),
        scopes: raw.scopes.into_inner(),
        number_claim: raw.number_claim.into_inner(),
        algorithms: raw.algorithms.into_inner(),
        title: raw.title,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Profile, embedded_source};

    const GOOD: &str = "issuer = \"https://dinhdanh.example\"\nclient_id = \"mau\"\n\
        scopes = [\"openid\", \"citizen\"]\nnumber_claim = \"citizen_id\"\nalgorithms = [\"RS256\"]\n\
        title = { vi = \"Định danh mẫu\", en = \"Sample identification\" }\n";

    fn with(text: &str) -> Result<Profile, String> {
        let mut source = embedded_source("thuy-nguyen").unwrap();
        source.insert(FILE.to_owned(), text.to_owned());
        Profile::parse(&source).map_err(|errors| errors.to_string())
    }

    #[test]
    fn it_is_off_without_its_file() {
        let profile = Profile::parse(&embedded_source("thuy-nguyen").unwrap()).unwrap();
        assert_eq!((profile.catalogue().national_id, profile.national_id), (None, None));
        let on = with(GOOD).unwrap();
        assert_eq!(on.national_id.as_ref().unwrap().origin(), "https://dinhdanh.example");
        let told = on.catalogue().national_id.unwrap();
        assert_eq!(
            (told.title.vi.as_str(), told.origin.as_str()),
            ("Định danh mẫu", "https://dinhdanh.example")
        );
    }

    #[test]
    fn mistakes_are_named_on_their_line() {
        for (from, to, line) in [
            ("https://dinhdanh.example", "http://dinhdanh.example", 1),
            ("https://dinhdanh.example", "https://dinhdanh.example/", 1),
            ("\"mau\"", "\"\"", 2),
            ("\"openid\", ", "", 3),
            ("\"RS256\"", "", 5),
            ("\"RS256\"", "\"HS256\"", 5),
            ("\"RS256\"", "\"none\"", 5),
        ] {
            let errors = with(&GOOD.replace(from, to)).unwrap_err();
            assert!(errors.contains(&format!("{FILE}:{line}")), "{to}: {errors}");
        }
    }

    #[test]
    fn only_safe_addresses_have_an_origin() {
        for (address, expected) in [
            ("https://a.example/b/c", Some("https://a.example")),
            ("https://a.example:8443/b", Some("https://a.example:8443")),
            ("http://127.0.0.1:4000/b", Some("http://127.0.0.1:4000")),
            ("http://localhost", Some("http://localhost")),
            ("http://[::1]:80", Some("http://[::1]:80")),
            ("http://127.0.0.1.evil.example", None),
            ("https://a.example@evil.example", None),
            ("https://", None),
            ("javascript://a", None),
            ("https://a.example\\b", None),
        ] {
            assert_eq!(origin(address), expected, "{address}");
        }
    }
}
