//! Uploads as devices, bad lines, thieves and crashes make them.

mod crashes;
mod rights;
mod uploads;

use std::sync::Arc;

use bytes::Bytes;
use citizen_contract::command::AttachmentDeclaration;
use citizen_contract::documents::PhotoState;
use citizen_contract::hash::ContentHash;
use citizen_contract::ids::{AttachmentId, CommandId, ReportId};
use futures::TryStreamExt as _;
use object_store::ObjectStore as _;

use super::*;
use crate::db::Db;
use crate::joined::ReportPhotos;
use crate::testing::{Person, World};

/// A world with a report that announced files.
struct Desk {
    world: World,
    files: Files,
    report: ReportId,
    command: CommandId,
}

impl Desk {
    async fn with(db: Db, photos: &[AttachmentDeclaration]) -> Self {
        let world = World::over(db).await;
        let submit = world.submit().with(photos.to_vec());
        let report = world.accept(Person::Citizen, &submit).await.report_id.unwrap();
        let files = Files::new(world.backend.clone(), Arc::new(ReportPhotos), Arc::new(NoFaults));
        Self { world, files, report, command: submit.id }
    }

    fn key(&self, person: Person, photo: &AttachmentDeclaration) -> UploadKey {
        UploadKey { account: person.account(), command: self.command, attachment: photo.id }
    }

    async fn offset(&self, photo: &AttachmentDeclaration) -> u64 {
        status(&self.files, &self.key(Person::Citizen, photo)).await.unwrap().offset
    }

    async fn put(
        &self,
        photo: &AttachmentDeclaration,
        offset: usize,
        bytes: &[u8],
    ) -> Result<u64, FilesError> {
        append(&self.files, &self.key(Person::Citizen, photo), chunk(offset, bytes)).await
    }

    /// How the sender sees the photos.
    async fn states(&self) -> Vec<PhotoState> {
        let view = self.world.view(Person::Citizen, self.report).await.unwrap();
        view.photos.into_iter().map(|photo| photo.state).collect()
    }

    async fn fetch(&self, person: Person, photo: &AttachmentDeclaration, form: Variant) -> Option<Vec<u8>> {
        let served = serve(&self.files, &self.world.reader(person), photo.id, form).await.ok()?;
        Some(served.object.bytes().await.unwrap().to_vec())
    }

    /// Every object that is still of an upload on its way.
    async fn parts_left(&self) -> usize {
        let prefix = object_store::path::Path::from("uploads");
        self.files.backend.blobs.list(Some(&prefix)).try_collect::<Vec<_>>().await.unwrap().len()
    }

    /// How many events say that a photo has arrived.
    async fn arrivals(&self) -> i64 {
        let count = "SELECT COUNT(*) FROM report_events WHERE act LIKE 'photo_%'";
        self.world.read(move |tx| tx.query_one(count, crate::params![], |row| row.int(0))).await
    }
}

fn chunk(offset: usize, bytes: &[u8]) -> Chunk {
    let bytes = Bytes::copy_from_slice(bytes);
    Chunk { offset: offset as u64, checksum: Some(ContentHash::of(&bytes)), bytes, cut: false }
}

/// An attachment with these bytes; the number keeps two apart.
fn photo(number: u8, bytes: &[u8]) -> AttachmentDeclaration {
    AttachmentDeclaration {
        id: AttachmentId::from_parts(citizen_contract::time::UtcMillis(1_712_282_400_000), [number; 10]),
        sha256: ContentHash::of(bytes),
        size: bytes.len() as u64,
        media_type: "image/jpeg".to_owned(),
        captured_at: None,
        captured_where: None,
    }
}

/// A picture with a grain that keeps it from shrinking to nothing.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(width, height, |x, y| {
        let grain = x.wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(40_503)) >> 7;
        image::Rgb([(grain & 0x7f) as u8, (x % 256) as u8, (y % 256) as u8])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}
