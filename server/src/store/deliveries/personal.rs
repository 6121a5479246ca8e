//! Direct messages about posts: who is to get one, and which are out. Read by the planner
//! only, and always in batches.

use entity::enums::{
    DeliveryOperation, DeliveryPreference, DeliveryState, DeliverySubject, Language, Platform,
    PostState, ShareState,
};
use entity::ids::{DeliveryId, MemberId, OrganizationId, PostId, TeamId};
use entity::json::Roles;
use entity::{delivery, identity, member, post, share};
use sea_orm::sea_query::{Alias, Expr, Order, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};

use super::plan::cancel;
use crate::store::{StoreError, Txn};

/// A member who asked for messages, with one of their accounts. No more is read than the plan asks
/// about: of a hundred thousand, whole rows take longer to read than those planned take to write.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Recipient {
    /// The member.
    pub id: MemberId,
    /// Their team.
    pub team_id: Option<TeamId>,
    /// The language that they chose.
    pub language: Option<Language>,
    /// Their roles.
    pub roles: Roles,
    /// The time zone that they chose.
    pub time_zone: Option<String>,
    /// Minute of the day at which their quiet hours begin.
    pub quiet_from: i64,
    /// Minute of the day at which those end.
    pub quiet_to: i64,
    /// Whether weekends are quiet.
    pub quiet_weekends: bool,
    /// Whether they chose those hours.
    pub quiet_own: bool,
    /// The chat in which they want messages.
    pub delivery_platform: Option<Platform>,
    /// The chat of the account; nothing, as what follows, where they have none.
    pub platform: Option<Platform>,
    /// The account's workspace.
    pub workspace_ref: Option<String>,
    /// The account's name for the platform.
    pub user_ref: Option<String>,
}

/// The next members who asked for messages and have not shared a post, by id. Each comes once for
/// each of their accounts, the newest last. Who paused, or dismissed it, is among them: how many
/// are planned is told, and who wants none is asked when a message is claimed.
pub async fn recipients(
    db: &impl ConnectionTrait,
    (organization, post): (OrganizationId, PostId),
    (after, limit): (Option<MemberId>, u64),
) -> Result<Vec<Recipient>, StoreError> {
    const OF_MEMBER: [member::Column; 10] = [
        member::Column::Id,
        member::Column::TeamId,
        member::Column::Language,
        member::Column::Roles,
        member::Column::TimeZone,
        member::Column::QuietFrom,
        member::Column::QuietTo,
        member::Column::QuietWeekends,
        member::Column::QuietOwn,
        member::Column::DeliveryPlatform,
    ];
    const OF_ACCOUNT: [identity::Column; 3] = [
        identity::Column::Platform,
        identity::Column::WorkspaceRef,
        identity::Column::UserRef,
    ];
    let next = readers((organization, post), (after, limit))
        .select_only()
        .columns(OF_MEMBER)
        .into_query();
    let reader = Alias::new("reader");
    let query = Query::select()
        .columns(OF_MEMBER.map(|column| (reader.clone(), column)))
        .columns(OF_ACCOUNT.map(|column| (identity::Entity, column)))
        .from_subquery(next, reader.clone())
        .left_join(
            identity::Entity,
            Expr::col((identity::Entity, identity::Column::MemberId))
                .equals((reader.clone(), member::Column::Id)),
        )
        .order_by((reader, member::Column::Id), Order::Asc)
        .order_by((identity::Entity, identity::Column::Id), Order::Asc)
        .to_owned();
    let rows = db.query_all(&query).await?;
    let read = rows.iter().map(|row| Recipient::from_query_result(row, ""));
    Ok(read.collect::<Result<_, _>>()?)
}

fn readers(
    (organization, post): (OrganizationId, PostId),
    (after, limit): (Option<MemberId>, u64),
) -> Select<member::Entity> {
    let mut query = member::Entity::find()
        .filter(member::Column::OrganizationId.eq(organization))
        .filter(member::Column::Delivery.eq(DeliveryPreference::EachPost))
        .filter(member::Column::DeliveryPlatform.is_not_null())
        .filter(member::Column::JoinedAt.is_not_null())
        .filter(member::Column::LeftAt.is_null())
        .filter(Expr::exists(shared(post)).not());
    if let Some(after) = after {
        query = query.filter(member::Column::Id.gt(after));
    }
    query.order_by_asc(member::Column::Id).limit(limit)
}

fn shared(post: PostId) -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(share::Entity)
        .and_where(
            Expr::col((share::Entity, share::Column::MemberId))
                .equals((member::Entity, member::Column::Id)),
        )
        .and_where(share::Column::PostId.eq(post))
        .and_where(share::Column::State.is_in([
            ShareState::Confirmed,
            ShareState::Proven,
            ShareState::Published,
        ]))
        .to_owned()
}

/// The next messages of a post that are out, or on their way, by id.
pub async fn cards(
    db: &impl ConnectionTrait,
    (organization, post): (OrganizationId, PostId),
    (after, limit): (Option<DeliveryId>, u64),
) -> Result<Vec<delivery::Model>, StoreError> {
    let mut query = out(organization).filter(delivery::Column::PostId.eq(post));
    if let Some(after) = after {
        query = query.filter(delivery::Column::Id.gt(after));
    }
    Ok(query
        .order_by_asc(delivery::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// The delivery that bears a key.
pub async fn by_key(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    key: &str,
) -> Result<Option<delivery::Model>, StoreError> {
    Ok(delivery::Entity::find()
        .filter(delivery::Column::OrganizationId.eq(organization))
        .filter(delivery::Column::DedupeKey.eq(key))
        .one(db)
        .await?)
}

/// The messages about live posts that an account has got, or is getting.
pub async fn of_account(
    db: &impl ConnectionTrait,
    account: &identity::Model,
) -> Result<Vec<delivery::Model>, StoreError> {
    let live = Query::select()
        .column(post::Column::Id)
        .from(post::Entity)
        .and_where(post::Column::OrganizationId.eq(account.organization_id))
        .and_where(post::Column::State.eq(PostState::Live))
        .to_owned();
    Ok(out(account.organization_id)
        .filter(delivery::Column::MemberId.eq(account.member_id))
        .filter(delivery::Column::Platform.eq(account.platform))
        .filter(delivery::Column::PlaceRef.eq(&account.user_ref))
        .filter(delivery::Column::PostId.in_subquery(live))
        .order_by_asc(delivery::Column::Id)
        .all(db)
        .await?)
}

fn out(organization: OrganizationId) -> Select<delivery::Entity> {
    delivery::Entity::find()
        .filter(delivery::Column::OrganizationId.eq(organization))
        .filter(delivery::Column::Subject.eq(DeliverySubject::PersonalPost))
        .filter(delivery::Column::Operation.eq(DeliveryOperation::Post))
        .filter(delivery::Column::State.is_in([DeliveryState::Claimed, DeliveryState::Sent]))
}

/// Cancels what waits to tell a member of posts on a platform.
pub async fn cancel_of_member(
    txn: &Txn,
    organization: OrganizationId,
    member: MemberId,
    platform: Platform,
) -> Result<(), StoreError> {
    cancel(
        txn,
        delivery::Column::OrganizationId
            .eq(organization)
            .and(delivery::Column::MemberId.eq(member))
            .and(delivery::Column::Platform.eq(platform))
            .and(delivery::Column::Subject.eq(DeliverySubject::PersonalPost))
            .and(
                delivery::Column::Operation
                    .is_in([DeliveryOperation::Post, DeliveryOperation::Revise]),
            ),
    )
    .await
}

/// Cancels everything that waits to be said to a member, wherever: they left.
pub async fn cancel_all_of_member(
    txn: &Txn,
    organization: OrganizationId,
    member: MemberId,
) -> Result<(), StoreError> {
    cancel(
        txn,
        delivery::Column::OrganizationId
            .eq(organization)
            .and(delivery::Column::MemberId.eq(member)),
    )
    .await
}
