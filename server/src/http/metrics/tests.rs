//! `/metrics`: what stands in it, what never does, and that stories move it.

mod alarms;
mod moving;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::TimeDelta;
use entity::enums::{Network, Role};
use reqwest::Method;
use serde_json::json;
use server_api::metrics::Described;

use crate::domain::delivery::Outcome;
use crate::jobs::periodic;
use crate::metrics::process::Process;
use crate::metrics::sampled::{self, Backlog, Reading, Sample};
use crate::service::actor::Actor;
use crate::service::shares::{Parties, open};
use crate::test_support::server::TestServer;
use crate::test_support::traffic::BEHIND_A_PROXY;
use crate::test_support::{Kind, TestApp, on_both};

/// The reference of every figure.
const REFERENCE: &str = include_str!("../../../METRICS.md");

/// What a scraper reads: figures by name and labels.
struct Figures(BTreeMap<String, f64>);

impl Figures {
    fn of(&self, name: &str) -> f64 {
        *self
            .0
            .get(name)
            .unwrap_or_else(|| panic!("{name} is missing in {:#?}", self.0))
    }

    /// The figures have these values.
    fn are(&self, values: &[(&str, f64)]) {
        for (name, value) in values {
            let found = self.of(name);
            assert!(
                (found - value).abs() < 1e-9,
                "{name} is {found}, not {value}"
            );
        }
    }
}

/// Reads a text as a scraper does; every line is understood.
fn figures(text: &str) -> Figures {
    let mut typed = BTreeSet::new();
    let mut figures = BTreeMap::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let name = rest.split(' ').next().unwrap();
            assert!(typed.insert(name.to_owned()), "{name} is told of twice");
            continue;
        }
        if line.starts_with("# HELP ") {
            continue;
        }
        let (name, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("{line}"));
        let family = name.split('{').next().unwrap();
        let known = ["", "_bucket", "_sum", "_count"]
            .into_iter()
            .filter_map(|ending| family.strip_suffix(ending))
            .any(|family| typed.contains(family));
        assert!(known, "no type precedes {line}");
        let value = value.parse().unwrap_or_else(|_| panic!("{line}"));
        assert!(figures.insert(name.to_owned(), value).is_none(), "{line}");
    }
    Figures(figures)
}

async fn scrape(server: &TestServer) -> String {
    let address = format!("{}/metrics", server.internal);
    let response = server.http.get(address).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let media = response.headers()["content-type"].to_str().unwrap();
    assert!(media.starts_with("text/plain; version=0.0.4"), "{media}");
    response.text().await.unwrap()
}

/// What a scraper reads that comes some seconds after the last one.
async fn read_anew(t: &TestApp, server: &TestServer) -> Figures {
    t.app.metrics().reading().lock().await.take();
    figures(&scrape(server).await)
}

/// What is told once everything can be told.
async fn described() -> BTreeSet<Described> {
    let t = TestApp::new(Kind::Sqlite).await;
    let sample = Sample {
        reading: Reading {
            ping: Some(std::time::Duration::ZERO),
            backlog: Some(Backlog::default()),
        },
        process: Process::look(),
        ..Sample::default()
    };
    let looked_at = sampled::families(&sample);
    let counted = t.app.metrics().described();
    counted
        .iter()
        .chain(looked_at.described())
        .cloned()
        .collect()
}

/// The rows of the tables under a heading of the reference: name, kind, labels.
fn rows(heading: &str) -> BTreeSet<(String, String, Vec<String>)> {
    let (_, part) = REFERENCE.split_once(heading).unwrap();
    let part = part.split("\n## ").next().unwrap();
    part.lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .map(|row| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let labels = cells[2]
                .split(',')
                .map(|label| label.trim().replace('`', ""));
            (
                cells[0].trim_end_matches('`').to_owned(),
                cells[1].to_owned(),
                labels.filter(|label| label != "—").collect(),
            )
        })
        .collect()
}

#[tokio::test]
async fn the_reference_lists_every_figure_that_is_told_and_no_other() {
    let described = described().await;
    let told: BTreeSet<(String, String, Vec<String>)> = described
        .into_iter()
        .map(|family| {
            let labels = family.labels.into_iter().map(str::to_owned).collect();
            (family.name, family.kind.name().to_owned(), labels)
        })
        .collect();
    let listed = rows("## The server");
    let missing: Vec<_> = told.difference(&listed).collect();
    let stale: Vec<_> = listed.difference(&told).collect();
    assert!(missing.is_empty(), "METRICS.md lacks {missing:#?}");
    assert!(
        stale.is_empty(),
        "METRICS.md lists what is not told: {stale:#?}"
    );
}

#[tokio::test]
async fn only_the_internal_listener_has_figures_and_it_asks_for_no_token() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        let answer = server.browse("203.0.113.7", "/metrics").await;
        assert_eq!(answer.status, 404);
        let figures = figures(&scrape(&server).await);
        figures.are(&[("chorus_database_up", 1.0), ("chorus_jobs_due", 0.0)]);
    })
    .await;
}

/// The path of a link that its owner opened.
async fn link_of(t: &TestApp, owner: &Actor) -> String {
    let parties = Parties {
        organization: owner.organization.clone(),
        member: owner.member.clone(),
        post: t.live_post(&owner.organization).await,
    };
    let link = open(&t.app, &parties, Network::X, None).await.unwrap().link;
    format!("/l/{}", link.unwrap().code)
}

/// A post goes out to a channel; two readers follow one link, another a code that is nobody's;
/// somebody comes with a token that is none.
async fn a_day_of_traffic(t: &TestApp, server: &TestServer) {
    let owner = t.actor(&[Role::Owner]).await;
    t.workspace(&owner.organization).await;
    t.published_post(&owner.organization, "News").await;
    let path = link_of(t, &owner).await;
    for path in [&path, &path, "/l/nobodys00"] {
        server.browse("203.0.113.7", path).await;
    }
    server.member("no-token").get("/me").await;
    t.clock.advance(TimeDelta::seconds(40));
}

#[tokio::test]
async fn a_story_moves_the_figures() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        a_day_of_traffic(&t, &server).await;
        let before = figures(&scrape(&server).await);
        before.are(&[
            ("chorus_link_requests_total{outcome=\"sent_on\"}", 2.0),
            ("chorus_link_requests_total{outcome=\"unknown\"}", 1.0),
            ("chorus_hits_total{class=\"human\"}", 2.0),
            ("chorus_hits_per_commit_sum", 2.0),
            ("chorus_api_tokens_refused_total", 1.0),
            ("chorus_deliveries_due{platform=\"slack\"}", 1.0),
        ]);
        let due = "chorus_deliveries_oldest_due_age_seconds{platform=\"slack\"}";
        for late in [due, "chorus_clicks_lag_seconds"] {
            assert!(before.of(late) >= 40.0, "{late}");
        }
        assert!(before.of("chorus_jobs_due") >= 1.0);

        let claimed = t.claim().await;
        let refused = Outcome::Failed("channel_not_found".to_owned());
        t.settle(&claimed[0], refused).await;
        t.work().await;
        for entry in periodic::all() {
            entry.take_turn(&t.app, "one").await.unwrap();
        }
        let after = read_anew(&t, &server).await;
        let settled = "chorus_deliveries_settled_total{platform=\"slack\",outcome=\"failed\",\
                       reason=\"channel_not_found\"}";
        after.are(&[
            ("chorus_deliveries_due{platform=\"slack\"}", 0.0),
            (settled, 1.0),
            ("chorus_clicks_counted_total", 1.0),
            ("chorus_clicks_lag_seconds", 0.0),
            (
                "chorus_periodic_runs_total{work=\"count_clicks\",outcome=\"done\"}",
                1.0,
            ),
        ]);
        for moved in [
            "chorus_jobs_ended_total{kind=\"plan_personal_posts\",outcome=\"done\"}",
            "chorus_lease_until_timestamp_seconds{lease=\"periodic:count_clicks\"}",
        ] {
            assert!(after.of(moved) > 0.0, "{moved}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_scrape_is_answered_while_the_database_is_away_and_lacks_what_it_would_tell() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        t.app.store.clone().close().await.unwrap();
        let figures = figures(&scrape(&server).await);
        figures.are(&[("chorus_database_up", 0.0), ("chorus_hits_lost_total", 0.0)]);
        for absent in [
            "chorus_jobs_due",
            "chorus_clicks_lag_seconds",
            "chorus_database_ping_seconds",
        ] {
            assert!(!figures.0.contains_key(absent), "{absent}");
        }
    })
    .await;
}

#[tokio::test]
async fn however_many_scrape_the_database_is_asked_once_in_some_seconds() {
    let t = TestApp::new(Kind::Sqlite).await;
    let server = t.server().await;
    scrape(&server).await;
    let first = t.app.metrics().reading().lock().await.clone().unwrap();
    scrape(&server).await;
    let second = t.app.metrics().reading().lock().await.clone().unwrap();
    assert!(Arc::ptr_eq(&first.1, &second.1));
}

#[tokio::test]
async fn no_figure_bears_anything_of_a_person_or_of_what_was_asked() {
    let t = TestApp::configured(Kind::Sqlite, BEHIND_A_PROXY).await;
    let owner = t.actor(&[Role::Owner]).await;
    let post = t.live_post(&owner.organization).await;
    let token = t.token(&owner).await;
    let server = t.server().await;
    let member = server.member(&token);
    let share = t.share_path(&owner, &post, Network::X);
    server.browse("203.0.113.7", &share).await;
    member
        .put(&format!("/me/posts/{}/dismissal", post.id), &json!({}))
        .await;
    member
        .get(&format!("/posts/{}?cursor=secret", post.id))
        .await;
    server
        .visit(Method::from_bytes(b"INVENTED").unwrap(), "/l/INVENTED", &[])
        .await;
    server.browse("203.0.113.7", "/no/such/page").await;
    let text = scrape(&server).await;
    for secret in [
        &post.id.to_string(),
        &owner.member.id.to_string(),
        &owner.member.display_name,
        &token,
        share.trim_start_matches("/s/"),
        "203.0.113",
        "INVENTED",
        "secret",
        "such",
        "dismiss",
    ] {
        assert!(!text.contains(secret), "{secret} stands in\n{text}");
    }
    assert!(text.contains("route=\"private\",status=\"2xx\""), "{text}");
}
