//! Log-ins by Slack that somebody allowed and that the app has not exchanged yet.
use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::emulator::slack::ids::{TeamId, UserId};

/// A code is good for ten minutes (docs.slack.dev/authentication/installing-with-oauth, read 2026-11).
const LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// What somebody allowed.
#[derive(Clone, Debug)]
pub(crate) struct Login {
    pub(crate) team: TeamId,
    pub(crate) user: UserId,
    /// Where their browser was sent back to.
    pub(crate) redirect: String,
    pub(crate) nonce: String,
    /// The S256 of what the app will show.
    pub(crate) challenge: String,
    pub(crate) at: DateTime<Utc>,
}

/// By the code that stands for each.
#[derive(Debug, Default)]
pub(crate) struct Logins(BTreeMap<String, Login>);

impl Logins {
    pub(crate) fn keep(&mut self, code: String, login: Login) {
        self.0.insert(code, login);
    }

    /// What a code stands for: once, and not for long.
    pub(crate) fn take(&mut self, code: &str, now: DateTime<Utc>) -> Option<Login> {
        let login = self.0.remove(code)?;
        (now < login.at + LIFETIME).then_some(login)
    }
}
