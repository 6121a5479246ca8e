//! Tenants: what one organization holds is not there for another, whatever its id is asked for
//! in. Everything lies twice in one database, everybody of the one asks with the ids of the
//! other, and no row of the other may move.

mod bodies;
mod pages;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use entity::enums::{ImportKind, PostState, Role};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};
use reqwest::Method;
use sea_orm::Iterable;
use serde_json::json;
use server::http::extract::cursor;
use server::test_support::server::{Answer, Session, TestServer};
use server::test_support::{Kind, TestApp, on_both};
use server_api::problem::Code;
use tests::estate::Estate;
use uuid::Uuid;

use crate::described::{Operation, operations};
use crate::rows::{self, Rows};

/// Ids of one kind that a token tries: one in each state there is.
const ENOUGH: usize = 10;
/// As many as everybody else does, who come by the same door.
const SOME: usize = 2;
/// The id of nothing: what others hold is refused as this is.
const NOWHERE: Uuid = Uuid::from_u128(7);
/// What is listed, and so may be paged through.
const LISTED: [&str; 7] = [
    "audit_event",
    "feed",
    "feed_item",
    "member",
    "post",
    "proposal",
    "token",
];

/// Two organizations side by side: those of the first ask.
struct Street {
    t: TestApp,
    server: Arc<TestServer>,
    own: Estate,
    other: Estate,
    /// A draft of those who ask, of which there is a former version.
    draft: Uuid,
    own_ids: BTreeMap<&'static str, Vec<Uuid>>,
    other_ids: BTreeMap<&'static str, Vec<Uuid>>,
    /// Everything that is not the asking organization's.
    before: Rows,
}

impl Street {
    async fn of(t: TestApp) -> Self {
        let server = Arc::new(t.server().await);
        let own = Estate::build(&t, &server, "alpha", 1).await;
        let other = Estate::build(&t, &server, "bravo", 2).await;
        let (own_ids, mut other_ids) = (own.ids(&t).await, other.ids(&t).await);
        let draft = own.post(&t, PostState::Draft).await.0;
        // Few are tried by most, and the draft alone has what paths to former versions name.
        let theirs = other.post(&t, PostState::Draft).await.0;
        let posts = other_ids.get_mut("post").unwrap();
        posts.sort_by_key(|post| *post != theirs);
        let mut street = Self {
            t,
            server,
            own,
            other,
            draft,
            own_ids,
            other_ids,
            before: Rows::new(),
        };
        street.before = street.rows_of_others().await;
        street
    }

    async fn rows_of_others(&self) -> Rows {
        let own = self.own.organization.id.0.to_string();
        rows::without(&rows::all(&self.t).await, &[&own, &self.own.workspace])
    }

    /// Everybody through whom the first organization may come, each as its owner.
    async fn askers(&self) -> Vec<(&'static str, Session)> {
        let (own, server) = (&self.own, &self.server);
        let owner = own.owner();
        let nowhere = format!("discord/-/{}", owner.discord);
        vec![
            ("a token", server.member(&self.t.token(&owner.actor).await)),
            ("Slack's part", server.slack(Some(&owner.on_slack(own)))),
            (
                "Discord's part",
                server.discord(Some(&owner.on_discord(own))),
            ),
            ("Discord's part, in person", server.discord(Some(&nowhere))),
            ("the operator", server.operator(Some("owner/alpha"))),
            (
                "the operator, by address",
                server.operator(Some("email/owner@alpha.example")),
            ),
        ]
    }

    /// Nothing of the other organization moved.
    async fn nothing_moved(&self) {
        let after = self.rows_of_others().await;
        for (table, rows) in &self.before {
            assert_eq!(Some(rows), after.get(table), "{table} of others changed");
        }
        let tables = |rows: &Rows| rows.keys().cloned().collect::<Vec<_>>();
        assert_eq!(tables(&self.before), tables(&after), "others got rows");
    }

    /// No row of the asking organization names what the other holds.
    async fn names_nothing(&self) {
        let own = self.own.organization.id.0.to_string();
        let theirs: Vec<String> = self
            .other_ids
            .values()
            .flatten()
            .map(Uuid::to_string)
            .collect();
        for (table, rows) in rows::all(&self.t).await {
            for row in rows.iter().filter(|row| row.contains(&own)) {
                let named = theirs.iter().find(|id| row.contains(id.as_str()));
                assert_eq!(named, None, "{table}: {row}");
            }
        }
    }

    /// No answer may show a word or an id of the other organization.
    fn shows_nothing(&self, answer: &Answer, asked: &str) {
        let text = answer.text();
        let word = self.other.word;
        assert!(
            !text.to_lowercase().contains(word),
            "{asked} shows {word}: {text}"
        );
        for id in self.other_ids.values().flatten() {
            assert!(
                !text.contains(&id.to_string()),
                "{asked} shows {id}: {text}"
            );
        }
    }
}

/// Which of an estate's ids a path parameter stands for.
fn kind_of(parameter: &str) -> &'static str {
    match parameter {
        "post" => "post",
        "proposal" => "proposal",
        "view" => "view",
        "feed" => "feed",
        "import" => "import",
        "token" => "token",
        "member" => "member",
        "team" => "team",
        "campaign" => "campaign",
        "topic" => "topic",
        "channel" => "channel",
        "identity" => "identity",
        "installation" | "connection" => "installation",
        "delivery" => "delivery",
        "session" => "session",
        unknown => panic!("what a `{unknown}` in a path is, this test has to know"),
    }
}

/// Whether a path parameter stands for an id: versions are numbered.
fn is_id(parameter: &str) -> bool {
    parameter != "version"
}

impl Street {
    /// What the asking organization holds, for a path parameter.
    fn own_in(&self, parameter: &str) -> String {
        match parameter {
            "version" => "1".to_owned(),
            "post" => self.draft.to_string(),
            "member" => self.own.plain().actor.member.id.to_string(),
            other => self.own_ids[kind_of(other)][0].to_string(),
        }
    }

    /// A path with parameters of these names, so filled that it names something of the other
    /// organization: where there are several places, in each beside what the asking one holds,
    /// and in all of them.
    fn paths_to_theirs(&self, path: &str, names: &[String], enough: usize) -> BTreeSet<String> {
        let mut paths = vec![(path.to_owned(), false)];
        for name in names {
            let mut fills = vec![(self.own_in(name), false)];
            if is_id(name) {
                let theirs = self.other_ids[kind_of(name)].iter().take(enough);
                fills.extend(theirs.map(|id| (id.to_string(), true)));
            }
            let place = format!("{{{name}}}");
            let filled = paths.iter().flat_map(|(path, is_theirs)| {
                let fill = |(id, theirs): &(String, bool)| {
                    (path.replace(&place, id), *is_theirs || *theirs)
                };
                fills.iter().map(fill).collect::<Vec<_>>()
            });
            paths = filled.collect();
        }
        let theirs = paths.into_iter().filter(|(_, is_theirs)| *is_theirs);
        theirs.map(|(path, _)| path).collect()
    }
}

/// How a request for what is not there is answered.
fn absent(operation: &Operation) -> u16 {
    match operation.name.as_str() {
        // A part serves all organizations of its chat, and members never come as one.
        "settle_delivery" | "revoke_installation" | "note_removal" => 403,
        _ => 404,
    }
}

async fn ask(session: &Session, operation: &Operation, path: &str) -> Answer {
    let request = session.request(operation.method.clone(), path);
    Answer::to(match operation.good_body() {
        Some(body) => request.json(&body),
        None => request,
    })
    .await
}

/// The operations that take an id in their path; leases have names that no organization has.
fn with_ids() -> Vec<Operation> {
    let all = operations().into_iter();
    all.filter(|one| !one.in_path.is_empty() && one.in_path != ["name"])
        .collect()
}

async fn is_not_there(kind: Kind) {
    let street = Street::of(TestApp::new(kind).await).await;
    for (who, session) in street.askers().await {
        for operation in with_ids() {
            // Acting for somebody, a part is still the part: see below.
            if operation.permission == "bot" && who.contains("part") {
                continue;
            }
            let enough = if who == "a token" { ENOUGH } else { SOME };
            let (path, names) = (&operation.path, &operation.in_path);
            for path in street.paths_to_theirs(path, names, enough) {
                let answer = ask(&session, &operation, &path).await;
                let asked = format!("{} {path} by {who}", operation.method);
                assert_eq!(
                    answer.status,
                    absent(&operation),
                    "{asked}: {}",
                    answer.text()
                );
                street.shows_nothing(&answer, &asked);
            }
        }
    }
    street.nothing_moved().await;
}

#[tokio::test]
async fn what_another_organization_holds_is_not_there_on_sqlite() {
    is_not_there(Kind::Sqlite).await;
}

#[tokio::test]
async fn what_another_organization_holds_is_not_there_on_postgres() {
    is_not_there(Kind::Postgres).await;
}

impl Street {
    /// A list in each form in which it can be asked for, also from a row of the other's on.
    async fn pages(&self, operation: &Operation) -> Vec<String> {
        // Of the draft there is a former version.
        let state = if operation.in_path.len() > 1 {
            PostState::Draft
        } else {
            PostState::Live
        };
        let own_post = self.own.post(&self.t, state).await.0;
        let kind = if operation.path.starts_with("/member-imports") {
            ImportKind::Members
        } else {
            ImportKind::Posts
        };
        let own_import = self.own.import(&self.t, kind).await.unwrap();
        let path = operation.path_with(|name| match name {
            "feed" => self.own_ids["feed"][0].to_string(),
            "import" => own_import.to_string(),
            "post" => own_post.to_string(),
            "proposal" => self.own_ids["proposal"][0].to_string(),
            "version" => "1".to_owned(),
            "member" => self.own_ids["member"][0].to_string(),
            "campaign" => self.own_ids["campaign"][0].to_string(),
            "channel" => self.own_ids["channel"][0].to_string(),
            unknown => panic!("which {unknown} of its own is read?"),
        });
        let mut pages = vec![path.clone()];
        if path == "/calendar" {
            pages = vec![format!(
                "{path}?from=2026-11-01T00:00:00Z&until=2027-01-01T00:00:00Z"
            )];
        }
        for parameter in &operation.in_query {
            let values = self.asked_for(parameter, path.as_str());
            pages.extend(
                values
                    .iter()
                    .map(|value| format!("{path}?{parameter}={value}")),
            );
        }
        pages
    }

    /// What a list is asked for by a parameter, some of it the other organization's.
    fn asked_for(&self, parameter: &str, path: &str) -> Vec<String> {
        match parameter {
            "cursor" => LISTED
                .iter()
                .map(|kind| cursor(self.other_ids[kind][0]))
                .collect(),
            "limit" => vec!["100".to_owned()],
            "member" => vec![self.other_ids["member"][0].to_string()],
            "subject" => vec![format!("post:{}", self.other_ids["post"][0])],
            "since" => vec!["2020-01-01T00:00:00Z".to_owned()],
            "email" => self
                .other
                .owner()
                .actor
                .member
                .email
                .clone()
                .into_iter()
                .collect(),
            "state" if path == "/proposals" => ["accepted", "declined", "withdrawn"]
                .map(str::to_owned)
                .to_vec(),
            "state" => PostState::iter()
                .map(|state| serde_json::to_value(state).unwrap())
                .map(|word| word.as_str().unwrap().to_owned())
                .collect(),
            "role" => vec!["owner".to_owned(), "team_lead".to_owned()],
            "standing" => vec!["joined".to_owned(), "left".to_owned()],
            "team" => vec![self.other_ids["team"][0].to_string()],
            "period" => vec!["all_time".to_owned()],
            "span" => vec!["2026-10".to_owned()],
            "q" => vec![self.other.word.to_owned(), "secret".to_owned()],
            "campaign" => vec![format!("{}-spring", self.other.word)],
            "topic" => vec![format!("{} matters", self.other.word)],
            "author" => vec![self.other.owner().actor.member.id.to_string()],
            // Of an act, what it was done to; of a post, what sort it is.
            "kind" if path == "/audit-events" => vec!["post".to_owned()],
            "kind" => vec!["share".to_owned()],
            "cron" => vec!["0+9+*+*+1-5".to_owned()],
            "outcome" => vec!["refused".to_owned()],
            "after" => vec!["1".to_owned()],
            "network" => vec!["x".to_owned()],
            "language" => vec!["en".to_owned()],
            "sort" => vec!["waiting".to_owned(), "title".to_owned()],
            // A period has two ends.
            "from" | "until" if path == "/calendar" => Vec::new(),
            "until" if path == "/audit-events" => vec!["2099-01-01T00:00:00Z".to_owned()],
            "from" | "until" => vec!["2026-11-16T10:00:00Z".to_owned()],
            unknown => panic!("what to ask for as {unknown}, this test has to know"),
        }
    }
}

async fn lists_show_nothing(kind: Kind) {
    let street = Street::of(TestApp::new(kind).await).await;
    for (who, session) in street.askers().await {
        // Parts, and who runs the server, are of no organization.
        let read = operations().into_iter().filter(|one| {
            one.method == Method::GET && !["bot", "operator"].contains(&one.permission.as_str())
        });
        for operation in read {
            let mut pages = street.pages(&operation).await;
            if who != "a token" {
                pages.truncate(SOME);
            }
            for page in pages {
                let answer = session.get(&page).await;
                let asked = format!("GET {page} by {who}");
                assert_eq!(answer.status, 200, "{asked}: {}", answer.text());
                street.shows_nothing(&answer, &asked);
            }
        }
    }
    street.nothing_moved().await;
}

#[tokio::test]
async fn lists_and_pages_show_nothing_of_another_organization_on_sqlite() {
    lists_show_nothing(Kind::Sqlite).await;
}

#[tokio::test]
async fn lists_and_pages_show_nothing_of_another_organization_on_postgres() {
    lists_show_nothing(Kind::Postgres).await;
}

#[tokio::test]
async fn nobody_of_another_organization_is_acted_for_and_no_code_or_key_of_theirs_counts() {
    on_both(async |t: TestApp| {
        let street = Street::of(t).await;
        let (own, other, server) = (&street.own, &street.other, &street.server);
        let (ada, bob) = (own.owner(), other.owner());
        let mixed = [
            server.slack(Some(&format!("slack/{}/{}", own.workspace, bob.slack))),
            server.slack(Some(&format!("slack/{}/{}", other.workspace, ada.slack))),
            server.discord(Some(&format!("discord/{}/{}", own.guild, bob.discord))),
            server.discord(Some(&format!("discord/{}/{}", other.guild, ada.discord))),
        ];
        for session in mixed {
            let answer = session.get("/me").await;
            assert_eq!(answer.status, 403, "{}", answer.text());
        }
        let code = json!({
            "code": other.code,
            "introduction": {
                "display_name": "New", "email": null, "email_confirmed": false,
                "account": "full", "time_zone": null, "language": null
            }
        });
        for session in [
            server.slack(Some(&format!("slack/{}/U777", own.workspace))),
            server.discord(Some(&format!("discord/{}/777", own.guild))),
        ] {
            let answer = session.post("/identity/pairing", &code).await;
            assert_eq!(answer.problem().code, Code::PairingCodeInvalid);
        }
        street.nothing_moved_but_tries().await;
        let form = json!({"title": "Ours", "url": "https://news.example/"});
        let write = async |estate: &Estate| {
            let token = street.t.token(&estate.of(Some(Role::Curator)).actor).await;
            let request = server.member(&token).request(Method::POST, "/posts");
            let request = request.header("idempotency-key", "the-same");
            Answer::to(request.json(&form)).await
        };
        let (theirs, ours) = (write(other).await, write(own).await);
        assert_eq!((theirs.status, ours.status), (200, 200));
        assert_ne!(
            theirs.text(),
            ours.text(),
            "a key is answered to its own token only"
        );
    })
    .await;
}

impl Street {
    /// The same, where somebody tried codes: their tries are counted.
    async fn nothing_moved_but_tries(&self) {
        let mut after = self.rows_of_others().await;
        let tries = "pairing_attempt".to_owned();
        if let Some(before) = self.before.get(&tries) {
            after.insert(tries, before.clone());
        } else {
            after.remove(&tries);
        }
        assert_eq!(self.before, after, "others' rows changed");
    }
}

#[tokio::test]
async fn a_part_reaches_nothing_of_the_other_chat() {
    on_both(async |t: TestApp| {
        let street = Street::of(t).await;
        // That its own part was seen is noted when it asks.
        let slack = installations(&street, "slack").await;
        let all = rows::all(&street.t).await;
        let discord = street.server.discord(None);
        for id in slack {
            let answer = discord
                .post(&format!("/installations/{id}/revoke"), &json!(null))
                .await;
            assert_eq!(answer.status, 200, "it stays as it is: {}", answer.text());
        }
        let form = json!({
            "courier": "test-courier", "outcome": {"kind": "sent", "message": "1"}
        });
        let on_slack = deliveries_on_slack(&street).await;
        assert!(!on_slack.is_empty());
        for id in on_slack {
            let answer = discord
                .put(&format!("/deliveries/{id}/outcome"), &form)
                .await;
            assert_eq!(answer.status, 404, "{}", answer.text());
        }
        assert_eq!(all, rows::all(&street.t).await);
    })
    .await;
}

async fn installations(street: &Street, platform: &str) -> Vec<String> {
    let part = street.server.slack(None);
    let path = format!("/installations?platform={platform}");
    let list: serde_json::Value = part.get(&path).await.json();
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

async fn deliveries_on_slack(street: &Street) -> Vec<Uuid> {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let found = entity::delivery::Entity::find()
        .filter(entity::delivery::Column::Platform.eq(entity::enums::Platform::Slack))
        .all(street.t.app.store.reader())
        .await;
    found.unwrap().iter().map(|row| row.id.0).collect()
}

/// Where an id comes from.
#[derive(Clone, Copy, Debug)]
enum Source {
    /// What it ought to be, of the other organization.
    Theirs,
    /// Something else of the other organization.
    TheirsOfAnotherKind,
    /// Something else of the own one.
    OwnOfAnotherKind,
    /// Nowhere.
    Nowhere,
}

/// An operation, who asks, and which id in which place of its path.
#[derive(Clone, Debug)]
struct Case {
    operation: Operation,
    asker: Index,
    source: Source,
    place: Index,
    kind: Index,
    id: Index,
    random: u128,
}

fn cases() -> impl Strategy<Value = Case> {
    let source = select(vec![
        Source::Theirs,
        Source::TheirsOfAnotherKind,
        Source::OwnOfAnotherKind,
        Source::Nowhere,
    ]);
    let operation = select(with_ids());
    let drawn = (
        any::<Index>(),
        any::<Index>(),
        any::<Index>(),
        any::<Index>(),
        any::<u128>(),
    );
    (operation, source, drawn).prop_map(|(operation, source, drawn)| {
        let (asker, place, kind, id, random) = drawn;
        Case {
            operation,
            asker,
            source,
            place,
            kind,
            id,
            random,
        }
    })
}

impl Case {
    /// The parameter that the id is tried in.
    fn place(&self) -> &str {
        let places = self.operation.in_path.iter();
        let places: Vec<&String> = places.filter(|name| is_id(name)).collect();
        self.place.get::<&String>(&places)
    }

    /// The path with the id; beside it stands what the asking organization holds.
    fn path(&self, street: &Street) -> String {
        let (place, id) = (self.place(), self.id(street));
        self.operation.path_with(|name| {
            if name == place {
                id.to_string()
            } else {
                street.own_in(name)
            }
        })
    }

    fn id(&self, street: &Street) -> Uuid {
        let wanted = kind_of(self.place());
        let another = |ids: &BTreeMap<&'static str, Vec<Uuid>>| {
            let others = ids
                .iter()
                .filter(|(kind, ids)| **kind != wanted && !ids.is_empty());
            let others: Vec<&Vec<Uuid>> = others.map(|(_, ids)| ids).collect();
            *self.id.get(self.kind.get::<&Vec<Uuid>>(&others).as_slice())
        };
        match self.source {
            Source::Theirs => *self.id.get(&street.other_ids[wanted]),
            Source::TheirsOfAnotherKind => another(&street.other_ids),
            Source::OwnOfAnotherKind => another(&street.own_ids),
            Source::Nowhere => Uuid::from_u128(self.random),
        }
    }
}

fn holds_for(case: &Case, street: &Street, askers: &[(&str, Session)], run: &Runtime) {
    let (who, session) = case.asker.get(askers);
    if case.operation.permission == "bot" && who.contains("part") {
        return;
    }
    let path = case.path(street);
    let answer = run.block_on(ask(session, &case.operation, &path));
    let asked = format!("{} {path} by {who}", case.operation.method);
    assert_eq!(
        answer.status,
        absent(&case.operation),
        "{asked}: {}",
        answer.text()
    );
    street.shows_nothing(&answer, &asked);
}

type Runtime = tokio::runtime::Runtime;

fn no_id_opens_anything(kind: Kind) {
    let run = Runtime::new().unwrap();
    let street = run.block_on(async { Street::of(TestApp::new(kind).await).await });
    let askers = run.block_on(street.askers());
    // A failure names what was drawn; no file of seeds lies beside this suite.
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::default()
    });
    let held = runner.run(&cases(), |case| {
        holds_for(&case, &street, &askers, &run);
        Ok(())
    });
    held.unwrap_or_else(|failure| panic!("{failure}"));
    run.block_on(street.nothing_moved());
}

#[test]
fn no_id_of_anywhere_opens_anything_on_sqlite() {
    no_id_opens_anything(Kind::Sqlite);
}

#[test]
fn no_id_of_anywhere_opens_anything_on_postgres() {
    no_id_opens_anything(Kind::Postgres);
}

#[tokio::test]
async fn two_organizations_fill_every_table() {
    on_both(async |t: TestApp| {
        let street = Street::of(t).await;
        let all = rows::all(&street.t).await;
        let empty: Vec<&String> = all
            .iter()
            .filter(|(_, rows)| rows.is_empty())
            .map(|(table, _)| table)
            .collect();
        // Answers under a key are compared in a test of their own; hits are late only where
        // the database was away; and neither such ranges nor tries of passwords name an organization.
        assert_eq!(
            empty,
            [
                "idempotency_record",
                "late_hit",
                "late_hits",
                "login_attempt"
            ]
        );
        for (kind, ids) in &street.other_ids {
            assert!(!ids.is_empty(), "no {kind}");
        }
    })
    .await;
}
