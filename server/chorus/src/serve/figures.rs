//! The figures of this process: those of the bots beside the server's, and a listener for
//! figures alone where one is configured.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use bots::Metrics;
use server::app::App;
use server::config::Config;
use server::http::{listen, metrics};
use server::metrics::Source;
use tokio_util::sync::CancellationToken;

use super::{Server, bind};
use crate::failure::Failure;

/// Where figures come from, and where they are told.
pub struct Figures {
    bots: Metrics,
    app: Option<App>,
    /// Kept over restarts, so that no other process takes the port in between.
    listener: Option<TcpListener>,
}

impl Figures {
    /// Joins the bots' figures to the server's, and takes the port.
    pub(super) fn prepare(config: &Config, server: Option<&Server>) -> Result<Self, Failure> {
        let listener = config.metrics.listen;
        let figures = Self {
            bots: Metrics::default(),
            app: server.map(|server| server.app.clone()),
            listener: listener
                .map(|address| bind("metrics.listen", address))
                .transpose()?,
        };
        if let Some(app) = &figures.app {
            app.metrics().attach(figures.source());
        }
        Ok(figures)
    }

    /// Where the bots count.
    pub fn bots(&self) -> Metrics {
        self.bots.clone()
    }

    /// Where figures alone are told.
    pub fn address(&self) -> Option<SocketAddr> {
        self.listener.as_ref()?.local_addr().ok()
    }

    /// Tells them until `stop`.
    pub async fn run(&self, stop: CancellationToken) -> Result<(), std::io::Error> {
        let Some(listener) = &self.listener else {
            return Ok(());
        };
        let listener = tokio::net::TcpListener::from_std(listener.try_clone()?)?;
        let routes = match &self.app {
            Some(app) => metrics::alone(app),
            None => metrics::elsewhere(self.source()),
        };
        listen::serve(listener, routes, stop).await;
        Ok(())
    }

    fn source(&self) -> Source {
        let bots = self.bots.clone();
        Arc::new(move |text| bots.write(text))
    }
}
