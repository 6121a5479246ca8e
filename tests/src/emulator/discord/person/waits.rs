//! Waiting for something to appear: woken by changes, never polling, and telling the conversation so
//! far when it was in vain.
use tokio::time::timeout;

use super::rendered::{self, Control, Seen};
use super::{Person, PersonError};
use crate::emulator::discord::ids::ChannelId;

impl Person {
    /// Waits for a message in this conversation for which `fits` holds, and gives the newest.
    pub async fn waits_for(
        &self,
        channel: impl Into<ChannelId>,
        fits: impl Fn(&Seen) -> bool,
    ) -> Result<Seen, PersonError> {
        let channel = channel.into();
        self.waits(&format!("a message in {channel}"), || {
            self.glances(&channel)
                .into_iter()
                .rev()
                .find(|seen| fits(seen))
        })
        .await
    }

    /// Waits for a message with these words.
    pub async fn waits_for_text(
        &self,
        channel: impl Into<ChannelId>,
        words: &str,
    ) -> Result<Seen, PersonError> {
        let channel = channel.into();
        self.waits(&format!("{words:?} in {channel}"), || {
            self.glances(&channel)
                .into_iter()
                .rev()
                .find(|seen| seen.text.contains(words))
        })
        .await
    }

    /// Waits for a direct message from the app for which `fits` holds.
    pub async fn waits_for_direct(
        &self,
        fits: impl Fn(&Seen) -> bool,
    ) -> Result<Seen, PersonError> {
        self.waits("a direct message", || {
            let channel = self.direct()?;
            let from_app = |seen: &Seen| seen.message.is_app && fits(seen);
            self.glances(&channel).into_iter().rev().find(from_app)
        })
        .await
    }

    /// Waits for a change of a message already seen: words, buttons or its going.
    pub async fn waits_for_change(&self, of: &Seen) -> Result<Option<Seen>, PersonError> {
        let at = self.chat.now();
        let found = self.chat.until(|state| {
            let now = state
                .message(&of.id)
                .filter(|message| message.is_visible_to(&self.user));
            match now {
                Some(message) if message.version == of.message.version => None,
                Some(message) => Some(Some(rendered::render(
                    state,
                    message,
                    self.reader(state, at),
                ))),
                None => Some(None),
            }
        });
        match timeout(self.patience, found).await {
            Ok(changed) => {
                self.mark(changed.as_slice());
                Ok(changed)
            }
            Err(_) => Err(self.in_vain("a change of a message")),
        }
    }

    pub(super) async fn waits_to_find(
        &self,
        fits: impl Fn(&Control) -> bool,
    ) -> Option<(Seen, Control)> {
        let found = async {
            let mut changes = self.chat.changes();
            loop {
                changes.borrow_and_update();
                if let Some(found) = self.find(&fits) {
                    return found;
                }
                if changes.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        timeout(self.patience, found).await.ok()
    }

    async fn waits(
        &self,
        what: &str,
        mut look: impl FnMut() -> Option<Seen>,
    ) -> Result<Seen, PersonError> {
        let found = async {
            let mut changes = self.chat.changes();
            loop {
                changes.borrow_and_update();
                if let Some(found) = look() {
                    return found;
                }
                if changes.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        match timeout(self.patience, found).await {
            Ok(seen) => {
                self.mark(std::slice::from_ref(&seen));
                Ok(seen)
            }
            Err(_) => Err(self.in_vain(what)),
        }
    }

    pub(super) fn in_vain(&self, what: &str) -> PersonError {
        PersonError::InVain {
            waited: self.patience,
            what: what.to_owned(),
            so_far: self.conversation_so_far(),
        }
    }
}
