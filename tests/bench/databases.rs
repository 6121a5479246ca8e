//! Databases that keep what they acknowledge: SQLite as production opens it, and a
//! PostgreSQL cluster of the run's own with `fsync` and `synchronous_commit` on.

use std::net::TcpListener;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use sea_orm::{ConnectionTrait, Statement};
use server::test_support::{Kind, TestApp, TestDatabase};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::processes;

/// Starts and stops clusters.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/postgres");

/// Both kinds, in the order of the table.
pub const KINDS: [Kind; 2] = [Kind::Sqlite, Kind::Postgres];

/// The run's databases; the cluster starts when it is first asked for, and goes with them.
#[derive(Debug, Default)]
pub struct Databases {
    cluster: OnceCell<Cluster>,
}

impl Databases {
    /// A migrated, empty database.
    pub async fn database(&self, kind: Kind) -> anyhow::Result<TestDatabase> {
        Ok(match kind {
            Kind::Sqlite => TestDatabase::create(kind).await,
            Kind::Postgres => TestDatabase::create_in(self.cluster().await?).await,
        })
    }

    /// The application on a database of its own, with options as a file writes them.
    pub async fn app(&self, kind: Kind, options: &str) -> anyhow::Result<TestApp> {
        Ok(TestApp::on(self.database(kind).await?, options).await)
    }

    /// Processor time that the processes of a kind's own have used so far.
    pub fn time(&self, kind: Kind) -> anyhow::Result<Duration> {
        match (kind, self.cluster.get()) {
            (Kind::Postgres, Some(cluster)) => processes::time_of_children(cluster.postmaster()?),
            (Kind::Postgres, None) | (Kind::Sqlite, _) => Ok(Duration::ZERO),
        }
    }

    /// The same, and of the threads on which this process runs SQLite.
    pub fn time_here(&self, kind: Kind) -> anyhow::Result<Duration> {
        match kind {
            Kind::Sqlite => processes::time_of_threads(std::process::id(), "sqlx-sqlite"),
            Kind::Postgres => self.time(kind),
        }
    }

    /// What `rounds` of something cost: the whole time of one, and the database's processor
    /// time in it.
    pub async fn share(
        &self,
        kind: Kind,
        rounds: usize,
        mut one: impl AsyncFnMut(usize) -> anyhow::Result<()>,
    ) -> anyhow::Result<(Duration, Duration)> {
        let (began, used) = (Instant::now(), self.time_here(kind)?);
        for round in 0..rounds {
            one(round).await?;
        }
        let (took, used) = (began.elapsed(), self.time_here(kind)?.saturating_sub(used));
        let rounds = u32::try_from(rounds)?.max(1);
        Ok((used / rounds, took / rounds))
    }

    async fn cluster(&self) -> anyhow::Result<&str> {
        let start = async || Cluster::start();
        let cluster = self.cluster.get_or_try_init(start).await?;
        Ok(&cluster.url)
    }
}

/// What a kind is called in the table.
pub fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => "SQLite",
        Kind::Postgres => "PostgreSQL",
    }
}

/// A question that asks for nothing: what is left is the way to the database and back.
pub fn nothing(db: &impl ConnectionTrait) -> Statement {
    Statement::from_string(db.get_database_backend(), "SELECT 1")
}

/// A PostgreSQL cluster in a temporary folder; dropped, it is stopped and removed.
#[derive(Debug)]
struct Cluster {
    url: String,
    folder: TempDir,
}

impl Cluster {
    fn start() -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("chorus-bench-postgres-")
            .tempdir()?;
        // Asked for and let go: nobody else is given it so soon.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let started = Command::new(SCRIPT)
            .arg("start")
            .arg(folder.path())
            .arg(port.to_string())
            .env("CHORUS_POSTGRES_DURABLE", "1")
            .output()
            .context("tests/postgres")?;
        let url = said(&started)?;
        Ok(Self { url, folder })
    }

    fn postmaster(&self) -> anyhow::Result<u32> {
        let file = std::fs::read_to_string(self.folder.path().join("postmaster.pid"))?;
        let line = file.lines().next().context("an empty postmaster.pid")?;
        Ok(line.trim().parse()?)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stopped = Command::new(SCRIPT)
            .arg("stop")
            .arg(self.folder.path())
            .output();
        if let Err(error) = stopped {
            eprintln!("the cluster could not be stopped: {error}");
        }
    }
}

fn said(output: &Output) -> anyhow::Result<String> {
    anyhow::ensure!(
        output.status.success(),
        "no PostgreSQL cluster could be started: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
