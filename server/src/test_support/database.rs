//! Throw-away databases of both kinds, copied from migrated templates.
//!
//! Templates are named after the schema's last migration and the size of its
//! sources' history, and are made once however many test processes start together.

use std::fs::File;
use std::path::PathBuf;
use std::time::Duration;

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};
use tempfile::TempDir;
use uuid::Uuid;

use crate::store::{Store, connect};

/// Environment variable that names the test cluster, such as
/// `postgres://chorus@127.0.0.1:54329`.
const POSTGRES: &str = "CHORUS_TEST_POSTGRES";

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A SQLite file in a temporary folder.
    Sqlite,
    /// A database of the test cluster.
    Postgres,
}

/// A migrated, empty database that goes away when dropped.
#[derive(Debug)]
pub struct TestDatabase {
    /// Which database it is.
    pub kind: Kind,
    /// Where it is.
    pub url: String,
    _held: Held,
}

/// What takes the database away when it goes.
#[derive(Debug)]
#[expect(dead_code, reason = "held for what happens when they are dropped")]
enum Held {
    Folder(TempDir),
    Copy(Copied),
}

impl TestDatabase {
    /// Makes one.
    pub async fn create(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => sqlite().await,
            Kind::Postgres => Self::create_in(&cluster()).await,
        }
    }

    /// Makes one in a PostgreSQL cluster that is not the tests' own.
    pub async fn create_in(cluster: &str) -> Self {
        let name = postgres(cluster).await;
        Self::copied(cluster, name)
    }

    /// Makes one without any table, to be migrated by the test.
    pub async fn empty(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let url = sqlite_url(&folder.path().join("chorus.sqlite"));
                Self {
                    kind,
                    url,
                    _held: Held::Folder(folder),
                }
            }
            Kind::Postgres => {
                let cluster = cluster();
                let admin = admin(&cluster).await;
                let name = format!("t_{}", Uuid::new_v4().simple());
                admin
                    .execute_unprepared(&format!("CREATE DATABASE {name}"))
                    .await
                    .expect("an empty database");
                admin.close().await.expect("the connection closes");
                Self::copied(&cluster, name)
            }
        }
    }

    fn copied(cluster: &str, name: String) -> Self {
        Self {
            kind: Kind::Postgres,
            url: format!("{cluster}/{name}"),
            _held: Held::Copy(Copied {
                cluster: cluster.to_owned(),
                name,
            }),
        }
    }

    /// Opens it with a pool of four connections.
    pub async fn open(&self) -> Store {
        Store::open(&self.url, 4)
            .await
            .expect("the test database opens")
    }
}

/// A database of a cluster. A run of all tests makes more than a thousand, some of 20 MB: kept until
/// the cluster goes, they would fill a small disk.
#[derive(Debug)]
struct Copied {
    cluster: String,
    name: String,
}

impl Drop for Copied {
    /// By a thread and runtime of its own, because a test's runtime may be on its way out.
    fn drop(&mut self) {
        let drop = || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.is_ok_and(|runtime| runtime.block_on(self.forget()).is_ok())
        };
        let dropped = std::thread::scope(|scope| scope.spawn(drop).join());
        // A cluster may be gone before its databases; then there is nothing to take away.
        if !matches!(dropped, Ok(true)) {
            tracing::debug!(name = %self.name, "a test database is left to its cluster");
        }
    }
}

impl Copied {
    async fn forget(&self) -> Result<(), sea_orm::DbErr> {
        let admin = Database::connect(admin_options(&self.cluster)).await?;
        // What a test left running may still be connected.
        let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        admin.execute_unprepared(&statement).await?;
        admin.close().await
    }
}

fn template_name() -> String {
    let migrations = Migrator::migrations();
    let last = migrations
        .last()
        .map(|m| m.name().to_owned())
        .unwrap_or_default();
    // Migrations are edited in place until they are released, so their text counts too.
    format!(
        "chorus_{}_{:x}",
        last.split('_').next().unwrap_or_default(),
        migration::fingerprint()
    )
}

async fn sqlite() -> TestDatabase {
    let template = std::env::temp_dir().join(format!("{}.sqlite", template_name()));
    let lock = File::create(template.with_extension("lock")).expect("a lock file");
    lock.lock().expect("the lock of the template");
    if !template.exists() {
        let draft: PathBuf = template.with_extension(Uuid::new_v4().to_string());
        connect::migrate(&sqlite_url(&draft))
            .await
            .expect("the template migrates");
        std::fs::rename(&draft, &template).expect("the template is put in place");
    }
    drop(lock);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("chorus.sqlite");
    std::fs::copy(&template, &file).expect("a copy of the template");
    TestDatabase {
        kind: Kind::Sqlite,
        url: sqlite_url(&file),
        _held: Held::Folder(folder),
    }
}

fn sqlite_url(file: &std::path::Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test cluster is no part of the configuration"
)]
fn cluster() -> String {
    std::env::var(POSTGRES)
        .unwrap_or_else(|_| panic!("{POSTGRES} is unset: `tests/run` or `tests/postgres` sets it"))
}

/// One connection, so that an advisory lock stays with it.
async fn admin(cluster: &str) -> DatabaseConnection {
    let connecting = Database::connect(admin_options(cluster));
    connecting.await.expect("the test cluster")
}

fn admin_options(cluster: &str) -> ConnectOptions {
    ConnectOptions::new(format!("{cluster}/postgres"))
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .to_owned()
}

/// A copy of the template, by its name.
async fn postgres(cluster: &str) -> String {
    let admin = admin(cluster).await;
    let template = template_name();
    make_template(&admin, cluster, &template).await;
    let name = format!("t_{}", Uuid::new_v4().simple());
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
        .await
        .expect("a copy of the template");
    admin.close().await.expect("the connection closes");
    name
}

async fn make_template(admin: &DatabaseConnection, cluster: &str, template: &str) {
    admin
        .execute_unprepared("SELECT pg_advisory_lock(4242)")
        .await
        .expect("the template's lock");
    let exists = admin
        .query_one_raw(Statement::from_string(
            DbBackend::Postgres,
            format!("SELECT 1 AS one FROM pg_database WHERE datname = '{template}'"),
        ))
        .await
        .expect("the list of databases")
        .is_some();
    if !exists {
        let draft = format!("d_{}", Uuid::new_v4().simple());
        admin
            .execute_unprepared(&format!("CREATE DATABASE {draft}"))
            .await
            .expect("a draft");
        connect::migrate(&format!("{cluster}/{draft}"))
            .await
            .expect("the template migrates");
        admin
            .execute_unprepared(&format!("ALTER DATABASE {draft} RENAME TO {template}"))
            .await
            .expect("the template is put in place");
    }
    admin
        .execute_unprepared("SELECT pg_advisory_unlock(4242)")
        .await
        .expect("the lock is released");
}
