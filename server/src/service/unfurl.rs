//! What a page says of itself, for a curator who pasted its address.

use entity::enums::Permission;
use thiserror::Error;

use super::actor::{Actor, Forbidden};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::ports::page_reader::{self, Unfurled};

/// Why a page is not read.
#[derive(Debug, Error)]
pub enum UnfurlError {
    /// The actor may not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The address leads to nothing that can be read; why, in words for a curator.
    #[error("the page cannot be read")]
    Unreadable(Fault),
}

/// Fetches a page and reads what it says of itself.
pub async fn unfurl(app: &App, actor: &Actor, url: &str) -> Result<Unfurled, UnfurlError> {
    actor.require(Permission::WritePosts)?;
    let unreadable = |reason: String| UnfurlError::Unreadable(Fault::new("url", reason));
    let page = app.fetcher.page(url).await;
    let page = page.map_err(|error| unreadable(error.to_string()))?;
    // Reading is work, and a page that makes the reader panic says nothing.
    tokio::task::spawn_blocking(move || page_reader::read(&page))
        .await
        .map_err(|_| unreadable("the page breaks the reader".to_owned()))
}
