//! Running the server's parts on listeners, until told to stop: first softly,
//! so that open requests are answered and jobs end, then for good.

use std::io;
use std::time::Duration;

use secrecy::ExposeSecret;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::task::{JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::http::{self, listen};
use crate::ingest;
use crate::jobs;
use crate::running::{self, Running};
use crate::service::installations;

/// How long open requests and jobs may take to end once the server is to stop.
const SOFT_STOP: Duration = Duration::from_secs(20);

/// Which parts of the server run in this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The listeners.
    pub web: bool,
    /// Jobs and schedules.
    pub worker: bool,
}

/// The bound listeners; needed where the web part runs.
#[derive(Debug)]
pub struct Listeners {
    /// What the world reaches.
    pub public: TcpListener,
    /// What the parts reach.
    pub internal: TcpListener,
}

/// Why the server ended other than by being told to.
#[derive(Debug, Error)]
pub enum ServeError {
    /// running.json could not be left or taken away.
    #[error("the server cannot go on: {0}")]
    Io(#[from] io::Error),
    /// A part panicked.
    #[error("a part of the server broke: {0}")]
    Broken(#[from] JoinError),
}

/// Runs `parts` until `stop` is cancelled or one of them fails.
pub async fn run(
    app: App,
    parts: Parts,
    listeners: Option<Listeners>,
    stop: CancellationToken,
) -> Result<(), ServeError> {
    seal_anew(&app).await;
    let mut tasks = JoinSet::new();
    // Cancelled also where one part fails, so that the others end with it.
    let stop = stop.child_token();
    if let (true, Some(listeners)) = (parts.web, listeners) {
        leave(&app, &listeners)?;
        let public = http::public(&app);
        let internal = http::internal(&app);
        tasks.spawn(ingest::drain::run(app.clone(), stop.clone()));
        tasks.spawn(listen::serve(listeners.public, public, stop.clone()));
        tasks.spawn(listen::serve(listeners.internal, internal, stop.clone()));
    }
    if parts.worker {
        tasks.spawn(jobs::worker::run(app.clone(), stop.clone()));
    }
    let outcome = until_stopped(&mut tasks, &stop).await;
    stop.cancel();
    let ended = tokio::time::timeout(SOFT_STOP, drain(&mut tasks)).await;
    if ended.is_err() {
        tracing::warn!("some requests or jobs did not end in time and were cut off");
    }
    if parts.web {
        running::remove(&app.config.data_dir, std::process::id())?;
    }
    outcome
}

/// After a rotation of keys. A database that cannot do it now has the next start to.
async fn seal_anew(app: &App) {
    match installations::seal_anew(app).await {
        Ok(0) => {}
        Ok(count) => tracing::info!(
            count,
            "tokens of installations were sealed anew, by the key in use: {count}"
        ),
        Err(cause) => tracing::error!(%cause, "no token could be sealed anew: {cause}"),
    }
}

async fn until_stopped(
    tasks: &mut JoinSet<()>,
    stop: &CancellationToken,
) -> Result<(), ServeError> {
    tokio::select! {
        () = stop.cancelled() => Ok(()),
        first = tasks.join_next() => match first {
            Some(ended) => Ok(ended?),
            None => Ok(()),
        },
    }
}

async fn drain(tasks: &mut JoinSet<()>) {
    while let Some(ended) = tasks.join_next().await {
        if let Err(cause) = ended {
            tracing::error!(%cause, "a part broke: {cause}");
        }
    }
}

fn leave(app: &App, listeners: &Listeners) -> Result<(), io::Error> {
    let running = Running {
        internal_url: format!("http://{}", listeners.internal.local_addr()?),
        public_url: app.config.web.base_url.clone(),
        operator_token: app.tokens.operator().expose_secret().to_owned(),
        pid: std::process::id(),
    };
    running::write(&app.config.data_dir, &running)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{Kind, TestApp};

    #[tokio::test]
    async fn the_server_answers_leaves_its_address_and_ends_when_told() {
        let t = TestApp::new(Kind::Sqlite).await;
        let bind = async || TcpListener::bind("127.0.0.1:0").await.unwrap();
        let listeners = Listeners {
            public: bind().await,
            internal: bind().await,
        };
        let public = listeners.public.local_addr().unwrap();
        let stop = CancellationToken::new();
        let parts = Parts {
            web: true,
            worker: true,
        };
        let server = tokio::spawn(run(t.app.clone(), parts, Some(listeners), stop.clone()));
        let ready = reqwest::get(format!("http://{public}/readyz"))
            .await
            .unwrap();
        assert_eq!(ready.status(), 200);
        let left = running::read(&t.app.config.data_dir).unwrap().unwrap();
        let answer = reqwest::get(format!("{}/healthz", left.internal_url)).await;
        assert_eq!(answer.unwrap().status(), 200);
        stop.cancel();
        server.await.unwrap().unwrap();
        assert_eq!(running::read(&t.app.config.data_dir).unwrap(), None);
    }
}
