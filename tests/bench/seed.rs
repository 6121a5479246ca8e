//! Many rows at once, written by the database itself: what a benchmark needs to be
//! there before it begins.

use anyhow::Context as _;
use entity::{identity, member, organization};
use sea_orm::sea_query::{Alias, Expr};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DatabaseConnection, DbBackend,
    EntityTrait, Iden as _, IntoActiveModel, Iterable as _, QueryFilter as _, QueryTrait as _,
    Statement, Value,
};
use server::app::App;
use server::domain::leaderboard::WIDTHS;
use server::test_support::TestApp;

/// Values of one statement: SQLite binds 32,766.
const VALUES: usize = 32_000;
/// Rows of one statement: a longer one is no faster.
const ROWS: usize = 1_000;

/// Runs a statement with `$1`, `$2`… bound; both databases read them so.
pub async fn run(
    db: &DatabaseConnection,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> anyhow::Result<u64> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let done = db.execute_raw(statement).await;
    Ok(done
        .with_context(|| format!("the statement {sql}"))?
        .rows_affected())
}

/// A new id, in the words of the database.
fn id(app: &App) -> &'static str {
    if is_postgres(app) {
        "gen_random_uuid()"
    } else {
        "randomblob(16)"
    }
}

fn is_postgres(app: &App) -> bool {
    app.store.reader().get_database_backend() == DbBackend::Postgres
}

/// Lets an organization have `count` members like `template`.
pub async fn members(app: &App, template: &member::Model, count: usize) -> anyhow::Result<()> {
    use member::Column;
    let columns: Vec<String> = Column::iter()
        .map(|column| column.unquoted().to_owned())
        .collect();
    let values: Vec<String> = Column::iter()
        .map(|column| match column {
            Column::Id => id(app).to_owned(),
            Column::Email => "NULL".to_owned(),
            Column::DisplayName => "'Person ' || series.n".to_owned(),
            other => format!("member.{}", other.unquoted()),
        })
        .collect();
    let sql = format!(
        "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {}) \
         INSERT INTO member ({}) SELECT {} FROM series CROSS JOIN member WHERE member.id = $1",
        count.saturating_sub(1),
        columns.join(", "),
        values.join(", "),
    );
    if count > 1 {
        run(app.store.reader(), &sql, [template.id.into()]).await?;
    }
    Ok(())
}

/// Gives each member of an organization an account like `template`, under their number.
pub async fn accounts(app: &App, template: &identity::Model) -> anyhow::Result<()> {
    use identity::Column;
    let columns: Vec<String> = Column::iter()
        .map(|column| column.unquoted().to_owned())
        .collect();
    let values: Vec<String> = Column::iter()
        .map(|column| match column {
            Column::Id => id(app).to_owned(),
            Column::MemberId => "member.id".to_owned(),
            Column::UserRef => "'U' || ROW_NUMBER() OVER (ORDER BY member.id)".to_owned(),
            other => format!("identity.{}", other.unquoted()),
        })
        .collect();
    let sql = format!(
        "INSERT INTO identity ({}) SELECT {} FROM member JOIN identity ON identity.id = $1 \
         WHERE member.organization_id = $2 AND member.id <> identity.member_id",
        columns.join(", "),
        values.join(", "),
    );
    let values = [template.id.into(), template.organization_id.into()];
    run(app.store.reader(), &sql, values).await?;
    Ok(())
}

/// Gives each member of an organization points on a board, and the board its buckets: most
/// have few points, few have many.
pub async fn scores(
    app: &App,
    organization: &organization::Model,
    board: &str,
) -> anyhow::Result<()> {
    let db = app.store.reader();
    let of = || -> [Value; 2] { [organization.id.into(), board.into()] };
    run(
        db,
        "INSERT INTO score (organization_id, board, member_id, points, shown) \
         SELECT organization_id, $2, id, 1 + CAST(4000 * u * u * u * u AS bigint), TRUE FROM ( \
           SELECT id, organization_id, \
             ((ROW_NUMBER() OVER (ORDER BY id)) * 7919 % 1000003) / 1000003.0 AS u \
           FROM member WHERE organization_id = $1) AS numbered",
        of(),
    )
    .await?;
    for width in WIDTHS {
        let sql = format!(
            "INSERT INTO score_bucket (organization_id, board, width, bucket, members) \
             SELECT organization_id, board, {width}, points / {width}, COUNT(*) FROM score \
             WHERE organization_id = $1 AND board = $2 \
             GROUP BY organization_id, board, points / {width}"
        );
        run(db, &sql, of()).await?;
    }
    Ok(())
}

/// Lets the database find out what is there, as happens every so often in production. Connections
/// of SQLite that are open learn what it finds the first time only.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    if is_postgres(app) {
        let db = app.store.reader();
        db.execute_unprepared("VACUUM ANALYZE").await?;
    } else {
        app.store.optimize().await?;
    }
    Ok(())
}

/// Takes rows out of their table.
pub async fn forget<E: EntityTrait>(t: &TestApp, which: Expr) -> anyhow::Result<()> {
    let txn = t.app.store.begin().await?;
    E::delete_many().filter(which).exec(&*txn).await?;
    txn.commit().await?;
    Ok(())
}

/// Writes rows into a table that has the columns of theirs, many at once.
pub async fn write<E>(
    db: &impl ConnectionTrait,
    table: &str,
    rows: &[E::Model],
) -> anyhow::Result<()>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior,
{
    let columns = E::Column::iter().count().max(1);
    for part in rows.chunks(ROWS.min(VALUES / columns)) {
        let rows = part.iter().cloned().map(IntoActiveModel::into_active_model);
        let mut insert = E::insert_many(rows).into_query();
        insert.into_table(Alias::new(table));
        db.execute(&insert).await?;
    }
    Ok(())
}
