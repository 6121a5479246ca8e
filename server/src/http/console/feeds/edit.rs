//! One feed: its address, what becomes of new items, its schedule, what came lately, and its end.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use entity::enums::FeedItemOutcome;
use entity::feed_item;
use entity::ids::FeedId;
use uuid::Uuid;

use super::new::{faults, mode_word, read, read_mode, typed_cron};
use super::{Shown, name, refused};
use crate::app::App;
use crate::domain::page::Paging;
use crate::http::auth::permissions::ManageFeeds;
use crate::http::console::door::{Console, InPath};
use crate::http::console::form::{Faults, Fields};
use crate::http::console::frame::Frame;
use crate::http::console::page::{Answer, OrPage};
use crate::http::console::toast::Toast;
use crate::service::feeds::{self, FeedChange, FeedDetail};

/// Items that are shown, the newest.
const SHOWN: u64 = 20;

#[derive(Template)]
#[template(path = "console/feed_edit.html")]
struct EditPage {
    frame: Frame,
    fields: Fields,
    faults: Faults,
    /// What the schedule means, where it is understood.
    rhythm: Option<Shown>,
    fault: Option<String>,
    name: String,
    path: String,
    items: Vec<Item>,
}

/// An item that came.
struct Item {
    title: String,
    at: DateTime<Utc>,
    /// What became of it, in a word, and the kind of chip.
    outcome: (String, &'static str),
    reason: Option<String>,
    post_path: Option<String>,
}

/// Shows a feed.
pub async fn show(
    console: Console<ManageFeeds>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let found = feeds::show_feed(&app, &console.actor, FeedId(id)).await;
    let found = found.or_page(&console)?;
    let fields = Fields::of([
        ("url", found.feed.url.clone()),
        ("mode", mode_word(found.feed.mode).to_owned()),
        ("cron", found.feed.cron.clone()),
    ]);
    let page = edit(&console, &app, &found, (fields, Faults::none())).await?;
    Ok(console.page(&page))
}

/// Reads the schedule, or saves what was typed, as the button says.
pub async fn change(
    console: Console<ManageFeeds>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let found = feeds::show_feed(&app, &console.actor, FeedId(id)).await;
    let found = found.or_page(&console)?;
    if fields.text("do") == "read" {
        let page = edit(&console, &app, &found, (fields, Faults::none())).await?;
        return Ok(console.page(&page));
    }
    let change = FeedChange {
        url: Some(fields.text("url").trim().to_owned()),
        mode: read_mode(fields.text("mode")),
        cron: Some(typed_cron(&fields)),
        paused: None,
    };
    match feeds::update_feed(&app, &console.actor, FeedId(id), change).await {
        Ok(_) => Ok(console.go("library/feeds", Some(Toast::of("toast-feed-saved")))),
        Err(error) => {
            let faults = faults(&console, &app, &fields, error)?;
            let page = edit(&console, &app, &found, (fields, faults)).await?;
            Ok(console.again(&page))
        }
    }
}

async fn edit(
    console: &Console<ManageFeeds>,
    app: &App,
    found: &FeedDetail,
    (fields, faults): (Fields, Faults),
) -> Result<EditPage, Response> {
    let paging = Paging {
        after: None,
        limit: SHOWN,
    };
    let listed = feeds::list_feed_items(app, &console.actor, found.feed.id, paging).await;
    let slice = listed.or_page(console)?;
    let (rhythm, fault) = read(console, app, &fields);
    let name = name(&found.feed);
    Ok(EditPage {
        frame: console.frame_of(name.clone()),
        fields,
        faults,
        rhythm,
        fault,
        path: console.path(&format!("library/feeds/{}", found.feed.id)),
        items: slice.items.iter().map(|one| item(console, one)).collect(),
        name,
    })
}

fn item(console: &Console<ManageFeeds>, row: &feed_item::Model) -> Item {
    let (key, tone) = match row.outcome {
        FeedItemOutcome::Imported => ("feed-item-imported", "success"),
        FeedItemOutcome::Duplicate => ("feed-item-duplicate", "quiet"),
        FeedItemOutcome::Refused => ("feed-item-refused", "danger"),
    };
    Item {
        title: row.title.clone(),
        at: row.created_at,
        outcome: (console.look.say(key), tone),
        reason: row
            .reason
            .as_deref()
            .map(|note| refused::told(&console.look, note)),
        post_path: row.post_id.map(|id| console.path(&format!("posts/{id}"))),
    }
}
