//! Everybody else: what they ask, what they are sent.

use entity::enums::{ImportKind, PostState, ProposalState, Role};
use entity::ids::PostId;
use reqwest::Method;
use sea_orm::ActiveEnum as _;
use serde_json::{Value, json};
use server::test_support::server::{Answer, Session};
use tests::effort::rounds;
use uuid::Uuid;

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
        let posts = self.file_of(ImportKind::Posts).await;
        let members = self.file_of(ImportKind::Members).await;
        let named = self.named(first(&ids["team"]));
        for (who, session) in self.others() {
            let who = format!("by {who} {when}");
            let read = operations()
                .into_iter()
                .filter(|one| one.method == Method::GET);
            for operation in read.filter(|one| one.permission != "bot") {
                let path = operation.path_with(|name| match name {
                    "post" => post.0.to_string(),
                    "member" => named.quiet.to_string(),
                    "version" => "1".to_owned(),
                    "import" if operation.path.starts_with("/member-imports") => members.clone(),
                    "import" => posts.clone(),
                    kind => first(&ids[kind]),
                });
                self.look_at((&who, &session), &path, &operation, &named)
                    .await;
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

    /// What there is at a path, in each form in which it can be asked for, and in two pages. Who
    /// is turned away from it, or finds nothing, asks for no part of it.
    async fn look_at(
        &mut self,
        (who, session): (&str, &Session),
        path: &str,
        operation: &Operation,
        named: &Named,
    ) {
        let all = self.read((who, session), path).await;
        if [401, 403, 404].contains(&all.status) {
            return;
        }
        for question in questions(operation, named) {
            let part = format!("{path}?{question}");
            self.read((who, session), &part).await;
        }
        if let Some(limit) = half(operation, &all) {
            let begun = format!("{path}?limit={limit}");
            let page = self.read((who, session), &begun).await;
            if let Some(rest) = rest(&page) {
                let rest = format!("{begun}&{rest}");
                self.read((who, session), &rest).await;
            }
        }
    }

    async fn read(&mut self, (who, session): (&str, &Session), path: &str) -> Answer {
        let what = format!("GET {path} {who}");
        self.ask(what, session, (Method::GET, path), None).await
    }

    fn named(&self, team: String) -> Named {
        let quiet = &self.quiet().actor.member;
        Named {
            quiet: quiet.id.0,
            address: quiet.email.clone().unwrap(),
            role: self.silent,
            team,
            word: self.estate.word,
        }
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
fn first(ids: &[Uuid]) -> String {
    ids.first().copied().unwrap_or_default().to_string()
}

/// What questions name: what is there, and above all the silent one.
struct Named {
    quiet: Uuid,
    address: String,
    role: Role,
    team: String,
    /// In the name of everything that the organization holds.
    word: &'static str,
}

/// What a list is asked for, one part after the other.
fn questions(operation: &Operation, named: &Named) -> Vec<String> {
    let mut all = Vec::new();
    for parameter in &operation.in_query {
        let values = values(parameter, &operation.path, named);
        all.extend(values.iter().map(|value| format!("{parameter}={value}")));
    }
    all
}

/// What a list is asked for by a parameter.
fn values(parameter: &str, path: &str, named: &Named) -> Vec<String> {
    let words = |all: &[&str]| -> Vec<String> { all.iter().map(|&word| word.to_owned()).collect() };
    match parameter {
        "limit" => words(&["100"]),
        "member" | "author" => vec![named.quiet.to_string()],
        "subject" => vec![format!("member:{}", named.quiet)],
        "email" => vec![named.address.clone()],
        "role" => vec![named.role.to_value()],
        "team" => vec![named.team.clone()],
        "campaign" => vec![format!("{}-spring", named.word)],
        "topic" => vec![format!("{}%20matters", named.word)],
        "q" => words(&["secret"]),
        "state" if path == "/proposals" => ProposalState::values(),
        "state" => PostState::values(),
        "sort" => words(&["newest", "changed", "time", "title", "waiting"]),
        // Of an act, what it was done to; of a post, what sort it is.
        "kind" if path == "/audit-events" => words(&["member"]),
        "kind" => words(&["share"]),
        "network" => words(&["x"]),
        "language" => words(&["en"]),
        "standing" => words(&["invited", "joined", "left"]),
        "outcome" => words(&["added", "refused"]),
        "period" => words(&["month", "quarter", "all_time"]),
        "span" => words(&["2026-10"]),
        "cron" => words(&["0+9+*+*+1-5"]),
        // Some of it was before, and some was after.
        "since" => words(&["2026-11-16T10:01:00Z"]),
        "until" if path == "/audit-events" => words(&["2026-11-16T10:01:00Z"]),
        // A period has two ends.
        "from" => words(&["2026-11-01T00:00:00Z&until=2026-12-31T00:00:00Z"]),
        // The other end, and what the page before says of the next.
        "until" | "cursor" | "after" => Vec::new(),
        unknown => panic!("what to ask for as {unknown}, this test has to know"),
    }
}

/// How many rows are half of a list that has more than one.
fn half(operation: &Operation, all: &Answer) -> Option<usize> {
    let has_pages = operation.in_query.iter().any(|name| name == "limit");
    if !has_pages || all.status != 200 {
        return None;
    }
    let list: Value = all.json();
    let rows = Some(list["items"].as_array().unwrap().len());
    let rows = rows.filter(|rows| *rows > 1)?;
    Some(rows.div_ceil(2))
}

/// How the page after one is asked for, if there is one.
fn rest(page: &Answer) -> Option<String> {
    let page: Value = page.json();
    match &page["next"] {
        Value::String(cursor) => Some(format!("cursor={cursor}")),
        Value::Number(line) => Some(format!("after={line}")),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Who sees everything was answered whatever they asked for, the silent one's part and second
/// pages among it.
pub fn were_answered(seen: &[(String, String)]) {
    let asked = |part: &str| {
        let of_owner = seen.iter().filter(|(what, _)| {
            let is_of_the_api = what.starts_with("GET /") && !what.starts_with("GET /o/");
            is_of_the_api && what.contains(" by the owner ")
        });
        let of_part = of_owner.filter(|(what, _)| what.contains(part));
        of_part.collect::<Vec<_>>()
    };
    for (what, answer) in asked("?") {
        assert!(answer.starts_with("200"), "{what}: {answer}");
    }
    for part in [
        "?member=",
        "?author=",
        "?subject=",
        "?sort=",
        "&cursor=",
        "&after=",
    ] {
        assert!(!asked(part).is_empty(), "nobody asked for {part}");
    }
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
