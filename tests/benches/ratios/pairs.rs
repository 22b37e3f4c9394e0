//! Two ways of doing the same, in turns within one run, so that a noisy machine disturbs both alike.

use std::time::Duration;

/// What a ratio should be.
#[derive(Debug, Clone, Copy)]
pub enum Goal {
    /// At least.
    AtLeast(f64),
    /// At most.
    AtMost(f64),
    /// Only told.
    None,
}

/// Figures of pairs.
pub struct Pairs {
    ours: Vec<f64>,
    other: Vec<f64>,
    ratios: Vec<f64>,
}

/// The middle of some figures.
pub fn median(figures: &[f64]) -> f64 {
    quantile(figures, 0.5)
}

fn quantile(figures: &[f64], at: f64) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * at).round() as usize).copied().unwrap_or(f64::NAN)
}

/// Does both in turns; each time the one that begins is the other.
pub fn in_turns(
    rounds: usize,
    mut ours: impl FnMut() -> Duration,
    mut other: impl FnMut() -> Duration,
) -> Pairs {
    let mut pairs = Pairs { ours: Vec::new(), other: Vec::new(), ratios: Vec::new() };
    for round in 0..rounds {
        let (a, b) = if round % 2 == 0 {
            let a = ours();
            (a, other())
        } else {
            let b = other();
            (ours(), b)
        };
        pairs.ours.push(a.as_secs_f64());
        pairs.other.push(b.as_secs_f64());
        pairs.ratios.push(a.as_secs_f64() / b.as_secs_f64());
    }
    pairs
}

impl Pairs {
    /// The middle of our times, in seconds.
    pub fn ours_s(&self) -> f64 {
        median(&self.ours)
    }

    /// The middle of the others' times, in seconds.
    pub fn other_s(&self) -> f64 {
        median(&self.other)
    }

    /// By how much our times differ from the others', in percent of them, either way.
    pub fn differ_percent(&self) -> f64 {
        (median(&self.ratios) - 1.0).abs() * 100.0
    }

    /// Prints the ratio of the times (ours ÷ the other's).
    pub fn print_times(&self, what: &str, goal: Goal) {
        self.print(what, &self.ratios, goal);
    }

    /// Prints the ratio of the speeds (the other's time ÷ ours, each for its own amount of work).
    pub fn print_speeds(&self, what: &str, our_work: f64, other_work: f64, goal: Goal) {
        let speeds: Vec<f64> = self.ratios.iter().map(|ratio| our_work / other_work / ratio).collect();
        self.print(what, &speeds, goal);
    }

    fn print(&self, what: &str, ratios: &[f64], goal: Goal) {
        let (low, high) = (quantile(ratios, 0.25), quantile(ratios, 0.75));
        let middle = median(ratios);
        println!(
            "  {what:<58} {middle:>8.3}×  (half of {} pairs in {low:.3}–{high:.3}) {}",
            ratios.len(),
            judged(middle, goal)
        );
    }
}

/// The goal in words, and whether it was met.
pub fn judged(figure: f64, goal: Goal) -> String {
    let (met, words) = match goal {
        Goal::AtLeast(least) => (figure >= least, format!("goal ≥ {least}")),
        Goal::AtMost(most) => (figure <= most, format!("goal ≤ {most}")),
        Goal::None => return String::new(),
    };
    if met { words } else { format!("{words}: SHORT OF THE GOAL") }
}

/// Prints one figure.
pub fn print_figure(what: &str, figure: f64, unit: &str, goal: Goal) {
    println!("  {what:<58} {figure:>8.3} {unit} {}", judged(figure, goal));
}
