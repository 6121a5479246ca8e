//! The networks' own pages for writing a post, emulated: each shows the post as it would stand there,
//! and lets another reader click its link. Production reaches them by other base addresses only.
use std::net::SocketAddr;
use std::path::Path;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use self::site::Site;
use self::state::{Networks, Post, Visit};
use crate::clock::Clock;

mod crawler;
pub mod length;
mod reader;
pub mod site;
mod skin;
pub mod state;

/// The running pages of all networks; cheap to clone.
#[derive(Clone, Debug)]
pub struct NetworksEmulator {
    networks: Networks,
    address: SocketAddr,
    stop: CancellationToken,
}

impl NetworksEmulator {
    /// Starts on a listener that the caller bound; posts stand under this person's name.
    pub fn start(clock: Clock, author: &str, listener: TcpListener) -> std::io::Result<Self> {
        let emulator = Self {
            networks: Networks::new(clock, author),
            address: listener.local_addr()?,
            stop: CancellationToken::new(),
        };
        let (router, stop) = (
            skin::router(emulator.networks.clone()),
            emulator.stop.clone(),
        );
        tokio::spawn(async move {
            let stopped = stop.cancelled_owned();
            let served = axum::serve(listener, router)
                .with_graceful_shutdown(stopped)
                .await;
            if let Err(error) = served {
                tracing::error!(%error, "the networks' emulator stopped");
            }
        });
        Ok(emulator)
    }

    /// The page that lists the networks and what was posted on them.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// What stands in place of a network's own `https://…` in the configuration of production.
    pub fn base_url(&self, site: Site) -> String {
        format!("http://{}/{}", self.address, site.slug())
    }

    /// Everything posted so far, oldest first.
    pub fn posts(&self) -> Vec<Post> {
        self.networks.posts()
    }

    /// Lets another reader click the link of a post: another browser at another address.
    pub async fn another_reader_clicks(&self, post: u64) -> Option<Visit> {
        reader::clicks(&self.networks, post).await
    }

    /// Writes the posts to a file, as a whole or not at all.
    pub fn save(&self, path: &Path) -> std::io::Result<()> {
        self.networks.save(path)
    }

    /// Takes up what an earlier run saved.
    pub fn load(&self, path: &Path) -> std::io::Result<()> {
        self.networks.load(path)
    }

    /// Stops serving.
    pub fn shutdown(&self) {
        self.stop.cancel();
    }
}

#[cfg(test)]
mod tests;
