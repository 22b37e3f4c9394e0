//! Bytes in pieces over bad lines.

use citizen_contract::sync::Nudge;

use super::*;
use crate::db::testing::each_engine;

#[tokio::test]
async fn a_photo_comes_in_pieces_and_is_then_seen_by_the_office() {
    each_engine(async |db| {
        let bytes = picture(1900, 1200);
        let photo = photo(1, &bytes);
        let desk = Desk::with(db, std::slice::from_ref(&photo)).await;
        let mut nudges = desk.world.backend.nudges.listen();
        let (first, rest) = bytes.split_at(100_000);
        assert_eq!(desk.offset(&photo).await, 0);
        assert_eq!(desk.put(&photo, 0, first).await.unwrap(), 100_000);
        assert_eq!(desk.offset(&photo).await, 100_000);
        assert_eq!(desk.states().await, [PhotoState::Awaited]);
        assert!(nudges.try_recv().is_err(), "half a photo is nothing to look at");

        assert_eq!(desk.put(&photo, 100_000, rest).await.unwrap(), photo.size);
        assert_eq!(desk.offset(&photo).await, photo.size);
        assert_eq!(desk.states().await, [PhotoState::Received]);
        assert_eq!((desk.parts_left().await, desk.arrivals().await), (0, 1));
        let told: Vec<Nudge> = std::iter::from_fn(|| nudges.try_recv().ok()).collect();
        assert!(told.contains(&Nudge::Queue), "{told:?}");

        let display = desk.fetch(Person::Officer, &photo, Variant::Display).await.unwrap();
        let thumb = desk.fetch(Person::Officer, &photo, Variant::Thumb).await.unwrap();
        let sizes = [display, thumb].map(|jpeg| {
            let shown = image::load_from_memory_with_format(&jpeg, image::ImageFormat::Jpeg).unwrap();
            (shown.width(), shown.height())
        });
        assert_eq!(sizes, [(1600, 1011), (320, 202)]);
    })
    .await;
}

#[tokio::test]
async fn bytes_for_another_place_change_nothing_and_tell_the_true_offset() {
    each_engine(async |db| {
        let bytes = picture(64, 64);
        let photo = photo(1, &bytes);
        let desk = Desk::with(db, std::slice::from_ref(&photo)).await;
        desk.put(&photo, 0, &bytes[..100]).await.unwrap();
        for wrong in [0, 99, 101] {
            let refused = desk.put(&photo, wrong, &bytes[wrong..]).await;
            assert!(matches!(refused, Err(FilesError::OffsetMismatch { offset: 100 })), "{wrong}");
        }
        assert_eq!(desk.offset(&photo).await, 100);
        desk.put(&photo, 100, &bytes[100..]).await.unwrap();
        assert_eq!(desk.states().await, [PhotoState::Received]);
    })
    .await;
}

#[tokio::test]
async fn a_damaged_piece_is_not_kept_and_one_too_long_neither() {
    each_engine(async |db| {
        let bytes = picture(64, 64);
        let photo = photo(1, &bytes);
        let desk = Desk::with(db, std::slice::from_ref(&photo)).await;
        let mut damaged = chunk(0, &bytes[..100]);
        damaged.checksum = Some(ContentHash::of(b"something else"));
        let key = desk.key(Person::Citizen, &photo);
        assert!(matches!(append(&desk.files, &key, damaged).await, Err(FilesError::ChecksumMismatch)));
        let long = [bytes.as_slice(), b"!"].concat();
        assert!(matches!(desk.put(&photo, 0, &long).await, Err(FilesError::TooLarge)));
        assert_eq!((desk.offset(&photo).await, desk.parts_left().await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn what_came_before_the_line_broke_is_kept_unless_a_checksum_covers_the_rest() {
    each_engine(async |db| {
        let bytes = picture(64, 64);
        let photo = photo(1, &bytes);
        let desk = Desk::with(db, std::slice::from_ref(&photo)).await;
        let key = desk.key(Person::Citizen, &photo);
        let cut = Chunk { cut: true, ..chunk(0, &bytes[..100]) };
        assert!(append(&desk.files, &key, cut.clone()).await.is_err());
        assert_eq!(desk.offset(&photo).await, 0);
        let unchecked = Chunk { checksum: None, ..cut };
        assert!(matches!(append(&desk.files, &key, unchecked).await, Err(FilesError::CutOff)));
        assert_eq!(desk.offset(&photo).await, 100);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_not_the_one_announced_starts_again() {
    each_engine(async |db| {
        let bytes = picture(64, 64);
        let photo = photo(1, &bytes);
        let desk = Desk::with(db, std::slice::from_ref(&photo)).await;
        let mut other = bytes.clone();
        other[50] ^= 1;
        desk.put(&photo, 0, &other[..100]).await.unwrap();
        assert!(matches!(desk.put(&photo, 100, &other[100..]).await, Err(FilesError::ChecksumMismatch)));
        assert_eq!((desk.offset(&photo).await, desk.parts_left().await), (0, 0));
        assert_eq!(desk.states().await, [PhotoState::Awaited]);
        desk.put(&photo, 0, &bytes).await.unwrap();
        assert_eq!(desk.states().await, [PhotoState::Received]);
    })
    .await;
}

#[tokio::test]
async fn two_photos_with_equal_bytes_are_two_photos_and_both_are_sent() {
    each_engine(async |db| {
        let bytes = picture(64, 64);
        let twins = [photo(1, &bytes), photo(2, &bytes)];
        let desk = Desk::with(db, &twins).await;
        desk.put(&twins[0], 0, &bytes).await.unwrap();
        assert_eq!(desk.offset(&twins[1]).await, 0, "a known hash spares nobody the sending");
        assert_eq!(desk.states().await, [PhotoState::Received, PhotoState::Awaited]);
        desk.put(&twins[1], 0, &bytes).await.unwrap();
        assert_eq!(desk.states().await, [PhotoState::Received, PhotoState::Received]);
    })
    .await;
}

#[tokio::test]
async fn the_same_piece_sent_many_times_at_once_counts_once() {
    each_engine(async |db| {
        let bytes = picture(64, 64);
        let photo = photo(1, &bytes);
        let desk = Desk::with(db, std::slice::from_ref(&photo)).await;
        let all = futures::future::join_all((0..10).map(|_| desk.put(&photo, 0, &bytes))).await;
        assert!(all.iter().any(Result::is_ok));
        assert!(
            all.iter().all(|one| matches!(one, Ok(_) | Err(FilesError::OffsetMismatch { .. }))),
            "{all:?}"
        );
        assert_eq!(desk.states().await, [PhotoState::Received]);
        assert_eq!((desk.parts_left().await, desk.arrivals().await), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn what_is_no_picture_is_kept_and_called_unreadable() {
    each_engine(async |db| {
        let broken = [&picture(64, 64)[..20], b"and then something else".as_slice()].concat();
        let files = [b"GIF89a, or so it says".to_vec(), broken];
        let photos = [photo(1, &files[0]), photo(2, &files[1])];
        let desk = Desk::with(db, &photos).await;
        for (photo, bytes) in photos.iter().zip(&files) {
            desk.put(photo, 0, bytes).await.unwrap();
            assert_eq!(desk.fetch(Person::Officer, photo, Variant::Display).await, None);
            assert_eq!(desk.fetch(Person::Citizen, photo, Variant::Original).await.as_ref(), Some(bytes));
        }
        assert_eq!(desk.states().await, [PhotoState::Unreadable, PhotoState::Unreadable]);
    })
    .await;
}
