//! What the app did: every call, and every time it broke a rule of Discord.
use std::collections::VecDeque;
use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

/// Over how long invalid requests are counted (discord.com/developers, "Invalid Request Limit").
const INVALID_WITHIN: TimeDelta = TimeDelta::minutes(10);

/// One call of the REST API, as received and answered, or the HTTP answer to an interaction; what a check
/// against others' schemas reads.
#[derive(Clone, Debug)]
pub struct Call {
    /// When it came.
    pub at: DateTime<Utc>,
    /// The HTTP method.
    pub method: String,
    /// The template of its path, as Discord's OpenAPI description names it.
    pub route: String,
    /// The path itself.
    pub path: String,
    /// The JSON body; `null` for none.
    pub body: Value,
    /// The HTTP status of the answer.
    pub status: u16,
    /// Discord's error code, for a refusal.
    pub code: Option<u32>,
}

/// Which rule was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A route that Discord, as this emulator knows it, does not have.
    UnknownRoute,
    /// A body that Discord refuses: a field it does not know, a wrong shape, a limit exceeded.
    InvalidBody,
    /// A call without the name and address that Discord asks of every client.
    UserAgent,
    /// A call before the time that a 429 named.
    CalledBeforeRetryAfter,
    /// So many refused calls that Discord bans the address for a while.
    Banned,
    /// An interaction not acknowledged within three seconds.
    NotAcknowledged,
    /// More answers to an interaction than it was delivered.
    AcknowledgedTwice,
    /// A kind of answer that this kind of interaction does not take.
    WrongAnswer,
    /// Two sessions of the gateway at the same time.
    TwoSessions,
    /// A heartbeat that did not come.
    MissedHeartbeat,
    /// Something on the gateway that makes Discord close it.
    GatewayProtocol,
    /// An endpoint for interactions that does not keep Discord's rules.
    Endpoint,
}

/// A broken rule and the circumstances; a world fails on any at its end.
#[derive(Clone, Debug)]
pub struct Violation {
    /// When.
    pub at: DateTime<Utc>,
    /// Which.
    pub rule: Rule,
    /// What exactly, for the one who has to mend it.
    pub detail: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {}: {}", self.rule, self.at, self.detail)
    }
}

/// The record of both.
#[derive(Debug, Default)]
pub struct Journal {
    /// Calls in order of arrival.
    pub calls: Vec<Call>,
    /// Violations in order.
    pub violations: Vec<Violation>,
    invalid: VecDeque<DateTime<Utc>>,
}

impl Journal {
    /// Notes a broken rule.
    pub fn blame(&mut self, at: DateTime<Utc>, rule: Rule, detail: impl Into<String>) {
        self.violations.push(Violation {
            at,
            rule,
            detail: detail.into(),
        });
    }

    /// Counts a call answered by 401, 403 or 429.
    pub fn count_invalid(&mut self, at: DateTime<Utc>) {
        self.invalid.push_back(at);
    }

    /// How many such calls there were within the ten minutes before this moment.
    pub fn invalid_calls(&self, now: DateTime<Utc>) -> usize {
        let since = now - INVALID_WITHIN;
        self.invalid.iter().filter(|at| **at > since).count()
    }
}
