//! Delivery by request without HTTP: what goes to the app's request URL, and what its answers mean.
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::Chat;
use super::envelopes::About;
use super::journal::Rule;
use crate::emulator::slack::ids::EnvelopeId;

/// One request on its way to the app.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Which envelope of ours it carries.
    pub(crate) id: EnvelopeId,
    /// What it is about.
    pub(crate) about: About,
    /// What it carries.
    pub(crate) payload: Value,
    /// How often it was sent before.
    pub(crate) attempt: u32,
    /// Why it is sent again, if it was not for want of an answer.
    pub(crate) reason: Option<Failure>,
}

/// Why a request came to nothing, other than that it took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Nobody was there.
    NotReached,
    /// It was answered with another status than 200.
    Refused,
}

impl Failure {
    /// Slack's word for it.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::NotReached => "connection_failed",
            Self::Refused => "http_error",
        }
    }
}

impl Chat {
    /// From now on everything goes out by request; what is to be sent comes from the receiver.
    pub(crate) fn open_requests(&self) -> mpsc::UnboundedReceiver<Request> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.change(|state| state.sockets.use_requests(sender));
        receiver
    }

    /// Understands the body of an answer with the status 200.
    pub(crate) fn answered_request(&self, request: &Request, body: &str) {
        let payload = match &request.about {
            _ if body.is_empty() => None,
            // Slack reads no answer to an event.
            About::Event => None,
            About::Command { .. } => {
                Some(serde_json::from_str(body).unwrap_or_else(|_| json!({ "text": body })))
            }
            About::Action { .. } | About::Submission(_) | About::Closing => {
                Some(serde_json::from_str(body).unwrap_or_else(|_| json!(body)))
            }
        };
        self.acknowledged(&request.id, payload);
    }

    /// Notes an answer with another status, which Slack takes for a failure.
    pub(crate) fn refused_request(&self, request: &Request, status: u16) {
        let detail = format!("{}: {status}", request.id);
        self.blame(Rule::RequestRefused, detail);
        self.change(|state| state.sockets.fail(&request.id, Failure::Refused));
    }

    /// Notes that nobody was there.
    pub(crate) fn missed_request(&self, request: &Request) {
        self.change(|state| state.sockets.fail(&request.id, Failure::NotReached));
    }
}
