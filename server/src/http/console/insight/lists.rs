//! What has figures of its own: posts with what they did, and campaigns.

use askama::Template;
use axum::extract::{RawQuery, State};
use chrono::{DateTime, Utc};

use super::told::{self, Told};
use super::{Tab, export, tabs};
use crate::app::App;
use crate::domain::leaderboard::zone;
use crate::domain::page::Paging;
use crate::http::auth::permissions::ReadFigures;
use crate::http::console::door::Console;
use crate::http::console::form::Fields;
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::http::console::page::{self, Answer, OrPage};
use crate::http::extract::{cursor, position};
use crate::service::insight::{self, PostSums};

/// Posts of one page.
const LIMIT: u64 = 20;
/// Posts of a file.
const IN_A_FILE: u64 = 500;

#[derive(Template)]
#[template(path = "console/insight_posts.html")]
struct PostsPage {
    frame: Frame,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    is_kept_back: bool,
    /// Whether all that one of them did is kept back.
    has_untold: bool,
    export: String,
    next: Option<String>,
}

/// A post and what it did.
struct Row {
    title: String,
    path: String,
    at: Option<DateTime<Utc>>,
    shares: Option<Told>,
    hits: Option<Told>,
    clicks: Option<Told>,
    visitor_days: Option<Told>,
    reach: Option<Told>,
}

/// Posts that went live, the newest first.
pub async fn posts(
    console: Console<ReadFigures>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let paging = Paging {
        after: position(fields.text("cursor")).ok(),
        limit: LIMIT,
    };
    let slice = insight::list_posts(&app, &console.actor, paging).await;
    let slice = slice.or_page(&console)?;
    let path = console.path("insight/posts");
    let page = PostsPage {
        frame: console.frame("insight-title"),
        tabs: tabs(&console, "insight/posts"),
        is_kept_back: slice.items.iter().any(|post| !post.is_group),
        has_untold: slice.items.iter().any(|post| post.is_kept_back),
        export: console.path("insight/posts/csv"),
        next: slice
            .next
            .map(|row| format!("{path}?cursor={}", cursor(row))),
        rows: slice
            .items
            .into_iter()
            .map(|post| row(&console.look, &path, post))
            .collect(),
    };
    Ok(console.page(&page))
}

fn row(look: &Look, path: &str, post: PostSums) -> Row {
    let sums = &post.sums;
    let of_members = |number: i64| post.is_group.then(|| told::number(look, number));
    let of_readers = |number: i64| (!post.is_kept_back).then(|| told::number(look, number));
    Row {
        path: format!("{path}/{}", post.post),
        at: post.published_at,
        shares: of_members(sums.shares()),
        hits: of_readers(sums.hits()),
        clicks: of_readers(sums.clicks()),
        visitor_days: of_readers(sums.visitor_days()),
        reach: of_members(sums.reach()),
        title: if post.title.is_empty() {
            look.say("post-untitled")
        } else {
            post.title
        },
    }
}

/// The newest posts as a file.
pub async fn export_posts(console: Console<ReadFigures>, State(app): State<App>) -> Answer {
    let paging = Paging {
        after: None,
        limit: IN_A_FILE,
    };
    let slice = insight::list_posts(&app, &console.actor, paging).await;
    let slice = slice.or_page(&console)?;
    let zone = zone(&console.actor.organization.time_zone);
    let rows = export::posts(&console.look, zone, &slice.items);
    Ok(page::sheet("posts", &rows))
}

#[derive(Template)]
#[template(path = "console/insight_campaigns.html")]
struct CampaignsPage {
    frame: Frame,
    tabs: Vec<Tab>,
    rows: Vec<Campaign>,
}

/// A campaign.
struct Campaign {
    name: String,
    path: String,
    ends_at: Option<DateTime<Utc>>,
}

/// The organization's campaigns.
pub async fn campaigns(console: Console<ReadFigures>, State(app): State<App>) -> Answer {
    let found = insight::list_campaigns(&app, &console.actor).await;
    let found = found.or_page(&console)?;
    let path = console.path("insight/campaigns");
    let page = CampaignsPage {
        frame: console.frame("insight-title"),
        tabs: tabs(&console, "insight/campaigns"),
        rows: found
            .into_iter()
            .map(|campaign| Campaign {
                path: format!("{path}/{}", campaign.id),
                name: campaign.name,
                ends_at: campaign.ends_at,
            })
            .collect(),
    };
    Ok(console.page(&page))
}
