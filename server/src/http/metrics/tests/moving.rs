//! Figures that somebody is to act upon go up where there is trouble, and back once it is over.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::Role;
use sea_orm::{ConnectionTrait as _, Database};
use serde::{Deserialize, Serialize};

use super::{figures, link_of, read_anew};
use crate::ingest::drain::drain;
use crate::jobs::periodic;
use crate::metrics::sampled::{self, Connections, Sample};
use crate::service::jobs::{Task, enqueue};
use crate::service::leases;
use crate::service::schedules::{self, Plan};
use crate::test_support::{Kind, TestApp, on_both};

/// A job that no worker here knows.
#[derive(Serialize, Deserialize)]
struct Unknown {}

impl Task for Unknown {
    const KIND: &'static str = "unknown";
}

/// A time as Prometheus takes it.
fn stamp(at: DateTime<Utc>) -> f64 {
    f64::from(u32::try_from(at.timestamp()).unwrap())
}

/// Takes a table away from the server, or gives it back.
async fn rename(t: &TestApp, from: &str, to: &str) {
    let db = Database::connect(&t.database.url).await.unwrap();
    let sql = format!("ALTER TABLE {from} RENAME TO {to}");
    db.execute_unprepared(&sql).await.unwrap();
    db.close().await.unwrap();
}

#[tokio::test]
async fn a_recurring_job_that_nobody_plans_is_overdue_until_somebody_does() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        let half_past = Plan {
            name: "of-a-test",
            organization: None,
            cron: "30 * * * *",
            time_zone: "UTC",
        };
        let txn = t.app.store.begin().await.unwrap();
        let planned = schedules::plan(&txn, &t.app, half_past, &Unknown {}).await;
        let due = planned.unwrap().next_run_at;
        txn.commit().await.unwrap();

        let overdue = "chorus_schedules_overdue_seconds";
        read_anew(&t, &server).await.are(&[(overdue, 0.0)]);
        t.clock.set(due + TimeDelta::minutes(3));
        read_anew(&t, &server).await.are(&[(overdue, 180.0)]);
        assert_eq!(schedules::fire_due(&t.app).await.unwrap(), 1);
        read_anew(&t, &server).await.are(&[(overdue, 0.0)]);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_nobody_does_grows_old_until_it_is_done_or_given_up() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        let (due, age) = ("chorus_jobs_due", "chorus_jobs_oldest_due_age_seconds");
        let dead = "chorus_jobs_dead";
        let given_up = "chorus_jobs_ended_total{kind=\"other\",outcome=\"dead\"}";
        let none = [(due, 0.0), (age, 0.0), (dead, 0.0)];
        read_anew(&t, &server).await.are(&none);

        for _ in 0..2 {
            let txn = t.app.store.begin().await.unwrap();
            let put = enqueue(&txn, &t.app, &Unknown {}, t.app.now(), None).await;
            assert!(put.unwrap());
            txn.commit().await.unwrap();
            t.clock.advance(TimeDelta::minutes(5));
        }
        let waiting = [(due, 2.0), (age, 600.0), (dead, 0.0)];
        read_anew(&t, &server).await.are(&waiting);

        t.work().await;
        let over = [(due, 0.0), (age, 0.0), (dead, 2.0), (given_up, 2.0)];
        read_anew(&t, &server).await.are(&over);
    })
    .await;
}

#[tokio::test]
async fn the_right_to_the_gateway_is_held_until_it_ends() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        let held = "chorus_lease_held{lease=\"discord-gateway\"}";
        let until = "chorus_lease_until_timestamp_seconds{lease=\"discord-gateway\"}";
        read_anew(&t, &server).await.are(&[(held, 0.0)]);
        let minute = TimeDelta::minutes(1);
        let taken = leases::acquire(&t.app, "discord-gateway", "one", minute).await;
        let end = taken.unwrap().lease.until;
        t.clock.set(end - TimeDelta::seconds(1));
        let values = [(held, 1.0), (until, stamp(end))];
        read_anew(&t, &server).await.are(&values);
        t.clock.set(end);
        let values = [(held, 0.0), (until, stamp(end))];
        read_anew(&t, &server).await.are(&values);
    })
    .await;
}

#[tokio::test]
async fn the_last_success_of_periodic_work_stands_still_while_it_fails() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        let mut entries = periodic::all().into_iter();
        let forgetting = entries.find(|entry| entry.name() == "forget_past_days");
        let turn = async || {
            t.clock.advance(TimeDelta::minutes(5));
            forgetting.unwrap().take_turn(&t.app, "one").await
        };
        let last = "chorus_periodic_last_success_timestamp_seconds{work=\"forget_past_days\"}";
        let runs = "chorus_periodic_runs_total{work=\"forget_past_days\",outcome=\"failed\"}";

        turn().await.unwrap();
        let first = stamp(t.app.now());
        read_anew(&t, &server).await.are(&[(last, first)]);
        rename(&t, "daily_salt", "daily_salt_away").await;
        assert!(turn().await.is_err());
        let values = [(last, first), (runs, 1.0)];
        read_anew(&t, &server).await.are(&values);
        rename(&t, "daily_salt_away", "daily_salt").await;
        turn().await.unwrap();
        let values = [(last, first + 600.0), (runs, 1.0)];
        read_anew(&t, &server).await.are(&values);
    })
    .await;
}

#[tokio::test]
async fn hits_lie_in_the_journal_until_the_database_has_them() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        let owner = t.actor(&[Role::Owner]).await;
        let path = link_of(&t, &owner).await;
        let (hits, bytes) = ("chorus_hits_journalled", "chorus_hit_journal_bytes");
        server.browse("203.0.113.7", &path).await;
        let none = [(hits, 0.0), (bytes, 0.0), ("chorus_hits_lost_total", 0.0)];
        read_anew(&t, &server).await.are(&none);

        rename(&t, "hit", "hit_away").await;
        for _ in 0..2 {
            let answer = server.browse("203.0.113.7", &path).await;
            assert_eq!(answer.status, 302);
        }
        let kept = read_anew(&t, &server).await;
        kept.are(&[(hits, 2.0), ("chorus_hits_lost_total", 0.0)]);
        assert!(kept.of(bytes) > 0.0);

        rename(&t, "hit_away", "hit").await;
        drain(&t.app).await.unwrap();
        read_anew(&t, &server).await.are(&none);
    })
    .await;
}

#[test]
fn connections_that_nobody_uses_are_not_in_use() {
    let sample = Sample {
        connections: Connections {
            open: 5,
            idle: 2,
            max: 8,
        },
        longest_wait: Duration::from_millis(250),
        ..Sample::default()
    };
    let mut text = String::new();
    sampled::families(&sample).write(&mut text);
    figures(&text).are(&[
        ("chorus_database_connections{state=\"idle\"}", 2.0),
        ("chorus_database_connections{state=\"in_use\"}", 3.0),
        ("chorus_database_connections_max", 8.0),
        ("chorus_database_longest_wait_seconds", 0.25),
    ]);
}

#[tokio::test]
async fn how_long_somebody_waited_to_write_is_told() {
    const WAIT: Duration = Duration::from_millis(40);
    // On PostgreSQL nobody waits for another.
    let t = TestApp::new(Kind::Sqlite).await;
    let server = t.server().await;
    let first = t.app.store.begin().await.unwrap();
    let store = t.app.store.clone();
    let second = tokio::spawn(async move { drop(store.begin().await.unwrap()) });
    // It stands behind the first one meanwhile.
    let nobody = std::future::pending::<()>();
    assert!(tokio::time::timeout(WAIT, nobody).await.is_err());
    drop(first);
    second.await.unwrap();
    let told = read_anew(&t, &server).await;
    let longest = told.of("chorus_database_longest_wait_seconds");
    assert!(longest >= 0.02, "{longest}");
}
