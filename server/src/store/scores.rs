//! Points per board and member, and how many members have points in each
//! bucket: what tells a rank without counting members.

use entity::ids::{MemberId, OrganizationId};
use entity::score::{Column, Entity, Model};
use entity::{member, score_bucket};
use sea_orm::sea_query::{Alias, Expr, OnConflict, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, Order, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

use super::{StoreError, Txn};

/// A board of an organization, by its key.
#[derive(Clone, Copy, Debug)]
pub struct BoardRef<'a> {
    /// The tenant.
    pub organization: OrganizationId,
    /// The board's key.
    pub key: &'a str,
}

/// Adds points to a score, which begins with them if it is new; gives the score after.
pub async fn add(txn: &Txn, row: Model) -> Result<Model, StoreError> {
    Ok(Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::columns([Column::OrganizationId, Column::Board, Column::MemberId])
                .value(
                    Column::Points,
                    Expr::col((Entity, Column::Points)).add(excluded(Column::Points)),
                )
                .to_owned(),
        )
        .exec_with_returning(&**txn)
        .await?)
}

/// Adds `members`, which may be negative, to a bucket.
pub async fn shift_bucket(txn: &Txn, row: score_bucket::Model) -> Result<(), StoreError> {
    use score_bucket::Column;
    score_bucket::Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::columns([Column::OrganizationId, Column::Board, Column::Bucket])
                .value(
                    Column::Members,
                    Expr::col((score_bucket::Entity, Column::Members))
                        .add(excluded(Column::Members)),
                )
                .to_owned(),
        )
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// Every score of a member, by board.
pub async fn of_member(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    member: MemberId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.eq(member))
        .order_by_asc(Column::Board)
        .all(db)
        .await?)
}

/// Shows or hides every score of a member.
pub async fn set_shown(
    txn: &Txn,
    organization: OrganizationId,
    member: MemberId,
    shown: bool,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Shown, Expr::value(shown))
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.eq(member))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// A member's score on a board.
pub async fn find(
    db: &impl ConnectionTrait,
    board: BoardRef<'_>,
    member: MemberId,
) -> Result<Option<Model>, StoreError> {
    Ok(
        Entity::find_by_id((board.organization, board.key.to_owned(), member))
            .one(db)
            .await?,
    )
}

/// The best scores of a board.
pub async fn top(
    db: &impl ConnectionTrait,
    board: BoardRef<'_>,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    Ok(ordered(on(board), Order::Desc).limit(limit).all(db).await?)
}

/// The scores next above one, nearest first.
pub async fn above(
    db: &impl ConnectionTrait,
    score: &Model,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    let rows = on(board_of(score)).filter(place().gt(value(score)));
    Ok(ordered(rows, Order::Asc).limit(limit).all(db).await?)
}

/// The scores next below one, nearest first.
pub async fn below(
    db: &impl ConnectionTrait,
    score: &Model,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    let rows = on(board_of(score)).filter(place().lt(value(score)));
    Ok(ordered(rows, Order::Desc).limit(limit).all(db).await?)
}

/// Shown members in the buckets from `bucket` upwards.
pub async fn members_from_bucket(
    db: &impl ConnectionTrait,
    board: BoardRef<'_>,
    bucket: i64,
) -> Result<i64, StoreError> {
    use score_bucket::Column;
    let sum: Option<Option<i64>> = score_bucket::Entity::find()
        .select_only()
        .column_as(Column::Members.sum().cast_as("bigint"), "members")
        .filter(Column::OrganizationId.eq(board.organization))
        .filter(Column::Board.eq(board.key))
        .filter(Column::Bucket.gte(bucket))
        .into_tuple()
        .one(db)
        .await?;
    Ok(sum.flatten().unwrap_or_default())
}

/// Shown members with more than `above` and fewer than `below` points.
pub async fn members_between(
    db: &impl ConnectionTrait,
    board: BoardRef<'_>,
    above: i64,
    below: i64,
) -> Result<i64, StoreError> {
    let count: Option<i64> = on(board)
        .select_only()
        .column_as(Column::MemberId.count(), "members")
        .filter(Column::Points.gt(above))
        .filter(Column::Points.lt(below))
        .into_tuple()
        .one(db)
        .await?;
    Ok(count.unwrap_or_default())
}

/// The members behind scores.
pub async fn people(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    ids: &[MemberId],
) -> Result<Vec<member::Model>, StoreError> {
    Ok(member::Entity::find()
        .filter(member::Column::OrganizationId.eq(organization))
        .filter(member::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?)
}

/// What stands on a board: shown, and with at least one point.
fn on(board: BoardRef<'_>) -> Select<Entity> {
    Entity::find()
        .filter(Column::OrganizationId.eq(board.organization))
        .filter(Column::Board.eq(board.key))
        .filter(Column::Shown.eq(true))
        .filter(Column::Points.gte(1))
}

fn ordered(rows: Select<Entity>, order: Order) -> Select<Entity> {
    rows.order_by(Column::Points, order.clone())
        .order_by(Column::MemberId, order)
}

fn board_of(score: &Model) -> BoardRef<'_> {
    BoardRef {
        organization: score.organization_id,
        key: &score.board,
    }
}

/// A place on a board as one value: the index is read from there on.
fn place() -> SimpleExpr {
    Expr::tuple([
        Expr::col((Entity, Column::Points)),
        Expr::col((Entity, Column::MemberId)),
    ])
}

fn value(score: &Model) -> SimpleExpr {
    Expr::tuple([Expr::value(score.points), Expr::value(score.member_id)])
}

fn excluded(column: impl sea_orm::Iden) -> SimpleExpr {
    Expr::col((Alias::new("excluded"), column))
}
