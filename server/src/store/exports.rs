//! What is known of one member, list by list.

use chrono::{DateTime, Utc};
use entity::enums::{DeliveryOperation, DeliveryState, DeliverySubject, Platform};
use entity::ids::{MemberId, OrganizationId, ShareId};
use entity::{
    api_token, audit_event, delivery, dismissal, link, point_event, post, proposal,
    proposal_supporter, review_note, saved_view, session, share,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::StoreError;

/// Whose rows are read.
type Owner = (OrganizationId, MemberId);
/// After which id, and how many.
type Span = (Option<Uuid>, u64);

/// A share and its link.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The share.
    pub share: share::Model,
    /// Its link.
    pub link: Option<link::Model>,
}

/// Direct messages of one kind.
#[derive(Clone, Debug)]
pub struct Messages {
    /// The chat.
    pub platform: Platform,
    /// What they were about.
    pub subject: DeliverySubject,
    /// How many.
    pub count: i64,
    /// When the first was planned.
    pub first: DateTime<Utc>,
    /// When the last was planned.
    pub last: DateTime<Utc>,
}

/// Declares reading all rows of a member, by id.
macro_rules! all_of {
    ($($(#[$doc:meta])* $name:ident: $table:ident),+ $(,)?) => {$(
        $(#[$doc])*
        pub async fn $name(
            db: &impl ConnectionTrait,
            owner: Owner,
        ) -> Result<Vec<$table::Model>, StoreError> {
            Ok($table::Entity::find()
                .filter($table::Column::OrganizationId.eq(owner.0))
                .filter($table::Column::MemberId.eq(owner.1))
                .order_by_asc($table::Column::Id)
                .all(db)
                .await?)
        }
    )+};
}

all_of! {
    /// Sessions.
    sessions: session,
    /// Tokens, also those that were revoked.
    tokens: api_token,
    /// Views of the library.
    views: saved_view,
    /// What they dismissed.
    dismissals: dismissal,
}

/// Declares reading rows of a member page by page, by id.
macro_rules! some_of {
    ($($(#[$doc:meta])* $name:ident: $table:ident by $column:ident),+ $(,)?) => {$(
        $(#[$doc])*
        pub async fn $name(
            db: &impl ConnectionTrait,
            owner: Owner,
            (after, limit): Span,
        ) -> Result<Vec<$table::Model>, StoreError> {
            let after = after.map(|after| $table::Column::Id.gt(after));
            Ok($table::Entity::find()
                .filter($table::Column::OrganizationId.eq(owner.0))
                .filter($table::Column::$column.eq(owner.1))
                .filter(Condition::all().add_option(after))
                .order_by_asc($table::Column::Id)
                .limit(limit)
                .all(db)
                .await?)
        }
    )+};
}

some_of! {
    /// What they earned.
    points: point_event by MemberId,
    /// What they wrote.
    posts: post by AuthorId,
    /// What they said in reviews.
    notes: review_note by AuthorId,
    /// What they proposed.
    proposals: proposal by MemberId,
    /// What they did, by the audit log.
    actions: audit_event by ActorId,
}

/// Proposals of others that they made, too.
pub async fn supported(
    db: &impl ConnectionTrait,
    owner: Owner,
) -> Result<Vec<proposal_supporter::Model>, StoreError> {
    Ok(proposal_supporter::Entity::find()
        .filter(proposal_supporter::Column::OrganizationId.eq(owner.0))
        .filter(proposal_supporter::Column::MemberId.eq(owner.1))
        .order_by_asc(proposal_supporter::Column::ProposalId)
        .all(db)
        .await?)
}

/// What they shared, each with its link.
pub async fn shares(
    db: &impl ConnectionTrait,
    owner: Owner,
    (after, limit): Span,
) -> Result<Vec<Shared>, StoreError> {
    let after = after.map(|after| share::Column::Id.gt(after));
    let rows = share::Entity::find()
        .filter(share::Column::OrganizationId.eq(owner.0))
        .filter(share::Column::MemberId.eq(owner.1))
        .filter(Condition::all().add_option(after))
        .order_by_asc(share::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    let ids: Vec<ShareId> = rows.iter().map(|row| row.id).collect();
    let links = link::Entity::find()
        .filter(link::Column::ShareId.is_in(ids))
        .all(db)
        .await?;
    let shared = rows.into_iter().map(|share| Shared {
        link: links
            .iter()
            .find(|link| link.share_id == Some(share.id))
            .cloned(),
        share,
    });
    Ok(shared.collect())
}

/// Direct messages to them, counted by chat and subject, but for those that were given up.
pub async fn messages(
    db: &impl ConnectionTrait,
    owner: Owner,
) -> Result<Vec<Messages>, StoreError> {
    use delivery::{Column, Entity};
    type Line = (Platform, DeliverySubject, i64, DateTime<Utc>, DateTime<Utc>);
    let lines: Vec<Line> = Entity::find()
        .select_only()
        .column(Column::Platform)
        .column(Column::Subject)
        .column_as(Column::Id.count(), "messages")
        .column_as(Column::CreatedAt.min(), "first_at")
        .column_as(Column::CreatedAt.max(), "last_at")
        .filter(Column::OrganizationId.eq(owner.0))
        .filter(Column::MemberId.eq(owner.1))
        .filter(Column::Operation.eq(DeliveryOperation::Post))
        .filter(Column::State.ne(DeliveryState::Cancelled))
        .group_by(Column::Platform)
        .group_by(Column::Subject)
        .order_by_asc(Column::Platform)
        .order_by_asc(Column::Subject)
        .into_tuple()
        .all(db)
        .await?;
    let told = |(platform, subject, count, first, last): Line| Messages {
        platform,
        subject,
        count,
        first,
        last,
    };
    Ok(lines.into_iter().map(told).collect())
}
