//! Logging in by address and password, so many times in a quarter of an hour.

use std::net::IpAddr;

use entity::enums::Language;
use entity::{member, organization};
use secrecy::SecretString;
use thiserror::Error;

use super::actor::Actor;
use super::credentials::{self, VerifyError};
use super::sessions::{self, Begun, Browser, Way};
use crate::app::App;
use crate::domain::email;
use crate::domain::login::{TRIES_PER_ACCOUNT, TRIES_PER_ADDRESS, next_period, period};
use crate::secrets::passwords::PasswordError;
use crate::store::{
    StoreError, login_attempts, login_links, members, organizations, sessions as rows,
};

/// What tries are hashed under: neither accounts nor addresses are kept.
const PURPOSE: &str = "login attempts";

/// Somebody who logs in.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The organization's name in addresses.
    pub slug: &'a str,
    /// The address as typed.
    pub email: &'a str,
    /// The password as typed.
    pub password: SecretString,
    /// Where they come from; it is hashed and kept a quarter of an hour.
    pub address: IpAddr,
    /// Their browser.
    pub browser: Browser<'a>,
}

/// Why somebody is not let in.
#[derive(Debug, Error)]
pub enum LogInError {
    /// Address and password belong to nobody here. Which of them is wrong is not told.
    #[error("address and password belong to nobody here")]
    Wrong,
    /// There were too many tries.
    #[error("too many passwords were tried")]
    TooMany {
        /// Seconds until they may try again.
        retry_after: i64,
    },
    /// The password could not be worked on.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<VerifyError> for LogInError {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::Password(error) => Self::Password(error),
            VerifyError::Store(error) => Self::Store(error),
        }
    }
}

/// The organization whose console has this name in addresses: its name and language are all
/// that a stranger sees of it.
pub async fn house(app: &App, slug: &str) -> Result<Option<organization::Model>, StoreError> {
    organizations::by_slug(app.store.reader(), slug).await
}

/// The language in which a stranger is spoken to, who asks for none of ours.
pub fn language(house: Option<&organization::Model>) -> Language {
    house.map_or(Language::En, |house| house.language)
}

/// Logs a member in by password.
pub async fn log_in(app: &App, asked: Asked<'_>) -> Result<Begun, LogInError> {
    let account = count_tries(app, &asked).await?;
    let found = find(app, &asked).await?;
    let whose = found.as_ref().map(|(house, member)| (house.id, member.id));
    let credential = credentials::verified(app, whose, &asked.password).await?;
    let credential = credential.ok_or(LogInError::Wrong)?;
    let (organization, member) = found.ok_or(LogInError::Wrong)?;
    let txn = app.store.begin().await?;
    login_attempts::forgive(&*txn, &account, period(app.now())).await?;
    let actor = Actor {
        issuer: credential.issuer_id,
        ..Actor::of(organization, member)
    };
    let begun = sessions::begin(&txn, app, actor, (Way::Password, asked.browser)).await?;
    txn.commit().await?;
    Ok(begun)
}

/// Counts the try before the password is looked at, where what follows cannot undo it; gives
/// what the account's tries are counted under.
async fn count_tries(app: &App, asked: &Asked<'_>) -> Result<[u8; 32], LogInError> {
    let now = app.now();
    let typed = asked.email.trim().to_lowercase();
    let account = app.keys.mac(
        PURPOSE,
        &[b"account", asked.slug.as_bytes(), typed.as_bytes()],
    );
    let place = place(asked.address);
    let address = app.keys.mac(PURPOSE, &[b"address", place.as_bytes()]);
    let txn = app.store.begin().await?;
    let by_account = login_attempts::count(&*txn, &account, period(now)).await?;
    let by_address = login_attempts::count(&*txn, &address, period(now)).await?;
    txn.commit().await?;
    if by_account > TRIES_PER_ACCOUNT || by_address > TRIES_PER_ADDRESS {
        let retry_after = next_period(now);
        return Err(LogInError::TooMany { retry_after });
    }
    Ok(account)
}

/// What tries from an address are counted under. Whoever has one address of IPv6 has all of its
/// /64, which is the least that a line is given.
fn place(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [one, two, three, four, ..] = address.segments();
            format!("{one:x}:{two:x}:{three:x}:{four:x}::/64")
        }
    }
}

/// Counts a try of one's own password by who is logged in already; seconds to wait where there
/// were too many.
pub(super) async fn count_own_try(app: &App, actor: &Actor) -> Result<Option<i64>, StoreError> {
    let now = app.now();
    let member = actor.member.id.0;
    let subject = app.keys.mac(PURPOSE, &[b"member", member.as_bytes()]);
    let txn = app.store.begin().await?;
    let tries = login_attempts::count(&*txn, &subject, period(now)).await?;
    txn.commit().await?;
    Ok((tries > TRIES_PER_ACCOUNT).then(|| next_period(now)))
}

async fn find(
    app: &App,
    asked: &Asked<'_>,
) -> Result<Option<(organization::Model, member::Model)>, StoreError> {
    let db = app.store.reader();
    let Some(address) = email::normal(asked.email) else {
        return Ok(None);
    };
    let Some(house) = organizations::by_slug(db, asked.slug).await? else {
        return Ok(None);
    };
    let member = members::by_email(db, house.id, &address).await?;
    let present = member.filter(|member| member.left_at.is_none());
    Ok(present.map(|member| (house, member)))
}

/// Forgets sessions, links and tries that count no more; says how many.
pub async fn sweep(app: &App) -> Result<u64, StoreError> {
    let now = app.now();
    let txn = app.store.begin().await?;
    let forgotten = rows::forget(&*txn, now).await?
        + login_links::forget(&*txn, now).await?
        + login_attempts::forget(&*txn, period(now)).await?;
    txn.commit().await?;
    Ok(forgotten)
}

#[cfg(test)]
mod tests;
