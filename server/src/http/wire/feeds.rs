//! Feeds, both ways.

use entity::feed_item;
use server_api::feed::{CreateFeed, Feed, FeedItem, FeedRun, UpdateFeed};
use server_api::ids::{FeedId, FeedItemId, PostId};

use super::enums;
use crate::service::feeds::{FeedChange, FeedDetail, NewFeed, Run};

/// A feed as it travels.
pub fn feed(detail: FeedDetail) -> Feed {
    let FeedDetail { feed, next_run_at } = detail;
    Feed {
        id: FeedId(feed.id.0),
        url: feed.url,
        title: feed.title,
        mode: enums::feed_mode(feed.mode),
        cron: feed.cron,
        paused: feed.paused,
        last_run_at: feed.last_run_at,
        last_error: feed.last_error,
        next_run_at,
    }
}

/// An item as it travels.
pub fn feed_item(row: feed_item::Model) -> FeedItem {
    FeedItem {
        id: FeedItemId(row.id.0),
        title: row.title,
        outcome: enums::feed_item_outcome(row.outcome),
        reason: row.reason,
        post_id: row.post_id.map(|id| PostId(id.0)),
        created_at: row.created_at,
    }
}

/// What a run did, as it travels.
pub fn run(run: Run) -> FeedRun {
    FeedRun {
        not_modified: run.not_modified,
        imported: run.imported,
        known: run.known,
        refused: run.refused,
    }
}

/// A feed to follow.
pub fn new_feed(form: CreateFeed) -> NewFeed {
    NewFeed {
        url: form.url,
        mode: form.mode.map(enums::feed_mode_row),
        cron: form.cron,
    }
}

/// A change of a feed.
pub fn change(form: UpdateFeed) -> FeedChange {
    FeedChange {
        mode: form.mode.map(enums::feed_mode_row),
        cron: form.cron,
        paused: form.paused,
    }
}
