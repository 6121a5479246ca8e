//! Faults that a test orders: the next calls of a route fail in a chosen way.
use std::collections::VecDeque;
use std::time::Duration;

/// How a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// 429 for this route, with headers and body that say how long to wait; nothing was done.
    TooMany(Duration),
    /// 429 for all routes of the app; nothing was done.
    TooManyGlobally(Duration),
    /// 429 from the edge of Discord's network: no headers, no JSON; nothing was done.
    TooManyUnsaid,
    /// 500 with a page that is not JSON; nothing was done.
    ServerError,
    /// No answer at all; nothing was done.
    Timeout,
    /// The call is done, and its answer never arrives: the sender cannot know.
    AnswerLost,
    /// The connection breaks; nothing was done.
    Reset,
}

/// An order for `times` calls of `route`.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Method and template, such as `POST /channels/{channel_id}/messages`.
    pub route: String,
    /// How they fail.
    pub kind: FaultKind,
    /// How many of them.
    pub times: u32,
}

/// Orders not used up yet, in order.
#[derive(Debug, Default)]
pub struct Faults(VecDeque<Fault>);

impl Faults {
    /// Adds an order.
    pub fn order(&mut self, fault: Fault) {
        self.0.push_back(fault);
    }

    /// Takes the fault for one call of this route, if one is ordered.
    pub fn take(&mut self, route: &str) -> Option<FaultKind> {
        self.0.retain(|fault| fault.times > 0);
        let fault = self.0.iter_mut().find(|fault| fault.route == route)?;
        fault.times -= 1;
        Some(fault.kind)
    }
}
