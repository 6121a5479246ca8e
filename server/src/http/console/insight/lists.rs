//! What has figures of its own: posts with what they did, and campaigns.

use askama::Template;
use axum::extract::{RawQuery, State};
use chrono::{DateTime, Utc};

use super::told::{self, Told};
use super::{Tab, export, tabs, until};
use crate::app::App;
use crate::domain::leaderboard::zone;
use crate::domain::page::Paging;
use crate::http::auth::permissions::ReadFigures;
use crate::http::console::campaigns::goal;
use crate::http::console::door::Console;
use crate::http::console::form::Fields;
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::http::console::page::{self, Answer, OrPage};
use crate::http::extract::{cursor, position};
use crate::service::insight::{self, CampaignSums, PostSums, Progress};

/// Posts of one page.
const LIMIT: u64 = 20;
/// Posts that are read at once for a file.
const AT_ONCE: u64 = 500;
/// Posts of a file, at most; the page says so.
const IN_A_FILE: usize = 10_000;
/// How the columns of posts and campaigns are counted.
const COLUMNS: [(&str, &str); 5] = [
    ("insight-shares", "formula-shares"),
    ("insight-reach", "formula-reach"),
    ("insight-hits", "why-raw"),
    ("insight-clicks", "formula-clicks"),
    ("insight-visitor-days", "formula-visitor-days"),
];

#[derive(Template)]
#[template(path = "console/insight_posts.html")]
struct PostsPage {
    frame: Frame,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    is_kept_back: bool,
    /// Whether one of them is for some people, and so told by whole months.
    has_by_month: bool,
    /// Until when what members did is told, where that is not now, as a sentence.
    until: Option<String>,
    export: String,
    /// How many posts the file holds at most, as a sentence.
    limit: String,
    next: Option<String>,
    formulas: Vec<(String, String)>,
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
        is_kept_back: (slice.items.iter()).any(|post| !post.is_group && !post.is_by_month),
        has_by_month: slice.items.iter().any(|post| post.is_by_month),
        until: until(
            &console.look,
            slice.items.iter().find_map(|post| post.until),
        ),
        export: console.path("insight/posts/csv"),
        limit: console.look.count("insight-posts-limit", IN_A_FILE),
        formulas: formulas(&app, &console.look),
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

fn formulas(app: &App, look: &Look) -> Vec<(String, String)> {
    told::formulas(look, app.config.ingest.clicks_per_network, &COLUMNS)
}

/// Posts as a file, the newest first; where it does not hold all, its last line says so.
pub async fn export_posts(console: Console<ReadFigures>, State(app): State<App>) -> Answer {
    let mut posts = Vec::new();
    let mut paging = Paging {
        after: None,
        limit: AT_ONCE,
    };
    loop {
        let slice = insight::list_posts(&app, &console.actor, paging).await;
        let slice = slice.or_page(&console)?;
        posts.extend(slice.items);
        paging.after = slice.next;
        if paging.after.is_none() || posts.len() >= IN_A_FILE {
            break;
        }
    }
    let zone = zone(&console.actor.organization.time_zone);
    let mut rows = export::posts(&console.look, zone, &posts);
    if paging.after.is_some() {
        let sentence = console.look.count("insight-posts-limit", IN_A_FILE);
        rows.push(vec![sentence]);
    }
    Ok(page::sheet("posts", &rows))
}

#[derive(Template)]
#[template(path = "console/insight_campaigns.html")]
struct CampaignsPage {
    frame: Frame,
    tabs: Vec<Tab>,
    rows: Vec<Campaign>,
    is_kept_back: bool,
    /// Until when what members did is told, where that is not now, as a sentence.
    until: Option<String>,
    export: String,
    formulas: Vec<(String, String)>,
}

/// A campaign.
struct Campaign {
    name: String,
    path: String,
    ends_at: Option<DateTime<Utc>>,
    /// What it is for, and how much of that it is to bring.
    goal: String,
    /// How far it is, where it is to bring something.
    progress: Option<String>,
    shares: Option<Told>,
    clicks: Told,
}

/// The organization's campaigns, and what each brought so far.
pub async fn campaigns(console: Console<ReadFigures>, State(app): State<App>) -> Answer {
    let found = insight::compare_campaigns(&app, &console.actor).await;
    let found = found.or_page(&console)?;
    let path = console.path("insight/campaigns");
    let page = CampaignsPage {
        frame: console.frame("insight-title"),
        tabs: tabs(&console, "insight/campaigns"),
        is_kept_back: found.iter().any(|one| !one.is_group),
        until: until(&console.look, found.iter().find_map(|one| one.until)),
        export: console.path("insight/campaigns/csv"),
        formulas: formulas(&app, &console.look),
        rows: found
            .into_iter()
            .map(|one| campaign(&console.look, &path, one))
            .collect(),
    };
    Ok(console.page(&page))
}

fn campaign(look: &Look, path: &str, told: CampaignSums) -> Campaign {
    let progress = progress(look, &told);
    let (sums, row) = (&told.sums, told.campaign);
    let shares = told.is_group.then(|| told::number(look, sums.shares()));
    Campaign {
        path: format!("{path}/{}", row.id),
        goal: goal(look, row.goal, row.target),
        progress,
        shares,
        clicks: told::number(look, sums.clicks()),
        name: row.name,
        ends_at: row.ends_at,
    }
}

/// How far a campaign is, where it is to bring something, in words.
pub(super) fn progress(look: &Look, told: &CampaignSums) -> Option<String> {
    let of = |key: &str, count: i64, target: i64| {
        let fills = [("count", count.into()), ("target", target.into())];
        look.words.tell(key, &fills)
    };
    Some(match told.progress()? {
        Progress::Of(count, target) => of("insight-of-target", count, target),
        Progress::AtLeast(count, target) => of("insight-at-least", count, target),
        Progress::Unmeasured => look.say("insight-unmeasured"),
    })
}

/// The same as a file.
pub async fn export_campaigns(console: Console<ReadFigures>, State(app): State<App>) -> Answer {
    let found = insight::list_campaigns(&app, &console.actor).await;
    let found = found.or_page(&console)?;
    let rows = export::campaigns(&console.look, &found);
    Ok(page::sheet("campaigns", &rows))
}
