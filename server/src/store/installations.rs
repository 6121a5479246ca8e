//! Chat workspaces in which an organization's bot is installed.

use chrono::{DateTime, Utc};
use entity::enums::{EndedBy, Platform};
use entity::ids::{InstallationId, OrganizationId};
use entity::installation::{Column, Entity, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::{StoreError, Txn, all_set};

/// The installation in a workspace, whichever organization it belongs to: it
/// is what says which one. Revoked ones count.
pub async fn by_workspace(
    db: &impl ConnectionTrait,
    platform: Platform,
    external_id: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Platform.eq(platform))
        .filter(Column::ExternalId.eq(external_id))
        .one(db)
        .await?)
}

/// The installations of a platform that were not revoked, of every
/// organization: a courier serves them all.
pub async fn active_on(
    db: &impl ConnectionTrait,
    platform: Platform,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Platform.eq(platform))
        .filter(Column::RevokedAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Every installation of every organization, held against other writers until the
/// transaction ends.
pub async fn all_to_change(txn: &Txn) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(&**txn)
        .await?)
}

/// The installations of an organization, also those that were revoked.
pub async fn of(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// The installations of an organization that were not revoked.
pub async fn active_of(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::RevokedAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Writes a new installation.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(db).await?)
}

/// Writes a changed installation.
pub async fn update(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).update(db).await?)
}

/// Marks an installation of a platform as revoked and destroys its token; says whether there was
/// an active one.
pub async fn revoke(
    db: &impl ConnectionTrait,
    (platform, id): (Platform, InstallationId),
    by: EndedBy,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = Entity::update_many()
        .col_expr(Column::RevokedAt, now.into())
        .col_expr(Column::EndedBy, Expr::value(Some(by)))
        .col_expr(Column::BotToken, Expr::value(Vec::<u8>::new()))
        .col_expr(Column::RefreshToken, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::TokenExpiresAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::TokenTrouble, Expr::value(None::<String>))
        .col_expr(Column::UpdatedAt, now.into())
        .filter(Column::Id.eq(id))
        .filter(Column::Platform.eq(platform))
        .filter(Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Remembers that the part of a platform asked for its installations, where it did so last before
/// `before`.
pub async fn seen(
    txn: &Txn,
    platform: Platform,
    (now, before): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::SeenAt, now.into())
        .filter(Column::Platform.eq(platform))
        .filter(Column::RevokedAt.is_null())
        .filter(unseen_since(before))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// Those of which the part of their platform was not seen since.
fn unseen_since(before: DateTime<Utc>) -> Condition {
    Condition::any()
        .add(Column::SeenAt.is_null())
        .add(Column::SeenAt.lt(before))
}

/// The installations whose token ends before a time unless it is renewed.
pub async fn to_renew(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::TokenExpiresAt.lt(before))
        .filter(Column::RefreshToken.is_not_null())
        .filter(Column::RevokedAt.is_null())
        .order_by_asc(Column::TokenExpiresAt)
        .all(db)
        .await?)
}

/// One installation of an organization, held against other writers until the transaction ends.
pub async fn find_to_change(
    txn: &Txn,
    organization: OrganizationId,
    id: InstallationId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id)
        .filter(Column::OrganizationId.eq(organization))
        .lock_exclusive()
        .one(&**txn)
        .await?)
}

/// The installation in a workspace, held against other writers until the transaction ends.
pub async fn by_workspace_to_change(
    txn: &Txn,
    platform: Platform,
    external_id: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Platform.eq(platform))
        .filter(Column::ExternalId.eq(external_id))
        .lock_exclusive()
        .one(&**txn)
        .await?)
}

/// One installation of a platform, whichever organization it belongs to.
pub async fn by_id(
    db: &impl ConnectionTrait,
    platform: Platform,
    id: InstallationId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Id.eq(id))
        .filter(Column::Platform.eq(platform))
        .one(db)
        .await?)
}
