//! The two servers as processes of their own: this program, started once more in
//! another role. Each says where it listens, and ends when its standard input does.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};

use anyhow::Context as _;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::routing::get;
use server::app;
use server::config::Config;
use server::http::listen;
use server::serve::{self, Listeners, Parts};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::scene::Scene;
use crate::processes;

/// Plays the server if the arguments ask for it.
pub fn play(arguments: &[String]) -> Option<ExitCode> {
    let role: fn(&str) -> anyhow::Result<()> = match arguments.first()?.as_str() {
        "play-bare" => |_| runtime()?.block_on(bare()),
        "play-guarded" => |_| runtime()?.block_on(guarded()),
        "play-chorus" => |file| runtime()?.block_on(chorus(Path::new(file))),
        _ => return None,
    };
    let file = arguments.get(1).map_or("", String::as_str);
    Some(match role(file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("{cause:#}");
            ExitCode::FAILURE
        }
    })
}

/// Both run on what `chorus` itself runs on.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Runtime::new()?)
}

/// Always the same redirect.
fn fixed() -> Router {
    let answer = async || {
        (
            StatusCode::SEE_OTHER,
            [(header::LOCATION, "https://acme.example/")],
        )
    };
    Router::new().route("/l/{code}", get(answer))
}

async fn listener() -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    Ok(listener)
}

async fn bare() -> anyhow::Result<()> {
    axum::serve(listener().await?, fixed())
        .with_graceful_shutdown(told_to_end())
        .await?;
    Ok(())
}

async fn guarded() -> anyhow::Result<()> {
    listen::serve(listener().await?, fixed(), until_told_to_end()).await;
    Ok(())
}

async fn chorus(file: &Path) -> anyhow::Result<()> {
    let config = Config::load(Some(file))?;
    let app = app::build(config).await?;
    let listeners = Listeners {
        public: TcpListener::bind("127.0.0.1:0").await?,
        internal: TcpListener::bind("127.0.0.1:0").await?,
    };
    println!("{}", listeners.public.local_addr()?);
    let stop = until_told_to_end();
    let parts = Parts {
        web: true,
        worker: false,
    };
    serve::run(app, parts, Some(listeners), stop).await?;
    Ok(())
}

fn until_told_to_end() -> CancellationToken {
    let stop = CancellationToken::new();
    let ending = stop.clone();
    tokio::spawn(async move {
        told_to_end().await;
        ending.cancel();
    });
    stop
}

/// Waits until standard input ends: whoever started this program is gone or wants it to be.
async fn told_to_end() {
    let waiting = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    drop(waiting.await);
}

/// A handler that always answers the same.
pub struct Fixed {
    process: Process,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Fixed {
    /// Starts it as axum serves it.
    pub fn bare() -> anyhow::Result<Self> {
        Self::start("play-bare")
    }

    /// Starts it on the listener of Chorus, which limits how long a head may take.
    pub fn guarded() -> anyhow::Result<Self> {
        Self::start("play-guarded")
    }

    fn start(role: &str) -> anyhow::Result<Self> {
        let (process, address) = Process::start(&[role])?;
        Ok(Self { process, address })
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.process.0.id()
    }
}

/// The web part of Chorus.
pub struct Chorus {
    process: Process,
    /// Where its public listener is.
    pub address: SocketAddr,
}

impl Chorus {
    /// Starts it on a scene.
    pub fn start(scene: &Scene) -> anyhow::Result<Self> {
        let file = scene.configuration();
        let (process, address) = Process::start(&["play-chorus", &file.to_string_lossy()])?;
        Ok(Self { process, address })
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.process.0.id()
    }

    /// The most memory that it has held, in bytes.
    pub fn peak(&self) -> anyhow::Result<u64> {
        processes::peak(self.pid())
    }
}

/// A child; dropped, it ends.
struct Process(Child);

impl Process {
    fn start(arguments: &[&str]) -> anyhow::Result<(Self, SocketAddr)> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let said = child.stdout.take().context("no standard output")?;
        let process = Self(child);
        let mut line = String::new();
        BufReader::new(said).read_line(&mut line)?;
        let address = line.trim().parse().context("the server did not start")?;
        Ok((process, address))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        drop(self.0.wait());
    }
}
