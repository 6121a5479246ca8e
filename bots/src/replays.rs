//! Remembers signed requests for as long as their stamps stay good, so that the same one
//! has an effect once, however often somebody sends it.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

/// Seconds that a stamp may lie off our clock, either way: five minutes, as Slack's page
/// "Verifying requests from Slack" advises.
pub const WINDOW_SECONDS: i64 = 5 * 60;

/// Whether a request that was stamped so may still be taken at `now`; both are seconds of
/// the Unix epoch.
pub fn is_current(stamp: i64, now: i64) -> bool {
    stamp.abs_diff(now) <= WINDOW_SECONDS.unsigned_abs()
}

/// The signed requests taken on within the window.
#[derive(Default)]
pub struct Replays {
    taken: Mutex<Taken>,
}

/// What was signed, digested: a second signature over the same is the same request.
type Print = [u8; 32];

#[derive(Default)]
struct Taken {
    known: HashSet<Print>,
    order: VecDeque<(i64, Print)>,
}

impl Replays {
    /// Takes on a genuine request, unless it was taken on before. Only what was signed may
    /// come here, so that strangers cannot fill the memory.
    pub fn take(&self, stamp: &str, body: &[u8], now: i64) -> bool {
        let print: Print = Sha256::new()
            .chain_update(stamp)
            .chain_update([0])
            .chain_update(body)
            .finalize()
            .into();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.forget(now);
        if !taken.known.insert(print) {
            return false;
        }
        // A stamp may lie ahead by the window, and is good for as long again.
        taken.order.push_back((now + 2 * WINDOW_SECONDS, print));
        true
    }
}

impl Taken {
    fn forget(&mut self, now: i64) {
        while self.order.front().is_some_and(|(until, _)| *until < now) {
            if let Some((_, print)) = self.order.pop_front() {
                self.known.remove(&print);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;

    #[test]
    fn stamps_are_current_for_five_minutes_either_way() {
        assert!(is_current(NOW, NOW));
        assert!(is_current(NOW - 300, NOW) && is_current(NOW + 300, NOW));
        assert!(!is_current(NOW - 301, NOW) && !is_current(NOW + 301, NOW));
        assert!(!is_current(i64::MIN, NOW) && !is_current(i64::MAX, NOW));
    }

    #[test]
    fn a_request_is_taken_once_while_its_stamp_is_good() {
        let replays = Replays::default();
        let ahead = NOW + WINDOW_SECONDS;
        let stamp = ahead.to_string();
        assert!(replays.take(&stamp, b"body", NOW));
        assert!(!replays.take(&stamp, b"body", NOW));
        assert!(is_current(ahead, NOW + 2 * WINDOW_SECONDS));
        assert!(!replays.take(&stamp, b"body", NOW + 2 * WINDOW_SECONDS));
    }

    #[test]
    fn other_bodies_and_other_stamps_are_other_requests() {
        let replays = Replays::default();
        assert!(replays.take("12", b"3", NOW));
        assert!(replays.take("1", b"23", NOW));
        assert!(replays.take("12", b"4", NOW));
        assert!(replays.take("13", b"3", NOW));
    }

    #[test]
    fn what_can_be_accepted_no_more_is_forgotten() {
        let replays = Replays::default();
        for number in 0..100 {
            assert!(replays.take("1", &[number], NOW));
        }
        assert!(replays.take("2", b"later", NOW + 2 * WINDOW_SECONDS + 1));
        let taken = replays.taken.lock().unwrap();
        assert_eq!((taken.known.len(), taken.order.len()), (1, 1));
    }
}
