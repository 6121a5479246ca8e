//! The feeds of a set-up: followed, or changed where they are followed already.

use super::SetupError;
use crate::app::App;
use crate::domain::cadence::Cadence;
use crate::domain::fault::Fault;
use crate::domain::web_address;
use crate::service::actor::Actor;
use crate::service::feeds::{FeedChange, FeedError, NewFeed, create_feed, update_feed};
use crate::store::feeds;

/// Notes what is wrong with a feed.
pub(super) fn check(at: usize, feed: &NewFeed, faults: &mut Vec<Fault>) {
    if let Err(fault) = web_address::parse(&feed.url) {
        faults.push(Fault::new(format!("feeds.{at}.url"), fault.to_string()));
    }
    if let Some(Err(fault)) = feed.cron.as_deref().map(str::parse::<Cadence>) {
        faults.push(Fault::new(format!("feeds.{at}.cron"), fault.to_string()));
    }
}

/// Follows the feeds. Those that it does not name are followed on.
pub(super) async fn apply(
    app: &App,
    actor: &Actor,
    wanted: Vec<NewFeed>,
) -> Result<(), SetupError> {
    for feed in wanted {
        match create_feed(app, actor, feed.clone()).await {
            Ok(_) => {}
            Err(FeedError::AlreadyExists) => change(app, actor, feed).await?,
            Err(error) => return Err(SetupError::Feed(error)),
        }
    }
    Ok(())
}

async fn change(app: &App, actor: &Actor, wanted: NewFeed) -> Result<(), SetupError> {
    let Ok(url) = web_address::parse(&wanted.url) else {
        return Ok(());
    };
    let db = app.store.reader();
    let organization = actor.organization.id;
    let Some(past) = feeds::find_by_url(db, organization, url.as_str()).await? else {
        return Ok(());
    };
    let change = FeedChange {
        url: None,
        mode: wanted.mode.filter(|mode| *mode != past.mode),
        cron: wanted.cron.filter(|cron| *cron != past.cron),
        paused: None,
    };
    if change.mode.is_some() || change.cron.is_some() {
        update_feed(app, actor, past.id, change)
            .await
            .map_err(SetupError::Feed)?;
    }
    Ok(())
}
