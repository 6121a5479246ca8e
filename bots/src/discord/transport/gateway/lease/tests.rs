//! Who holds the lease, on a clock that runs twenty times as fast.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::*;
use crate::clock::SystemClock;
use crate::discord::tests::stand_in::StandIn;

const HASTE: u32 = 20;

struct Hasty(Instant);

#[async_trait]
impl Clock for Hasty {
    fn now(&self) -> Instant {
        self.0 + self.0.elapsed() * HASTE
    }

    fn wall(&self) -> DateTime<Utc> {
        SystemClock.wall()
    }

    async fn sleep(&self, duration: Duration) {
        SystemClock.sleep(duration / HASTE).await;
    }
}

fn lent(held: bool, fence: i64) -> (u16, Value) {
    let lease = json!({ "held": held, "until": "2026-11-22T12:00:00Z", "fence": fence });
    (200, lease)
}

async fn lease(answers: Vec<(u16, Value)>) -> (StandIn, Lease, Arc<Hasty>) {
    let discord = StandIn::start(vec![]).await;
    discord.lends(answers);
    let clock = Arc::new(Hasty(Instant::now()));
    let lease = Lease::new(discord.server(), clock.clone(), "me".to_owned());
    (discord, lease, clock)
}

#[tokio::test]
async fn whoever_waits_takes_over_when_it_is_free() {
    let answers = vec![
        lent(false, 1),
        (503, json!({})),
        lent(false, 1),
        lent(true, 2),
    ];
    let (_discord, lease, _) = lease(answers).await;
    let hold = lease.wait(&CancellationToken::new()).await.unwrap();
    assert_eq!(hold.fence, 2);
}

#[tokio::test]
async fn nobody_waits_when_it_is_time_to_stop() {
    let (_discord, lease, _) = lease(vec![]).await;
    let stop = CancellationToken::new();
    stop.cancel();
    assert_eq!(lease.wait(&stop).await, None);
}

#[tokio::test]
async fn it_is_kept_until_another_has_it() {
    for last in [lent(false, 2), lent(true, 3)] {
        let failure = (500, json!({}));
        let answers = vec![
            lent(true, 1),
            lent(true, 1),
            failure,
            lent(true, 1),
            last,
            lent(true, 3),
        ];
        let (discord, lease, clock) = lease(answers).await;
        let hold = lease.wait(&CancellationToken::new()).await.unwrap();
        let began = clock.now();
        lease.keep(hold).await;
        assert!(clock.now() - began >= 3 * RENEW);
        assert!(discord.lends_more(), "whoever lost it asks no more");
    }
}

#[tokio::test]
async fn what_cannot_be_prolonged_is_given_up_before_it_is_over() {
    let (_discord, lease, clock) = lease(vec![lent(true, 1)]).await;
    let hold = lease.wait(&CancellationToken::new()).await.unwrap();
    lease.keep(hold).await;
    let left = hold.until.saturating_duration_since(clock.now());
    assert!(!left.is_zero() && left <= MARGIN, "{left:?}");
}
