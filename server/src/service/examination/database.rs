//! The database: that it answers, that its schema fits, and that what it acknowledges is safe.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use migration::Standing;
use server_api::examination::Finding;

use super::{TOLERATED_SKEW, unanswered};
use crate::app::App;
use crate::store::examination::{Engine, Postgres, Sqlite};

/// How long SQLite may check its file: all of it is read.
const CHECK_TIME: Duration = Duration::from_secs(10);
/// The oldest PostgreSQL whose makers still mend it.
const OLDEST_POSTGRES: i64 = 140_000;

/// What the database tells, and whether the rest can be asked.
pub(super) async fn database(app: &App) -> (bool, Vec<Finding>) {
    let standing = match app.store.standing().await {
        Ok(standing) => standing,
        Err(error) => return (false, vec![unanswered("database.reachable", &error)]),
    };
    let mut findings = vec![schema(&standing)];
    match app.store.engine().await {
        Ok(Engine::Sqlite(facts)) => {
            findings.push(sqlite(&facts));
            findings.push(integrity(app).await);
        }
        Ok(Engine::Postgres(facts)) => {
            findings.extend(postgres(&facts, app.config.database.connections));
            findings.push(clock(facts.now, app.now()));
        }
        Err(error) => findings.push(unanswered("database.engine", &error)),
    }
    (standing.is_served(), findings)
}

fn schema(standing: &Standing) -> Finding {
    const CHECK: &str = "database.schema";
    match (standing.pending.as_slice(), standing.newer.as_slice()) {
        ([], []) => Finding::ok(CHECK, format!("current, {} changes", standing.applied)),
        ([], [.., newest]) => Finding::warning(
            CHECK,
            format!("newer than this version: it has {newest}"),
            "Finish the upgrade: run the newer version everywhere.",
        ),
        ([next, ..], []) => Finding::problem(
            CHECK,
            format!(
                "older than this version: {} changes are pending, from {next} on",
                standing.pending.len()
            ),
            "Back up, then run `chorus migrate`; `chorus serve` does it at its start as well.",
        ),
        ([lacking, ..], [newest, ..]) => Finding::problem(
            CHECK,
            format!("of another line of versions: it has {newest}, and lacks {lacking}"),
            "Run the newest version, or restore a backup of this one.",
        ),
    }
}

fn sqlite(facts: &Sqlite) -> Finding {
    const CHECK: &str = "database.engine";
    let summary = format!(
        "SQLite {}, {} MiB, journal {}",
        facts.version,
        facts.bytes >> 20,
        facts.journal_mode
    );
    if facts.journal_mode != "wal" {
        return Finding::problem(
            CHECK,
            summary,
            "The file lies where SQLite cannot share memory, such as on a network's disk: move \
             the data directory to a disk of this machine.",
        );
    }
    if facts.synchronous < 2 || !facts.foreign_keys {
        return Finding::problem(
            CHECK,
            format!("{summary}, but commits are not synced or references not held"),
            "This is a fault of Chorus: please report it.",
        );
    }
    Finding::ok(CHECK, format!("{summary}, every commit is synced"))
}

async fn integrity(app: &App) -> Finding {
    const CHECK: &str = "database.integrity";
    match tokio::time::timeout(CHECK_TIME, app.store.quick_check()).await {
        Ok(Ok(faults)) => whole(&faults.unwrap_or_default()),
        Ok(Err(error)) => unanswered(CHECK, &error),
        Err(_) => Finding::warning(
            CHECK,
            format!("the file was not read to its end within {CHECK_TIME:?}"),
            "Run `chorus backup FILE`: it checks the copy, however long that takes.",
        ),
    }
}

fn whole(faults: &[String]) -> Finding {
    const CHECK: &str = "database.integrity";
    match faults {
        [] => Finding::ok(CHECK, "the file is whole"),
        [first, ..] => Finding::problem(
            CHECK,
            format!("the file is damaged: {first}"),
            "Stop the server, keep the file, check the disk, and restore the last good backup.",
        ),
    }
}

fn postgres(facts: &Postgres, pool: u32) -> Vec<Finding> {
    let engine = format!("PostgreSQL {}", facts.version);
    let engine = if facts.version_number < OLDEST_POSTGRES {
        Finding::warning(
            "database.engine",
            format!("{engine} is mended by its makers no more"),
            "Upgrade the cluster.",
        )
    } else {
        Finding::ok("database.engine", engine)
    };
    vec![engine, durability(facts), connections(facts, pool)]
}

fn durability(facts: &Postgres) -> Finding {
    const CHECK: &str = "database.durability";
    let summary = format!(
        "fsync is {}, synchronous_commit is {}",
        facts.fsync, facts.synchronous_commit
    );
    if facts.fsync == "on" && facts.synchronous_commit != "off" {
        return Finding::ok(CHECK, summary);
    }
    Finding::problem(
        CHECK,
        format!("{summary}: what was acknowledged may be lost with the power"),
        "Set both to on in the cluster's configuration.",
    )
}

fn connections(facts: &Postgres, pool: u32) -> Finding {
    const CHECK: &str = "database.connections";
    let free = facts.max_connections.saturating_sub(facts.connections);
    let summary = format!(
        "{} of {} connections are in use; each process takes up to {pool}",
        facts.connections, facts.max_connections
    );
    if free < i64::from(pool) {
        return Finding::warning(
            CHECK,
            summary,
            "Raise the cluster's max_connections, or lower database.connections.",
        );
    }
    Finding::ok(CHECK, summary)
}

fn clock(theirs: DateTime<Utc>, ours: DateTime<Utc>) -> Finding {
    const CHECK: &str = "database.clock";
    let skew = ours - theirs;
    if TimeDelta::abs(&skew) <= TOLERATED_SKEW {
        return Finding::ok(CHECK, "the database's clock is ours");
    }
    Finding::warning(
        CHECK,
        format!(
            "the database's clock is {} seconds from ours",
            skew.num_seconds().abs()
        ),
        "Let both machines follow a time server (NTP).",
    )
}

#[cfg(test)]
mod tests {
    use server_api::examination::Verdict;

    use super::*;
    use crate::test_support::{TestApp, on_both, start};

    fn standing(pending: &[&str], newer: &[&str]) -> Standing {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Standing {
            pending: names(pending),
            newer: names(newer),
            applied: 9,
        }
    }

    #[test]
    fn a_schema_is_current_older_newer_or_anothers() {
        let of = |pending: &[&str], newer: &[&str]| schema(&standing(pending, newer)).verdict;
        assert_eq!(of(&[], &[]), Verdict::Ok);
        assert_eq!(of(&[], &["m2"]), Verdict::Warning);
        assert_eq!(of(&["m2"], &[]), Verdict::Problem);
        assert_eq!(of(&["m2"], &["m3"]), Verdict::Problem);
    }

    #[test]
    fn half_a_minute_between_clocks_is_told() {
        let of = |seconds| clock(start() + TimeDelta::seconds(seconds), start()).verdict;
        assert_eq!((of(30), of(-30)), (Verdict::Ok, Verdict::Ok));
        assert_eq!((of(31), of(-31)), (Verdict::Warning, Verdict::Warning));
    }

    #[test]
    fn settings_under_which_commits_are_lost_are_problems() {
        let sqlite = |journal_mode: &str, synchronous| {
            let facts = Sqlite {
                version: "3".into(),
                journal_mode: journal_mode.into(),
                synchronous,
                foreign_keys: true,
                bytes: 0,
            };
            super::sqlite(&facts).verdict
        };
        assert_eq!(sqlite("wal", 2), Verdict::Ok);
        assert_eq!(sqlite("delete", 2), Verdict::Problem);
        assert_eq!(sqlite("wal", 1), Verdict::Problem);
        let facts = |fsync: &str, synchronous_commit: &str| Postgres {
            version: "17.4".into(),
            version_number: 170_004,
            synchronous_commit: synchronous_commit.into(),
            fsync: fsync.into(),
            max_connections: 100,
            connections: 93,
            now: start(),
        };
        assert_eq!(durability(&facts("on", "on")).verdict, Verdict::Ok);
        assert_eq!(durability(&facts("off", "on")).verdict, Verdict::Problem);
        assert_eq!(durability(&facts("on", "off")).verdict, Verdict::Problem);
        assert_eq!(connections(&facts("on", "on"), 7).verdict, Verdict::Ok);
        assert_eq!(connections(&facts("on", "on"), 8).verdict, Verdict::Warning);
    }

    #[test]
    fn a_damaged_file_is_a_problem() {
        let fault = ["row 3 missing from index".to_owned()];
        assert_eq!(whole(&fault).verdict, Verdict::Problem);
    }

    #[tokio::test]
    async fn both_databases_answer_every_question() {
        on_both(async |t: TestApp| {
            let (is_served, findings) = database(&t.app).await;
            assert!(is_served);
            let unanswered = findings.iter().filter(|finding| {
                finding.verdict == Verdict::Problem && finding.check != "database.durability"
            });
            assert_eq!(unanswered.collect::<Vec<_>>(), Vec::<&Finding>::new());
            assert!(findings.len() >= 3, "{findings:?}");
        })
        .await;
    }
}
