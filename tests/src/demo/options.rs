//! What the newcomer may ask for: ports, a folder, a fresh start.

use std::path::PathBuf;

use anyhow::Context as _;
use tokio::net::TcpListener;

use crate::outside::Places;

/// The words of `--help`.
pub const HELP: &str = "\
cargo run -p tests --bin demo -- [OPTIONS]

  --fresh         forget everything that earlier starts kept
  --port NUMBER   first of seven ports in a row (default: 7070)
  --data FOLDER   where the demo keeps its things (default: data/demo)
  --help          these words";

/// The first port, unless another is asked for.
const FIRST_PORT: u16 = 7070;

/// How the demo runs.
#[derive(Debug)]
pub struct Options {
    /// Whether to forget what earlier starts kept.
    pub fresh: bool,
    /// Where it keeps its things.
    pub data: PathBuf,
    first_port: u16,
}

/// What was asked for.
#[derive(Debug)]
pub enum Asked {
    /// To see the options.
    Help,
    /// To run.
    Run(Options),
}

impl Options {
    /// Reads the command line, without the program's name.
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<Asked> {
        let mut options = Self {
            fresh: false,
            data: PathBuf::from("data/demo"),
            first_port: FIRST_PORT,
        };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--fresh" => options.fresh = true,
                "--port" => {
                    let number = arguments.next().context("--port wants a number")?;
                    options.first_port = number
                        .parse()
                        .ok()
                        .filter(|port| (1024..=65_000).contains(port))
                        .with_context(|| format!("{number} is no port from 1024 to 65000"))?;
                }
                "--data" => {
                    options.data = arguments.next().context("--data wants a folder")?.into();
                }
                "--help" | "-h" => return Ok(Asked::Help),
                other => anyhow::bail!("{other} is no option of the demo"),
            }
        }
        Ok(Asked::Run(options))
    }

    /// Where the chat window is.
    pub fn chat_port(&self) -> u16 {
        self.first_port
    }

    /// Where the world reaches Chorus.
    pub fn public_port(&self) -> u16 {
        self.first_port + 1
    }

    /// Where the parts reach it.
    pub fn internal_port(&self) -> u16 {
        self.first_port + 2
    }

    /// Slack as one person sees one channel.
    pub fn slack_url(&self, person: &str, channel: &str) -> String {
        format!(
            "http://127.0.0.1:{}/chat/{person}/{channel}",
            self.chat_port()
        )
    }

    /// Discord as one person sees one channel.
    pub fn discord_url(&self, person: &str, channel: &str) -> String {
        format!(
            "http://127.0.0.1:{}/discord/{person}/{channel}",
            self.chat_port()
        )
    }

    /// A page beside the chat windows.
    pub fn chat_page(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.chat_port())
    }

    /// The emulators' ports.
    pub async fn places(&self) -> anyhow::Result<Places> {
        Ok(Places {
            slack: self.bind(self.first_port + 3).await?,
            networks: self.bind(self.first_port + 4).await?,
            newsroom: self.bind(self.first_port + 5).await?,
            discord: self.bind(self.first_port + 6).await?,
            slack_at: None,
            discord_at: None,
        })
    }

    /// Takes a port; one that is taken is named.
    pub async fn bind(&self, port: u16) -> anyhow::Result<TcpListener> {
        TcpListener::bind(("127.0.0.1", port))
            .await
            .with_context(|| {
                format!(
                    "port {port} is taken, perhaps by another demo: end it, or start this one with \
                 --port NUMBER"
                )
            })
    }
}
