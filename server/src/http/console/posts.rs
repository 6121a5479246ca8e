//! The page of one post: where it stands, for whom it is, how it goes out, what it did, and what
//! was done to it.

mod remarks;
mod sending;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::TimeDelta;
use entity::enums::{Permission, Platform, PostState};
use entity::ids::PostId;
use entity::post;
use uuid::Uuid;

use super::beside;
use super::door::{Console, Door, InPath};
use super::facts::{Fact, facts};
use super::form::{Faults, Fields};
use super::frame::Frame;
use super::insight::told::formulas;
use super::insight::until;
use super::look::Look;
use super::page::{Answer, OrPage};
use super::piece::{Piece, state};
use super::progress::Meter;
use super::toast::Toast;
use crate::app::App;
use crate::domain::post::{Passage, Step, is_embargoed, passage};
use crate::domain::share::counts;
use crate::http::auth::permissions::{PublishPosts, ReadPosts, WritePosts};
use crate::service::broadcasts;
use crate::service::content_rules;
use crate::service::figures::{self, Figures, FiguresError};
use crate::service::posts::{self, PostError};
use crate::service::reviews::{self, Taken};

pub(super) use remarks::add_note;
pub(super) use sending::{held_back, pause, resend, resume, retry, stop};

/// A post that goes live within this time is watched.
const SOON: TimeDelta = TimeDelta::hours(1);
/// How what it did is counted.
const DID: [(&str, &str); 3] = [
    ("figures-shares", "formula-shares"),
    ("figures-clicks", "formula-clicks"),
    ("figures-reach", "formula-reach"),
];

#[derive(Template)]
#[template(path = "console/post.html")]
struct PostPage {
    frame: Frame,
    post: post::Model,
    /// Its state in a word, and the kind of chip.
    state: (String, &'static str),
    piece: Piece,
    facts: Vec<Fact>,
    meter: Meter,
    /// Whether it goes live by itself, which its page notices.
    is_scheduled: bool,
    figures: Option<Numbers>,
    /// What was said about it, and done in its reviews.
    said: Vec<beside::Line>,
    history: Vec<Line>,
    may: May,
    fields: Fields,
    faults: Faults,
}

/// What the member may do with the post as it is.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each of them is a button of its own"
)]
struct May {
    write: bool,
    submit: bool,
    test: bool,
    recall: bool,
    archive: bool,
    unarchive: bool,
    review: bool,
    publish: bool,
    hold: bool,
    retry: bool,
    resend: bool,
    withdraw: bool,
    comment: bool,
}

/// Figures as they are shown.
struct Numbers {
    figures: Figures,
    /// Shares that count; none until enough members are active.
    shares: Option<i64>,
    /// Until when what members did is told, where that is not now, as a sentence.
    until: Option<String>,
    /// How each of them is counted.
    formulas: Vec<(String, String)>,
}

/// A step of its history.
struct Line {
    sentence: String,
    taken: Taken,
}

/// Shows a post.
pub async fn show(
    console: Console<ReadPosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let shown = shown(
        &app,
        &console,
        PostId(id),
        (Fields::default(), Faults::none()),
    )
    .await?;
    Ok(console.page(&shown))
}

async fn shown<P: Door>(
    app: &App,
    console: &Console<P>,
    id: PostId,
    (fields, faults): (Fields, Faults),
) -> Result<PostPage, Response> {
    let actor = &console.actor;
    let detail = posts::show_post(app, actor, id).await;
    let detail = detail.map_err(|error| refused(console, error))?;
    let broadcast = broadcasts::look(app, actor, id).await;
    let broadcast = broadcast.map_err(|error| held_back(console, error))?;
    let disclosure = content_rules::disclosure_of(app, actor, &detail.post).await;
    let disclosure = disclosure.or_page(console)?;
    let history = reviews::history(app, actor, id).await.or_page(console)?;
    let said = reviews::said(app, actor, id).await;
    let said = said.map_err(|error| refused(console, error))?;
    let may = |permission| actor.require(permission).is_ok();
    let post = detail.post.clone();
    let publishes = may(Permission::PublishPosts);
    let writes = may(Permission::WritePosts);
    let meter = Meter::of(&console.look, broadcast);
    let holds = publishes && post.state == PostState::Live;
    Ok(PostPage {
        state: state(&console.look, post.state),
        piece: Piece::of(&console.look, &detail, disclosure.as_deref()),
        facts: facts(app, console, &detail).await?,
        figures: numbers(app, console, &post).await?,
        said: beside::lines(&console.look, said),
        history: history
            .into_iter()
            .map(|taken| Line {
                sentence: told(console, &taken),
                taken,
            })
            .collect(),
        may: May {
            write: writes && post.state == PostState::Draft,
            submit: writes && post.state == PostState::Draft,
            test: writes && post.state != PostState::Withdrawn,
            recall: writes
                && (post.state == PostState::InReview
                    || (publishes && post.state == PostState::Scheduled)),
            archive: writes && passage(post.state, Step::Archive) == Passage::Open,
            unarchive: writes && post.state == PostState::Archived,
            review: may(Permission::ReviewPosts) && post.state == PostState::InReview,
            publish: publishes
                && passage(post.state, Step::Publish) == Passage::Open
                && !is_embargoed(&post, app.now()),
            hold: holds,
            retry: holds && !meter.is_stopped() && meter.broadcast.retriable > 0,
            // What is on its way may still become uncertain: the number would be another.
            resend: holds
                && !(meter.is_stopped() || meter.is_running())
                && meter.broadcast.resendable > 0,
            withdraw: publishes && passage(post.state, Step::Withdraw) == Passage::Open,
            comment: may(Permission::CommentPosts),
        },
        is_scheduled: is_soon(app, &post),
        meter,
        frame: console.frame_of(titled(&console.look, &post)),
        post,
        fields,
        faults,
    })
}

/// Whether it goes live by itself while somebody may be looking: one that is planned for later would
/// hold a stream for nothing.
fn is_soon(app: &App, post: &post::Model) -> bool {
    let is_near = |at| at <= app.now() + SOON;
    post.state == PostState::Scheduled && post.publish_at.is_some_and(is_near)
}

/// What a post is called: a draft may have no title yet.
pub(super) fn titled(look: &Look, post: &post::Model) -> String {
    if post.title.is_empty() {
        look.say("post-untitled")
    } else {
        post.title.clone()
    }
}

/// The figures of a post that has been live, for who may read them.
async fn numbers<P: Door>(
    app: &App,
    console: &Console<P>,
    post: &post::Model,
) -> Result<Option<Numbers>, Response> {
    if post.published_at.is_none() {
        return Ok(None);
    }
    match figures::of_post(app, &console.actor, post.id).await {
        Ok(figures) => {
            let counted = figures.shares.iter().filter(|(state, _)| counts(*state));
            let shares: i64 = counted.map(|(_, count)| count).sum();
            Ok(Some(Numbers {
                shares: figures.potential_reach.is_some().then_some(shares),
                until: until(&console.look, figures.until),
                formulas: formulas(&console.look, app.config.ingest.clicks_per_network, &DID),
                figures,
            }))
        }
        Err(FiguresError::Forbidden(_)) => Ok(None),
        Err(FiguresError::NotFound) => Err(console.not_found()),
        Err(FiguresError::Internal(error)) => Err(console.failed(&error)),
    }
}

/// A step of a post's history in words.
fn told<P: Door>(console: &Console<P>, taken: &Taken) -> String {
    let look = &console.look;
    let who = match &taken.who {
        Some(name) => name.clone(),
        None if taken.by_itself => look.say("history-itself"),
        None => look.say("history-somebody"),
    };
    let with = |key| look.with(key, "who", &who);
    match taken.action.as_str() {
        "post.create" => with("history-create"),
        "post.update" => with("history-update"),
        "post.submit" => with("history-submit"),
        "post.approve" => with("history-approve"),
        "post.reject" => with("history-reject"),
        "post.publish" => with("history-publish"),
        "post.expire" => look.say("history-expire"),
        "post.withdraw" => with("history-withdraw"),
        "post.pause" => with("history-pause"),
        "post.resume" => with("history-resume"),
        "post.stop" => with("history-stop"),
        "post.retry" => with("history-retry"),
        "post.resend" => with("history-resend"),
        "post.recall" => with("history-recall"),
        "post.reschedule" => with("history-reschedule"),
        "post.archive" => with("history-archive"),
        "post.unarchive" => with("history-unarchive"),
        "post.set_campaign" => with("history-campaign"),
        _ => with("history-other"),
    }
}

/// Makes an approved or scheduled post live now.
pub async fn publish(
    console: Console<PublishPosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let published = posts::publish_post(&app, &console.actor, PostId(id)).await;
    published.map_err(|error| refused(&console, error))?;
    Ok(back(&console, id, "toast-published"))
}

/// Hands a draft to the approvers; also the undo of asking for changes.
pub async fn submit(
    console: Console<WritePosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    match posts::submit_post(&app, &console.actor, PostId(id)).await {
        Ok(_) => {}
        // The composer says what stands in the way, and where.
        Err(PostError::Invalid(_)) => {
            let toast = Toast::of("toast-not-ready");
            return Ok(console.go(&format!("compose/{id}"), Some(toast)));
        }
        Err(error) => return Err(refused(&console, error)),
    }
    let toast = Some(Toast::of("toast-submitted"));
    if fields.given("next").is_some() {
        return Ok(console.go_to(&console.onward(&fields), toast));
    }
    Ok(console.go(&format!("posts/{id}"), toast))
}

/// Sends a post's card to the member alone.
pub async fn test(
    console: Console<WritePosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let chats = posts::test_post(&app, &console.actor, PostId(id)).await;
    let chats = chats.map_err(|error| refused(&console, error))?;
    Ok(back(&console, id, tested(&chats)))
}

/// Says in which chats a test is on its way.
pub(super) fn tested(chats: &[Platform]) -> &'static str {
    match chats {
        [] => "toast-test-nowhere",
        [Platform::Slack] => "toast-test-slack",
        [Platform::Discord] => "toast-test-discord",
        _ => "toast-test-both",
    }
}

/// Takes a post back everywhere.
pub async fn withdraw(
    console: Console<PublishPosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let url = Some(fields.text("url").trim()).filter(|url| !url.is_empty());
    match posts::withdraw_post(&app, &console.actor, PostId(id), url).await {
        Ok(_) => Ok(back(&console, id, "toast-withdrawn")),
        Err(PostError::Invalid(_)) => {
            let sentence = console.look.say("withdraw-url-fault");
            let faults = Faults::none().and("url", sentence);
            let shown = shown(&app, &console, PostId(id), (fields, faults)).await?;
            Ok(console.again(&shown))
        }
        Err(error) => Err(refused(&console, error)),
    }
}

fn back<P: Door>(console: &Console<P>, id: Uuid, toast: &'static str) -> Response {
    console.go(&format!("posts/{id}"), Some(Toast::of(toast)))
}

/// The page that says why a post does not change.
pub(super) fn refused<P: Door>(console: &Console<P>, error: PostError) -> Response {
    match error {
        PostError::Forbidden(_) => console.forbidden(),
        PostError::NotFound => console.not_found(),
        PostError::Invalid(_)
        | PostError::WrongState(_)
        | PostError::VersionMismatch(_)
        | PostError::OwnPost => console.changed(),
        PostError::Internal(error) => console.failed(&error),
    }
}
