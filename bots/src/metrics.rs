//! What an operator sees of the bots: interactions and how fast they are answered, calls to the
//! platforms and what they said, connections.
//!
//! No label bears a person, and private acts are one label: see `intents`. Answers to one person are
//! counted where the platform is in trouble, and direct messages by the server alone: somebody who
//! wants a message less, or whose own card changes because they said no, is nobody's business.

mod intents;

use std::sync::Arc;
use std::time::Duration;

use conversation::Intent;
use server_api::enums::Platform;
use server_api::metrics::{
    ANSWERS, Counter, Described, Families, Gauge, Histogram, Labelled, WORK,
};

/// The figures of the bots in one process; clones share them.
#[derive(Clone, Debug, Default)]
pub struct Metrics(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    families: Families,
    interactions: Labelled<2, Counter>,
    acknowledgements: Labelled<1, Histogram>,
    answers: Labelled<1, Histogram>,
    calls: Labelled<3, Counter>,
    call_durations: Labelled<1, Histogram>,
    patience: Labelled<1, Histogram>,
    carried: Labelled<1, Histogram>,
    server_failures: Labelled<1, Counter>,
    signed: Labelled<2, Counter>,
    invalid: Counter,
    connections: Labelled<1, Gauge>,
    gateway_leases: Labelled<1, Gauge>,
}

impl Default for Inner {
    #[expect(
        clippy::too_many_lines,
        reason = "a list of figures, each with its sentence"
    )]
    fn default() -> Self {
        let mut families = Families::default();
        Self {
            interactions: families.counters(
                "chorus_interactions_total",
                "What people asked for in chat",
                ["platform", "intent"],
            ),
            acknowledgements: families.histograms(
                "chorus_interaction_acknowledgement_seconds",
                "Time from an interaction to its acknowledgement; platforms wait for three",
                ["platform"],
                ANSWERS,
            ),
            answers: families.histograms(
                "chorus_interaction_answer_seconds",
                "Time from an interaction to what was worked out for it",
                ["platform"],
                ANSWERS,
            ),
            calls: families.counters(
                "chorus_platform_calls_total",
                "Calls to the chat platforms; of answers to one person those in trouble alone",
                ["platform", "call", "outcome"],
            ),
            call_durations: families.histograms(
                "chorus_platform_call_duration_seconds",
                "Time that a call that is counted took, with the wait for its turn",
                ["platform"],
                ANSWERS,
            ),
            patience: families.histograms(
                "chorus_platform_retry_after_seconds",
                "How long platforms asked us to wait, each time that they did",
                ["platform"],
                WORK,
            ),
            carried: families.histograms(
                "chorus_courier_carry_seconds",
                "Time from the claim of a delivery to a channel to its settling",
                ["platform"],
                ANSWERS,
            ),
            server_failures: families.counters(
                "chorus_courier_server_failures_total",
                "Claims and settlings that the server did not answer",
                ["platform"],
            ),
            signed: families.counters(
                "chorus_signed_requests_total",
                "Requests to the address of a platform",
                ["platform", "outcome"],
            ),
            invalid: families.counter(
                "chorus_discord_invalid_requests_total",
                "Requests that Discord called invalid; at 10,000 in ten minutes it bans",
            ),
            connections: families.gauges(
                "chorus_platform_connections",
                "Connections by which a platform sends what happens",
                ["platform"],
            ),
            gateway_leases: families.gauges(
                "chorus_gateway_lease_held",
                "Whether this process holds the right to the platform's gateway",
                ["platform"],
            ),
            families,
        }
    }
}

/// What came of a call to a platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called {
    /// It did what was asked.
    Done,
    /// Too fast, told by the platform or kept back by us.
    Limited(Duration),
    /// It said no.
    Refused,
    /// It was not reached.
    NotReached,
    /// It may have done it.
    Unknown,
}

/// What came of a request to the address of a platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knocked {
    /// Signed and new: it was answered.
    Taken,
    /// Signed, and taken before.
    Repeated,
    /// Without a good signature or a current stamp.
    Unsigned,
    /// Too long, broken off, or too slow.
    Unread,
}

impl Metrics {
    /// Adds all figures to a text, as Prometheus reads it.
    pub fn write(&self, text: &mut String) {
        self.0.families.write(text);
    }

    /// What all of them are.
    pub fn described(&self) -> &[Described] {
        self.0.families.described()
    }

    /// The figures of one platform.
    pub fn of(&self, platform: Platform) -> Counts {
        Counts {
            platform: match platform {
                Platform::Slack => "slack",
                Platform::Discord => "discord",
            },
            calls: Calls::All,
            figures: Arc::clone(&self.0),
        }
    }
}

/// Which calls are counted.
#[derive(Clone, Copy, Debug)]
enum Calls {
    All,
    /// Those that the platform did not take, as one kind.
    InTrouble,
    None,
}

/// Where what happens on one platform is counted.
#[derive(Clone, Debug)]
pub struct Counts {
    platform: &'static str,
    calls: Calls,
    figures: Arc<Inner>,
}

impl Counts {
    /// The same for answers to one person: which call it was, and that it was done or refused, may
    /// tell what they did.
    pub fn of_answers(&self) -> Self {
        Self {
            calls: Calls::InTrouble,
            ..self.clone()
        }
    }

    /// The same for direct messages, of which the server tells what did not arrive.
    pub fn of_direct_messages(&self) -> Self {
        Self {
            calls: Calls::None,
            ..self.clone()
        }
    }

    /// Counts what somebody asked for.
    pub fn asked(&self, intent: &Intent) {
        let intent = intents::told(intent);
        self.figures.interactions.at([self.platform, intent]).inc();
    }

    /// Counts an acknowledgement that took so long.
    pub fn acknowledged(&self, took: Duration) {
        let all = &self.figures.acknowledgements;
        all.at([self.platform]).observe(took.as_secs_f64());
    }

    /// Counts an answer that took so long to work out.
    pub fn answered(&self, took: Duration) {
        let all = &self.figures.answers;
        all.at([self.platform]).observe(took.as_secs_f64());
    }

    /// Counts a call to the platform.
    pub fn called(&self, call: &'static str, came: Called, took: Duration) {
        let (outcome, is_trouble) = match came {
            Called::Done => ("done", false),
            Called::Limited(_) => ("limited", true),
            Called::Refused => ("refused", false),
            Called::NotReached => ("not_reached", true),
            Called::Unknown => ("unknown", true),
        };
        match self.calls {
            Calls::All => {
                self.figures.calls.at([self.platform, call, outcome]).inc();
                let all = &self.figures.call_durations;
                all.at([self.platform]).observe(took.as_secs_f64());
            }
            Calls::InTrouble if is_trouble => {
                let all = &self.figures.calls;
                all.at([self.platform, intents::PRIVATE, outcome]).inc();
            }
            Calls::InTrouble | Calls::None => return,
        }
        if let Called::Limited(wait) = came {
            let all = &self.figures.patience;
            all.at([self.platform]).observe(wait.as_secs_f64());
        }
    }

    /// Counts a delivery that the courier had for so long and brought to a channel.
    pub fn carried(&self, took: Duration) {
        let all = &self.figures.carried;
        all.at([self.platform]).observe(took.as_secs_f64());
    }

    /// Counts a claim or a settling that the server did not answer.
    pub fn server_failed(&self) {
        self.figures.server_failures.at([self.platform]).inc();
    }

    /// Counts a request to the platform's address.
    pub fn knocked(&self, came: Knocked) {
        let outcome = match came {
            Knocked::Taken => "taken",
            Knocked::Repeated => "repeated",
            Knocked::Unsigned => "unsigned",
            Knocked::Unread => "unread",
        };
        self.figures.signed.at([self.platform, outcome]).inc();
    }

    /// Counts a request that the platform called invalid, and counts towards a ban.
    pub fn called_invalid(&self) {
        self.figures.invalid.inc();
    }

    /// Tells how many connections the platform has to us.
    pub fn connected(&self, connections: usize) {
        let connections = u32::try_from(connections).unwrap_or(u32::MAX);
        let all = &self.figures.connections;
        all.at([self.platform]).set(f64::from(connections));
    }

    /// Tells whether the right to the gateway is ours.
    pub fn holds_gateway(&self, holds: bool) {
        let all = &self.figures.gateway_leases;
        all.at([self.platform]).set(f64::from(u8::from(holds)));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The reference of every figure.
    const REFERENCE: &str = include_str!("../../server/METRICS.md");

    #[test]
    fn the_reference_lists_every_figure_that_is_told_and_no_other() {
        let (_, part) = REFERENCE.split_once("## The bots").unwrap();
        let part = part.split("\n## ").next().unwrap();
        let listed: BTreeSet<String> = part
            .lines()
            .filter(|line| line.starts_with("| `"))
            .map(|line| line.split('|').take(4).collect::<Vec<_>>().join("|"))
            .collect();
        let metrics = Metrics::default();
        let told = metrics.described().iter().map(|family| {
            let labels: Vec<String> = family.labels.iter().map(|l| format!("`{l}`")).collect();
            let labels = if labels.is_empty() {
                "—".to_owned()
            } else {
                labels.join(", ")
            };
            format!("| `{}` | {} | {labels} ", family.name, family.kind.name())
        });
        let told: BTreeSet<String> = told.collect();
        let missing: Vec<_> = told.difference(&listed).collect();
        let stale: Vec<_> = listed.difference(&told).collect();
        assert!(
            missing.is_empty() && stale.is_empty(),
            "{missing:#?} {stale:#?}"
        );
    }

    #[test]
    fn what_happens_on_a_platform_moves_its_own_figures() {
        let metrics = Metrics::default();
        let slack = metrics.of(Platform::Slack);
        let wait = Duration::from_secs(30);
        slack.called(
            "chat.postMessage",
            Called::Limited(wait),
            Duration::from_millis(20),
        );
        slack.asked(&Intent::PauseWeek);
        slack.knocked(Knocked::Unsigned);
        metrics.of(Platform::Discord).called_invalid();
        let mut text = String::new();
        metrics.write(&mut text);
        for line in [
            "chorus_platform_calls_total{platform=\"slack\",call=\"chat.postMessage\",outcome=\"limited\"} 1",
            "chorus_platform_retry_after_seconds_sum{platform=\"slack\"} 30.0",
            "chorus_interactions_total{platform=\"slack\",intent=\"private\"} 1",
            "chorus_signed_requests_total{platform=\"slack\",outcome=\"unsigned\"} 1",
            "chorus_discord_invalid_requests_total 1",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(!text.contains("pause"), "{text}");
    }

    #[test]
    fn of_what_reaches_one_person_only_the_platforms_trouble_is_counted() {
        let metrics = Metrics::default();
        let slack = metrics.of(Platform::Slack);
        for counts in [slack.of_answers(), slack.of_direct_messages()] {
            for came in [Called::Done, Called::Refused, Called::Unknown] {
                counts.called("chat.update", came, Duration::from_millis(20));
            }
        }
        let mut text = String::new();
        metrics.write(&mut text);
        let told = text
            .lines()
            .filter(|line| line.starts_with("chorus_platform_call"));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                "chorus_platform_calls_total{platform=\"slack\",call=\"private\",outcome=\"unknown\"} 1"
            ]
        );
    }
}
