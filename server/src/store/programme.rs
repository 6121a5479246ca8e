//! How a programme does: how many are invited, joined and connected, and how much content there is.

use chrono::{DateTime, Utc};
use entity::enums::PostState;
use entity::ids::{OrganizationId, TeamId};
use entity::{identity, member, post};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::StoreError;

/// How many people a programme has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct People {
    /// Members who did not leave.
    pub invited: u64,
    /// Those of them who joined.
    pub joined: u64,
    /// Those of them with an account on a chat.
    pub connected: u64,
}

/// How many people a programme has.
pub async fn people(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<People, StoreError> {
    let present = member::Entity::find()
        .filter(member::Column::OrganizationId.eq(organization))
        .filter(member::Column::LeftAt.is_null());
    let joined = present
        .clone()
        .filter(member::Column::JoinedAt.is_not_null());
    let connected = joined.clone().filter(Expr::exists(account()));
    Ok(People {
        invited: present.count(db).await?,
        joined: joined.count(db).await?,
        connected: connected.count(db).await?,
    })
}

fn account() -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(identity::Entity)
        .and_where(of_member((identity::Entity, identity::Column::MemberId)))
        .to_owned()
}

fn of_member(column: impl sea_orm::sea_query::IntoColumnRef) -> Expr {
    Expr::col(column).equals((member::Entity, member::Column::Id))
}

/// Teams that somebody belongs to who did not leave; none where somebody belongs to none.
pub async fn peopled_teams(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Option<TeamId>>, StoreError> {
    Ok(member::Entity::find()
        .select_only()
        .column(member::Column::TeamId)
        .distinct()
        .filter(member::Column::OrganizationId.eq(organization))
        .filter(member::Column::LeftAt.is_null())
        .into_tuple()
        .all(db)
        .await?)
}

/// Posts that can be shared at a time to come, as far as it is planned now.
pub async fn open_at(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let lasting = Condition::any()
        .add(post::Column::ExpiresAt.is_null())
        .add(post::Column::ExpiresAt.gt(at));
    let planned = Condition::all()
        .add(post::Column::State.eq(PostState::Scheduled))
        .add(post::Column::PublishAt.lte(at));
    let open = Condition::any()
        .add(post::Column::State.eq(PostState::Live))
        .add(planned);
    Ok(post::Entity::find()
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(post::Column::State.is_in([PostState::Live, PostState::Scheduled]))
        .filter(open)
        .filter(lasting)
        .count(db)
        .await?)
}

/// Posts that went live, the newest first, after one of them.
pub async fn published(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    (after, limit): (Option<uuid::Uuid>, u64),
) -> Result<Vec<post::Model>, StoreError> {
    let mut posts = post::Entity::find()
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(post::Column::PublishedAt.is_not_null());
    if let Some(after) = after {
        posts = posts.filter(post::Column::Id.lt(after));
    }
    Ok(posts
        .order_by_desc(post::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}
