//! The ZIP on its way: packed piece by piece, and no faster than it is taken.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, StreamExt as _, stream};
use object_store::ObjectStoreExt as _;
use object_store::path::Path;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::Copy;
use super::archive::photo_name;

/// How much is packed at a time.
const PIECE: usize = 64 * 1024;
/// How many pieces wait for a slow line.
const WAITING: usize = 4;
/// Who takes nothing for so long has gone.
const PATIENCE: Duration = Duration::from_secs(60);

impl Copy {
    /// The bytes. `turn` is given back when they are all sent, or nobody takes them any more.
    pub fn stream(
        self,
        turn: OwnedSemaphorePermit,
    ) -> impl Stream<Item = Result<Bytes, io::Error>> + Send + 'static {
        let (sending, receiving) = mpsc::channel(WAITING);
        tokio::spawn(async move {
            let _turn = turn;
            if let Err(error) = self.pack(&sending).await {
                // The connection is broken off, so that nobody takes a part for the whole.
                tracing::warn!(kind = ?error.kind(), "a copy of somebody's data was broken off");
                let _ = sending.send(Err(io::Error::from(error.kind()))).await;
            }
        });
        stream::unfold(receiving, |mut receiving| async move {
            receiving.recv().await.map(|piece| (piece, receiving))
        })
    }

    async fn pack(self, to: &mpsc::Sender<Result<Bytes, io::Error>>) -> io::Result<()> {
        let packed = Packed::default();
        let mut zip = ZipWriter::new_stream(packed.clone());
        let words = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .unix_permissions(0o600);
        for (name, text) in &self.texts {
            zip.start_file(name.as_str(), words)?;
            for piece in text.chunks(PIECE) {
                zip.write_all(piece)?;
                packed.hand_over(to).await?;
            }
        }
        // Pictures are packed already.
        let pictures = words.compression_method(CompressionMethod::Stored);
        for photo in &self.photos {
            let from = Path::from(format!("blobs/{}/original", photo.id));
            match self.blobs.get(&from).await {
                // Erased, or swept, since the rows were read; they say so.
                Err(object_store::Error::NotFound { .. }) => {}
                Err(_) => return Err(io::ErrorKind::Other.into()),
                Ok(object) => {
                    zip.start_file(photo_name(photo), pictures)?;
                    carry(&mut zip, object.into_stream(), &packed, to).await?;
                }
            }
        }
        zip.finish()?;
        packed.hand_over(to).await
    }
}

async fn carry(
    zip: &mut ZipWriter<StreamWriter<Packed>>,
    mut bytes: impl Stream<Item = object_store::Result<Bytes>> + Unpin,
    packed: &Packed,
    to: &mpsc::Sender<Result<Bytes, io::Error>>,
) -> io::Result<()> {
    while let Some(piece) = bytes.next().await {
        let piece = piece.map_err(|_| io::Error::from(io::ErrorKind::Other))?;
        for part in piece.chunks(PIECE) {
            zip.write_all(part)?;
            packed.hand_over(to).await?;
        }
    }
    Ok(())
}

/// Where the writer puts what is packed, until it is handed over.
#[derive(Clone, Default)]
struct Packed(Arc<Mutex<Vec<u8>>>);

impl Packed {
    async fn hand_over(&self, to: &mpsc::Sender<Result<Bytes, io::Error>>) -> io::Result<()> {
        let bytes = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if bytes.is_empty() {
            return Ok(());
        }
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        to.send_timeout(Ok(Bytes::from(bytes)), PATIENCE).await.map_err(|_| gone())
    }
}

impl Write for Packed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
