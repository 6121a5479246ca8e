//! Keeps a part running: one that fails starts again, later each time, until all is to stop.

use std::fmt::Display;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The wait after the first failure; each next one is twice as long.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest wait: a chat that is away for an hour is tried sixty times.
const LONGEST_WAIT: Duration = Duration::from_mins(1);
/// A part that ran this long had started well: its next failure is a first one.
const STEADY: Duration = Duration::from_mins(2);

/// Runs `part` until `stop`, again and again where it fails or ends by itself.
pub async fn supervise<E, F>(
    name: &'static str,
    stop: &CancellationToken,
    part: impl Fn(CancellationToken) -> F,
) where
    E: Display,
    F: Future<Output = Result<(), E>>,
{
    let mut wait = FIRST_WAIT;
    while !stop.is_cancelled() {
        let began = Instant::now();
        let outcome = part(stop.child_token()).await;
        if stop.is_cancelled() {
            return;
        }
        if began.elapsed() >= STEADY {
            wait = FIRST_WAIT;
        }
        report(name, outcome, wait);
        rest(wait, stop).await;
        wait = longer(wait);
    }
}

fn longer(wait: Duration) -> Duration {
    (wait * 2).min(LONGEST_WAIT)
}

fn report<E: Display>(name: &'static str, outcome: Result<(), E>, wait: Duration) {
    let seconds = wait.as_secs();
    match outcome {
        Ok(()) => tracing::warn!(part = name, "part {name} ended; again in {seconds} s"),
        Err(error) => {
            tracing::error!(part = name, %error, "part {name} failed; again in {seconds} s");
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a loop of the composition: nothing but real time passes here"
)]
async fn rest(wait: Duration, stop: &CancellationToken) {
    tokio::select! {
        () = tokio::time::sleep(wait) => {}
        () = stop.cancelled() => {}
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::future::ready;

    use super::*;

    #[test]
    fn waits_grow_up_to_the_longest() {
        let waits: Vec<u64> = std::iter::successors(Some(FIRST_WAIT), |wait| Some(longer(*wait)))
            .map(|wait| wait.as_secs())
            .take(8)
            .collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
    }

    #[tokio::test]
    async fn a_part_that_fails_starts_again() {
        let stop = CancellationToken::new();
        let starts = Cell::new(0);
        supervise("bad", &stop, |_| {
            starts.set(starts.get() + 1);
            if starts.get() == 2 {
                stop.cancel();
            }
            ready(Err::<(), _>("no"))
        })
        .await;
        assert_eq!(starts.get(), 2);
    }

    #[tokio::test]
    async fn stopping_does_not_wait_for_the_next_start() {
        let stop = CancellationToken::new();
        let starts = Cell::new(0);
        tokio::join!(
            supervise("bad", &stop, |_| {
                starts.set(starts.get() + 1);
                ready(Err::<(), _>("no"))
            }),
            async { stop.cancel() }
        );
        assert_eq!(starts.get(), 1);
    }
}
