//! `report.submit`: a citizen sends a report.

use citizen_contract::command::{Place, Position, Submit};
use citizen_contract::fold::fold;
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::report_state::ReportState;

use crate::db::Tx;
use crate::ledger::counts::Queue;
use crate::ledger::{Beginning, Done, Order, Payload, Refusal, ReportRow, chain, deadlines, words};

/// The most characters of a title.
const TITLE: usize = 80;

/// Makes the report; its id is the command's id.
///
/// # Errors
/// A refusal that names the field to blame.
pub fn apply(tx: &mut Tx<'_>, order: &Order, body: &Submit) -> Result<Done, Refusal> {
    plan(order, body)?.write(tx, order)
}

/// All of it that needs no database.
///
/// # Errors
/// A refusal that names the field to blame.
pub fn plan(order: &Order, body: &Submit) -> Result<Beginning, Refusal> {
    words(&body.words, "/body/words")?;
    place(order, &body.place)?;
    let category = order
        .profile
        .category(&body.category)
        .ok_or_else(|| Problem::new(ProblemCode::UnknownCategory).at("/body/category"))?;
    if order.envelope.attachments.len() > usize::from(order.profile.photos.max_count) {
        return Err(Problem::new(ProblemCode::Invalid).at("/attachments").into());
    }
    let urgency = category.default_urgency;
    let take_in_by = deadlines::take_in_by(&order.profile, urgency, order.now);
    let number = order.number.clone().unwrap_or_default();
    let row = ReportRow {
        id: order.envelope.id.into(),
        sender: order.reader.account,
        intake_unit: order.profile.locality.intake_unit.clone(),
        handling_unit: None,
        answered_by: None,
        revision: 1,
        state: ReportState::Received,
        category: body.category.clone(),
        urgency,
        // What a child sends is handled like anything else and shown to nobody else.
        public: body.public && !order.reader.child,
        place_unit: body.place.unit_id.clone(),
        title: title(&body.words),
        submitted_at: order.now,
        take_in_by,
        answer_by: None,
        paused_since: None,
        queue: Queue::ToTakeIn,
        due_at: take_in_by,
        photos_declared: u32::try_from(order.envelope.attachments.len()).unwrap_or(u32::MAX),
        photos_received: 0,
        events: 0,
        head: chain::GENESIS.to_vec(),
        number,
    };
    let folded = fold(&format!("{} {} {}", row.number, body.words, body.place.words));
    let payload = Payload {
        words: Some(body.words.clone()),
        place: Some(body.place.clone()),
        category: Some(body.category.clone()),
        urgency: Some(urgency),
        ..Payload::default()
    };
    Ok(Beginning::new(order, row, payload, &folded)?)
}

fn place(order: &Order, place: &Place) -> Result<(), Problem> {
    let blame = |code, field| Err(Problem::new(code).at(field));
    if place.unit_id.is_none() && place.position.is_none() && place.words.trim().is_empty() {
        return blame(ProblemCode::Invalid, "/body/place");
    }
    // A commune that has been merged since the report was written still names the place.
    if place.unit_id.as_ref().is_some_and(|unit| order.profile.unit(unit).is_none()) {
        return blame(ProblemCode::UnknownUnit, "/body/place/unit_id");
    }
    if !place.words.is_empty() {
        words(&place.words, "/body/place/words")?;
    }
    if place.position.is_some_and(|position| !on_earth(position)) {
        return blame(ProblemCode::Invalid, "/body/place/position");
    }
    Ok(())
}

fn on_earth(position: Position) -> bool {
    position.lat_e7.unsigned_abs() <= 900_000_000 && position.lon_e7.unsigned_abs() <= 1_800_000_000
}

/// The first words on one line.
fn title(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= TITLE {
        return line;
    }
    let cut: String = line.chars().take(TITLE.saturating_sub(1)).collect();
    // Not in the middle of a word, unless the word is endless.
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_and_ends_at_a_word() {
        assert_eq!(title("  Ngập úng\n ở  ngõ 12 "), "Ngập úng ở ngõ 12");
        let long = title(&"đường ".repeat(40));
        assert!(long.chars().count() <= TITLE && long.ends_with("đường…"), "{long}");
        assert_eq!(title(&"a".repeat(200)).chars().count(), TITLE);
    }
}
