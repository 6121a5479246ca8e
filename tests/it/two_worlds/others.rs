//! Everybody else: what they ask, what they are sent.

use entity::enums::{ImportKind, Role};
use entity::ids::PostId;
use reqwest::Method;
use serde_json::{Value, json};
use server::test_support::server::{Answer, Session};
use tests::effort::rounds;

use super::{World, whole};
use crate::described::{Operation, operations};

/// Changes that are not asked for, each with its reason; nor are those of the parts, which carry
/// messages all along, and the operator's, which set up the whole server.
const LEFT_OUT: [(&str, &str); 4] = [
    ("preview_feed", "it would fetch the feed from the world"),
    ("run_feed", "it would fetch the feed from the world"),
    ("unfurl_page", "it would fetch the page from the world"),
    (
        "disconnect_chat",
        "it would tell the chat itself, out there",
    ),
];

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
        let ids = self.estate.ids(&self.t).await;
        let quiet = self.quiet().actor.member.id.0;
        let posts = self.file_of(ImportKind::Posts).await;
        let members = self.file_of(ImportKind::Members).await;
        let address = self.quiet().actor.member.email.clone().unwrap();
        for (who, session) in self.others() {
            let read = operations()
                .into_iter()
                .filter(|one| one.method == Method::GET);
            for operation in read.filter(|one| one.permission != "bot") {
                let path = operation.path_with(|name| match name {
                    "post" => post.0.to_string(),
                    "member" => quiet.to_string(),
                    "version" => "1".to_owned(),
                    "import" if operation.path.starts_with("/member-imports") => members.clone(),
                    "import" => posts.clone(),
                    kind => first(&ids[kind]),
                });
                for path in pages(&operation, &path, &address) {
                    let what = format!("GET {path} by {who} {when}");
                    self.ask(what, &session, (Method::GET, &path), None).await;
                }
            }
        }
        let plain = self
            .server
            .slack(Some(&self.estate.plain().on_slack(&self.estate)));
        let me = plain.get("/me").await;
        let mut open = vec!["/readyz".to_owned()];
        // Not where somebody has just taken their account from them.
        if me.status == 200 {
            let me: Value = me.json();
            let board = me["board_url"].as_str().unwrap();
            let base = &self.t.app.config.web.base_url;
            open.push(board.strip_prefix(base.as_str()).unwrap().to_owned());
        }
        for path in open {
            self.fresh_chance();
            let url = format!("{}{path}", self.server.public);
            let answer = Answer::to(self.server.http.get(url)).await;
            let what = format!("GET {path} {when}");
            self.seen.push((what, whole(&answer)));
        }
        self.everybody_browses(when, post).await;
        self.metrics(when).await;
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
                    settle(&part, item, &self.end_of(item)).await;
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

    /// How a message ends: it is sent, unless its reader wants none or has no luck.
    fn end_of(&mut self, item: &Value) -> Value {
        let is_first =
            item["operation"]["kind"] == "post" && item["content"]["kind"] == "personal_post";
        if is_first && item["content"]["dismissed"] == true {
            return json!({"kind": "failed", "reason": "ended"});
        }
        let user = item["place"]["user"].as_str().unwrap_or_default();
        let found = self.unlucky.iter().position(|(unlucky, _)| unlucky == user);
        if let Some(at) = found.filter(|_| is_first) {
            return self.unlucky.remove(at).1;
        }
        let id = item["id"].as_str().unwrap();
        json!({"kind": "sent", "message": format!("ref-{id}")})
    }

    /// Others do everything else that there is to do, also to the silent one.
    pub async fn everybody_changes(&mut self, post: PostId) {
        let ids = self.estate.ids(&self.t).await;
        let quiet = self.quiet().actor.member.id.0;
        for (name, why) in LEFT_OUT {
            let is_there = operations().iter().any(|one| one.name == name);
            assert!(is_there, "{name} is left out because {why}");
        }
        let change = |one: &Operation| {
            let is_theirs = one.permission != "bot" && one.permission != "operator";
            let is_left_out = LEFT_OUT.iter().any(|(name, _)| one.name == *name);
            one.method != Method::GET && is_theirs && !is_left_out
        };
        for (who, session) in self.others() {
            for operation in operations().into_iter().filter(change) {
                let path = operation.path_with(|name| match name {
                    "post" => post.0.to_string(),
                    "member" => quiet.to_string(),
                    "version" => "1".to_owned(),
                    kind => first(&ids[kind]),
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

/// The first of what there is of a kind; in the end some of it is gone.
fn first(ids: &[uuid::Uuid]) -> String {
    ids.first().copied().unwrap_or_default().to_string()
}

/// A list in each form in which it can be asked for.
fn pages(operation: &Operation, path: &str, address: &str) -> Vec<String> {
    let mut pages = vec![path.to_owned()];
    for parameter in &operation.in_query {
        match parameter.as_str() {
            "limit" => pages.push(format!("{path}?limit=100")),
            "email" => pages.push(format!("{path}?email={address}")),
            "period" => pages.push(format!("{path}?period=all_time")),
            "from" => pages.push(format!(
                "{path}?from=2026-11-01T00:00:00Z&until=2026-12-31T00:00:00Z"
            )),
            "q" => pages.push(format!("{path}?q=secret")),
            "span" => pages.push(format!("{path}?span=2026-10")),
            "cron" => pages.push(format!("{path}?cron=0+9+*+*+1-5")),
            "standing" => pages.push(format!("{path}?standing=joined")),
            "outcome" => pages.push(format!("{path}?outcome=refused")),
            // Parts of what was just asked for, or their order.
            "cursor" | "state" | "member" | "kind" | "subject" | "since" | "until" | "network"
            | "campaign" | "topic" | "author" | "language" | "sort" | "role" | "team" | "after" => {
            }
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

async fn settle(part: &Session, item: &Value, end: &Value) {
    let id = item["id"].as_str().unwrap();
    let outcome = json!({"courier": "courier", "outcome": end});
    let answer = part
        .put(&format!("/deliveries/{id}/outcome"), &outcome)
        .await;
    assert_eq!(answer.status, 204, "{}", answer.text());
}
