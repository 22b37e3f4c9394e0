//! A gateway that fails, delays and answers wrongly, on a real socket of this machine.

use std::sync::Mutex;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use citizen_contract::phone::Phone;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::*;

/// What a gateway does with a message.
#[derive(Clone)]
enum Does {
    Answers(u16, &'static str),
    Redirects,
    NeverAnswers,
}

type Heard = Arc<Mutex<Vec<(HeaderMap, String)>>>;

struct Server {
    url: String,
    heard: Heard,
    task: JoinHandle<()>,
}

impl Server {
    async fn that(does: Does) -> Self {
        let heard = Heard::default();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/send?id=7", listener.local_addr().unwrap());
        let router = Router::new().route("/send", post(answer)).with_state((does, heard.clone()));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, heard, task }
    }

    fn heard(&self) -> Vec<(HeaderMap, String)> {
        self.heard.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(
    State((does, heard)): State<(Does, Heard)>,
    headers: HeaderMap,
    body: String,
) -> axum::response::Response {
    use axum::response::IntoResponse as _;
    heard.lock().unwrap().push((headers, body));
    match does {
        Does::Answers(status, body) => (StatusCode::from_u16(status).unwrap(), body).into_response(),
        Does::Redirects => axum::response::Redirect::temporary("/send").into_response(),
        Does::NeverAnswers => std::future::pending().await,
    }
}

fn gateway(url: &str) -> Gateway {
    Gateway {
        url: url.to_owned(),
        body: r#"{"to":"{phone}","text":"{text}","key":"{secret}"}"#.to_owned(),
        kind: BodyKind::Json,
        header: Some("authorization: Bearer {secret}".to_owned()),
        expect: Some("\"status\":\"ok\"".to_owned()),
        secret: Secret::new("bí-mật".to_owned()),
        timeout: Duration::from_secs(5),
    }
}

fn message() -> Message {
    Message {
        to: Phone::from_e164("+84912000001").unwrap(),
        code: "012345".to_owned(),
        text: "Mã \"012345\" {phone}\nkhông đưa ai".to_owned(),
    }
}

async fn sent(gateway: Gateway) -> Result<(), MessengerError> {
    HttpMessenger::new(gateway).unwrap().send(&message()).await
}

#[tokio::test]
async fn a_message_arrives_with_its_values_written_safely() {
    let server = Server::that(Does::Answers(200, r#"{"status":"ok"}"#)).await;
    let gateway = Gateway { secret: Secret::new("bi-mat".to_owned()), ..gateway(&server.url) };
    sent(gateway.clone()).await.unwrap();
    let form = Gateway {
        kind: BodyKind::Form,
        body: "to={phone}&code={code}&text={text}".to_owned(),
        header: None,
        ..gateway
    };
    sent(form).await.unwrap();
    let [(headers, json), (form_headers, form)] = <[_; 2]>::try_from(server.heard()).unwrap();
    assert_eq!(headers["authorization"], "Bearer bi-mat");
    assert_eq!(headers["content-type"], "application/json");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["text"], message().text, "a place named in a value is not filled");
    assert_eq!((&json["to"], &json["key"]), (&"+84912000001".into(), &"bi-mat".into()));
    assert_eq!(form_headers["content-type"], "application/x-www-form-urlencoded");
    assert!(form_headers.get("authorization").is_none());
    let start = "to=%2B84912000001&code=012345&text=M%C3%A3%20%22012345%22%20%7Bphone%7D%0A";
    assert!(form.starts_with(start), "{form}");
}

#[tokio::test]
async fn a_gateway_that_refuses_or_answers_something_else_took_nothing_over() {
    for (does, error) in [
        (Does::Answers(500, r#"{"status":"ok"}"#), MessengerError::Refused(500)),
        (Does::Answers(401, ""), MessengerError::Refused(401)),
        (Does::Answers(200, r#"{"status":"no money left"}"#), MessengerError::OtherAnswer),
        (Does::Answers(200, "<html>Please sign in to the Wi-Fi</html>"), MessengerError::OtherAnswer),
        (Does::Answers(204, ""), MessengerError::OtherAnswer),
        (Does::Redirects, MessengerError::Refused(307)),
    ] {
        let server = Server::that(does).await;
        let gateway = Gateway { header: None, ..gateway(&server.url) };
        assert_eq!(sent(gateway).await, Err(error));
        assert_eq!(server.heard().len(), 1, "nothing is sent twice, nor to another address");
    }
}

#[tokio::test]
async fn a_gateway_that_is_silent_or_not_there_is_told_apart() {
    let server = Server::that(Does::NeverAnswers).await;
    let silent = Gateway { header: None, timeout: Duration::from_millis(100), ..gateway(&server.url) };
    assert_eq!(sent(silent.clone()).await, Err(MessengerError::TimedOut));
    let gone = TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap();
    let nobody = Gateway { url: format!("http://{gone}/"), timeout: Duration::from_secs(5), ..silent };
    assert_eq!(sent(nobody).await, Err(MessengerError::Unreachable));
}

#[test]
fn a_gateway_that_would_give_codes_away_is_not_used() {
    let with = |change: fn(&mut Gateway)| {
        let mut gateway = Gateway { header: None, ..gateway("https://sms.example/send") };
        change(&mut gateway);
        HttpMessenger::new(gateway).err()
    };
    assert_eq!(with(|_| {}), None);
    assert_eq!(with(|it| it.url = "http://sms.example/send".into()), Some(GatewayError::Address));
    assert_eq!(with(|it| it.url = "not an address".into()), Some(GatewayError::Address));
    assert_eq!(with(|it| it.body = r#"{"to":"{phone}"}"#.into()), Some(GatewayError::Body));
    assert_eq!(with(|it| it.body = "{text}".into()), Some(GatewayError::Body));
    assert_eq!(with(|it| it.header = Some("bearer".into())), Some(GatewayError::Header));
    let shown = format!("{:?} {:?}", gateway("https://sms.example/"), message());
    assert!(!shown.contains("bí-mật") && !shown.contains("012345"), "{shown}");
}

#[tokio::test]
async fn the_file_is_for_this_machine_and_this_user_only() {
    let folder = tempfile::tempdir().unwrap();
    let here: SocketAddr = "127.0.0.1:8080".parse().unwrap();
    let everywhere: SocketAddr = "0.0.0.0:8080".parse().unwrap();
    let in_public = MessengerChoice::Log.open(everywhere, true, folder.path()).err();
    assert!(matches!(in_public, Some(MessengerSetupError::LogInPublic(_))));
    for (choice, listen, demo, sends) in [
        (MessengerChoice::Usual, everywhere, true, false),
        (MessengerChoice::Usual, here, false, false),
        (MessengerChoice::Usual, here, true, true),
        (MessengerChoice::Log, "[::1]:80".parse().unwrap(), false, true),
    ] {
        let messenger = choice.open(listen, demo, folder.path()).unwrap();
        assert_eq!(messenger.send(&message()).await.is_ok(), sends, "{choice:?} {listen} {demo}");
    }
    let path = folder.path().join(CODES_FILE);
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 2);
    let line: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!((line["to"].as_str(), line["code"].as_str()), (Some("+84912000001"), Some("012345")));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
