//! Finding the deployment file: given, in the data folder, or carried by the build.

use std::path::{Path, PathBuf};

use citizen_contract::deployment::Deployment;

use crate::start_error::StartError;

/// What the build carries; empty unless it was built with `CITIZEN_DEPLOYMENT_FILE`.
const CARRIED: &str = include_str!(concat!(env!("OUT_DIR"), "/deployment.json"));

/// The deployment that counts: `given`, else the one in `data_dir`, else the build's own.
///
/// # Errors
/// [`StartError::NoDeployment`] if there is none, [`StartError::Deployment`] if it cannot be used.
pub fn find(given: Option<&Path>, data_dir: &Path) -> Result<Deployment, StartError> {
    if let Some(path) = given {
        return read(path);
    }
    let beside = data_dir.join("deployment.json");
    if beside.is_file() {
        return read(&beside);
    }
    if CARRIED.is_empty() {
        return Err(StartError::NoDeployment);
    }
    parse(Path::new("(built in)"), CARRIED)
}

fn read(path: &Path) -> Result<Deployment, StartError> {
    let text = std::fs::read_to_string(path).map_err(|error| wrong(path, error.to_string()))?;
    parse(path, &text)
}

fn parse(path: &Path, text: &str) -> Result<Deployment, StartError> {
    let deployment: Deployment =
        serde_json::from_str(text).map_err(|error| wrong(path, error.to_string()))?;
    let encrypted = deployment.base_url.starts_with("https://");
    let stays_here = deployment.demo && is_loopback(&deployment.base_url);
    // Plain HTTP would hand passwords to every network on the way; a trial runs on one machine.
    if !(encrypted || stays_here) {
        return Err(wrong(path, "base_url must be https (http only to this machine, in a trial)".into()));
    }
    Ok(deployment)
}

fn is_loopback(base_url: &str) -> bool {
    base_url.parse::<tauri::Url>().is_ok_and(|url| {
        url.scheme() == "http"
            && url.host_str().is_some_and(|host| matches!(host, "127.0.0.1" | "[::1]" | "localhost"))
    })
}

fn wrong(path: &Path, reason: String) -> StartError {
    StartError::Deployment { path: PathBuf::from(path), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Result<Deployment, StartError> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("deployment.json"), text).unwrap();
        find(None, dir.path())
    }

    #[test]
    fn the_file_in_the_data_folder_counts_when_none_is_given() {
        let deployment = found(
            r#"{"base_url":"https://may-chu.mau.vn","root_public_key":"AA==","profile":"thuy-nguyen"}"#,
        )
        .unwrap();
        assert_eq!(deployment.profile, "thuy-nguyen");
        assert!(!deployment.demo);
    }

    #[test]
    fn a_wrong_file_is_named_with_the_line() {
        let Err(StartError::Deployment { reason, .. }) = found("{\n \"base_url\": 3}") else {
            panic!("a number is no address");
        };
        assert!(reason.contains("line 2"), "{reason}");
    }

    #[test]
    fn plain_http_is_only_for_a_trial_on_this_machine() {
        let file = |url: &str, demo: bool| {
            found(&format!(
                r#"{{"base_url":"{url}","root_public_key":"AA==","profile":"thuy-nguyen","demo":{demo}}}"#
            ))
        };
        assert!(file("http://127.0.0.1:8080", true).is_ok());
        assert!(file("http://[::1]:8080", true).is_ok());
        assert!(file("http://127.0.0.1:8080", false).is_err());
        assert!(file("http://127.0.0.1.xa.vn:8080", true).is_err());
        assert!(file("http://may-chu.mau.vn", true).is_err());
    }

    #[test]
    fn without_any_file_the_person_is_told() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(find(None, dir.path()), Err(StartError::NoDeployment)));
    }
}
