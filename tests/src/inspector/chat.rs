//! The chat window: conversations at the left, what one person sees at the right.
use std::hash::{DefaultHasher, Hash, Hasher};

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use chrono::{DateTime, FixedOffset};

use super::block::{Block, Element, Reader, Small, block};
use super::dialog::{FieldKind, Sheet, sheet};
use super::home::{self, Page, Tab};
use super::{Inspector, changes};
use crate::emulator::slack::ids::{ChannelId, TeamId, UserId};
use crate::emulator::slack::model::{ChannelKind, UserKind};
use crate::emulator::slack::person::Person;
use crate::emulator::slack::person::rendered::{Seen, name_of};
use crate::emulator::slack::state::{Chat, State as Model};

#[derive(Template)]
#[template(path = "inspector/chat.html")]
struct Window {
    workspace: String,
    me: Someone,
    people: Vec<Someone>,
    places: Vec<Place>,
    here: Place,
    tab: Tab,
    conversation: Conversation,
}

#[derive(Template)]
#[template(path = "inspector/conversation.html")]
struct Conversation {
    base: String,
    home: Option<Page>,
    messages: Vec<Message>,
    dialog: Option<Sheet>,
}

#[derive(Clone)]
struct Someone {
    id: String,
    name: String,
    about: &'static str,
    first_channel: String,
}

#[derive(Clone)]
struct Place {
    id: String,
    name: String,
    is_direct: bool,
    is_here: bool,
}

struct Message {
    ts: String,
    author: String,
    initial: char,
    is_app: bool,
    is_ephemeral: bool,
    is_edited: bool,
    time: String,
    iso: String,
    announcement: String,
    version: u64,
    blocks: Vec<Block>,
    reactions: Vec<(String, usize)>,
}

pub(super) fn router() -> Router<Inspector> {
    Router::new()
        .route("/chat", get(first))
        .route("/chat/{user}/direct", get(direct))
        .route("/chat/{user}/{channel}", get(window))
        .route("/chat/{user}/{channel}/conversation", get(conversation))
        .route("/chat/{user}/{channel}/changes", get(changes))
}

pub(super) fn page(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page of the inspector was not rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

pub(super) fn not_found() -> Response {
    (
        StatusCode::NOT_FOUND,
        "Nobody and nothing of this name is in the emulated Slack.",
    )
        .into_response()
}

/// The person with this id, in the workspace in which they are.
pub(super) fn person(inspector: &Inspector, user: &str) -> Option<Person> {
    let id = UserId::from(user);
    let team = inspector.slack.state().read(|state| {
        state
            .kept
            .users
            .get(&id)
            .filter(|user| !user.is_bot())
            .map(|user| user.team.clone())
    })?;
    Some(inspector.slack.person(team, id))
}

async fn first(State(inspector): State<Inspector>) -> Response {
    let found = inspector.slack.state().read(|state| {
        let mut people = state.kept.users.values().filter(|user| !user.is_bot());
        people.find_map(|user| Some((user.id.clone(), first_channel(state, &user.id)?)))
    });
    match found {
        Some((user, channel)) => Redirect::to(&format!("/chat/{user}/{channel}")).into_response(),
        None => not_found(),
    }
}

async fn direct(State(inspector): State<Inspector>, Path(user): Path<String>) -> Response {
    match person(&inspector, &user).and_then(|person| person.opens_direct().ok()) {
        Some(channel) => Redirect::to(&format!("/chat/{user}/{channel}")).into_response(),
        None => not_found(),
    }
}

fn first_channel(state: &Model, user: &UserId) -> Option<ChannelId> {
    let mine = state
        .kept
        .channels
        .values()
        .filter(|channel| channel.members.contains(user));
    mine.min_by_key(|channel| matches!(channel.kind, ChannelKind::Direct { .. }))
        .map(|channel| channel.id.clone())
}

async fn window(
    State(inspector): State<Inspector>,
    Path((user, channel)): Path<(String, String)>,
) -> Response {
    let Some(person) = person(&inspector, &user) else {
        return not_found();
    };
    let chat = inspector.slack.state();
    let app = chat.app().name.clone();
    let places = places(chat, &person, &channel, &app);
    let Some(here) = places.iter().find(|place| place.is_here).cloned() else {
        return not_found();
    };
    let tab = Tab::of(&channel);
    if tab.is_home()
        && let Err(error) = person.opens_home()
    {
        tracing::debug!(%error, "the app does not hear that its Home tab is open");
    }
    let people = people(chat, person.team());
    let Some(me) = people.iter().find(|someone| someone.id == user).cloned() else {
        return not_found();
    };
    let workspace = chat.read(|state| {
        let found = state.kept.workspaces.get(person.team());
        found
            .map(|workspace| workspace.name.clone())
            .unwrap_or_default()
    });
    let conversation = converse(&person, &channel);
    page(&Window {
        workspace,
        me,
        people,
        places,
        here,
        tab,
        conversation,
    })
}

async fn conversation(
    State(inspector): State<Inspector>,
    Path((user, channel)): Path<(String, String)>,
) -> Response {
    match person(&inspector, &user) {
        Some(person) => page(&converse(&person, &channel)),
        None => not_found(),
    }
}

async fn changes(State(inspector): State<Inspector>) -> impl IntoResponse {
    let slack = &inspector.slack;
    changes::told(slack.state().changes(), slack.stopping())
}

fn places(chat: &Chat, person: &Person, here: &str, app: &str) -> Vec<Place> {
    let on_home = Tab::of(here).is_home();
    chat.read(|state| {
        let mut places: Vec<Place> = state
            .kept
            .channels
            .values()
            .filter(|channel| channel.team == *person.team())
            .filter(|channel| channel.members.contains(person.id()))
            .map(|channel| {
                let is_direct = matches!(channel.kind, ChannelKind::Direct { .. });
                Place {
                    id: channel.id.to_string(),
                    name: if is_direct {
                        app.to_owned()
                    } else {
                        channel.name.clone()
                    },
                    is_direct,
                    is_here: channel.id.as_str() == here || (is_direct && on_home),
                }
            })
            .collect();
        if !places.iter().any(|place| place.is_direct) {
            let (id, name) = ("direct".to_owned(), app.to_owned());
            places.push(Place {
                id,
                name,
                is_direct: true,
                is_here: on_home,
            });
        }
        places
    })
}

fn people(chat: &Chat, team: &TeamId) -> Vec<Someone> {
    chat.read(|state| {
        let users = state
            .kept
            .users
            .values()
            .filter(|user| user.team == *team && !user.is_bot());
        users
            .map(|user| Someone {
                id: user.id.to_string(),
                name: user.real_name.clone(),
                about: match user.kind {
                    UserKind::Member | UserKind::Bot => "",
                    UserKind::Guest | UserKind::SingleChannelGuest => "guest",
                    UserKind::Stranger { .. } => "from another workspace",
                },
                first_channel: first_channel(state, &user.id)
                    .map_or_else(|| "direct".to_owned(), |channel| channel.to_string()),
            })
            .collect()
    })
}

fn converse(person: &Person, channel: &str) -> Conversation {
    let offset = person.chat().read(|state| {
        state
            .user(person.team(), person.id())
            .map_or(0, |user| user.tz_offset)
    });
    let (seen, page) = match Tab::of(channel) {
        Tab::Home => (Vec::new(), Some(person.home())),
        Tab::Messages => (person.glances(&ChannelId::from(channel)), None),
    };
    let (home, messages) = person.chat().read(|state| {
        let name = |id: &str| name_of(state, id);
        let reader = Reader {
            offset,
            name: &name,
        };
        (
            page.map(|page| home::page(page.as_ref(), reader)),
            seen.iter().map(|seen| message(seen, reader)).collect(),
        )
    });
    Conversation {
        base: format!("/chat/{}/{channel}", person.id()),
        home,
        messages,
        dialog: person.dialog().as_ref().map(sheet),
    }
}

fn message(seen: &Seen, reader: Reader<'_>) -> Message {
    let source = &seen.message;
    let blocks = if source.blocks.is_empty() {
        vec![Block::Plain(reader.markup(&source.text))]
    } else {
        source
            .blocks
            .iter()
            .map(|value| block(value, reader))
            .collect()
    };
    let at = stamp(seen.ts.as_str(), reader.offset);
    let mut hasher = DefaultHasher::new();
    (
        &source.text,
        format!("{:?}", source.blocks),
        format!("{:?}", source.reactions),
    )
        .hash(&mut hasher);
    let first_line = seen.text.lines().next().unwrap_or_default();
    Message {
        ts: seen.ts.to_string(),
        initial: seen.author_name.chars().next().unwrap_or('?'),
        author: seen.author_name.clone(),
        is_app: source.bot.is_some(),
        is_ephemeral: seen.is_ephemeral,
        is_edited: seen.is_edited,
        time: at
            .map(|at| at.format("%H:%M").to_string())
            .unwrap_or_default(),
        iso: at.map(|at| at.to_rfc3339()).unwrap_or_default(),
        announcement: format!("{}: {first_line}", seen.author_name),
        version: hasher.finish(),
        blocks,
        reactions: source
            .reactions
            .iter()
            .map(|(name, people)| (name.clone(), people.len()))
            .collect(),
    }
}

fn stamp(ts: &str, offset: i32) -> Option<DateTime<FixedOffset>> {
    let seconds: i64 = ts.split('.').next()?.parse().ok()?;
    Some(DateTime::from_timestamp(seconds, 0)?.with_timezone(&FixedOffset::east_opt(offset)?))
}
