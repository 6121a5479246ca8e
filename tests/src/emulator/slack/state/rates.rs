//! Slack's rate limits: one message a second and channel with a small burst, a workspace's cap, and a
//! tier for each method. Real time, since it is the app's real pace that is judged.
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use tokio::time::Instant;

use crate::emulator::slack::ids::{ChannelId, TeamId};

/// What is enforced; change it through `SlackEmulator::limits`.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Off lets everything through.
    pub on: bool,
    /// Messages that a channel takes at once before one a second applies.
    pub channel_burst: u32,
    /// Messages a minute that a workspace takes; unpublished by Slack.
    pub workspace_per_minute: u32,
    /// Calls a minute by method, where a test wants other than the tier.
    pub per_minute: BTreeMap<String, u32>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            on: true,
            channel_burst: 3,
            workspace_per_minute: 300,
            per_minute: BTreeMap::new(),
        }
    }
}

/// The tier of a method, in calls a minute (docs.slack.dev, "Rate limits": tiers 2, 3, 4 are 20, 50
/// and 100; opening connections is tier 1 but bursts with the sockets that an app may hold).
fn tier(method: &str) -> u32 {
    match method {
        "conversations.list" | "apps.connections.open" => 20,
        "users.info" | "views.open" | "views.update" | "views.publish" | "chat.postEphemeral" => {
            100
        }
        "auth.test" | "chat.getPermalink" | "chat.postMessage" => 600,
        _ => 50,
    }
}

/// What is limited together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Method(TeamId, String),
    Channel(ChannelId),
    Workspace(TeamId),
}

/// Too many: come back later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    /// What `Retry-After` says.
    pub retry_after_seconds: u64,
    /// Whether the caller had been told so before and did not wait.
    pub was_told: bool,
}

/// Counts calls by the generic cell rate algorithm: one instant per key, no floating point.
#[derive(Debug, Default)]
pub struct Rates {
    due: HashMap<Key, Instant>,
    told: HashMap<(String, Option<ChannelId>), Instant>,
}

struct Pace {
    key: Key,
    every: Duration,
    burst: u32,
}

impl Rates {
    /// Admits one call or says how long to wait.
    pub fn admit(
        &mut self,
        limits: &Limits,
        team: &TeamId,
        (method, channel): (&str, Option<&ChannelId>),
        now: Instant,
    ) -> Result<(), TooMany> {
        let told_key = (method.to_owned(), channel.cloned());
        let was_told = self.told.get(&told_key).is_some_and(|until| now < *until);
        let paces = paces(limits, team, method, channel);
        let wait = paces.iter().filter_map(|pace| self.wait(pace, now)).max();
        let wait = if limits.on { wait } else { None };
        let still_told = self
            .told
            .get(&told_key)
            .map(|until| until.duration_since(now));
        if let Some(wait) = wait.or(still_told.filter(|_| was_told)) {
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            let retry_after_seconds = seconds.max(1);
            if !was_told {
                self.told
                    .insert(told_key, now + Duration::from_secs(retry_after_seconds));
            }
            return Err(TooMany {
                retry_after_seconds,
                was_told,
            });
        }
        for pace in paces {
            let due = self.due.get(&pace.key).copied().unwrap_or(now).max(now);
            self.due.insert(pace.key, due + pace.every);
        }
        Ok(())
    }

    /// Notes that an injected fault told the caller to wait.
    pub fn tell(&mut self, method: &str, channel: Option<&ChannelId>, until: Instant) {
        self.told
            .insert((method.to_owned(), channel.cloned()), until);
    }

    fn wait(&self, pace: &Pace, now: Instant) -> Option<Duration> {
        let due = self.due.get(&pace.key).copied()?;
        let tolerated = pace.every * pace.burst.saturating_sub(1);
        let ahead = due.saturating_duration_since(now);
        ahead.checked_sub(tolerated).filter(|wait| !wait.is_zero())
    }
}

fn paces(limits: &Limits, team: &TeamId, method: &str, channel: Option<&ChannelId>) -> Vec<Pace> {
    const MINUTE: Duration = Duration::from_mins(1);
    let a_minute = limits
        .per_minute
        .get(method)
        .copied()
        .unwrap_or_else(|| tier(method))
        .max(1);
    let mut paces = vec![Pace {
        key: Key::Method(team.clone(), method.to_owned()),
        every: MINUTE / a_minute,
        burst: a_minute,
    }];
    if method == "chat.postMessage" {
        let cap = limits.workspace_per_minute.max(1);
        paces.push(Pace {
            key: Key::Workspace(team.clone()),
            every: MINUTE / cap,
            burst: (cap / 10).max(1),
        });
        if let Some(channel) = channel {
            paces.push(Pace {
                key: Key::Channel(channel.clone()),
                every: Duration::from_secs(1),
                burst: limits.channel_burst.max(1),
            });
        }
    }
    paces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_takes_a_burst_and_then_one_a_second() {
        let (limits, mut rates) = (Limits::default(), Rates::default());
        let (team, channel) = (TeamId::from("T1"), ChannelId::from("C1"));
        let start = Instant::now();
        let mut post = |millis: u64| {
            let now = start + Duration::from_millis(millis);
            rates.admit(&limits, &team, ("chat.postMessage", Some(&channel)), now)
        };
        for _ in 0..3 {
            assert_eq!(post(0), Ok(()));
        }
        assert_eq!(
            post(0),
            Err(TooMany {
                retry_after_seconds: 1,
                was_told: false
            })
        );
        assert!(matches!(post(500), Err(TooMany { was_told: true, .. })));
        assert_eq!(post(1_000), Ok(()));
    }

    #[test]
    fn a_workspace_takes_its_cap_over_many_channels() {
        let (limits, mut rates) = (Limits::default(), Rates::default());
        let (team, start) = (TeamId::from("T1"), Instant::now());
        let admitted = (0..6_000_u64)
            .filter(|n| {
                let channel = ChannelId::from(format!("D{n}"));
                let now = start + Duration::from_millis(10 * n);
                rates
                    .admit(&limits, &team, ("chat.postMessage", Some(&channel)), now)
                    .is_ok()
            })
            .count();
        assert!((300..=331).contains(&admitted), "{admitted} in a minute");
    }
}
