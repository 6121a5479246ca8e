//! Installations that an admin allowed and that the app has not exchanged yet, and by what their
//! tokens are renewed.
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::State;
use crate::emulator::slack::ids::{TeamId, UserId};
use crate::emulator::slack::model::{Installation, User, UserKind};

/// A code is good for ten minutes.
const LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// A token that is renewed lasts twelve hours.
pub(crate) const LASTS: TimeDelta = TimeDelta::hours(12);

/// What an admin allowed.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) team: TeamId,
    pub(crate) scopes: BTreeSet<String>,
    /// Where their browser was sent back to.
    pub(crate) redirect: String,
    pub(crate) at: DateTime<Utc>,
}

/// By the code that stands for each, and by what renews them.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    codes: BTreeMap<String, Grant>,
    refresh: BTreeMap<String, TeamId>,
    /// Whether tokens end.
    pub(crate) rotates: bool,
}

impl Grants {
    pub(crate) fn keep(&mut self, code: String, grant: Grant) {
        self.codes.insert(code, grant);
    }

    /// What a code stands for: once, and not for long.
    pub(crate) fn take(&mut self, code: &str, now: DateTime<Utc>) -> Option<Grant> {
        let grant = self.codes.remove(code)?;
        (now < grant.at + LIFETIME).then_some(grant)
    }

    /// A new word by which a workspace's token is renewed; it counts once.
    pub(crate) fn refresh(&mut self, team: TeamId, number: u64) -> String {
        let word = format!("xoxe-1-{team}-{number}");
        self.refresh.insert(word.clone(), team);
        word
    }

    /// The workspace whose token is renewed by this.
    pub(crate) fn renew(&mut self, word: &str) -> Option<TeamId> {
        self.refresh.remove(word)
    }
}

impl State {
    /// Puts the app, which people call `name`, into a workspace with a token and its scopes.
    pub(crate) fn install(
        &mut self,
        team: &TeamId,
        name: &str,
        (bot_token, scopes): (String, BTreeSet<String>),
    ) -> UserId {
        let bot_user = UserId::from(format!("UBOT{team}"));
        let user = User {
            kind: UserKind::Bot,
            email: None,
            email_confirmed: false,
            ..User::member(team.as_str(), bot_user.as_str(), name, "")
        };
        let installation = Installation {
            bot_token,
            bot_user: bot_user.clone(),
            bot_id: format!("BBOT{team}").into(),
            scopes,
            revoked: false,
        };
        self.kept.users.insert(bot_user.clone(), user);
        if let Some(workspace) = self.kept.workspaces.get_mut(team) {
            workspace.installation = Some(installation);
        }
        bot_user
    }
}
