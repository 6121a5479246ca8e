//! Everything that lies in a database, as text, to be compared.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, EntityName, EntityTrait};
use server::test_support::{Kind, TestApp};

/// The rows of each table, in no order that the database chose.
pub type Rows = BTreeMap<String, Vec<String>>;

macro_rules! read {
    ($t:expr; $($table:ident),+ $(,)?) => {{
        let mut all = Rows::new();
        $(
            let rows = entity::$table::Entity::find().all($t.app.store.reader()).await.unwrap();
            let mut rows: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
            rows.sort_unstable();
            all.insert(entity::$table::Entity.table_name().to_owned(), rows);
        )+
        all
    }};
}

/// Every row of every table.
pub async fn all(t: &TestApp) -> Rows {
    let rows = read!(
        t; api_token, audit_event, broadcast, campaign, channel, click, connect_state, content_rules, count_cursor, credential,
        csv_file, csv_import, csv_line,
        daily_salt, delivery, dismissal, feed, feed_item, figure_day, forgotten_delivery, hit, idempotency_record, identity,
        installation, job, late_hit, late_hits, lease, link, login_attempt, login_link, media, member,
        member_activity, organization, own_visit, pairing_attempt, pairing_code, point_event, post, post_topic,
        post_version, proposal, proposal_supporter, rate, retention, retention_run, review_note, role_team,
        saved_view, schedule, score, score_bucket, session, share, share_sum, team, team_active, team_month,
        topic, topic_route, variant
    );
    let read: Vec<&String> = rows.keys().collect();
    let known = tables(t).await;
    assert_eq!(read, known.iter().collect::<Vec<_>>(), "read every table");
    rows
}

/// The rows that name none of `words`; tables without such rows are left out.
pub fn without(rows: &Rows, words: &[&str]) -> Rows {
    let kept = rows.iter().map(|(table, rows)| {
        let rows = rows
            .iter()
            .filter(|row| !words.iter().any(|word| row.contains(word)));
        (table.clone(), rows.cloned().collect::<Vec<_>>())
    });
    kept.filter(|(_, rows)| !rows.is_empty()).collect()
}

/// The names of the tables, sorted.
async fn tables(t: &TestApp) -> Vec<String> {
    let query = match t.database.kind {
        Kind::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' \
             AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'seaql_%'"
        }
        Kind::Postgres => {
            "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' \
             AND tablename NOT LIKE 'seaql_%'"
        }
    };
    let found = t.app.store.reader();
    let statement = sea_orm::Statement::from_string(found.get_database_backend(), query);
    let rows = found.query_all_raw(statement).await.unwrap();
    let mut names: Vec<String> = rows
        .iter()
        .map(|row| row.try_get("", "name").unwrap())
        .collect();
    names.sort_unstable();
    names
}
