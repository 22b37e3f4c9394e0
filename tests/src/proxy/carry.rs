//! One connection, one request: reads it, lets its fault happen, carries what remains.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::door::reset;
use super::fault::{Fault, Forgery};
use super::head::{self, Head};
use super::{Network, Shared};

/// Serves a connection until its one request is answered, or the network goes.
pub(super) async fn serve(mut client: TcpStream, shared: Arc<Shared>) {
    let _ = client.set_nodelay(true);
    let mut network = shared.network.subscribe();
    let served = tokio::select! {
        served = exchange(&mut client, &shared) => served,
        _ = network.wait_for(|network| *network != Network::On) => Ok(End::Reset),
    };
    match served {
        Ok(End::Orderly) => drain(client).await,
        Ok(End::Reset) | Err(_) => reset(&client),
    }
}

/// How a client's connection ends.
enum End {
    Orderly,
    Reset,
}

/// Ends a connection without cutting what is still on its way to the client.
async fn drain(mut client: TcpStream) {
    if client.shutdown().await.is_ok() {
        let mut rest = [0; 1024];
        while client.read(&mut rest).await.is_ok_and(|read| read > 0) {}
    }
}

async fn exchange(client: &mut TcpStream, shared: &Shared) -> io::Result<End> {
    let Some(head) = head::read(client).await else { return Ok(End::Orderly) };
    let at = shared.record.begin(&head.method, &head.path);
    let fault = shared.faults.meet(&head.method, &head.path);
    let mut carried = Carried { client, shared, at };
    match fault {
        Some(Fault::Answer(answer)) => {
            carried.request(&head).await?;
            carried.give(&answer.bytes()).await?;
            Ok(End::Orderly)
        }
        Some(Fault::CutRequest(bytes)) => {
            carried.pass_some(head, bytes).await?;
            Ok(End::Reset)
        }
        Some(Fault::CutAnswer(bytes)) => {
            let answer = carried.whole_answer(&head).await?;
            carried.give(answer.get(..bytes).unwrap_or(&answer)).await?;
            Ok(End::Reset)
        }
        Some(Fault::LoseAnswer) => {
            carried.whole_answer(&head).await?;
            Ok(End::Reset)
        }
        Some(Fault::Twice) => carried.twice(&head).await,
        Some(Fault::Forge(forgery)) => {
            let answer = carried.whole_answer(&head).await?;
            carried.give(&forged(&answer, &forgery)).await?;
            Ok(End::Orderly)
        }
        None => carried.pass(head).await,
    }
}

struct Carried<'a> {
    client: &'a mut TcpStream,
    shared: &'a Shared,
    at: usize,
}

impl Carried<'_> {
    /// The whole request as it goes on.
    async fn request(&mut self, head: &Head) -> io::Result<Vec<u8>> {
        let mut whole = head.text.clone();
        whole.extend_from_slice(&head.begun);
        let mut missing = head.body.saturating_sub(head.begun.len());
        let mut buffer = vec![0; 64 * 1024];
        while missing > 0 {
            let read = self.client.read(&mut buffer).await?;
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            whole.extend_from_slice(&buffer[..read]);
            missing = missing.saturating_sub(read);
        }
        Ok(whole)
    }

    /// Gives the backend the first bytes of the request and resets it.
    async fn pass_some(&mut self, head: Head, bytes: usize) -> io::Result<()> {
        let whole = self.request(&head).await?;
        let mut backend = self.connect().await?;
        let part = whole.get(..bytes).unwrap_or(&whole);
        backend.write_all(part).await?;
        self.shared.record.up(self.at, part.len());
        reset(&backend);
        Ok(())
    }

    /// Gives the backend the whole request and reads its whole answer.
    async fn whole_answer(&mut self, head: &Head) -> io::Result<Vec<u8>> {
        let whole = self.request(head).await?;
        self.ask(&whole).await
    }

    async fn ask(&mut self, request: &[u8]) -> io::Result<Vec<u8>> {
        let mut backend = self.connect().await?;
        backend.write_all(request).await?;
        self.shared.record.up(self.at, request.len());
        let mut answer = Vec::new();
        backend.read_to_end(&mut answer).await?;
        Ok(answer)
    }

    async fn twice(&mut self, head: &Head) -> io::Result<End> {
        let whole = self.request(head).await?;
        self.ask(&whole).await?;
        let answer = self.ask(&whole).await?;
        self.give(&answer).await?;
        self.shared.record.whole(self.at);
        Ok(End::Orderly)
    }

    /// Carries request and answer as they come; a long answer is carried line by line.
    async fn pass(&mut self, head: Head) -> io::Result<End> {
        let whole = self.request(&head).await?;
        let mut backend = self.connect().await?;
        backend.write_all(&whole).await?;
        self.shared.record.up(self.at, whole.len());
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = tokio::select! {
                read = backend.read(&mut buffer) => read?,
                // A client that left must not keep the backend waiting.
                left = left(self.client) => return left,
            };
            if read == 0 {
                self.shared.record.whole(self.at);
                return Ok(End::Orderly);
            }
            self.give(&buffer[..read]).await?;
        }
    }

    async fn give(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.client.write_all(bytes).await?;
        self.shared.record.down(self.at, bytes.len());
        Ok(())
    }

    async fn connect(&self) -> io::Result<TcpStream> {
        let address = *self.shared.upstream.borrow();
        let backend = TcpStream::connect(address).await?;
        backend.set_nodelay(true)?;
        Ok(backend)
    }
}

/// Ends when the client's side of the connection has ended.
async fn left(client: &TcpStream) -> io::Result<End> {
    let mut one = [0; 1];
    match client.peek(&mut one).await? {
        0 => Ok(End::Reset),
        // Bytes of a second request: it was told to close, so that they are never answered.
        _ => std::future::pending().await,
    }
}

fn forged(answer: &[u8], forgery: &Forgery) -> Vec<u8> {
    let Some(end) = head::answer_head(answer) else { return answer.to_vec() };
    let body = forgery(answer.get(end..).unwrap_or_default());
    let head = String::from_utf8_lossy(answer.get(..end.saturating_sub(2)).unwrap_or_default()).into_owned();
    let kept: String = head
        .split_inclusive("\r\n")
        .filter(|line| {
            let name = line.to_ascii_lowercase();
            !name.starts_with("content-length:") && !name.starts_with("transfer-encoding:")
        })
        .collect();
    [format!("{kept}content-length: {}\r\n\r\n", body.len()).as_bytes(), &body].concat()
}
