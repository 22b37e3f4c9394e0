//! The real binary, as an operator uses it.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use citizen_contract::deployment::Deployment;

const PROGRAM: &str = env!("CARGO_BIN_EXE_citizen-backend");

/// Runs a subcommand in a deployment's folder with these lines on standard input.
fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(PROGRAM)
        .args(arguments)
        .env("CITIZEN_DATA_DIR", folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A subcommand that refuses at once does not read.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap().trim().to_owned()
}

fn complaint(output: &Output) -> String {
    assert!(!output.status.success());
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn sign_in(addr: &str, number: &str, password: &str) -> String {
    let body = format!(r#"{{"citizen_id":"{number}","password":"{password}","device_name":""}}"#);
    let mut stream = TcpStream::connect(addr).unwrap();
    let length = body.len();
    write!(
        stream,
        "POST /v1/sessions HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn an_operator_sets_up_a_deployment_and_adds_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let without_keys = run(folder, &["serve", "--listen", "127.0.0.1:0"], "");
    assert!(complaint(&without_keys).contains("keys init"));

    let root = said(&run(folder, &["keys", "init"], ""));
    assert_eq!(said(&run(folder, &["keys", "init"], "")), root, "keys are made once");
    let file = folder.join("deployment.json");
    let out = file.to_str().unwrap();
    said(&run(folder, &["deployment", "--base-url", "https://vi-du.example/", "--out", out], ""));
    let deployment: Deployment = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!((deployment.base_url.as_str(), deployment.demo), ("https://vi-du.example", false));
    assert_eq!(deployment.root_public_key, root);

    let add = ["user", "add", "--name", "Lê Văn Mẫu"];
    said(&run(folder, &add, "031090000017\nmat-khau-mau\n"));
    assert!(complaint(&run(folder, &add, "031090000017\nmat-khau-mau\n")).contains("already"));
    assert!(complaint(&run(folder, &add, "031090000018\nngan\n")).contains("8 characters"));
    let role = ["user", "add", "--name", "Lê Văn Mẫu", "--role", "handler@nowhere"];
    assert!(complaint(&run(folder, &role, "031090000018\nmat-khau-mau\n")).contains("no unit nowhere"));

    let mut server = Command::new(PROGRAM)
        .args(["serve", "--log", "error", "--listen", "127.0.0.1:0"])
        .env("CITIZEN_DATA_DIR", folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ports: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(ports["root_public_key"], root.as_str());
    let addr = ports["listening"].as_str().unwrap();
    assert!(sign_in(addr, "031090000017", "mat-khau-mau").starts_with("HTTP/1.1 200"));
    assert!(sign_in(addr, "031090000017", "mau12345").starts_with("HTTP/1.1 401"));
    assert!(sign_in(addr, "031090000001", "mau12345").starts_with("HTTP/1.1 401"), "a sample person is here");

    // Two sign-ins were two devices; from elsewhere, also while it serves, both are cut off.
    assert!(sign_in(addr, "031090000017", "mat-khau-mau").starts_with("HTTP/1.1 200"));
    let cut_off = |number: &str| run(folder, &["user", "cut-off"], number);
    assert_eq!(said(&cut_off("031090000017\n")), "2 devices cut off");
    assert_eq!(said(&cut_off("031090000017\n")), "0 devices cut off");
    assert!(complaint(&cut_off("031090000018\n")).contains("no account"));

    // While it serves: a copy, and the proof over it.
    let copy = folder.join("copy.db");
    said(&run(folder, &["backup", "--to", copy.to_str().unwrap()], ""));
    let url = format!("sqlite:{}", copy.display());
    assert!(said(&run(folder, &["verify", "--db", &url], "")).ends_with("0 findings"));
    server.kill().unwrap();
    server.wait().unwrap();
}

#[test]
fn a_way_to_the_phones_that_would_give_codes_away_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    said(&run(folder, &["keys", "init"], ""));
    let serve = |more: &[&str]| run(folder, &[&["serve", "--log", "error"], more].concat(), "");
    let public = serve(&["--listen", "0.0.0.0:0", "--messenger", "log"]);
    assert!(complaint(&public).contains("loopback"));
    let demo = serve(&["--listen", "0.0.0.0:0", "--messenger", "log", "--demo"]);
    assert!(complaint(&demo).contains("loopback"));
    assert!(complaint(&serve(&["--messenger", "http"])).contains("--gateway-url"));
    let clear = serve(&["--messenger", "http", "--gateway-url", "http://sms.example/send"]);
    assert!(complaint(&clear).contains("https"));
}

#[test]
fn sample_people_are_for_trying_out_only() {
    let folder = tempfile::tempdir().unwrap();
    said(&run(folder.path(), &["keys", "init"], ""));
    assert!(complaint(&run(folder.path(), &["samples"], "")).contains("--demo"));
    assert_eq!(said(&run(folder.path(), &["samples", "--demo"], "")), "7 sample people added");
    assert_eq!(said(&run(folder.path(), &["samples", "--demo"], "")), "0 sample people added");
}

#[test]
fn mistakes_in_a_profile_are_named_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../profiles");
    for part in ["vietnam", "thuy-nguyen"] {
        std::fs::create_dir(folder.path().join(part)).unwrap();
        for entry in std::fs::read_dir(source.join(part)).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), folder.path().join(part).join(entry.file_name())).unwrap();
        }
    }
    let profile = folder.path().join("thuy-nguyen");
    let check = ["import-profile", "--check", "--profile", profile.to_str().unwrap()];
    assert!(said(&run(folder.path(), &check, "")).starts_with("profile thuy-nguyen"));
    let units = profile.join("units.csv");
    let text = std::fs::read_to_string(&units).unwrap();
    std::fs::write(&units, text + "broken line\n").unwrap();
    let lines = std::fs::read_to_string(&units).unwrap().lines().count();
    let complaint = complaint(&run(folder.path(), &check, ""));
    assert!(complaint.contains(&format!("units.csv:{lines}:")), "{complaint}");
}

#[test]
fn an_erasure_names_its_report_and_its_grounds() {
    let folder = tempfile::tempdir().unwrap();
    said(&run(folder.path(), &["keys", "init"], ""));
    let erase = |more: &[&str]| run(folder.path(), &[&["erase", "--report", "TN-000001"], more].concat(), "");
    assert!(complaint(&erase(&["--by", "Quản trị Mẫu"])).contains("--reason"));
    let unknown = erase(&["--by", "Quản trị Mẫu", "--reason", "theo yêu cầu"]);
    assert!(complaint(&unknown).contains("no report of that number"));
    assert!(complaint(&erase(&["--by", " ", "--reason", "theo yêu cầu"])).contains("who decided it"));
}
