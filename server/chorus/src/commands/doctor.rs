//! `chorus doctor`: asks everybody who knows something (configuration, files, the running server or
//! the database itself, both chats, the public address), and shows what they found.
//!
//! The checks are theirs: here they are only asked, each within its time.

mod chats;
mod report;

use std::time::Duration;

use server::app::{App, StartError, look};
use server::config::Config;
use server::http::wire::operations::examined_chat;
use server::service::examination;
use server_api::client::{CallError, Client};
use server_api::examination::{Examination, ExaminedChat, Finding};

use crate::cli::Global;
use crate::failure::Failure;
use crate::output::Format;
use crate::session::running_server;

/// How long everything that is asked together may take, if one of them does not give up by itself.
const PATIENCE: Duration = Duration::from_mins(1);
/// The version of this program.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Examines everything, and fails where there is a problem.
pub async fn run(global: &Global) -> Result<(), Failure> {
    let found = Examination {
        version: VERSION.to_owned(),
        findings: findings(global).await,
    };
    Format::of(global.json).show(&found, || report::words(&found.findings))?;
    report::outcome(&found.findings)
}

async fn findings(global: &Global) -> Vec<Finding> {
    let config = match crate::read(global) {
        Ok(config) => config,
        // Nothing else can be looked at without one.
        Err(faults) => return report::faults(&faults),
    };
    let read = match crate::file(global) {
        Some(file) => format!("{} and the environment have no faults", file.display()),
        None => "defaults and the environment; no file is named".to_owned(),
    };
    let mut findings = vec![Finding::ok("settings.read", read)];
    findings.extend(examination::settings(&config));
    findings.extend(examination::files(&config));
    let (server, outside) = Box::pin(within(&config)).await;
    findings.extend(server);
    findings.extend(outside);
    findings
}

/// What the server or its database says, then what the world outside does.
async fn within(config: &Config) -> (Vec<Finding>, Vec<Finding>) {
    let asked = tokio::time::timeout(PATIENCE, inside(config)).await;
    let inside = asked.unwrap_or_else(|_| late("server.examination").into());
    let chats = &inside.chats;
    let (slack, discord, address, providers) = tokio::join!(
        limited("slack.examination", chats::slack(config, chats)),
        limited("discord.examination", chats::discord(config, chats)),
        limited("address.public", public(config, inside.is_stopped)),
        limited("login.providers", providers(config)),
    );
    let outside = [slack, discord, address, providers].concat();
    (inside.findings, outside)
}

/// What is found within its time.
async fn limited(check: &str, asked: impl Future<Output = Vec<Finding>>) -> Vec<Finding> {
    let asked = tokio::time::timeout(PATIENCE, asked).await;
    asked.unwrap_or_else(|_| late(check))
}

fn late(check: &str) -> Vec<Finding> {
    vec![Finding::problem(
        check,
        "no answer in time",
        "Try again; if it stays so, look at the server's log.",
    )]
}

/// The public address, unless nothing can answer there.
async fn public(config: &Config, is_stopped: bool) -> Vec<Finding> {
    if !config.web.enabled || is_stopped {
        return Vec::new();
    }
    vec![examination::address(config).await]
}

/// The login providers of the console, where it is served.
async fn providers(config: &Config) -> Vec<Finding> {
    if !config.web.enabled {
        return Vec::new();
    }
    examination::providers(config).await
}

/// What was found behind the server, and the chats that it knows.
#[derive(Default)]
struct Inside {
    findings: Vec<Finding>,
    chats: Vec<ExaminedChat>,
    /// Whether it is known that no server runs.
    is_stopped: bool,
}

impl From<Vec<Finding>> for Inside {
    fn from(findings: Vec<Finding>) -> Self {
        Self {
            findings,
            ..Self::default()
        }
    }
}

async fn inside(config: &Config) -> Inside {
    match running_server(config).await {
        Ok(Some(operator)) => through(&operator).await,
        Ok(None) => alone(config).await,
        Err(failure) => vec![Finding::problem(
            "server.running",
            failure.to_string(),
            "Run this as the user who runs the server.",
        )]
        .into(),
    }
}

/// Asks the running server.
async fn through(operator: &Client) -> Inside {
    let (examination, chats) = tokio::join!(operator.examination(), operator.examined_chats());
    let mut findings = match examination {
        Ok(examination) => told(examination),
        Err(error) => vec![untold(error)],
    };
    // Where the chats are not told, what was found stays: it may name what keeps them back.
    let chats = match chats {
        Ok(chats) => chats.items,
        Err(error) => {
            findings.push(unlisted(error));
            Vec::new()
        }
    };
    Inside {
        findings,
        chats,
        is_stopped: false,
    }
}

/// What the server found out about itself.
fn told(examination: Examination) -> Vec<Finding> {
    let running = if examination.version == VERSION {
        Finding::ok("server.running", format!("version {VERSION} runs"))
    } else {
        Finding::warning(
            "server.running",
            format!(
                "version {} runs, and this is {VERSION}",
                examination.version
            ),
            "Restart the server, or call the program that it runs.",
        )
    };
    let found = examination.findings.into_iter();
    std::iter::once(running).chain(found).collect()
}

/// That it told nothing of itself.
fn untold(error: CallError) -> Finding {
    Finding::problem(
        "server.running",
        Failure::from(error).to_string(),
        "Are the server and this program of one version?",
    )
}

/// That it did not tell which chats there are.
fn unlisted(error: CallError) -> Finding {
    Finding::problem(
        "chats.listed",
        format!(
            "the chats could not be looked at, as the server did not name them. {}",
            Failure::from(error)
        ),
        "Solve first what is told of the database; if nothing is, look at the server's log.",
    )
}

/// Looks at the database itself.
async fn alone(config: &Config) -> Inside {
    let app = match look(config.clone()).await {
        Ok(Some(app)) => app,
        Ok(None) => {
            let findings = vec![Finding::warning(
                "server.running",
                "there is no database yet",
                "`chorus setup` makes it. If there should be one, see that data_dir and \
                 database.url name it.",
            )];
            return Inside {
                is_stopped: true,
                ..findings.into()
            };
        }
        Err(error @ StartError::Held { .. }) => {
            return vec![Finding::problem(
                "server.running",
                format!("{error}, but it does not answer"),
                "If it is only starting, try again; else look at its log, and restart it.",
            )]
            .into();
        }
        Err(error) => {
            return vec![Finding::problem(
                "database.reachable",
                error.to_string(),
                "See that the database runs, that database.url names it, and that its user may \
                 read there.",
            )]
            .into();
        }
    };
    by_itself(&app).await
}

async fn by_itself(app: &App) -> Inside {
    // Who has the file knows that no server runs; on PostgreSQL one may run elsewhere.
    let is_stopped = app.exclusive.is_some();
    let running = if is_stopped {
        Finding::warning("server.running", "no server runs", "Start `chorus serve`.")
    } else {
        Finding::ok(
            "server.running",
            "no server left word here, so the database was asked itself",
        )
    };
    let mut findings = examination::examine(app).await;
    // That there is no worker without a server is no news.
    findings.retain(|finding| !(is_stopped && finding.check == "work.worker"));
    findings.insert(0, running);
    // One that cannot be read was told of by the examination.
    let chats = examination::chats(app).await.unwrap_or_default();
    Inside {
        findings,
        chats: chats.into_iter().map(examined_chat).collect(),
        is_stopped,
    }
}
