//! Sending without a window.

use super::*;

async fn written(device: &Device) -> App {
    let app = device.signed_in().await;
    device.backend.set(Mood::Portal);
    let draft = app.draft_new().await.unwrap();
    app.draft_save(draft.id, form(&app)).await.unwrap();
    app.draft_add_photo(draft.id, camera(), Agreement::default()).await.unwrap();
    app.draft_submit(draft.id).await.unwrap().command_id.unwrap();
    app
}

#[tokio::test]
async fn a_run_without_a_network_leaves_everything_and_the_next_sends_it() {
    let device = Device::new().await;
    let app = written(&device).await;
    app.lock_set("246813", None).await.unwrap();
    drop(app);
    // As the system begins a process of its own: nobody has typed the PIN.
    let app = device.start().await;
    assert!(app.flush().await.unwrap(), "something is left");
    device.backend.set(Mood::Fine);
    assert!(!app.flush().await.unwrap());
    assert!(!app.anything_to_send().await.unwrap());
    assert_eq!(device.backend.order().len(), 1);
}

#[tokio::test]
async fn an_app_that_runs_is_told_and_waited_for() {
    let device = Device::new().await;
    let app = Arc::new(written(&device).await);
    device.backend.set(Mood::Fine);
    let running = tokio::spawn({
        let app = app.clone();
        async move { app.run().await }
    });
    app.sent_all().await.unwrap();
    assert_eq!(device.backend.order().len(), 1);
    running.abort();
}

#[tokio::test]
async fn nobody_has_nothing_to_send() {
    let device = Device::new().await;
    let app = device.start().await;
    assert!(!app.anything_to_send().await.unwrap());
    assert!(!app.flush().await.unwrap());
}
