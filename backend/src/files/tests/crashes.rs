//! The power fails between any two steps.

use std::sync::Mutex;

use super::*;
use crate::db::testing::each_engine;

/// Stops once, after one step.
struct Once(Mutex<Option<Step>>);

impl Faults for Once {
    fn after(&self, step: Step) -> Result<(), FilesError> {
        let mut armed = self.0.lock().unwrap();
        if *armed == Some(step) {
            *armed = None;
            return Err(FilesError::Interrupted);
        }
        Ok(())
    }
}

/// What a device does after a lost answer: asks for the offset and goes on from there.
async fn go_on(desk: &Desk, photo: &AttachmentDeclaration, bytes: &[u8]) {
    for _ in 0..3 {
        let at = usize::try_from(desk.offset(photo).await).unwrap();
        if at == bytes.len() {
            return;
        }
        let to = (at + bytes.len() / 2 + 1).min(bytes.len());
        desk.put(photo, at, &bytes[at..to]).await.unwrap();
    }
    panic!("three requests after a crash did not finish the upload");
}

#[tokio::test]
async fn a_crash_after_any_step_loses_nothing_and_doubles_nothing() {
    for step in Step::ALL {
        each_engine(async |db| {
            let bytes = picture(400, 300);
            let photo = photo(1, &bytes);
            let mut desk = Desk::with(db, std::slice::from_ref(&photo)).await;
            let (first, rest) = bytes.split_at(bytes.len() / 2);
            // The first piece meets the early steps, the last one all of them.
            let in_first = matches!(step, Step::UploadOpened);
            if !in_first {
                desk.put(&photo, 0, first).await.unwrap();
            }
            desk.files.faults = Arc::new(Once(Mutex::new(Some(step))));
            let crashed = if in_first {
                desk.put(&photo, 0, first).await
            } else {
                desk.put(&photo, first.len(), rest).await
            };
            assert!(matches!(crashed, Err(FilesError::Interrupted)), "{step:?} was never reached");

            go_on(&desk, &photo, &bytes).await;
            assert_eq!(desk.states().await, [PhotoState::Received], "{step:?}");
            assert_eq!(desk.arrivals().await, 1, "{step:?}");
            assert_eq!(desk.fetch(Person::Citizen, &photo, Variant::Original).await, Some(bytes), "{step:?}");
            sweep(&desk.files).await.unwrap();
            assert_eq!(desk.parts_left().await, 0, "{step:?} left parts behind");
        })
        .await;
    }
}

#[tokio::test]
async fn an_upload_that_nobody_goes_on_with_is_swept_and_can_begin_again() {
    each_engine(async |db| {
        let bytes = picture(64, 64);
        let photo = photo(1, &bytes);
        let desk = Desk::with(db, std::slice::from_ref(&photo)).await;
        desk.put(&photo, 0, &bytes[..100]).await.unwrap();
        desk.world.clock.advance_ms(UNFINISHED_MS);
        assert_eq!(sweep(&desk.files).await.unwrap(), 0, "a week is not over yet");
        desk.world.clock.advance_ms(1);
        assert_eq!(sweep(&desk.files).await.unwrap(), 1);
        assert_eq!((desk.offset(&photo).await, desk.parts_left().await), (0, 0));
        desk.put(&photo, 0, &bytes).await.unwrap();
        assert_eq!(desk.states().await, [PhotoState::Received]);
    })
    .await;
}
