//! The real binary as a process: how soon it is ready, and what it holds in memory while
//! it has nothing to do.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use chrono::TimeDelta;
use server::test_support::Kind;
use tempfile::TempDir;
use tests::clock::Clock;
use tests::outside::{Outside, Places};
use tests::people::Chat;
use tokio_util::sync::CancellationToken;

use crate::databases::name;
use crate::processes;
use crate::report::Figure;
use crate::samples::{Samples, shown};
use crate::{Bench, Effort};

/// How long it may take to be ready before it is given up.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often it is asked.
const GLANCE: Duration = Duration::from_millis(5);
/// How long nothing happens before its memory is read.
const IDLE: Duration = Duration::from_secs(10);
/// The bar of memory, in bytes.
const IDLE_BAR: u64 = 60 * 1024 * 1024;

/// Measures how soon a process is ready on a database that is migrated.
pub async fn start(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let program = program(bench.effort)?;
    let mut figures = Vec::new();
    for &kind in &bench.kinds {
        let place = Place::new(bench, kind, &[]).await?;
        let mut taken = Samples::default();
        for _ in 0..bench.size(9, 1) {
            let (_served, took) = Served::start(&program, &place).await?;
            taken.push(took);
        }
        let took = taken.median();
        figures.push(Figure {
            row: "start",
            case: format!("{}, process start to ready, median", name(kind)),
            measured: shown(took),
            reference: String::new(),
            outcome: shown(took),
            bar: "≤ 1 s".to_owned(),
            met: took <= Duration::from_secs(1),
        });
    }
    Ok(figures)
}

/// Measures what a process with all parts holds in memory.
pub async fn memory(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let program = program(bench.effort)?;
    let mut figures = Vec::new();
    for &kind in &bench.kinds {
        let place = Place::new(bench, kind, &Chat::ALL).await?;
        let (served, _) = Served::start(&program, &place).await?;
        place.connected().await?;
        let idle = match bench.effort {
            Effort::Full => IDLE,
            Effort::Quick => Duration::ZERO,
        };
        // A tick comes at once, the next one when the time is over.
        let mut rest = tokio::time::interval(idle.max(GLANCE));
        rest.tick().await;
        rest.tick().await;
        let held = processes::resident(served.0.id())?;
        let shown = format!("{} MiB", held.div_ceil(1024 * 1024));
        figures.push(Figure {
            row: "memory",
            case: format!("{}, all parts, idle, resident", name(kind)),
            measured: shown.clone(),
            reference: String::new(),
            outcome: shown,
            bar: "≤ 60 MiB".to_owned(),
            met: held <= IDLE_BAR,
        });
    }
    Ok(figures)
}

/// The binary beside this one, built anew where figures are wanted.
pub fn program(effort: Effort) -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let beside = own.with_file_name("chorus-under-test");
    if effort == Effort::Quick && beside.exists() {
        return Ok(beside);
    }
    let mut build = Command::new(option_env!("CARGO").unwrap_or("cargo"));
    build.args([
        "build",
        "--quiet",
        "-p",
        "tests",
        "--bin",
        "chorus-under-test",
    ]);
    if !cfg!(debug_assertions) {
        build.arg("--release");
    }
    let outcome = build.current_dir(env!("CARGO_MANIFEST_DIR")).status();
    anyhow::ensure!(
        outcome.context("cargo")?.success() && beside.exists(),
        "chorus-under-test cannot be built"
    );
    Ok(beside)
}

/// A folder with a configuration, and what stands around the process.
pub struct Place {
    folder: TempDir,
    chats: &'static [Chat],
    outside: Outside,
    stop: CancellationToken,
    public: SocketAddr,
    _database: server::test_support::TestDatabase,
}

impl Place {
    /// A database of its own, and emulators of these chats whose parts are to run.
    pub async fn new(bench: &Bench, kind: Kind, chats: &'static [Chat]) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let database = bench.databases.database(kind).await?;
        let stop = CancellationToken::new();
        let clock = Clock::system();
        let began = clock.now() - TimeDelta::days(1);
        let places = Places::free().await?;
        let outside = Outside::start(places, clock, (0, began), stop.clone())?;
        let public = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let text = format!(
            "data_dir = \"{}\"\n[database]\nurl = \"{}\"\n[web]\nlisten = \"{public}\"\n\
             base_url = \"http://{public}\"\n[internal]\nlisten = \"127.0.0.1:0\"\n\n{}",
            folder.path().join("data").display(),
            database.url,
            outside.configuration(chats),
        );
        std::fs::write(folder.path().join("chorus.toml"), text)?;
        Ok(Self {
            folder,
            chats,
            outside,
            stop,
            public,
            _database: database,
        })
    }

    /// Waits until every part is connected.
    async fn connected(&self) -> anyhow::Result<()> {
        for chat in self.chats {
            match chat {
                Chat::Slack => self.outside.slack.connected(1).await?,
                Chat::Discord => self.outside.discord.connected(1).await?,
            }
        }
        Ok(())
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.stop.cancel();
        self.outside.slack.shutdown();
        self.outside.discord.shutdown();
        self.outside.networks.shutdown();
    }
}

/// A process that serves; dropped, it is killed.
pub struct Served(pub Child);

impl Served {
    /// Starts one and waits until it is ready: gives how long that took.
    pub async fn start(program: &Path, place: &Place) -> anyhow::Result<(Self, Duration)> {
        let http = reqwest::Client::builder()
            .timeout(PATIENCE)
            .no_proxy()
            .build()?;
        let ready = format!("http://{}/readyz", place.public);
        let log = std::fs::File::create(place.path().join("log"))?;
        let began = Instant::now();
        let child = Command::new(program)
            .arg("serve")
            .current_dir(place.path())
            // Whatever configures the machine's own Chorus is not ours.
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        let mut served = Self(child);
        let mut glances = tokio::time::interval(GLANCE);
        loop {
            glances.tick().await;
            let answer = http.get(&ready).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Ok((served, began.elapsed()));
            }
            let ended = served.0.try_wait()?;
            anyhow::ensure!(
                ended.is_none() && began.elapsed() < PATIENCE,
                "it is not ready: {}",
                std::fs::read_to_string(place.path().join("log"))?
            );
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // One that has ended needs neither.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
