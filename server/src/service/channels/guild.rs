//! Whether a channel is the guild's that it is named for. One bot serves the guilds of every
//! organization, and so may write where nothing of the actor's is: Discord itself is asked.

use entity::enums::Platform;
use entity::installation;
use url::Url;

use super::ChannelError;
use crate::app::App;
use crate::domain::fault::Fault;
use crate::ports::chat_oauth::{ChatOauth, ChatOauthError};

/// Refuses a channel that Discord does not say to be in the guild. A workspace's own token leads
/// nowhere else.
pub(super) async fn check(
    app: &App,
    home: &installation::Model,
    place: &str,
) -> Result<(), ChannelError> {
    match home.platform {
        Platform::Slack => return Ok(()),
        Platform::Discord => {}
    }
    let config = &app.config.discord;
    let unasked = |word: &str| ChannelError::Away(ChatOauthError::Refused(word.to_owned()));
    let token = config.bot_token.as_ref();
    let token = token.ok_or_else(|| unasked("no_bot_token"))?;
    let base: Result<Url, _> = config.api_base_url.parse();
    let base = base.map_err(|_| unasked("no_address"))?;
    let oauth = ChatOauth::new(app.fetcher.clone());
    let guild = match oauth.discord_channel(&base, (token, place)).await {
        Ok(guild) => guild,
        // The bot sees no such channel.
        Err(ChatOauthError::Refused(word)) if word == "http_403" || word == "http_404" => None,
        Err(error) => return Err(error.into()),
    };
    if guild.as_deref() == Some(home.external_id.as_str()) {
        return Ok(());
    }
    let reason = "is no channel of this guild that the bot sees";
    Err(Fault::new("place", reason).into())
}
