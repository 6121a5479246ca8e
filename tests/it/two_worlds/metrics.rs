//! The figures that an operator sees. They count what the silent one asks among what all ask, and
//! must not tell what it was: each is the same number in both worlds, but for the machine's own.

use server::test_support::server::Answer;

use super::World;

/// Histograms of how long something took by the machine's own clock: how often is compared, and
/// how long is not.
const TIMED: [&str; 4] = [
    "chorus_http_request_duration_seconds",
    "chorus_hit_commit_duration_seconds",
    "chorus_job_duration_seconds",
    "chorus_periodic_duration_seconds",
];

/// How the machine, its disk and its pool of connections are at the moment, which is nobody's
/// doing: values that are not compared. That they are there is, and with which labels.
const MACHINE: [&str; 4] = [
    "chorus_database_ping_seconds",
    "chorus_database_longest_wait_seconds",
    "chorus_database_connections",
    "chorus_hit_journal_bytes",
];
/// What the kernel tells of the process, and where it tells nothing is not there.
const PROCESS: &str = "process_";

impl World {
    /// What a scraper reads, sorted, since families keep no order.
    pub async fn metrics(&mut self, when: &str) {
        // As if the last scrape were some seconds ago.
        self.t.app.metrics().reading().lock().await.take();
        let url = format!("{}/metrics", self.server.internal);
        let answer = Answer::to(self.server.http.get(url)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let text = answer.text();
        for figure in MACHINE {
            assert!(text.contains(figure), "{figure}");
        }
        let is_of_one = |line: &str| line.contains("route=\"private\"") && !line.ends_with(" 0");
        assert!(text.lines().any(is_of_one), "private acts count: {text}");
        let mut lines: Vec<&str> = text.lines().map(compared).collect();
        lines.sort_unstable();
        let lines = lines.join("\n");
        self.seen.push((format!("the metrics {when}"), lines));
    }
}

/// A figure with its value, or without it where it may differ.
fn compared(line: &str) -> &str {
    let Some((figure, _)) = line.rsplit_once(' ') else {
        return line;
    };
    if line.starts_with('#') || !may_differ(figure) {
        return line;
    }
    figure
}

fn may_differ(figure: &str) -> bool {
    let is_timed = TIMED.iter().any(|name| {
        let rest = figure.strip_prefix(name);
        rest.is_some_and(|rest| !rest.starts_with("_count"))
    });
    let is_of_machine = MACHINE.iter().any(|name| figure.starts_with(name));
    is_timed || is_of_machine || figure.starts_with(PROCESS)
}
