//! Discord's part in connecting: its page, and the guild that it names. One bot serves every guild
//! with the token of the configuration, so that nothing but the guild is kept.

use entity::enums::Platform;
use url::Url;

use super::finish::Granted;
use super::{ConnectError, oauth};
use crate::app::App;
use crate::domain::connection::{DISCORD_PERMISSIONS, DISCORD_SCOPES};
use crate::ports::chat_oauth::Client;

/// Who this server is to Discord; none where it has no application there, or does not know its
/// secret.
pub(super) fn client(app: &App) -> Option<Client> {
    let config = &app.config.discord;
    Some(Client {
        base: config.api_base_url.parse().ok()?,
        id: config.application_id.clone()?,
        secret: config.client_secret.clone()?,
    })
}

/// Where the bot is let into a guild, with what it needs there and no more.
pub(super) fn invite(app: &App) -> Option<Url> {
    let config = &app.config.discord;
    let mut url: Url = format!("{}/oauth2/authorize", config.api_base_url)
        .parse()
        .ok()?;
    url.query_pairs_mut()
        .append_pair("client_id", config.application_id.as_deref()?)
        .append_pair("scope", DISCORD_SCOPES)
        .append_pair("permissions", &DISCORD_PERMISSIONS.to_string());
    Some(url)
}

/// The same page, from which the browser comes back with a code.
pub(super) fn authorize(app: &App, redirect: &str) -> Option<Url> {
    client(app)?;
    let mut url = invite(app)?;
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("redirect_uri", redirect);
    Some(url)
}

/// What comes of a code: the guild as Discord itself names it, not as the address did.
pub(super) async fn exchange(
    app: &App,
    (code, redirect): (&str, &str),
) -> Result<Granted, ConnectError> {
    let client = client(app).ok_or(ConnectError::NotOffered)?;
    let (external_id, name) = oauth(app).discord_grant(&client, (code, redirect)).await?;
    Ok(Granted {
        platform: Platform::Discord,
        external_id,
        name,
        bot_user_ref: None,
        enterprise_id: None,
        is_org_wide: false,
        scopes: None,
        token: None,
    })
}
