//! `chorus serve`: the parts of the running system in one process, under supervision.

mod backend;
mod discord;
mod figures;
mod signals;
mod slack;
mod supervise;

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use server::app::{App, build_on};
use server::clock::Clock;
use server::config::{Config, LogFormat};
use server::serve::{Listeners, Parts, ServeError};
use server::service::login_links;
use tokio_util::sync::CancellationToken;

use crate::cards::Renderers;
use crate::cli::PartName;
use crate::failure::Failure;
use crate::output::say;
use crate::session::forget_the_killed;
use crate::telemetry;
use discord::Discord;
use figures::Figures;
use signals::Signals;
use slack::Slack;
use supervise::supervise;

/// How long everything may take to end, once it is asked to: longer than each
/// part's own time for what is under way.
pub const HARD_STOP: Duration = Duration::from_secs(40);

/// Serves until the process is asked to stop: first softly, so that what is
/// under way ends; asked again, or past [`HARD_STOP`], at once.
pub(crate) async fn run(config: Config, chosen: &[PartName]) -> Result<(), Failure> {
    telemetry::start(&config.log.filter, config.log.format == LogFormat::Json)?;
    let mut signals = Signals::listen()?;
    let service = Service::prepare(config, chosen).await?;
    say(&service.greeting())?;
    service.first_start().await?;
    let stop = CancellationToken::new();
    let work = service.run(stop.clone());
    tokio::pin!(work);
    tokio::select! {
        () = &mut work => return Ok(()),
        () = signals.next() => {}
    }
    tracing::info!("stopping: what is under way ends first; ask again to stop at once");
    stop.cancel();
    tokio::select! {
        () = &mut work => say("Stopped."),
        () = signals.next() => Err(cut_off()),
        () = hard_stop() => Err(cut_off()),
    }
}

fn cut_off() -> Failure {
    Failure::refused("Stopped at once. What was under way is taken up at the next start.")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the end of the composition comes in real time"
)]
async fn hard_stop() {
    tokio::time::sleep(HARD_STOP).await;
}

/// A service that is ready to run: checked, its database open, its ports taken.
pub struct Service {
    config: Config,
    server: Option<Server>,
    slack: Option<Slack>,
    discord: Option<Discord>,
    figures: Figures,
}

/// The parts of the server.
struct Server {
    app: App,
    parts: Parts,
    /// Kept over restarts, so that no other process takes the ports in between.
    ports: Option<Ports>,
}

/// The listeners of the web part.
struct Ports {
    public: TcpListener,
    internal: TcpListener,
}

impl Service {
    /// Checks the choice of parts (all that are enabled if none is named),
    /// opens the database and takes the ports.
    pub async fn prepare(config: Config, chosen: &[PartName]) -> Result<Self, Failure> {
        Self::prepare_on(config, chosen, Clock::System).await
    }

    /// The same on a clock of the caller's: worlds of tests move theirs.
    pub async fn prepare_on(
        config: Config,
        chosen: &[PartName],
        clock: Clock,
    ) -> Result<Self, Failure> {
        let runs = |part, enabled| {
            if chosen.is_empty() {
                enabled
            } else {
                chosen.contains(&part)
            }
        };
        let parts = Parts {
            web: runs(PartName::Web, config.web.enabled),
            worker: runs(PartName::Worker, config.worker.enabled),
        };
        let slack = runs(PartName::Slack, config.slack.enabled);
        let discord = runs(PartName::Discord, config.discord.enabled);
        if !parts.web && !parts.worker && !slack && !discord {
            return Err(Failure::usage(
                "No part is enabled: set web.enabled, worker.enabled, slack.enabled or \
                 discord.enabled, or name one with --part.",
            ));
        }
        if slack {
            slack::check(&config, parts.web)?;
        }
        if discord {
            discord::check(&config, parts.web)?;
        }
        let server = if parts.web || parts.worker {
            Some(Server::prepare(&config, parts, clock).await?)
        } else {
            None
        };
        let figures = Figures::prepare(&config, server.as_ref())?;
        let slack = slack
            .then(|| Slack::prepare(&config, server.as_ref(), &figures))
            .transpose()?;
        let discord = discord
            .then(|| Discord::prepare(&config, server.as_ref(), &figures))
            .transpose()?;
        Ok(Self {
            config,
            server,
            slack,
            discord,
            figures,
        })
    }

    /// Where the world reaches it; none where the web part does not run.
    pub fn public_address(&self) -> Option<SocketAddr> {
        self.ports()?.public.local_addr().ok()
    }

    /// Where the parts reach it; none where the web part does not run.
    pub fn internal_address(&self) -> Option<SocketAddr> {
        self.ports()?.internal.local_addr().ok()
    }

    /// Where Slack's requests come in; none over Socket Mode.
    pub fn slack_address(&self) -> Option<SocketAddr> {
        self.slack.as_ref()?.address()
    }

    /// Where Discord's requests come in; none over the gateway.
    pub fn discord_address(&self) -> Option<SocketAddr> {
        self.discord.as_ref()?.address()
    }

    /// Where figures alone are told, if they are.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.figures.address()
    }

    /// The application, where parts of the server run.
    pub fn app(&self) -> Option<&App> {
        self.server.as_ref().map(|server| &server.app)
    }

    /// Runs until `stop`. Chat ends first, so that what it still has to say to
    /// the server is heard.
    pub async fn run(self, stop: CancellationToken) {
        let server_stop = CancellationToken::new();
        let slack = async {
            match &self.slack {
                Some(slack) => supervise("slack", &stop, |stop| slack.run(stop)).await,
                None => stop.cancelled().await,
            }
        };
        let discord = async {
            match &self.discord {
                Some(discord) => supervise("discord", &stop, |stop| discord.run(stop)).await,
                None => stop.cancelled().await,
            }
        };
        let chat = async {
            tokio::join!(slack, discord);
            server_stop.cancel();
        };
        let server = async {
            if let Some(server) = &self.server {
                supervise("server", &server_stop, |stop| server.run(stop)).await;
            }
        };
        let figures = async {
            if self.figures.address().is_some() {
                supervise("metrics", &server_stop, |stop| self.figures.run(stop)).await;
            }
        };
        tokio::join!(chat, server, figures);
    }

    fn ports(&self) -> Option<&Ports> {
        self.server.as_ref()?.ports.as_ref()
    }

    /// Shows a way into each console into which no owner can log in yet. It goes to the terminal,
    /// never to the log. A database that is away now has the next start show it.
    async fn first_start(&self) -> Result<(), Failure> {
        let Some(app) = self.server.as_ref().filter(|server| server.parts.web) else {
            return Ok(());
        };
        let links = match login_links::first_starts(&app.app).await {
            Ok(links) => links,
            Err(cause) => {
                tracing::error!(%cause, "no link for the first log-in could be made: {cause}");
                return Ok(());
            }
        };
        for (organization, address) in links {
            let whose = organization.unwrap_or_else(|| "Chorus".to_owned());
            say(&format!(
                "\nNo owner of {whose} can log in to the console yet.\n\
                 Open this once, within a day, to choose a password:\n  {address}"
            ))?;
        }
        Ok(())
    }

    /// What a person at the terminal wants to know.
    fn greeting(&self) -> String {
        let mut parts = Vec::new();
        if let Some(server) = &self.server {
            parts.extend(server.parts.web.then_some("web"));
            parts.extend(server.parts.worker.then_some("worker"));
        }
        parts.extend(self.slack.as_ref().map(|_| "slack"));
        parts.extend(self.discord.as_ref().map(|_| "discord"));
        let mut lines = vec![format!("Chorus is running: {}.", parts.join(", "))];
        if let (Some(public), Some(internal)) = (self.public_address(), self.internal_address()) {
            lines.push(format!(
                "  public    http://{public}, known as {}",
                self.config.web.base_url
            ));
            lines.push(format!("  internal  http://{internal}"));
        }
        if let Some(address) = self.slack_address() {
            lines.push(format!("  slack     http://{address}{}", bots::slack::PATH));
        }
        if let Some(address) = self.discord_address() {
            lines.push(format!(
                "  discord   http://{address}{}",
                bots::discord::PATH
            ));
        }
        if let Some(address) = self.metrics_address() {
            lines.push(format!(
                "  metrics   http://{address}{}",
                server::http::metrics::PATH
            ));
        }
        if self.server.is_some() {
            lines.push(format!("  data      {}", self.config.data_dir.display()));
        }
        lines.push("Ctrl-C ends it.".to_owned());
        lines.join("\n")
    }
}

impl Server {
    async fn prepare(config: &Config, parts: Parts, clock: Clock) -> Result<Self, Failure> {
        let app = build_on(config.clone(), clock)
            .await
            .map_err(|error| Failure::refused(error.to_string()))?;
        app.draw_cards_by(Arc::new(Renderers));
        forget_the_killed(&app)?;
        let listening = if parts.web {
            Some(Ports {
                public: bind("web.listen", config.web.listen)?,
                internal: bind("internal.listen", config.internal.listen)?,
            })
        } else {
            None
        };
        Ok(Self {
            app,
            parts,
            ports: listening,
        })
    }

    async fn run(&self, stop: CancellationToken) -> Result<(), ServeError> {
        let listeners = self.ports.as_ref().map(Ports::listeners).transpose()?;
        server::serve::run(self.app.clone(), self.parts, listeners, stop).await
    }
}

impl Ports {
    fn listeners(&self) -> Result<Listeners, std::io::Error> {
        Ok(Listeners {
            public: tokio::net::TcpListener::from_std(self.public.try_clone()?)?,
            internal: tokio::net::TcpListener::from_std(self.internal.try_clone()?)?,
        })
    }
}

fn bind(option: &str, address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address)
        .and_then(|listener| listener.set_nonblocking(true).map(|()| listener))
        .map_err(|error| {
            Failure::refused(format!(
                "{option}: {address} cannot be used: {error}.\n\
                 Stop what listens there, or name another port in the configuration."
            ))
        })
}
