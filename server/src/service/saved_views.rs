//! Filters of the library that a member keeps under a name. They are nobody else's.

use entity::enums::Permission;
use entity::ids::SavedViewId;
use entity::saved_view;
use thiserror::Error;

use super::actor::{Actor, Forbidden};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::store::{StoreError, members, saved_views as rows};

/// Views of a member, at most.
const VIEWS: usize = 50;
/// Characters of a name, at most.
const NAME_LIMIT: usize = 60;
/// Characters of a filter, at most: what stands behind the question mark of an address.
const QUERY_LIMIT: usize = 1_000;

/// Why a view is not kept.
#[derive(Debug, Error)]
pub enum ViewError {
    /// The actor may not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The member has no such view.
    #[error("there is no such view")]
    NotFound,
    /// What was sent is not acceptable.
    #[error("fields are invalid")]
    Invalid(Vec<Fault>),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// The actor's views, by name.
pub async fn list_views(app: &App, actor: &Actor) -> Result<Vec<saved_view::Model>, ViewError> {
    actor.require(Permission::ReadPosts)?;
    let db = app.store.reader();
    Ok(rows::of_member(db, actor.organization.id, actor.member.id).await?)
}

/// Keeps a filter under a name; one that bears it gets the new filter.
pub async fn save_view(
    app: &App,
    actor: &Actor,
    (name, query): (&str, &str),
) -> Result<saved_view::Model, ViewError> {
    actor.require(Permission::ReadPosts)?;
    let (name, query) = (name.trim(), query.trim().trim_start_matches('?'));
    check(name, query).map_err(ViewError::Invalid)?;
    let txn = app.store.begin().await?;
    let (organization, member) = (actor.organization.id, actor.member.id);
    // Held, so that two at once do not pass the limit.
    members::hold(&txn, organization, member).await?;
    let there = rows::of_member(&*txn, organization, member).await?;
    let same = there.iter().find(|view| view.name == name);
    if same.is_none() && there.len() >= VIEWS {
        let fault = Fault::new("name", format!("there are {VIEWS} views already"));
        return Err(ViewError::Invalid(vec![fault]));
    }
    let row = saved_view::Model {
        id: same.map_or_else(|| SavedViewId(app.uuid()), |view| view.id),
        organization_id: organization,
        member_id: member,
        name: name.to_owned(),
        query: query.to_owned(),
        created_at: same.map_or_else(|| app.now(), |view| view.created_at),
    };
    rows::put(&txn, row.clone()).await?;
    txn.commit().await?;
    Ok(row)
}

/// Forgets one of the actor's views.
pub async fn delete_view(app: &App, actor: &Actor, id: SavedViewId) -> Result<(), ViewError> {
    actor.require(Permission::ReadPosts)?;
    let txn = app.store.begin().await?;
    if !rows::delete(&txn, actor.organization.id, actor.member.id, id).await? {
        return Err(ViewError::NotFound);
    }
    txn.commit().await?;
    Ok(())
}

fn check(name: &str, query: &str) -> Result<(), Vec<Fault>> {
    let mut faults = Vec::new();
    if !(1..=NAME_LIMIT).contains(&name.chars().count()) {
        let reason = format!("has 1 to {NAME_LIMIT} characters");
        faults.push(Fault::new("name", reason));
    }
    if query.chars().count() > QUERY_LIMIT {
        let reason = format!("has at most {QUERY_LIMIT} characters");
        faults.push(Fault::new("query", reason));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}
