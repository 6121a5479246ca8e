//! Ids in bodies: wherever a body of the API may name something by its id, it names what the
//! other organization holds. Where that may be is read from the API's own description, and the
//! rest of the body is good.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use server::http::openapi;
use server::test_support::server::{Answer, Session};
use server::test_support::{Kind, TestApp};
use server_api::library::StepsTaken;
use server_api::preview::PostPreview;
use server_api::problem::Code;
use uuid::Uuid;

use super::{ENOUGH, NOWHERE, SOME, Street};
use crate::described::{Operation, operations};

/// What stands on a way for an entry of a list.
const ENTRY: &str = "*";
/// Steps of a way, at most: a type that holds itself would lead on for ever.
const DEEPEST: usize = 12;

/// The way on from one that may be none yet.
fn below(way: &str, step: &str) -> String {
    if way.is_empty() {
        step.to_owned()
    } else {
        format!("{way}.{step}")
    }
}

/// The ways to every id that a value of this type may hold.
fn ways(document: &Value, schema: &Value, way: &str) -> BTreeSet<String> {
    assert!(way.split('.').count() <= DEEPEST, "{way} leads round");
    if let Some(name) = schema["$ref"].as_str() {
        let target = document.pointer(name.trim_start_matches('#')).unwrap();
        return ways(document, target, way);
    }
    if schema["format"] == "uuid" {
        return BTreeSet::from([way.to_owned()]);
    }
    let mut found = BTreeSet::new();
    for kinds in ["oneOf", "anyOf", "allOf"] {
        for one in schema[kinds].as_array().into_iter().flatten() {
            found.extend(ways(document, one, way));
        }
    }
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        found.extend(ways(document, inner, &below(way, name)));
    }
    if let Some(items) = schema.get("items") {
        found.extend(ways(document, items, &below(way, ENTRY)));
    }
    for held in ["additionalProperties", "propertyNames"] {
        if let Some(inner) = schema.get(held) {
            let within = ways(document, inner, &below(way, held));
            assert!(within.is_empty(), "how to put an id at {within:?}?");
        }
    }
    found
}

/// The ways to every id that an operation's body may hold.
fn ways_of(document: &Value, operation: &Operation) -> BTreeSet<String> {
    let Some(name) = &operation.schema else {
        let is_json = operation.body.as_deref() == Some("application/json");
        assert!(!is_json, "the body of {} has no name", operation.name);
        return BTreeSet::new();
    };
    let schema = &document["components"]["schemas"][name.as_str()];
    assert!(schema.is_object(), "{name} is not described");
    ways(document, schema, "")
}

/// Which of an estate's ids the field at the end of a way takes.
fn kind_at(way: &str) -> &'static str {
    let field = way.split('.').rfind(|step| *step != ENTRY);
    match field.unwrap_or_default() {
        "teams" | "team_id" | "parent_id" => "team",
        "channels" => "channel",
        "topics" | "into" => "topic",
        "post_id" => "post",
        unknown => panic!("what a `{unknown}` in a body names, this test has to know"),
    }
}

/// Puts an id into a body, in a list behind one of the own house's. What is not there yet on the
/// way to it is made.
fn put(body: &mut Value, way: &[&str], (own, id): (Uuid, Uuid)) {
    match way {
        [] => *body = json!(id.to_string()),
        [ENTRY] => *body = json!([own.to_string(), id.to_string()]),
        [ENTRY, rest @ ..] => {
            if !body.is_array() {
                *body = json!([null]);
            }
            put(&mut body[0], rest, (own, id));
        }
        [name, rest @ ..] => {
            if !body.is_object() {
                *body = json!({});
            }
            put(&mut body[*name], rest, (own, id));
        }
    }
}

/// Whether a fault's field is the one to which a way leads.
fn is_at(field: &str, way: &str) -> bool {
    let (names, steps) = (field.split('.'), way.split('.'));
    names.clone().count() == steps.clone().count()
        && names.zip(steps).all(|(name, step)| {
            let is_place = step == ENTRY && name.parse::<usize>().is_ok();
            is_place || name == step
        })
}

/// Why the id to which a way leads was refused, and that nothing else was.
fn reason(operation: &Operation, (answer, way): (&Answer, &str), asked: &str) -> String {
    let text = answer.text();
    let faults: Vec<(String, String)> = match operation.name.as_str() {
        "take_steps" => {
            assert_eq!(answer.status, 200, "each for itself, {asked}: {text}");
            let told: StepsTaken = answer.json();
            let codes: Vec<Option<Code>> = told.results.iter().map(|one| one.code).collect();
            assert_eq!(codes, [Some(Code::NotFound)], "{asked}: {text}");
            let is_done = told.results.iter().any(|one| one.post.is_some());
            assert!(!is_done && told.undo.is_empty(), "{asked}: {text}");
            return "is not there".to_owned();
        }
        // It saves nothing, and tells what could not be saved.
        "preview_post" => {
            assert_eq!(answer.status, 200, "{asked}: {text}");
            let told: PostPreview = answer.json();
            let blocking = told.findings.into_iter().filter(|one| one.blocking);
            let faults = blocking.map(|one| (one.field, one.reason));
            // Such as that it is for too few, which is told beside.
            faults.filter(|(field, _)| is_at(field, way)).collect()
        }
        _ => {
            let is_refused = (400..500).contains(&answer.status);
            assert!(is_refused, "{asked}: {} {text}", answer.status);
            let faults = answer.problem().fields.into_iter();
            faults.map(|one| (one.field, one.reason)).collect()
        }
    };
    let [(field, reason)] = faults.as_slice() else {
        panic!("{asked} is refused for something else, too: {text}");
    };
    assert!(is_at(field, way), "{asked} is refused for {field}: {text}");
    reason.clone()
}

impl Street {
    /// Asks with ids of the other organization, and of nothing, in one place of a body: all are
    /// refused alike.
    async fn name_theirs(
        &self,
        (who, session): (&str, &Session),
        (operation, way): (&Operation, &str),
    ) {
        let path = operation.path_with(|name| self.own_in(name));
        let kind = kind_at(way);
        let steps: Vec<&str> = way.split('.').collect();
        let enough = if who == "a token" { ENOUGH } else { SOME };
        let theirs = self.other_ids[kind].iter().copied().take(enough);
        let mut reasons = BTreeSet::new();
        for id in theirs.chain([NOWHERE]) {
            let mut body = operation.good_body().unwrap();
            put(&mut body, &steps, (self.own_ids[kind][0], id));
            let request = session.request(operation.method.clone(), &path);
            let mut answer = Answer::to(request.json(&body)).await;
            let asked = format!("{} {path} by {who} with {body}", operation.method);
            reasons.insert(reason(operation, (&answer, way), &asked));
            if operation.name == "take_steps" {
                // Each step is told with the post that it names.
                answer.body = answer.text().replace(&id.to_string(), "").into_bytes();
            }
            self.shows_nothing(&answer, &asked);
        }
        assert_eq!(reasons.len(), 1, "{} tells them apart", operation.name);
    }
}

async fn is_taken_in_no_body(kind: Kind) {
    let street = Street::of(TestApp::new(kind).await).await;
    let document = openapi::document();
    for (who, session) in street.askers().await {
        for operation in operations() {
            for way in ways_of(&document, &operation) {
                let place = (&operation, way.as_str());
                street.name_theirs((who, &session), place).await;
            }
        }
    }
    street.nothing_moved().await;
    street.names_nothing().await;
}

#[tokio::test]
async fn what_another_organization_holds_is_taken_in_no_body_on_sqlite() {
    is_taken_in_no_body(Kind::Sqlite).await;
}

#[tokio::test]
async fn what_another_organization_holds_is_taken_in_no_body_on_postgres() {
    is_taken_in_no_body(Kind::Postgres).await;
}

#[test]
fn ids_are_looked_for_at_each_place_where_bodies_may_name_one() {
    let document = openapi::document();
    let all = operations();
    let found = all.iter().flat_map(|one| ways_of(&document, one));
    let found: BTreeSet<String> = found.collect();
    let expected = [
        "audience.channels.*",
        "audience.teams.*",
        "into",
        "parent_id",
        "steps.*.post_id",
        "team_id",
        "topics.*",
    ];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn an_id_is_found_and_put_wherever_it_may_stand() {
    let team = json!({ "$ref": "#/components/schemas/TeamId" });
    let document = json!({ "components": { "schemas": {
        "TeamId": { "type": "string", "format": "uuid" },
        "Rule": { "properties": { "teams": { "items": team }, "name": { "type": "string" } } },
        "Outer": { "properties": {
            "rule": { "oneOf": [{ "$ref": "#/components/schemas/Rule" }, { "type": "null" }] },
            "steps": { "items": { "allOf": [{ "properties": { "post_id": team } }] } },
            "parent_id": { "oneOf": [team, { "type": "null" }] }
        } }
    } } });
    let schema = &document["components"]["schemas"]["Outer"];
    let found = ways(&document, schema, "");
    let mut body = json!({ "name": "Tea", "steps": [{ "kind": "archive" }] });
    for way in &found {
        let steps: Vec<&str> = way.split('.').collect();
        put(&mut body, &steps, (Uuid::nil(), NOWHERE));
    }
    let found: Vec<String> = found.into_iter().collect();
    assert_eq!(found, ["parent_id", "rule.teams.*", "steps.*.post_id"]);
    let (own, id) = (Uuid::nil().to_string(), NOWHERE.to_string());
    let expected = json!({
        "name": "Tea", "parent_id": id, "rule": { "teams": [own, id] },
        "steps": [{ "kind": "archive", "post_id": id }]
    });
    assert_eq!(body, expected);
    assert!(is_at("rule.teams.1", "rule.teams.*") && !is_at("rule.name", "rule.teams.*"));
}
