//! Bodies of the API: every type that an operation of the description takes, changed in every
//! way that leaves it JSON, and bytes that are none; then the operations themselves, on both
//! databases, with letters that one of them cannot store.

mod good;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use entity::enums::{DeliveryState, Platform, PostState, ProposalState, Role};
use entity::ids::PostId;
use proptest::prelude::*;
use reqwest::{Method, RequestBuilder};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use server::http::{openapi, wire};
use server::service::posts;
use server::test_support::server::{Answer, Session, TestServer};
use server::test_support::{TestApp, on_both, start};
use tests::estate::Estate;
use uuid::Uuid;

use super::mutation::{bytes, edits, json as changed};
use super::{many, timed};
use crate::described::{Operation, operations};

const WORDS: [&str; 20] = [
    "kind",
    "title",
    "url",
    "text",
    "variants",
    "network",
    "email",
    "name",
    "slug",
    "cron",
    "mode",
    "linkedin",
    "share",
    "2026-11-16T10:00:00Z",
    "0000-00-00T00:00:00Z",
    "+262142-12-31T23:59:60Z",
    "owner",
    "draft",
    "discord",
    "slack",
];

/// Reads a body as a type; gives what was read, written again.
type Reader = fn(&[u8]) -> Option<Value>;

macro_rules! readers {
    ($($module:ident::$name:ident),+ $(,)?) => {
        &[$((stringify!($name), there_and_back::<server_api::$module::$name>)),+]
    };
}

/// How a body of each type is read: one that is missing here fails the test by its name.
const READERS: &[(&str, Reader)] = readers![
    audience::MeasureAudience,
    broadcast::ResendUncertain,
    campaign::CreateCampaign,
    campaign::UpdateCampaign,
    connection::AddChannel,
    connection::SetChannelTopics,
    content_rules::UpdateContentRules,
    delivery::ClaimDeliveries,
    delivery::SettleDelivery,
    export::EraseMember,
    feed::CreateFeed,
    feed::UpdateFeed,
    identity::Introduction,
    identity::Pair,
    insight::SetRate,
    installation::NoteRemoval,
    lease::AcquireLease,
    library::SaveView,
    library::TakeSteps,
    me::UpdateMe,
    member::CreateMember,
    member::InvitePeople,
    member::SetRoles,
    member::SetTeam,
    member::UpdateMember,
    organization::Setup,
    post::ApprovePost,
    post::CreatePost,
    post::RejectPost,
    post::ReschedulePost,
    post::WithdrawPost,
    preview::Unfurl,
    proposal::DeclineProposal,
    proposal::Propose,
    retention::UpdateRetention,
    review::CreateReviewNote,
    session::ChangePassword,
    settings::UpdateSettings,
    share::ConfirmShare,
    team::CreateTeam,
    team::MoveTeam,
    team::RenameTeam,
    token::CreateApiToken,
    topic::CreateTopic,
    topic::MergeTopic,
    topic::UpdateTopic,
];

/// A good body of every type, beside how it is read.
static GOOD: LazyLock<Vec<(Reader, Value)>> = LazyLock::new(|| {
    READERS
        .iter()
        .map(|(name, reader)| (*reader, good::of(name)))
        .collect()
});

/// A good post.
static POST: LazyLock<Value> = LazyLock::new(|| good::of("CreatePost"));

/// What is read is written and read again as the same.
fn there_and_back<T: DeserializeOwned + Serialize>(body: &[u8]) -> Option<Value> {
    let read: T = timed(|| serde_json::from_slice(body)).ok()?;
    let written = serde_json::to_vec(&read).unwrap();
    let again: T = serde_json::from_slice(&written).unwrap();
    let value = serde_json::to_value(&again).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), value);
    Some(value)
}

/// The fields of a type that a body lacks, also of those within.
fn lacking(document: &Value, (schema, value): (&Value, &Value), path: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let target = document.pointer(name.trim_start_matches('#')).unwrap();
        return lacking(document, (target, value), path);
    }
    if let Some(kinds) = schema["oneOf"].as_array() {
        // Something or nothing; what is of one kind of several cannot be of all of them.
        let some: Vec<&Value> = kinds.iter().filter(|one| one["type"] != "null").collect();
        return match some.as_slice() {
            [only] => lacking(document, (only, value), path),
            _ => Vec::new(),
        };
    }
    let mut found = Vec::new();
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}/{name}");
        match value.get(name) {
            Some(value) => found.extend(lacking(document, (inner, value), &path)),
            None => found.push(path),
        }
    }
    for item in value.as_array().into_iter().flatten() {
        found.extend(lacking(document, (&schema["items"], item), path));
    }
    found
}

#[test]
fn every_type_that_an_operation_takes_is_read_from_a_body_with_all_of_its_fields() {
    let taken: BTreeSet<String> = operations()
        .into_iter()
        .filter_map(|one| one.schema)
        .collect();
    let known: BTreeSet<String> = READERS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(taken, known);
    let document = openapi::document();
    for (name, reader) in READERS {
        let body = good::of(name);
        let written = serde_json::to_vec(&body).unwrap();
        assert!(reader(&written).is_some(), "{name}: {body}");
        let schema = &document["components"]["schemas"][*name];
        assert!(schema.is_object(), "{name} is not described");
        let lacking = lacking(&document, (schema, &body), name);
        assert!(lacking.is_empty(), "no good body has {lacking:?}");
    }
}

#[test]
fn a_field_that_no_good_body_has_is_noticed() {
    let document = json!({ "components": { "schemas": {
        "Outer": { "properties": {
            "inner": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Inner" }] },
            "more": { "items": { "$ref": "#/components/schemas/Inner" } }
        } },
        "Inner": { "properties": { "text": { "type": "string" } } }
    } } });
    let schema = &document["components"]["schemas"]["Outer"];
    let of = |body: &Value| lacking(&document, (schema, body), "Outer");
    let whole = json!({ "inner": { "text": "" }, "more": [{ "text": "" }] });
    assert!(of(&whole).is_empty());
    assert_eq!(
        of(&json!({ "more": [{}] })),
        ["Outer/inner", "Outer/more/text"]
    );
    assert_eq!(
        of(&json!({ "inner": {}, "more": [] })),
        ["Outer/inner/text"]
    );
}

proptest! {
    // All types share them, some nine hundred each.
    #![proptest_config(ProptestConfig { cases: many().cases * 4, ..many() })]

    #[test]
    fn a_changed_body_is_read_whole_or_refused(
        place in 0..READERS.len(),
        (inner, outer) in (edits(), edits()),
        also_outside: bool,
    ) {
        let (reader, good) = &GOOD[place];
        let mut body = serde_json::to_vec(&changed(good, &inner, &WORDS)).unwrap();
        if also_outside {
            body = bytes(&body, &outer, &["{", "}", "[", "\"", ":", "\\u0000", "\\ud800", "1e999"]);
        }
        let _ = reader(&body);
    }
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn a_changed_post_is_checked_or_every_fault_names_its_field(edits in edits()) {
        let body = changed(&POST, &edits, &WORDS);
        if let Ok(form) = serde_json::from_value::<server_api::post::CreatePost>(body) {
            match timed(|| wire::posts::draft(form).checked(start())) {
                Ok(draft) => {
                    prop_assert!(draft.title.chars().count() <= 200 && !draft.title.is_empty());
                    prop_assert!(draft.url.is_none_or(|url| url.starts_with("http")));
                    prop_assert!(draft.image_url.is_none_or(|url| url.starts_with("http")));
                }
                Err(faults) => {
                    prop_assert!(!faults.is_empty());
                    for fault in faults {
                        prop_assert!(!fault.field.is_empty() && !fault.reason.is_empty());
                        prop_assert!(fault.reason.len() <= 300, "{}", fault.reason);
                    }
                }
            }
        }
    }
}

/// Puts `piece` into one text of `body` after the other.
fn poisoned(body: &Value, piece: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mut paths = Vec::new();
    texts(body, String::new(), &mut paths);
    for path in paths {
        let mut copy = body.clone();
        if let Some(Value::String(text)) = copy.pointer_mut(&path) {
            text.push_str(piece);
        }
        all.push(copy);
    }
    all
}

fn texts(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(path),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                texts(item, format!("{path}/{at}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                texts(field, format!("{path}/{name}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// An organization with one of everything, and everybody who may ask something of it.
struct House {
    ids: BTreeMap<&'static str, Vec<Uuid>>,
    posts: HashMap<PostState, PostId>,
    /// One that waits for its review while the other is approved.
    reviewed: PostId,
    member: Session,
    slack: Session,
    discord: Session,
    operator: Session,
    bot: Session,
    /// Ends with the house.
    _server: TestServer,
}

impl House {
    async fn of(t: &TestApp) -> Self {
        let server = t.server().await;
        let estate = Estate::build(t, &server, "alpha", 1).await;
        let owner = &estate.owner().actor;
        let mut in_state = HashMap::new();
        for state in [
            PostState::Draft,
            PostState::InReview,
            PostState::Scheduled,
            PostState::Live,
        ] {
            in_state.insert(state, estate.post(t, state).await);
        }
        let written = posts::create_post(&t.app, owner, estate.draft("Reviewed")).await;
        let reviewed = written.unwrap().post.id;
        let submitted = posts::submit_post(&t.app, owner, reviewed).await;
        submitted.unwrap();
        let mut ids = estate.ids(t).await;
        ids.insert("member", vec![estate.plain().actor.member.id.0]);
        ids.extend(waiting(t).await);
        let on_slack = format!("slack/{}/U0NEW", estate.workspace);
        let on_discord = format!("discord/{}/7", estate.guild);
        Self {
            member: server.member(&t.token(owner).await),
            slack: server.slack(Some(&on_slack)),
            discord: server.discord(Some(&on_discord)),
            operator: server.operator(None),
            bot: server.slack(None),
            _server: server,
            ids,
            posts: in_state,
            reviewed,
        }
    }

    /// Who may ask it.
    fn asker(&self, operation: &Operation) -> &Session {
        match operation.permission.as_str() {
            "bot" if operation.name == "pair_account" => &self.discord,
            "bot" if operation.is_of_an_account => &self.slack,
            "bot" => &self.bot,
            "operator" => &self.operator,
            _ => &self.member,
        }
    }

    fn first(&self, kind: &str) -> String {
        let ids = self.ids.get(kind);
        let first = ids.and_then(|ids| ids.first());
        first
            .unwrap_or_else(|| panic!("which {kind} is meant, this test has to know"))
            .to_string()
    }

    /// Its path to something that is there, a post in a state that the operation wants.
    fn path(&self, operation: &Operation) -> String {
        let state = match operation.name.as_str() {
            "approve_post" => PostState::InReview,
            "withdraw_post" | "confirm_share" | "resend_uncertain" => PostState::Live,
            "reschedule_post" => PostState::Scheduled,
            _ => PostState::Draft,
        };
        let is_reviewed = ["add_note", "reject_post"].contains(&&*operation.name);
        operation.path_with(|name| match name {
            "name" => "gateway".to_owned(),
            "post" if is_reviewed => self.reviewed.to_string(),
            "post" => self.posts[&state].to_string(),
            kind => self.first(kind),
        })
    }

    /// A good body that names what is there.
    fn body(&self, name: &str, operation: &Operation) -> Value {
        let mut body = good::of(name);
        self.fill(&mut body, "");
        // Of whatever version it is by now.
        if let Some(fields) = body.as_object_mut() {
            fields.remove("version");
        }
        if operation.name == "preview_feed" {
            // As of pages: see there.
            body["url"] = good::of("Unfurl")["url"].clone();
        }
        body
    }

    fn fill(&self, value: &mut Value, field: &str) {
        match value {
            Value::String(text) if text.as_str() == good::NOTHING => {
                *text = self.first(match field {
                    "teams" | "team_id" | "parent_id" => "team",
                    "channels" => "channel",
                    "topics" | "into" => "topic",
                    "post_id" => "post",
                    unknown => panic!("what {unknown} names, this test has to know"),
                });
            }
            Value::Array(items) => {
                for item in items {
                    self.fill(item, field);
                }
            }
            Value::Object(fields) => {
                for (name, inner) in fields {
                    self.fill(inner, name);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// What still waits to be settled, declined or given a channel, by the word of its parameter.
async fn waiting(t: &TestApp) -> [(&'static str, Vec<Uuid>); 3] {
    use entity::{delivery, installation, proposal};
    let db = t.app.store.reader();
    let claimed = delivery::Entity::find()
        .filter(delivery::Column::Platform.eq(Platform::Slack))
        .filter(delivery::Column::State.eq(DeliveryState::Claimed))
        .one(db)
        .await;
    let new = proposal::Entity::find()
        .filter(proposal::Column::State.eq(ProposalState::New))
        .one(db)
        .await;
    // Of a guild's channels Discord itself is asked.
    let workspace = installation::Entity::find()
        .filter(installation::Column::Platform.eq(Platform::Slack))
        .one(db)
        .await;
    [
        ("delivery", vec![claimed.unwrap().unwrap().id.0]),
        ("proposal", vec![new.unwrap().unwrap().id.0]),
        ("installation", vec![workspace.unwrap().unwrap().id.0]),
    ]
}

/// Letters that are least pleasant to a database.
fn pieces() -> [String; 3] {
    [
        "\0".to_owned(),
        "\u{10ffff}\u{202e}\r\n".to_owned(),
        "x".repeat(70_000),
    ]
}

/// Requests of an operation that takes a body: with each piece in each of its texts, then as it is
/// good, since what is done may be done only once.
fn requests(house: &House, operation: &Operation) -> Vec<(RequestBuilder, String)> {
    let Some(media_type) = &operation.body else {
        return Vec::new();
    };
    let path = house.path(operation);
    let request = || {
        let asker = house.asker(operation);
        asker.request(operation.method.clone(), &path)
    };
    let told = |body: &str| body.chars().take(400).collect::<String>();
    let mut all = Vec::new();
    if let Some(name) = &operation.schema {
        let good = house.body(name, operation);
        let pieces = pieces();
        let poisoned = pieces.iter().flat_map(|piece| poisoned(&good, piece));
        for body in poisoned.chain([good.clone()]) {
            all.push((request().json(&body), told(&body.to_string())));
        }
    } else {
        let good = operation.good_body().unwrap();
        for piece in pieces() {
            let file = format!("{}{piece}", good.as_str().unwrap());
            let request = request().header("content-type", media_type);
            all.push((request.body(file.clone()), told(&file)));
        }
    }
    all
}

#[tokio::test]
async fn no_letter_fails_the_database_whatever_takes_it() {
    on_both(async |t: TestApp| {
        let house = House::of(&t).await;
        let (mut asked, mut taken) = (0, BTreeSet::new());
        for operation in operations() {
            let what = format!("{} {}", operation.method, operation.path);
            for (request, body) in requests(&house, &operation) {
                let answer = Answer::to(request).await;
                assert!(
                    answer.status < 500 && ![404, 405].contains(&answer.status),
                    "{what}: {} {}\n{body}",
                    answer.status,
                    answer.text()
                );
                if answer.status >= 400 {
                    answer.problem();
                    assert!(answer.body.len() < 4_000, "{what}: {}", answer.text());
                } else {
                    taken.insert(what.clone());
                }
                asked += 1;
            }
        }
        // What is refused at the door says little about what lies behind it.
        assert!(taken.len() > 30, "{taken:#?}");
        assert!(asked > 400, "{asked}");
    })
    .await;
}

#[tokio::test]
async fn no_letter_in_a_path_a_query_or_a_header_fails_the_database() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let (server, token) = (t.server().await, t.token(&owner).await);
        let member = server.member(&token);
        for path in [
            "/members?email=%00@acme.example",
            "/members?cursor=%00&limit=x",
            "/posts?state=%00",
            "/posts?limit=99999999999999999999",
            "/posts/%00",
            "/feeds/%00/items",
            "/leaderboard?period=%00",
        ] {
            let answer = member.get(path).await;
            assert!(
                (400..500).contains(&answer.status),
                "{path}: {}",
                answer.status
            );
            answer.problem();
        }
        let body = json!({ "holder": "h", "seconds": 30 });
        for name in ["%00", "%ff", "a%0d%0ab", "..", &"x".repeat(5_000)] {
            let path = format!("/leases/{name}");
            let answer = server.slack(None).post(&path, &body).await;
            assert!(
                answer.status < 500,
                "{name}: {} {}",
                answer.status,
                answer.text()
            );
        }
        for (header, value) in [
            ("idempotency-key", "\u{ff}"),
            ("idempotency-key", &"k".repeat(300)),
            ("on-behalf-of", "email/\u{ff}@x"),
            ("if-match", "\"\u{ff}\""),
            ("accept-language", "\u{ff};q=x"),
        ] {
            let request = member
                .request(Method::POST, "/posts")
                .header(header, value.as_bytes())
                .json(&json!({ "title": "T" }));
            let answer = Answer::to(request).await;
            assert!(answer.status < 500, "{header}: {}", answer.text());
        }
    })
    .await;
}
