//! Shortcuts: of the app, found everywhere; and in the menu of a message.
use super::rendered::Seen;
use super::{Person, PersonError};
use crate::emulator::slack::ids::EnvelopeId;
use crate::emulator::slack::state::envelopes::About;

impl Person {
    /// Chooses a shortcut that is found everywhere.
    pub fn takes_shortcut(&self, callback_id: &str) -> Result<EnvelopeId, PersonError> {
        let now = self.chat.now();
        let payload = self.chat.change(|state| {
            let trigger = self.issue_trigger(state);
            let stamp = state.stamp(now);
            let scene = self.scene(state, &trigger)?;
            Ok::<_, PersonError>(scene.shortcut(callback_id, &stamp))
        })?;
        let about = About::Action {
            team: self.team.clone(),
            channel: None,
            user: self.user.clone(),
        };
        Ok(self.chat.deliver(about, payload))
    }

    /// Chooses a shortcut in the menu of a message.
    pub fn takes_shortcut_on(
        &self,
        seen: &Seen,
        callback_id: &str,
    ) -> Result<EnvelopeId, PersonError> {
        let now = self.chat.now();
        let payload = self.chat.change(|state| {
            let place = self.place(state, &seen.channel)?;
            let (trigger, url) = self.issue(state, &seen.channel, None);
            let stamp = state.stamp(now);
            let scene = self.scene(state, &trigger)?;
            let answered = (&stamp, url.as_str());
            let payload = scene.message_shortcut(&place, &seen.message, callback_id, answered);
            Ok::<_, PersonError>(payload)
        })?;
        let about = About::Action {
            team: self.team.clone(),
            channel: Some(seen.channel.clone()),
            user: self.user.clone(),
        };
        Ok(self.chat.deliver(about, payload))
    }
}
