//! Trouble on the line: a proxy between a client and a platform, over real sockets, that
//! lets requests fail by a plan and counts what it did.
//!
//! Websockets pass through it untouched. Whatever it does to a request, it does what a
//! network or a platform in trouble does, and nothing worse.

mod answers;
mod line;
pub mod plan;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use self::plan::{Deck, Fault, Plan};
use crate::people::Chat;

/// A running proxy; cheap to clone.
#[derive(Clone)]
pub struct Proxy {
    desk: Arc<Desk>,
    address: SocketAddr,
}

/// What the proxy did so far.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Requests that passed as they came.
    pub passed: usize,
    /// Requests that met a fault, by its kind.
    pub struck: BTreeMap<Fault, usize>,
    /// Every request, in order.
    pub log: Vec<Heard>,
}

/// A request that the proxy read.
#[derive(Clone, Debug)]
pub struct Heard {
    /// When.
    pub at: Instant,
    /// Method and path.
    pub request: String,
    /// What became of it.
    pub fault: Option<Fault>,
}

/// What all connections share.
struct Desk {
    chat: Chat,
    upstream: SocketAddr,
    deck: Mutex<Deck>,
    tally: Mutex<Tally>,
    /// Requests that were read and have not been answered by the platform yet.
    on_the_way: AtomicUsize,
    /// How many requests the platform has answered: one that was held back waits for another.
    carried: watch::Sender<u64>,
}

impl Proxy {
    /// Starts on a listener that the caller bound, before the platform at `upstream`.
    pub fn start(
        listener: TcpListener,
        (chat, upstream): (Chat, SocketAddr),
        plan: Plan,
        stop: CancellationToken,
    ) -> std::io::Result<Self> {
        let address = listener.local_addr()?;
        let desk = Arc::new(Desk {
            chat,
            upstream,
            deck: Mutex::new(Deck::new(plan)),
            tally: Mutex::default(),
            on_the_way: AtomicUsize::new(0),
            carried: watch::Sender::new(0),
        });
        tokio::spawn(accept(listener, Arc::clone(&desk), stop));
        Ok(Self { desk, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it did so far.
    pub fn tally(&self) -> Tally {
        self.desk.tally().clone()
    }

    /// Goes by another plan from now on.
    pub fn plan(&self, plan: Plan) {
        *self.desk.deck() = Deck::new(plan);
    }

    /// Whether no request is between its sender and the platform's answer.
    pub fn is_quiet(&self) -> bool {
        self.desk.on_the_way.load(Ordering::SeqCst) == 0
    }
}

impl Tally {
    /// How many requests met any fault.
    pub fn faults(&self) -> usize {
        self.struck.values().sum()
    }
}

impl Desk {
    fn deck(&self) -> MutexGuard<'_, Deck> {
        self.deck.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long the next stretch of the way takes.
    fn lag(&self) -> Duration {
        self.deck().lag()
    }

    /// How many seconds a 429 says to wait.
    fn wait(&self) -> u64 {
        self.deck().wait()
    }

    /// What happens to the next request, noted down.
    fn deal(&self, request: &str) -> Option<Fault> {
        let fault = self.deck().deal(request);
        let mut tally = self.tally();
        match fault {
            Some(fault) => *tally.struck.entry(fault).or_default() += 1,
            None => tally.passed += 1,
        }
        tally.log.push(Heard {
            at: Instant::now(),
            request: request.to_owned(),
            fault,
        });
        fault
    }
}

async fn accept(listener: TcpListener, desk: Arc<Desk>, stop: CancellationToken) {
    while let Some(accepted) = stop.run_until_cancelled(listener.accept()).await {
        let Ok((stream, _)) = accepted else {
            continue;
        };
        let (desk, stop) = (Arc::clone(&desk), stop.clone());
        tokio::spawn(async move {
            // A connection that breaks is what this is for.
            let _ = stop.run_until_cancelled(line::serve(stream, &desk)).await;
        });
    }
}

#[cfg(test)]
mod tests;
