//! The profiles of the tree, and mistakes found on their exact line.

use super::*;
use crate::command::Urgency;
use crate::documents::UnitKind;
use crate::session::Role;
use crate::working_time::Duration;

fn thuy_nguyen() -> Profile {
    embedded("thuy-nguyen").unwrap().unwrap_or_else(|errors| panic!("{errors}"))
}

fn day(text: &str) -> CivilDate {
    text.parse().unwrap()
}

fn unit<'a>(profile: &'a Profile, code: &str, from: &str) -> &'a Unit {
    profile.unit(&UnitId::of(code, from)).unwrap()
}

#[test]
fn every_embedded_profile_is_consistent() {
    for id in EMBEDDED {
        let profile = embedded(id).unwrap().unwrap_or_else(|errors| panic!("{errors}"));
        assert_eq!(&profile.locality.id, id);
        assert_eq!(profile.id_provinces.len(), 63);
        let json = serde_json::to_string(&profile.catalogue()).unwrap();
        assert!(json.len() < 200_000, "{id}: {} bytes", json.len());
    }
    assert!(embedded("hue").is_none());
}

#[test]
fn thuy_nguyen_has_its_37_communes_of_april_2024_and_their_successors() {
    let profile = thuy_nguyen();
    let count = |date: &str| {
        let communes = profile.units.iter().filter(|unit| unit.entry.kind == UnitKind::Commune);
        communes.filter(|unit| unit.in_force(day(date))).count()
    };
    assert_eq!((count("2024-04-08"), count("2025-03-01"), count("2025-08-01")), (37, 21, 8));

    let tan_duong = unit(&profile, "11575", "2004-07-08");
    assert_eq!(tan_duong.entry.name.vi, "Xã Tân Dương");
    let next = profile.unit(&tan_duong.entry.successors[0]).unwrap();
    assert_eq!(next.entry.name.vi, "Phường Dương Quan");
    let last = profile.unit(&next.entry.successors[0]).unwrap();
    assert_eq!(last.entry.name.vi, "Phường Thủy Nguyên");

    // The code 11533 named three different units.
    let names =
        ["2004-07-08", "2025-01-01", "2025-07-01"].map(|from| &unit(&profile, "11533", from).entry.name.vi);
    assert_eq!(names, ["Xã An Lư", "Phường An Lư", "Phường Hòa Bình"]);
    let every_2024_commune_goes_on = profile
        .units
        .iter()
        .filter(|unit| unit.entry.kind == UnitKind::Commune && unit.valid_to.is_some())
        .all(|unit| !unit.entry.successors.is_empty());
    assert!(every_2024_commune_goes_on);
}

#[test]
fn hai_duong_has_12_districts_and_235_communes() {
    let profile = embedded("hai-duong").unwrap().unwrap();
    let count = |kind| profile.units.iter().filter(|unit| unit.entry.kind == kind).count();
    assert_eq!((count(UnitKind::District), count(UnitKind::Commune)), (12, 235));
    assert_eq!(profile.locality.report_prefix, "HD");
    assert!(profile.samples.is_empty());
}

#[test]
fn deadlines_follow_the_table_and_the_calendar() {
    let profile = thuy_nguyen();
    let at =
        |text: &str, minutes: i64| crate::time::UtcMillis(day(text).days() * 86_400_000 + minutes * 60_000);
    let allowance = profile.deadlines.allowance(Urgency::Normal, Step::TakeIn);
    assert_eq!(allowance, Duration::WorkingMinutes(480));
    // 26 April 2024, 16:30 in Vietnam is 09:30 UTC; five days off follow.
    let deadline = profile.calendar.add(at("2024-04-26", 9 * 60 + 30), allowance);
    assert_eq!(deadline, at("2024-05-02", 9 * 60 + 30));
    // Saturday 10 January 2026 is worked for Friday 2 January.
    assert_eq!(profile.calendar.openings(day("2026-01-10")).len(), 2);
    assert!(profile.calendar.openings(day("2026-01-02")).is_empty());
    assert_eq!(profile.deadlines.allowance(Urgency::Urgent, Step::TakeIn), Duration::ClockMinutes(60));
}

#[test]
fn every_year_from_2024_to_2027_has_its_holidays() {
    let profile = thuy_nguyen();
    for (year, off_on_weekdays, worked) in [(2024, 12, 1), (2025, 12, 1), (2026, 14, 2), (2027, 12, 0)] {
        let of_year = |day: &&SpecialDay| day.date.year_month_day().0 == year;
        let days: Vec<_> = profile.special_days.iter().filter(of_year).collect();
        let off = days.iter().filter(|day| day.kind == SpecialDayKind::Off).count();
        assert_eq!((off, days.len() - off), (off_on_weekdays, worked), "{year}");
        for day in days {
            let weekend = day.date.weekday() >= 5;
            assert_eq!(weekend, day.kind != SpecialDayKind::Off, "{}", day.date);
            assert_eq!(day.decided, year < 2027, "{}", day.date);
        }
    }
}

#[test]
fn roads_go_to_the_commune_first_and_then_to_the_department() {
    let profile = thuy_nguyen();
    let commune = UnitId::of("11572", "2004-07-08");
    let department = UnitId::of("TN-KTHT", "2024-01-01");
    assert_eq!(profile.routing.suggest("duong_sa", Some(&commune)), [commune.clone(), department.clone()]);
    assert_eq!(profile.routing.suggest("duong_sa", None), [department]);
    assert_eq!(profile.routing.suggest("nothing", Some(&commune)), []);
}

#[test]
fn the_sample_people_have_their_roles() {
    let profile = thuy_nguyen();
    let roles: Vec<_> = profile
        .samples
        .iter()
        .map(|person| (person.display_name.as_str(), person.roles.first().map(|role| role.role)))
        .collect();
    assert_eq!(
        roles,
        [
            ("Nguyễn Văn Mẫu", None),
            ("Phạm Thị Mẫu", None),
            ("Vũ Thị Mẫu", Some(Role::Intake)),
            ("Hoàng Văn Thử", Some(Role::Handler)),
            ("Lê Văn Ví Dụ", Some(Role::Approver)),
            ("Đặng Văn Mẫu", Some(Role::Administrator)),
            ("Ngô Thị Mẫu", Some(Role::TeamMember)),
        ]
    );
    for person in &profile.samples {
        assert_eq!(person.citizen_id.warnings(&profile.id_provinces, 2024), []);
    }
}

#[test]
fn the_catalogue_is_ordered_by_folded_name() {
    let catalogue = thuy_nguyen().catalogue();
    let names: Vec<String> = catalogue.units.iter().map(|unit| crate::fold::fold(&unit.name.vi)).collect();
    assert!(names.is_sorted());
    assert_eq!(catalogue.locality.hotline, "02250000000");
    assert_eq!((catalogue.amber_percent, catalogue.max_photos), (25, 5));
    assert_eq!(catalogue.categories.iter().filter(|category| category.icon.is_some()).count(), 6);
    assert_eq!(catalogue.refusal_reasons.len(), 5);
}

/// The mistakes in Thủy Nguyên's profile after one change in one file.
fn after(file: &str, from: &str, to: &str) -> Vec<String> {
    let mut source = embedded_source("thuy-nguyen").unwrap();
    let text = source.get(file).unwrap().to_owned();
    assert!(text.contains(from), "{file} has no `{from}`");
    source.insert(file, text.replacen(from, to, 1));
    match Profile::parse(&source) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.0.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn every_mistake_is_named_with_its_line() {
    let mut missed = Vec::new();
    for (file, from, to, expected) in [
        (
            "units.csv",
            "u667d9b456a89,11473",
            "u667d9b456a88,11473",
            "units.csv:30: id `u667d9b456a88` should be `u667d9b456a89` for code and valid_from",
        ),
        (
            "units.csv",
            ",Thị trấn Núi Đèo,Núi Đèo Township",
            ",,Núi Đèo Township",
            "units.csv:29: name_vi is empty",
        ),
        (
            "units.csv",
            "2025-01-01,Thị trấn Núi Đèo",
            "2025-02-30,Thị trấn Núi Đèo",
            "units.csv:29: valid_to `2025-02-30`: a date is written YYYY-MM-DD and must exist",
        ),
        (
            "units.csv",
            "2025-01-01,Thị trấn Núi Đèo",
            "2003-01-01,Thị trấn Núi Đèo",
            "units.csv:29: valid_to is not after valid_from",
        ),
        (
            "units.csv",
            "Township,commune,ud4432d32a6b7",
            "Township,commune,u000000000000",
            "units.csv:29: parent_id `u000000000000` is no unit of this file",
        ),
        (
            "units.csv",
            "Township,commune",
            "Township,hamlet",
            "units.csv:29: kind `hamlet` is none of province, district, commune, department, office",
        ),
        (
            "units.csv",
            "id,code,",
            "code,id,",
            "units.csv:6: the header must be `id,code,valid_from,valid_to,name_vi,name_en,kind,parent_id,successors`",
        ),
        (
            "categories.csv",
            "duong_sa,Giao thông",
            "Đường sá,Giao thông",
            "categories.csv:5: code has other characters than a-z, 0-9 and _",
        ),
        (
            "categories.csv",
            "trat_tu,urgent,no",
            "trat_tu,urgent,yes",
            "categories.csv:9: an urgent category must not need a photo",
        ),
        (
            "categories.csv",
            "ha_tang,normal,yes",
            "ha_tang,complex,yes",
            "categories.csv:5: default_urgency `complex` is none of normal, soon, urgent",
        ),
        (
            "rules.toml",
            "take_in = { working_minutes = 480 }",
            "",
            "rules.toml:6: deadlines.normal.take_in is missing",
        ),
        (
            "rules.toml",
            "working_minutes = 4800",
            "working_minutes = 0",
            "rules.toml:8: a deadline of no minutes cannot be met",
        ),
        (
            "rules.toml",
            "amber_percent = 25",
            "amber_percent = 250",
            "rules.toml:26: amber_percent is more than 100",
        ),
        ("hours.toml", "07:30-11:30", "07:30-11:60", "hours.toml:5: an opening is written 07:30-11:30"),
        (
            "hours.toml",
            "13:30-17:30",
            "11:00-17:30",
            "hours.toml:5: weekday 0: openings must be in order, apart and within the day",
        ),
        ("hours.toml", "+07:00", "7", "hours.toml:2: utc_offset is written +07:00"),
        (
            "vietnam/public-holidays.csv",
            "2024-02-08,off",
            "2024-02-08,closed",
            "vietnam/public-holidays.csv:7: kind `closed` is neither off nor working_like_<weekday>",
        ),
        (
            "vietnam/public-holidays.csv",
            "2024-02-09",
            "2024-02-08",
            "vietnam/public-holidays.csv:8: this date stands twice",
        ),
        (
            "locality.toml",
            "report_prefix = \"TN\"",
            "report_prefix = \"tn\"",
            "locality.toml:4: report_prefix is two to four capital letters",
        ),
        (
            "locality.toml",
            "u23f985b113fa",
            "ud4432d32a6b7",
            "locality.toml:8: intake_unit is a unit of another kind",
        ),
        (
            "locality.toml",
            "number = \"113\"",
            "number = \"1 1 3\"",
            "locality.toml:27: number has other characters than digits",
        ),
        (
            "theme.toml",
            "accent = \"#C7351A\"",
            "accent = \"#E4806A\"",
            "theme.toml:17: on-accent on accent has contrast 2.77, less than 4.5",
        ),
        (
            "theme.toml",
            "brand-50 = \"#EDF6F8\"",
            "brand-50 = \"blue\"",
            "theme.toml:14: a colour is written #RRGGBB",
        ),
        (
            "wording.toml",
            "code = \"not_ours\"",
            "code = \"duplicate\"",
            "wording.toml:8: code `duplicate` stands twice",
        ),
        (
            "texts.toml",
            "[group_khac]",
            "[group_khacs]",
            "texts.toml: `group_khac`, the name of a group of categories, is missing",
        ),
        (
            "routing.csv",
            "duong_sa,,@commune",
            "duong_xa,,@commune",
            "routing.csv:3: category `duong_xa` is not in categories.csv",
        ),
        (
            "samples.toml",
            "031090000001",
            "031090000",
            "samples.toml:6: a citizen id has 12 digits, this has 9",
        ),
        (
            "samples.toml",
            "031090000001",
            "031090123451",
            "samples.toml:6: a sample number has zeros in digits 7 to 11",
        ),
        (
            "vietnam/id-provinces.csv",
            "031,Hải Phòng",
            "31,Hải Phòng",
            "vietnam/id-provinces.csv:22: code `31` is not 3 digits",
        ),
    ] {
        let errors = after(file, from, to);
        if !errors.iter().any(|error| error == expected) {
            missed.push(format!("expected {expected}\nfound {errors:#?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_text_that_is_no_toml_is_named_with_its_line() {
    let errors = after("locality.toml", "app_name = \"Thủy Nguyên Smart\"", "app_name = ");
    assert!(errors.iter().any(|error| error.starts_with("locality.toml:3: ")), "{errors:?}");
}

#[test]
fn all_mistakes_are_found_in_one_go() {
    let mut source = embedded_source("thuy-nguyen").unwrap();
    let break_in = |source: &mut ProfileSource, file: &str, from: &str, to: &str| {
        let text = source.get(file).unwrap().replace(from, to);
        source.insert(file, text);
    };
    break_in(&mut source, "hours.toml", "+07:00", "east");
    break_in(&mut source, "rules.toml", "question_days = 5", "");
    break_in(&mut source, "locality.toml", "\"TN\"", "\"T\"");
    break_in(&mut source, "theme.toml", "#0A5263", "#FFFFFF");
    let Err(errors) = Profile::parse(&source) else { panic!("accepted") };
    let files: std::collections::BTreeSet<&str> = errors.0.iter().map(|error| error.file.as_str()).collect();
    assert_eq!(
        files.into_iter().collect::<Vec<_>>(),
        ["hours.toml", "locality.toml", "rules.toml", "theme.toml"]
    );
}

#[test]
fn a_missing_file_is_named() {
    let source: ProfileSource = embedded_source("thuy-nguyen")
        .unwrap()
        .iter()
        .filter(|(name, _)| *name != "theme.toml" && *name != "samples.toml")
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect();
    let Err(errors) = Profile::parse(&source) else { panic!("accepted") };
    assert_eq!(errors.to_string(), "theme.toml: this file is missing");
}

#[test]
fn a_circle_of_parents_and_an_overlap_are_found() {
    let hai_phong = "u55fd9786aa9c";
    let circle = after("units.csv", "Hải Phòng City,province,,", "Hải Phòng City,province,ud4432d32a6b7,");
    assert!(circle.iter().any(|error| error.contains("circle")), "{circle:?}");
    let overlap = after(
        "units.csv",
        &format!("{hai_phong},31,2004-07-08,2025-07-01"),
        &format!("{hai_phong},31,2004-07-08,2026-07-01"),
    );
    assert!(overlap.iter().any(|error| error.contains("code 31 already names")), "{overlap:?}");
}
