//! Two processes of each part on one PostgreSQL: what is to happen once happens once, and
//! where one of two is killed, the other goes on.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use entity::{job, schedule};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use server::test_support::Kind;
use server_api::enums::FeedMode;
use server_api::feed::CreateFeed;
use tests::clock::Clock;
use tests::effort::rounds;
use tests::people::Chat;
use tests::proxy::plan::Plan;

use super::field::{Field, Kit};

/// How soon another process listens to Discord.
const MOVES_WITHIN: Duration = Duration::from_secs(15);
/// What each process says once it listens.
const LISTENS: &str = "listening to Discord";

async fn field(channels: usize) -> Field {
    let kit = Kit {
        kind: Kind::Postgres,
        chat: Chat::Discord,
        channels,
    };
    let mut field = Field::begin(kit, Plan::slow(6, Duration::from_millis(60))).await;
    field.replicas_start().await;
    field
}

/// Lets the schedule come due `times` times, one after another, and counts the jobs that
/// were done for it.
async fn fires(field: &Field, times: usize) -> u64 {
    let done = || async {
        job::Entity::find()
            .filter(job::Column::Kind.eq("import_feed"))
            .filter(job::Column::DoneAt.is_not_null())
            .count(&field.db)
            .await
            .unwrap()
    };
    let before = done().await;
    for time in 1..=times {
        schedule::Entity::update_many()
            .col_expr(
                schedule::Column::NextRunAt,
                Expr::value(Clock::system().now() - TimeDelta::seconds(1)),
            )
            .filter(schedule::Column::JobKind.eq("import_feed"))
            .exec(&field.db)
            .await
            .unwrap();
        let wanted = before + u64::try_from(time).unwrap();
        field
            .until("the feed was read", async || done().await >= wanted)
            .await;
    }
    done().await - before
}

async fn follow_a_feed(field: &Field) {
    let form = CreateFeed {
        url: field.outside.newsroom.feed_url(),
        mode: Some(FeedMode::Review),
        cron: Some("0 0 1 1 *".into()),
    };
    field.operator().create_feed(&form).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_schedule_fires_once_and_its_job_runs_once_also_when_a_worker_is_killed() {
    let mut field = field(1).await;
    follow_a_feed(&field).await;
    let times = rounds(10, 100);
    assert_eq!(fires(&field, times).await, times as u64);
    let of_jobs: Vec<job::Model> = job::Entity::find().all(&field.db).await.unwrap();
    let workers: std::collections::BTreeSet<_> = of_jobs
        .iter()
        .filter_map(|one| one.locked_by.clone())
        .collect();
    println!("{} workers took part", workers.len());
    // The first of the others is the second server.
    field.others.remove(0).kill_nine();
    assert_eq!(fires(&field, times).await, times as u64);
    let twice = job::Entity::find().filter(job::Column::Attempts.gt(1));
    let twice = twice.count(&field.db).await.unwrap();
    assert_eq!(twice, 0, "jobs that were tried twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn the_gateways_session_moves_within_15_seconds_and_deliveries_go_on() {
    let channels = rounds(120, 1_000);
    let mut field = field(channels).await;
    let listens = |field: &Field| {
        let first = field.courier().log().contains(LISTENS);
        let second = field.others[1].log().contains(LISTENS);
        (first, second)
    };
    field
        .until("one of them listens", async || {
            let (first, second) = listens(&field);
            first || second
        })
        .await;
    assert_ne!(listens(&field), (true, true), "a session each");
    field.publish("Told by two").await;
    field
        .until("some have arrived", async || {
            field.arrived() >= channels / 3
        })
        .await;
    let first_listens = listens(&field).0;
    let killed = Instant::now();
    if first_listens {
        field.courier_dies().await;
    } else {
        field.others.remove(1).kill_nine();
    }
    field
        .until("the other listens", async || {
            let log = if first_listens {
                field.others[1].log()
            } else {
                field.courier().log()
            };
            log.contains(LISTENS)
        })
        .await;
    let moved = killed.elapsed();
    assert!(moved < MOVES_WITHIN, "after {moved:?}");
    println!("the session moved within {moved:?}");
    field
        .until("what nobody held has gone out", async || {
            !field.counts().await.contains_key("pending")
        })
        .await;
    // What the dead one held comes back to the living.
    field.holds_end_but_of_the_living().await;
    field.all_settled().await;
    field.everything_arrived_once().await;
}
