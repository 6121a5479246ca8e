//! Why something was not fetched.

use std::time::Duration;

use thiserror::Error;

use super::REDIRECTS;
use crate::domain::web_address::AddressFault;

/// Why nothing was fetched, in words for a curator.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FetchError {
    /// The address is not acceptable.
    #[error("the address {0}")]
    Address(AddressFault),
    /// It leads to a port that is not the web's.
    #[error("the port {0} is not allowed: 80 and 443 are")]
    Port(u16),
    /// It leads into a network that is not public.
    #[error("the address does not lead to a public network")]
    NotPublic,
    /// The name has no address.
    #[error("the name cannot be resolved")]
    Unresolved,
    /// It leads on and on.
    #[error("it redirects more than {REDIRECTS} times")]
    TooManyRedirects,
    /// It leads nowhere.
    #[error("it redirects to no address")]
    BadRedirect,
    /// The server refused.
    #[error("the server answered {0}")]
    Status(u16),
    /// It is something else than what was asked for.
    #[error("it is of the type {0}")]
    ContentType(String),
    /// It is larger than allowed.
    #[error("it is larger than {0} bytes")]
    TooLarge(usize),
    /// It took too long.
    #[error("it took longer than {} s", .0.as_secs())]
    TimedOut(Duration),
    /// The connection failed.
    #[error("the connection failed")]
    Connection,
    /// The client could not be set up.
    #[error("fetching cannot be set up")]
    Setup,
}

impl FetchError {
    /// Whether the same fetch may succeed later without anybody's doing.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Unresolved | Self::TimedOut(_) | Self::Connection => true,
            Self::Status(status) => *status == 429 || *status >= 500,
            Self::Address(_)
            | Self::Port(_)
            | Self::NotPublic
            | Self::TooManyRedirects
            | Self::BadRedirect
            | Self::ContentType(_)
            | Self::TooLarge(_)
            | Self::Setup => false,
        }
    }
}
