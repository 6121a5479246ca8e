//! Discord's rate limits, as its answers tell them: who may send now, who must wait, and
//! when nothing may be sent at all. Pure: it is told the time.
//!
//! A bucket that is not known yet lets one request through at a time, whose answer tells
//! its size; afterwards as many as remain.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

/// Requests a second of one bot. Reference "Rate Limits", "Global Rate Limit".
const GLOBAL: usize = 50;
/// The time to which that number belongs.
const GLOBAL_WINDOW: Duration = Duration::from_secs(1);
/// Answers 401, 403 and 429 after which we send no more: Discord locks an address out that
/// has had 10,000. Reference "Rate Limits", "Invalid Request Limit".
pub const INVALID: usize = 8_000;
/// The time to which that number belongs.
pub const INVALID_WINDOW: Duration = Duration::from_mins(10);
/// How much two answers of one period may differ about its end.
const SLACK: Duration = Duration::from_millis(250);
/// Buckets remembered before those that rest are forgotten.
const REMEMBERED: usize = 2_000;

/// What Discord counts together before it has told its own name for it: a route, and the
/// channel, guild or webhook in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lane {
    /// The route without its ids.
    pub route: &'static str,
    /// The id that limits are kept apart by; empty where there is none.
    pub major: String,
    /// Whether it counts against the limit over everything.
    pub counts_globally: bool,
}

/// Leave to send one request; comes back with what became of it.
#[derive(Debug)]
pub struct Ticket {
    route: &'static str,
    key: Key,
}

type Key = (String, String);

/// Why a request may not be sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// This bucket is empty for so long.
    Bucket(Duration),
    /// The bot as a whole may send nothing for so long.
    Everything(Duration),
    /// Until a request that is on its way has come back.
    Turn,
    /// Too many requests were refused: nothing goes out for so long.
    Stopped(Duration),
}

/// What an answer told about limits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// Discord's name of the bucket.
    pub bucket: Option<String>,
    /// How many it holds.
    pub limit: Option<u32>,
    /// How many are left.
    pub remaining: Option<u32>,
    /// When it is full again.
    pub reset_after: Option<Duration>,
}

/// What an answer means for what may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Taken, or refused for what it asked.
    Fine,
    /// Refused for who asked: 401 or 403.
    Invalid,
    /// Too fast.
    Limited {
        /// How long to wait.
        after: Duration,
        /// Which limit.
        scope: Scope,
    },
    /// No answer came, or one of a server in trouble.
    Lost,
}

impl Verdict {
    /// Whether Discord counts it towards a ban. Reference "Rate Limits", "Invalid Request
    /// Limit".
    pub fn is_invalid(self) -> bool {
        match self {
            Self::Invalid => true,
            Self::Limited { scope, .. } => match scope {
                Scope::User | Scope::Global => true,
                Scope::Shared => false,
            },
            Self::Fine | Self::Lost => false,
        }
    }
}

/// Whose limit was hit. Header `X-RateLimit-Scope`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The bot's own on this route.
    User,
    /// The bot's own over everything.
    Global,
    /// One that all bots share on this channel or webhook; it is no invalid request.
    Shared,
}

/// Everything that is known about limits.
#[derive(Default)]
pub struct Buckets {
    names: HashMap<&'static str, String>,
    known: HashMap<Key, Bucket>,
    sent: VecDeque<Instant>,
    still_until: Option<Instant>,
    invalid: VecDeque<Instant>,
}

#[derive(Debug, Default)]
struct Bucket {
    size: Size,
    remaining: u32,
    full_at: Option<Instant>,
    on_the_way: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Size {
    #[default]
    Unknown,
    Limited(u32),
    Unlimited,
}

impl Buckets {
    /// Leave to send one request now, or why not.
    pub fn reserve(&mut self, now: Instant, lane: &Lane) -> Result<Ticket, Wait> {
        forget(&mut self.invalid, now, INVALID_WINDOW);
        if self.invalid.len() >= INVALID {
            let left = left(&self.invalid, now, INVALID_WINDOW);
            return Err(Wait::Stopped(left));
        }
        if lane.counts_globally {
            self.global(now)?;
        }
        let name = self
            .names
            .get(lane.route)
            .map_or(lane.route, String::as_str);
        let key = (name.to_owned(), lane.major.clone());
        if self.known.len() > REMEMBERED {
            self.known.retain(|_, bucket| bucket.is_in_use(now));
        }
        self.known.entry(key.clone()).or_default().take(now)?;
        if lane.counts_globally {
            self.sent.push_back(now);
        }
        Ok(Ticket {
            route: lane.route,
            key,
        })
    }

    /// Takes note of what became of a request. Whether that was one invalid request too
    /// many is said once.
    pub fn settle(&mut self, now: Instant, ticket: Ticket, told: &Told, verdict: Verdict) -> bool {
        if let Some(bucket) = self.known.get_mut(&ticket.key) {
            bucket.on_the_way = bucket.on_the_way.saturating_sub(1);
        }
        let key = match &told.bucket {
            Some(name) => {
                self.names.insert(ticket.route, name.clone());
                (name.clone(), ticket.key.1)
            }
            None => ticket.key,
        };
        let bucket = self.known.entry(key).or_default();
        bucket.learn(now, told, verdict);
        match verdict {
            Verdict::Fine | Verdict::Lost => false,
            Verdict::Invalid => self.count_invalid(now),
            Verdict::Limited { after, scope } => match scope {
                Scope::Shared => {
                    bucket.empty_until(now + after);
                    false
                }
                Scope::User => {
                    bucket.empty_until(now + after);
                    self.count_invalid(now)
                }
                Scope::Global => {
                    let until = now + after;
                    self.still_until = Some(self.still_until.map_or(until, |at| at.max(until)));
                    self.count_invalid(now)
                }
            },
        }
    }

    fn global(&mut self, now: Instant) -> Result<(), Wait> {
        if let Some(until) = self.still_until.filter(|until| *until > now) {
            return Err(Wait::Everything(until - now));
        }
        forget(&mut self.sent, now, GLOBAL_WINDOW);
        if self.sent.len() < GLOBAL {
            return Ok(());
        }
        Err(Wait::Everything(left(&self.sent, now, GLOBAL_WINDOW)))
    }

    fn count_invalid(&mut self, now: Instant) -> bool {
        forget(&mut self.invalid, now, INVALID_WINDOW);
        self.invalid.push_back(now);
        self.invalid.len() == INVALID
    }
}

impl Bucket {
    fn take(&mut self, now: Instant) -> Result<(), Wait> {
        if self.full_at.is_some_and(|at| at <= now) {
            self.full_at = None;
            if let Size::Limited(limit) = self.size {
                self.remaining = limit.saturating_sub(self.on_the_way);
            }
        }
        if self.remaining > 0 {
            self.remaining -= 1;
        } else if let Some(at) = self.full_at {
            return Err(Wait::Bucket(at.saturating_duration_since(now)));
        } else if self.size != Size::Unlimited && self.on_the_way > 0 {
            // What is on its way will tell more.
            return Err(Wait::Turn);
        }
        self.on_the_way += 1;
        Ok(())
    }

    fn learn(&mut self, now: Instant, told: &Told, verdict: Verdict) {
        if let (Some(limit), Some(remaining), Some(after)) =
            (told.limit, told.remaining, told.reset_after)
        {
            self.size = Size::Limited(limit);
            let full_at = now + after;
            if self.full_at.is_some_and(|known| full_at + SLACK < known) {
                // A straggler, that tells of a period which is over.
                return;
            }
            // What is still on its way may not have been counted yet.
            self.remaining = remaining.saturating_sub(self.on_the_way);
            self.full_at = Some(full_at);
        } else if verdict == Verdict::Fine && self.size == Size::Unknown {
            self.size = Size::Unlimited;
        }
    }

    fn empty_until(&mut self, at: Instant) {
        self.remaining = 0;
        self.full_at = Some(self.full_at.map_or(at, |known| known.max(at)));
    }

    fn is_in_use(&self, now: Instant) -> bool {
        self.on_the_way > 0 || self.full_at.is_some_and(|at| at > now)
    }
}

/// Forgets what lies further back than `window`.
fn forget(moments: &mut VecDeque<Instant>, now: Instant, window: Duration) {
    while moments
        .front()
        .is_some_and(|at| now.saturating_duration_since(*at) >= window)
    {
        moments.pop_front();
    }
}

/// How long until the first of them lies back so far.
fn left(moments: &VecDeque<Instant>, now: Instant, window: Duration) -> Duration {
    moments.front().map_or(Duration::ZERO, |at| {
        (*at + window).saturating_duration_since(now)
    })
}

#[cfg(test)]
mod tests;
