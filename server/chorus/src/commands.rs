//! What each command does: calls of the API by its typed client, and words for what came of them.

pub mod backup;
pub mod doctor;
pub mod feeds;
pub mod health;
pub mod members;
pub mod posts;
pub mod setup;
pub mod tokens;

use chrono::{DateTime, Utc};
use server_api::client::{CallError, Client};
use server_api::page::{MAX_LIMIT, Page, PageQuery};

use crate::output::Format;

/// What a command works with.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The API, acting for the person that the command names.
    pub client: Client,
    /// How to print.
    pub format: Format,
    /// The present time.
    pub now: DateTime<Utc>,
}

/// Reads a list to its end, or to `most` items.
async fn collect<T>(
    most: u64,
    page: impl AsyncFn(PageQuery) -> Result<Page<T>, CallError>,
) -> Result<Vec<T>, CallError> {
    let mut items: Vec<T> = Vec::new();
    let mut cursor = None;
    loop {
        let wanted = most.saturating_sub(u64::try_from(items.len()).unwrap_or(u64::MAX));
        if wanted == 0 {
            return Ok(items);
        }
        let query = PageQuery {
            cursor,
            limit: Some(wanted.min(MAX_LIMIT)),
        };
        let next = page(query).await?;
        items.extend(next.items);
        cursor = next.next;
        if cursor.is_none() {
            return Ok(items);
        }
    }
}
