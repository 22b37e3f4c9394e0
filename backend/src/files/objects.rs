//! Where bytes lie: names of objects, and the local folder.

use std::path::Path as FilePath;
use std::sync::Arc;

use citizen_contract::ids::{AttachmentId, CommandId};
use futures::{StreamExt as _, TryStreamExt as _};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _};

/// The default store: a folder whose files and directories are synced to the disk before a write
/// counts as done.
///
/// # Errors
/// The folder cannot be made or opened.
pub fn open_folder(folder: &FilePath) -> Result<Arc<dyn ObjectStore>, object_store::Error> {
    std::fs::create_dir_all(folder)
        .map_err(|error| object_store::Error::Generic { store: "folder", source: Box::new(error) })?;
    Ok(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true)))
}

/// Everything of one upload lies below this.
pub(super) fn upload(command: CommandId, attachment: AttachmentId) -> Path {
    Path::from(format!("uploads/{command}/{attachment}"))
}

/// One part. The tail keeps two requests for the same place from writing into one object.
pub(super) fn part(
    command: CommandId,
    attachment: AttachmentId,
    generation: i64,
    start: u64,
    tail: [u8; 8],
) -> Path {
    Path::from(format!("uploads/{command}/{attachment}/{generation}/{start}-{}", hex::encode(tail)))
}

/// Every finished blob of an attachment lies below this.
pub(super) fn blobs(attachment: AttachmentId) -> Path {
    Path::from(format!("blobs/{attachment}"))
}

/// A finished blob: `original`, `display` or `thumb`.
pub(super) fn blob(attachment: AttachmentId, name: &str) -> Path {
    Path::from(format!("blobs/{attachment}/{name}"))
}

/// Removes everything below a prefix; what is gone already is no failure.
pub(super) async fn remove_below(
    store: &Arc<dyn ObjectStore>,
    prefix: &Path,
) -> Result<(), object_store::Error> {
    let found: Vec<Path> = store.list(Some(prefix)).map_ok(|meta| meta.location).try_collect().await?;
    for location in found {
        remove(store, &location).await?;
    }
    Ok(())
}

/// Removes one object if it is there.
pub(super) async fn remove(store: &Arc<dyn ObjectStore>, location: &Path) -> Result<(), object_store::Error> {
    match store.delete(location).await {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// All bytes of several objects, in order.
pub(super) async fn read_all(
    store: &Arc<dyn ObjectStore>,
    locations: &[Path],
    size: usize,
) -> Result<Vec<u8>, object_store::Error> {
    let mut bytes = Vec::with_capacity(size);
    for location in locations {
        let mut stream = store.get(location).await?.into_stream();
        while let Some(piece) = stream.next().await {
            bytes.extend_from_slice(&piece?);
        }
    }
    Ok(bytes)
}
