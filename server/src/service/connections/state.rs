//! What a browser that was sent to a chat brings back: a word in the address, one in its cookie and
//! its session, which count together only, once, and for ten minutes. The database has their hash.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::connect_state;
use entity::enums::Platform;
use entity::session;

use super::ConnectError;
use crate::app::App;
use crate::domain::connection::WAY_BACK;
use crate::store::{StoreError, Txn, connect_states};

/// What the hashes are made under.
const PURPOSE: &str = "connecting chats";

/// What travels.
pub(super) struct Words {
    /// By the address.
    pub(super) state: String,
    /// By the cookie.
    pub(super) cookie: String,
}

fn name(platform: Platform) -> &'static [u8] {
    match platform {
        Platform::Slack => b"slack",
        Platform::Discord => b"discord",
    }
}

/// Notes that a session is sent to a chat.
pub(super) async fn note(
    txn: &Txn,
    app: &App,
    (session, platform): (&session::Model, Platform),
) -> Result<Words, StoreError> {
    let word = || URL_SAFE_NO_PAD.encode(app.chance.bytes::<32>());
    let words = Words {
        state: word(),
        cookie: word(),
    };
    let parts: [&[u8]; 4] = [
        name(platform),
        words.state.as_bytes(),
        words.cookie.as_bytes(),
        session.id.0.as_bytes(),
    ];
    let now = app.now();
    let row = connect_state::Model {
        state_hash: app.keys.mac(PURPOSE, &parts).to_vec(),
        organization_id: session.organization_id,
        session_id: session.id,
        platform,
        expires_at: now + WAY_BACK,
        created_at: now,
    };
    connect_states::insert(txn, row).await?;
    Ok(words)
}

/// Takes what a session brings back: it counts once, whatever comes of it.
pub(super) async fn take(
    app: &App,
    (session, platform): (&session::Model, Platform),
    (state, cookie): (&str, &str),
) -> Result<(), ConnectError> {
    let parts: [&[u8]; 4] = [
        name(platform),
        state.as_bytes(),
        cookie.as_bytes(),
        session.id.0.as_bytes(),
    ];
    let hashes = app.keys.macs(PURPOSE, &parts);
    let txn = app.store.begin().await?;
    let row = connect_states::take(&txn, &hashes).await?;
    txn.commit().await?;
    let is_good = row.is_some_and(|row| {
        row.expires_at > app.now() && row.organization_id == session.organization_id
    });
    if is_good {
        Ok(())
    } else {
        Err(ConnectError::NotBegun)
    }
}

/// Forgets whoever did not come back in time.
pub async fn sweep(app: &App) -> Result<(), StoreError> {
    let txn = app.store.begin().await?;
    connect_states::forget(&txn, app.now()).await?;
    txn.commit().await
}
