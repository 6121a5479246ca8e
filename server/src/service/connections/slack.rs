//! Slack's part in connecting: its page, and what it grants.

use entity::enums::Platform;
use url::Url;

use super::finish::Granted;
use super::{ConnectError, oauth};
use crate::app::App;
use crate::domain::connection::SLACK_SCOPES;
use crate::ports::chat_oauth::Client;

/// Who this server is to Slack; none where it has no application there.
pub(super) fn client(app: &App) -> Option<Client> {
    let config = &app.config.slack;
    Some(Client {
        base: config.api_base_url.parse().ok()?,
        id: config.client_id.clone()?,
        secret: config.client_secret.clone()?,
    })
}

/// The page on which a workspace lets the bot in.
pub(super) fn authorize(app: &App, redirect: &str) -> Option<Url> {
    let client = client(app)?;
    let base = &app.config.slack.login_base_url;
    let mut url: Url = format!("{base}/oauth/v2/authorize").parse().ok()?;
    url.query_pairs_mut()
        .append_pair("client_id", &client.id)
        .append_pair("scope", &SLACK_SCOPES.join(","))
        .append_pair("redirect_uri", redirect);
    Some(url)
}

/// What comes of a code.
pub(super) async fn exchange(
    app: &App,
    (code, redirect): (&str, &str),
) -> Result<Granted, ConnectError> {
    let client = client(app).ok_or(ConnectError::NotOffered)?;
    let grant = oauth(app).slack_grant(&client, (code, redirect)).await?;
    let is_org_wide = grant.team.is_none();
    let enterprise_id = grant.enterprise.as_ref().map(|(id, _)| id.clone());
    // One of the two is there, as the port makes sure.
    let (external_id, name) = grant.team.or(grant.enterprise).unwrap_or_default();
    Ok(Granted {
        platform: Platform::Slack,
        external_id,
        name,
        bot_user_ref: grant.bot_user,
        enterprise_id,
        is_org_wide,
        scopes: Some(grant.scopes),
        token: Some(grant.token),
    })
}
