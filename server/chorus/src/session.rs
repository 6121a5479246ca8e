//! The way of a command to the API: through the running server, or one opened in this process.

use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret as _;
use server::app::{App, StartError, build};
use server::config::Config;
use server::running::{self, Running};
use server_api::client::{CallError, Client};
use server_api::problem::Code;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::cards::Renderers;
use crate::failure::Failure;
use crate::output::say;

/// How long another command may keep the database before this one gives up.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two attempts to get it.
const PAUSE: Duration = Duration::from_millis(200);
/// How long a command waits for an answer: a feed is fetched and read within.
const ANSWER: Duration = Duration::from_mins(2);
/// How long a server may take to show that it is the one that was left word of.
const PRESENCE: Duration = Duration::from_secs(5);

/// An open way to the API, with the operator's token.
pub struct Session {
    operator: Client,
    hosted: Option<Hosted>,
}

/// A server that lives only for this command.
struct Hosted {
    stop: CancellationToken,
    serving: JoinHandle<()>,
}

impl Session {
    /// Opens one: on SQLite through the running server, if one holds the file.
    pub async fn open(config: Config) -> Result<Self, Failure> {
        let began = tokio::time::Instant::now();
        loop {
            let held = match build(config.clone()).await {
                Ok(app) => {
                    app.draw_cards_by(Arc::new(Renderers));
                    return Self::host(&app).await;
                }
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
            if let Some(running) = left
                && is_there(&running).await?
            {
                return Ok(Self {
                    operator: client(&running.internal_url, &running.operator_token, ANSWER)?,
                    hosted: None,
                });
            }
            // Another command has the file, or a server that is just starting, and
            // what was read is of one that was killed.
            if began.elapsed() > PATIENCE {
                return Err(Failure::refused(held.to_string()));
            }
            pause().await;
        }
    }

    /// Opens the API in this process, on a port of this machine that nobody knows.
    async fn host(app: &App) -> Result<Self, Failure> {
        forget_the_killed(app)?;
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

/// The operator's client of the server that left word in this data directory, if it is there.
pub async fn running_server(config: &Config) -> Result<Option<Client>, Failure> {
    let unreadable = |error: std::io::Error| {
        let path = config.data_dir.join("running.json");
        Failure::refused(format!("{} cannot be read: {error}.", path.display()))
    };
    match running::read(&config.data_dir).map_err(unreadable)? {
        Some(running) if is_there(&running).await? => {
            client(&running.internal_url, &running.operator_token, ANSWER).map(Some)
        }
        Some(_) | None => Ok(None),
    }
}

/// Whether a server answers there, and takes the token.
async fn is_there(running: &Running) -> Result<bool, Failure> {
    let operator = client(&running.internal_url, &running.operator_token, PRESENCE)?;
    Ok(match operator.organization().await {
        Ok(_) => true,
        // Before the set-up there is nobody to act for; the token is looked at first.
        Err(CallError::Problem(problem)) => problem.code != Code::Unauthenticated,
        Err(CallError::Transport(_) | CallError::Unexpected { .. }) => false,
    })
}

/// Takes away what a killed server left: who has the SQLite file for itself knows that
/// none runs.
pub fn forget_the_killed(app: &App) -> Result<(), Failure> {
    let data_dir = &app.config.data_dir;
    if app.exclusive.is_none() {
        return Ok(());
    }
    match running::read(data_dir) {
        Ok(Some(left)) => running::remove(data_dir, left.pid),
        Ok(None) => Ok(()),
        Err(cause) => Err(cause),
    }
    .map_err(|cause| {
        let path = data_dir.join("running.json");
        Failure::refused(format!("{} cannot be removed: {cause}", path.display()))
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn word(listener: &TcpListener, token: &str) -> Running {
        let internal = listener.local_addr().unwrap();
        Running {
            internal_url: format!("http://{internal}"),
            public_url: "http://127.0.0.1:1".into(),
            operator_token: token.into(),
            pid: 1,
        }
    }

    #[tokio::test]
    async fn what_a_killed_server_left_misleads_no_command_while_the_next_one_starts() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path();
        let config = Config::parse(&format!("data_dir = {data_dir:?}"), []).unwrap();
        let next = build(config.clone()).await.unwrap();
        let killed = TcpListener::bind("127.0.0.1:0").await.unwrap();
        running::write(data_dir, &word(&killed, "old")).unwrap();
        let stop = CancellationToken::new();
        let starting = async {
            drop(killed.accept().await.unwrap());
            drop(killed);
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let running = word(&listener, next.tokens.operator().expose_secret());
            // A restart on the same address first meets the old token.
            let old = word(&listener, "old");
            running::write(data_dir, &old).unwrap();
            let router = server::http::internal(&next);
            tokio::spawn(server::http::listen::serve(listener, router, stop.clone()));
            assert!(!is_there(&old).await.unwrap());
            running::write(data_dir, &running).unwrap();
        };

        let (session, ()) = tokio::join!(Session::open(config), starting);

        let answer = session.unwrap().operator().organization().await;
        assert!(
            matches!(&answer, Err(CallError::Problem(problem)) if problem.code != Code::Unauthenticated),
            "{answer:?}"
        );
        stop.cancel();
    }

    #[tokio::test]
    async fn who_has_the_file_takes_away_what_a_killed_server_left() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path();
        let config = Config::parse(&format!("data_dir = {data_dir:?}"), []).unwrap();
        let killed = TcpListener::bind("127.0.0.1:0").await.unwrap();
        running::write(data_dir, &word(&killed, "old")).unwrap();

        let session = Session::open(config).await.unwrap();

        assert_eq!(running::read(data_dir).unwrap(), None);
        session.close().await;
    }
}
