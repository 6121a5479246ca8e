//! What the app did: every call, and every time it broke a rule of Slack.
use std::fmt;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::emulator::slack::ids::TeamId;

/// One call of a Web API method, as received and answered.
#[derive(Clone, Debug)]
pub struct Call {
    /// When it came.
    pub at: DateTime<Utc>,
    /// The workspace of its token, once known.
    pub team: Option<TeamId>,
    /// Such as `chat.postMessage`.
    pub method: String,
    /// The arguments after decoding.
    pub arguments: Map<String, Value>,
    /// `None` for success, else Slack's error code.
    pub error: Option<String>,
}

/// Which rule was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A method that Slack, as this emulator knows it, does not have.
    UnknownMethod,
    /// A field that the method does not take.
    UnknownArgument,
    /// A value of the wrong shape, or one that is missing.
    WrongArgument,
    /// A JSON body for a method that only takes a form or a query.
    JsonNotAccepted,
    /// Blocks, views or text that Slack refuses.
    OverLimit,
    /// A call without the scope that it needs.
    MissingScope,
    /// A call before the time that a 429 named.
    CalledBeforeRetryAfter,
    /// An envelope or request not acknowledged within three seconds.
    NotAcknowledged,
    /// A genuine request answered with another status than 200.
    RequestRefused,
    /// More acknowledgements than deliveries.
    AcknowledgedTwice,
    /// An acknowledgement of nothing that was sent.
    UnknownAcknowledgement,
    /// A payload in an acknowledgement that takes none, or one of the wrong shape.
    WrongAcknowledgement,
    /// A sixth use of a `response_url`, one after 30 minutes, or one of the wrong shape.
    ResponseUrl,
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
}
