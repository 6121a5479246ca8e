//! The way of a command to the API: through the running server, or one opened in this process.

use std::time::Duration;

use secrecy::ExposeSecret as _;
use server::app::{App, StartError, build};
use server::config::Config;
use server::running;
use server_api::client::Client;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::output::say;

/// How long another command may keep the database before this one gives up.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two attempts to get it.
const PAUSE: Duration = Duration::from_millis(200);
/// How long a command waits for an answer: a feed is fetched and read within.
const ANSWER: Duration = Duration::from_mins(2);

/// An open way to the API, with the operator's token.
pub struct Session {
    operator: Client,
    hosted: Option<Hosted>,
}

/// A server that lives only for this command.
struct Hosted {
    stop: CancellationToken,
    serving: JoinHandle<Result<(), std::io::Error>>,
}

impl Session {
    /// Opens one: on SQLite through the running server, if one holds the file.
    pub async fn open(config: Config) -> Result<Self, Failure> {
        let began = tokio::time::Instant::now();
        loop {
            let held = match build(config.clone()).await {
                Ok(app) => return Self::host(&app).await,
                Err(held @ StartError::Held { .. }) => held,
                Err(error) => return Err(Failure::refused(error.to_string())),
            };
            let left = running::read(&config.data_dir).map_err(|error| {
                Failure::refused(format!(
                    "A server is running, but {} cannot be read: {error}.\n\
                     Run this as the user who runs the server.",
                    config.data_dir.join("running.json").display()
                ))
            })?;
            if let Some(running) = left {
                return Ok(Self {
                    operator: client(&running.internal_url, &running.operator_token, ANSWER)?,
                    hosted: None,
                });
            }
            // Another command has the file, or a server that is just starting.
            if began.elapsed() > PATIENCE {
                return Err(Failure::refused(held.to_string()));
            }
            pause().await;
        }
    }

    /// Opens the API in this process, on a port of this machine that nobody knows.
    async fn host(app: &App) -> Result<Self, Failure> {
        let failed = |error: std::io::Error| Failure::refused(format!("No port is free: {error}"));
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let stop = CancellationToken::new();
        let router = server::http::internal(app);
        let serving = tokio::spawn(server::http::listen::serve(listener, router, stop.clone()));
        Ok(Self {
            operator: client(
                &format!("http://{address}"),
                app.tokens.operator().expose_secret(),
                ANSWER,
            )?,
            hosted: Some(Hosted { stop, serving }),
        })
    }

    /// The API's client, acting for the operator.
    pub fn operator(&self) -> Client {
        self.operator.clone()
    }

    /// Ends the server of this command, if it had one.
    pub async fn close(self) {
        // Open connections would keep the server.
        drop(self.operator);
        if let Some(hosted) = self.hosted {
            hosted.stop.cancel();
            // The command has its answer: how its server ended changes nothing.
            drop(hosted.serving.await);
        }
    }
}

/// A client of the internal API at `base`; it waits at most `answer` for each answer.
pub fn client(base: &str, token: &str, answer: Duration) -> Result<Client, Failure> {
    let http = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(5))
        .timeout(answer)
        // The internal listener is near; no proxy stands between.
        .no_proxy()
        .build()
        .map_err(|error| Failure::refused(format!("No HTTP client can be made: {error}")))?;
    Ok(Client::new(http, base, token))
}

/// Brings the schema up to date; a running server has done so at its start.
pub async fn migrate(config: Config) -> Result<(), Failure> {
    match build(config).await {
        Ok(_) => say("The schema is up to date."),
        Err(StartError::Held { .. }) => {
            say("A server is running; it brought the schema up to date when it started.")
        }
        Err(error) => Err(Failure::refused(error.to_string())),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a loop of the composition: another process ends in real time"
)]
async fn pause() {
    tokio::time::sleep(PAUSE).await;
}
