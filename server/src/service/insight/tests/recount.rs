//! Whatever happens over three months, every page and file of figures says what a slow recount of
//! the rows says: reports of everything, of posts and campaigns, the lists, the library, Home,
//! teams, health, the page of a post, and what it is worth. What is kept back of few is no matter
//! here: on each network a group shares, and what is told is compared. One plan in every run, for it
//! takes half a minute on a busy machine; others by another `PROPTEST_RNG_SEED`.

mod files;
mod model;
mod pages;
mod plan;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};

use crate::service::clicks::count_clicks;
use crate::test_support::{Kind, TestApp};
use files::compare_files;
use pages::{Pages, compare_pages_of_posts};
use plan::{Scene, Step};

/// So few clicks of a network count that some are above.
const OPTIONS: &str = "[ingest]\nclicks_per_network = 2";
/// When a month begins for the programme, and when it comes to its end, which is not at once
/// everywhere.
const MONTHS: [(&str, &str); 3] = [
    ("2026-11-16T10:00:00Z", "2026-11-30T18:00:00Z"),
    ("2026-12-04T10:00:00Z", "2026-12-31T18:00:00Z"),
    ("2027-01-05T10:00:00Z", "2027-01-05T10:00:00Z"),
];

fn wait_until(t: &TestApp, at: &str) {
    let at: DateTime<Utc> = at.parse().unwrap();
    let left = at - t.app.now();
    t.clock.advance(left.max(TimeDelta::zero()));
}

/// Lives through a plan, of which each month has two parts.
async fn live_through(t: &TestApp, plan: &[Step]) {
    let mut scene = Scene::of(t).await;
    for ((begin, end), steps) in MONTHS.into_iter().zip(plan.chunks(plan.len().div_ceil(3))) {
        let (within, at_its_end) = steps.split_at(steps.len() / 2);
        wait_until(t, begin);
        scene.begin(t).await;
        scene.sum_up(t).await;
        for step in within {
            scene.take(t, *step).await;
        }
        scene.note(t).await;
        count_clicks(&t.app).await.unwrap();
        compare_pages_of_posts(t, &scene, false).await;
        scene.sum_up(t).await;
        Box::pin(Pages::of(t, &scene).await.compare()).await;
        wait_until(t, end);
        for step in at_its_end {
            scene.take(t, *step).await;
        }
    }
    scene.sum_up(t).await;
    let last = Pages::of(t, &scene).await;
    Box::pin(compare_files(t, &scene, &last)).await;
    let told = Box::pin(last.compare()).await;
    let posts = compare_pages_of_posts(t, &scene, true).await;
    assert!(posts > 0, "shares were told on the page of a post");
    for (what, count) in [
        ("reports", told.reports),
        ("parts of spans", told.points),
        ("posts", told.posts),
        ("campaigns", told.campaigns),
        ("campaigns beside each other", told.campaigns_beside),
        ("months on Home", told.months),
        ("teams", told.teams),
        ("teams by network", told.networks),
        ("weeks", told.weeks),
        ("amounts", told.amounts),
    ] {
        assert!(count > 0, "nothing was told of {what}");
    }
}

#[tokio::test]
async fn figures_on_every_page_are_what_a_slow_recount_of_the_rows_gives_on_sqlite() {
    recounts(Kind::Sqlite).await;
}

#[tokio::test]
async fn figures_on_every_page_are_what_a_slow_recount_of_the_rows_gives_on_postgres() {
    recounts(Kind::Postgres).await;
}

async fn recounts(kind: Kind) {
    let mut runner = TestRunner::new(Config::default());
    let plan = proptest::collection::vec((0u8..20, 0u8..60, 0u8..60, 0u16..900), 40..90);
    let plan = plan.new_tree(&mut runner).unwrap().current();
    // Said where a comparison fails, so that it can be lived through again.
    let _plan = Shown(&plan);
    let t = TestApp::configured(kind, OPTIONS).await;
    Box::pin(live_through(&t, &plan)).await;
}

/// A plan that is printed when a test ends because of it.
struct Shown<'p>(&'p [Step]);

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("lived through {:?}", self.0);
        }
    }
}
