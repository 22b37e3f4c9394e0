//! Which moment comes next: enough kills in each phase, in an order that a seed decides.

use std::collections::BTreeMap;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde::{Deserialize, Serialize};

/// A moment: the `nth` time that a process passes `phase`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// The phase's stable word.
    pub phase: String,
    /// 1 for the first time.
    pub nth: u32,
}

/// Draws moments until each phase has had its kills.
pub struct Plan {
    random: StdRng,
    wanted: u32,
    /// Kills so far, by the phase in which the process really was.
    kills: BTreeMap<String, u32>,
    /// How often a process passes the phase, at most.
    most: BTreeMap<String, u32>,
}

impl Plan {
    /// A plan for these phases (with the highest `nth` that makes sense), `wanted` kills in each.
    #[must_use]
    pub fn new(seed: u64, wanted: u32, phases: &[(&str, u32)]) -> Self {
        Self {
            random: StdRng::seed_from_u64(seed),
            wanted,
            kills: BTreeMap::new(),
            most: phases.iter().map(|(phase, most)| ((*phase).to_owned(), *most)).collect(),
        }
    }

    /// The next moment, or nothing once every phase has had its kills.
    pub fn draw(&mut self) -> Option<Point> {
        let open: Vec<&String> = self
            .most
            .keys()
            .filter(|phase| self.kills.get(*phase).is_none_or(|had| *had < self.wanted))
            .collect();
        let phase = (*open.get(self.random.random_range(0..open.len().max(1)))?).clone();
        let most = self.most.get(&phase).copied().unwrap_or(1);
        let nth = self.random.random_range(1..=most.max(1));
        Some(Point { phase, nth })
    }

    /// A number below `end`, for everything else that the seed decides.
    pub fn below(&mut self, end: u32) -> u32 {
        self.random.random_range(0..end.max(1))
    }

    /// A process died in `phase`.
    pub fn killed_in(&mut self, phase: &str) {
        *self.kills.entry(phase.to_owned()).or_default() += 1;
    }

    /// Kills so far.
    #[must_use]
    pub fn kills(&self) -> &BTreeMap<String, u32> {
        &self.kills
    }

    /// The sum of all kills.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.kills.values().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phase_gets_its_kills_and_a_seed_repeats_its_order() {
        let run = |seed| {
            let mut plan = Plan::new(seed, 20, &[("claimed", 3), ("answered", 1)]);
            let mut order = Vec::new();
            while let Some(point) = plan.draw() {
                plan.killed_in(&point.phase);
                // A kill at another moment counts, and is no phase to wait for.
                plan.killed_in("before-any");
                order.push(point);
            }
            assert_eq!((plan.kills()["claimed"], plan.kills()["answered"]), (20, 20));
            assert_eq!(plan.total(), 80);
            order
        };
        assert_eq!(run(7), run(7));
        assert_ne!(run(7), run(8));
        assert!(run(7).iter().any(|point| point.nth == 3));
    }
}
