//! Topics: what posts are about, kept in order.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use entity::enums::Permission;
use entity::ids::TopicId;
use url::form_urlencoded::{Serializer, byte_serialize};
use uuid::Uuid;

use super::door::{Console, Door, InPath};
use super::form::{Faults, Fields};
use super::frame::Frame;
use super::guarded::{Pages, get, post};
use super::page::Answer;
use super::toast::Toast;
use crate::app::App;
use crate::domain::topic::slug;
use crate::http::auth::permissions::{ReadPosts, WritePosts};
use crate::service::topics::{self, Change, Overview, TopicError};

/// Below the library, whose place in the rail they share.
const BASE: &str = "library/topics";

/// The pages of topics.
pub(super) fn router() -> Pages {
    Pages::default()
        .route("/o/{slug}/library/topics", get(show).post(create))
        .route("/o/{slug}/library/topics/{topic}", post(change))
        .route("/o/{slug}/library/topics/{topic}/undo", post(undo))
        .route("/o/{slug}/library/topics/{topic}/merge", post(merge))
        .route("/o/{slug}/library/topics/{topic}/remove", post(remove))
}

#[derive(Template)]
#[template(path = "console/topics.html")]
struct TopicsPage {
    frame: Frame,
    rows: Vec<Row>,
    fields: Fields,
    faults: Faults,
    /// Whether a form is shown again that is not the one of a new topic.
    is_old: bool,
    may_write: bool,
}

/// A topic as the list shows it.
struct Row {
    id: TopicId,
    name: String,
    /// The name in its form.
    typed: String,
    /// The name of the one that is to take it in.
    into: String,
    /// Whether its form is shown again.
    is_faulty: bool,
    posts: i64,
    posts_path: String,
}

/// Shows the list.
pub async fn show(console: Console<ReadPosts>, State(app): State<App>) -> Answer {
    let page = shown(&app, &console, None, (Fields::default(), Faults::none())).await?;
    Ok(console.page(&page))
}

async fn shown<P: Door>(
    app: &App,
    console: &Console<P>,
    at_fault: Option<TopicId>,
    (fields, faults): (Fields, Faults),
) -> Result<TopicsPage, Response> {
    let rows = listed(app, console).await?.into_iter().map(|one| {
        let row = row(console, one);
        let is_faulty = at_fault == Some(row.id);
        let typed = |field, kept: &str| {
            let typed = fields.given(field).filter(|_| is_faulty);
            typed.unwrap_or(kept).to_owned()
        };
        Row {
            typed: typed("name", &row.name),
            into: typed("into", ""),
            is_faulty,
            ..row
        }
    });
    Ok(TopicsPage {
        rows: rows.collect(),
        fields,
        faults,
        is_old: at_fault.is_some(),
        may_write: console.actor.require(Permission::WritePosts).is_ok(),
        frame: console.frame("topics-title"),
    })
}

async fn listed<P: Door>(app: &App, console: &Console<P>) -> Result<Vec<Overview>, Response> {
    let all = topics::list_topics(app, &console.actor).await;
    all.map_err(|error| page_of(console, error))
}

fn row<P: Door>(console: &Console<P>, told: Overview) -> Row {
    let name: String = byte_serialize(told.topic.name.as_bytes()).collect();
    Row {
        id: told.topic.id,
        posts_path: console.path(&format!("library?topic={name}")),
        name: told.topic.name,
        typed: String::new(),
        into: String::new(),
        is_faulty: false,
        posts: told.posts,
    }
}

/// Makes a topic.
pub async fn create(
    console: Console<WritePosts>,
    State(app): State<App>,
    fields: Fields,
) -> Answer {
    match topics::create_topic(&app, &console.actor, fields.text("name")).await {
        Ok(_) => Ok(console.go(BASE, Some(Toast::of("toast-topic-made")))),
        Err(error) => again(&app, &console, None, (fields, error)).await,
    }
}

/// Gives a topic the name that was typed.
pub async fn change(
    console: Console<WritePosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let all = listed(&app, &console).await?;
    let before = all.into_iter().find(|one| one.topic.id == TopicId(id));
    let Some(before) = before else {
        return Err(console.not_found());
    };
    let query = Serializer::new(String::new())
        .append_pair("name", &before.topic.name)
        .finish();
    let undo = console.path(&format!("{BASE}/{id}/undo?{query}"));
    let toast = Toast::of("toast-topic-saved").undo(undo);
    keep(&app, &console, TopicId(id), (fields, toast)).await
}

/// Gives a topic the name that it had.
pub async fn undo(
    console: Console<WritePosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Fields::read(query.unwrap_or_default().as_bytes());
    keep(
        &app,
        &console,
        TopicId(id),
        (asked, Toast::of("toast-undone")),
    )
    .await
}

async fn keep(
    app: &App,
    console: &Console<WritePosts>,
    id: TopicId,
    (fields, toast): (Fields, Toast),
) -> Answer {
    let wanted = Change {
        name: Some(fields.text("name").to_owned()),
    };
    match topics::update_topic(app, &console.actor, id, wanted).await {
        Ok(_) => Ok(console.go(BASE, Some(toast))),
        Err(error) => again(app, console, Some(id), (fields, error)).await,
    }
}

/// Lets another topic take this one in.
pub async fn merge(
    console: Console<WritePosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let into = slug(fields.text("into"));
    let all = listed(&app, &console).await?.into_iter();
    let mut into = all.filter(|one| one.topic.slug == into);
    // What is no topic is told like the topic itself.
    let into = into.next().map_or(TopicId(id), |one| one.topic.id);
    match topics::merge_topic(&app, &console.actor, TopicId(id), into).await {
        Ok(_) => Ok(console.go(BASE, Some(Toast::of("toast-topic-merged")))),
        // A second click.
        Err(TopicError::NotFound) => Ok(console.go(BASE, None)),
        Err(error) => again(&app, &console, Some(TopicId(id)), (fields, error)).await,
    }
}

/// Takes away a topic that no post is about.
pub async fn remove(
    console: Console<WritePosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    match topics::remove_topic(&app, &console.actor, TopicId(id)).await {
        Ok(()) => Ok(console.go(BASE, Some(Toast::of("toast-topic-removed")))),
        // A second click.
        Err(TopicError::NotFound) => Ok(console.go(BASE, None)),
        Err(error) => again(&app, &console, Some(TopicId(id)), (fields, error)).await,
    }
}

/// The list once more, with what is wrong at a topic's form.
async fn again(
    app: &App,
    console: &Console<WritePosts>,
    at_fault: Option<TopicId>,
    (fields, error): (Fields, TopicError),
) -> Answer {
    let look = &console.look;
    let faults = match error {
        TopicError::Forbidden(_) | TopicError::NotFound | TopicError::Store(_) => {
            return Err(page_of(console, error));
        }
        TopicError::Invalid(faults) => Faults::of(&faults, |fault| {
            look.say(match fault.field.as_str() {
                "into" => "topic-into-fault",
                _ => "topic-name-fault",
            })
        }),
        TopicError::NameTaken => Faults::none().and("name", look.say("topic-name-taken")),
        TopicError::InUse => Faults::none().and("name", look.say("topic-in-use")),
    };
    let page = shown(app, console, at_fault, (fields, faults)).await?;
    Ok(console.again(&page))
}

fn page_of<P: Door>(console: &Console<P>, error: TopicError) -> Response {
    match error {
        TopicError::Forbidden(_) => console.forbidden(),
        TopicError::NotFound => console.not_found(),
        TopicError::Store(error) => console.failed(&error),
        TopicError::Invalid(_) | TopicError::NameTaken | TopicError::InUse => console.changed(),
    }
}

#[cfg(test)]
mod tests;
