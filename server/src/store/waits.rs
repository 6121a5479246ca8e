//! How long writers wait to begin, as far as an operator is told: the longest wait of late.
//!
//! Neither how many there were nor each of them: every act of a person writes, also one that is
//! nobody's business, and a count would be one more. For the same reason a wait that nobody would
//! notice is none.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// As long a time makes a wait one of the past.
const WINDOW: Duration = Duration::from_mins(1);

/// What is shorter is no wait: a turn that was free takes some time, too.
const NOTICED: Duration = Duration::from_millis(10);

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
        if wait >= NOTICED {
            let mut windows = self.at(now);
            windows.current = windows.current.max(wait);
        }
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
            // From one window to the next, however late in it somebody looks.
            windows.since = if is_next { windows.since + WINDOW } else { now };
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
        waits.note(after(1), wait(9));
        assert_eq!(waits.of_late(after(1)), Duration::ZERO, "nobody noticed");
        for (at, millis) in [(1, 15), (2, 70), (3, 19)] {
            waits.note(after(at), wait(millis));
        }
        assert_eq!(waits.of_late(after(59)), wait(70));
        waits.note(after(61), wait(18));
        assert_eq!(waits.of_late(after(119)), wait(70));
        assert_eq!(waits.of_late(after(122)), wait(18), "of the minute before");
        assert_eq!(waits.of_late(after(400)), Duration::ZERO);
    }
}
