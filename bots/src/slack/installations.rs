//! The workspaces in which the app is installed, as the server knows them: read again
//! every half minute and for every workspace that is not among them. Losing them loses
//! nothing.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use server_api::client::{CallError, Client};
use server_api::enums::{Language, Platform};
use server_api::ids::InstallationId;
use server_api::installation::Installation;
use tokio_util::sync::CancellationToken;

use crate::clock::{Clock, within};

/// How long what was read is believed.
const FRESH: Duration = Duration::from_secs(30);
/// How often to ask for a workspace that is not there.
const ASK_AGAIN: Duration = Duration::from_secs(2);
/// How long the server may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The first pause before telling the server again; it doubles.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// The longest one.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// The installations.
pub struct Installations {
    client: Client,
    clock: Arc<dyn Clock>,
    known: RwLock<Known>,
}

#[derive(Default)]
struct Known {
    read_at: Option<Instant>,
    items: Vec<Installation>,
}

impl Installations {
    /// The installations that the server behind `client` knows.
    pub fn new(client: Client, clock: Arc<dyn Clock>) -> Self {
        Self {
            client,
            clock,
            known: RwLock::default(),
        }
    }

    /// The installation of that id.
    pub async fn of(&self, id: InstallationId) -> Option<Installation> {
        self.find(|installation| installation.id == id).await
    }

    /// The installation in a workspace.
    pub async fn in_workspace(&self, team: &str) -> Option<Installation> {
        self.find(|installation| installation.external_id == team)
            .await
    }

    /// The language of a workspace's organization; English where it is not known.
    pub async fn language(&self, team: &str) -> Language {
        self.in_workspace(team)
            .await
            .map_or(Language::En, |installation| installation.language)
    }

    /// Tells the server that the app was taken away from a workspace: Slack says so only
    /// once, so it is told until the server takes note or it is time to stop.
    pub async fn revoke(&self, team: &str, shutdown: &CancellationToken) {
        let mut pause = FIRST_PAUSE;
        while !self.try_revoke(team).await {
            let slept = shutdown.run_until_cancelled(self.clock.sleep(pause)).await;
            if slept.is_none() {
                tracing::error!(team, "the app was removed, which the server does not know");
                return;
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Whether there is nothing left to tell.
    async fn try_revoke(&self, team: &str) -> bool {
        let is_current = self.read().await;
        let (known, _) = self.look(|installation: &Installation| installation.external_id == team);
        let Some(installation) = known else {
            return is_current;
        };
        let id = installation.id;
        let revoking = self.client.revoke_installation(id);
        match within(self.clock.as_ref(), PATIENCE, revoking).await {
            Some(Ok(())) => tracing::info!(installation.id = %id, "the app was removed"),
            Some(Err(error)) if is_refusal(&error) => {
                tracing::error!(installation.id = %id, %error, "removal not noted");
            }
            Some(Err(error)) => {
                tracing::warn!(installation.id = %id, %error, "removal not noted yet");
                return false;
            }
            None => {
                tracing::warn!(installation.id = %id, "removal not noted in time");
                return false;
            }
        }
        self.read().await;
        true
    }

    async fn find(&self, wanted: impl Fn(&Installation) -> bool) -> Option<Installation> {
        let (found, age) = self.look(&wanted);
        let stale = match age {
            None => true,
            Some(age) => age > FRESH || (found.is_none() && age > ASK_AGAIN),
        };
        if !stale {
            return found;
        }
        self.read().await;
        self.look(&wanted).0
    }

    fn look(
        &self,
        wanted: impl Fn(&Installation) -> bool,
    ) -> (Option<Installation>, Option<Duration>) {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let age = known
            .read_at
            .map(|at| self.clock.now().saturating_duration_since(at));
        let found = known.items.iter().find(|item| wanted(item)).cloned();
        (found, age)
    }

    /// Reads them again, and says whether the server answered; what was known stays where
    /// it does not.
    async fn read(&self) -> bool {
        let answer = within(
            self.clock.as_ref(),
            PATIENCE,
            self.client.installations(Platform::Slack),
        )
        .await;
        match answer {
            Some(Ok(list)) => {
                let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
                known.read_at = Some(self.clock.now());
                known.items = list.items;
                return true;
            }
            Some(Err(error)) => tracing::warn!(%error, "installations could not be read"),
            None => tracing::warn!("installations could not be read in time"),
        }
        false
    }
}

/// Whether the server will say no again.
fn is_refusal(error: &CallError) -> bool {
    match error {
        CallError::Problem(problem) => problem.status < 500 && problem.status != 429,
        CallError::Unexpected { status } => *status < 500,
        CallError::Transport(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::slack::tests::stand_in::{StandIn, TEAM};

    #[tokio::test]
    async fn a_removal_is_told_until_the_server_takes_note() {
        let stand_in = StandIn::start(vec![(503, json!({})), (502, json!({}))]).await;
        let removed = stand_in.installations();
        removed.revoke(TEAM, &CancellationToken::new()).await;
        let told: Vec<String> = stand_in.calls().into_iter().map(|call| call.0).collect();
        assert_eq!(told, ["revoke", "revoke", "revoke"]);
    }

    #[tokio::test]
    async fn a_removal_is_not_told_again_after_a_refusal_or_the_end() {
        let stand_in = StandIn::start(vec![(404, json!({})), (503, json!({}))]).await;
        let removed = stand_in.installations();
        removed.revoke(TEAM, &CancellationToken::new()).await;
        assert_eq!(stand_in.calls().len(), 1);
        let stopped = CancellationToken::new();
        stopped.cancel();
        removed.revoke(TEAM, &stopped).await;
        assert_eq!(stand_in.calls().len(), 2);
        removed.revoke("T-unknown", &stopped).await;
        assert_eq!(stand_in.calls().len(), 2);
    }
}
