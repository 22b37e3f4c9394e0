use citizen_contract::problem::{Problem, ProblemCode};

use super::*;

fn answer(status: u16, content_type: &str, body: Vec<u8>) -> Response {
    Response { status, headers: vec![("content-type".to_owned(), content_type.to_owned())], body }
}

fn ours(code: ProblemCode) -> Response {
    let body = serde_json::to_vec(&Problem::new(code)).unwrap();
    answer(code.status(), "application/problem+json", body)
}

#[test]
fn a_captive_portal_is_no_success_and_no_refusal() {
    for (status, body) in
        [(200, "<html>Đăng nhập Wi-Fi</html>"), (302, ""), (403, "<html>"), (404, "<html>"), (511, "<html>")]
    {
        let portal = answer(status, "text/html", body.as_bytes().to_vec());
        let retry = of_answer(&portal).unwrap_err();
        assert!(matches!(retry, Retry::Offline | Retry::Later(_)), "{status} became {retry:?}");
    }
}

#[test]
fn every_code_of_ours_is_final_unless_it_says_wait_or_sign_in() {
    for code in ProblemCode::ALL {
        let retry = of_status(&ours(*code));
        let expected_final = !matches!(
            code,
            ProblemCode::SignInRequired
                | ProblemCode::TooManyRequests
                | ProblemCode::PredecessorUnknown
                | ProblemCode::DutyOpen
                | ProblemCode::NationalUnavailable
                | ProblemCode::Internal
                | ProblemCode::StorageFull
                | ProblemCode::CodesPaused
                | ProblemCode::Unavailable
        );
        assert_eq!(matches!(retry, Retry::Final(_)), expected_final, "{code:?} became {retry:?}");
    }
    assert_eq!(of_status(&ours(ProblemCode::SignInRequired)), Retry::Login);
}

#[test]
fn retry_after_is_read_and_nonsense_in_it_is_not() {
    let mut busy = ours(ProblemCode::TooManyRequests);
    busy.headers.push(("retry-after".to_owned(), "30".to_owned()));
    assert_eq!(of_status(&busy), Retry::Later(Some(30_000)));
    let mut dated = ours(ProblemCode::Unavailable);
    dated.headers.push(("retry-after".to_owned(), "Mon, 01 Apr 2024 07:00:00 GMT".to_owned()));
    assert_eq!(of_status(&dated), Retry::Later(None));
}

#[test]
fn a_proxy_that_finds_the_text_too_large_is_believed() {
    assert!(matches!(of_status(&answer(413, "text/html", Vec::new())), Retry::Final(_)));
}

#[test]
fn an_upload_that_lost_its_place_asks_for_it_and_a_refused_file_goes_to_the_person() {
    assert_eq!(of_upload(&ours(ProblemCode::OffsetMismatch)), UploadRetry::AskOffset);
    assert_eq!(of_upload(&ours(ProblemCode::ChecksumMismatch)), UploadRetry::AskOffset);
    assert_eq!(of_upload(&ours(ProblemCode::UnsupportedMedia)), UploadRetry::Unreadable);
    assert_eq!(of_upload(&answer(404, "text/html", Vec::new())), UploadRetry::Like(Retry::Later(None)));
}
