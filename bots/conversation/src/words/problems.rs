//! What we say when something does not work: one sentence per problem code.

use server_api::problem::{Code, Problem};

use super::{Fill, Words};
use crate::view::Phrase;

impl Words {
    /// What happened and what to do now. The problem's `detail` is for developers
    /// and is never shown.
    pub fn problem(&self, problem: &Problem) -> Phrase {
        let id = match problem.code {
            Code::MayNotJoin | Code::UnknownPerson => {
                return self.may_not_join(problem.contact.as_deref());
            }
            Code::PairingRequired => "problem-pairing-required",
            Code::PairingCodeInvalid => "problem-pairing-code",
            Code::AlreadyPaired => "problem-already-paired",
            Code::MemberLeft => "problem-member-left",
            Code::Forbidden | Code::OwnPost => "problem-forbidden",
            Code::NotFound => "problem-not-found",
            Code::PostWithdrawn => "problem-withdrawn",
            Code::PostExpired => "problem-expired",
            Code::WrongState => "problem-wrong-state",
            Code::NetworkCannotCarry => "problem-network",
            Code::IdempotencyInProgress => "problem-busy",
            Code::IdempotencyAnswerLost => "problem-answer-lost",
            Code::TooManyRequests => "problem-too-many",
            Code::Unavailable => "problem-unavailable",
            Code::Unauthenticated
            | Code::InvalidField
            | Code::MalformedBody
            | Code::MethodNotAllowed
            | Code::BodyTooLarge
            | Code::IdempotencyMismatch
            | Code::VersionMismatch
            | Code::AlreadyExists
            | Code::Internal => "problem-ours",
        };
        self.phrase(id, &[])
    }

    /// The server cannot be reached.
    pub fn unavailable(&self) -> Phrase {
        self.phrase("problem-unavailable", &[])
    }

    /// A control of another version was pressed.
    pub fn outdated(&self) -> Phrase {
        self.phrase("problem-outdated", &[])
    }

    fn may_not_join(&self, contact: Option<&str>) -> Phrase {
        match contact {
            Some(contact) => {
                self.phrase("problem-may-not-join", &[("contact", Fill::Text(contact))])
            }
            None => self.phrase("problem-may-not-join-unnamed", &[]),
        }
    }
}
