use citizen_contract::profile::embedded;

use super::*;

fn form() -> RegisterForm {
    RegisterForm {
        citizen_id: "031 090 000 001".into(),
        full_name: " Nguyễn  Văn Mẫu ".into(),
        birth_date: Some("17/05/1990".into()),
        sex: Some(Sex::Male),
        phone: "0912 000 001".into(),
        home_unit: None,
        representative_phone: None,
        consents: vec![ConsentGiven { purpose: "account".into(), wording: "2024-04".into() }],
    }
}

fn check(form: &RegisterForm) -> RegisterCheck {
    let profile = embedded("thuy-nguyen").unwrap().unwrap();
    form.check(Known {
        province_codes: &profile.id_provinces,
        mobile_prefixes: &profile.mobile_prefixes,
        today: "2024-04-08".parse().unwrap(),
    })
}

fn problems(form: &RegisterForm) -> Vec<(RegisterField, FieldProblemCode, Option<u32>)> {
    check(form).problems.into_iter().map(|it| (it.field, it.code, it.digits)).collect()
}

#[test]
fn a_sound_form_is_sent_in_one_spelling() {
    assert!(check(&form()).problems.is_empty() && check(&form()).warnings.is_empty());
    let request = form().request("Máy mẫu");
    assert_eq!((request.citizen_id.as_str(), request.full_name.as_str()), ("031090000001", "Nguyễn Văn Mẫu"));
    assert_eq!(request.birth_date.as_deref(), Some("1990-05-17"));
}

#[test]
fn each_field_says_what_is_wrong_with_it() {
    use FieldProblemCode as C;
    use RegisterField as F;
    type Case = (fn(&mut RegisterForm), (F, C, Option<u32>));
    let cases: [Case; 12] = [
        (|it| it.citizen_id = "031 000 000 01".into(), (F::CitizenId, C::TooShort, Some(11))),
        (|it| it.citizen_id = "0310900000012".into(), (F::CitizenId, C::TooLong, Some(13))),
        (|it| it.citizen_id = String::new(), (F::CitizenId, C::Missing, None)),
        (|it| it.citizen_id = "03109000000O".into(), (F::CitizenId, C::NotADigit, None)),
        (|it| it.full_name = " ".into(), (F::FullName, C::Missing, None)),
        (|it| it.full_name = "Mẫu 2".into(), (F::FullName, C::Malformed, None)),
        (|it| it.full_name = "Mẫu".repeat(60), (F::FullName, C::TooLong, None)),
        (|it| it.birth_date = Some("30/02/1990".into()), (F::BirthDate, C::Malformed, None)),
        (|it| it.phone = "0912 000".into(), (F::Phone, C::TooShort, Some(7))),
        (|it| it.phone = "+1 650 253 0000".into(), (F::Phone, C::Foreign, None)),
        (|it| it.phone = String::new(), (F::Phone, C::Missing, None)),
        (|it| it.consents.clear(), (F::Consents, C::Missing, None)),
    ];
    for (break_it, expected) in cases {
        let mut form = form();
        break_it(&mut form);
        assert_eq!(problems(&form), [expected]);
    }
}

#[test]
fn under_fourteen_is_refused_and_up_to_sixteen_a_representative_confirms() {
    let born = |number: &str, date: Option<&str>| RegisterForm {
        citizen_id: number.into(),
        birth_date: date.map(str::to_owned),
        ..form()
    };
    let child = born("031210000001", Some("2010-04-09"));
    assert_eq!(problems(&child), [(RegisterField::BirthDate, FieldProblemCode::TooYoung, None)]);
    let mut young = born("031210000001", Some("2010-04-08"));
    assert_eq!(problems(&young), [(RegisterField::RepresentativePhone, FieldProblemCode::Missing, None)]);
    assert!(check(&young).representative_needed);
    young.representative_phone = Some("0912 000 002".into());
    assert!(check(&young).problems.is_empty());
    assert!(!check(&born("031208000001", Some("2008-04-08"))).representative_needed);
    // Without a birth date the year of the number stands in.
    assert_eq!(
        problems(&born("031211000001", None)),
        [(RegisterField::CitizenId, FieldProblemCode::TooYoung, None)]
    );
    assert_eq!(check(&born("031210000001", None)).age, Some(14));
}

#[test]
fn what_is_only_odd_never_keeps_anybody_out() {
    let odd = RegisterForm { citizen_id: "999191000001".into(), ..form() };
    assert!(check(&odd).problems.is_empty());
    assert_eq!(
        check(&odd).warnings,
        [
            CardWarning::NumberAndBirthDateDiffer,
            CardWarning::NumberAndSexDiffer,
            CardWarning::UnknownProvince
        ]
    );
}
