//! What waits for the comms team, and what became of the rest.

use std::collections::HashMap;

use entity::enums::{Permission, ProposalState};
use entity::ids::{MemberId, PostId, ProposalId};
use entity::proposal;

use super::{Detail, ProposalError};
use crate::app::App;
use crate::domain::page::{Paging, Slice};
use crate::service::actor::{Actor, LookError};
use crate::store::{Reader, StoreError, audit_events, posts, proposals};

/// Proposals of one look at the queue.
const SHOWN: u64 = 100;

/// Those in a state, the newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    state: ProposalState,
    paging: Paging,
) -> Result<Slice<Detail>, LookError> {
    actor.require(Permission::WritePosts)?;
    let db = app.store.reader();
    let found = proposals::list(db, actor.organization.id, state, paging).await?;
    Ok(Slice {
        items: details(db, actor, found.items).await?,
        next: found.next,
    })
}

/// Those that wait, the oldest first: the first hundred.
pub async fn waiting(app: &App, actor: &Actor) -> Result<Vec<Detail>, LookError> {
    actor.require(Permission::WritePosts)?;
    let db = app.store.reader();
    let found = proposals::waiting(db, actor.organization.id, SHOWN).await?;
    Ok(details(db, actor, found).await?)
}

/// One proposal.
pub async fn show(app: &App, actor: &Actor, id: ProposalId) -> Result<Detail, ProposalError> {
    actor.require(Permission::WritePosts)?;
    let db = app.store.reader();
    let found = proposals::find(db, actor.organization.id, id).await?;
    detail(db, actor, found.ok_or(ProposalError::NotFound)?).await
}

/// How many wait for the actor; none for who decides on none.
pub async fn count_waiting(app: &App, actor: &Actor) -> Result<Option<u64>, StoreError> {
    if actor.require(Permission::WritePosts).is_err() {
        return Ok(None);
    }
    let found = proposals::count_waiting(app.store.reader(), actor.organization.id).await?;
    Ok(Some(found))
}

/// Name of who proposed what became a post; none for who decides on no proposals.
pub async fn proposer_of(
    app: &App,
    actor: &Actor,
    post: PostId,
) -> Result<Option<String>, LookError> {
    if actor.require(Permission::WritePosts).is_err() {
        return Ok(None);
    }
    let db = app.store.reader();
    let found = proposals::of_post(db, actor.organization.id, post).await?;
    let Some(member) = found.and_then(|proposal| proposal.member_id) else {
        return Ok(None);
    };
    Ok(names(db, actor, &[member]).await?.remove(&member))
}

pub(super) async fn detail(
    db: &impl Reader,
    actor: &Actor,
    row: proposal::Model,
) -> Result<Detail, ProposalError> {
    let mut told = details(db, actor, vec![row]).await?.into_iter();
    told.next().ok_or(ProposalError::NotFound)
}

async fn details(
    db: &impl Reader,
    actor: &Actor,
    rows: Vec<proposal::Model>,
) -> Result<Vec<Detail>, StoreError> {
    let organization = actor.organization.id;
    let ids: Vec<ProposalId> = rows.iter().map(|row| row.id).collect();
    let supporters = proposals::supporters(db, &ids).await?;
    let mut people: Vec<MemberId> = (rows.iter())
        .flat_map(|row| [row.member_id, row.decided_by])
        .flatten()
        .chain(supporters.iter().map(|one| one.member_id))
        .collect();
    people.sort_unstable();
    people.dedup();
    let names = names(db, actor, &people).await?;
    let name_of = |id: MemberId| names.get(&id).cloned();
    let urls: Vec<&str> = rows.iter().map(|row| row.canonical_url.as_str()).collect();
    let twins = posts::in_use_by_canonical_urls(db, organization, &urls).await?;
    let ids: Vec<PostId> = twins.values().copied().collect();
    let posts = posts::find_many(db, organization, &ids).await?;
    let mut told = Vec::with_capacity(rows.len());
    for row in &rows {
        let twin = (twins.get(&row.canonical_url))
            .filter(|id| Some(**id) != row.post_id)
            .and_then(|id| posts.iter().find(|post| post.id == *id));
        let theirs = supporters.iter().filter(|one| one.proposal_id == row.id);
        let mut theirs: Vec<String> = theirs.filter_map(|one| name_of(one.member_id)).collect();
        theirs.sort_unstable();
        told.push(Detail {
            proposer: row.member_id.and_then(name_of),
            supporters: theirs,
            decided_by: row.decided_by.and_then(name_of),
            twin: twin.cloned(),
            proposal: row.clone(),
        });
    }
    Ok(told)
}

async fn names(
    db: &impl Reader,
    actor: &Actor,
    ids: &[MemberId],
) -> Result<HashMap<MemberId, String>, StoreError> {
    let found = audit_events::actors(db, actor.organization.id, ids).await?;
    let named = found
        .into_iter()
        .map(|member| (member.id, member.display_name));
    Ok(named.collect())
}
