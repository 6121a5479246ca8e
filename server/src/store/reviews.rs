//! Posts that wait for a review.

use chrono::{DateTime, Utc};
use entity::enums::PostState;
use entity::ids::{MemberId, OrganizationId};
use entity::post;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use super::StoreError;
use super::posts::library;

/// Posts that wait for a review, the one that waits longest first; without those by somebody.
pub async fn waiting(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    not_by: Option<MemberId>,
    limit: u64,
) -> Result<Vec<post::Model>, StoreError> {
    Ok(in_review(organization, not_by)
        .order_by_asc(library::waiting())
        .order_by_asc(post::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// Posts that were handed in before a time and still wait, the one that waits longest first. What
/// a feed brought was handed in by nobody.
pub async fn handed_in_before(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<post::Model>, StoreError> {
    Ok(in_review(organization, None)
        .filter(post::Column::SubmittedAt.lte(before))
        .order_by_asc(post::Column::SubmittedAt)
        .order_by_asc(post::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// How many posts wait for a review, without those by somebody.
pub async fn count(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    not_by: Option<MemberId>,
) -> Result<u64, StoreError> {
    Ok(in_review(organization, not_by).count(db).await?)
}

fn in_review(organization: OrganizationId, not_by: Option<MemberId>) -> Select<post::Entity> {
    let waiting = post::Entity::find()
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(post::Column::State.eq(PostState::InReview));
    let Some(author) = not_by else {
        return waiting;
    };
    // What a feed brought is nobody's.
    let not_in = |column: post::Column| {
        Condition::any()
            .add(column.is_null())
            .add(column.ne(author))
    };
    waiting
        .filter(not_in(post::Column::AuthorId))
        .filter(not_in(post::Column::WrittenBy))
}
