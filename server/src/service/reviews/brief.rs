//! What a reviewer reads beside a post: what checks find, what was said about it, and what
//! changed since it was last sent back.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::ReviewStep;
use entity::ids::{MemberId, PostId};
use entity::review_note;

use super::names;
use crate::app::App;
use crate::domain::check::Finding;
use crate::domain::page::Paging;
use crate::service::actor::Actor;
use crate::service::posts::{
    Compared, PostError, Version, check_post, find_faults, list_notes, list_versions, show_version,
};

/// Steps and remarks that are shown: the latest.
const SHOWN: u64 = 50;

/// What a reviewer reads beside a post.
#[derive(Clone, Debug)]
pub struct Brief {
    /// What stands in the way, or ought to be looked at.
    pub findings: Vec<Finding>,
    /// What was said and done in its reviews, oldest first.
    pub said: Vec<Said>,
    /// What it said before, the newest first, each with who saved it so.
    pub versions: Vec<(Version, Option<String>)>,
    /// What changed since one of them.
    pub compared: Option<Compared>,
}

/// A step or a remark in a post's reviews.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Which step.
    pub step: ReviewStep,
    /// What was said with it.
    pub text: Option<String>,
    /// Who took it; none for the system, or for somebody who is gone.
    pub who: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Whether a post's address is asked whether it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// It is: that takes as long as its server does.
    Asked,
    /// It is left alone.
    Left,
}

/// What was said about a post and done in its reviews, oldest first.
pub async fn said(app: &App, actor: &Actor, id: PostId) -> Result<Vec<Said>, PostError> {
    let notes = notes(app, actor, id).await?;
    let people: Vec<MemberId> = notes.iter().filter_map(|note| note.author_id).collect();
    let names = names(app, actor, &people).await?;
    Ok(told(notes, &names))
}

async fn notes(app: &App, actor: &Actor, id: PostId) -> Result<Vec<review_note::Model>, PostError> {
    let paging = Paging {
        after: None,
        limit: SHOWN,
    };
    Ok(list_notes(app, actor, id, paging).await?.items)
}

fn told(notes: Vec<review_note::Model>, names: &HashMap<MemberId, String>) -> Vec<Said> {
    let name = |id: Option<MemberId>| id.and_then(|id| names.get(&id).cloned());
    let said = notes.into_iter().rev().map(|note| Said {
        step: note.step,
        who: name(note.author_id),
        text: note.text,
        at: note.created_at,
    });
    said.collect()
}

/// What is to be read beside a post. It is compared with `version`, else with what it said when
/// it was last sent back, else with what was there before its last change.
pub async fn brief(
    app: &App,
    actor: &Actor,
    id: PostId,
    (version, links): (Option<i64>, Links),
) -> Result<Brief, PostError> {
    let findings = match links {
        Links::Asked => check_post(app, actor, id).await?,
        Links::Left => find_faults(app, actor, id).await?,
    };
    let notes = notes(app, actor, id).await?;
    let mut versions = list_versions(app, actor, id).await?;
    versions.retain(|one| !one.is_current);
    let chosen = version.or_else(|| usual(&versions, &notes));
    let compared = match chosen {
        Some(number) => Some(show_version(app, actor, id, number).await?),
        None => None,
    };
    let people: Vec<MemberId> = (notes.iter().filter_map(|note| note.author_id))
        .chain(versions.iter().filter_map(|version| version.author_id))
        .collect();
    let names = names(app, actor, &people).await?;
    let name = |id: Option<MemberId>| id.and_then(|id| names.get(&id).cloned());
    Ok(Brief {
        findings,
        said: told(notes, &names),
        versions: versions
            .into_iter()
            .map(|version| {
                let who = name(version.author_id);
                (version, who)
            })
            .collect(),
        compared,
    })
}

/// The version that a reviewer wants to compare with: what they, or somebody else, sent back.
fn usual(versions: &[Version], notes: &[review_note::Model]) -> Option<i64> {
    let mut sent_back = notes
        .iter()
        .filter(|note| note.step == ReviewStep::Rejected);
    let seen = sent_back.next().and_then(|note| {
        let mut before = versions.iter();
        before.find(|version| version.saved_at <= note.created_at)
    });
    seen.or(versions.first()).map(|version| version.version)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use entity::enums::Role;

    use super::*;
    use crate::domain::check::Kind;
    use crate::domain::post::Draft;
    use crate::service::posts::{add_note, create_post, reject_post, submit_post, update_post};
    use crate::test_support::content::draft;
    use crate::test_support::{TestApp, on_both};

    #[tokio::test]
    async fn a_post_is_compared_with_what_was_sent_back() {
        on_both(async |t: TestApp| {
            let owner = t.actor(&[Role::Owner]).await;
            let later = || t.clock.advance(TimeDelta::minutes(20));
            let post = create_post(&t.app, &owner, draft("First")).await.unwrap();
            let id = post.post.id;
            let look = async |version| brief(&t.app, &owner, id, (version, Links::Left)).await;
            let fresh = look(None).await.unwrap();
            assert!(fresh.compared.is_none() && fresh.versions.is_empty());

            later();
            submit_post(&t.app, &owner, id).await.unwrap();
            later();
            reject_post(&t.app, &owner, id, "Shorter.", None)
                .await
                .unwrap();
            for title in ["Second", "Third"] {
                later();
                let changed = Draft {
                    url: draft("First").url,
                    ..draft(title)
                };
                update_post(&t.app, &owner, id, None, changed)
                    .await
                    .unwrap();
            }
            later();
            add_note(&t.app, &owner, id, "Now it is.").await.unwrap();
            let seen = look(None).await.unwrap();
            assert_eq!(seen.versions.len(), 2);
            let compared = seen.compared.unwrap();
            assert_eq!(compared.content.title, "First", "it was sent back so");
            let fields: Vec<&String> = compared.differences.iter().map(|(name, _)| name).collect();
            assert_eq!(fields, ["title"]);
            let said: Vec<_> = seen.said.iter().map(|one| one.text.as_deref()).collect();
            assert_eq!(said, [None, Some("Shorter."), Some("Now it is.")]);
            assert_eq!(seen.said[0].who.as_ref(), Some(&owner.member.display_name));

            let (newest, who) = seen.versions[0].clone();
            assert_eq!(who.as_ref(), Some(&owner.member.display_name));
            let seen = look(Some(newest.version)).await.unwrap();
            assert_eq!(seen.compared.unwrap().content.title, "Second");
            let refused = look(Some(9_999)).await;
            assert!(matches!(refused, Err(PostError::NotFound)));
        })
        .await;
    }

    #[tokio::test]
    async fn what_checks_find_is_told_and_another_organization_is_told_nothing() {
        on_both(async |t: TestApp| {
            let owner = t.actor(&[Role::Owner]).await;
            let twin = || Draft {
                url: Some("https://acme.example/twice".to_owned()),
                ..draft("Twice")
            };
            create_post(&t.app, &owner, twin()).await.unwrap();
            let post = create_post(&t.app, &owner, twin()).await.unwrap().post;
            let asked = (None, Links::Left);
            let seen = brief(&t.app, &owner, post.id, asked).await.unwrap();
            let kinds: Vec<Kind> = seen.findings.iter().map(|one| one.kind).collect();
            assert_eq!(kinds, [Kind::Duplicate]);
            let stranger = t.actor(&[Role::Owner]).await;
            let refused = brief(&t.app, &stranger, post.id, asked).await;
            assert!(matches!(refused, Err(PostError::NotFound)));
        })
        .await;
    }
}
