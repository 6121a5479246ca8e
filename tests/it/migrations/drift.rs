//! Every column of `entity` exists in the migrated schema, with the same
//! nullability, on both databases; and there is nothing else.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, DatabaseConnection, DbBackend, EntityTrait, IdenStatic, Iterable};
use server::test_support::{Kind, TestDatabase};

use super::{one_connection, rows};

/// Column name → whether it may be null.
type Columns = BTreeMap<String, bool>;

#[tokio::test]
async fn entities_and_migrations_describe_the_same_tables() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = TestDatabase::create(kind).await;
        let db = one_connection(&database.url).await;
        let mut found = BTreeMap::new();
        for table in tables(&db).await {
            let columns = columns(&db, &table).await;
            found.insert(table, columns);
        }
        assert_eq!(found, expected(), "on {kind:?}");
    }
}

async fn tables(db: &DatabaseConnection) -> Vec<String> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
        _ => {
            "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public'"
        }
    };
    let names = rows(db, backend, sql)
        .await
        .into_iter()
        .map(|row| row.try_get("", "name").unwrap());
    names
        .filter(|name: &String| name != "seaql_migrations")
        .collect()
}

async fn columns(db: &DatabaseConnection, table: &str) -> Columns {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => format!(
            "SELECT name, CASE \"notnull\" WHEN 0 THEN 'YES' ELSE 'NO' END AS nullable FROM pragma_table_info('{table}')"
        ),
        _ => format!(
            "SELECT column_name::text AS name, is_nullable::text AS nullable FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'"
        ),
    };
    rows(db, backend, &sql)
        .await
        .into_iter()
        .map(|row| {
            let nullable: String = row.try_get("", "nullable").unwrap();
            (row.try_get("", "name").unwrap(), nullable == "YES")
        })
        .collect()
}

fn described<E: EntityTrait>(entity: E) -> (String, Columns) {
    let columns = E::Column::iter()
        .map(|column| (column.as_str().to_owned(), column.def().is_null()))
        .collect();
    (entity.table_name().to_owned(), columns)
}

#[expect(clippy::too_many_lines, reason = "a list of all tables")]
fn expected() -> BTreeMap<String, Columns> {
    [
        described(entity::organization::Entity),
        described(entity::team::Entity),
        described(entity::member::Entity),
        described(entity::csv_file::Entity),
        described(entity::csv_import::Entity),
        described(entity::csv_line::Entity),
        described(entity::api_token::Entity),
        described(entity::audit_event::Entity),
        described(entity::broadcast::Entity),
        described(entity::installation::Entity),
        described(entity::channel::Entity),
        described(entity::identity::Entity),
        described(entity::credential::Entity),
        described(entity::login_attempt::Entity),
        described(entity::login_link::Entity),
        described(entity::session::Entity),
        described(entity::campaign::Entity),
        described(entity::feed::Entity),
        described(entity::post::Entity),
        described(entity::post_topic::Entity),
        described(entity::post_version::Entity),
        described(entity::review_note::Entity),
        described(entity::saved_view::Entity),
        described(entity::content_rules::Entity),
        described(entity::topic::Entity),
        described(entity::topic_route::Entity),
        described(entity::connect_state::Entity),
        described(entity::media::Entity),
        described(entity::role_team::Entity),
        described(entity::variant::Entity),
        described(entity::feed_item::Entity),
        described(entity::delivery::Entity),
        described(entity::dismissal::Entity),
        described(entity::share::Entity),
        described(entity::link::Entity),
        described(entity::hit::Entity),
        described(entity::click::Entity),
        described(entity::count_cursor::Entity),
        described(entity::daily_salt::Entity),
        described(entity::own_visit::Entity),
        described(entity::pairing_attempt::Entity),
        described(entity::pairing_code::Entity),
        described(entity::point_event::Entity),
        described(entity::score::Entity),
        described(entity::score_bucket::Entity),
        described(entity::job::Entity),
        described(entity::schedule::Entity),
        described(entity::late_hits::Entity),
        described(entity::late_hit::Entity),
        described(entity::figure_day::Entity),
        described(entity::forgotten_delivery::Entity),
        described(entity::share_sum::Entity),
        described(entity::team_active::Entity),
        described(entity::team_month::Entity),
        described(entity::member_activity::Entity),
        described(entity::proposal::Entity),
        described(entity::proposal_supporter::Entity),
        described(entity::rate::Entity),
        described(entity::retention::Entity),
        described(entity::retention_run::Entity),
        described(entity::lease::Entity),
        described(entity::idempotency_record::Entity),
    ]
    .into()
}
