//! Jobs, schedules, leases, answers, salts, the cursor.

use entity::{count_cursor, daily_salt, idempotency_record, job, lease, schedule};

use super::put;
use super::rows::*;
use crate::store::Txn;

pub async fn fill(txn: &Txn) {
    put::<job::Entity>(txn, JOBS, a_job).await;
    put::<schedule::Entity>(txn, FEEDS, a_schedule).await;
    put::<lease::Entity>(txn, FEEDS, a_lease).await;
    put::<idempotency_record::Entity>(txn, OTHERS, a_record).await;
    put::<daily_salt::Entity>(txn, 1, a_salt).await;
    put::<count_cursor::Entity>(txn, 1, a_cursor).await;
}

pub fn a_job(n: usize) -> job::Model {
    let (is_open, is_dead) = (n.is_multiple_of(20), n % 20 == 1);
    job::Model {
        id: job(n),
        organization_id: (!n.is_multiple_of(3)).then(|| organization(n)),
        kind: "import_feed".to_owned(),
        payload: serde_json::json!({}),
        dedupe_key: is_open.then(|| format!("job {n}")),
        run_at: ago(n),
        attempts: 1,
        max_attempts: 8,
        locked_by: None,
        locked_until: None,
        done_at: (!is_open && !is_dead).then(|| ago(n)),
        dead_at: is_dead.then(|| ago(n)),
        last_error: None,
        created_at: ago(n),
    }
}

pub fn a_schedule(n: usize) -> schedule::Model {
    schedule::Model {
        id: schedule(n),
        organization_id: Some(organization(n)),
        name: format!("feed:{n}"),
        cron: "0 * * * *".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        job_kind: "import_feed".to_owned(),
        job_payload: serde_json::json!({}),
        next_run_at: now() + chrono::TimeDelta::minutes(i64::try_from(n).unwrap()),
        created_at: ago(n),
        updated_at: now(),
    }
}

pub fn a_lease(n: usize) -> lease::Model {
    lease::Model {
        name: format!("feed:{n}"),
        holder: "somebody".to_owned(),
        until: ago(n),
        fence: 1,
    }
}

pub fn a_record(n: usize) -> idempotency_record::Model {
    idempotency_record::Model {
        id: record(n),
        organization_id: organization(n),
        scope: format!("scope {}", n % 100),
        idempotency_key: format!("key {n}"),
        request_hash: hash(n),
        status: Some(200),
        answer: None,
        created_at: ago(n),
    }
}

fn a_salt(n: usize) -> daily_salt::Model {
    daily_salt::Model {
        day: day(n),
        salt: hash(n),
    }
}

pub fn a_cursor(_: usize) -> count_cursor::Model {
    count_cursor::Model {
        name: "count_clicks".to_owned(),
        hit_id: hit(HITS - 10),
        updated_at: now(),
    }
}
