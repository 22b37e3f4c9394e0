//! Links to a report, opened outside the app.

use super::*;

const OWN: &str = "thuynguyensmart://r/TN-000001";

async fn sent(device: &Device) -> (App, String) {
    let app = device.signed_in().await;
    let draft = app.draft_new().await.unwrap();
    app.draft_save(draft.id, form(&app)).await.unwrap();
    app.draft_add_photo(draft.id, camera(), Agreement::default()).await.unwrap();
    let queued = app.draft_submit(draft.id).await.unwrap().command_id.unwrap();
    settle(&app).await;
    (app, queued.to_string())
}

#[tokio::test]
async fn a_link_leads_to_the_own_report_once() {
    let device = Device::new().await;
    let (app, report) = sent(&device).await;
    let mut heard = app.subscribe();
    app.link_opened(OWN);
    assert_eq!(heard.recv().await.unwrap(), CoreEvent::Link);
    let led = app.link_take().await.unwrap().unwrap();
    assert_eq!((led.number.as_deref(), led.report_id), (Some("TN-000001"), Some(report)));
    assert!(app.link_take().await.unwrap().is_none());
}

#[tokio::test]
async fn somebody_elses_report_and_no_report_at_all_look_the_same() {
    let device = Device::new().await;
    let (app, _) = sent(&device).await;
    app.link_opened("thuynguyensmart://r/TN-000002");
    let led = app.link_take().await.unwrap().unwrap();
    assert_eq!((led.number.as_deref(), led.report_id), (Some("TN-000002"), None));
    app.link_opened("https://xa.example/r/TN-000001");
    let led = app.link_take().await.unwrap().unwrap();
    assert_eq!((led.number, led.report_id), (None, None));
}

#[tokio::test]
async fn a_link_waits_for_whoever_may_see_what_it_names() {
    let device = Device::new().await;
    let (app, _) = sent(&device).await;
    let pin = "246813";
    app.lock_set(pin, None).await.unwrap();
    app.lock_now().await.unwrap();
    app.link_opened(OWN);
    assert!(matches!(app.link_take().await, Err(AppError::Locked)));
    app.lock_open(pin).await.unwrap();
    assert!(app.link_take().await.unwrap().unwrap().report_id.is_some());
    app.sign_out().await.unwrap();
    app.link_opened(OWN);
    assert!(matches!(app.link_take().await, Err(AppError::SignedOut)));
    app.sign_in("0310 9900 0001", "mật khẩu mẫu").await.unwrap();
    assert!(app.link_take().await.unwrap().is_some());
}
