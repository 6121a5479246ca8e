//! Options of the Discord part.

use std::net::SocketAddr;

use secrecy::SecretString;

use super::Reader;
use super::web::listen;

/// Digits of a public key.
const PUBLIC_KEY: usize = 64;

/// How the Discord part reaches Discord.
#[derive(Clone, Debug)]
pub struct DiscordConfig {
    /// Whether `serve` without `--part` runs it.
    pub enabled: bool,
    /// How Discord reaches it.
    pub mode: DiscordMode,
    /// The bot's token.
    pub bot_token: Option<SecretString>,
    /// The application that the bot belongs to.
    pub application_id: Option<String>,
    /// The application's client secret, for connecting guilds.
    pub client_secret: Option<SecretString>,
    /// The application's public key, with which Discord's requests are verified.
    pub public_key: Option<String>,
    /// Where Discord's requests come in.
    pub listen: SocketAddr,
    /// Discord's REST API, without path and without a slash at its end.
    pub api_base_url: String,
    /// Messages a minute into one guild, at most.
    pub messages_per_minute: u32,
}

/// How Discord reaches the part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiscordMode {
    /// Over a connection that the part opens.
    Gateway,
    /// By signed requests.
    Http,
}

impl DiscordConfig {
    /// The options that its mode needs and that are not given.
    pub fn lacks(&self) -> Vec<&'static str> {
        let is_http = self.mode == DiscordMode::Http;
        [
            ("discord.bot_token", self.bot_token.is_none()),
            ("discord.application_id", self.application_id.is_none()),
            ("discord.public_key", is_http && self.public_key.is_none()),
        ]
        .into_iter()
        .filter_map(|(option, is_lacking)| is_lacking.then_some(option))
        .collect()
    }

    pub(super) fn read(reader: &mut Reader) -> Self {
        let enabled = reader.flag("discord.enabled");
        let mode = match reader.text("discord.mode").as_str() {
            "gateway" => DiscordMode::Gateway,
            "http" => DiscordMode::Http,
            other => {
                let reason = format!("is `gateway` or `http`, not `{other}`");
                reader.fault("discord.mode", reason);
                DiscordMode::Gateway
            }
        };
        let bot_token = reader.secret("discord.bot_token");
        let application_id = checked(reader, "discord.application_id", "a long number", |text| {
            text.parse::<u64>().is_ok_and(|number| number > 0)
        });
        let client_secret = reader.secret("discord.client_secret");
        if client_secret.is_some() && application_id.is_none() {
            reader.fault(
                "discord.client_secret",
                "comes together with discord.application_id",
            );
        }
        let public_key = checked(
            reader,
            "discord.public_key",
            "64 hexadecimal digits",
            |text| text.len() == PUBLIC_KEY && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
        );
        let listen = listen(reader, "discord.listen");
        let messages = reader.number("discord.messages_per_minute", 1, 100_000);
        let config = Self {
            enabled,
            mode,
            bot_token,
            application_id,
            client_secret,
            public_key,
            listen,
            api_base_url: origin(reader, "discord.api_base_url"),
            messages_per_minute: u32::try_from(messages).unwrap_or(1),
        };
        if enabled {
            for option in config.lacks() {
                reader.fault(option, "is needed where discord.enabled is true");
            }
        }
        config
    }
}

/// The text of an option, if it is given; what it should not be is a fault.
fn checked(
    reader: &mut Reader,
    key: &str,
    what: &str,
    is_good: impl Fn(&str) -> bool,
) -> Option<String> {
    let text = reader.text(key);
    if text.is_empty() {
        return None;
    }
    if !is_good(&text) {
        reader.fault(key, format!("is {what}"));
    }
    Some(text)
}

/// An address without a path, since the path belongs to the version of the API.
fn origin(reader: &mut Reader, key: &str) -> String {
    let url: Option<url::Url> = reader.parsed(key, "an address");
    match url {
        Some(url) if url.path() == "/" && url.query().is_none() => {
            url.as_str().trim_end_matches('/').to_owned()
        }
        Some(_) => {
            reader.fault(key, "has no path: `/api/v10` is added");
            String::new()
        }
        None => {
            reader.fault(key, "is needed");
            String::new()
        }
    }
}
