//! How long a job waits before it is tried again.

use chrono::TimeDelta;

/// The wait after the first attempt, at most.
const FIRST: i64 = 10_000;
/// The wait after many attempts, at most: an hour.
const LONGEST: i64 = 3_600_000;

/// The wait after so many failed attempts: doubled each time, of which a
/// random part between a half and the whole is waited, so that jobs that failed
/// together are not tried together. `chance` is a number below 1,000.
pub fn wait(attempts: i64, chance: u64) -> TimeDelta {
    let doublings = u32::try_from(attempts.saturating_sub(1).clamp(0, 20)).unwrap_or(0);
    let most = FIRST.saturating_mul(1 << doublings).min(LONGEST);
    let part = i64::try_from(chance.min(999)).unwrap_or(0);
    TimeDelta::milliseconds(most / 2 + most / 2 * part / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_an_hour_and_keep_to_their_bounds() {
        assert_eq!(wait(1, 0), TimeDelta::seconds(5));
        assert!(wait(1, 999) < TimeDelta::seconds(10));
        assert_eq!(wait(3, 0), TimeDelta::seconds(20));
        assert_eq!(wait(99, 0), TimeDelta::minutes(30));
        assert!(wait(i64::MAX, u64::MAX) <= TimeDelta::hours(1));
        assert_eq!(wait(-1, 0), TimeDelta::seconds(5));
    }
}
