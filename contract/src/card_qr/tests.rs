use proptest::prelude::*;

use super::*;

const OF_2021: &str =
    "031090000001|123456789|Nguyễn Văn Mẫu|17051990|Nam|Thôn 1, Xã Mẫu, Thủy Nguyên, Hải Phòng|25042021";

fn read(text: &str) -> (String, String, String, Option<Sex>, Vec<CardWarning>) {
    let card = Card::parse(text).unwrap();
    (
        card.citizen_id.map(|it| it.reveal().to_owned()).unwrap_or_default(),
        card.full_name.unwrap_or_default(),
        card.birth_date.map(|it| it.to_string()).unwrap_or_default(),
        card.sex,
        card.warnings,
    )
}

#[test]
fn each_known_layout_gives_the_same_person() {
    for text in [
        OF_2021,
        // No old number, as an empty field and as no field.
        "031090000001||Nguyễn Văn Mẫu|17051990|Nam|Thôn 1, Xã Mẫu|25042021",
        "031090000001|Nguyễn Văn Mẫu|17051990|Nam|Thôn 1, Xã Mẫu|25042021",
        // With a date of expiry.
        "031090000001|123456789|Nguyễn Văn Mẫu|17051990|Nam|Thôn 1, Xã Mẫu|25042021|17052030",
        // 2024: the old number, a cancelled number and parents come last.
        "031090000001|Nguyễn Văn Mẫu|17051990|Nam|Thôn 1|01082024|123456789|031090999999|Nguyễn Văn Cha|Trần Thị Mẹ",
        "031090000001||Nguyễn Văn Mẫu|17051990|Nam|Thôn 1|01082024|||Nguyễn Văn Cha|Trần Thị Mẹ",
        // What scanners and printers add.
        "\u{feff}031090000001| |  NguyễnVăn  Mẫu |17/05/1990| nam |Thôn 1|25/04/2021\r\n",
    ] {
        let (number, name, birth, sex, warnings) = read(text);
        assert_eq!((number.as_str(), birth.as_str()), ("031090000001", "1990-05-17"), "{text}");
        assert!(name.starts_with("Nguyễn") && name.ends_with("Mẫu"), "{name}");
        assert_eq!((sex, warnings), (Some(Sex::Male), vec![]), "{text}");
    }
}

#[test]
fn a_name_comes_composed_and_with_single_spaces() {
    let decomposed: String = "Nguyễn  Thị\u{a0}Thử".nfd().collect();
    let (_, name, _, sex, _) = read(&format!("031190000002||{decomposed}|01021990|NỮ|Thôn 2|25042021"));
    assert_eq!((name.as_str(), sex), ("Nguyễn Thị Thử", Some(Sex::Female)));
}

#[test]
fn what_is_wrong_is_named_and_the_rest_is_read() {
    use CardWarning as W;
    for (text, expected) in [
        ("03109000000||Nguyễn Văn Mẫu|17051990|Nam|Thôn 1|25042021", vec![W::NumberMalformed]),
        ("||Nguyễn Văn Mẫu|17051990|Nam|Thôn 1|25042021", vec![W::NumberMissing]),
        ("031090000001|||17051990|Nam|Thôn 1|25042021", vec![W::NameMissing]),
        ("031090000001||Nguyễn Văn Mẫu||Nam|Thôn 1|25042021", vec![W::BirthDateMissing]),
        ("031090000001||Nguyễn Văn Mẫu|31021990|Nam|Thôn 1|25042021", vec![W::BirthDateMalformed]),
        ("031090000001||Nguyễn Văn Mẫu|17051990||Thôn 1|25042021", vec![W::SexMissing]),
        ("031090000001||Nguyễn Văn Mẫu|17051991|Nam|Thôn 1|25042021", vec![W::NumberAndBirthDateDiffer]),
        ("031090000001||Nguyễn Văn Mẫu|17051990|Nữ|Thôn 1|25042021", vec![W::NumberAndSexDiffer]),
        ("031090000001||Nguyễn Văn Mẫu|17051990|Nam", vec![W::TooFewFields]),
    ] {
        assert_eq!(read(text).4, expected, "{text}");
    }
}

#[test]
fn a_date_of_issue_is_never_taken_for_a_birth_date() {
    for text in [
        "031090000001||Nguyễn Văn Mẫu||Nam|Thôn 1|25042021|17052030",
        "031090000001|Nguyễn Văn Mẫu||Nam|Thôn 1|25042021",
        "031090000001||Nguyễn Văn Mẫu|||Thôn 1|25042021",
    ] {
        assert_eq!(read(text).2, "", "{text}");
    }
}

#[test]
fn other_codes_are_no_cards() {
    for text in
        ["", "|||||||", "https://example.com/a|b", "00020101021138540010A00000072701", "1|2|3|4|5|6|7"]
    {
        assert_eq!(Card::parse(text), Err(NotACard), "{text}");
    }
    assert_eq!(Card::parse(&format!("{OF_2021}|{}", "x".repeat(3_000))), Err(NotACard));
}

#[test]
fn nothing_is_shown_by_debug() {
    assert_eq!(format!("{:?}", Card::parse(OF_2021).unwrap()), "Card { .. }");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,300}") {
        let _ = Card::parse(&text);
    }

    #[test]
    fn any_fields_are_read_or_refused(fields in proptest::collection::vec("[0-9a-zà-ỹ/ ]{0,14}", 0..14)) {
        let text = fields.join("|");
        if let Ok(card) = Card::parse(&text) {
            let own = &fields[..fields.len().min(LAST_OWN_FIELD + 1)];
            // Whatever comes out stood in a field that is the holder's own.
            if let Some(found) = card.full_name {
                prop_assert!(own.iter().any(|field| name(field) == Some(found.clone())));
            }
            if let Some(found) = card.birth_date {
                prop_assert!(own.iter().any(|field| date(clean(field)) == Some(found)));
            }
        }
    }

    #[test]
    fn no_extra_field_comes_out(
        extras in proptest::collection::vec("[A-Z][a-z]{3,12}( [A-Z][a-z]{2,8}){1,3}", 1..6),
        old in proptest::option::of("[0-9]{9}"),
        field_of_old in any::<bool>(),
    ) {
        let start = match (old, field_of_old) {
            (Some(old), _) => format!("031090000001|{old}"),
            (None, true) => "031090000001|".to_owned(),
            (None, false) => "031090000001".to_owned(),
        };
        let text = format!("{start}|Nguyễn Văn Mẫu|17051990|Nam|Thôn 1|25042021|{}", extras.join("|"));
        let card = Card::parse(&text).unwrap();
        prop_assert_eq!(card.full_name.as_deref(), Some("Nguyễn Văn Mẫu"));
        prop_assert_eq!(card.birth_date.unwrap().to_string(), "1990-05-17");
        prop_assert!(card.warnings.is_empty());
    }
}
