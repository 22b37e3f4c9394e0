//! The table of hand-worked cases, and a naive minute-by-minute model.

use proptest::prelude::*;

use super::*;
use crate::time::UtcMillis;

const MINUTE: i64 = 60_000;
const OFFSET: i64 = 7 * 60;

fn date(text: &str) -> CivilDate {
    text.parse().unwrap()
}

/// `2024-04-08 08:00` in Vietnam.
fn local(text: &str) -> UtcMillis {
    let (day, time) = text.split_once(' ').unwrap();
    let (hours, minutes) = time.split_once(':').unwrap();
    let minutes = hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap();
    UtcMillis((date(day).days() * 1_440 + minutes - OFFSET) * MINUTE)
}

fn show(moment: UtcMillis) -> String {
    let minutes = moment.0.div_euclid(MINUTE) + OFFSET;
    let day = CivilDate::from_days(minutes.div_euclid(1_440));
    let rest = minutes.rem_euclid(1_440);
    format!("{day} {:02}:{:02}", rest / 60, rest % 60)
}

fn offices() -> WorkingCalendar {
    let day = vec![Opening { from: 450, until: 690 }, Opening { from: 810, until: 1_050 }];
    let week = [day.clone(), day.clone(), day.clone(), day.clone(), day, vec![], vec![]];
    let mut calendar = WorkingCalendar::new(420, week).unwrap();
    for (from, until) in [
        ("2024-01-01", "2024-01-01"),
        ("2024-02-08", "2024-02-14"),
        ("2024-04-18", "2024-04-18"),
        ("2024-04-29", "2024-05-01"),
        ("2024-05-13", "2024-05-13"),
        ("2024-09-02", "2024-09-03"),
        ("2025-01-01", "2025-01-01"),
        ("2025-01-27", "2025-01-31"),
        ("2025-04-30", "2025-05-02"),
        ("2026-08-31", "2026-09-02"),
    ] {
        for days in date(from).days()..=date(until).days() {
            calendar.close(CivilDate::from_days(days));
        }
    }
    calendar.open_like(date("2024-05-04"), 0);
    calendar.open_like(date("2025-04-26"), 4);
    calendar.open_like(date("2026-08-22"), 0);
    calendar
}

#[test]
fn the_hand_worked_table() {
    let calendar = offices();
    let rows: Vec<&str> =
        include_str!("cases.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(rows.len() >= 25, "only {} rows", rows.len());
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [start, allowance, expected, why] = cells.as_slice() else { panic!("{row}") };
        let minutes = allowance.trim_end_matches(['w', 'c']).parse().unwrap();
        let allowance = match allowance.ends_with('w') {
            true => Duration::WorkingMinutes(minutes),
            false => Duration::ClockMinutes(minutes),
        };
        let deadline = calendar.add(local(start), allowance);
        assert_eq!(&show(deadline), expected, "{why}: {row}");
        if allowance.pace() == Pace::Working {
            let between = calendar.working_minutes_between(local(start), deadline);
            assert_eq!(between, i64::from(minutes), "{why}: {row}");
        }
    }
}

#[test]
fn a_question_stops_the_clock() {
    let calendar = offices();
    let deadline = calendar.add(local("2024-04-08 08:00"), Duration::WorkingMinutes(960));
    assert_eq!(show(deadline), "2024-04-10 08:00");
    // Asked on Monday at 17:00 with 540 minutes left, answered on Wednesday at 09:00.
    let moved =
        calendar.resume(deadline, Pace::Working, local("2024-04-08 17:00"), local("2024-04-10 09:00"));
    assert_eq!(show(moved), "2024-04-11 10:00");
    // Asked on Friday evening, answered on Sunday: no working time has passed.
    let weekend = calendar.resume(
        local("2024-04-15 08:00"),
        Pace::Working,
        local("2024-04-12 18:00"),
        local("2024-04-14 12:00"),
    );
    assert_eq!(show(weekend), "2024-04-15 08:00");
    // The clock's pace moves by the length of the pause.
    let urgent = calendar.resume(
        local("2024-04-13 00:50"),
        Pace::Clock,
        local("2024-04-12 23:55"),
        local("2024-04-13 00:25"),
    );
    assert_eq!(show(urgent), "2024-04-13 01:20");
}

#[test]
fn a_pause_never_mends_a_missed_deadline() {
    let calendar = offices();
    let deadline = local("2024-04-08 10:00");
    let late = calendar.resume(deadline, Pace::Working, local("2024-04-08 10:01"), local("2024-04-09 10:00"));
    assert_eq!(late, deadline);
    let backwards =
        calendar.resume(deadline, Pace::Working, local("2024-04-08 09:00"), local("2024-04-08 08:00"));
    assert_eq!(backwards, deadline);
}

#[test]
fn the_share_left_counts_only_what_counts() {
    let calendar = offices();
    let (start, deadline) = (local("2024-04-12 08:00"), local("2024-04-16 08:00"));
    for (now, percent) in [
        ("2024-04-11 08:00", 100),
        ("2024-04-12 08:00", 100),
        ("2024-04-14 12:00", 53),
        ("2024-04-15 14:00", 25),
        ("2024-04-16 07:30", 3),
        ("2024-04-16 07:59", 0),
        ("2024-04-16 08:00", 0),
        ("2024-04-18 08:00", 0),
    ] {
        let left = calendar.percent_left(Pace::Working, start, deadline, local(now));
        // 960 minutes in all: 510 left on the weekend, 240 on Monday at 14:00.
        assert_eq!(left, percent, "{now}");
    }
}

#[test]
fn hours_that_are_no_calendar_are_refused() {
    let empty = || -> [Vec<Opening>; 7] { Default::default() };
    assert_eq!(WorkingCalendar::new(420, empty()), Err(CalendarError::NeverOpen));
    for openings in [
        vec![Opening { from: 600, until: 600 }],
        vec![Opening { from: 600, until: 1_441 }],
        vec![Opening { from: 600, until: 700 }, Opening { from: 650, until: 800 }],
    ] {
        let mut week = empty();
        week[2] = openings;
        assert_eq!(WorkingCalendar::new(420, week), Err(CalendarError::BadOpening { weekday: 2 }));
    }
    let mut week = empty();
    week[0] = vec![Opening { from: 0, until: 1 }];
    assert_eq!(WorkingCalendar::new(900, week), Err(CalendarError::BadOffset));
}

/// Any week with at least one opening, in any zone, with some special days in early 1970.
fn calendars() -> impl Strategy<Value = WorkingCalendar> {
    let day = prop_oneof![
        2 => Just(Vec::new()),
        5 => (0u16..700, 1u16..300, 0u16..200, 1u16..240).prop_map(|(from, long, rest, again)| {
            let noon = from + long;
            vec![
                Opening { from, until: noon },
                Opening { from: noon + rest, until: noon + rest + again },
            ]
        }),
    ];
    let week =
        prop::array::uniform7(day).prop_filter("never open", |week| week.iter().any(|day| !day.is_empty()));
    (week, -840i32..=840, prop::collection::vec((0i64..40, 0usize..10), 0..20)).prop_map(
        |(week, offset, special)| {
            let mut calendar = WorkingCalendar::new(offset, week).unwrap();
            for (day, like) in special {
                match like {
                    7.. => calendar.close(CivilDate::from_days(day)),
                    weekday => calendar.open_like(CivilDate::from_days(day), weekday),
                }
            }
            calendar
        },
    )
}

/// Whether the minute that starts at `moment` is an office minute, looked up one by one.
fn open_at(calendar: &WorkingCalendar, moment: i64) -> bool {
    let local = moment + i64::from(calendar.utc_offset_minutes());
    let of_day = local.rem_euclid(1_440);
    calendar
        .openings(CivilDate::from_days(local.div_euclid(1_440)))
        .iter()
        .any(|opening| (i64::from(opening.from)..i64::from(opening.until)).contains(&of_day))
}

/// Walks the clock minute by minute.
fn naive_add(calendar: &WorkingCalendar, start: i64, minutes: u32) -> i64 {
    let (mut now, mut left) = (start, minutes);
    while left > 0 {
        if open_at(calendar, now) {
            left -= 1;
        }
        now += 1;
    }
    now
}

proptest! {
    #[test]
    fn adding_agrees_with_walking(calendar in calendars(), start in 0i64..60_000, minutes in 0u32..3_000) {
        let fast = calendar.add(UtcMillis(start * MINUTE), Duration::WorkingMinutes(minutes));
        prop_assert_eq!(fast.0, naive_add(&calendar, start, minutes) * MINUTE);
    }

    #[test]
    fn counting_agrees_with_walking(calendar in calendars(), from in 0i64..60_000, long in 0i64..10_000) {
        let walked = (from..from + long).filter(|minute| open_at(&calendar, *minute)).count() as i64;
        let (from, until) = (UtcMillis(from * MINUTE), UtcMillis((from + long) * MINUTE));
        prop_assert_eq!(calendar.working_minutes_between(from, until), walked);
        prop_assert_eq!(calendar.working_minutes_between(until, from), -walked);
    }

    #[test]
    fn adding_and_counting_are_inverse_to_the_millisecond(
        calendar in calendars(), start in 0i64..4_000_000_000, minutes in 1u32..5_000,
    ) {
        let start = UtcMillis(start);
        let deadline = calendar.add(start, Duration::WorkingMinutes(minutes));
        prop_assert_eq!(calendar.spent(Pace::Working, start, deadline), i64::from(minutes) * MINUTE);
        // The earliest such moment: a millisecond sooner is not enough.
        let sooner = UtcMillis(deadline.0 - 1);
        prop_assert_eq!(calendar.spent(Pace::Working, start, sooner), i64::from(minutes) * MINUTE - 1);
    }

    #[test]
    fn a_pause_keeps_what_was_left(
        calendar in calendars(), start in 0i64..4_000_000_000, minutes in 1u32..5_000,
        wait in 0i64..400_000_000, pause in 1i64..400_000_000,
    ) {
        let start = UtcMillis(start);
        let deadline = calendar.add(start, Duration::WorkingMinutes(minutes));
        let paused = UtcMillis(start.0 + wait);
        let resumed = UtcMillis(paused.0 + pause);
        let moved = calendar.resume(deadline, Pace::Working, paused, resumed);
        prop_assert!(moved >= deadline);
        if paused < deadline {
            let left = calendar.spent(Pace::Working, paused, deadline);
            prop_assert_eq!(calendar.spent(Pace::Working, resumed, moved.max(resumed)), left);
        }
    }
}
