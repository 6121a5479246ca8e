//! The worker on both databases: each job once, again after failure, dead in the end.

use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::*;
use crate::jobs::Job;
use crate::service::jobs::{Task, enqueue};
use crate::service::schedules::{Plan, plan};
use crate::test_support::{TestApp, on_both, start};

/// Notes in the audit log of nobody: its lease is its only trace.
#[derive(Serialize, Deserialize)]
struct Sign {
    name: String,
}

impl Task for Sign {
    const KIND: &'static str = "sign";
}

impl Job for Sign {
    async fn run(&self, app: &App) -> Result<(), JobError> {
        let day = TimeDelta::days(1);
        if crate::service::leases::take_turn(app, &self.name, "sign", day).await? {
            Ok(())
        } else {
            Err(JobError::Fail("done twice".to_owned()))
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Stumble;

impl Task for Stumble {
    const KIND: &'static str = "stumble";
    const MAX_ATTEMPTS: i64 = 3;
}

impl Job for Stumble {
    async fn run(&self, _: &App) -> Result<(), JobError> {
        Err(JobError::Retry("not now".to_owned()))
    }
}

#[derive(Serialize, Deserialize)]
struct Panic;

impl Task for Panic {
    const KIND: &'static str = "panic";
    const MAX_ATTEMPTS: i64 = 1;
}

impl Job for Panic {
    async fn run(&self, _: &App) -> Result<(), JobError> {
        panic!("on purpose")
    }
}

fn worker(t: &TestApp) -> Worker {
    let entries = vec![
        Entry::of::<Sign>(),
        Entry::of::<Stumble>(),
        Entry::of::<Panic>(),
    ];
    Worker::of(&t.app, entries)
}

async fn put<T: Task>(t: &TestApp, task: &T, key: Option<&str>) -> bool {
    let txn = t.app.store.begin().await.unwrap();
    let key = key.map(str::to_owned);
    let put = enqueue(&txn, &t.app, task, t.app.now(), key).await.unwrap();
    txn.commit().await.unwrap();
    put
}

fn sign(name: &str) -> Sign {
    Sign {
        name: name.to_owned(),
    }
}

async fn waiting(t: &TestApp) -> Vec<job::Model> {
    jobs::unfinished(t.app.store.reader()).await.unwrap()
}

#[tokio::test]
async fn two_workers_do_each_job_once() {
    on_both(async |t: TestApp| {
        for at in 0..10 {
            put(&t, &sign(&format!("job {at}")), None).await;
        }
        let done = AtomicUsize::new(0);
        let work = async |worker: Worker| {
            while worker.work_one().await.unwrap() {
                done.fetch_add(1, Ordering::SeqCst);
            }
        };
        tokio::join!(work(worker(&t)), work(worker(&t)));
        assert_eq!(done.load(Ordering::SeqCst), 10);
        assert!(waiting(&t).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn of_waiting_jobs_with_one_key_there_is_one() {
    on_both(async |t: TestApp| {
        assert!(put(&t, &sign("a"), Some("key")).await);
        assert!(!put(&t, &sign("a"), Some("key")).await);
        assert!(worker(&t).work_one().await.unwrap());
        assert!(put(&t, &sign("b"), Some("key")).await);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_keeps_failing_waits_longer_each_time_and_is_then_given_up() {
    on_both(async |t: TestApp| {
        put(&t, &Stumble, None).await;
        let worker = worker(&t);
        for attempt in 1..=3 {
            assert!(worker.work_one().await.unwrap(), "attempt {attempt}");
            assert!(!worker.work_one().await.unwrap(), "it waits");
            t.clock.advance(TimeDelta::hours(1));
        }
        assert!(waiting(&t).await.is_empty());
        let actor = t.actor(&[entity::enums::Role::Owner]).await;
        let paging = crate::domain::page::Paging {
            after: None,
            limit: 10,
        };
        let dead = crate::service::jobs::dead(&t.app, &actor, paging)
            .await
            .unwrap();
        assert_eq!(dead.items[0].attempts, 3);
        assert_eq!(dead.items[0].last_error.as_deref(), Some("not now"));
    })
    .await;
}

#[tokio::test]
async fn a_panic_ends_the_attempt_and_not_the_worker() {
    on_both(async |t: TestApp| {
        put(&t, &Panic, None).await;
        put(&t, &sign("after"), None).await;
        let worker = worker(&t);
        while worker.work_one().await.unwrap() {}
        assert!(waiting(&t).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_job_of_a_worker_that_died_is_taken_again_when_its_hold_ends() {
    on_both(async |t: TestApp| {
        put(&t, &sign("orphan"), None).await;
        let dead = worker(&t).claim().await.unwrap().unwrap();
        assert!(!worker(&t).work_one().await.unwrap(), "it is held");
        t.clock.advance(HOLD);
        assert!(worker(&t).work_one().await.unwrap());
        settle(&t.app, dead, Err(JobError::Retry("late".into())), "dead")
            .await
            .unwrap();
        assert!(
            waiting(&t).await.is_empty(),
            "the late word changes nothing"
        );
    })
    .await;
}

#[tokio::test]
async fn a_job_that_nobody_knows_is_given_up() {
    on_both(async |t: TestApp| {
        put(&t, &sign("x"), None).await;
        let stranger = Worker::of(&t.app, vec![]);
        assert!(stranger.work_one().await.unwrap());
        assert!(waiting(&t).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_schedule_fires_once_however_many_workers_look() {
    on_both(async |t: TestApp| {
        let txn = t.app.store.begin().await.unwrap();
        let daily = Plan {
            name: "daily",
            organization: None,
            cron: "0 12 * * *",
            time_zone: "Europe/Berlin",
        };
        let planned = plan(&txn, &t.app, daily, &sign("noon")).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(planned.next_run_at, start() + TimeDelta::hours(1));
        assert_eq!(schedules::fire_due(&t.app).await.unwrap(), 0);
        // Three days without a worker are made up for once.
        t.clock.advance(TimeDelta::days(3));
        let (one, two) = tokio::join!(schedules::fire_due(&t.app), schedules::fire_due(&t.app));
        assert_eq!(one.unwrap() + two.unwrap(), 1);
        let jobs = waiting(&t).await;
        assert_eq!(jobs.len(), 1);
        assert_eq!(jobs[0].payload, json!({"name": "noon"}));
    })
    .await;
}
