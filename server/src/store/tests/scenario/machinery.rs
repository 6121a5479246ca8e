//! Jobs, schedules, leases, answers, salts, and what waits.

use entity::enums::Platform;

use super::{ask, change, pages};
use crate::store::tests::sample::machinery::*;
use crate::store::tests::sample::rows::*;
use crate::store::tests::watch::Watch;
use crate::store::took_effect;

pub async fn play(watch: &Watch) {
    jobs(watch).await;
    schedules(watch).await;
    leases_and_answers(watch).await;
    backlog(watch).await;
}

async fn jobs(watch: &Watch) {
    ask!(watch, jobs::insert(a_job(9_000)));
    ask!(watch, jobs::find(job(1)));
    change!(watch, jobs::lock_due(now(), 1));
    ask!(watch, jobs::update(a_job(1)));
    let held = entity::job::Model {
        locked_by: Some("one".to_owned()),
        ..a_job(20)
    };
    ask!(watch, jobs::update(held.clone()));
    change!(watch, jobs::settle(held, "one"));
    for page in pages(job(100).0) {
        ask!(watch, jobs::dead(tenant(1), page));
    }
    ask!(watch, jobs::unfinished());
    ask!(watch, jobs::remove_done(ago(JOBS - 10)));
}

async fn schedules(watch: &Watch) {
    ask!(watch, schedules::by_name("feed:2"));
    ask!(
        watch,
        schedules::by_names(vec!["feed:2".to_owned(), "feed:4".to_owned()])
    );
    change!(watch, schedules::of_organization_to_change(tenant(1)));
    ask!(watch, schedules::due(now(), 100));
    change!(watch, schedules::advance(&a_schedule(1), now(), now()));
    ask!(watch, schedules::insert(a_schedule(9_000)));
    ask!(watch, schedules::update(a_schedule(9_000)));
    ask!(watch, schedules::remove("feed:9000"));
}

async fn leases_and_answers(watch: &Watch) {
    change!(watch, leases::lock("feed:2"));
    change!(watch, leases::insert(a_lease(9_000)));
    change!(watch, leases::update(a_lease(1)));
    ask!(watch, idempotency_records::find("scope 2", "key 2"));
    ask!(watch, idempotency_records::insert(a_record(9_000)));
    ask!(watch, idempotency_records::update(a_record(9_000)));
    ask!(watch, idempotency_records::remove(record(9_000)));
    // A commit says that it was made, here of an answer that is not there any more.
    let txn = watch.begin().await;
    let committed = took_effect::noting(record(9_000), txn.commit()).await;
    committed.unwrap();
    watch.note("Txn::commit");
    ask!(watch, idempotency_records::remove_before(ago(990)));
    ask!(watch, salts::find(&day(0)));
    change!(watch, salts::insert_unless_there("2026-01-01", &hash(1)));
    change!(watch, salts::destroy_before("2026-01-01"));
}

async fn backlog(watch: &Watch) {
    ask!(
        watch,
        examination::backlog("periodic:count_clicks", (ago(60), now()))
    );
    ask!(
        watch,
        backlog::deliveries_to_channels(Platform::Slack, now())
    );
    ask!(
        watch,
        backlog::oldest_new_to_people(Platform::Slack, (now(), 5))
    );
    ask!(watch, backlog::jobs(now()));
    ask!(watch, backlog::dead_jobs());
    ask!(watch, backlog::overdue_schedule(now()));
    ask!(watch, backlog::next_hit(hit(HITS - 10)));
    ask!(watch, backlog::leases(vec!["feed:2", "periodic:x"]));
}
