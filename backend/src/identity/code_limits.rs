//! How many codes may be sent: to one phone, from one installation, from one network, and altogether.
//!
//! Messages cost money and annoy whoever did not ask for them. A phone is protected from strangers, a
//! network from being used as a sender, and the locality's purse by a breaker that nobody can get
//! around by changing phones and networks. Phones of one operator share few addresses, so that a
//! network gets many. An installation only says which one it is: that bounds an app that is used or
//! broken, and leaves whoever lies to the other counts.

use citizen_contract::time::UtcMillis;

use crate::db::{DbError, Tx};
use crate::params;

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Codes for one phone in an hour, resent ones among them.
const PHONE_HOUR: i64 = 6;
/// Codes for one phone in a day.
const PHONE_DAY: i64 = 12;
/// Codes for one installation in an hour: a whole family registers on one phone.
const DEVICE_HOUR: i64 = 20;
/// Codes for one network in an hour.
const NETWORK_HOUR: i64 = 120;

/// What codes are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One phone.
    Phone,
    /// One installation of the app.
    Device,
    /// One network.
    Network,
}

/// One wish for a code.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask {
    pub(super) phone: [u8; 32],
    pub(super) network: [u8; 32],
    pub(super) device: Option<[u8; 32]>,
    pub(super) now: UtcMillis,
    pub(super) per_day: u32,
}

/// Whether a code may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    /// It is counted.
    Yes { today: u32 },
    /// It is not counted.
    TooOften { scope: Scope, wait_ms: i64 },
    /// It is not counted.
    Paused { wait_ms: i64 },
}

/// One count: whose, how long its window is, and how many fit in.
struct Rule<'a> {
    name: &'static str,
    subject: &'a [u8],
    window_ms: i64,
    most: i64,
}

/// What a count stands at.
#[derive(Clone, Copy)]
struct Standing {
    started: i64,
    sent: i64,
}

impl Ask {
    /// Counts a code before it is sent, so that parallel wishes cannot slip through.
    pub(super) fn admit(&self, tx: &mut Tx<'_>) -> Result<Admission, DbError> {
        let rules = self.rules();
        let mut standings = Vec::with_capacity(rules.len());
        for rule in &rules {
            standings.push(self.standing(tx, rule)?);
        }
        for (rule, standing) in rules.iter().zip(&standings) {
            if standing.sent >= rule.most {
                let end = standing.started.saturating_add(rule.window_ms);
                let wait_ms = end.saturating_sub(self.now.0).clamp(1, rule.window_ms);
                return Ok(match rule.name {
                    "all-day" => Admission::Paused { wait_ms },
                    "device-hour" => Admission::TooOften { scope: Scope::Device, wait_ms },
                    "network-hour" => Admission::TooOften { scope: Scope::Network, wait_ms },
                    _ => Admission::TooOften { scope: Scope::Phone, wait_ms },
                });
            }
        }
        let mut today = 0;
        for (rule, standing) in rules.iter().zip(standings) {
            today = standing.sent.saturating_add(1);
            self.keep(tx, rule, Standing { sent: today, ..standing })?;
        }
        // The last rule is the one of all.
        Ok(Admission::Yes { today: u32::try_from(today).unwrap_or(u32::MAX) })
    }

    fn rules(&self) -> Vec<Rule<'_>> {
        let rule = |name, subject, window_ms, most| Rule { name, subject, window_ms, most };
        let device = self.device.as_ref().map(|it| rule("device-hour", it.as_slice(), HOUR_MS, DEVICE_HOUR));
        [
            rule("phone-hour", self.phone.as_slice(), HOUR_MS, PHONE_HOUR),
            rule("phone-day", self.phone.as_slice(), DAY_MS, PHONE_DAY),
        ]
        .into_iter()
        .chain(device)
        .chain([
            rule("network-hour", self.network.as_slice(), HOUR_MS, NETWORK_HOUR),
            rule("all-day", b"all".as_slice(), DAY_MS, i64::from(self.per_day)),
        ])
        .collect()
    }

    /// A window that is over, or that begins after now because a clock was set back, counts nothing.
    fn standing(&self, tx: &mut Tx<'_>, rule: &Rule<'_>) -> Result<Standing, DbError> {
        let found = tx.query_opt(
            "SELECT window_started_at, sent FROM code_counts WHERE scope = ?1 AND subject = ?2",
            params![rule.name, rule.subject],
            |row| Ok(Standing { started: row.int(0)?, sent: row.int(1)? }),
        )?;
        let now = self.now.0;
        let current = found.filter(|it| it.started <= now && now < it.started.saturating_add(rule.window_ms));
        Ok(current.unwrap_or(Standing { started: now, sent: 0 }))
    }

    fn keep(&self, tx: &mut Tx<'_>, rule: &Rule<'_>, standing: Standing) -> Result<(), DbError> {
        tx.execute(
            "INSERT INTO code_counts (scope, subject, window_started_at, sent) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (scope, subject) DO UPDATE SET window_started_at = ?3, sent = ?4",
            params![rule.name, rule.subject, standing.started, standing.sent],
        )
        .map(|_| ())
    }
}

/// Removes counts whose window is over; they say nothing any more.
pub(super) fn sweep(tx: &mut Tx<'_>, now: UtcMillis) -> Result<(), DbError> {
    let before = now.0.saturating_sub(DAY_MS);
    tx.execute("DELETE FROM code_counts WHERE window_started_at <= ?1", params![before]).map(|_| ())
}
