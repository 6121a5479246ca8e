//! What an organization demands of its posts: words that none may contain, who speaks, who
//! approves, and how long a review may wait.

use entity::enums::Permission;
use entity::json::Phrases;
use entity::{content_rules, post};
use serde_json::{Map, Value, json};
use thiserror::Error;

use super::actor::{Actor, Forbidden, LookError};
use super::audit;
use crate::app::App;
use crate::domain::blocked;
use crate::domain::check::Demands;
use crate::domain::fault::Fault;
use crate::domain::post::DISCLOSURE_LIMIT;
use crate::store::{StoreError, Txn, content_rules as rows, organizations};

/// Hours that a review may wait, at most: a month.
const REVIEW_HOURS: i64 = 24 * 31;

/// What is demanded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Words and phrases that no post may contain.
    pub blocked: Vec<String>,
    /// Whether every post says who speaks.
    pub disclosure_required: bool,
    /// How, where a post has no words of its own for it.
    pub disclosure: Option<String>,
    /// Hours that a review may wait; 0 for as long as it takes.
    pub review_hours: i64,
    /// Whether the approver must be somebody other than the author.
    pub second_pair_of_eyes: bool,
}

/// The rules and their version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The rules.
    pub rules: Rules,
    /// Raised by each change; 0 where nothing was written down yet.
    pub version: i64,
}

/// Why the rules do not change.
#[derive(Debug, Error)]
pub enum RulesError {
    /// The actor may not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// What was sent is not acceptable.
    #[error("fields are invalid")]
    Invalid(Vec<Fault>),
    /// They were changed since they were read.
    #[error("the rules were changed meanwhile")]
    VersionMismatch,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// The organization's rules.
pub async fn show_rules(app: &App, actor: &Actor) -> Result<Standing, RulesError> {
    actor.require(Permission::ReadPosts)?;
    let row = rows::find(app.store.reader(), actor.organization.id).await?;
    Ok(standing(
        row,
        actor.organization.settings.second_pair_of_eyes,
    ))
}

/// What is said near a post's claim: its own words, or the organization's where it demands some.
pub async fn disclosure_of(
    app: &App,
    actor: &Actor,
    post: &post::Model,
) -> Result<Option<String>, LookError> {
    actor.require(Permission::ReadPosts)?;
    let row = rows::find(app.store.reader(), actor.organization.id).await?;
    let demands = Demands::of(row.as_ref());
    let words = demands.disclosure_of(post.disclosure.as_deref());
    Ok(words.map(str::to_owned))
}

/// Replaces them. With `expected`, only if they still have that version, or stand as wanted
/// already: the same once more is harmless.
pub async fn update_rules(
    app: &App,
    actor: &Actor,
    expected: Option<i64>,
    rules: Rules,
) -> Result<Standing, RulesError> {
    actor.require(Permission::ManageOrganization)?;
    let rules = checked(rules).map_err(RulesError::Invalid)?;
    let txn = app.store.begin().await?;
    let organization = actor.organization.id;
    let there = rows::find_to_change(&txn, organization).await?;
    let version = there.as_ref().map_or(0, |row| row.version);
    let four_eyes = actor.organization.settings.second_pair_of_eyes;
    let before = standing(there, four_eyes).rules;
    if before == rules {
        return Ok(Standing { rules, version });
    }
    if expected.is_some_and(|expected| expected != version) {
        return Err(RulesError::VersionMismatch);
    }
    let row = content_rules::Model {
        organization_id: organization,
        blocked: Phrases(rules.blocked.clone()),
        disclosure_required: rules.disclosure_required,
        disclosure: rules.disclosure.clone(),
        review_hours: rules.review_hours,
        version: version + 1,
        updated_at: app.now(),
    };
    rows::put(&txn, row.clone()).await?;
    let four_eyes = rules.second_pair_of_eyes;
    demand_second_pair(&txn, app, actor, four_eyes).await?;
    let event = audit::Event {
        action: "content_rules.update",
        subject: format!("organization:{organization}"),
        detail: changed(&before, &rules, row.version),
    };
    audit::record(&txn, app, actor, event).await?;
    txn.commit().await?;
    Ok(standing(Some(row), four_eyes))
}

/// What changed, from what to what; of words only those that came and went.
fn changed(before: &Rules, after: &Rules, version: i64) -> Value {
    let mut detail = Map::new();
    detail.insert("version".to_owned(), version.into());
    detail.insert("blocked".to_owned(), after.blocked.len().into());
    let without = |all: &[String], others: &[String]| -> Vec<String> {
        let left = all.iter().filter(|word| !others.contains(word));
        left.cloned().collect()
    };
    for (name, words) in [
        ("blocked_since", without(&after.blocked, &before.blocked)),
        ("allowed_since", without(&before.blocked, &after.blocked)),
    ] {
        if !words.is_empty() {
            detail.insert(name.to_owned(), json!(words));
        }
    }
    for (name, from, to) in [
        (
            "disclosure_required",
            json!(before.disclosure_required),
            json!(after.disclosure_required),
        ),
        (
            "disclosure",
            json!(before.disclosure),
            json!(after.disclosure),
        ),
        (
            "review_hours",
            json!(before.review_hours),
            json!(after.review_hours),
        ),
        (
            "second_pair_of_eyes",
            json!(before.second_pair_of_eyes),
            json!(after.second_pair_of_eyes),
        ),
    ] {
        if from != to {
            detail.insert(name.to_owned(), json!({ "from": from, "to": to }));
        }
    }
    Value::Object(detail)
}

async fn demand_second_pair(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    demanded: bool,
) -> Result<(), StoreError> {
    let Some(mut row) = organizations::find_to_change(txn, actor.organization.id).await? else {
        return Ok(());
    };
    if row.settings.second_pair_of_eyes != demanded {
        row.settings.second_pair_of_eyes = demanded;
        row.updated_at = app.now();
        organizations::update(&**txn, row).await?;
    }
    Ok(())
}

fn standing(row: Option<content_rules::Model>, second_pair_of_eyes: bool) -> Standing {
    let version = row.as_ref().map_or(0, |row| row.version);
    let rules = row.map_or_else(Rules::default, |row| Rules {
        blocked: row.blocked.0,
        disclosure_required: row.disclosure_required,
        disclosure: row.disclosure,
        review_hours: row.review_hours,
        second_pair_of_eyes,
    });
    Standing {
        rules: Rules {
            second_pair_of_eyes,
            ..rules
        },
        version,
    }
}

fn checked(rules: Rules) -> Result<Rules, Vec<Fault>> {
    let mut faults = Vec::new();
    let blocked = blocked::check(&rules.blocked).unwrap_or_else(|found| {
        faults.extend(found);
        Vec::new()
    });
    let disclosure = rules
        .disclosure
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty());
    let length = disclosure.as_ref().map_or(0, |text| text.chars().count());
    if length > DISCLOSURE_LIMIT {
        let reason = format!("has {length} characters, at most {DISCLOSURE_LIMIT} are allowed");
        faults.push(Fault::new("disclosure", reason));
    }
    if !(0..=REVIEW_HOURS).contains(&rules.review_hours) {
        faults.push(Fault::new(
            "review_hours",
            format!("is 0 to {REVIEW_HOURS}"),
        ));
    }
    if faults.is_empty() {
        Ok(Rules {
            blocked,
            disclosure,
            ..rules
        })
    } else {
        Err(faults)
    }
}
