//! Faults that a test orders: the next calls of a method fail in a chosen way.
use std::collections::VecDeque;

/// How a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// 429, with or without `Retry-After` seconds; nothing was done.
    TooMany(Option<u64>),
    /// 500 with a page that is not JSON; nothing was done.
    ServerError,
    /// No answer at all; nothing was done.
    Timeout,
    /// The call is done, and its answer never arrives: the sender cannot know.
    AnswerLost,
    /// The connection breaks; nothing was done.
    Reset,
}

/// An order for `times` calls of `method`.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Such as `chat.postMessage`.
    pub method: String,
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

    /// Takes the fault for one call of this method, if one is ordered.
    pub fn take(&mut self, method: &str) -> Option<FaultKind> {
        self.0.retain(|fault| fault.times > 0);
        let fault = self.0.iter_mut().find(|fault| fault.method == method)?;
        fault.times -= 1;
        Some(fault.kind)
    }
}
