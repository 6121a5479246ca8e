//! What ails a feed that could not be imported, so that its curator is told what to do.

use entity::enums::FeedTrouble;

use crate::ports::fetch::FetchError;
use crate::service::feeds::FeedError;

/// What ails the feed; none where the failure is not its own.
pub fn trouble(error: &FeedError) -> Option<FeedTrouble> {
    match error {
        FeedError::Fetch(error) => Some(of_fetch(error)),
        FeedError::NoFeed(_) => Some(FeedTrouble::NoFeed),
        FeedError::Forbidden(_)
        | FeedError::NotFound
        | FeedError::Invalid(_)
        | FeedError::AlreadyExists
        | FeedError::Busy
        | FeedError::Internal(_) => None,
    }
}

fn of_fetch(error: &FetchError) -> FeedTrouble {
    match error {
        FetchError::Status(404 | 410) => FeedTrouble::Missing,
        FetchError::Status(429) => FeedTrouble::Unreachable,
        FetchError::Status(status) if (400..500).contains(status) => FeedTrouble::Refused,
        FetchError::Status(_)
        | FetchError::Unresolved
        | FetchError::TimedOut(_)
        | FetchError::Connection
        | FetchError::Setup => FeedTrouble::Unreachable,
        FetchError::Address(_)
        | FetchError::Port(_)
        | FetchError::NotPublic
        | FetchError::TooManyRedirects
        | FetchError::BadRedirect => FeedTrouble::BadAddress,
        FetchError::TooLarge(_) => FeedTrouble::TooLarge,
        FetchError::ContentType(_) => FeedTrouble::NoFeed,
    }
}
