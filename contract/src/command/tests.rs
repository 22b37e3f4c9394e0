//! Exact texts of commands, and what smuggles something into one.

use super::*;

fn rating() -> String {
    let envelope = Envelope {
        id: "018e9a4e-8a00-7000-8000-000000000001".parse().unwrap(),
        credential: Credential::Account,
        after: None,
        expected_revision: Some(5),
        created_at: UtcMillis(1_712_000_000_000),
        attachments: Vec::new(),
        body: CommandBody::Rate(Rate {
            report_id: ReportId("018e9a4e-8a00-7000-8000-000000000002".parse().unwrap()),
            rating: Rating::Unresolved,
            words: "Vẫn còn ngập".to_owned(),
        }),
    };
    serde_json::to_string(&envelope).unwrap()
}

#[test]
fn what_was_written_is_read_again() {
    let text = rating();
    assert_eq!(serde_json::to_string(&Envelope::parse(&text).unwrap()).unwrap(), text);
}

#[test]
fn unknown_doubled_and_smuggled_fields_are_refused() {
    let text = rating();
    let smuggled = text.replacen('{', r#"{"role":"admin","#, 1);
    assert_eq!(Envelope::parse(&smuggled), Err(EnvelopeError::Shape));
    let inner = text.replace(r#""rating""#, r#""state":"closed","rating""#);
    assert_eq!(Envelope::parse(&inner), Err(EnvelopeError::Shape));
    let doubled = text.replacen('{', r#"{"kind":"report.rate","#, 1);
    assert_eq!(Envelope::parse(&doubled), Err(EnvelopeError::Shape));
    assert_eq!(Envelope::parse("{"), Err(EnvelopeError::NotJson));
    assert_eq!(Envelope::parse(&text.replace("report.rate", "report.burn")), Err(EnvelopeError::UnknownKind));
}
