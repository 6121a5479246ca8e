//! A bell between use cases and those who wait for what they write, within one process.

use std::sync::Arc;

use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;

/// A bell; clones share it. Waiters also look for themselves now and then,
/// because another process may have written what they wait for.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// Wakes everybody who listens.
    pub fn wake(&self) {
        self.0.notify_waiters();
    }

    /// Resolves at the next [`Bell::wake`] after this call.
    pub fn listen(&self) -> OwnedNotified {
        Arc::clone(&self.0).notified_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_ring_between_listening_and_waiting_is_not_missed() {
        let bell = Bell::default();
        let first = bell.listen();
        let second = bell.listen();
        bell.wake();
        first.await;
        second.await;
    }
}
