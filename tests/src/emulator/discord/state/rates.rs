//! Discord's rate limits: a bucket for each route and the thing it is about, and fifty requests a second in
//! all. Real time, since it is the app's real pace that is judged.
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use tokio::time::Instant;

/// Requests a second that one bot may make (discord.com/developers, "Global Rate Limit").
const GLOBAL_PER_SECOND: u32 = 50;
/// Refused calls within ten minutes that get an address banned ("Invalid Request Limit").
const INVALID_LIMIT: usize = 10_000;
/// How long one has to wait between two identifications ("Rate Limiting" of the gateway).
const IDENTIFY_EVERY: Duration = Duration::from_secs(5);

/// What is enforced; change it through `DiscordEmulator::limits`.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Off lets everything through; headers are sent all the same.
    pub on: bool,
    /// Requests a second in all.
    pub global_per_second: u32,
    /// Refused calls within ten minutes that lead to a ban.
    pub invalid_limit: usize,
    /// Calls of a route in a time, where a test wants others than usual; by method and template.
    pub buckets: BTreeMap<String, (u32, Duration)>,
    /// The time between two identifications.
    pub identify_every: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            on: true,
            global_per_second: GLOBAL_PER_SECOND,
            invalid_limit: INVALID_LIMIT,
            buckets: BTreeMap::new(),
            identify_every: IDENTIFY_EVERY,
        }
    }
}

/// What a route takes in a time. Discord publishes none of these and asks clients to read the headers; these
/// are the numbers that its headers showed.
fn usual(route: &str) -> (u32, Duration) {
    let (calls, seconds) = match route {
        "POST /channels/{channel_id}/messages"
        | "PATCH /channels/{channel_id}/messages/{message_id}"
        | "GET /channels/{channel_id}/messages"
        | "DELETE /channels/{channel_id}/messages/{message_id}" => (5, 5),
        "POST /webhooks/{webhook_id}/{webhook_token}"
        | "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original" => (5, 2),
        "POST /users/@me/channels" => (10, 10),
        "PUT /applications/{application_id}/commands" => (5, 20),
        _ => (20, 5),
    };
    (calls, Duration::from_secs(seconds))
}

/// Where a call stands in its bucket; what the headers say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The bucket's name, the same for all channels.
    pub bucket: String,
    /// How many calls it takes.
    pub limit: u32,
    /// How many are left.
    pub remaining: u32,
    /// When it is full again.
    pub reset_after: Duration,
}

/// Too many: come back later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooMany {
    /// What `Retry-After` and the body say.
    pub retry_after: Duration,
    /// Whether it concerns all routes.
    pub is_global: bool,
    /// Whether the caller had been told so before and did not wait.
    pub was_told: bool,
}

#[derive(Debug)]
struct Window {
    left: u32,
    resets: Instant,
}

/// Counts calls by windows of fixed length, as Discord does.
#[derive(Debug, Default)]
pub struct Rates {
    windows: HashMap<(String, String), Window>,
    told: HashMap<(String, String), Instant>,
}

/// The key of what concerns all routes.
fn everything() -> (String, String) {
    ("global".to_owned(), String::new())
}

impl Rates {
    /// Admits a call of this route about this thing, or says how long to wait.
    pub fn admit(
        &mut self,
        limits: &Limits,
        (route, about): (&str, &str),
        counts_globally: bool,
        now: Instant,
    ) -> (Standing, Result<(), TooMany>) {
        let key = (route.to_owned(), about.to_owned());
        let second = (limits.global_per_second, Duration::from_secs(1));
        let all = limits.on && counts_globally;
        let refused = self
            .told_to_wait(&everything(), now)
            .filter(|_| counts_globally)
            .map(|wait| (wait, true))
            .or_else(|| Some((self.told_to_wait(&key, now)?, false)));
        if let Some((retry_after, is_global)) = refused {
            let refusal = TooMany {
                retry_after,
                is_global,
                was_told: true,
            };
            return (self.standing(limits, &key, now), Err(refusal));
        }
        let global = all.then(|| self.take(everything(), second, now)).flatten();
        let here = limits
            .buckets
            .get(route)
            .copied()
            .unwrap_or_else(|| usual(route));
        let bucket = self.take(key.clone(), here, now).filter(|_| limits.on);
        let standing = self.standing(limits, &key, now);
        let refusal = global
            .map(|wait| (wait, true))
            .or(bucket.map(|wait| (wait, false)));
        let Some((retry_after, is_global)) = refusal else {
            return (standing, Ok(()));
        };
        let told = if is_global { everything() } else { key };
        self.told.insert(told, now + retry_after);
        (
            standing,
            Err(TooMany {
                retry_after,
                is_global,
                was_told: false,
            }),
        )
    }

    /// Notes that an injected fault told the caller to wait; `None` for all routes.
    pub fn tell(&mut self, route: Option<(&str, &str)>, until: Instant) {
        let key = route.map_or_else(everything, |(route, about)| {
            (route.to_owned(), about.to_owned())
        });
        self.told.insert(key, until);
    }

    fn told_to_wait(&self, key: &(String, String), now: Instant) -> Option<Duration> {
        let until = self.told.get(key)?;
        until
            .checked_duration_since(now)
            .filter(|wait| !wait.is_zero())
    }

    /// Takes one from a window; gives how long it is empty, if it is.
    fn take(
        &mut self,
        key: (String, String),
        (limit, per): (u32, Duration),
        now: Instant,
    ) -> Option<Duration> {
        let window = self.windows.entry(key).or_insert(Window {
            left: limit,
            resets: now + per,
        });
        if window.resets <= now {
            *window = Window {
                left: limit,
                resets: now + per,
            };
        }
        match window.left.checked_sub(1) {
            Some(left) => {
                window.left = left;
                None
            }
            None => Some(window.resets - now),
        }
    }

    fn standing(&self, limits: &Limits, key: &(String, String), now: Instant) -> Standing {
        let (limit, per) = limits
            .buckets
            .get(&key.0)
            .copied()
            .unwrap_or_else(|| usual(&key.0));
        let window = self.windows.get(key).filter(|window| window.resets > now);
        Standing {
            bucket: bucket_name(&key.0),
            limit,
            remaining: window.map_or(limit, |window| window.left),
            reset_after: window.map_or(per, |window| window.resets - now),
        }
    }
}

/// A name that says nothing, as Discord's do; the same for the same route.
fn bucket_name(route: &str) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in route.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const POST: &str = "POST /channels/{channel_id}/messages";

    #[test]
    fn a_channel_takes_five_messages_in_five_seconds() {
        let (limits, mut rates, start) = (Limits::default(), Rates::default(), Instant::now());
        for left in (0..5).rev() {
            let (standing, admitted) = rates.admit(&limits, (POST, "1"), true, start);
            assert_eq!(
                (standing.limit, standing.remaining, admitted),
                (5, left, Ok(()))
            );
        }
        let wait = Duration::from_secs(5);
        let refused = |was_told, retry_after| TooMany {
            retry_after,
            is_global: false,
            was_told,
        };
        assert_eq!(
            rates.admit(&limits, (POST, "1"), true, start).1,
            Err(refused(false, wait))
        );
        let later = start + Duration::from_secs(2);
        let rest = Duration::from_secs(3);
        assert_eq!(
            rates.admit(&limits, (POST, "1"), true, later).1,
            Err(refused(true, rest))
        );
        assert_eq!(
            rates.admit(&limits, (POST, "2"), true, later).1,
            Ok(()),
            "another channel"
        );
        assert_eq!(
            rates.admit(&limits, (POST, "1"), true, start + wait).1,
            Ok(())
        );
    }

    #[test]
    fn fifty_requests_a_second_are_all_that_a_bot_may_make() {
        let (limits, mut rates, start) = (Limits::default(), Rates::default(), Instant::now());
        for channel in 0..50 {
            let about = channel.to_string();
            assert_eq!(rates.admit(&limits, (POST, &about), true, start).1, Ok(()));
        }
        let refused = rates
            .admit(&limits, (POST, "50"), true, start)
            .1
            .unwrap_err();
        assert!(refused.is_global && !refused.was_told);
        let callback = (
            "POST /interactions/{interaction_id}/{interaction_token}/callback",
            "1",
        );
        assert_eq!(
            rates.admit(&limits, callback, false, start).1,
            Ok(()),
            "not counted"
        );
    }
}
