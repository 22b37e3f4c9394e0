//! The head of a request, as far as carrying it needs.

use tokio::io::{AsyncRead, AsyncReadExt as _};

/// The longest head that is read.
const LONGEST: usize = 64 * 1024;

/// A request's head and whatever of its body came along.
pub(super) struct Head {
    pub(super) method: String,
    pub(super) path: String,
    /// The head as it goes on: one request a connection, so that its end is the connection's end.
    pub(super) text: Vec<u8>,
    /// The size of the body in bytes.
    pub(super) body: usize,
    /// The first bytes of the body.
    pub(super) begun: Vec<u8>,
}

/// Reads a head; nothing if the peer went away or speaks no HTTP with a length.
pub(super) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Head> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if bytes.len() > LONGEST || stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let begun = bytes.split_off(end);
    parse(std::str::from_utf8(&bytes).ok()?, begun)
}

fn parse(text: &str, begun: Vec<u8>) -> Option<Head> {
    let mut lines = text.split("\r\n").filter(|line| !line.is_empty());
    let first = lines.next()?;
    let mut words = first.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut kept = format!("{first}\r\nconnection: close\r\n");
    let mut body = 0;
    for line in lines {
        let (name, value) = line.split_once(':')?;
        match name.to_ascii_lowercase().as_str() {
            "connection" => continue,
            "transfer-encoding" => return None,
            "content-length" => body = value.trim().parse().ok()?,
            _ => {}
        }
        kept.push_str(line);
        kept.push_str("\r\n");
    }
    kept.push_str("\r\n");
    Some(Head { method, path, text: kept.into_bytes(), body, begun })
}

/// The size of an answer's head including its empty line.
pub(super) fn answer_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4)
}
