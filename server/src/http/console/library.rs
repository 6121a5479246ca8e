//! The library: posts as a list or as a board by state. What is looked for stands in the address,
//! so that every view is a link; members keep views under a name.

mod filter;
pub mod steps;
pub mod views;

use std::collections::HashMap;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use entity::enums::{Permission, PostState};
use entity::ids::PostId;
use entity::{post, saved_view};
use uuid::Uuid;

use super::door::{Console, Door};
use super::form::Fields;
use super::frame::Frame;
use super::insight::told::formulas;
use super::look::Look;
use super::named;
use super::page::{Answer, OrPage};
use super::posts::titled;
use crate::app::App;
use crate::domain::page::Paging;
use crate::http::auth::permissions::ReadPosts;
use crate::http::extract::{cursor, position};
use crate::service::insight;
use crate::service::posts::{self, Counts, Library, PostDetail};
use crate::service::saved_views;
use filter::{Chip, Choices, address, chips, choices, is_filtered, is_narrowed, query_of, wanted};

/// Posts of one page.
const LIMIT: u64 = 30;
/// Posts of one column of the board.
const COLUMN: u64 = 15;
/// The columns of the board, where no state is asked for: what is archived or taken back is out
/// of the way.
const COLUMNS: [PostState; 5] = [
    PostState::Draft,
    PostState::InReview,
    PostState::Scheduled,
    PostState::Live,
    PostState::Expired,
];
/// How what a post brought is counted.
const DID: [(&str, &str); 2] = [
    ("insight-shares", "formula-shares"),
    ("insight-clicks", "formula-clicks"),
];

#[derive(Template)]
#[template(path = "console/library.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each of them is a part of the page of its own"
)]
struct LibraryPage {
    frame: Frame,
    fields: Fields,
    states: Vec<StateTab>,
    chips: Vec<Chip>,
    choices: Choices,
    views: Vec<View>,
    rows: Vec<Row>,
    /// How shares and clicks are counted, where some are shown.
    formulas: Vec<(String, String)>,
    columns: Vec<Column>,
    next: Option<String>,
    is_board: bool,
    list_path: String,
    board_path: String,
    query: String,
    may_write: bool,
    may_publish: bool,
    may_feed: bool,
    is_empty: bool,
    /// Whether a part of the filter that is folded away has a say.
    is_filtered: bool,
}

/// A state, how many there are, and its view.
struct StateTab {
    name: String,
    count: String,
    path: String,
    is_here: bool,
}

/// A view that the member keeps.
struct View {
    name: String,
    path: String,
    delete_path: String,
    is_here: bool,
}

/// A post as the library shows it.
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) path: String,
    pub(super) title: String,
    pub(super) picture: Option<String>,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) facts: Vec<String>,
    /// Shares and clicks that it brought, for who may read them and as far as they are told.
    pub(super) did: Option<String>,
    pub(super) at: DateTime<Utc>,
}

/// A column of the board.
struct Column {
    name: String,
    count: String,
    rows: Vec<Row>,
    /// The view of all that the column has, where it shows only the first.
    more: Option<String>,
}

/// Shows the library.
pub async fn show(
    console: Console<ReadPosts>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let wanted = wanted(&fields);
    let path = console.path("library");
    let counts = posts::count_posts(&app, &console.actor).await;
    let counts = counts.or_page(&console)?;
    let topics = posts::list_topics(&app, &console.actor).await;
    let topics = topics.or_page(&console)?;
    let campaigns = posts::list_campaigns(&app, &console.actor).await;
    let campaigns = campaigns.or_page(&console)?;
    let views = saved_views::list_views(&app, &console.actor).await;
    let views = views.or_page(&console)?;
    let is_board = fields.is("view", "board");
    let (columns, (rows, next)) = if is_board {
        let columns = board(&app, &console, (&fields, &counts), &wanted).await?;
        (columns, (Vec::new(), None))
    } else {
        let list = list(&app, &console, &fields, &wanted).await?;
        (Vec::new(), list)
    };
    let look = &console.look;
    let query = query_of(&fields, &[]);
    let page = LibraryPage {
        states: tabs(look, &path, &fields, &counts),
        chips: chips(look, &path, &fields),
        choices: choices(look, topics, campaigns),
        views: views
            .into_iter()
            .map(|row| view(&path, &query, row))
            .collect(),
        formulas: if rows.iter().any(|row: &Row| row.did.is_some()) {
            formulas(look, app.config.ingest.clicks_per_network, &DID)
        } else {
            Vec::new()
        },
        rows,
        columns,
        next,
        is_board,
        list_path: address(&path, &fields, &[("view", "")]),
        board_path: address(&path, &fields, &[("view", "board")]),
        query,
        may_write: console.actor.require(Permission::WritePosts).is_ok(),
        may_publish: console.actor.require(Permission::PublishPosts).is_ok(),
        may_feed: console.actor.require(Permission::ManageFeeds).is_ok(),
        is_empty: counts.by_state.is_empty(),
        is_filtered: is_filtered(&fields),
        frame: console.frame("library-title"),
        fields,
    };
    Ok(console.page(&page))
}

async fn board(
    app: &App,
    console: &Console<ReadPosts>,
    (fields, counts): (&Fields, &Counts),
    wanted: &Library,
) -> Result<Vec<Column>, Response> {
    let states: &[PostState] = match &wanted.state {
        Some(only) => std::slice::from_ref(only),
        None => &COLUMNS,
    };
    let mut columns = Vec::new();
    for state in states {
        // What the filter leaves of a state is counted by what the column shows.
        let all = (!is_narrowed(fields)).then(|| count(counts, *state));
        columns.push(column(app, console, fields, (*state, all, wanted)).await?);
    }
    Ok(columns)
}

/// A page of the list, and the address of the next.
async fn list(
    app: &App,
    console: &Console<ReadPosts>,
    fields: &Fields,
    wanted: &Library,
) -> Result<(Vec<Row>, Option<String>), Response> {
    let paging = Paging {
        after: position(fields.text("cursor")).ok(),
        limit: LIMIT,
    };
    let found = posts::list_posts(app, &console.actor, wanted, paging).await;
    let slice = found.or_page(console)?;
    let mut did = did(app, console, &slice.items).await?;
    let rows = slice.items.iter().map(|one| Row {
        did: did.remove(&one.post.id),
        ..row(console, one)
    });
    let rows = rows.collect();
    let next = slice.next.map(|row| {
        let cursor = cursor(row);
        address(&console.path("library"), fields, &[("cursor", &cursor)])
    });
    Ok((rows, next))
}

/// What posts that went live brought.
async fn did(
    app: &App,
    console: &Console<ReadPosts>,
    items: &[PostDetail],
) -> Result<HashMap<PostId, String>, Response> {
    if console.actor.require(Permission::ReadFigures).is_err() {
        return Ok(HashMap::new());
    }
    let went = items.iter().filter(|one| one.post.published_at.is_some());
    let went = went.map(|one| one.post.clone()).collect();
    let sums = insight::sums_of(app, &console.actor, went).await;
    let told = sums.or_page(console)?.into_iter();
    let told = told.filter(|one| !one.is_kept_back).map(|one| {
        let clicks = console.look.count("library-clicks", one.sums.clicks());
        let told = if one.is_group {
            let shares = console.look.count("library-shares", one.sums.shares());
            format!("{shares} → {clicks}")
        } else {
            clicks
        };
        (one.post, told)
    });
    Ok(told.collect())
}

fn view(path: &str, query: &str, row: saved_view::Model) -> View {
    View {
        path: format!("{path}?{}", row.query),
        delete_path: format!("{path}/views/{}/delete", row.id),
        is_here: row.query == query,
        name: row.name,
    }
}

fn count(counts: &Counts, state: PostState) -> i64 {
    let found = counts.by_state.iter().find(|(one, _)| *one == state);
    found.map_or(0, |(_, count)| *count)
}

fn tabs(look: &Look, path: &str, fields: &Fields, counts: &Counts) -> Vec<StateTab> {
    named::state::ALL
        .iter()
        .map(|state| {
            let word = named::state::word(*state);
            StateTab {
                name: look.say(named::state::key(*state)),
                count: look.number(count(counts, *state)),
                path: address(path, fields, &[("state", word)]),
                is_here: fields.is("state", word),
            }
        })
        .collect()
}

async fn column(
    app: &App,
    console: &Console<ReadPosts>,
    fields: &Fields,
    (state, all, wanted): (PostState, Option<i64>, &Library),
) -> Result<Column, Response> {
    let wanted = Library {
        state: Some(state),
        ..wanted.clone()
    };
    let paging = Paging {
        after: None,
        limit: COLUMN,
    };
    let found = posts::list_posts(app, &console.actor, &wanted, paging).await;
    let slice = found.or_page(console)?;
    let look = &console.look;
    let word = named::state::word(state);
    let list = [("state", word), ("view", "")];
    let more = address(&console.path("library"), fields, &list);
    let shown = look.number(slice.items.len());
    Ok(Column {
        name: look.say(named::state::key(state)),
        count: match (all, &slice.next) {
            (Some(all), _) => look.number(all),
            (None, None) => shown,
            (None, Some(_)) => format!("{shown}+"),
        },
        rows: slice.items.iter().map(|one| row(console, one)).collect(),
        more: slice.next.map(|_| more),
    })
}

/// A post as a row or a card.
pub(super) fn row<P: Door>(console: &Console<P>, detail: &PostDetail) -> Row {
    let (post, look) = (&detail.post, &console.look);
    let mut facts: Vec<String> = Vec::new();
    facts.extend(detail.campaign.clone());
    facts.extend(detail.topics.iter().cloned());
    let mut networks: Vec<_> = detail
        .variants
        .iter()
        .filter_map(|one| one.network)
        .collect();
    networks.sort_unstable();
    networks.dedup();
    facts.extend(
        networks
            .into_iter()
            .map(|one| look.say(named::network::key(one))),
    );
    let planned = post.published_at.or(post.publish_at);
    Row {
        id: post.id.0,
        path: path_of(console, post),
        title: titled(look, post),
        picture: post.image_url.clone(),
        state: look.say(named::state::key(post.state)),
        tone: named::tone(post.state),
        facts,
        did: None,
        at: planned.unwrap_or(post.updated_at),
    }
}

/// Where a post is worked on: a draft is written on, the others are looked at.
pub(super) fn path_of<P: Door>(console: &Console<P>, post: &post::Model) -> String {
    match post.state {
        PostState::Draft => console.path(&format!("compose/{}", post.id)),
        PostState::InReview
        | PostState::Approved
        | PostState::Scheduled
        | PostState::Live
        | PostState::Expired
        | PostState::Archived
        | PostState::Withdrawn => console.path(&format!("posts/{}", post.id)),
    }
}

#[cfg(test)]
mod tests;
