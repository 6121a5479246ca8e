//! The workspaces in which the app is installed, as the server knows them: read again
//! every half minute and for every workspace that is not among them. Losing them loses
//! nothing.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use server_api::client::Client;
use server_api::enums::{Language, Platform};
use server_api::ids::InstallationId;
use server_api::installation::Installation;

use crate::clock::{Clock, within};

/// How long what was read is believed.
const FRESH: Duration = Duration::from_secs(30);
/// How often to ask for a workspace that is not there.
const ASK_AGAIN: Duration = Duration::from_secs(2);
/// How long the server may take.
const PATIENCE: Duration = Duration::from_secs(5);

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

    /// Tells the server that the app was taken away from a workspace.
    pub async fn revoke(&self, team: &str) {
        let Some(installation) = self.in_workspace(team).await else {
            return;
        };
        let revoked = self.client.revoke_installation(installation.id).await;
        match revoked {
            Ok(()) => tracing::info!(installation.id = %installation.id, "the app was removed"),
            Err(error) => {
                tracing::error!(installation.id = %installation.id, %error, "removal not noted");
            }
        }
        self.read().await;
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

    /// Reads them again; what was known stays where the server does not answer.
    async fn read(&self) {
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
            }
            Some(Err(error)) => tracing::warn!(%error, "installations could not be read"),
            None => tracing::warn!("installations could not be read in time"),
        }
    }
}
