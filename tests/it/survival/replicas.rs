//! Two processes of each part on one PostgreSQL: what is to happen once happens once, and
//! where one of two is killed, the other goes on.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use entity::{feed_item, job, lease, schedule};
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
/// The job that reads a feed.
const FEED_JOB: &str = "import_feed";
/// Connections that each process opens to Slack.
const CONNECTIONS: usize = 4;

/// One process of each part.
async fn alone(chat: Chat, (channels, people): (usize, usize)) -> Field {
    let kit = Kit {
        kind: Kind::Postgres,
        chat,
        channels,
        people,
    };
    Field::begin(kit, Plan::slow(6, Duration::from_millis(60))).await
}

/// Two of each.
async fn field(chat: Chat, places: (usize, usize)) -> Field {
    let mut field = Box::pin(alone(chat, places)).await;
    field.replicas_start().await;
    field
}

/// How often the feed was read.
async fn reads(field: &Field) -> u64 {
    job::Entity::find()
        .filter(job::Column::Kind.eq(FEED_JOB))
        .filter(job::Column::DoneAt.is_not_null())
        .count(&field.db)
        .await
        .unwrap()
}

/// Lets the schedule come due.
async fn comes_due(field: &Field) {
    schedule::Entity::update_many()
        .col_expr(
            schedule::Column::NextRunAt,
            Expr::value(Clock::system().now() - TimeDelta::seconds(1)),
        )
        .filter(schedule::Column::JobKind.eq(FEED_JOB))
        .exec(&field.db)
        .await
        .unwrap();
}

/// Lets the schedule come due `times` times, one after another, and counts the jobs that
/// were done for it.
async fn fires(field: &Field, times: usize) -> u64 {
    let before = reads(field).await;
    for time in 1..=times {
        comes_due(field).await;
        let wanted = before + u64::try_from(time).unwrap();
        field
            .until("the feed was read", async || reads(field).await >= wanted)
            .await;
    }
    reads(field).await - before
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
    let mut field = field(Chat::Discord, (1, 0)).await;
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

/// The one job that is in some worker's hands.
async fn held(field: &Field) -> Option<job::Model> {
    job::Entity::find()
        .filter(job::Column::Kind.eq(FEED_JOB))
        .filter(job::Column::DoneAt.is_null())
        .filter(job::Column::LockedBy.is_not_null())
        .one(&field.db)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_job_whose_worker_is_killed_in_the_middle_is_done_once_by_another() {
    let mut field = alone(Chat::Slack, (1, 0)).await;
    follow_a_feed(&field).await;
    field
        .until("it was read for the first time", async || {
            reads(&field).await == 1
        })
        .await;
    let newsroom = field.outside.newsroom.clone();
    newsroom.publish_next();
    newsroom.keeps_waiting();
    let asked = newsroom.asked();
    comes_due(&field).await;
    field
        .until("a worker waits for the newsroom", async || {
            newsroom.asked() > asked
        })
        .await;
    let first = held(&field).await.unwrap();
    let run = lease::Entity::find().filter(lease::Column::Name.starts_with("feed:"));
    let run = run.one(&field.db).await.unwrap().unwrap();
    assert!(
        Some(run.until) < first.locked_until,
        "who takes the job over would find its feed in use"
    );
    field.replicas_start().await;
    field.server_dies();
    newsroom.answers_again();
    let since = held(&field).await;
    assert_eq!(since.as_ref(), Some(&first), "taken before its time");
    // Minutes pass.
    assert_eq!(field.jobs_are_free_again().await, 1);
    lease::Entity::update_many()
        .col_expr(lease::Column::Until, Expr::value(Clock::system().now()))
        .filter(lease::Column::Name.eq(&run.name))
        .exec(&field.db)
        .await
        .unwrap();
    field
        .until("the other does it", async || reads(&field).await == 2)
        .await;
    let done = job::Entity::find_by_id(first.id).one(&field.db).await;
    let done = done.unwrap().unwrap();
    assert_eq!((done.attempts, done.last_error), (2, None));
    let items = feed_item::Entity::find().count(&field.db).await.unwrap();
    assert_eq!((items, field.titles().await.len()), (1, 1), "imported once");
    assert_eq!(newsroom.asked(), asked + 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn of_two_parts_on_slack_one_is_killed_in_a_broadcast_and_the_other_says_the_rest() {
    let (channels, people) = (rounds(100, 1_000), rounds(20, 200));
    let mut field = field(Chat::Slack, (channels, people)).await;
    field
        .until("both listen", async || {
            let slack = &field.outside.slack;
            slack.connected(2 * CONNECTIONS).await.is_ok()
        })
        .await;
    field.publish("Told by two").await;
    field
        .until("both carry some", async || {
            field.couriers().await > 1 && field.arrived() >= (channels + people) / 3
        })
        .await;
    // The last of the others is the second part.
    field.others.remove(1).kill_nine();
    field
        .until("what nobody held has gone out", async || {
            !field.counts().await.contains_key("pending")
        })
        .await;
    // What the dead one held comes back to the living.
    field.all_settled_once_leases_end().await;
    field.everything_arrived_once().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn the_gateways_session_moves_within_15_seconds_and_deliveries_go_on() {
    let channels = rounds(120, 1_000);
    let mut field = field(Chat::Discord, (channels, rounds(20, 200))).await;
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
    field.all_settled_once_leases_end().await;
    field.everything_arrived_once().await;
}
