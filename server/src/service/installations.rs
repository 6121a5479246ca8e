//! Chat installations: their tokens are sealed in the database and opened for
//! the part that serves the platform, on the internal listener.

use chrono::TimeDelta;
use entity::enums::{EndedBy, Language, Platform};
use entity::ids::InstallationId;
use entity::installation;
use secrecy::SecretString;
use serde_json::json;
use url::Url;

use super::{audit, deliveries};
use crate::app::App;
use crate::domain::connection::{Failure, failure, reason};
use crate::ports::chat_oauth::{ChatOauth, ChatOauthError};
use crate::secrets::keys::Place;
use crate::store::{StoreError, Txn, installations, organizations};

/// That a part was seen is noted this often.
const SEEN_EVERY: TimeDelta = TimeDelta::seconds(60);
/// So long a chat may still say that an earlier connection was ended.
const LATE: TimeDelta = TimeDelta::hours(2);

/// An installation with its token opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The installation.
    pub row: installation::Model,
    /// The bot's token.
    pub bot_token: SecretString,
    /// The organization's language.
    pub language: Language,
}

/// Where an installation's token lies.
pub fn token_place(id: InstallationId) -> Place<'static> {
    Place {
        table: "installation",
        column: "bot_token",
        row: id.0,
    }
}

/// Where that lies by which its token is renewed.
pub fn refresh_place(id: InstallationId) -> Place<'static> {
    Place {
        table: "installation",
        column: "refresh_token",
        row: id.0,
    }
}

/// The token of an installation; none where it does not open.
pub(super) fn token(app: &App, row: &installation::Model) -> Option<SecretString> {
    let bytes = app.keys.open(&row.bot_token, token_place(row.id)).ok()?;
    String::from_utf8(bytes).ok().map(SecretString::from)
}

/// The installations of a platform that were not revoked, of every organization, for its part.
///
/// One whose token does not open is left out and logged: the others go on.
pub async fn of_platform(app: &App, platform: Platform) -> Result<Vec<Opened>, StoreError> {
    let db = app.store.reader();
    let mut opened = Vec::new();
    for row in installations::active_on(db, platform).await? {
        let Some(organization) = organizations::find(db, row.organization_id).await? else {
            continue;
        };
        let Some(bot_token) = token(app, &row) else {
            tracing::error!(
                installation.id = %row.id,
                "the token of installation {} does not open: is secrets.key the one it was sealed with?",
                row.id
            );
            continue;
        };
        opened.push(Opened {
            row,
            bot_token,
            language: organization.language,
        });
    }
    Ok(opened)
}

/// Notes that the part of a platform asked for its installations: whoever looks after them sees
/// that it is there.
pub async fn note_seen(app: &App, platform: Platform) -> Result<(), StoreError> {
    let (now, before) = (app.now(), app.now() - SEEN_EVERY);
    let all = installations::active_on(app.store.reader(), platform).await?;
    let is_due = |row: &installation::Model| row.seen_at.is_none_or(|seen| seen < before);
    if !all.iter().any(is_due) {
        return Ok(());
    }
    let txn = app.store.begin().await?;
    installations::seen(&txn, platform, (now, before)).await?;
    txn.commit().await
}

/// Seals anew what an older key sealed, so that the older one can be taken away; says how
/// many there were. What opens under no key stays as it is.
pub async fn seal_anew(app: &App) -> Result<usize, StoreError> {
    let txn = app.store.begin().await?;
    let mut anew = 0;
    for row in installations::all_to_change(&txn).await? {
        let again = |sealed: &[u8], place: Place<'_>| {
            if app.keys.is_current(sealed) {
                return None;
            }
            let opened = app.keys.open(sealed, place).ok()?;
            app.keys.seal(&app.chance, &opened, place).ok()
        };
        let bot_token = again(&row.bot_token, token_place(row.id));
        let refresh = row.refresh_token.as_deref();
        let refresh = refresh.and_then(|sealed| again(sealed, refresh_place(row.id)));
        if bot_token.is_none() && refresh.is_none() {
            continue;
        }
        let row = installation::Model {
            bot_token: bot_token.unwrap_or_else(|| row.bot_token.clone()),
            refresh_token: refresh.or_else(|| row.refresh_token.clone()),
            ..row
        };
        installations::update(&*txn, row).await?;
        anew += 1;
    }
    txn.commit().await?;
    Ok(anew)
}

/// The platform says that the app was taken away; again changes nothing.
pub async fn revoke(app: &App, platform: Platform, id: InstallationId) -> Result<(), StoreError> {
    let known = installations::by_id(app.store.reader(), platform, id).await?;
    let Some(known) = known.filter(|row| row.revoked_at.is_none()) else {
        return Ok(());
    };
    if outlives(app, &known).await {
        tracing::info!(
            installation.id = %id,
            "a chat said that the app was removed before it was connected again"
        );
        return Ok(());
    }
    let txn = app.store.begin().await?;
    let found = installations::find_to_change(&txn, known.organization_id, id).await?;
    // Connected again while the chat was asked, it is another connection.
    let Some(row) = found.filter(|row| row.connected_at == known.connected_at) else {
        return Ok(());
    };
    // Of several at once, the first to write does the rest.
    if !end(&txn, app, &row, EndedBy::Uninstalled).await? {
        return Ok(());
    }
    let event = audit::Event {
        action: "installation.revoked",
        subject: format!("installation:{id}"),
        detail: json!({"name": row.name}),
    };
    audit::record_system(&txn, app, row.organization_id, event).await?;
    txn.commit().await
}

/// Whether a new connection stands although the chat says that it was ended: what it says of the
/// one before comes late, and is told again until somebody takes note.
async fn outlives(app: &App, row: &installation::Model) -> bool {
    if row.connected_at.is_none_or(|at| at + LATE < app.now()) {
        return false;
    }
    let oauth = ChatOauth::new(app.fetcher.clone());
    let (slack, discord) = (&app.config.slack, &app.config.discord);
    let (base, token) = match row.platform {
        Platform::Slack => (&slack.api_base_url, token(app, row)),
        Platform::Discord => (&discord.api_base_url, discord.bot_token.clone()),
    };
    let base: Result<Url, _> = base.parse();
    let (Ok(base), Some(token)) = (base, token) else {
        return false;
    };
    let said = match row.platform {
        Platform::Slack => oauth.slack_test(&base, &token).await,
        Platform::Discord => {
            oauth
                .discord_guild(&base, (&token, row.external_id.as_str()))
                .await
        }
    };
    match said {
        // A token that is kept in vain shows at the next message; one that is destroyed is lost.
        Ok(()) | Err(ChatOauthError::Away(_) | ChatOauthError::Unreadable(_)) => true,
        Err(ChatOauthError::Refused(word)) => match row.platform {
            Platform::Slack => failure(row.platform, &word) != Failure::Token,
            Platform::Discord => word != "http_403" && word != "http_404",
        },
    }
}

/// Destroys the token of an installation and ends what waits for it; says whether it was there.
pub(super) async fn end(
    txn: &Txn,
    app: &App,
    row: &installation::Model,
    by: EndedBy,
) -> Result<bool, StoreError> {
    let which = (row.platform, row.id);
    if !installations::revoke(&**txn, which, by, app.now()).await? {
        return Ok(false);
    }
    deliveries::abandon(txn, row.organization_id, row.id, reason(by)).await?;
    Ok(true)
}
