//! Feeds, both ways.

use entity::{enums as row, feed_item};
use server_api::cadence::Cadence;
use server_api::feed::{
    CreateFeed, Feed, FeedItem, FeedPreview, FeedPreviewItem, FeedRun, FeedTrouble, PreviewOutcome,
    UpdateFeed,
};
use server_api::ids::{FeedId, FeedItemId, PostId};

use super::enums;
use crate::http::console::cadence;
use crate::http::console::words::Words;
use crate::service::cadences::Rhythm;
use crate::service::feeds::{Fate, FeedChange, FeedDetail, NewFeed, Preview, PreviewItem, Run};

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
        trouble: feed.trouble.map(trouble),
        failing_since: feed.failing_since,
        last_imported: feed.last_imported,
        last_known: feed.last_known,
        last_refused: feed.last_refused,
        next_run_at,
    }
}

fn trouble(trouble: row::FeedTrouble) -> FeedTrouble {
    match trouble {
        row::FeedTrouble::Unreachable => FeedTrouble::Unreachable,
        row::FeedTrouble::Missing => FeedTrouble::Missing,
        row::FeedTrouble::Refused => FeedTrouble::Refused,
        row::FeedTrouble::BadAddress => FeedTrouble::BadAddress,
        row::FeedTrouble::TooLarge => FeedTrouble::TooLarge,
        row::FeedTrouble::NoFeed => FeedTrouble::NoFeed,
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

/// A feed before it is followed, as it travels.
pub fn preview(preview: Preview, words: &Words) -> FeedPreview {
    FeedPreview {
        url: preview.url,
        title: preview.title,
        items: preview.items.into_iter().map(preview_item).collect(),
        found: count(preview.found),
        fresh: count(preview.fresh),
        known: count(preview.known),
        refused: count(preview.refused),
        cadence: rhythm(preview.rhythm, words),
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn preview_item(item: PreviewItem) -> FeedPreviewItem {
    let (outcome, reason, post) = match item.fate {
        Fate::Known(post) => (PreviewOutcome::Known, None, post),
        Fate::Refused(reason) => (PreviewOutcome::Refused, Some(reason), None),
        Fate::Draft => (PreviewOutcome::Draft, None, None),
        Fate::Review => (PreviewOutcome::Review, None, None),
        Fate::Publish => (PreviewOutcome::Publish, None, None),
    };
    FeedPreviewItem {
        title: item.title,
        summary: item.summary,
        url: item.url,
        image_url: item.image_url,
        published_at: item.published,
        outcome,
        reason,
        post_id: post.map(|id| PostId(id.0)),
    }
}

/// What five cron fields mean, as it travels.
pub fn rhythm(rhythm: Rhythm, words: &Words) -> Cadence {
    Cadence {
        reading: cadence::sentence(words, &rhythm.reading),
        cron: rhythm.cron,
        time_zone: rhythm.time_zone,
        next_runs: rhythm.next,
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
        url: form.url,
        mode: form.mode.map(enums::feed_mode_row),
        cron: form.cron,
        paused: form.paused,
    }
}
