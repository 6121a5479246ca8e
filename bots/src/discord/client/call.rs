//! The operations of Discord's REST API that we call; nothing else can be called.

use serenity::http::{LightMethod, Route};
use serenity::model::id::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, UserId};
use serenity::model::permissions::Permissions;

use super::buckets::Lane;

/// One operation.
#[derive(Clone, Copy)]
pub enum Call<'a> {
    /// Where the gateway is.
    Gateway,
    /// Which account the bot's token belongs to.
    Me,
    /// Which application that account belongs to.
    Application,
    /// What a guild is like, with its roles.
    Guild {
        /// Which.
        guild: GuildId,
    },
    /// Somebody's membership of a guild.
    GuildMember {
        /// Which guild.
        guild: GuildId,
        /// Who.
        user: UserId,
    },
    /// What a channel is like, with its exceptions of permissions.
    Channel {
        /// Which.
        channel: ChannelId,
    },
    /// Posts a message.
    PostMessage {
        /// Where.
        channel: ChannelId,
    },
    /// Changes a message.
    EditMessage {
        /// Where.
        channel: ChannelId,
        /// Which.
        message: MessageId,
    },
    /// Reads messages, the newest first.
    History {
        /// Where.
        channel: ChannelId,
    },
    /// Finds the channel of direct messages with a person.
    OpenDirect,
    /// Answers an interaction for the first time.
    Respond {
        /// Which.
        interaction: InteractionId,
        /// Its token.
        token: &'a str,
    },
    /// Changes the first answer to an interaction, or the message that was pressed.
    EditAnswer {
        /// The interaction's token.
        token: &'a str,
    },
    /// Takes the first answer to an interaction away.
    DeleteAnswer {
        /// The interaction's token.
        token: &'a str,
    },
    /// Answers an interaction once more.
    FollowUp {
        /// The interaction's token.
        token: &'a str,
    },
    /// Reads the commands that are registered for every guild.
    Commands,
    /// Registers these commands and no others.
    ReplaceCommands,
}

impl std::fmt::Debug for Call<'_> {
    /// Without the tokens of interactions.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Call").field(&self.name()).finish()
    }
}

impl<'a> Call<'a> {
    /// How it is sent.
    pub fn method(self) -> LightMethod {
        match self {
            Self::Gateway
            | Self::Me
            | Self::Application
            | Self::Guild { .. }
            | Self::GuildMember { .. }
            | Self::Channel { .. }
            | Self::History { .. }
            | Self::Commands => LightMethod::Get,
            Self::PostMessage { .. }
            | Self::OpenDirect
            | Self::Respond { .. }
            | Self::FollowUp { .. } => LightMethod::Post,
            Self::EditMessage { .. } | Self::EditAnswer { .. } => LightMethod::Patch,
            Self::DeleteAnswer { .. } => LightMethod::Delete,
            Self::ReplaceCommands => LightMethod::Put,
        }
    }

    /// Where it is sent.
    pub fn route(self, application: ApplicationId) -> Route<'a> {
        match self {
            Self::Gateway => Route::Gateway,
            Self::Me => Route::UserMe,
            Self::Application => Route::Oauth2ApplicationCurrent,
            Self::Guild { guild } => Route::Guild { guild_id: guild },
            Self::GuildMember { guild, user } => Route::GuildMember {
                guild_id: guild,
                user_id: user,
            },
            Self::Channel { channel } => Route::Channel {
                channel_id: channel,
            },
            Self::PostMessage { channel } | Self::History { channel } => Route::ChannelMessages {
                channel_id: channel,
            },
            Self::EditMessage { channel, message } => Route::ChannelMessage {
                channel_id: channel,
                message_id: message,
            },
            Self::OpenDirect => Route::UserMeDmChannels,
            Self::Respond { interaction, token } => Route::InteractionResponse {
                interaction_id: interaction,
                token,
            },
            Self::EditAnswer { token } | Self::DeleteAnswer { token } => {
                Route::WebhookOriginalInteractionResponse {
                    application_id: application,
                    token,
                }
            }
            Self::FollowUp { token } => Route::WebhookFollowupMessages {
                application_id: application,
                token,
            },
            Self::Commands | Self::ReplaceCommands => Route::Commands {
                application_id: application,
            },
        }
    }

    /// Its name in logs, which is also what limits are kept by: the ids left out, since
    /// tokens are among them.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gateway => "GET /gateway",
            Self::Me => "GET /users/@me",
            Self::Application => "GET /oauth2/applications/@me",
            Self::Guild { .. } => "GET /guilds/{}",
            Self::GuildMember { .. } => "GET /guilds/{}/members/{}",
            Self::Channel { .. } => "GET /channels/{}",
            Self::PostMessage { .. } => "POST /channels/{}/messages",
            Self::EditMessage { .. } => "PATCH /channels/{}/messages/{}",
            Self::History { .. } => "GET /channels/{}/messages",
            Self::OpenDirect => "POST /users/@me/channels",
            Self::Respond { .. } => "POST /interactions/{}/{}/callback",
            Self::EditAnswer { .. } => "PATCH /webhooks/{}/{}/messages/@original",
            Self::DeleteAnswer { .. } => "DELETE /webhooks/{}/{}/messages/@original",
            Self::FollowUp { .. } => "POST /webhooks/{}/{}",
            Self::Commands => "GET /applications/{}/commands",
            Self::ReplaceCommands => "PUT /applications/{}/commands",
        }
    }

    /// What the bot must be allowed in the channel. Reference "Permissions" and the pages
    /// of the calls; cards are embeds, and what the bot itself wrote it may change.
    pub fn permissions(self) -> Permissions {
        match self {
            Self::PostMessage { .. } => {
                Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS
            }
            Self::EditMessage { .. } => Permissions::VIEW_CHANNEL,
            Self::History { .. } => Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY,
            Self::Gateway
            | Self::Me
            | Self::Application
            | Self::Guild { .. }
            | Self::GuildMember { .. }
            | Self::Channel { .. }
            | Self::OpenDirect
            | Self::Respond { .. }
            | Self::EditAnswer { .. }
            | Self::DeleteAnswer { .. }
            | Self::FollowUp { .. }
            | Self::Commands
            | Self::ReplaceCommands => Permissions::empty(),
        }
    }

    /// What its limits are kept by. Answers to interactions are not bound to the limit
    /// over everything. Reference "Rate Limits", "Global Rate Limit".
    pub fn lane(self) -> Lane {
        let (major, counts_globally) = match self {
            Self::Gateway
            | Self::Me
            | Self::Application
            | Self::OpenDirect
            | Self::Commands
            | Self::ReplaceCommands => (String::new(), true),
            Self::Guild { guild } | Self::GuildMember { guild, .. } => (guild.to_string(), true),
            Self::Channel { channel }
            | Self::PostMessage { channel }
            | Self::EditMessage { channel, .. }
            | Self::History { channel } => (channel.to_string(), true),
            Self::Respond { token, .. }
            | Self::EditAnswer { token }
            | Self::DeleteAnswer { token }
            | Self::FollowUp { token } => (token.to_owned(), false),
        };
        Lane {
            route: self.name(),
            major,
            counts_globally,
        }
    }
}
