//! Renewing tokens before they end. Of several replicas one does it, by a lease for each
//! connection; what fails is tried again once the lease is over, and shows in the connection.

use chrono::TimeDelta;
use entity::installation;
use secrecy::SecretString;

use super::finish::sealed;
use super::{oauth, slack};
use crate::app::App;
use crate::domain::connection::RENEW_BEFORE;
use crate::ports::chat_oauth::Token;
use crate::service::installations::refresh_place;
use crate::service::leases;
use crate::store::{StoreError, installations as rows};

/// A renewal that failed is tried again after this time.
const TURN: TimeDelta = TimeDelta::minutes(5);

/// Renews every token that ends soon; says how many there were.
pub async fn renew_tokens(app: &App) -> Result<usize, StoreError> {
    let due = rows::to_renew(app.store.reader(), app.now() + RENEW_BEFORE).await?;
    let holder = app.uuid().to_string();
    let mut renewed = 0;
    for row in due {
        let lease = format!("renew:{}", row.id);
        if !leases::take_turn(app, &lease, &holder, TURN).await? {
            continue;
        }
        // It may have been renewed before the lease was taken.
        let fresh = rows::by_id(app.store.reader(), row.platform, row.id).await?;
        let is_as_seen = |fresh: &installation::Model| fresh.refresh_token == row.refresh_token;
        let Some(row) = fresh.filter(is_as_seen) else {
            continue;
        };
        renewed += usize::from(renew(app, row).await?);
    }
    Ok(renewed)
}

async fn renew(app: &App, row: installation::Model) -> Result<bool, StoreError> {
    let outcome = ask(app, &row).await;
    let txn = app.store.begin().await?;
    let now_there = rows::find_to_change(&txn, row.organization_id, row.id).await?;
    // Somebody connected anew, or disconnected, while Slack was asked.
    let is_as_seen = |there: &installation::Model| there.refresh_token == row.refresh_token;
    let Some(there) = now_there.filter(is_as_seen) else {
        return Ok(false);
    };
    let now = app.now();
    let kept = outcome.and_then(|token| {
        let sealed = sealed(app, there.id, Some(&token), now);
        sealed.map_err(|_| "unsealable".to_owned())
    });
    let is_renewed = kept.is_ok();
    let changed = match kept {
        Ok((bot_token, refresh_token, token_expires_at)) => installation::Model {
            bot_token,
            refresh_token,
            token_expires_at,
            token_trouble: None,
            updated_at: now,
            ..there
        },
        Err(word) => {
            tracing::warn!(
                installation.id = %there.id, word,
                "a token of Slack was not renewed: {word}"
            );
            installation::Model {
                token_trouble: Some(word),
                updated_at: now,
                ..there
            }
        }
    };
    rows::update(&*txn, changed).await?;
    txn.commit().await?;
    Ok(is_renewed)
}

/// The new token, or a short word for why there is none.
async fn ask(app: &App, row: &installation::Model) -> Result<Token, String> {
    let client = slack::client(app).ok_or_else(|| "not_configured".to_owned())?;
    let sealed = row.refresh_token.as_deref().unwrap_or_default();
    let opened = app.keys.open(sealed, refresh_place(row.id)).ok();
    let refresh = opened.and_then(|bytes| String::from_utf8(bytes).ok());
    let refresh: SecretString = refresh.ok_or_else(|| "sealed".to_owned())?.into();
    let renewed = oauth(app).slack_renewal(&client, &refresh).await;
    renewed.map_err(|error| error.word().to_owned())
}
