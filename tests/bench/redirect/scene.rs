//! What is measured on: a database with one post and its links, on disk and with
//! the settings that production has; it goes away in the end.

use std::fmt;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use entity::hit;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, EntityTrait, PaginatorTrait as _};
use server::store::{Store, connect};
use tempfile::TempDir;
use tests::links;

use super::processes;
use crate::Effort;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    Sqlite,
    /// A cluster of its own, with every commit synced.
    Postgres,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// A migrated database with links.
pub struct Scene {
    /// How many links.
    pub codes: u32,
    kind: Kind,
    folder: TempDir,
    cluster: Option<Cluster>,
    store: Store,
}

impl Scene {
    /// Makes one.
    pub async fn make(kind: Kind, effort: Effort) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let cluster = match kind {
            Kind::Sqlite => None,
            Kind::Postgres => Some(Cluster::start()?),
        };
        let url = match &cluster {
            Some(cluster) => format!("{}/postgres", cluster.url),
            None => format!(
                "sqlite://{}?mode=rwc",
                folder.path().join("chorus.sqlite").display()
            ),
        };
        let config = format!(
            "data_dir = \"{}\"\n[database]\nurl = {url:?}\n[web]\ntrusted_proxies = [\"127.0.0.1/32\"]\n",
            folder.path().display()
        );
        std::fs::write(folder.path().join("chorus.toml"), config)?;
        connect::migrate(&url).await?;
        let scene = Self {
            codes: if effort == Effort::Full { 10_000 } else { 100 },
            kind,
            folder,
            cluster,
            store: Store::open(&url, 2).await?,
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
        Ok(())
    }

    /// Processor time of the database's own processes.
    pub fn database_time(&self) -> anyhow::Result<Duration> {
        match &self.cluster {
            Some(cluster) => processes::time_of_children(cluster.postmaster()?),
            None => Ok(Duration::ZERO),
        }
    }

    /// Its database.
    pub fn db(&self) -> &DatabaseConnection {
        self.store.reader()
    }
}

/// A PostgreSQL cluster that syncs its commits; dropped, it is stopped and removed.
struct Cluster {
    folder: PathBuf,
    url: String,
}

impl Cluster {
    fn start() -> anyhow::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        // Not below a private folder: the database's own user must reach it.
        let folder =
            std::env::temp_dir().join(format!("chorus-bench-{}-{port}", std::process::id()));
        let said = Command::new(SCRIPT)
            .arg("start")
            .arg(&folder)
            .arg(port.to_string())
            .env("CHORUS_POSTGRES_DURABLE", "1")
            .output()?;
        ensure!(
            said.status.success(),
            "the cluster does not start: {}",
            String::from_utf8_lossy(&said.stderr)
        );
        let url = String::from_utf8(said.stdout)?.trim().to_owned();
        Ok(Self { folder, url })
    }

    fn postmaster(&self) -> anyhow::Result<u32> {
        let file = std::fs::read_to_string(self.folder.join("postmaster.pid"))?;
        let line = file.lines().next().context("an empty postmaster.pid")?;
        Ok(line.trim().parse()?)
    }
}

/// Starts and stops clusters.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/postgres");

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(Command::new(SCRIPT).arg("stop").arg(&self.folder).output());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}
