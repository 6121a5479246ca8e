//! Points per board and member, and how many members have points in each
//! bucket: what tells a rank without counting members.

pub mod board;
pub mod ranks;

use entity::ids::{MemberId, OrganizationId};
use entity::score::{Column, Entity, Model};
use entity::score_bucket;
use sea_orm::sea_query::{Alias, Condition, Expr, OnConflict, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
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

/// Rows of one statement. One has five values, and SQLite binds 32,766
/// (`SQLITE_MAX_VARIABLE_NUMBER`, sqlite.org/limits.html).
const ROWS_PER_STATEMENT: usize = 5_000;

/// Adds points to scores, which begin with them if they are new; gives the scores after.
/// They are written in the order in which they are given.
pub async fn add(txn: &Txn, rows: Vec<Model>) -> Result<Vec<Model>, StoreError> {
    let mut after = Vec::with_capacity(rows.len());
    for part in rows.chunks(ROWS_PER_STATEMENT) {
        let part = part.iter().cloned().map(IntoActiveModel::into_active_model);
        let more = Entity::insert_many(part)
            .on_conflict(
                OnConflict::columns([Column::OrganizationId, Column::Board, Column::MemberId])
                    .value(
                        Column::Points,
                        Expr::col((Entity, Column::Points)).add(excluded(Column::Points)),
                    )
                    .to_owned(),
            )
            .exec_with_returning(&**txn)
            .await?;
        after.extend(more);
    }
    Ok(after)
}

/// Adds members, which may be negative, to buckets, in the order in which they are given.
pub async fn shift_buckets(txn: &Txn, rows: Vec<score_bucket::Model>) -> Result<(), StoreError> {
    use score_bucket::{Column, Entity};
    let key = [
        Column::OrganizationId,
        Column::Board,
        Column::Width,
        Column::Bucket,
    ];
    for part in rows.chunks(ROWS_PER_STATEMENT) {
        let part = part.iter().cloned().map(IntoActiveModel::into_active_model);
        Entity::insert_many(part)
            .on_conflict(
                OnConflict::columns(key)
                    .value(
                        Column::Members,
                        Expr::col((Entity, Column::Members)).add(excluded(Column::Members)),
                    )
                    .to_owned(),
            )
            .exec_without_returning(&**txn)
            .await?;
    }
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

/// Buckets of one width: those after `above`, and before `below` if there is such a bound.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Their width.
    pub width: i64,
    /// The number that theirs exceed.
    pub above: i64,
    /// The number that theirs stay below.
    pub below: Option<i64>,
}

/// Shown members whose points are in these buckets.
pub async fn members_in(
    db: &impl ConnectionTrait,
    board: BoardRef<'_>,
    span: Span,
) -> Result<i64, StoreError> {
    use score_bucket::Column;
    let below = span.below.map(|below| Column::Bucket.lt(below));
    let sum: Option<Option<i64>> = score_bucket::Entity::find()
        .select_only()
        .column_as(Column::Members.sum().cast_as("bigint"), "members")
        .filter(Column::OrganizationId.eq(board.organization))
        .filter(Column::Board.eq(board.key))
        .filter(Column::Width.eq(span.width))
        .filter(Column::Bucket.gt(span.above))
        .filter(Condition::all().add_option(below))
        .into_tuple()
        .one(db)
        .await?;
    Ok(sum.flatten().unwrap_or_default())
}

fn excluded(column: impl sea_orm::Iden) -> SimpleExpr {
    Expr::col((Alias::new("excluded"), column))
}
