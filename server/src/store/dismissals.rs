//! Silent refusals of posts. Nothing here lists them with their members.

use entity::dismissal;
use entity::ids::{MemberId, OrganizationId, PostId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::{StoreError, Txn};

/// Writes a new row, unless the member has dismissed the post already.
pub async fn insert_unless_there(txn: &Txn, row: dismissal::Model) -> Result<(), StoreError> {
    dismissal::Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::columns([dismissal::Column::MemberId, dismissal::Column::PostId])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// Which of some members dismissed which of some posts; for the planner only.
pub async fn of_posts_by(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    members: &[MemberId],
    posts: &[PostId],
) -> Result<Vec<dismissal::Model>, StoreError> {
    Ok(dismissal::Entity::find()
        .filter(dismissal::Column::OrganizationId.eq(organization))
        .filter(dismissal::Column::MemberId.is_in(members.iter().copied()))
        .filter(dismissal::Column::PostId.is_in(posts.iter().copied()))
        .all(db)
        .await?)
}

/// Takes a member's dismissal of a post back.
pub async fn delete(
    txn: &Txn,
    organization: OrganizationId,
    member: MemberId,
    post: PostId,
) -> Result<(), StoreError> {
    dismissal::Entity::delete_many()
        .filter(dismissal::Column::OrganizationId.eq(organization))
        .filter(dismissal::Column::MemberId.eq(member))
        .filter(dismissal::Column::PostId.eq(post))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// Forgets everybody's dismissals of a post.
pub async fn delete_of_post(
    txn: &Txn,
    organization: OrganizationId,
    post: PostId,
) -> Result<(), StoreError> {
    dismissal::Entity::delete_many()
        .filter(dismissal::Column::OrganizationId.eq(organization))
        .filter(dismissal::Column::PostId.eq(post))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// How many members dismissed a post; for checks, never for people's eyes.
#[cfg(feature = "test-support")]
pub async fn count(db: &impl ConnectionTrait, post: PostId) -> Result<u64, StoreError> {
    use sea_orm::PaginatorTrait;
    Ok(dismissal::Entity::find()
        .filter(dismissal::Column::PostId.eq(post))
        .count(db)
        .await?)
}
