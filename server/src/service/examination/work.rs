//! The work that waits or failed: whether a worker lives, what is late, what was given up.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{DeliveryState, Platform};
use server_api::examination::Finding;

use super::unanswered;
use crate::app::App;
use crate::store::examination::{Backlog, Failures, backlog};

/// The worker's most frequent work, whose lease tells that one lives.
const PULSE: &str = "periodic:publish_due_posts";
/// How long after its last turn a worker may still live: an upgrade takes it away for a moment.
const SILENCE: TimeDelta = TimeDelta::minutes(1);
/// How long a job may be due: retries wait by their own time.
const LATE_JOB: TimeDelta = TimeDelta::minutes(5);
/// How long a delivery may be due: a platform's limits and the own pace keep many back.
const LATE_DELIVERY: TimeDelta = TimeDelta::minutes(10);
/// What failed longer ago is history.
const LATELY: TimeDelta = TimeDelta::days(7);

/// Asks for all of it.
pub(super) async fn work(app: &App) -> Vec<Finding> {
    let now = app.now();
    match backlog(app.store.reader(), PULSE, (now - LATELY, now)).await {
        Ok(backlog) => judge(&backlog, now),
        Err(error) => vec![unanswered("work.backlog", &error)],
    }
}

fn judge(backlog: &Backlog, now: DateTime<Utc>) -> Vec<Finding> {
    vec![
        worker(backlog.worker_until, now),
        jobs(backlog.oldest_job, now),
        dead_jobs(backlog.dead_jobs),
        deliveries(&backlog.oldest_deliveries, now),
        failures(&backlog.failures),
    ]
}

fn worker(until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Finding {
    const CHECK: &str = "work.worker";
    const ADVICE: &str =
        "Start `chorus serve` with worker.enabled, or `chorus serve --part worker`.";
    match until {
        Some(until) if until >= now - SILENCE => Finding::ok(CHECK, "a worker is at work"),
        Some(until) => Finding::problem(
            CHECK,
            format!("no worker was at work for {}", span(now - until)),
            ADVICE,
        ),
        None => Finding::problem(CHECK, "no worker was ever at work", ADVICE),
    }
}

fn jobs(oldest: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Finding {
    const CHECK: &str = "work.jobs";
    match oldest.map(|due| now - due).filter(|late| *late > LATE_JOB) {
        None => Finding::ok(CHECK, "no job is late"),
        Some(late) => Finding::warning(
            CHECK,
            format!("the oldest job waits for {}", span(late)),
            "See that a worker runs; if one does, run more, or raise worker.concurrency.",
        ),
    }
}

fn dead_jobs(count: u64) -> Finding {
    const CHECK: &str = "work.dead_jobs";
    if count == 0 {
        return Finding::ok(CHECK, "no job was given up within seven days");
    }
    Finding::warning(
        CHECK,
        format!("{count} jobs were given up within seven days"),
        "`GET /api/v1/dead-jobs` says which, and why.",
    )
}

fn deliveries(oldest: &[(Platform, DateTime<Utc>)], now: DateTime<Utc>) -> Finding {
    const CHECK: &str = "work.deliveries";
    let late: Vec<String> = oldest
        .iter()
        .map(|(platform, due)| (*platform, now - *due))
        .filter(|(_, late)| *late > LATE_DELIVERY)
        .map(|(platform, late)| format!("{} for {}", name(platform), span(late)))
        .collect();
    if late.is_empty() {
        return Finding::ok(CHECK, "no message is late");
    }
    Finding::warning(
        CHECK,
        format!("messages wait: {}", late.join(", ")),
        "See that the part for that chat runs, and what its log says.",
    )
}

fn failures(failures: &[Failures]) -> Finding {
    const CHECK: &str = "work.failures";
    if failures.is_empty() {
        return Finding::ok(CHECK, "every message of the last seven days arrived");
    }
    let lines: Vec<String> = failures
        .iter()
        .map(|failure| {
            let chat = name(failure.platform);
            let state = match failure.state {
                DeliveryState::Uncertain => "uncertain",
                DeliveryState::Failed
                | DeliveryState::Pending
                | DeliveryState::Claimed
                | DeliveryState::Sent
                | DeliveryState::Cancelled => "failed",
            };
            let reason = failure.reason.as_deref().unwrap_or("no reason");
            format!("{chat}: {} {state} ({reason})", failure.count)
        })
        .collect();
    Finding::warning(
        CHECK,
        format!(
            "messages did not arrive within seven days: {}",
            lines.join(", ")
        ),
        "`GET /api/v1/delivery-counts` says of which posts. A failed one is not tried again; \
         whether an uncertain one arrived, only its channel shows.",
    )
}

fn name(platform: Platform) -> &'static str {
    match platform {
        Platform::Slack => "slack",
        Platform::Discord => "discord",
    }
}

/// `3 minutes`, as exactly as anybody wants to know.
fn span(time: TimeDelta) -> String {
    match (time.num_days(), time.num_hours(), time.num_minutes()) {
        (0, 0, minutes) => format!("{minutes} minutes"),
        (0, hours, _) => format!("{hours} hours"),
        (days, _, _) => format!("{days} days"),
    }
}

#[cfg(test)]
mod tests {
    use server_api::examination::Verdict;

    use super::*;
    use crate::jobs::periodic;
    use crate::test_support::{TestApp, on_both, start};

    fn bad(backlog: &Backlog) -> Vec<(String, Verdict)> {
        judge(backlog, start())
            .into_iter()
            .filter(|finding| finding.verdict != Verdict::Ok)
            .map(|finding| (finding.check, finding.verdict))
            .collect()
    }

    fn healthy() -> Backlog {
        Backlog {
            worker_until: Some(start()),
            oldest_job: Some(start() - LATE_JOB),
            oldest_deliveries: vec![(Platform::Slack, start() - LATE_DELIVERY)],
            ..Backlog::default()
        }
    }

    #[test]
    fn what_waits_its_usual_time_is_no_matter() {
        assert_eq!(bad(&healthy()), []);
    }

    #[test]
    fn a_worker_that_is_silent_is_a_problem_and_lateness_a_warning() {
        let second = TimeDelta::seconds(1);
        let silent = Backlog {
            worker_until: Some(start() - SILENCE - second),
            ..healthy()
        };
        assert_eq!(bad(&silent), [("work.worker".into(), Verdict::Problem)]);
        let late = Backlog {
            oldest_job: Some(start() - LATE_JOB - second),
            oldest_deliveries: vec![(Platform::Discord, start() - LATE_DELIVERY - second)],
            dead_jobs: 1,
            failures: vec![Failures {
                platform: Platform::Slack,
                state: DeliveryState::Failed,
                reason: Some("channel_not_found".into()),
                count: 2,
            }],
            ..healthy()
        };
        let warned = [
            "work.jobs",
            "work.dead_jobs",
            "work.deliveries",
            "work.failures",
        ];
        assert_eq!(
            bad(&late),
            warned.map(|check| (check.to_owned(), Verdict::Warning))
        );
    }

    #[test]
    fn the_pulse_is_work_that_workers_do() {
        let names: Vec<String> = periodic::all()
            .iter()
            .map(|entry| format!("periodic:{}", entry.name()))
            .collect();
        assert!(names.iter().any(|name| name == PULSE), "{names:?}");
    }

    #[tokio::test]
    async fn a_fresh_database_has_no_work_and_no_worker() {
        on_both(async |t: TestApp| {
            let findings = work(&t.app).await;
            let bad: Vec<&str> = findings
                .iter()
                .filter(|finding| finding.verdict != Verdict::Ok)
                .map(|finding| finding.check.as_str())
                .collect();
            assert_eq!(bad, ["work.worker"]);
        })
        .await;
    }
}
