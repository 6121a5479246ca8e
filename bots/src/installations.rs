//! The workspaces or guilds in which a platform's app is installed, as the server knows
//! them: read again every half minute and for every one that is not among them. Losing
//! them loses nothing.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use server_api::client::{CallError, Client};
use server_api::enums::{Language, Platform};
use server_api::ids::InstallationId;
use server_api::installation::{Installation, NoteRemoval};
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

/// What a platform says of an account now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is there no more.
    Gone,
    /// It is there, or the platform will not say.
    There,
    /// Nothing yet; not to be asked before so long.
    Unsaid(Duration),
}

/// The accounts of a platform, as they are now.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// How an account stands where the app is installed.
    async fn standing(&self, home: &Installation, user: &str) -> Standing;
}

/// The installations of one platform.
pub struct Installations {
    client: Client,
    platform: Platform,
    clock: Arc<dyn Clock>,
    known: RwLock<Known>,
    /// Held by who asks for one that is not there: who misses it meanwhile waits for that answer.
    asking: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Known {
    read_at: Option<Instant>,
    /// When they were last asked for one that was not among them.
    missed_at: Option<Instant>,
    items: Vec<Installation>,
}

impl Installations {
    /// The installations on `platform` that the server behind `client` knows.
    pub fn new(client: Client, platform: Platform, clock: Arc<dyn Clock>) -> Self {
        Self {
            client,
            platform,
            clock,
            known: RwLock::default(),
            asking: tokio::sync::Mutex::default(),
        }
    }

    /// The installation of that id.
    pub async fn of(&self, id: InstallationId) -> Option<Installation> {
        let is_wanted = |installation: &Installation| installation.id == id;
        if let Some(found) = self.find(is_wanted).await {
            return Some(found);
        }
        // Whoever has its id has it from the server: it is newer than what is known.
        self.read().await;
        self.look(is_wanted).0
    }

    /// The installation in a workspace or guild.
    pub async fn in_workspace(&self, workspace: &str) -> Option<Installation> {
        self.find(|installation| installation.external_id == workspace)
            .await
    }

    /// The language of a workspace's organization; English where it is not known.
    pub async fn language(&self, workspace: &str) -> Language {
        self.in_workspace(workspace)
            .await
            .map_or(Language::En, |installation| installation.language)
    }

    /// The same as far as it is known now: for answers that cannot wait for the server.
    pub fn language_at_hand(&self, workspace: &str) -> Language {
        self.look(|installation| installation.external_id == workspace)
            .0
            .map_or(Language::En, |installation| installation.language)
    }

    /// Reads them every half minute until `shutdown`: so what was connected, renewed or ended is
    /// taken up without anybody asking, and the server sees that this part is there.
    pub async fn keep(&self, shutdown: &CancellationToken) {
        loop {
            self.read().await;
            let slept = shutdown.run_until_cancelled(self.clock.sleep(FRESH)).await;
            if slept.is_none() {
                return;
            }
        }
    }

    /// The platform did not take the token that is known of an installation: says whether the
    /// server has another one.
    pub async fn is_renewed(&self, id: InstallationId, refused: &str) -> bool {
        let is_other = |known: Option<Installation>| {
            known.is_some_and(|installation| installation.bot_token != refused)
        };
        // Somebody else may have asked meanwhile.
        if is_other(self.look(|installation| installation.id == id).0) {
            return true;
        }
        self.read().await;
        is_other(self.look(|installation| installation.id == id).0)
    }

    /// Tells the server that the app was taken away from a workspace: the platform says so
    /// only once, so it is told until the server takes note or it is time to stop.
    pub async fn revoke(&self, workspace: &str, shutdown: &CancellationToken) {
        let mut pause = FIRST_PAUSE;
        while !self.try_revoke(workspace).await {
            let slept = shutdown.run_until_cancelled(self.clock.sleep(pause)).await;
            if slept.is_none() {
                tracing::error!(
                    workspace,
                    "the app was removed, which the server does not know"
                );
                return;
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Whether there is nothing left to tell.
    async fn try_revoke(&self, workspace: &str) -> bool {
        let is_current = self.read().await;
        let (known, _) = self.look(|installation| installation.external_id == workspace);
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

    /// Tells the server that an account was removed from a workspace, until it takes note or it is
    /// time to stop: the platform says so only once, too. What it said may be old by then, so it is
    /// asked before each time.
    pub async fn note_removal(
        &self,
        (workspace, user): (&str, &str),
        accounts: &dyn Accounts,
        shutdown: &CancellationToken,
    ) {
        let mut pause = FIRST_PAUSE;
        while let Some(wait) = self.try_note_removal((workspace, user), accounts).await {
            let sleep = self.clock.sleep(pause.max(wait));
            let slept = shutdown.run_until_cancelled(sleep).await;
            if slept.is_none() {
                tracing::error!(
                    workspace,
                    "an account was removed, which the server does not know"
                );
                return;
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// How long to wait at least before it is told again; none where nothing is left to tell.
    async fn try_note_removal(
        &self,
        (workspace, user): (&str, &str),
        accounts: &dyn Accounts,
    ) -> Option<Duration> {
        let again = Some(Duration::ZERO);
        let is_current = self.read().await;
        let (known, _) = self.look(|installation| installation.external_id == workspace);
        let Some(installation) = known else {
            // Without the app there nobody asks; while the server is away, it may be there.
            return if is_current { None } else { again };
        };
        let id = installation.id;
        match accounts.standing(&installation, user).await {
            Standing::Gone => {}
            Standing::There => {
                tracing::info!(installation.id = %id, "no account was removed after all");
                return None;
            }
            Standing::Unsaid(wait) => return Some(wait),
        }
        let removal = NoteRemoval {
            user: user.to_owned(),
        };
        let noting = self.client.note_removal(id, &removal);
        match within(self.clock.as_ref(), PATIENCE, noting).await {
            Some(Ok(())) => tracing::info!(installation.id = %id, "an account was removed"),
            Some(Err(error)) if is_refusal(&error) => {
                tracing::error!(installation.id = %id, %error, "an account's removal not noted");
            }
            Some(Err(error)) => {
                tracing::warn!(installation.id = %id, %error, "an account's removal not noted yet");
                return again;
            }
            None => {
                tracing::warn!(installation.id = %id, "an account's removal not noted in time");
                return again;
            }
        }
        None
    }

    async fn find(&self, wanted: impl Fn(&Installation) -> bool) -> Option<Installation> {
        let (found, age) = self.look(&wanted);
        if found.is_some() && age.is_some_and(|age| age <= FRESH) {
            return found;
        }
        let _asking = self.asking.lock().await;
        let (found, age) = self.look(&wanted);
        // Also where all were read just now: it may have been connected since.
        let is_missed = found.is_none() && self.may_ask();
        if is_missed || age.is_none_or(|age| age > FRESH) {
            self.read().await;
            return self.look(&wanted).0;
        }
        found
    }

    /// Whether it is time to ask for one that is not there.
    fn may_ask(&self) -> bool {
        let now = self.clock.now();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let may = (known.missed_at).is_none_or(|at| now.saturating_duration_since(at) > ASK_AGAIN);
        if may {
            known.missed_at = Some(now);
        }
        may
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
            self.client.installations(self.platform),
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
mod tests;
