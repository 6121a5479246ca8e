//! Connections to chats: what is asked for when one is made, when its token is renewed, and what
//! ails it, with the most urgent first.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{EndedBy, Platform};

/// What the bot's token has to be granted at Slack. It is what the bots' manifest asks for; a test
/// compares the two.
pub const SLACK_SCOPES: [&str; 8] = [
    "channels:history",
    "chat:write",
    "commands",
    "groups:history",
    "im:history",
    "im:write",
    "users:read",
    "users:read.email",
];
/// The same at Discord, as its permission bits: to see channels, to read and write in them, and to
/// write cards.
pub const DISCORD_PERMISSIONS: u64 = 84_992;
/// What an installation to a guild asks for.
pub const DISCORD_SCOPES: &str = "bot applications.commands";

/// For so long a browser that was sent to a chat may come back.
pub const WAY_BACK: TimeDelta = TimeDelta::minutes(10);
/// A token is renewed so long before it ends.
pub const RENEW_BEFORE: TimeDelta = TimeDelta::hours(2);
/// A part that asked for its installations within this time is there: it asks every half minute.
pub const THERE: TimeDelta = TimeDelta::minutes(5);

/// The short code of deliveries that end because the bot was taken away.
pub fn reason(by: EndedBy) -> &'static str {
    match by {
        EndedBy::Disconnected => "disconnected",
        EndedBy::Uninstalled => "uninstalled",
    }
}

/// What of the needed scopes was not granted; nothing where it is not known.
pub fn missing_scopes(platform: Platform, granted: Option<&str>) -> Vec<&'static str> {
    let (Platform::Slack, Some(granted)) = (platform, granted) else {
        return Vec::new();
    };
    let granted: Vec<&str> = granted.split(',').map(str::trim).collect();
    let all = SLACK_SCOPES.into_iter();
    all.filter(|scope| !granted.contains(scope)).collect()
}

/// Slack's words for a token that is good for nothing.
const REFUSALS: [&str; 7] = [
    "account_inactive",
    "invalid_auth",
    "not_authed",
    "org_login_required",
    "team_access_not_granted",
    "token_expired",
    "token_revoked",
];

/// Words by which a chat says that a channel is no place to post any more.
const GONE: [&str; 3] = ["is_archived", "channel_not_found", "unknown_channel"];
/// Words by which it says that the bot is not in the channel.
const OUTSIDE: [&str; 2] = ["not_in_channel", "missing_access"];

/// How a message to a channel failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The token is not taken.
    Token,
    /// The token lacks a scope.
    Scope,
    /// The channel is archived or gone.
    Gone,
    /// The bot is not in the channel, or may not write there.
    Outside,
    /// Something else.
    Other,
}

/// What a failure's short code means. Discord's codes stand in it as numbers
/// (discord.com/developers/docs/topics/opcodes-and-status-codes).
pub fn failure(platform: Platform, reason: &str) -> Failure {
    let has = |wanted: &str| {
        let mut words =
            reason.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        words.any(|word| word == wanted)
    };
    match platform {
        Platform::Slack if REFUSALS.contains(&reason) => Failure::Token,
        Platform::Slack if reason.starts_with("missing_scope") => Failure::Scope,
        Platform::Slack if GONE.contains(&reason) => Failure::Gone,
        Platform::Slack if OUTSIDE.contains(&reason) => Failure::Outside,
        Platform::Discord if has("10003") => Failure::Gone,
        Platform::Discord if has("50001") || has("50013") => Failure::Outside,
        Platform::Discord if has("http_401") => Failure::Token,
        Platform::Slack | Platform::Discord => Failure::Other,
    }
}

/// What ails a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ailment {
    /// It was taken away.
    Ended(Option<EndedBy>),
    /// Its token does not open with the keys at hand.
    Sealed,
    /// Its token has ended, and could not be renewed.
    Expired(Option<String>),
    /// Its token could not be renewed the last time, and counts still.
    NotRenewed(String),
    /// The chat did not take its token when a message was posted last.
    TokenRefused(String),
    /// The token lacks these scopes.
    MissingScopes(Vec<&'static str>),
    /// The part that serves the chat was never seen, or not of late.
    Unserved,
    /// It has no channel that gets posts.
    NoChannel,
    /// All of its channels rest.
    AllPaused,
    /// The last message to one of its channels failed, and none arrived since.
    LastFailed(Failure, String),
}

/// What is known of a connection.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Which chat; Slack unless said.
    pub is_discord: bool,
    /// When it was taken away, and by whom.
    pub ended: Option<Option<EndedBy>>,
    /// Whether its token opens.
    pub opens: bool,
    /// When its token ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// Why it could not be renewed.
    pub trouble: Option<String>,
    /// What it was granted.
    pub scopes: Option<String>,
    /// When its part last asked for it.
    pub seen_at: Option<DateTime<Utc>>,
    /// Channels that get posts, and those of them that rest.
    pub channels: (usize, usize),
    /// When a message last arrived in a channel.
    pub arrived_at: Option<DateTime<Utc>>,
    /// When one last failed, and its short code.
    pub failed: Option<(DateTime<Utc>, String)>,
}

/// What ails a connection, the most urgent first; nothing where it is well.
pub fn ailments(facts: &Facts, now: DateTime<Utc>) -> Vec<Ailment> {
    if let Some(by) = facts.ended {
        return vec![Ailment::Ended(by)];
    }
    let platform = if facts.is_discord {
        Platform::Discord
    } else {
        Platform::Slack
    };
    let mut found = Vec::new();
    if !facts.opens {
        found.push(Ailment::Sealed);
    }
    match (facts.expires_at, &facts.trouble) {
        (Some(end), trouble) if end <= now => found.push(Ailment::Expired(trouble.clone())),
        (Some(_), Some(trouble)) => found.push(Ailment::NotRenewed(trouble.clone())),
        (Some(_) | None, None) | (None, Some(_)) => {}
    }
    // What failed before something arrived is over.
    let failed = facts.failed.as_ref().filter(|(at, _)| {
        let arrived = facts.arrived_at;
        arrived.is_none_or(|arrived| arrived < *at)
    });
    let failed = failed.map(|(_, reason)| (failure(platform, reason), reason.clone()));
    if let Some((Failure::Token, reason)) = &failed {
        found.push(Ailment::TokenRefused(reason.clone()));
    }
    let missing = missing_scopes(platform, facts.scopes.as_deref());
    if !missing.is_empty() {
        found.push(Ailment::MissingScopes(missing));
    }
    if facts.seen_at.is_none_or(|seen| seen + THERE < now) {
        found.push(Ailment::Unserved);
    }
    match facts.channels {
        (0, _) => found.push(Ailment::NoChannel),
        (all, paused) if paused == all => found.push(Ailment::AllPaused),
        _ => {}
    }
    match failed {
        Some((Failure::Token, _)) | None => {}
        Some((failure, reason)) => found.push(Ailment::LastFailed(failure, reason)),
    }
    found
}

/// The platform's id of a channel, from the id itself or from the channel's address, as its own
/// apps copy it.
pub fn channel_of(platform: Platform, typed: &str) -> Option<String> {
    let typed = typed.trim();
    let path = typed.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let id = match (platform, parts.as_slice()) {
        (_, [id]) | (Platform::Slack, ["https:", "", "app.slack.com", "client", _, id, ..]) => *id,
        (Platform::Slack, ["https:", "", host, "archives", id, ..])
            if *host == "slack.com" || host.ends_with(".slack.com") =>
        {
            *id
        }
        (Platform::Discord, ["https:", "", host, "channels", _, id, ..])
            if *host == "discord.com" || host.ends_with(".discord.com") =>
        {
            *id
        }
        _ => return None,
    };
    let is_one = match platform {
        Platform::Slack => {
            (2..=40).contains(&id.len())
                && id.starts_with(['C', 'G'])
                && id
                    .bytes()
                    .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        }
        Platform::Discord => {
            (15..=20).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit())
        }
    };
    is_one.then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
    }

    fn well() -> Facts {
        Facts {
            opens: true,
            scopes: Some(SLACK_SCOPES.join(",")),
            seen_at: Some(now()),
            channels: (2, 1),
            arrived_at: Some(now() - TimeDelta::hours(1)),
            ..Facts::default()
        }
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of cases")]
    fn what_ails_a_connection_is_told_with_the_most_urgent_first() {
        let at = |hours: i64| now() - TimeDelta::hours(hours);
        let failed = |hours, reason: &str| Some((at(hours), reason.to_owned()));
        let word = |text: &str| text.to_owned();
        let cases: Vec<(Facts, Vec<Ailment>)> = vec![
            (well(), vec![]),
            (
                Facts {
                    ended: Some(Some(EndedBy::Uninstalled)),
                    opens: false,
                    ..well()
                },
                vec![Ailment::Ended(Some(EndedBy::Uninstalled))],
            ),
            (
                Facts {
                    failed: failed(2, "is_archived"),
                    ..well()
                },
                vec![],
            ),
            (
                Facts {
                    failed: failed(0, "is_archived"),
                    ..well()
                },
                vec![Ailment::LastFailed(Failure::Gone, word("is_archived"))],
            ),
            (
                Facts {
                    failed: failed(0, "token_revoked"),
                    seen_at: Some(at(1)),
                    ..well()
                },
                vec![
                    Ailment::TokenRefused(word("token_revoked")),
                    Ailment::Unserved,
                ],
            ),
            (
                Facts {
                    expires_at: Some(now()),
                    trouble: Some(word("invalid_refresh_token")),
                    channels: (2, 2),
                    ..well()
                },
                vec![
                    Ailment::Expired(Some(word("invalid_refresh_token"))),
                    Ailment::AllPaused,
                ],
            ),
            (
                Facts {
                    expires_at: Some(now() + TimeDelta::hours(1)),
                    trouble: Some(word("away")),
                    scopes: Some("chat:write, commands".to_owned()),
                    channels: (0, 0),
                    ..well()
                },
                vec![
                    Ailment::NotRenewed(word("away")),
                    Ailment::MissingScopes(vec![
                        "channels:history",
                        "groups:history",
                        "im:history",
                        "im:write",
                        "users:read",
                        "users:read.email",
                    ]),
                    Ailment::NoChannel,
                ],
            ),
        ];
        for (facts, expected) in cases {
            assert_eq!(ailments(&facts, now()), expected, "{facts:?}");
        }
    }

    #[test]
    fn scopes_that_are_not_known_are_not_missing() {
        assert!(missing_scopes(Platform::Slack, None).is_empty());
        assert!(missing_scopes(Platform::Discord, Some("")).is_empty());
    }

    #[test]
    fn discords_failures_are_read_from_its_codes() {
        for (reason, expected) in [
            ("50013", Failure::Outside),
            ("50001", Failure::Outside),
            ("10003", Failure::Gone),
            ("http_401", Failure::Token),
            ("50035", Failure::Other),
        ] {
            assert_eq!(failure(Platform::Discord, reason), expected, "{reason}");
        }
    }

    #[test]
    fn a_channel_is_named_by_its_id_or_its_address() {
        let guild = "81384788765712384";
        for (platform, typed, expected) in [
            (Platform::Slack, " C0NEWS ", Some("C0NEWS")),
            (
                Platform::Slack,
                "https://acme.slack.com/archives/C0NEWS?x=1",
                Some("C0NEWS"),
            ),
            (
                Platform::Slack,
                "https://app.slack.com/client/T1/C0NEWS",
                Some("C0NEWS"),
            ),
            (
                Platform::Slack,
                "https://evil.example/archives/C0NEWS",
                None,
            ),
            (Platform::Slack, "#news", None),
            (Platform::Slack, "U0ADA", None),
            (Platform::Slack, "", None),
            (Platform::Discord, guild, Some(guild)),
            (
                Platform::Discord,
                "https://discord.com/channels/1/81384788765712384/",
                Some(guild),
            ),
            (Platform::Discord, "C0NEWS", None),
        ] {
            assert_eq!(channel_of(platform, typed).as_deref(), expected, "{typed}");
        }
    }
}
