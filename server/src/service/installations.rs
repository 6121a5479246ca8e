//! Chat installations: their tokens are sealed in the database and opened for
//! the part that serves the platform, on the internal listener.

use entity::enums::{Language, Platform};
use entity::ids::InstallationId;
use entity::installation;
use secrecy::SecretString;
use serde_json::json;

use super::{audit, deliveries};
use crate::app::App;
use crate::secrets::keys::Place;
use crate::store::{StoreError, installations, organizations};

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

/// The installations of a platform that were not revoked, of every organization.
///
/// One whose token does not open is left out and logged: the others go on.
pub async fn of_platform(app: &App, platform: Platform) -> Result<Vec<Opened>, StoreError> {
    let db = app.store.reader();
    let mut opened = Vec::new();
    for row in installations::active_on(db, platform).await? {
        let Some(organization) = organizations::find(db, row.organization_id).await? else {
            continue;
        };
        let token = app.keys.open(&row.bot_token, token_place(row.id));
        let Some(token) = token.ok().and_then(|bytes| String::from_utf8(bytes).ok()) else {
            tracing::error!(
                installation.id = %row.id,
                "the token of installation {} does not open: is secrets.key the one it was sealed with?",
                row.id
            );
            continue;
        };
        opened.push(Opened {
            row,
            bot_token: token.into(),
            language: organization.language,
        });
    }
    Ok(opened)
}

/// Seals anew what an older key sealed, so that the older one can be taken away; says how
/// many there were. What opens under no key stays as it is.
pub async fn seal_anew(app: &App) -> Result<usize, StoreError> {
    let txn = app.store.begin().await?;
    let mut anew = 0;
    for row in installations::all_to_change(&txn).await? {
        if app.keys.is_current(&row.bot_token) {
            continue;
        }
        let place = token_place(row.id);
        let opened = app.keys.open(&row.bot_token, place);
        let sealed = opened.and_then(|token| app.keys.seal(&app.chance, &token, place));
        if let Ok(bot_token) = sealed {
            installations::update(&*txn, installation::Model { bot_token, ..row }).await?;
            anew += 1;
        }
    }
    txn.commit().await?;
    Ok(anew)
}

/// The platform or an admin took the app away; again changes nothing.
pub async fn revoke(app: &App, platform: Platform, id: InstallationId) -> Result<(), StoreError> {
    let txn = app.store.begin().await?;
    let found = installations::by_id(&*txn, platform, id).await?;
    let Some(row) = found else {
        return Ok(());
    };
    // Of several at once, the first to write does the rest.
    if !installations::revoke(&*txn, platform, id, app.now()).await? {
        return Ok(());
    }
    deliveries::abandon(&txn, row.organization_id, id).await?;
    let event = audit::Event {
        action: "installation.revoked",
        subject: format!("installation:{id}"),
        detail: json!({}),
    };
    audit::record_system(&txn, app, row.organization_id, event).await?;
    txn.commit().await
}
