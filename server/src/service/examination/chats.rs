//! The installations: whether their tokens open, and what the chats' own examination needs.

use entity::enums::Platform;
use entity::{channel, installation};
use secrecy::SecretString;
use server_api::examination::Finding;

use super::unanswered;
use crate::app::App;
use crate::service::installations::token_place;
use crate::store::{StoreError, channels, installations};

/// An installation with the channels that receive posts there.
#[derive(Clone, Debug)]
pub struct Chat {
    /// The installation.
    pub row: installation::Model,
    /// The bot's token; none where it does not open.
    pub bot_token: Option<SecretString>,
    /// The channels.
    pub channels: Vec<channel::Model>,
}

/// Every installation that was not revoked, of every organization.
pub async fn chats(app: &App) -> Result<Vec<Chat>, StoreError> {
    let db = app.store.reader();
    let mut chats = Vec::new();
    for platform in [Platform::Slack, Platform::Discord] {
        for row in installations::active_on(db, platform).await? {
            let mut channels = channels::of_installation(db, row.organization_id, row.id).await?;
            channels.retain(|channel| channel.removed_at.is_none());
            chats.push(Chat {
                bot_token: opened(app, &row),
                row,
                channels,
            });
        }
    }
    Ok(chats)
}

fn opened(app: &App, row: &installation::Model) -> Option<SecretString> {
    let bytes = app.keys.open(&row.bot_token, token_place(row.id)).ok()?;
    String::from_utf8(bytes).ok().map(SecretString::from)
}

/// Whether every token opens with the keys at hand.
pub(super) async fn tokens(app: &App) -> Vec<Finding> {
    const CHECK: &str = "chats.tokens";
    let chats = match chats(app).await {
        Ok(chats) => chats,
        Err(error) => return vec![unanswered(CHECK, &error)],
    };
    if chats.is_empty() {
        return vec![Finding::warning(
            CHECK,
            "there is no workspace and no guild yet",
            "`chorus setup` brings them in.",
        )];
    }
    let sealed: Vec<Finding> = chats
        .iter()
        .filter(|chat| chat.bot_token.is_none())
        .map(|chat| {
            Finding::problem(
                CHECK,
                format!("the token of {} does not open", chat.row.name),
                "Put the key back that it was sealed with (secrets.key, or secret.key in the data \
                 directory), or give the token anew by `chorus setup`.",
            )
        })
        .collect();
    if sealed.is_empty() {
        return vec![Finding::ok(
            CHECK,
            format!("{} installations, every token opens", chats.len()),
        )];
    }
    sealed
}
