//! Fetches a feed and imports what is new in it.

use super::{Job, JobError};
use crate::app::App;
use crate::service::feeds::{FeedError, ImportFeed, import_feed};

impl Job for ImportFeed {
    async fn run(&self, app: &App) -> Result<(), JobError> {
        match import_feed(app, self.organization, self.feed).await {
            Err(FeedError::Fetch(error)) if error.is_temporary() => {
                Err(JobError::Retry(error.to_string()))
            }
            // What is wrong with the feed is noted there for its curator; another
            // run does it now, or there is nothing to do any more. The schedule
            // tries again by itself.
            Ok(_)
            | Err(
                FeedError::Fetch(_) | FeedError::NoFeed(_) | FeedError::Busy | FeedError::NotFound,
            ) => Ok(()),
            Err(FeedError::Internal(error)) => Err(error.into()),
            Err(
                error
                @ (FeedError::Forbidden(_) | FeedError::Invalid(_) | FeedError::AlreadyExists),
            ) => Err(JobError::Fail(error.to_string())),
        }
    }
}
