//! Who may send, and who may look.

use super::*;
use crate::db::testing::each_engine;

#[tokio::test]
async fn only_what_one_s_own_accepted_command_announced_can_be_sent() {
    each_engine(async |db| {
        let bytes = picture(64, 64);
        let photo = photo(1, &bytes);
        let desk = Desk::with(db, std::slice::from_ref(&photo)).await;
        let mine = desk.key(Person::Citizen, &photo);
        let other = CommandId(desk.world.fresh_id().0);
        let strange = [
            desk.key(Person::Neighbour, &photo),
            desk.key(Person::Officer, &photo),
            UploadKey { command: other, ..mine },
            UploadKey { attachment: AttachmentId(other.0), ..mine },
        ];
        for key in strange {
            assert!(matches!(status(&desk.files, &key).await, Err(FilesError::NotFound)), "{key:?}");
            let sent = append(&desk.files, &key, chunk(0, &bytes)).await;
            assert!(matches!(sent, Err(FilesError::NotFound)), "{key:?}");
        }
        assert_eq!(desk.offset(&photo).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_refused_command_announces_nothing() {
    each_engine(async |db| {
        let bytes = picture(64, 64);
        let desk = Desk::with(db, &[]).await;
        let photo = photo(1, &bytes);
        let refused = desk.world.submit_words("").with(vec![photo.clone()]);
        desk.world.refuse(Person::Citizen, &refused).await;
        let key = UploadKey { command: refused.id, ..desk.key(Person::Citizen, &photo) };
        assert!(matches!(status(&desk.files, &key).await, Err(FilesError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn each_sees_what_they_may_and_the_rest_does_not_exist() {
    each_engine(async |db| {
        let bytes = with_exif(&picture(40, 20));
        let photo = photo(1, &bytes);
        let desk = Desk::with(db, std::slice::from_ref(&photo)).await;
        desk.put(&photo, 0, &bytes).await.unwrap();

        assert_eq!(desk.fetch(Person::Citizen, &photo, Variant::Original).await, Some(bytes.clone()));
        let shown = desk.fetch(Person::Officer, &photo, Variant::Display).await.unwrap();
        assert!(!contains(&shown, b"Exif") && !contains(&shown, b"CAMERA"), "metadata reached the office");
        let upright = image::load_from_memory(&shown).unwrap();
        assert_eq!((upright.width(), upright.height()), (20, 40), "the camera was held upright");
        assert_eq!(desk.fetch(Person::Officer, &photo, Variant::Original).await, None);
        for stranger in [Person::Neighbour, Person::Handler, Person::Elsewhere] {
            for form in [Variant::Display, Variant::Thumb, Variant::Original] {
                assert_eq!(desk.fetch(stranger, &photo, form).await, None, "{stranger:?} {form:?}");
            }
        }
    })
    .await;
}

/// The picture with an EXIF block that says "turn it by 90 degrees" and names the camera.
fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08".to_vec();
    exif.extend(2_u16.to_be_bytes());
    exif.extend(b"\x01\x10\0\x02\0\0\0\x07\0\0\0\x26");
    exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
    exif.extend(0_u32.to_be_bytes());
    exif.extend(b"CAMERA\0");
    let length = u16::try_from(exif.len() + 2).unwrap();
    [&jpeg[..2], b"\xff\xe1", &length.to_be_bytes(), &exif, &jpeg[2..]].concat()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
