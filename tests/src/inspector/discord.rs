//! Discord's window: channels at the left, what one person sees at the right.
use std::hash::{DefaultHasher, Hash, Hasher};

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use chrono::FixedOffset;

use self::card::{Card, Part, card, row};
use self::dialog::{FieldKind, Sheet, sheet};
use self::markup::Reader;
use super::chat::page;
use super::{Inspector, changes};
use crate::emulator::discord::ids::{ChannelId, GuildId, UserId};
use crate::emulator::discord::markdown;
use crate::emulator::discord::model::{Channel, Member};
use crate::emulator::discord::person::Person;
use crate::emulator::discord::person::rendered::{Seen, name_of};
use crate::emulator::discord::state::{Chat, State as Model};

mod card;
mod dialog;
mod markup;
mod press;
mod suggestions;

#[derive(Template)]
#[template(path = "inspector/discord/window.html")]
struct Window {
    guild: String,
    initial: char,
    me: Someone,
    people: Vec<Someone>,
    places: Vec<Place>,
    here: Place,
    conversation: Conversation,
}

#[derive(Template)]
#[template(path = "inspector/discord/conversation.html")]
struct Conversation {
    base: String,
    messages: Vec<Message>,
    dialog: Option<Sheet>,
}

#[derive(Clone)]
struct Someone {
    id: String,
    name: String,
    roles: Vec<String>,
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
    id: String,
    author: String,
    initial: char,
    is_app: bool,
    is_ephemeral: bool,
    is_edited: bool,
    thinking: Option<String>,
    command: Option<String>,
    time: String,
    iso: String,
    announcement: String,
    version: u64,
    content: String,
    cards: Vec<Card>,
    rows: Vec<Vec<Part>>,
}

pub(super) fn router() -> Router<Inspector> {
    Router::new()
        .route("/discord", get(first))
        .route("/discord/{user}/direct", get(direct))
        .route("/discord/{user}/{channel}", get(window))
        .route("/discord/{user}/{channel}/conversation", get(conversation))
        .route("/discord/{user}/{channel}/changes", get(changes))
        .merge(press::router())
        .merge(suggestions::router())
}

fn not_found() -> Response {
    let words = "Nobody and nothing of this name is in the emulated Discord.";
    (StatusCode::NOT_FOUND, words).into_response()
}

/// The person with this id, in the first guild that they are in.
fn person(inspector: &Inspector, user: &str) -> Option<Person> {
    let id = UserId::from(user);
    let guild = inspector
        .discord
        .state()
        .read(|state| guild_of(state, &id))?;
    Some(inspector.discord.person(guild, id))
}

fn guild_of(state: &Model, user: &UserId) -> Option<GuildId> {
    let mut guilds = state.kept.guilds.values();
    guilds
        .find(|guild| guild.members.contains_key(user))
        .map(|guild| guild.id.clone())
}

async fn first(State(inspector): State<Inspector>) -> Response {
    let found = inspector.discord.state().read(|state| {
        let mut people = state.kept.users.values().filter(|user| !user.is_bot);
        people.find_map(|user| Some((user.id.clone(), first_channel(state, &user.id)?)))
    });
    match found {
        Some((user, channel)) => {
            Redirect::to(&format!("/discord/{user}/{channel}")).into_response()
        }
        None => not_found(),
    }
}

async fn direct(State(inspector): State<Inspector>, Path(user): Path<String>) -> Response {
    match person(&inspector, &user).and_then(|person| person.opens_direct().ok()) {
        Some(channel) => Redirect::to(&format!("/discord/{user}/{channel}")).into_response(),
        None => not_found(),
    }
}

fn first_channel(state: &Model, user: &UserId) -> Option<ChannelId> {
    let mine = state.kept.channels.values();
    let mine = mine.filter(|channel| state.can_see(user, channel));
    mine.min_by_key(|channel| channel.is_direct())
        .map(|channel| channel.id.clone())
}

async fn window(
    State(inspector): State<Inspector>,
    Path((user, channel)): Path<(String, String)>,
) -> Response {
    let Some(person) = person(&inspector, &user) else {
        return not_found();
    };
    let chat = inspector.discord.state();
    let places = places(chat, &person, &channel);
    let people = people(chat, person.guild());
    let here = places.iter().find(|place| place.is_here).cloned();
    let me = people.iter().find(|someone| someone.id == user).cloned();
    let (Some(here), Some(me)) = (here, me) else {
        return not_found();
    };
    let guild = chat.read(|state| {
        let found = state.guild(person.guild());
        found.map(|guild| guild.name.clone()).unwrap_or_default()
    });
    page(&Window {
        initial: guild.chars().next().unwrap_or('?'),
        guild,
        me,
        people,
        places,
        here,
        conversation: converse(&person, &channel),
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
    let discord = &inspector.discord;
    changes::told(discord.state().changes(), discord.stopping())
}

fn places(chat: &Chat, person: &Person, here: &str) -> Vec<Place> {
    let app = &chat.app().name;
    let place = |channel: &Channel| Place {
        id: channel.id.to_string(),
        name: if channel.is_direct() {
            app.clone()
        } else {
            channel.name.clone()
        },
        is_direct: channel.is_direct(),
        is_here: channel.id.as_str() == here,
    };
    chat.read(|state| {
        let mine = state.kept.channels.values();
        let mine = mine.filter(|channel| state.can_see(person.id(), channel));
        let mut places: Vec<Place> = mine.map(place).collect();
        if !places.iter().any(|place| place.is_direct) {
            places.push(Place {
                id: "direct".to_owned(),
                name: app.clone(),
                is_direct: true,
                is_here: false,
            });
        }
        places
    })
}

fn people(chat: &Chat, guild: &GuildId) -> Vec<Someone> {
    chat.read(|state| {
        let Some(guild) = state.guild(guild) else {
            return Vec::new();
        };
        let someone = |(id, member): (&UserId, &Member)| Someone {
            id: id.to_string(),
            name: name_of(state, id.as_str()),
            roles: member
                .roles
                .iter()
                .filter_map(|role| guild.roles.get(role).cloned())
                .collect(),
            first_channel: first_channel(state, id)
                .map_or_else(|| "direct".to_owned(), |channel| channel.to_string()),
        };
        guild.members.iter().map(someone).collect()
    })
}

fn converse(person: &Person, channel: &str) -> Conversation {
    let channel = ChannelId::from(channel);
    let (seen, now) = (person.glances(&channel), person.chat().now());
    let messages = person.chat().read(|state| {
        let offset = state.user(person.id()).map_or(0, |user| user.utc_offset);
        let reader = Reader {
            time: markdown::Reader { offset, now },
            name: &|id| name_of(state, id),
        };
        seen.iter().map(|seen| message(seen, reader)).collect()
    });
    Conversation {
        base: format!("/discord/{}/{channel}", person.id()),
        messages,
        dialog: person.dialog().as_ref().map(sheet),
    }
}

fn message(seen: &Seen, reader: Reader<'_>) -> Message {
    let source = &seen.message;
    let there = FixedOffset::east_opt(reader.time.offset);
    let at = there.map(|offset| source.posted.with_timezone(&offset));
    // What a message shows of time passes by itself, so that its words count as well as its version.
    let mut hasher = DefaultHasher::new();
    (source.version, &seen.text).hash(&mut hasher);
    let first_line = seen.text.lines().next().unwrap_or_default();
    let command = source.answers.as_ref().and_then(|answered| {
        let name = (reader.name)(answered.user.as_str());
        let command = answered.command.as_ref()?;
        Some(format!("{name} used /{command}"))
    });
    Message {
        id: seen.id.to_string(),
        initial: seen.author_name.chars().next().unwrap_or('?'),
        author: seen.author_name.clone(),
        is_app: source.is_app,
        is_ephemeral: seen.is_ephemeral,
        is_edited: seen.is_edited,
        thinking: source
            .is_loading()
            .then(|| format!("{} is thinking", seen.author_name)),
        command,
        time: at
            .map(|at| at.format("%H:%M").to_string())
            .unwrap_or_default(),
        iso: at.map(|at| at.to_rfc3339()).unwrap_or_default(),
        announcement: format!("{}: {first_line}", seen.author_name),
        version: hasher.finish(),
        content: markup::html(&source.content, reader),
        cards: source
            .embeds
            .iter()
            .map(|embed| card(embed, reader))
            .collect(),
        rows: source.components.iter().map(row).collect(),
    }
}
