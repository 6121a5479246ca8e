//! New posts whose page chose their id: sent twice, because an answer was lost or a button was
//! pressed twice, it is one post.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::Permission;
use entity::ids::PostId;

use super::{PostDetail, PostError, Saving, begin, save};
use crate::app::App;
use crate::domain::post::Draft;
use crate::service::actor::Actor;
use crate::store::{StoreError, posts};

/// How long a page may be open before its post is saved: posts are listed by their ids, and one
/// with another time in it would stand in a wrong place.
const OPEN: TimeDelta = TimeDelta::days(7);
/// How far a browser's page may be ahead of us, which it never is: pages are made here.
const AHEAD: TimeDelta = TimeDelta::minutes(1);

/// Writes a draft under the id that its page chose; said again, it is saved again.
pub async fn create_post_once(
    app: &App,
    actor: &Actor,
    wanted: Option<PostId>,
    draft: Draft,
) -> Result<PostDetail, PostError> {
    actor.require(Permission::WritePosts)?;
    let draft = draft.checked(app.now()).map_err(PostError::Invalid)?;
    once(app, actor, wanted, (draft, Saving::Whole)).await
}

/// The same of a draft that is only begun.
pub async fn begin_post_once(
    app: &App,
    actor: &Actor,
    wanted: Option<PostId>,
    draft: Draft,
) -> Result<PostDetail, PostError> {
    actor.require(Permission::WritePosts)?;
    let draft = draft.unfinished().map_err(PostError::Invalid)?;
    once(app, actor, wanted, (draft, Saving::Unfinished)).await
}

async fn once(
    app: &App,
    actor: &Actor,
    wanted: Option<PostId>,
    (draft, saving): (Draft, Saving),
) -> Result<PostDetail, PostError> {
    let Some(id) = wanted.filter(|id| is_of_now(*id, app.now())) else {
        let id = PostId(app.uuid());
        return begin(app, actor, id, (draft, saving)).await;
    };
    let begun = begin(app, actor, id, (draft.clone(), saving)).await;
    match begun {
        Err(PostError::Internal(StoreError::Conflict)) => {}
        other => return other,
    }
    let there = posts::find(app.store.reader(), actor.organization.id, id).await?;
    if there.is_some() {
        return save(app, actor, id, None, (draft, saving)).await;
    }
    // Somebody else's bears it, which nobody is told.
    let id = PostId(app.uuid());
    begin(app, actor, id, (draft, saving)).await
}

/// Whether an id was made for a page of late.
fn is_of_now(id: PostId, now: DateTime<Utc>) -> bool {
    let time = id.0.get_timestamp().filter(|_| id.0.get_version_num() == 7);
    let made = time.and_then(|time| {
        let (seconds, nanos) = time.to_unix();
        DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)
    });
    made.is_some_and(|made| now - OPEN <= made && made <= now + AHEAD)
}

#[cfg(test)]
mod tests {
    use entity::enums::Role;

    use super::*;
    use crate::domain::page::Paging;
    use crate::service::posts::{Library, list_posts};
    use crate::test_support::content::draft;
    use crate::test_support::{TestApp, on_both};

    #[tokio::test]
    async fn a_new_post_that_is_sent_twice_is_one_post() {
        on_both(async |t: TestApp| {
            let owner = t.actor(&[Role::Owner]).await;
            let id = Some(PostId(t.app.uuid()));
            let first = begin_post_once(&t.app, &owner, id, draft("Green")).await;
            let again = create_post_once(&t.app, &owner, id, draft("Black")).await;
            let (first, again) = (first.unwrap(), again.unwrap());
            assert_eq!((first.post.id, Some(first.post.id)), (again.post.id, id));
            assert_eq!(again.post.title, "Black");
            let paging = Paging {
                after: None,
                limit: 10,
            };
            let posts = list_posts(&t.app, &owner, &Library::default(), paging).await;
            assert_eq!(posts.unwrap().items.len(), 1);
        })
        .await;
    }

    #[tokio::test]
    async fn an_id_that_is_taken_elsewhere_or_made_up_is_not_used() {
        on_both(async |t: TestApp| {
            let (owner, other) = (t.actor(&[Role::Owner]).await, t.actor(&[Role::Owner]).await);
            let id = Some(PostId(t.app.uuid()));
            create_post_once(&t.app, &other, id, draft("Theirs"))
                .await
                .unwrap();
            for wanted in [id, Some(PostId(uuid::Uuid::max())), None] {
                let made = create_post_once(&t.app, &owner, wanted, draft("Ours")).await;
                assert_ne!(Some(made.unwrap().post.id), wanted);
            }
        })
        .await;
    }
}
