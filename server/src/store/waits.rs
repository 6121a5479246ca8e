//! How long writers wait to begin, as far as an operator is told: the longest wait of late.
//!
//! Neither how many there were nor each of them: every act of a person writes, also one that is
//! nobody's business, and a count would be one more.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// As long a time makes a wait one of the past.
const WINDOW: Duration = Duration::from_mins(1);

/// The longest wait of the last one to two minutes.
#[derive(Debug)]
pub struct Longest(Mutex<Windows>);

#[derive(Debug)]
struct Windows {
    since: Instant,
    current: Duration,
    before: Duration,
}

impl Longest {
    /// None yet, from `now` on.
    pub fn new(now: Instant) -> Self {
        Self(Mutex::new(Windows {
            since: now,
            current: Duration::ZERO,
            before: Duration::ZERO,
        }))
    }

    /// Notes a wait that ended at `now`.
    pub fn note(&self, now: Instant, wait: Duration) {
        let mut windows = self.at(now);
        windows.current = windows.current.max(wait);
    }

    /// The longest at `now`.
    pub fn of_late(&self, now: Instant) -> Duration {
        let windows = self.at(now);
        windows.current.max(windows.before)
    }

    fn at(&self, now: Instant) -> MutexGuard<'_, Windows> {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let age = now.saturating_duration_since(windows.since);
        if age >= WINDOW {
            // What is older than two of them is over, however seldom somebody writes or looks.
            let is_next = age < 2 * WINDOW;
            windows.before = if is_next {
                windows.current
            } else {
                Duration::ZERO
            };
            windows.current = Duration::ZERO;
            windows.since = now;
        }
        windows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_wait_is_told_for_a_minute_or_two_and_then_no_more() {
        let start = Instant::now();
        let after = |seconds| start + Duration::from_secs(seconds);
        let wait = Duration::from_millis;
        let waits = Longest::new(start);
        assert_eq!(waits.of_late(start), Duration::ZERO);
        for (at, millis) in [(1, 5), (2, 70), (3, 9)] {
            waits.note(after(at), wait(millis));
        }
        assert_eq!(waits.of_late(after(59)), wait(70));
        waits.note(after(61), wait(8));
        assert_eq!(waits.of_late(after(62)), wait(70));
        assert_eq!(waits.of_late(after(122)), wait(8));
        assert_eq!(waits.of_late(after(400)), Duration::ZERO);
    }
}
