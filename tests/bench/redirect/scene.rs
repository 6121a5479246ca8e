//! What is measured on: a database with one post and its links, on disk and with
//! the settings that production has; it goes away in the end.

use std::path::PathBuf;

use entity::hit;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, EntityTrait, PaginatorTrait as _};
use server::store::Store;
use server::test_support::{Kind, TestDatabase};
use tempfile::TempDir;
use tests::links;

use crate::{Bench, Effort};

/// A migrated database with links.
pub struct Scene {
    /// How many links.
    pub codes: u32,
    kind: Kind,
    folder: TempDir,
    _database: TestDatabase,
    store: Store,
}

impl Scene {
    /// Makes one.
    pub async fn make(bench: &Bench, kind: Kind) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let database = bench.databases.database(kind).await?;
        let config = format!(
            "data_dir = \"{}\"\n[database]\nurl = {:?}\n[web]\ntrusted_proxies = [\"127.0.0.1/32\"]\n",
            folder.path().display(),
            database.url,
        );
        std::fs::write(folder.path().join("chorus.toml"), config)?;
        let scene = Self {
            codes: match bench.effort {
                Effort::Full => 10_000,
                Effort::Quick => 100,
            },
            kind,
            folder,
            store: database.open().await,
            _database: database,
        };
        links::lay(&scene.store, scene.codes).await?;
        Ok(scene)
    }

    /// The configuration of a server on it.
    pub fn configuration(&self) -> PathBuf {
        self.folder.path().join("chorus.toml")
    }

    /// Hits that are stored.
    pub async fn hits(&self) -> anyhow::Result<u64> {
        Ok(hit::Entity::find().count(self.db()).await?)
    }

    /// Stores so many hits of the past, in the order of their ids.
    pub async fn store_hits(&self, hits: u64) -> anyhow::Result<()> {
        let columns =
            "id, organization_id, link_id, at, class, reason, visitor, network_key, device";
        let sql = match self.kind {
            Kind::Sqlite => format!(
                "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {hits}) \
                 INSERT INTO hit ({columns}) SELECT unhex(printf('%012x70008%015x', 1700000000000 + n, n)), \
                 link.organization_id, link.id, '2023-11-14T22:13:20+00:00', 'human', 'browser', \
                 randomblob(16), randomblob(8), 'mobile' FROM n, (SELECT * FROM link LIMIT 1) AS link"
            ),
            Kind::Postgres => format!(
                "INSERT INTO hit ({columns}) SELECT (lpad(to_hex(1700000000000 + n), 12, '0') || '70008' \
                 || lpad(to_hex(n), 15, '0'))::uuid, link.organization_id, link.id, now(), 'human', \
                 'browser', decode(md5(n::text), 'hex'), decode(substr(md5(n::text), 1, 16), 'hex'), \
                 'mobile' FROM generate_series(1, {hits}) AS n, (SELECT * FROM link LIMIT 1) AS link"
            ),
        };
        self.db().execute_unprepared(&sql).await?;
        if self.kind == Kind::Postgres {
            // What it would do by itself in the middle of the measurement.
            self.db().execute_unprepared("VACUUM ANALYZE hit").await?;
            self.db().execute_unprepared("CHECKPOINT").await?;
        }
        Ok(())
    }

    /// Its database.
    pub fn db(&self) -> &DatabaseConnection {
        self.store.reader()
    }
}
