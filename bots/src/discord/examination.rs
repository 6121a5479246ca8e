//! What an operator wants to know of Discord before people do: whether it is reached, whether the
//! token is the application's, whether the bot is in its guilds and may do its work in their
//! channels. Nothing is written there.

mod permissions;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::Value;
use serenity::model::permissions::Permissions;
use server_api::examination::{ExaminedChannel, ExaminedChat, Finding};
use url::Url;

use self::permissions::in_channel;
use super::client::call::Call;
use super::client::refusal::{ApiError, Refusal};
use super::client::{Access, DiscordApi, Times};
use super::snowflake;
use crate::clock::{Clock as _, SystemClock};
use crate::examination::{CHANNELS, client, listed, reached, unreached};

/// Where Discord is.
const DISCORD: &str = "https://discord.com";
/// How every client has to name itself. Reference, "User Agent".
const CLIENT: &str = concat!(
    "DiscordBot (https://discord.com, ",
    env!("CARGO_PKG_VERSION"),
    ")"
);
/// How long one question may take.
const TIMES: Times = Times {
    turn: Duration::from_secs(4),
    call: Duration::from_secs(8),
};

/// How often a question is asked again, and how long Discord may want us to wait for that:
/// nobody is in a hurry, and the limits of a bot that works are not ours alone.
const TURNS: usize = 3;
const MOMENT: Duration = Duration::from_secs(2);

/// What is to be examined.
#[derive(Clone, Debug)]
pub struct DiscordExamination {
    /// The REST API, if it is another than Discord's: scheme, host and port.
    pub api_base_url: Option<Url>,
    /// The bot's token.
    pub bot_token: SecretString,
    /// The application's id.
    pub application_id: String,
    /// The application's public key, where Discord's requests come in by HTTP.
    pub public_key: Option<String>,
    /// The guilds.
    pub chats: Vec<ExaminedChat>,
    /// The present.
    pub now: DateTime<Utc>,
}

/// Examines all of it; a guild that is bad keeps no other one from being looked at.
pub async fn examine(asked: &DiscordExamination) -> Vec<Finding> {
    let base = asked.api_base_url.as_ref().map_or(DISCORD, Url::as_str);
    let base = base.trim_end_matches('/');
    let mut findings = match gateway(base).await {
        Ok(headers) => reached("discord", base, (&headers, asked.now)),
        Err(error) => return vec![unreached("discord", base, &error)],
    };
    let api = match api(asked) {
        Ok(api) => api,
        Err(finding) => {
            findings.push(*finding);
            return findings;
        }
    };
    let bot = match ask(&api, Call::Me).await {
        Ok(me) => text(&me, "id").to_owned(),
        Err(error) => {
            findings.push(token_refused(&error));
            return findings;
        }
    };
    findings.push(Finding::ok("discord.token", "the bot's token is good"));
    findings.extend(application(&api, asked).await);
    for chat in &asked.chats {
        findings.extend(guild(&api, chat, &bot).await);
    }
    findings
}

/// Asks where the gateway is, for which nobody has to say who they are.
async fn gateway(base: &str) -> Result<reqwest::header::HeaderMap, reqwest::Error> {
    let asked = client(CLIENT)?.get(format!("{base}/api/v10/gateway"));
    Ok(asked.send().await?.headers().clone())
}

fn api(asked: &DiscordExamination) -> Result<DiscordApi, Box<Finding>> {
    const CHECK: &str = "discord.application";
    let broken = |summary: String, advice: &str| Box::new(Finding::problem(CHECK, summary, advice));
    let application = snowflake(&asked.application_id).ok_or_else(|| {
        broken(
            "discord.application_id is no id".to_owned(),
            "General Information → Application ID shows it, a long number.",
        )
    })?;
    let access = Access {
        bot_token: asked.bot_token.clone(),
        application: application.into(),
        base_url: asked.api_base_url.clone(),
    };
    DiscordApi::new(access, TIMES, Arc::new(SystemClock))
        .map_err(|error| broken(error.to_string(), "Try again."))
}

/// Asks, and once more where Discord wants a moment between questions.
async fn ask(api: &DiscordApi, call: Call<'_>) -> Result<Value, ApiError> {
    for _ in 1..TURNS {
        match api.call(call, None).await {
            Err(ApiError::RateLimited { after, .. }) if after <= MOMENT => {
                SystemClock.sleep(after).await;
            }
            answer => return answer,
        }
    }
    api.call(call, None).await
}

fn token_refused(error: &ApiError) -> Finding {
    const CHECK: &str = "discord.token";
    match error {
        ApiError::Refused(Refusal::Unauthorized) => Finding::problem(
            CHECK,
            "Discord refuses the bot's token",
            "Bot → Reset Token, and set discord.bot_token to the new one.",
        ),
        error => unasked(CHECK, error),
    }
}

fn unasked(check: &str, error: &ApiError) -> Finding {
    Finding::warning(
        check,
        format!("this was not looked at: {error}"),
        "Try again in a minute.",
    )
}

/// Whether token, id, key and the way in belong together.
async fn application(api: &DiscordApi, asked: &DiscordExamination) -> Vec<Finding> {
    const CHECK: &str = "discord.application";
    let found = match ask(api, Call::Application).await {
        Ok(found) => found,
        Err(error) => return vec![unasked(CHECK, &error)],
    };
    let id = text(&found, "id");
    if id != asked.application_id {
        return vec![Finding::problem(
            CHECK,
            format!(
                "the token is of the application {id}, not {}",
                asked.application_id
            ),
            "Set discord.application_id and discord.bot_token of one application.",
        )];
    }
    let key = text(&found, "verify_key");
    if let Some(ours) = &asked.public_key
        && !ours.eq_ignore_ascii_case(key)
    {
        return vec![Finding::problem(
            CHECK,
            "discord.public_key is not the application's",
            "General Information → Public Key shows it.",
        )];
    }
    let finding = Finding::ok(
        CHECK,
        format!("token and id are of {}", text(&found, "name")),
    );
    let way_in = way_in(text(&found, "interactions_endpoint_url"), asked);
    std::iter::once(finding).chain(way_in).collect()
}

/// Whether interactions come in where they are listened to.
fn way_in(endpoint: &str, asked: &DiscordExamination) -> Option<Finding> {
    const CHECK: &str = "discord.interactions";
    match (asked.public_key.is_some(), endpoint.is_empty()) {
        (true, true) => Some(Finding::problem(
            CHECK,
            "discord.mode is http, but the application names no address for interactions",
            "General Information → Interactions Endpoint URL: save the address of this server, \
             followed by /discord/interactions.",
        )),
        (false, false) => Some(Finding::problem(
            CHECK,
            format!("discord.mode is gateway, but interactions go to {endpoint}"),
            "Empty General Information → Interactions Endpoint URL, or set discord.mode to http.",
        )),
        (true, false) | (false, true) => None,
    }
}

async fn guild(api: &DiscordApi, chat: &ExaminedChat, bot: &str) -> Vec<Finding> {
    const CHECK: &str = "discord.guild";
    let name = &chat.name;
    let (Some(id), Some(user)) = (snowflake(&chat.external_id), snowflake(bot)) else {
        return vec![Finding::problem(
            CHECK,
            format!("{name}: {} is no guild's id", chat.external_id),
            "Correct it in the set-up.",
        )];
    };
    let found = ask(api, Call::Guild { guild: id.into() }).await;
    let member = Call::GuildMember {
        guild: id.into(),
        user: user.into(),
    };
    let (guild, member) = match (found, ask(api, member).await) {
        (Ok(guild), Ok(member)) => (guild, member),
        (Err(ApiError::Refused(refusal)), _) | (_, Err(ApiError::Refused(refusal))) => {
            return vec![Finding::problem(
                CHECK,
                format!("{name}: the bot is not in this guild ({refusal})"),
                "Add it by the link that `chorus manifest discord` prints, or take the guild out \
                 of the set-up.",
            )];
        }
        (Err(error), _) | (_, Err(error)) => return vec![unasked(CHECK, &error)],
    };
    let mut findings = vec![Finding::ok(
        CHECK,
        format!("{name}: the bot is in this guild"),
    )];
    findings.extend(channels(api, chat, (&guild, &member)).await);
    findings
}

/// What the bot must be allowed wherever posts are to appear.
fn needed() -> Permissions {
    let (channel, message) = (1.into(), 1.into());
    [
        Call::PostMessage { channel },
        Call::EditMessage { channel, message },
        Call::History { channel },
    ]
    .into_iter()
    .fold(Permissions::empty(), |all, call| all | call.permissions())
}

async fn channels(
    api: &DiscordApi,
    chat: &ExaminedChat,
    (guild, member): (&Value, &Value),
) -> Vec<Finding> {
    const CHECK: &str = "discord.channel";
    let mut findings = Vec::new();
    let mut good = Vec::new();
    for channel in chat.channels.iter().take(CHANNELS) {
        let place = format!("{}: #{} ({})", chat.name, channel.name, channel.external_id);
        match seen(api, channel).await {
            Ok(found) => {
                let missing = needed() - in_channel(guild, member, &found);
                if missing.is_empty() {
                    good.push(channel.name.as_str());
                    continue;
                }
                findings.push(Finding::problem(
                    CHECK,
                    format!(
                        "{place}: the bot lacks {}",
                        missing.get_permission_names().join(", ")
                    ),
                    "Edit Channel → Permissions: allow them to the bot's role.",
                ));
            }
            Err(ApiError::Refused(Refusal::UnknownChannel)) => findings.push(Finding::problem(
                CHECK,
                format!("{place}: there is no such channel"),
                "Correct it in the set-up.",
            )),
            Err(ApiError::Refused(_)) => findings.push(Finding::problem(
                CHECK,
                format!("{place}: the bot does not see it"),
                "Edit Channel → Permissions: allow View Channel, Send Messages, Embed Links and \
                 Read Message History to the bot's role.",
            )),
            Err(error) => findings.push(unasked(CHECK, &error)),
        }
    }
    if !good.is_empty() {
        let summary = format!("{}: the bot may do its work in {}", chat.name, listed(good));
        findings.push(Finding::ok(CHECK, summary));
    }
    findings
}

async fn seen(api: &DiscordApi, channel: &ExaminedChannel) -> Result<Value, ApiError> {
    let id = snowflake(&channel.external_id).ok_or(ApiError::Refused(Refusal::UnknownChannel))?;
    ask(api, Call::Channel { channel: id.into() }).await
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}
