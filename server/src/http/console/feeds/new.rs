//! Adding a feed: first one sees what would come, then one follows it. What a preview was made of
//! goes along with it in the form, so that nothing else is followed.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use entity::enums::FeedMode;

use super::{Shown, refused, shown, trouble_keys};
use crate::app::App;
use crate::http::auth::permissions::ManageFeeds;
use crate::http::console::cadence;
use crate::http::console::door::Console;
use crate::http::console::form::{Faults, Fields};
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::http::console::page::{Answer, OrPage};
use crate::http::console::toast::Toast;
use crate::service::cadences::{CadenceError, read_cadence};
use crate::service::feeds::{self, DEFAULT_CRON, Fate, FeedError, NewFeed, Preview, PreviewItem};

#[derive(Template)]
#[template(path = "console/feed_form.html")]
struct FormPage {
    frame: Frame,
    fields: Fields,
    faults: Faults,
    /// What the schedule means, where it is understood.
    rhythm: Option<Shown>,
    fault: Option<String>,
    preview: Option<Seen>,
}

/// What a feed would bring.
struct Seen {
    /// What it is the preview of, which comes back as `seen`.
    mark: String,
    /// Why it is shown to who asked for something else.
    note: Option<String>,
    title: String,
    facts: Vec<String>,
    items: Vec<Item>,
}

/// An item as it would become a post.
struct Item {
    title: String,
    summary: String,
    url: Option<String>,
    image: Option<String>,
    at: Option<DateTime<Utc>>,
    /// What would become of it, in a word, and the kind of chip.
    fate: (String, &'static str),
    /// Why it is refused.
    reason: Option<String>,
}

/// An empty form, or one with the address that the page's brings: `?url=`.
pub async fn begin(
    console: Console<ManageFeeds>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let brought = Fields::read(query.unwrap_or_default().as_bytes());
    let fields = Fields::of([
        ("url", brought.text("url").to_owned()),
        ("mode", "draft".to_owned()),
        ("cron", DEFAULT_CRON.to_owned()),
    ]);
    let page = form(&console, &app, (fields, Faults::none()), None);
    Ok(console.page(&page))
}

/// Reads the schedule, shows what would come, or follows the feed, as the button says. What was not
/// seen is shown in place of being followed.
pub async fn create(
    console: Console<ManageFeeds>,
    State(app): State<App>,
    fields: Fields,
) -> Answer {
    let wanted = NewFeed {
        url: fields.text("url").trim().to_owned(),
        mode: read_mode(fields.text("mode")),
        cron: Some(typed_cron(&fields)),
    };
    let mark = mark(&wanted);
    let follows = fields.text("do") == "follow";
    let is_seen = fields.text("seen") == mark;
    let outcome = match fields.text("do") {
        "read" => {
            let page = form(&console, &app, (fields, Faults::none()), None);
            return Ok(console.page(&page));
        }
        "follow" if is_seen => {
            let followed = feeds::create_feed(&app, &console.actor, wanted).await;
            followed.map(|_| None)
        }
        _ => {
            let seen = feeds::preview_feed(&app, &console.actor, wanted).await;
            seen.map(Some)
        }
    };
    match outcome {
        Ok(None) => Ok(console.go("library/feeds", Some(Toast::of("toast-feed-added")))),
        Ok(Some(preview)) => {
            let seen = Seen {
                note: follows.then(|| console.look.say("feed-seen-other")),
                ..seen(&console.look, &preview, mark)
            };
            let page = form(&console, &app, (fields, Faults::none()), Some(seen));
            Ok(if follows {
                console.again(&page)
            } else {
                console.page(&page)
            })
        }
        Err(error) => {
            let faults = faults(&console, &app, &fields, error)?;
            Ok(console.again(&form(&console, &app, (fields, faults), None)))
        }
    }
}

/// What a preview depends on: the address as it was typed, and what becomes of items.
fn mark(wanted: &NewFeed) -> String {
    let mode = mode_word(wanted.mode.unwrap_or(FeedMode::Draft));
    format!("{mode} {}", wanted.url)
}

/// The schedule as it was typed, with single spaces.
pub(super) fn typed_cron(fields: &Fields) -> String {
    let words: Vec<&str> = fields.text("cron").split_whitespace().collect();
    words.join(" ")
}

pub(super) fn read_mode(word: &str) -> Option<FeedMode> {
    match word {
        "draft" => Some(FeedMode::Draft),
        "review" => Some(FeedMode::Review),
        "auto" => Some(FeedMode::AutoPublish),
        _ => None,
    }
}

pub(super) fn mode_word(mode: FeedMode) -> &'static str {
    match mode {
        FeedMode::Draft => "draft",
        FeedMode::Review => "review",
        FeedMode::AutoPublish => "auto",
    }
}

/// What the schedule that was typed means, or what is wrong with it.
pub(super) fn read(
    console: &Console<ManageFeeds>,
    app: &App,
    fields: &Fields,
) -> (Option<Shown>, Option<String>) {
    match read_cadence(app, &console.actor, &typed_cron(fields)) {
        Ok(rhythm) => (Some(shown(console, &rhythm)), None),
        Err(CadenceError::Invalid(fault)) => (None, Some(cadence::fault(&console.look, &fault))),
        Err(CadenceError::Forbidden(_)) => (None, None),
    }
}

fn form(
    console: &Console<ManageFeeds>,
    app: &App,
    (fields, faults): (Fields, Faults),
    preview: Option<Seen>,
) -> FormPage {
    let (rhythm, fault) = read(console, app, &fields);
    FormPage {
        frame: console.frame("feed-form-title"),
        fields,
        faults,
        rhythm,
        fault,
        preview,
    }
}

/// What is wrong with the form, in sentences.
#[expect(
    clippy::result_large_err,
    reason = "what is refused is a whole page, once per request"
)]
pub(super) fn faults(
    console: &Console<ManageFeeds>,
    app: &App,
    fields: &Fields,
    error: FeedError,
) -> Result<Faults, Response> {
    let look = &console.look;
    let at_url = |sentence: String| Ok(Faults::none().and("url", sentence));
    if let Some(trouble) = feeds::trouble(&error) {
        let (what, todo) = trouble_keys(trouble);
        return at_url(format!("{} {}", look.say(what), look.say(todo)));
    }
    match error {
        FeedError::AlreadyExists => at_url(look.say("feed-fault-known")),
        FeedError::Busy => at_url(look.say("feed-fault-busy")),
        FeedError::Invalid(found) => {
            let cron = read(console, app, fields).1;
            Ok(Faults::of(&found, |fault| match fault.field.as_str() {
                "cron" => cron.clone().unwrap_or_else(|| fault.reason.clone()),
                _ => look.say("feed-fault-url"),
            }))
        }
        other => Err(other).or_page(console),
    }
}

fn seen(look: &Look, preview: &Preview, mark: String) -> Seen {
    let title = preview.title.clone();
    let some = |key, number: usize| (number > 0).then(|| look.count(key, number));
    let facts = [
        some("feed-seen-found", preview.found),
        (preview.found > 0).then(|| look.count("feed-seen-fresh", preview.fresh)),
        some("feed-seen-known", preview.known),
        some("feed-seen-refused", preview.refused),
    ];
    Seen {
        mark,
        note: None,
        title: title.unwrap_or_else(|| preview.url.clone()),
        facts: facts.into_iter().flatten().collect(),
        items: preview.items.iter().map(|one| item(look, one)).collect(),
    }
}

fn item(look: &Look, item: &PreviewItem) -> Item {
    let (key, tone, reason) = match &item.fate {
        Fate::Known(_) => ("feed-fate-known", "quiet", None),
        Fate::Refused(note) => {
            let reason = refused::told(look, note);
            ("feed-fate-refused", "danger", Some(reason))
        }
        Fate::Draft => ("feed-fate-draft", "", None),
        Fate::Review => ("feed-fate-review", "warning", None),
        Fate::Publish => ("feed-fate-publish", "success", None),
    };
    Item {
        title: item.title.clone(),
        summary: item.summary.clone(),
        url: item.url.clone(),
        image: item.image_url.clone(),
        at: item.published,
        fate: (look.say(key), tone),
        reason,
    }
}
