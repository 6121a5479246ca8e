//! Former versions of a post: each save keeps what was there, and any of them can be brought back.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::Permission;
use entity::ids::{MemberId, PostId, PostVersionId};
use entity::json::PostContent;
use entity::{post, post_version};
use serde::Serialize;
use serde_json::Value;

use super::{PostDetail, PostError, Saving, detail, draft_of, save, show_post};
use crate::app::App;
use crate::domain::difference::{self, Piece};
use crate::domain::post::{Draft, writers_of};
use crate::service::actor::Actor;
use crate::store::{StoreError, Txn, members, post_versions};

/// Former versions that are kept of a post.
pub const KEPT: u64 = 50;
/// Minutes within which what was saved while somebody wrote takes the place of what was before.
const SITTING_MINUTES: i64 = 10;

/// A version of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub version: i64,
    /// Who saved it so; none for the system.
    pub author_id: Option<MemberId>,
    /// Whether it was saved by itself while somebody wrote.
    pub autosaved: bool,
    /// When it was saved so.
    pub saved_at: DateTime<Utc>,
    /// Whether it is what the post says now.
    pub is_current: bool,
}

/// A former version beside what the post says now.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The version.
    pub version: Version,
    /// What it said.
    pub content: Draft,
    /// The fields that differ, and how.
    pub differences: Vec<(String, Vec<Piece>)>,
}

/// Keeps what the post says before `draft` takes its place, unless that says the same or its
/// writer is still at it; says whether it did.
pub(super) async fn keep(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    (former, draft, saving): (&post::Model, &Draft, Saving),
) -> Result<bool, StoreError> {
    let sitting = TimeDelta::minutes(SITTING_MINUTES);
    let is_same_sitting = writer(former) == Some(actor.member.id)
        && (former.autosaved_at).is_some_and(|at| app.now() - at < sitting);
    if is_same_sitting && saving != Saving::Restored {
        return Ok(false);
    }
    let there = draft_of(&detail(&**txn, former.clone()).await?);
    if there == *draft {
        return Ok(false);
    }
    let row = post_version::Model {
        id: PostVersionId(app.uuid()),
        organization_id: former.organization_id,
        post_id: former.id,
        version: former.version,
        author_id: writer(former),
        autosaved: former.autosaved_at.is_some(),
        content: PostContent::from(there),
        saved_at: former.updated_at,
    };
    post_versions::insert_unless_there(txn, row).await?;
    post_versions::forget_beyond(txn, former.id, KEPT).await?;
    Ok(true)
}

/// Who wrote what a post says.
fn writer(post: &post::Model) -> Option<MemberId> {
    post.written_by.or(post.author_id)
}

/// Everybody who wrote something of a post, as far back as versions are kept.
pub(super) async fn writers(txn: &Txn, post: &post::Model) -> Result<Vec<MemberId>, StoreError> {
    let mut writers = post_versions::authors(&**txn, post.organization_id, post.id).await?;
    writers.extend(writers_of(post));
    Ok(writers)
}

/// What a post says now and said before, the newest first.
pub async fn list_versions(
    app: &App,
    actor: &Actor,
    id: PostId,
) -> Result<Vec<Version>, PostError> {
    let current = show_post(app, actor, id).await?.post;
    let db = app.store.reader();
    let former = post_versions::list(db, actor.organization.id, id, KEPT).await?;
    let current = Version {
        version: current.version,
        author_id: writer(&current),
        autosaved: current.autosaved_at.is_some(),
        saved_at: current.updated_at,
        is_current: true,
    };
    Ok(std::iter::once(current)
        .chain(former.iter().map(version))
        .collect())
}

/// A former version, and how what the post says now differs from it.
pub async fn show_version(
    app: &App,
    actor: &Actor,
    id: PostId,
    number: i64,
) -> Result<Compared, PostError> {
    actor.require(Permission::ReadPosts)?;
    let current = show_post(app, actor, id).await?;
    let former = post_versions::find(app.store.reader(), actor.organization.id, id, number)
        .await?
        .ok_or(PostError::NotFound)?;
    let version = version(&former);
    let content = Draft::from(former.content);
    let differences = differences(&content, &draft_of(&current));
    Ok(Compared {
        version,
        content,
        differences,
    })
}

/// Lets a draft say again what it said. With `expected`, only if it still has that version.
pub async fn restore_version(
    app: &App,
    actor: &Actor,
    id: PostId,
    number: i64,
    expected: Option<i64>,
) -> Result<PostDetail, PostError> {
    actor.require(Permission::WritePosts)?;
    let former = post_versions::find(app.store.reader(), actor.organization.id, id, number)
        .await?
        .ok_or(PostError::NotFound)?;
    // It may have been unfinished then, and may be so again.
    let content = Draft::from(former.content).unfinished();
    let content = content.map_err(PostError::Invalid)?;
    save(app, actor, id, expected, (content, Saving::Restored)).await
}

/// Names of those who saved versions; who is not of the organization has none.
pub async fn names_of(
    app: &App,
    actor: &Actor,
    ids: &[MemberId],
) -> Result<HashMap<MemberId, String>, PostError> {
    actor.require(Permission::ReadPosts)?;
    let mut names = HashMap::new();
    for id in ids {
        if names.contains_key(id) {
            continue;
        }
        let found = members::find(app.store.reader(), actor.organization.id, *id).await?;
        names.extend(found.map(|member| (*id, member.display_name)));
    }
    Ok(names)
}

fn version(row: &post_version::Model) -> Version {
    Version {
        version: row.version,
        author_id: row.author_id,
        autosaved: row.autosaved,
        saved_at: row.saved_at,
        is_current: false,
    }
}

fn differences(former: &Draft, later: &Draft) -> Vec<(String, Vec<Piece>)> {
    let (former, later) = (texts(former), texts(later));
    let names = former.iter().chain(&later).map(|(name, _)| name);
    let mut told: Vec<&String> = Vec::new();
    for name in names {
        if !told.contains(&name) {
            told.push(name);
        }
    }
    let text = |texts: &[(String, String)], name: &str| {
        let found = texts.iter().find(|(one, _)| one == name);
        found.map(|(_, text)| text.clone()).unwrap_or_default()
    };
    told.into_iter()
        .filter_map(|name| {
            let (old, new) = (text(&former, name), text(&later, name));
            (old != new).then(|| (name.clone(), difference::between(&old, &new)))
        })
        .collect()
}

/// What a draft says, field by field: what people read, then to whom, when and how it goes.
fn texts(draft: &Draft) -> Vec<(String, String)> {
    let words = |text: &Option<String>| text.clone().unwrap_or_default();
    let time = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339()).unwrap_or_default();
    let mut texts = vec![
        ("title".to_owned(), draft.title.clone()),
        ("summary".to_owned(), draft.summary.clone()),
        ("url".to_owned(), words(&draft.url)),
        ("image_url".to_owned(), words(&draft.image_url)),
        ("image_alt".to_owned(), words(&draft.image_alt)),
        ("campaign".to_owned(), words(&draft.campaign)),
        ("topics".to_owned(), draft.topics.join(", ")),
        ("disclosure".to_owned(), words(&draft.disclosure)),
    ];
    let wordings = draft.variants.iter().enumerate();
    texts.extend(wordings.map(|(at, one)| (format!("variants.{at}.text"), one.text.clone())));
    let networks = draft.variants.iter().enumerate();
    texts.extend(networks.map(|(at, one)| (format!("variants.{at}.network"), word(&one.network))));
    let audience = draft.audience.as_ref();
    let audience = audience.and_then(|audience| serde_json::to_string(audience).ok());
    texts.extend(
        [
            ("kind", word(&draft.kind)),
            ("language", word(&draft.language)),
            ("audience", audience.unwrap_or_default()),
            ("edit_mode", word(&draft.edit_mode)),
            ("priority", word(&draft.priority)),
            ("featured", draft.featured.to_string()),
            ("embargo_until", time(draft.embargo_until)),
            ("publish_at", time(draft.publish_at)),
            ("expires_at", time(draft.expires_at)),
        ]
        .map(|(name, text)| (name.to_owned(), text)),
    );
    texts
}

/// The word for a choice; empty where none was made.
fn word(choice: &impl Serialize) -> String {
    let word = serde_json::to_value(choice).ok();
    let word = word.as_ref().and_then(Value::as_str);
    word.unwrap_or_default().to_owned()
}
