//! Which addresses may be connected to.

use std::error::Error;
use std::fmt::{self, Debug};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::FetchError;
use crate::domain::public_address::is_public;

/// From a name to its addresses; tests answer as they please.
pub trait Lookup: Send + Sync + Debug {
    /// The addresses of `host`; none if it has none.
    fn lookup(&self, host: String) -> BoxFuture<'static, Vec<IpAddr>>;
}

/// Asks the operating system.
#[derive(Clone, Copy, Debug)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, host: String) -> BoxFuture<'static, Vec<IpAddr>> {
        Box::pin(async move {
            match tokio::net::lookup_host((host.as_str(), 0)).await {
                Ok(found) => found.map(|address| address.ip()).collect(),
                Err(_) => Vec::new(),
            }
        })
    }
}

/// Which addresses a client sees.
#[derive(Clone, Copy, Debug)]
pub(super) enum Door {
    /// Public ones.
    PublicOnly,
    /// All: for what the operator allowed.
    Open,
}

/// A resolver that hides what may not be connected to. What it answers is what
/// is connected to, so a name cannot change its mind between check and use.
#[derive(Debug)]
pub(super) struct Guarded {
    pub(super) lookup: Arc<dyn Lookup>,
    pub(super) door: Door,
}

/// Why a name leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    NotPublic,
    Unresolved,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotPublic => f.write_str("no public address"),
            Self::Unresolved => f.write_str("no address"),
        }
    }
}

impl Error for Refusal {}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let found = self.lookup.lookup(name.as_str().to_owned());
        let door = self.door;
        Box::pin(async move {
            let found = found.await;
            if found.is_empty() {
                return Err(Refusal::Unresolved.into());
            }
            let seen: Vec<SocketAddr> = found
                .into_iter()
                .filter(|address| match door {
                    Door::PublicOnly => is_public(*address),
                    Door::Open => true,
                })
                .map(|address| SocketAddr::new(address, 0))
                .collect();
            if seen.is_empty() {
                return Err(Refusal::NotPublic.into());
            }
            Ok(Box::new(seen.into_iter()) as Addrs)
        })
    }
}

/// Checks what no resolver sees: the port, and addresses written as numbers.
pub(super) fn check(url: &Url) -> Result<(), FetchError> {
    match url.port_or_known_default() {
        Some(80 | 443) => {}
        Some(port) => return Err(FetchError::Port(port)),
        None => return Err(FetchError::Port(0)),
    }
    let literal = match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address),
        Some(Host::Ipv6(address)) => IpAddr::V6(address),
        Some(Host::Domain(_)) => return Ok(()),
        None => return Err(FetchError::NotPublic),
    };
    if is_public(literal) {
        Ok(())
    } else {
        Err(FetchError::NotPublic)
    }
}

/// The resolver's refusal within a client's error.
pub(super) fn refusal(error: &reqwest::Error) -> Option<FetchError> {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(refusal) = inner.downcast_ref::<Refusal>() {
            return Some(match refusal {
                Refusal::NotPublic => FetchError::NotPublic,
                Refusal::Unresolved => FetchError::Unresolved,
            });
        }
        cause = inner.source();
    }
    None
}
