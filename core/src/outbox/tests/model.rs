//! Random lives of an outbox against a model that is too simple to be wrong.

use std::collections::BTreeMap;

use citizen_contract::command::{CommandBody, Envelope, OnReport};
use citizen_contract::hash::ContentHash;
use citizen_contract::ids::{CommandId, ReportId};
use citizen_contract::outcome::Receipt;
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::signed::{Purpose, Signed};
use ed25519_dalek::SigningKey;
use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum Op {
    Queue {
        lane: usize,
    },
    /// Somebody sends what is due, and this happens to one command after the other.
    Send {
        fates: Vec<Fate>,
    },
    Recall {
        pick: usize,
    },
    Delete {
        pick: usize,
    },
    /// The sender vanishes between claim and answer.
    Crash,
}

#[derive(Debug, Clone, Copy)]
enum Fate {
    Accepted,
    Refused,
    NeverLeft,
    AnswerLost,
}

fn op() -> impl Strategy<Value = Op> {
    let fate = prop_oneof![
        3 => Just(Fate::Accepted),
        1 => Just(Fate::Refused),
        1 => Just(Fate::NeverLeft),
        1 => Just(Fate::AnswerLost),
    ];
    prop_oneof![
        4 => (0..3_usize).prop_map(|lane| Op::Queue { lane }),
        4 => prop::collection::vec(fate, 1..4).prop_map(|fates| Op::Send { fates }),
        1 => (0..20_usize).prop_map(|pick| Op::Recall { pick }),
        1 => (0..20_usize).prop_map(|pick| Op::Delete { pick }),
        1 => Just(Op::Crash),
    ]
}

/// What the person was told, and what a backend would hold.
#[derive(Default)]
struct Model {
    /// Commands that the person was told are saved and did not remove, with their lane, in order.
    said: Vec<(CommandId, usize)>,
    /// Drafts that came back.
    drafts: Vec<CommandId>,
    /// What the backend has accepted, in order, each once however often it arrived.
    accepted: Vec<CommandId>,
    refused: Vec<CommandId>,
    arrived: BTreeMap<CommandId, String>,
}

fn lanes(desk: &Desk) -> [ReportId; 3] {
    [0, 1, 2].map(|_| desk.id().into())
}

fn step(desk: &Desk, lanes: &[ReportId; 3], model: &mut Model, op: &Op) {
    match op {
        Op::Queue { lane } => {
            let id = desk.id();
            let note = OnReport { report_id: lanes[*lane], words: format!("việc {}", model.said.len()) };
            desk.queue(id, CommandBody::Note(note));
            model.said.push((id, *lane));
        }
        Op::Crash => {
            let _ = claim::claim(&desk.db, "sender", NOW, 50).unwrap();
            lease::clear(&desk.db).unwrap();
        }
        Op::Send { fates } => {
            let claim::Due::Now(claimed) = claim::claim(&desk.db, "sender", NOW, 50).unwrap() else { return };
            for (one, fate) in claimed.iter().zip(fates.iter().cycle()) {
                send(desk, model, one, *fate);
            }
        }
        Op::Recall { pick } => {
            let Some((id, _)) = model.said.get(*pick).copied() else { return };
            if let Ok(Some(draft)) = remove::recall(&desk.db, id, desk.id(), NOW) {
                assert!(!model.accepted.contains(&id), "took back what the backend has");
                model.drafts.push(draft.id);
                model.said.retain(|(said, _)| *said != id);
            }
        }
        Op::Delete { pick } => {
            let Some((id, _)) = model.said.get(*pick).copied() else { return };
            if remove::delete(&desk.db, id).is_ok() {
                assert!(!model.accepted.contains(&id), "deleted what the backend has");
                model.said.retain(|(said, _)| *said != id);
            }
        }
    }
}

fn send(desk: &Desk, model: &mut Model, one: &claim::Claimed, fate: Fate) {
    if !matches!(fate, Fate::NeverLeft) {
        let first = model.arrived.entry(one.id).or_insert_with(|| one.text.clone());
        assert_eq!(*first, one.text, "a command's text changed after it left");
        let envelope: Envelope = serde_json::from_str(&one.text).unwrap();
        let built_on = envelope.after.is_none_or(|after| model.accepted.contains(&after));
        assert!(built_on, "sent before the command that it builds on was accepted");
    }
    // The backend's first word on a command stands.
    let (known, refused) = (model.accepted.contains(&one.id), model.refused.contains(&one.id));
    match fate {
        Fate::NeverLeft => record_waiting(&desk.db, one.id, Waiting::Offline, UtcMillis(0), false).unwrap(),
        Fate::Refused if !known => {
            model.refused.push(one.id);
            record_refused(&desk.db, one.id, &Problem::new(ProblemCode::Invalid)).unwrap();
        }
        Fate::AnswerLost => {
            if !known && !refused {
                model.accepted.push(one.id);
            }
            record_waiting(&desk.db, one.id, Waiting::Offline, UtcMillis(0), true).unwrap();
        }
        Fate::Accepted | Fate::Refused => {
            if !known {
                model.accepted.push(one.id);
            }
            let (receipt, signed) = receipt(one);
            record_accepted(&desk.db, one.id, &receipt, &signed, NOW).unwrap();
        }
    }
}

fn receipt(one: &claim::Claimed) -> (Receipt, Signed) {
    let receipt = Receipt {
        command_id: one.id,
        content_sha256: ContentHash::of(one.text.as_bytes()),
        received_at: NOW,
        report_id: None,
        report_number: None,
        revision: Some(1),
        first_deadline: None,
    };
    let payload = serde_json::to_string(&receipt).unwrap();
    (receipt, Signed::sign(Purpose::Receipt, payload, &SigningKey::from_bytes(&[2; 32])))
}

fn check(desk: &Desk, model: &Model) {
    let kept: Vec<CommandId> = list::open(&desk.db).unwrap().iter().map(list::Item::id).collect();
    let said: Vec<CommandId> = model.said.iter().map(|(id, _)| *id).collect();
    assert_eq!(kept, said, "what was said to be saved is there, in order, and nothing else");
    for draft in &model.drafts {
        drafts::get(&desk.db, *draft).unwrap();
    }
    for lane in 0..3 {
        let place = |id: &CommandId| model.said.iter().position(|(said, it)| said == id && *it == lane);
        let order: Vec<usize> = model.accepted.iter().filter_map(place).collect();
        assert!(order.is_sorted(), "a lane was accepted out of order: {order:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_said_is_lost_doubled_or_out_of_order(ops in prop::collection::vec(op(), 1..40)) {
        let desk = Desk::new();
        let lanes = lanes(&desk);
        let mut model = Model::default();
        for op in &ops {
            step(&desk, &lanes, &mut model, op);
            check(&desk, &model);
        }
    }
}
