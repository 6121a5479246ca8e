//! What a schema takes from whoever writes to it, and what of a change of it the version before
//! could not live with.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, QueryResult};
use server::test_support::{Kind, TestDatabase};

use crate::migrations::{one_connection, rows};

/// A column as far as versions differ about it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Column {
    typ: String,
    /// Whether a version that does not know it could leave it out.
    may_be_left_out: bool,
    /// Whether it is null then.
    is_null_then: bool,
}

/// Columns by table and name.
type Columns = BTreeMap<(String, String), Column>;

/// What a table asks of its rows beyond their columns: a unique index, a foreign key, a check, or
/// that a row stays while others refer to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Demand {
    table: String,
    /// In the database's words and without a name, which may change.
    what: String,
    columns: Vec<String>,
    /// Whether a row meets it by one of these columns that is null.
    is_met_by_null: bool,
}

/// How the words of a unique index begin.
const UNIQUE: &str = "UNIQUE ";

#[derive(Clone, Debug, Default)]
pub(super) struct Schema {
    columns: Columns,
    demands: BTreeSet<Demand>,
}

impl Schema {
    pub(super) fn has_table(&self, table: &str) -> bool {
        self.columns.keys().any(|(known, _)| known == table)
    }
}

const POSTGRES_COLUMNS: &str = "SELECT table_name::text, column_name::text, udt_name::text, \
     (is_nullable = 'YES' OR column_default IS NOT NULL OR is_identity = 'YES'), \
     (is_nullable = 'YES' AND column_default IS NULL AND is_generated = 'NEVER') \
     FROM information_schema.columns WHERE table_schema = 'public'";

const SQLITE_COLUMNS: &str = "SELECT t.name, c.name, c.type, \
     (c.\"notnull\" = 0 OR c.dflt_value IS NOT NULL OR c.pk > 0), \
     (c.\"notnull\" = 0 AND c.dflt_value IS NULL AND c.pk = 0) \
     FROM sqlite_master t, pragma_table_info(t.name) c \
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";

/// Of an index, an expression is told by its words and is no column. Whether a constraint was
/// validated makes no difference to who writes.
const POSTGRES_DEMANDS: &str = "
SELECT t.relname::text, 'UNIQUE (' || k.words || ')'
       || COALESCE(' WHERE ' || pg_get_expr(i.indpred, i.indrelid), ''), k.names, TRUE
FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid, LATERAL (
    SELECT string_agg(pg_get_indexdef(i.indexrelid, n, TRUE), ',' ORDER BY n) AS words,
           COALESCE(string_agg(a.attname::text, ','), '') AS names
    FROM generate_series(1, i.indnkeyatts) n
    LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[n - 1]) k
WHERE i.indisunique AND t.relnamespace = 'public'::regnamespace
UNION ALL
SELECT t.relname::text, replace(pg_get_constraintdef(o.oid), ' NOT VALID', ''),
       COALESCE((SELECT string_agg(a.attname::text, ',') FROM pg_attribute a
                 WHERE a.attrelid = t.oid AND a.attnum = ANY (o.conkey)), ''), o.contype = 'f'
FROM pg_constraint o JOIN pg_class t ON t.oid = o.conrelid
WHERE o.contype IN ('c', 'f', 'x') AND t.relnamespace = 'public'::regnamespace
UNION ALL
SELECT p.relname::text, 'rows stay that ' || t.relname || ' refers to', '', FALSE
FROM pg_constraint o JOIN pg_class t ON t.oid = o.conrelid JOIN pg_class p ON p.oid = o.confrelid
WHERE o.contype = 'f' AND o.confdeltype IN ('a', 'r') AND t.relnamespace = 'public'::regnamespace";

/// The same without checks, of which there is no list.
const SQLITE_DEMANDS: &str = "
SELECT t.name, 'UNIQUE ' || COALESCE(
           (SELECT replace(replace(substr(x.sql, instr(x.sql, '(')), '\"', ''), ', ', ',')
            FROM sqlite_master x WHERE x.type = 'index' AND x.name = i.name),
           (SELECT '(' || group_concat(c.name) || ')' FROM pragma_index_info(i.name) c)),
       COALESCE((SELECT group_concat(c.name) FROM pragma_index_info(i.name) c), ''), 1
FROM sqlite_master t, pragma_index_list(t.name) i WHERE t.type = 'table' AND i.\"unique\" = 1
UNION ALL
SELECT t.name, 'FOREIGN KEY (' || group_concat(f.\"from\") || ') REFERENCES ' || f.\"table\"
       || ' ON DELETE ' || f.on_delete, group_concat(f.\"from\"), 1
FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
GROUP BY t.name, f.id
UNION ALL
SELECT f.\"table\", 'rows stay that ' || t.name || ' refers to', '', 0
FROM sqlite_master t, pragma_foreign_key_list(t.name) f
WHERE t.type = 'table' AND f.on_delete IN ('NO ACTION', 'RESTRICT')";

/// The schema as it is.
pub(super) async fn schema(db: &DatabaseConnection) -> Schema {
    let backend = db.get_database_backend();
    let is_postgres = backend == DbBackend::Postgres;
    let (columns, demands) = if is_postgres {
        (POSTGRES_COLUMNS, POSTGRES_DEMANDS)
    } else {
        (SQLITE_COLUMNS, SQLITE_DEMANDS)
    };
    let columns: Columns = rows(db, backend, columns)
        .await
        .iter()
        .map(column)
        .collect();
    let demands = rows(db, backend, demands).await;
    let mut demands: BTreeSet<Demand> = demands.iter().map(demand).collect();
    if !is_postgres {
        demands.extend(checks(db, &columns).await);
    }
    Schema { columns, demands }
}

fn text(row: &QueryResult, at: usize) -> String {
    row.try_get_by_index(at).unwrap()
}

fn column(row: &QueryResult) -> ((String, String), Column) {
    let column = Column {
        typ: text(row, 2).to_lowercase(),
        may_be_left_out: row.try_get_by_index(3).unwrap(),
        is_null_then: row.try_get_by_index(4).unwrap(),
    };
    ((text(row, 0), text(row, 1)), column)
}

fn demand(row: &QueryResult) -> Demand {
    let columns = text(row, 2);
    let columns = columns.split(',').filter(|column| !column.is_empty());
    let mut columns: Vec<String> = columns.map(str::to_owned).collect();
    columns.sort();
    Demand {
        table: text(row, 0),
        what: text(row, 1),
        columns,
        is_met_by_null: row.try_get_by_index(3).unwrap(),
    }
}

/// The checks of SQLite's tables, which it keeps in the text of the table alone.
async fn checks(db: &DatabaseConnection, columns: &Columns) -> Vec<Demand> {
    let question = "SELECT name, sql FROM sqlite_master WHERE type = 'table'";
    let mut checks = Vec::new();
    for row in rows(db, DbBackend::Sqlite, question).await {
        let (table, text) = (text(&row, 0), text(&row, 1).to_lowercase());
        let is_column = |word: &&str| columns.contains_key(&(table.clone(), (*word).to_owned()));
        for (at, word) in text.match_indices("check") {
            let Some(inside) = in_parentheses(&text[at + word.len()..]) else {
                continue;
            };
            let words = inside.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
            checks.push(Demand {
                table: table.clone(),
                what: format!("CHECK ({inside})"),
                columns: words.filter(is_column).map(str::to_owned).collect(),
                is_met_by_null: false,
            });
        }
    }
    checks
}

/// What stands in the parentheses that `text` begins with.
fn in_parentheses(text: &str) -> Option<&str> {
    let text = text.trim_start().strip_prefix('(')?;
    let mut depth = 1;
    let mut is_quoted = false;
    let end = text.find(|sign: char| {
        match sign {
            '\'' => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    text.get(..end)
}

/// What the version before could not live with.
pub(super) fn breaks(before: &Schema, after: &Schema) -> Vec<String> {
    let mut broken = broken_columns(before, after);
    for demand in after.demands.difference(&before.demands) {
        if before.has_table(&demand.table) && !is_met(demand, before, after) {
            broken.push(format!("{} now asks: {}", demand.table, demand.what));
        }
    }
    // `ON CONFLICT` names the columns of one that must be there.
    for demand in before.demands.difference(&after.demands) {
        if demand.what.starts_with(UNIQUE) {
            broken.push(format!("{}: {} is gone", demand.table, demand.what));
        }
    }
    broken
}

fn broken_columns(before: &Schema, after: &Schema) -> Vec<String> {
    let mut broken = Vec::new();
    for (key, was) in &before.columns {
        let (table, name) = key;
        match after.columns.get(key) {
            None => broken.push(format!("{table}.{name} is gone")),
            Some(is) if is.typ != was.typ => {
                broken.push(format!("{table}.{name} was {} and is {}", was.typ, is.typ));
            }
            Some(is) if was.may_be_left_out && !is.may_be_left_out => {
                broken.push(format!("{table}.{name} may not be left out any more"));
            }
            Some(_) => {}
        }
    }
    for (key, is) in &after.columns {
        let (table, name) = key;
        let is_new = !before.columns.contains_key(key);
        if is_new && before.has_table(table) && !is.may_be_left_out {
            broken.push(format!("{table}.{name} is new and may not be left out"));
        }
    }
    broken
}

/// Whether the version that knows `before` meets a new demand with every row that it writes,
/// because it leaves out the columns that it does not know.
fn is_met(demand: &Demand, before: &Schema, after: &Schema) -> bool {
    let key = |column: &String| (demand.table.clone(), column.clone());
    let is_new = |column: &String| !before.columns.contains_key(&key(column));
    let is_null = |column: &String| {
        let column = after.columns.get(&key(column));
        column.is_some_and(|column| column.is_null_then)
    };
    let mut columns = demand.columns.iter();
    if demand.is_met_by_null {
        columns.any(|column| is_new(column) && is_null(column))
    } else {
        let asks_for_a_value = demand.what.to_lowercase().contains("not null");
        !demand.columns.is_empty() && !asks_for_a_value && columns.all(is_new)
    }
}

/// What a migration does, and how what is found of it begins, if it breaks anything.
type Case = (&'static str, Option<&'static str>);

const ON_BOTH: &[Case] = &[
    (
        "CREATE UNIQUE INDEX one ON t (a)",
        Some("t now asks: UNIQUE (a)"),
    ),
    ("DROP INDEX one", Some("t: UNIQUE (a) is gone")),
    (
        "CREATE UNIQUE INDEX two ON t (b) WHERE a IS NULL",
        Some("t now asks: UNIQUE (b) WHERE"),
    ),
    (
        "ALTER TABLE t ADD COLUMN c TEXT; CREATE UNIQUE INDEX three ON t (a, c)",
        None,
    ),
    // Two rows of the version before have the same value.
    (
        "ALTER TABLE t ADD COLUMN d TEXT DEFAULT 'x'; CREATE UNIQUE INDEX four ON t (d)",
        Some("t now asks: UNIQUE (d)"),
    ),
    (
        "ALTER TABLE t ADD COLUMN e TEXT REFERENCES p (id) ON DELETE CASCADE",
        None,
    ),
    (
        "ALTER TABLE t ADD COLUMN f INTEGER DEFAULT 1 CHECK (f > 0)",
        None,
    ),
    (
        "ALTER TABLE t ADD COLUMN g INTEGER CHECK (g IS NOT NULL)",
        Some("t now asks: CHECK ("),
    ),
    (
        "ALTER TABLE t ADD COLUMN h INTEGER DEFAULT 1 CHECK (length(b) > h)",
        Some("t now asks: CHECK ("),
    ),
    (
        "CREATE TABLE n (id TEXT PRIMARY KEY REFERENCES p (id) ON DELETE CASCADE, \
         a TEXT UNIQUE, b INTEGER CHECK (b > 0))",
        None,
    ),
    // The version before takes away rows of `n`, and does not know who refers to them.
    (
        "CREATE TABLE m (id TEXT PRIMARY KEY REFERENCES n (id))",
        Some("n now asks: rows stay that m refers to"),
    ),
];

const ON_SQLITE: &[Case] = &[(
    "CREATE TABLE w (id TEXT PRIMARY KEY, a TEXT REFERENCES p (id) ON DELETE CASCADE); \
     DROP TABLE t; ALTER TABLE w RENAME TO t",
    Some("t now asks: FOREIGN KEY (a) REFERENCES p"),
)];

const ON_POSTGRES: &[Case] = &[
    (
        "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (id) ON DELETE CASCADE NOT VALID",
        Some("t now asks: FOREIGN KEY (a) REFERENCES p"),
    ),
    ("ALTER TABLE t VALIDATE CONSTRAINT t_a_fkey", None),
    (
        "ALTER TABLE t ADD EXCLUDE (a WITH =)",
        Some("t now asks: EXCLUDE"),
    ),
];

#[tokio::test]
async fn what_a_table_newly_asks_of_the_version_before_is_recognised() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = TestDatabase::empty(kind).await;
        let db = one_connection(&database.url).await;
        let tables = "CREATE TABLE p (id TEXT PRIMARY KEY); \
             CREATE TABLE t (id TEXT PRIMARY KEY, a TEXT, b TEXT)";
        db.execute_unprepared(tables).await.unwrap();
        let own = match kind {
            Kind::Sqlite => ON_SQLITE,
            Kind::Postgres => ON_POSTGRES,
        };
        for (statements, broken) in ON_BOTH.iter().chain(own) {
            let before = schema(&db).await;
            db.execute_unprepared(statements).await.unwrap();
            let found = breaks(&before, &schema(&db).await);
            let is_right = match broken {
                None => found.is_empty(),
                Some(words) => found.iter().any(|broken| broken.starts_with(words)),
            };
            assert!(is_right, "{statements}, on {kind:?}: {found:?}");
        }
        db.close().await.unwrap();
    }
}
