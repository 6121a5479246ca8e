//! People of an organization.

use std::collections::HashSet;

use entity::enums::Role;
use entity::ids::{MemberId, OrganizationId, TeamId};
use entity::member::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, Func, LikeExpr, LockType};
use sea_orm::{
    ActiveEnum, ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{StoreError, Txn, all_set, bulk};
use crate::domain::page::{Paging, Slice};
use crate::domain::people::{Standing, Wanted, spellings, words};

/// One member, also one who left.
pub async fn find(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: MemberId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id)
        .filter(Column::OrganizationId.eq(organization))
        .one(db)
        .await?)
}

/// The member with this lower-cased address, also one who left.
pub async fn by_email(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    email: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Email.eq(email))
        .one(db)
        .await?)
}

/// The same, held against other writers until the transaction ends.
pub async fn by_email_to_change(
    txn: &Txn,
    organization: OrganizationId,
    email: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Email.eq(email))
        .lock(LockType::NoKeyUpdate)
        .one(&**txn)
        .await?)
}

/// The members with this lower-cased address, in every organization.
pub async fn by_email_anywhere(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Email.eq(email))
        .filter(Column::LeftAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// The members of an organization who have an address, also those who left,
/// held against other writers until the transaction ends. They are locked in
/// the order of their ids, as everywhere.
pub async fn with_address_to_change(
    txn: &Txn,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Email.is_not_null())
        .order_by_asc(Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(&**txn)
        .await?)
}

/// The members of an organization who have an address, also those who left.
pub async fn with_address(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Email.is_not_null())
        .all(db)
        .await?)
}

/// The members with these lower-cased addresses, also those who left, held against other
/// writers until the transaction ends.
pub async fn by_emails_to_change(
    txn: &Txn,
    organization: OrganizationId,
    emails: &[&str],
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Email.is_in(emails.iter().copied()))
        .order_by_asc(Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(&**txn)
        .await?)
}

/// The same, and with them every owner who did not leave: of two who take the role from two
/// owners at once, the second sees what the first did. All are locked at once, in the order of
/// their ids, as everywhere.
pub async fn by_emails_and_owners_to_change(
    txn: &Txn,
    organization: OrganizationId,
    emails: &[&str],
) -> Result<Vec<Model>, StoreError> {
    let owners = Condition::all()
        .add(Column::LeftAt.is_null())
        .add(holds(Role::Owner));
    let meant = Condition::any()
        .add(Column::Email.is_in(emails.iter().copied()))
        .add(owners);
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(meant)
        .order_by_asc(Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(&**txn)
        .await?)
}

/// The members of an organization who did not leave, oldest first.
pub async fn present(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::LeftAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// The next members who finished onboarding and did not leave, by id.
pub async fn joined(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    (after, limit): (Option<MemberId>, u64),
) -> Result<Vec<Model>, StoreError> {
    let mut query = Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::JoinedAt.is_not_null())
        .filter(Column::LeftAt.is_null());
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    Ok(query.order_by_asc(Column::Id).limit(limit).all(db).await?)
}

/// The members who finished onboarding, did not leave and hold some role: few, however many
/// members there are.
pub async fn with_roles(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    let roles = Expr::col((Entity, Column::Roles)).cast_as("text");
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::JoinedAt.is_not_null())
        .filter(Column::LeftAt.is_null())
        .filter(roles.ne("[]"))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Holds a member against others who hold them, until the transaction ends.
pub async fn hold(txn: &Txn, organization: OrganizationId, id: MemberId) -> Result<(), StoreError> {
    Entity::find_by_id(id)
        .filter(Column::OrganizationId.eq(organization))
        .lock(LockType::NoKeyUpdate)
        .one(&**txn)
        .await?;
    Ok(())
}

/// The members of an organization who are wanted, also those who left.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    wanted: &Wanted,
    paging: Paging,
) -> Result<Slice<Model>, StoreError> {
    let mut query = Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::ErasedAt.is_null())
        .filter(is_wanted(wanted));
    if let Some(after) = paging.after {
        query = query.filter(Column::Id.lt(after));
    }
    let rows = query
        .order_by_desc(Column::Id)
        .limit(paging.fetch())
        .all(db)
        .await?;
    Ok(paging.cut(rows, |row| row.id.0))
}

fn is_wanted(wanted: &Wanted) -> Condition {
    let mut all = Condition::all();
    for word in words(wanted.search.as_deref().unwrap_or_default()) {
        all = all.add(is_called(word));
    }
    if let Some(role) = wanted.role {
        all = all.add(holds(role));
    }
    if let Some(teams) = &wanted.teams {
        all = all.add(Column::TeamId.is_in(teams.iter().copied()));
    }
    if let Some(looks) = wanted.hidden_from {
        let known = Condition::any()
            .add(Column::JoinedAt.is_not_null())
            .add(Column::LeftAt.is_not_null())
            .add(Column::Id.eq(looks));
        all = all.add(known);
    }
    match wanted.standing {
        None => all,
        Some(Standing::Left) => all.add(Column::LeftAt.is_not_null()),
        Some(Standing::Joined) => all
            .add(Column::LeftAt.is_null())
            .add(Column::JoinedAt.is_not_null()),
        Some(Standing::Invited) => all
            .add(Column::LeftAt.is_null())
            .add(Column::JoinedAt.is_null()),
    }
}

/// Whether a word occurs in name or address. SQLite knows the case of plain letters only, and so
/// does PostgreSQL under some locales, so that a name is also looked for in each way to write it.
fn is_called(word: &str) -> Condition {
    let name = || Expr::col((Entity, Column::DisplayName));
    let lower = word.to_lowercase();
    let any = Condition::any()
        .add(Expr::from(Func::lower(name())).like(within(&lower)))
        .add(Expr::col((Entity, Column::Email)).like(within(&lower)));
    spellings(word)
        .iter()
        .fold(any, |any, text| any.add(name().like(within(text))))
}

fn within(text: &str) -> LikeExpr {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    LikeExpr::new(format!("%{escaped}%")).escape('\\')
}

/// Whether the list of roles holds one. Both databases write it as text, each name in quotes.
pub(super) fn holds(role: Role) -> Expr {
    let name = role.to_value();
    Expr::col((Entity, Column::Roles))
        .cast_as("text")
        .like(within(&format!("\"{name}\"")))
}

/// The members who hold a role and did not leave.
pub async fn of_role(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    role: Role,
) -> Result<Vec<MemberId>, StoreError> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::LeftAt.is_null())
        .filter(holds(role))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(db)
        .await?)
}

/// How many members who did not leave each team has.
pub async fn count_by_team(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<(TeamId, i64)>, StoreError> {
    Ok(Entity::find()
        .select_only()
        .column(Column::TeamId)
        .column_as(Column::Id.count(), "members")
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::TeamId.is_not_null())
        .filter(Column::LeftAt.is_null())
        .group_by(Column::TeamId)
        .into_tuple()
        .all(db)
        .await?)
}

/// Whether a pseudonym is somebody's already.
pub async fn is_pseudonym_taken(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    pseudonym: &str,
) -> Result<bool, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Pseudonym.eq(pseudonym))
        .count(db)
        .await?
        > 0)
}

/// Every pseudonym of an organization.
pub async fn pseudonyms(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<HashSet<String>, StoreError> {
    let taken: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Pseudonym)
        .filter(Column::OrganizationId.eq(organization))
        .into_tuple()
        .all(db)
        .await?;
    Ok(taken.into_iter().collect())
}

/// Writes new members.
pub async fn insert_all(txn: &Txn, rows: &[Model]) -> Result<(), StoreError> {
    bulk::insert::<Entity>(txn, rows).await
}

/// Writes a new member.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(db).await?)
}

/// Writes a changed member.
pub async fn update(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).update(db).await?)
}
