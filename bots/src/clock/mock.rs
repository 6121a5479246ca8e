//! A clock that stands still until somebody waits on it; then it jumps there.

use std::sync::{Mutex, PoisonError};

use super::*;

/// Turns of the scheduler before time jumps, so that work that is ready gets done.
const TURNS: usize = 20;

/// Where the calendar stands when the clock is made.
const DAWN: DateTime<Utc> = DateTime::from_timestamp_nanos(1_800_000_000_000_000_000);

pub(crate) struct MockClock {
    start: Instant,
    passed: Mutex<Duration>,
}

impl Default for MockClock {
    fn default() -> Self {
        Self {
            start: Instant::now(),
            passed: Mutex::new(Duration::ZERO),
        }
    }
}

impl MockClock {
    /// Time passed since the clock was made.
    pub(crate) fn passed(&self) -> Duration {
        *self.passed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Clock for MockClock {
    fn now(&self) -> Instant {
        self.start + self.passed()
    }

    fn wall(&self) -> DateTime<Utc> {
        DAWN + self.passed()
    }

    async fn sleep(&self, duration: Duration) {
        let until = self.passed() + duration;
        for _ in 0..TURNS {
            tokio::task::yield_now().await;
        }
        let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        *passed = until.max(*passed);
    }
}
