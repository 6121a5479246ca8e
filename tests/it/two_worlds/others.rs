//! Everybody else: what they ask, what they are sent.

use entity::enums::Role;
use entity::ids::PostId;
use reqwest::Method;
use serde_json::{Value, json};
use server::test_support::server::{Answer, Session};
use tests::effort::rounds;
use uuid::Uuid;

use super::{World, whole};
use crate::described::{Operation, operations};

impl World {
    /// Everybody but the silent one, by every road there is.
    fn others(&self) -> Vec<(&'static str, Session)> {
        let (estate, server) = (&self.estate, &self.server);
        let by_token = |role| server.member(estate.of(Some(role)).token.as_ref().unwrap());
        let plain = estate.plain();
        let mut all = vec![
            ("the owner", by_token(Role::Owner)),
            (
                "a member in Slack",
                server.slack(Some(&plain.on_slack(estate))),
            ),
            ("the operator", server.operator(Some("owner/alpha"))),
            ("a stranger", server.anonymous()),
            ("an analyst", by_token(Role::Analyst)),
            ("an admin", by_token(Role::Admin)),
            ("a curator", by_token(Role::Curator)),
            ("an approver", by_token(Role::Approver)),
            (
                "a team lead in Slack",
                server.slack(Some(&estate.of(Some(Role::TeamLead)).on_slack(estate))),
            ),
            (
                "a member in Discord",
                server.discord(Some(&plain.on_discord(estate))),
            ),
        ];
        // In every run those between whom nobody sees more.
        all.truncate(rounds(4, all.len()));
        all
    }

    /// Everybody reads everything there is to read, and opens the pages that they have.
    pub async fn everybody_looks(&mut self, when: &str, post: PostId) {
        let feed = self.estate.ids(&self.t).await["feed"][0];
        let address = self.quiet().actor.member.email.clone().unwrap();
        for (who, session) in self.others() {
            let read = operations()
                .into_iter()
                .filter(|one| one.method == Method::GET);
            for operation in read.filter(|one| one.permission != "bot") {
                for path in pages(&operation, (post.0, feed), &address) {
                    let what = format!("GET {path} by {who} {when}");
                    self.ask(what, &session, (Method::GET, &path), None).await;
                }
            }
        }
        let plain = self
            .server
            .slack(Some(&self.estate.plain().on_slack(&self.estate)));
        let me: Value = plain.get("/me").await.json();
        let board = me["board_url"].as_str().unwrap();
        let base = &self.t.app.config.web.base_url;
        let board = board.strip_prefix(base.as_str()).unwrap().to_owned();
        for (base, path) in [
            (&self.server.public, board.as_str()),
            (&self.server.public, "/readyz"),
        ] {
            self.fresh_chance();
            let answer = Answer::to(self.server.http.get(format!("{base}{path}"))).await;
            let what = format!("GET {path} {when}");
            self.seen.push((what, whole(&answer)));
        }
        self.metrics(when).await;
    }

    /// Which metrics there are. Their values count the whole server's requests and messages,
    /// the silent one's among them, and so say nothing of anybody; a name or label that only
    /// one of the worlds has would.
    async fn metrics(&mut self, when: &str) {
        let answer = Answer::to(
            self.server
                .http
                .get(format!("{}/metrics", self.server.internal)),
        )
        .await;
        let text = answer.text();
        let mut names: Vec<&str> = match answer.status {
            200 => text
                .lines()
                .filter_map(|line| line.rsplit_once(' '))
                .map(|(name, _)| name)
                .collect(),
            _ => Vec::new(),
        };
        names.sort_unstable();
        let names = names.join("\n");
        self.seen.push((format!("the metrics {when}"), names));
    }

    /// The parts say what there is to say; kept is what goes to others than the silent one.
    pub async fn others_get_messages(&mut self, why: &str) {
        for (chat, part, own) in [
            ("slack", self.server.slack(None), self.quiet().slack.clone()),
            (
                "discord",
                self.server.discord(None),
                self.quiet().discord.clone(),
            ),
        ] {
            self.fresh_chance();
            let mut sent = Vec::new();
            loop {
                let form = json!({
                    "platform": chat, "courier": "courier", "limit": 100, "wait_seconds": 0,
                    "lease_seconds": 30
                });
                let claimed: Value = part.post("/deliveries/claim", &form).await.json();
                let items = claimed["items"].as_array().unwrap();
                if items.is_empty() {
                    break;
                }
                for item in items {
                    settle(&part, item).await;
                    if item["place"]["user"] != json!(own) {
                        sent.push(message(item));
                    }
                }
            }
            // Which of several comes first is drawn by chance, as their ids are.
            sent.sort_unstable();
            self.note(format!("what {chat} says for {why}"), sent.join("\n"));
        }
    }

    /// Others do everything else that there is to do, also to the silent one.
    pub async fn everybody_changes(&mut self, post: PostId) {
        let ids = self.estate.ids(&self.t).await;
        let quiet = self.quiet().actor.member.id.0;
        let change = |one: &Operation| {
            let is_theirs = one.permission != "bot" && one.permission != "operator";
            // Fetching a feed would leave this machine.
            one.method != Method::GET && is_theirs && one.name != "run_feed"
        };
        for (who, session) in self.others() {
            for operation in operations().into_iter().filter(change) {
                let path = operation.path_with(|name| match name {
                    "post" => post.0.to_string(),
                    "member" => quiet.to_string(),
                    kind => ids[kind][0].to_string(),
                });
                let what = format!("{} {path} by {who}", operation.method);
                let body = operation.good_body();
                self.ask(
                    what,
                    &session,
                    (operation.method.clone(), &path),
                    body.as_ref(),
                )
                .await;
            }
        }
    }
}

/// A list in each form in which it can be asked for.
fn pages(operation: &Operation, (post, feed): (Uuid, Uuid), address: &str) -> Vec<String> {
    let path = operation.path_with(|name| match name {
        "post" => post.to_string(),
        "feed" => feed.to_string(),
        unknown => panic!("which {unknown} is read?"),
    });
    let mut pages = vec![path.clone()];
    for parameter in &operation.in_query {
        match parameter.as_str() {
            "limit" => pages.push(format!("{path}?limit=100")),
            "email" => pages.push(format!("{path}?email={address}")),
            "period" => pages.push(format!("{path}?period=all_time")),
            // Parts of what was just asked for.
            "cursor" | "state" => {}
            unknown => panic!("what to ask for as {unknown}, this test has to know"),
        }
    }
    pages
}

/// What a message says, to whom: without ids of deliveries, which are drawn by chance.
fn message(item: &Value) -> String {
    let mut item = item.clone();
    let whole = item.as_object_mut().unwrap();
    whole.remove("id");
    let operation = whole["operation"].as_object_mut().unwrap();
    operation.remove("posted_by");
    operation.remove("message");
    item.to_string()
}

async fn settle(part: &Session, item: &Value) {
    let id = item["id"].as_str().unwrap();
    let outcome = json!({
        "courier": "courier", "outcome": {"kind": "sent", "message": format!("ref-{id}")}
    });
    let answer = part
        .put(&format!("/deliveries/{id}/outcome"), &outcome)
        .await;
    assert_eq!(answer.status, 204, "{}", answer.text());
}
