//! The other end of the browser: a listener on this machine that takes exactly one request, the one
//! that brings the code of this attempt (RFC 8252 §7.3). Everything else that knocks is sent away.

use std::time::Duration;

use citizen_contract::checks::LOOPBACK_PATH;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// The longest head of a request in bytes.
const LONGEST_HEAD: usize = 16 * 1024;
/// How long a connection may take to say what it wants: browsers open some that never do.
const HEAD_WITHIN: Duration = Duration::from_secs(10);

/// What the person reads in the browser.
const PAGE: &str = include_str!("loopback.html");

/// A listener that waits for the browser.
pub struct Loopback {
    listener: TcpListener,
    port: u16,
}

/// What the browser brought. Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub enum Brought {
    /// A code.
    Code(String),
    /// The person, or the provider, said no.
    Refusal,
}

impl std::fmt::Debug for Brought {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Brought { .. }")
    }
}

impl Loopback {
    /// One on a port that the system chooses.
    ///
    /// # Errors
    /// The system's.
    pub async fn open() -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, port })
    }

    /// Where the browser is to go.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}{LOOPBACK_PATH}", self.port)
    }

    /// Waits for the request that carries this state, then listens no more.
    pub async fn wait_for(self, state: &str) -> Brought {
        let (tell, mut told) = mpsc::channel(1);
        loop {
            tokio::select! {
                Some(brought) = told.recv() => return brought,
                accepted = self.listener.accept() => {
                    let Ok((stream, _)) = accepted else { continue };
                    let (tell, state) = (tell.clone(), state.to_owned());
                    // A connection that says nothing must not keep the right one waiting.
                    tokio::spawn(async move {
                        let answered = tokio::time::timeout(HEAD_WITHIN, answer(stream, &state)).await;
                        if let Ok(Some(brought)) = answered {
                            // Nobody waiting any more is as well.
                            let _ = tell.send(brought).await;
                        }
                    });
                }
            }
        }
    }
}

async fn answer(mut stream: TcpStream, state: &str) -> Option<Brought> {
    let head = head(&mut stream).await?;
    let brought = brought(&head, state);
    let (status, page) = if brought.is_some() { ("200 OK", PAGE) } else { ("404 Not Found", "") };
    let text = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\n\
         cache-control: no-store\r\nreferrer-policy: no-referrer\r\n\
         content-security-policy: default-src 'none'; style-src 'unsafe-inline'\r\n\
         x-content-type-options: nosniff\r\nconnection: close\r\n\r\n{page}",
        page.len()
    );
    // The person who closed the browser at once has been there all the same.
    let _ = stream.write_all(text.as_bytes()).await;
    let _ = stream.shutdown().await;
    brought
}

async fn head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut piece = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut piece).await.ok().filter(|read| *read > 0)?;
        head.extend_from_slice(piece.get(..read)?);
        if head.len() > LONGEST_HEAD {
            return None;
        }
    }
    String::from_utf8(head).ok()
}

/// What a request brings, if it is a `GET` of our path with our state.
fn brought(head: &str, state: &str) -> Option<Brought> {
    let mut line = head.lines().next()?.split(' ');
    let (Some("GET"), Some(target)) = (line.next(), line.next()) else { return None };
    let (path, query) = target.split_once('?')?;
    (path == LOOPBACK_PATH).then(|| in_query(query, state)).flatten()
}

/// What a query brings, if it has our state.
pub(super) fn in_query(query: &str, state: &str) -> Option<Brought> {
    let value = |name: &str| {
        query
            .split('&')
            .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
            .map(|(_, it)| it)
    };
    if value("state") != Some(state) {
        return None;
    }
    match value("code").and_then(decoded).filter(|code| !code.is_empty()) {
        Some(code) => Some(Brought::Code(code)),
        None => value("error").map(|_| Brought::Refusal),
    }
}

/// A value of a query, `%XX` and `+` written out.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn knock(address: &str, request: &str) -> String {
        let host = address.trim_start_matches("http://").split('/').next().unwrap();
        let mut stream = TcpStream::connect(host).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        text
    }

    #[tokio::test]
    async fn only_the_right_request_is_taken_and_only_once() {
        let loopback = Loopback::open().await.unwrap();
        let address = loopback.address();
        let waiting = tokio::spawn(async move { loopback.wait_for("dung").await });
        let silent = TcpStream::connect(address.trim_start_matches("http://").split('/').next().unwrap());
        let _silent = silent.await.unwrap();
        for wrong in [
            "GET /national-id?code=a&state=sai HTTP/1.1\r\n\r\n",
            "GET /national-id?code=a HTTP/1.1\r\n\r\n",
            "GET /khac?code=a&state=dung HTTP/1.1\r\n\r\n",
            "GET /national-id?state=dung HTTP/1.1\r\n\r\n",
            "POST /national-id?code=a&state=dung HTTP/1.1\r\n\r\n",
            "GET /favicon.ico HTTP/1.1\r\n\r\n",
        ] {
            assert!(knock(&address, wrong).await.starts_with("HTTP/1.1 404"), "{wrong}");
        }
        assert!(!waiting.is_finished());
        let right = "GET /national-id?code=a%2Bb&state=dung&iss=x HTTP/1.1\r\nhost: x\r\n\r\n";
        let page = knock(&address, right).await;
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("quay lại ứng dụng"), "{page}");
        assert_eq!(waiting.await.unwrap(), Brought::Code("a+b".to_owned()));
        let host = address.trim_start_matches("http://").split('/').next().unwrap();
        assert!(TcpStream::connect(host).await.is_err(), "it listens no more");
    }

    #[tokio::test]
    async fn a_no_is_an_answer_too() {
        let loopback = Loopback::open().await.unwrap();
        let address = loopback.address();
        let waiting = tokio::spawn(async move { loopback.wait_for("dung").await });
        knock(&address, "GET /national-id?error=access_denied&state=dung HTTP/1.1\r\n\r\n").await;
        assert_eq!(waiting.await.unwrap(), Brought::Refusal);
    }
}
