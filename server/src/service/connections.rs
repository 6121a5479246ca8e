//! Connections to chats: workspaces and guilds that somebody of the organization let the bot into,
//! how they are, and ending them.
//!
//! Who connects is sent to the chat with what only their browser and session can bring back
//! (`state`), and comes back with a code that is exchanged here (`slack`, `discord`). Tokens that
//! end are renewed before (`renewal`); how each connection is follows from what is known of it
//! (`condition`).

mod begin;
mod condition;
mod discord;
mod finish;
mod renewal;
mod slack;
mod state;
#[cfg(test)]
mod tests;

use entity::enums::{EndedBy, Permission, Platform};
use entity::ids::InstallationId;
use entity::installation;
use serde_json::json;
use thiserror::Error;

use super::actor::{Actor, Forbidden};
use super::{audit, installations};
use crate::app::App;
use crate::ports::chat_oauth::{ChatOauth, ChatOauthError};
use crate::store::{StoreError, Txn, installations as rows};

pub use begin::{Offer, Sent, begin, offers};
pub use condition::{Ailing, Channel, Connection, Test, ailing, list_connections, show_connection};
pub use finish::{Back, Connected, finish};
pub use renewal::renew_tokens;
pub use state::sweep;

/// Why a chat is not connected, or not disconnected.
#[derive(Debug, Error)]
pub enum ConnectError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The server is not configured for it.
    #[error("this server has no application there")]
    NotOffered,
    /// There is no such connection.
    #[error("there is no such connection")]
    NotFound,
    /// This browser and session did not begin it, or too long ago, or it was finished before.
    #[error("this session did not begin it, or too long ago, or it was finished before")]
    NotBegun,
    /// Whoever was asked in the chat did not want it.
    #[error("it was not allowed in the chat")]
    Declined,
    /// The workspace or guild is bound to another organization of this server.
    #[error("it is bound to another organization of this server")]
    Elsewhere,
    /// The actor came by somebody else's word, and so may be they.
    #[error("this session began by somebody else's link or code")]
    ByAnothersWord,
    /// The chat grants nothing.
    #[error(transparent)]
    Chat(#[from] ChatOauthError),
    /// A token could not be encrypted.
    #[error("a token could not be encrypted")]
    Unsealable,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn oauth(app: &App) -> ChatOauth {
    ChatOauth::new(app.fetcher.clone())
}

/// Takes the bot out of a workspace or guild: its token is destroyed at once, what waits for it
/// ends, and the chat is told. Of one that was ended in the chat it says that it is to stay so.
/// Done again, it changes nothing.
pub async fn disconnect(
    app: &App,
    actor: &Actor,
    id: InstallationId,
) -> Result<Connection, ConnectError> {
    actor.require(Permission::ManageOrganization)?;
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    let row = rows::find_to_change(&txn, organization, id).await?;
    let row = row.ok_or(ConnectError::NotFound)?;
    // Before it is destroyed: the chat wants to be told with it.
    let token = installations::token(app, &row);
    if installations::end(&txn, app, &row, EndedBy::Disconnected).await? {
        record(&txn, app, actor, ("installation.disconnected", &row)).await?;
        txn.commit().await?;
        tell(app, &row, token).await;
    } else if row.ended_by == Some(EndedBy::Uninstalled) {
        let row = installation::Model {
            ended_by: Some(EndedBy::Disconnected),
            updated_at: app.now(),
            ..row
        };
        let row = rows::update(&*txn, row).await?;
        record(&txn, app, actor, ("installation.disconnected", &row)).await?;
        txn.commit().await?;
    }
    show_connection(app, actor, id).await
}

/// Tells the chat, as well as may be: here the connection has ended already.
async fn tell(app: &App, row: &installation::Model, token: Option<secrecy::SecretString>) {
    let told = match (row.platform, token, &app.config.discord.bot_token) {
        (Platform::Slack, Some(token), _) => {
            let Ok(base) = app.config.slack.api_base_url.parse() else {
                return;
            };
            oauth(app).slack_revoke(&base, &token).await
        }
        (Platform::Discord, _, Some(bot_token)) => {
            let Ok(base) = app.config.discord.api_base_url.parse() else {
                return;
            };
            let of = (bot_token, row.external_id.as_str());
            oauth(app).discord_leave(&base, of).await
        }
        (Platform::Slack, None, _) | (Platform::Discord, _, None) => return,
    };
    if let Err(cause) = told {
        tracing::warn!(
            installation.id = %row.id, %cause,
            "a chat was not told that it is disconnected: {cause}"
        );
    }
}

async fn record(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    (action, row): (&'static str, &installation::Model),
) -> Result<(), StoreError> {
    let event = audit::Event {
        action,
        subject: format!("installation:{}", row.id),
        detail: json!({"name": row.name, "platform": row.platform}),
    };
    audit::record(txn, app, actor, event).await
}
