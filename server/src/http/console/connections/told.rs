//! Connections in words: how they are, what to do, and what their channels get.

use chrono::{DateTime, Utc};
use entity::enums::{DeliveryState, EndedBy, Platform};
use entity::ids::{ChannelId, InstallationId};

use super::{Typed, word};
use crate::domain::connection::{Ailment, Failure, failure};
use crate::http::auth::permissions::ManageOrganization;
use crate::http::console::door::Console;
use crate::http::console::look::Look;
use crate::http::console::named;
use crate::service::connections::{Channel, Connection, Offer, Test};
use crate::service::topics::Overview;

/// A connection as the page shows it.
pub(super) struct ConnectionRow {
    pub(super) id: InstallationId,
    pub(super) name: String,
    pub(super) chat: String,
    pub(super) state: (String, &'static str),
    pub(super) is_ended: bool,
    /// Whether the app was removed in the chat, and nobody said that it stays so.
    pub(super) is_uninstalled: bool,
    pub(super) notes: Vec<Note>,
    pub(super) facts: Vec<Fact>,
    pub(super) channels: Vec<ChannelRow>,
    /// Channels that were taken off.
    pub(super) removed: Vec<ChannelRow>,
    /// Where it is connected anew.
    pub(super) again: String,
    /// What stands in its form for a channel.
    pub(super) place: String,
    pub(super) channel_name: String,
    pub(super) place_fault: Option<String>,
    pub(super) name_fault: Option<String>,
    pub(super) place_help: String,
    pub(super) is_open: bool,
}

/// Something that ails it, and what to do.
pub(super) struct Note {
    pub(super) what: String,
    pub(super) todo: String,
}

/// Something that is known of it.
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) at: Option<DateTime<Utc>>,
    pub(super) text: String,
}

/// A channel as the page shows it.
pub(super) struct ChannelRow {
    pub(super) id: ChannelId,
    pub(super) name: String,
    pub(super) is_paused: bool,
    is_removed: bool,
    pub(super) gets: String,
    pub(super) trouble: Option<String>,
    pub(super) test: Option<Tested>,
    pub(super) version: i64,
    pub(super) is_chosen: bool,
    /// Each topic's id and name, and whether it is ticked.
    pub(super) topics: Vec<(String, String, bool)>,
    pub(super) fault: Option<String>,
}

/// What became of a test message.
pub(super) struct Tested {
    pub(super) text: String,
    pub(super) at: DateTime<Utc>,
    pub(super) todo: Option<String>,
}

/// A way to connect a chat.
pub(super) struct OfferRow {
    pub(super) word: &'static str,
    pub(super) title: String,
    pub(super) steps: Vec<String>,
    pub(super) button: String,
    /// Where it begins; none where this server has no application there.
    pub(super) path: Option<String>,
    /// Where the bot is let in, without the console knowing whose it is.
    pub(super) invite: Option<String>,
    /// What whoever runs the server has to do.
    pub(super) lacking: Option<String>,
    pub(super) redirect: String,
}

/// How a chat may be connected.
pub(super) fn offer(console: &Console<ManageOrganization>, offer: Offer) -> OfferRow {
    let look = &console.look;
    let word = word(offer.platform);
    let (title, steps, button, lacking) = match offer.platform {
        Platform::Slack => (
            "connect-slack-title",
            [
                "slack-step-admin",
                "slack-step-invite",
                "slack-step-channel",
            ],
            "connect-slack",
            "slack-lacking",
        ),
        Platform::Discord => (
            "connect-discord-title",
            [
                "discord-step-admin",
                "discord-step-permit",
                "discord-step-channel",
            ],
            "connect-discord",
            "discord-lacking",
        ),
    };
    let is_here = offer.is_connected_here;
    OfferRow {
        word,
        title: look.say(title),
        steps: steps.into_iter().map(|key| look.say(key)).collect(),
        button: look.say(button),
        path: is_here.then(|| console.path(&format!("connect/{word}"))),
        invite: offer.invite.filter(|_| !is_here).map(String::from),
        lacking: (!is_here).then(|| look.say(lacking)),
        redirect: offer.redirect,
    }
}

/// A connection in words.
pub(super) fn connection(
    console: &Console<ManageOrganization>,
    told: Connection,
    (known, typed): (&[Overview], &Typed),
) -> ConnectionRow {
    let look = &console.look;
    let platform = told.row.platform;
    let id = told.row.id;
    let is_ended = told.row.revoked_at.is_some();
    let is_uninstalled = told.is_uninstalled();
    let state = match (is_ended && !is_uninstalled, told.ailments.is_empty()) {
        (true, _) => (look.say("connection-ended"), "quiet"),
        (false, true) => (look.say("connection-well"), "success"),
        (false, false) => (look.say("connection-ailing"), "warning"),
    };
    let is_open = typed.connection == Some(id);
    let text = |field: &str| {
        let typed = typed.fields.text(field).to_owned();
        if is_open { typed } else { String::new() }
    };
    let fault = |field: &str| {
        let found = typed.faults.at(field).filter(|_| is_open);
        found.map(str::to_owned)
    };
    let facts = facts(look, &told);
    let channels = told.channels.into_iter();
    let (removed, channels) = channels
        .map(|one| channel(look, (platform, one), (known, typed)))
        .partition(|one| one.is_removed);
    ConnectionRow {
        id,
        chat: look.say(named::platform::key(platform)),
        state,
        is_ended,
        is_uninstalled,
        notes: told.ailments.iter().map(|one| note(look, one)).collect(),
        facts,
        again: console.path(&format!("connect/{}", word(platform))),
        place: text("place"),
        channel_name: text("name"),
        place_fault: fault("place"),
        name_fault: fault("name"),
        place_help: look.say(match platform {
            Platform::Slack => "channel-place-help-slack",
            Platform::Discord => "channel-place-help-discord",
        }),
        is_open,
        channels,
        removed,
        name: told.row.name,
    }
}

/// What ails a connection, and what to do.
fn note(look: &Look, ailment: &Ailment) -> Note {
    let reason = |key: &str, reason: &str| look.with(key, "reason", reason);
    let plain = |what: &str, todo: &str| Note {
        what: look.say(what),
        todo: look.say(todo),
    };
    match ailment {
        Ailment::Ended(Some(EndedBy::Disconnected)) => {
            plain("ails-disconnected", "ails-disconnected-do")
        }
        Ailment::Ended(Some(EndedBy::Uninstalled) | None) => {
            plain("ails-uninstalled", "ails-uninstalled-do")
        }
        Ailment::Sealed => plain("ails-sealed", "ails-sealed-do"),
        Ailment::Expired(_) => plain("ails-expired", "ails-expired-do"),
        Ailment::NotRenewed(word) => Note {
            what: reason("ails-not-renewed", word),
            todo: look.say("ails-not-renewed-do"),
        },
        Ailment::TokenRefused(word) => Note {
            what: reason("ails-token", word),
            todo: look.say("ails-token-do"),
        },
        Ailment::MissingScopes(scopes) => Note {
            what: look.with("ails-scopes", "scopes", scopes.join(", ")),
            todo: look.say("ails-scopes-do"),
        },
        Ailment::Unserved => plain("ails-unserved", "ails-unserved-do"),
        Ailment::NoChannel => plain("ails-no-channel", "ails-no-channel-do"),
        Ailment::AllPaused => plain("ails-all-paused", "ails-all-paused-do"),
        Ailment::LastFailed(failure, word) => Note {
            what: reason("ails-failed", word),
            todo: look.say(todo(*failure)),
        },
    }
}

/// The key of what to do about a message that failed.
fn todo(failure: Failure) -> &'static str {
    match failure {
        Failure::Token => "ails-token-do",
        Failure::Scope => "ails-scopes-do",
        Failure::Gone => "ails-gone-do",
        Failure::Outside => "ails-outside-do",
        Failure::Other => "ails-failed-do",
    }
}

fn facts(look: &Look, told: &Connection) -> Vec<Fact> {
    let row = &told.row;
    let time = |key: &str, at: Option<DateTime<Utc>>, none: &str| Fact {
        name: look.say(key),
        text: at.map_or_else(|| look.say(none), |_| String::new()),
        at,
    };
    let mut facts = vec![time(
        "connection-since",
        Some(row.connected_at.unwrap_or(row.created_at)),
        "connection-never",
    )];
    if let Some(at) = row.revoked_at {
        facts.push(time("connection-ended-at", Some(at), "connection-never"));
        return facts;
    }
    facts.push(time("connection-seen", row.seen_at, "connection-never"));
    facts.push(time(
        "connection-arrived",
        told.arrived_at,
        "connection-nothing-yet",
    ));
    if let Some((at, reason)) = &told.failed {
        facts.push(Fact {
            name: look.say("connection-failed"),
            at: Some(*at),
            text: format!("({reason})"),
        });
    }
    if row.platform == Platform::Slack {
        facts.push(time(
            "connection-token",
            row.token_expires_at,
            "connection-token-lasts",
        ));
    }
    if row.is_org_wide {
        facts.push(Fact {
            name: look.say("connection-reach"),
            at: None,
            text: look.say("connection-org-wide"),
        });
    }
    facts
}

fn channel(
    look: &Look,
    (platform, told): (Platform, Channel),
    (known, typed): (&[Overview], &Typed),
) -> ChannelRow {
    let row = told.row;
    let is_open = typed.channel == Some(row.id);
    let is_chosen = if is_open {
        typed.fields.is("which", "chosen")
    } else {
        row.chooses_topics
    };
    let topics = known.iter().map(|one| {
        let id = one.topic.id.to_string();
        let is_ticked = if is_open {
            typed.fields.is("topic", &id)
        } else {
            told.topics.iter().any(|topic| topic.id == one.topic.id)
        };
        (id, one.topic.name.clone(), is_ticked)
    });
    let names: Vec<&str> = told.topics.iter().map(|one| one.name.as_str()).collect();
    let gets = match (
        row.removed_at.is_some(),
        row.chooses_topics,
        names.is_empty(),
    ) {
        (true, ..) => look.say("channel-archived"),
        (false, false, _) => look.say("channel-gets-all"),
        (false, true, true) => look.say("channel-gets-none"),
        (false, true, false) => look.with("channel-gets", "names", names.join(", ")),
    };
    let fault = typed.faults.at("topics").filter(|_| is_open);
    ChannelRow {
        id: row.id,
        is_paused: row.paused_at.is_some(),
        is_removed: row.removed_at.is_some(),
        gets,
        trouble: told.failure.map(|failure| look.say(todo(failure))),
        test: told.test.map(|test| tested(look, platform, test)),
        version: row.version,
        is_chosen,
        topics: topics.collect(),
        fault: fault.map(str::to_owned),
        name: row.name,
    }
}

fn tested(look: &Look, platform: Platform, outcome: Test) -> Tested {
    let reason = outcome.reason.unwrap_or_default();
    let (text, todo) = match outcome.state {
        DeliveryState::Sent => (look.say("test-arrived"), None),
        DeliveryState::Pending | DeliveryState::Claimed => {
            (look.say("test-waits"), Some(look.say("test-waits-do")))
        }
        DeliveryState::Failed => (
            look.with("test-failed", "reason", &reason),
            Some(look.say(todo(failure(platform, &reason)))),
        ),
        DeliveryState::Uncertain => (
            look.say("test-uncertain"),
            Some(look.say("test-uncertain-do")),
        ),
        DeliveryState::Cancelled => (
            look.say("test-cancelled"),
            Some(look.say("test-cancelled-do")),
        ),
    };
    Tested {
        text,
        at: outcome.at,
        todo,
    }
}
