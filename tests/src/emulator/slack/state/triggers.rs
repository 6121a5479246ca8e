//! The two short-lived keys that an interaction hands to the app: the trigger that opens one modal
//! within three seconds, and the `response_url` that answers five times within thirty minutes.
use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;

use crate::emulator::slack::ids::{ChannelId, TeamId, Ts, UserId};

/// How long a trigger lives (docs.slack.dev, "Modals").
const TRIGGER_LIFE: Duration = Duration::from_secs(3);
/// How often and how long a `response_url` works (docs.slack.dev, "Handling user interaction").
const RESPONSE_USES: u32 = 5;
const RESPONSE_LIFE: TimeDelta = TimeDelta::minutes(30);

/// For whom a modal may be opened.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// The workspace.
    pub team: TeamId,
    /// The person.
    pub user: UserId,
    issued: Instant,
    used: bool,
}

/// Where an answer goes.
#[derive(Clone, Debug)]
pub struct ResponseTarget {
    /// The workspace.
    pub team: TeamId,
    /// The conversation.
    pub channel: ChannelId,
    /// Who acted.
    pub user: UserId,
    /// The message acted on, if it was one.
    pub source: Option<Ts>,
}

#[derive(Debug)]
struct ResponseUrl {
    target: ResponseTarget,
    issued: DateTime<Utc>,
    uses: u32,
}

/// Why a `response_url` no longer works, in Slack's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsedUp {
    /// Nothing was ever issued under this address.
    Unknown,
    /// Used five times.
    Used,
    /// Older than thirty minutes.
    Expired,
}

/// All of them.
#[derive(Debug, Default)]
pub struct Keys {
    triggers: HashMap<String, Trigger>,
    responses: HashMap<String, ResponseUrl>,
}

impl Keys {
    /// Issues a trigger under this name.
    pub fn issue_trigger(&mut self, name: &str, (team, user): (TeamId, UserId), now: Instant) {
        let trigger = Trigger {
            team,
            user,
            issued: now,
            used: false,
        };
        self.triggers.insert(name.to_owned(), trigger);
    }

    /// Uses a trigger up, or says Slack's error code.
    pub fn use_trigger(
        &mut self,
        name: &str,
        team: &TeamId,
        now: Instant,
    ) -> Result<Trigger, &'static str> {
        match self.triggers.get_mut(name) {
            Some(trigger) if trigger.team != *team => Err("invalid_trigger_id"),
            None => Err("invalid_trigger_id"),
            Some(trigger) if trigger.used => Err("exchanged_trigger_id"),
            Some(trigger) if now.duration_since(trigger.issued) > TRIGGER_LIFE => {
                Err("expired_trigger_id")
            }
            Some(trigger) => {
                trigger.used = true;
                Ok(trigger.clone())
            }
        }
    }

    /// Issues an address for answers under this name.
    pub fn issue_response(&mut self, name: &str, target: ResponseTarget, now: DateTime<Utc>) {
        let url = ResponseUrl {
            target,
            issued: now,
            uses: 0,
        };
        self.responses.insert(name.to_owned(), url);
    }

    /// Counts one use of an address.
    pub fn use_response(
        &mut self,
        name: &str,
        now: DateTime<Utc>,
    ) -> Result<ResponseTarget, UsedUp> {
        let url = self.responses.get_mut(name).ok_or(UsedUp::Unknown)?;
        if now - url.issued > RESPONSE_LIFE {
            return Err(UsedUp::Expired);
        }
        if url.uses >= RESPONSE_USES {
            return Err(UsedUp::Used);
        }
        url.uses += 1;
        Ok(url.target.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target() -> ResponseTarget {
        ResponseTarget {
            team: "T1".into(),
            channel: "C1".into(),
            user: "U1".into(),
            source: None,
        }
    }

    #[test]
    fn a_response_url_works_five_times_within_thirty_minutes() {
        let (mut keys, now) = (Keys::default(), DateTime::UNIX_EPOCH);
        keys.issue_response("r", target(), now);
        for _ in 0..5 {
            assert!(keys.use_response("r", now).is_ok());
        }
        assert_eq!(keys.use_response("r", now).unwrap_err(), UsedUp::Used);
        keys.issue_response("s", target(), now);
        let late = now + TimeDelta::minutes(31);
        assert_eq!(keys.use_response("s", late).unwrap_err(), UsedUp::Expired);
    }

    #[test]
    fn a_trigger_opens_one_modal_within_three_seconds() {
        let (mut keys, team, now) = (Keys::default(), TeamId::from("T1"), Instant::now());
        keys.issue_trigger("a", (team.clone(), "U1".into()), now);
        keys.issue_trigger("b", (team.clone(), "U1".into()), now);
        assert!(keys.use_trigger("a", &team, now).is_ok());
        assert_eq!(
            keys.use_trigger("a", &team, now).unwrap_err(),
            "exchanged_trigger_id"
        );
        let late = now + Duration::from_millis(3_001);
        assert_eq!(
            keys.use_trigger("b", &team, late).unwrap_err(),
            "expired_trigger_id"
        );
        assert_eq!(
            keys.use_trigger("b", &"T2".into(), now).unwrap_err(),
            "invalid_trigger_id"
        );
    }
}
