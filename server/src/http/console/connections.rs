//! Connections to chats: how each workspace and guild is and what to do about it, their channels and
//! the topics that these get.

mod connecting;
mod told;

use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use entity::enums::{DeliveryState, Platform};
use entity::ids::{ChannelId, InstallationId, TopicId};
use uuid::Uuid;

use self::told::{ConnectionRow, OfferRow};
use super::door::{Console, Door, InPath};
use super::form::{Faults, Fields};
use super::frame::Frame;
use super::guarded::{Pages, get, post};
use super::page::Answer;
use super::settings::{Part, parts};
use super::toast::Toast;
use crate::app::App;
use crate::domain::fault::Fault;
use crate::http::auth::permissions::ManageOrganization;
use crate::service::channels::{self, ChannelError, NewChannel};
use crate::service::connections::{self, ConnectError};
use crate::service::topics;

pub(super) use connecting::{finish_discord, finish_slack};

/// The page.
const BASE: &str = "settings/connections";
/// So long a page waits for a test message to arrive.
const PATIENCE: Duration = Duration::from_secs(3);

/// The pages of connections.
pub(super) fn router() -> Pages {
    let channel = |step: &str| format!("/o/{{slug}}/settings/channels/{{channel}}/{step}");
    let connection = |step: &str| format!("/o/{{slug}}/settings/connections/{{connection}}/{step}");
    Pages::default()
        .route("/o/{slug}/settings/connections", get(show))
        .route("/o/{slug}/connect/slack", get(connecting::begin_slack))
        .route("/o/{slug}/connect/discord", get(connecting::begin_discord))
        .route(connection("disconnect"), post(disconnect))
        .route(connection("channels"), post(add))
        .route(channel("pause"), post(pause))
        .route(channel("resume"), post(resume))
        .route(channel("remove"), post(remove))
        .route(channel("restore"), post(restore))
        .route(channel("test"), post(test))
        .route(channel("topics"), post(route))
}

#[derive(Template)]
#[template(path = "console/connections.html")]
struct ConnectionsPage {
    frame: Frame,
    nav: Vec<Part>,
    /// Those that go on, or need somebody.
    rows: Vec<ConnectionRow>,
    /// Those that are over.
    ended: Vec<ConnectionRow>,
    offers: Vec<OfferRow>,
    topics: String,
    has_topics: bool,
}

/// What was typed, and at which form.
#[derive(Default)]
struct Typed {
    /// The connection whose form for a channel is shown again.
    connection: Option<InstallationId>,
    /// The channel whose form for topics is shown again.
    channel: Option<ChannelId>,
    fields: Fields,
    faults: Faults,
}

/// Shows them.
pub async fn show(console: Console<ManageOrganization>, State(app): State<App>) -> Answer {
    let page = shown(&app, &console, &Typed::default()).await?;
    Ok(console.page(&page))
}

async fn shown(
    app: &App,
    console: &Console<ManageOrganization>,
    typed: &Typed,
) -> Result<ConnectionsPage, Response> {
    let all = connections::list_connections(app, &console.actor).await;
    let all = all.map_err(|error| page_of(console, error))?;
    let offers = connections::offers(app, &console.actor);
    let offers = offers.map_err(|_| console.forbidden())?;
    let known = topics::list_topics(app, &console.actor).await;
    let known = known.map_err(|_| console.changed())?;
    let rows = all.into_iter().map(|one| {
        let of = (&known[..], typed);
        told::connection(console, one, of)
    });
    let (ended, rows) = rows.partition(|row| row.is_ended && !row.is_uninstalled);
    Ok(ConnectionsPage {
        rows,
        ended,
        offers: offers
            .into_iter()
            .map(|offer| told::offer(console, offer))
            .collect(),
        topics: console.path("library/topics"),
        has_topics: !known.is_empty(),
        nav: parts(console, "connections"),
        frame: console.frame("connections-title"),
    })
}

/// How they are, in a sentence or two.
pub(super) async fn in_short<P: Door>(app: &App, console: &Console<P>) -> Result<String, Response> {
    let all = connections::list_connections(app, &console.actor).await;
    let all = all.map_err(|error| page_of(console, error))?;
    let on: Vec<_> = (all.iter())
        .filter(|one| one.row.revoked_at.is_none())
        .collect();
    let ailing = on.iter().filter(|one| !one.ailments.is_empty()).count();
    let uninstalled = all.iter().filter(|one| one.is_uninstalled()).count();
    let mut told = console.look.count("settings-state-connections", on.len());
    for (key, count) in [
        ("settings-state-ailing", ailing),
        ("settings-state-uninstalled", uninstalled),
    ] {
        if count > 0 {
            told.push(' ');
            told.push_str(&console.look.count(key, count));
        }
    }
    Ok(told)
}

fn page_of<P: Door>(console: &Console<P>, error: ConnectError) -> Response {
    match error {
        ConnectError::Forbidden(_) => console.forbidden(),
        ConnectError::Store(error) => console.failed(&error),
        ConnectError::NotFound => console.not_found(),
        ConnectError::NotOffered
        | ConnectError::NotBegun
        | ConnectError::Declined
        | ConnectError::Elsewhere
        | ConnectError::ByAnothersWord
        | ConnectError::Chat(_)
        | ConnectError::Unsealable => console.changed(),
    }
}

/// Takes the bot out of a workspace or guild.
pub async fn disconnect(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let id = InstallationId(id);
    let done = connections::disconnect(&app, &console.actor, id).await;
    done.map_err(|error| page_of(&console, error))?;
    Ok(console.go(BASE, Some(Toast::of("toast-disconnected"))))
}

/// Adds a channel.
pub async fn add(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let id = InstallationId(id);
    let wanted = NewChannel {
        installation: id,
        place: fields.text("place").to_owned(),
        name: fields.text("name").to_owned(),
    };
    let Err(error) = channels::add_channel(&app, &console.actor, wanted).await else {
        return Ok(console.go(BASE, Some(Toast::of("toast-channel-added"))));
    };
    let look = &console.look;
    let faults = match error {
        ChannelError::Invalid(faults) => Faults::of(&faults, |fault: &Fault| {
            look.say(match fault.field.as_str() {
                "place" => "channel-place-fault",
                _ => "channel-name-fault",
            })
        }),
        ChannelError::Away(cause) => {
            tracing::warn!(%cause, "a chat did not say whose a channel is: {cause}");
            Faults::none().and("place", look.say("channel-place-away"))
        }
        other => return Err(refused(&console, other)),
    };
    let typed = Typed {
        connection: Some(id),
        channel: None,
        fields,
        faults,
    };
    let page = shown(&app, &console, &typed).await?;
    Ok(console.again(&page))
}

fn refused(console: &Console<ManageOrganization>, error: ChannelError) -> Response {
    match error {
        ChannelError::Forbidden(_) => console.forbidden(),
        ChannelError::NotFound => console.not_found(),
        ChannelError::Store(error) => console.failed(&error),
        ChannelError::Invalid(_)
        | ChannelError::VersionMismatch
        | ChannelError::Ended
        | ChannelError::Away(_) => console.changed(),
    }
}

/// Lets a channel rest.
pub async fn pause(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let id = ChannelId(id);
    let done = channels::pause_channel(&app, &console.actor, id).await;
    done.map_err(|error| refused(&console, error))?;
    let undo = console.path(&format!("settings/channels/{id}/resume"));
    let toast = Toast::of("toast-channel-paused").undo(undo);
    Ok(console.go(BASE, Some(toast)))
}

/// Lets a channel get posts again.
pub async fn resume(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let id = ChannelId(id);
    let done = channels::resume_channel(&app, &console.actor, id).await;
    done.map_err(|error| refused(&console, error))?;
    Ok(console.go(BASE, Some(Toast::of("toast-channel-resumed"))))
}

/// Takes a channel off.
pub async fn remove(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let id = ChannelId(id);
    let done = channels::remove_channel(&app, &console.actor, id).await;
    done.map_err(|error| refused(&console, error))?;
    let undo = console.path(&format!("settings/channels/{id}/restore"));
    let toast = Toast::of("toast-channel-removed").undo(undo);
    Ok(console.go(BASE, Some(toast)))
}

/// Brings a channel back that was taken off.
pub async fn restore(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let id = ChannelId(id);
    let done = channels::restore_channel(&app, &console.actor, id).await;
    done.map_err(|error| refused(&console, error))?;
    Ok(console.go(BASE, Some(Toast::of("toast-channel-restored"))))
}

/// Sends a test message, and waits a little for what becomes of it.
pub async fn test(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let id = ChannelId(id);
    let sent = channels::test_channel(&app, &console.actor, id).await;
    let sent = sent.map_err(|error| refused(&console, error))?;
    let followed = channels::follow_test(&app, &console.actor, (sent, PATIENCE)).await;
    let test = followed.map_err(|error| refused(&console, error))?;
    let toast = Toast::of(match test.state {
        DeliveryState::Sent => "toast-test-arrived",
        DeliveryState::Pending | DeliveryState::Claimed => "toast-test-waits",
        DeliveryState::Failed | DeliveryState::Uncertain | DeliveryState::Cancelled => {
            "toast-test-failed"
        }
    });
    Ok(console.go(BASE, Some(toast)))
}

/// Lets a channel get posts of every topic, or of those that were ticked.
pub async fn route(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let id = ChannelId(id);
    let ticked = fields.all("topic").filter_map(|id| id.parse().ok());
    let chosen: Vec<TopicId> = ticked.map(TopicId).collect();
    let wanted = (fields.text("which") == "chosen").then_some(chosen);
    let seen = fields.text("version").parse::<i64>().ok();
    // A form that does not say what it saw has seen nothing.
    let which = (id, Some(seen.unwrap_or_default()));
    let Err(error) = channels::set_topics(&app, &console.actor, which, wanted).await else {
        return Ok(console.go(BASE, Some(Toast::of("toast-channel-routed"))));
    };
    let look = &console.look;
    let key = match error {
        ChannelError::VersionMismatch => "routes-changed",
        ChannelError::Invalid(faults) if faults.iter().any(|one| one.field == "topics") => {
            "routes-none-fault"
        }
        ChannelError::Invalid(_) => "routes-gone-fault",
        other => return Err(refused(&console, other)),
    };
    let typed = Typed {
        connection: None,
        channel: Some(id),
        faults: Faults::none().and("topics", look.say(key)),
        fields,
    };
    let page = shown(&app, &console, &typed).await?;
    Ok(console.again(&page))
}

/// The word of a chat in addresses.
pub(super) fn word(platform: Platform) -> &'static str {
    match platform {
        Platform::Slack => "slack",
        Platform::Discord => "discord",
    }
}

#[cfg(test)]
mod tests;
