//! The real binary tells a whole story and its log, at the most talkative level, repeats nothing of
//! a person: no word, number, name, place, password or token.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use citizen_contract::hash::ContentHash;
use serde_json::{Value, json};

const NUMBER: &str = "031090000001";
const PASSWORD: &str = "mau12345";
const NAME: &str = "Nguyễn Văn Mẫu";
const WORDS: &str = "Cống thoát nước trước nhà tôi bị tắc";
const PLACE: &str = "ngõ 27 cạnh nhà văn hoá";
const SEARCH: &str = "tắc cống";
const LATITUDE: i32 = 209_471_234;
const DEVICE: &str = "Điện thoại của Mẫu";
const NEW_NUMBER: &str = "031192000017";
const NEW_NAME: &str = "Lương Thị Thử";
const PHONE: &str = "0912000017";
const NEW_PASSWORD: &str = "mat-khau-moi";

struct Server {
    child: Child,
    addr: String,
}

impl Server {
    fn start(folder: &std::path::Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_citizen-backend"))
            .args(["serve", "--demo", "--log", "trace", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(folder.join("log")).unwrap())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let said: Value = serde_json::from_str(&said).unwrap();
        Self { child, addr: said["listening"].as_str().unwrap().to_owned() }
    }

    /// One request over its own connection; answers status and body.
    fn ask(&self, method: &str, path: &str, token: &str, headers: &str, body: &[u8]) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.addr).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
             content-length: {length}\r\n{headers}\r\n"
        )
        .unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let status = String::from_utf8_lossy(&answer[9..12]).parse().unwrap();
        (status, answer[end + 4..].to_vec())
    }

    fn post(&self, path: &str, token: &str, body: &Value) -> (u16, Value) {
        let json = "content-type: application/json\r\n";
        let (status, body) = self.ask("POST", path, token, json, body.to_string().as_bytes());
        (status, serde_json::from_slice(&body).unwrap())
    }

    /// Asks it to stop, and answers its whole log.
    fn stop(mut self, folder: &std::path::Path) -> String {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert!(self.child.wait().unwrap().success(), "it must stop by itself when asked");
        std::fs::read_to_string(folder.join("log")).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn submit(photo: &[u8]) -> String {
    json!({
        "id": "018eab5e-0000-7000-8000-000000000001",
        "kind": "report.submit",
        "credential": "account",
        "created_at": 1_712_282_400_000_i64,
        "attachments": [{
            "id": "018eab5e-0000-7000-8000-000000000002",
            "sha256": ContentHash::of(photo),
            "size": photo.len(),
            "media_type": "image/jpeg",
            "captured_where": { "lat_e7": LATITUDE, "lon_e7": 1_066_801_234 },
        }],
        "body": {
            "category": citizen_contract::profile::embedded("thuy-nguyen").unwrap().unwrap().categories[0].code,
            "words": WORDS,
            "place": { "words": PLACE, "position": { "lat_e7": LATITUDE, "lon_e7": 1_066_801_234 } },
            "public": false,
        },
    })
    .to_string()
}

/// Registers somebody, a wrong code among it; answers the right code and the tokens.
fn register(server: &Server, folder: &std::path::Path) -> Vec<String> {
    let form = json!({
        "citizen_id": NEW_NUMBER, "full_name": NEW_NAME, "birth_date": "1992-05-17", "phone": PHONE,
        "consents": [{ "purpose": "account", "wording": "2024-04" }], "device_name": DEVICE,
    });
    let (status, challenge) = server.post("/v1/registrations", "", &form);
    assert_eq!(status, 202, "{challenge}");
    let codes = std::fs::read_to_string(folder.join("codes.log")).unwrap();
    let line: Value = serde_json::from_str(codes.lines().last().unwrap()).unwrap();
    let code = line["code"].as_str().unwrap();
    let finish = format!("/v1/registrations/{}/finish", challenge["id"].as_str().unwrap());
    let with = |code: &str| json!({ "code": code, "password": NEW_PASSWORD, "device_name": DEVICE });
    let wrong = format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000);
    assert_eq!(server.post(&finish, "", &with(&wrong)).0, 422);
    let (status, grant) = server.post(&finish, "", &with(code));
    assert_eq!(status, 201, "{grant}");
    let text = |name: &str| grant[name].as_str().unwrap().to_owned();
    vec![format!("\"{code}\""), text("access_token"), text("refresh_token"), text("device_token")]
}

#[test]
fn the_log_of_a_story_repeats_nothing_of_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let sign_in = |number: &str, password: &str| {
        server.post(
            "/v1/sessions",
            "",
            &json!({ "citizen_id": number, "password": password, "device_name": DEVICE }),
        )
    };
    assert_eq!(sign_in(NUMBER, "sai-mat-khau").0, 401);
    assert_eq!(sign_in("03109000000", PASSWORD).0, 422);
    let secrets = register(&server, folder.path());
    let citizen = sign_in(NUMBER, PASSWORD).1;
    let officer = sign_in("031185000003", PASSWORD).1;
    let token = citizen["access_token"].as_str().unwrap();
    let office = officer["access_token"].as_str().unwrap();

    let photo = b"\xff\xd8\xff not really a picture, taken by CAMERA-OF-MAU";
    let outcomes =
        server.post("/v1/commands", token, &json!({ "commands": [submit(photo), "{ not a command"] })).1;
    assert_eq!(outcomes["outcomes"][0]["outcome"], "accepted", "{outcomes}");
    let upload = "/v1/files/018eab5e-0000-7000-8000-000000000001/018eab5e-0000-7000-8000-000000000002";
    let tus = "tus-resumable: 1.0.0\r\nupload-offset: 0\r\ncontent-type: application/offset+octet-stream\r\n";
    assert_eq!(server.ask("PATCH", upload, token, tus, photo).0, 204);
    let queue = json!({ "view": "to_take_in", "search": SEARCH, "limit": 20 });
    let (status, page) = server.post("/v1/queries/intake-queue", office, &queue);
    assert_eq!((status, page["items"].as_array().map(Vec::len)), (200, Some(1)), "{page}");
    assert_eq!(server.post("/v1/sync", office, &json!({ "cursors": [], "limit": 100 })).0, 200);
    let refresh = citizen["refresh_token"].as_str().unwrap();
    assert_eq!(server.post("/v1/sessions/refresh", "", &json!({ "refresh_token": refresh })).0, 200);
    // Words that a careless client puts where they do not belong are not repeated either.
    assert_eq!(server.ask("GET", "/v1/tac-cong-truoc-nha-toi?q=tac-cong", token, "", b"").0, 404);

    let log = server.stop(folder.path());
    assert!(log.contains("/v1/files/{command}/{attachment}") && log.contains("\"status\":204"), "{log}");
    let personal = [
        NUMBER,
        "03109000000",
        PASSWORD,
        "sai-mat-khau",
        NAME,
        "Mẫu",
        WORDS,
        "Cống",
        PLACE,
        SEARCH,
        "209471234",
        DEVICE,
        "CAMERA",
        token,
        office,
        refresh,
        "tac-cong",
        "Bearer",
        NEW_NUMBER,
        NEW_NAME,
        PHONE,
        "912000017",
        "1992-05-17",
        NEW_PASSWORD,
    ];
    for word in personal.into_iter().chain(secrets.iter().map(String::as_str)) {
        let line = log.lines().find(|line| line.contains(word));
        assert_eq!(line, None, "the log repeats {word}");
    }
}
