//! The proxy against a small server that counts what reaches it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;

const ANSWER: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\nconnection: close\r\n\r\nxong!";
const REQUEST: &str = "POST /v1/commands HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nphố xá";

/// A server that answers each whole request, and counts those.
async fn backend() -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&served);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let count = Arc::clone(&count);
            tokio::spawn(async move {
                let Some(head) = head::read(&mut stream).await else { return };
                let mut rest = vec![0; head.body - head.begun.len()];
                if stream.read_exact(&mut rest).await.is_ok() {
                    count.fetch_add(1, Ordering::SeqCst);
                    let _ = stream.write_all(ANSWER.as_bytes()).await;
                }
            });
        }
    });
    (address, served)
}

/// Sends one request and reads to the end of the answer.
async fn ask(proxy: &Proxy) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(proxy.address).await?;
    stream.write_all(REQUEST.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

#[tokio::test]
async fn carries_while_on_and_counts_refusals_while_off() {
    let (address, served) = backend().await;
    let proxy = Proxy::start(address).await.unwrap();
    assert_eq!(ask(&proxy).await.unwrap(), ANSWER);
    proxy.go_offline().await;
    for _ in 0..3 {
        ask(&proxy).await.unwrap_err();
    }
    proxy.until(|counters| counters.refused == 3).await;
    let while_off = proxy.counters();
    assert_eq!((while_off.connections, while_off.requests), (1, 1));
    proxy.go_online().await;
    assert_eq!(ask(&proxy).await.unwrap(), ANSWER);
    assert_eq!(served.load(Ordering::SeqCst), 2);
    assert_eq!(proxy.counters().down, 2 * ANSWER.len() as u64);
}

#[tokio::test]
async fn an_unplugged_network_refuses_in_the_operating_system_and_comes_back() {
    let (address, _) = backend().await;
    let proxy = Proxy::start(address).await.unwrap();
    proxy.switch(Network::Unplugged).await;
    assert_eq!(ask(&proxy).await.unwrap_err().kind(), std::io::ErrorKind::ConnectionRefused);
    proxy.go_online().await;
    assert_eq!(ask(&proxy).await.unwrap(), ANSWER);
}

#[tokio::test]
async fn a_request_cut_at_any_byte_but_the_last_never_counts() {
    let (address, served) = backend().await;
    let proxy = Proxy::start(address).await.unwrap();
    ask(&proxy).await.unwrap();
    let size = proxy.exchanges()[0].up;
    for bytes in 0..size {
        proxy.next(Match::post("/v1/commands"), Fault::CutRequest(bytes));
        ask(&proxy).await.unwrap_err();
    }
    assert_eq!(served.load(Ordering::SeqCst), 1);
    assert!(proxy.exchanges()[1..].iter().enumerate().all(|(bytes, one)| one.up == bytes && !one.whole));
}

#[tokio::test]
async fn a_lost_or_cut_answer_was_given_by_the_backend() {
    let (address, served) = backend().await;
    let proxy = Proxy::start(address).await.unwrap();
    proxy.next(Match::any(), Fault::LoseAnswer);
    ask(&proxy).await.unwrap_err();
    proxy.next(Match::any(), Fault::CutAnswer(ANSWER.len() - 1));
    ask(&proxy).await.unwrap_err();
    proxy.next(Match::any(), Fault::Twice);
    assert_eq!(ask(&proxy).await.unwrap(), ANSWER);
    assert_eq!(served.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn others_answer_in_the_backends_place_as_often_as_ordered() {
    let (address, served) = backend().await;
    let proxy = Proxy::start(address).await.unwrap();
    let busy = Answer::problem(429, "too-many-requests").retry_after(7);
    proxy.next(Match::post("/v1/other"), Fault::Answer(Answer::status(500)));
    proxy.next(Match::post("/v1/commands"), Fault::Answer(busy));
    proxy.always(Match::post("/v1/commands"), Fault::Answer(Answer::portal_page()));
    let first = ask(&proxy).await.unwrap();
    assert!(first.starts_with("HTTP/1.1 429") && first.contains("retry-after: 7"), "{first}");
    for _ in 0..2 {
        assert!(ask(&proxy).await.unwrap().contains("<!doctype html>"));
    }
    assert_eq!(served.load(Ordering::SeqCst), 0);
    proxy.heal();
    proxy.next(Match::any(), Fault::forge(|body| body.to_ascii_uppercase()));
    assert!(ask(&proxy).await.unwrap().ends_with("\r\n\r\nXONG!"));
}
