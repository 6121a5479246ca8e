//! The composer: the link first, then words for each network, with what they will look like and
//! what stands in the way beside them. Without script each button sends the whole form; by script
//! it is saved and drawn while somebody writes.

mod aid;
pub(super) mod faults;
pub(super) mod form;
mod offered;
mod send;
mod shown;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use entity::enums::{Permission, PostState};
use entity::ids::PostId;
use uuid::Uuid;

use super::door::{Console, InPath};
use super::drawn::Part;
use super::form::{Faults, Fields};
use super::frame::Frame;
use super::look::Look;
use super::named;
use super::page::{Answer, OrPage};
use crate::app::App;
use crate::domain::post::{Draft, VARIANTS_PER_NETWORK, may_approve, writers_of};
use crate::http::auth::permissions::{ReadPosts, WritePosts};
use crate::service::posts::{self, PostDetail};
use offered::Offered;
use shown::{Counter, Shown};

pub(super) use aid::{autosave, autosave_new, keep_picture, preview, unfurl};
pub(super) use send::{change, create};

#[derive(Template)]
#[template(path = "console/composer.html")]
struct ComposerPage {
    frame: Frame,
    fields: Fields,
    faults: Faults,
    offered: Offered,
    wordings: Vec<Row>,
    shown: Shown,
    /// The post's id, which is chosen before it is saved: sent twice, it is one post.
    own: Uuid,
    /// The version that was read; none of a new post.
    version: Option<i64>,
    /// Where the form is sent.
    action: String,
    /// Where its buttons by script lead.
    aids: String,
    versions_path: Option<String>,
    saved: Option<DateTime<Utc>>,
    notice: Option<Notice>,
    /// What a reviewer asked for.
    sent_back: Option<String>,
    /// Whether the member may let it out without somebody else.
    may_publish: bool,
    /// The zone in which times are typed.
    zone: String,
    /// Wordings of a network, at most.
    most: usize,
}

/// A wording as it is typed.
struct Row {
    at: usize,
    number: usize,
    network: String,
    text: String,
    counter: Option<Counter>,
    fault: Option<String>,
}

impl Row {
    /// Whether it is for the network of this word.
    fn is_for(&self, word: &str) -> bool {
        self.network == word
    }
}

/// A word above the form.
pub(super) struct Notice {
    text: String,
    is_warning: bool,
    /// Where to look, and how that is called.
    look: Option<(String, String)>,
}

/// What stands in the form, and what is to be said of it.
struct Typed {
    fields: Fields,
    faults: Faults,
    notice: Option<Notice>,
}

impl Typed {
    /// A form with nothing wrong in it.
    fn plain(fields: Fields) -> Self {
        Self {
            fields,
            faults: Faults::none(),
            notice: None,
        }
    }
}

/// An empty form, or one with what the address brings: `?url=` and `?title=`.
pub async fn begin(
    console: Console<WritePosts>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let brought = Fields::read(query.unwrap_or_default().as_bytes());
    let text = |name: &str| brought.given(name).map(str::to_owned);
    let draft = Draft {
        url: text("url"),
        title: text("title").unwrap_or_default(),
        ..Draft::default()
    };
    let typed = Typed::plain(form::filled(&draft, console.look.zone));
    let page = composer(&console, &app, None, typed).await?;
    Ok(console.page(&page))
}

/// A draft's form. What cannot be written any more, or not by this member, has its page instead.
pub async fn show(
    console: Console<ReadPosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let found = posts::show_post(&app, &console.actor, PostId(id)).await;
    let found = found.or_page(&console)?;
    let post_page = console.go(&format!("posts/{id}"), None);
    if found.post.state != PostState::Draft {
        return Ok(post_page);
    }
    let Some(console) = console.holding::<WritePosts>() else {
        return Ok(post_page);
    };
    let fields = form::filled(&posts::draft_of(&found), console.look.zone);
    let page = composer(&console, &app, Some(&found), Typed::plain(fields)).await?;
    Ok(console.page(&page))
}

async fn composer(
    console: &Console<WritePosts>,
    app: &App,
    post: Option<&PostDetail>,
    typed: Typed,
) -> Result<ComposerPage, Response> {
    let look = &console.look;
    let draft = form::draft(&typed.fields, look.zone);
    let id = post.map(|there| there.post.id);
    let path = id.map_or_else(
        || console.path("compose/new"),
        |id| console.path(&format!("compose/{id}")),
    );
    let own = id.or_else(|| send::own_id(&typed.fields));
    let own = own.unwrap_or_else(|| PostId(app.uuid()));
    let shown = Shown::of(app, look, &console.actor, (&draft, Some(own))).await;
    let shown = shown.or_page(console)?;
    let times = timed(look, &typed.fields, &Faults::none());
    let shown = shown.and(&times);
    let faults = timed(look, &typed.fields, &typed.faults);
    let offered = Offered::of(app, look, &console.actor, &typed.fields).await;
    Ok(ComposerPage {
        offered: offered.or_page(console)?,
        wordings: rows(&draft, &shown, &faults),
        shown,
        own: own.0,
        version: post.map(|there| there.post.version),
        aids: console.path("compose"),
        versions_path: id.map(|_| format!("{path}/versions")),
        saved: post.map(|there| there.post.updated_at),
        notice: typed.notice,
        sent_back: post.and_then(|there| there.post.review_note.clone()),
        may_publish: may_publish(console, post),
        zone: look.zone.to_string(),
        most: VARIANTS_PER_NETWORK,
        frame: match post.map(|there| there.post.title.as_str()) {
            Some(title) if !title.is_empty() => console.frame_of(title.to_owned()),
            Some(_) => console.frame("post-untitled"),
            None => console.frame("composer-title"),
        },
        action: path,
        fields: typed.fields,
        faults,
    })
}

/// Faults with a sentence of its own at each time that cannot be read.
fn timed(look: &Look, fields: &Fields, faults: &Faults) -> Faults {
    let unread = form::unread(fields, look.zone);
    let is_read = |field: &str| unread.iter().all(|fault| fault.field != field);
    let times = unread.iter().fold(Faults::none(), |told, fault| {
        told.and(&fault.field, look.say("fault-time"))
    });
    let others = faults.iter().filter(|(field, _)| is_read(field));
    others.fold(times, |told, (field, sentence)| {
        told.and(field, sentence.to_owned())
    })
}

/// The wordings and an empty one behind them, so that one can be added without script.
fn rows(draft: &Draft, shown: &Shown, faults: &Faults) -> Vec<Row> {
    let mut counters = shown.counters.iter().cloned();
    let typed = draft.variants.iter().map(|one| {
        let network = one.network.map(named::network::word).unwrap_or_default();
        (network.to_owned(), one.text.clone())
    });
    typed
        .chain([(String::new(), String::new())])
        .enumerate()
        .map(|(at, (network, text))| Row {
            at,
            number: at + 1,
            network,
            text,
            counter: counters.next().flatten(),
            fault: faults.at(&format!("variants-{at}-text")).map(str::to_owned),
        })
        .collect()
}

/// Whether nobody else has to look at it.
fn may_publish(console: &Console<WritePosts>, post: Option<&PostDetail>) -> bool {
    let actor = &console.actor;
    let me = actor.member.id;
    // Whoever has the form before them writes on it now.
    let writers = post.into_iter().flat_map(|there| writers_of(&there.post));
    let four_eyes = actor.organization.settings.second_pair_of_eyes;
    actor.require(Permission::ReviewPosts).is_ok()
        && may_approve(four_eyes, writers.chain([me]), me)
}

#[cfg(test)]
mod tests;
