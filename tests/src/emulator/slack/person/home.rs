//! The app's Home tab: open it, read what was published there, and act on that.
use std::fmt;

use serde_json::Value;
use tokio::time::timeout;

use super::rendered::{self, Control};
use super::{Person, PersonError, Press};
use crate::emulator::slack::ids::EnvelopeId;
use crate::emulator::slack::state::State;
use crate::emulator::slack::state::envelopes::About;
use crate::emulator::slack::state::views::View;
use crate::emulator::slack::wire;

/// The Home tab as it stands on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct HomePage {
    /// All words in reading order, markup resolved, labels of controls not included.
    pub text: String,
    /// What can be pressed, in reading order.
    pub controls: Vec<Control>,
    /// The page itself.
    pub view: View,
}

impl HomePage {
    /// The blocks, as the app published them.
    pub fn blocks(&self) -> &[Value] {
        blocks(&self.view)
    }

    /// The labels of all buttons, in order.
    pub fn buttons(&self) -> Vec<&str> {
        rendered::button_labels(&self.controls)
    }

    /// The address behind a link button.
    pub fn url(&self, label: &str) -> Option<&str> {
        rendered::address_of(&self.controls, label)
    }
}

impl fmt::Display for HomePage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.text.lines() {
            writeln!(f, "    {line}")?;
        }
        rendered::write_controls(f, &self.controls)
    }
}

fn blocks(view: &View) -> &[Value] {
    view.content
        .get("blocks")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

impl Person {
    /// Opens the Home tab: the app hears of it, and may publish anew.
    pub fn opens_home(&self) -> Result<EnvelopeId, PersonError> {
        let channel = self.opens_direct()?;
        let now = self.chat.now();
        let payload = self.chat.change(|state| {
            let (stamp, number) = (state.stamp(now), state.number());
            let (workspace, _) = self.identity(state)?;
            let home = state.homes.get(&self.user);
            let app = self.chat.app();
            let event = wire::home_opened(app, workspace, (&self.user, &channel), home, &stamp);
            Ok::<_, PersonError>(wire::event(app, workspace, number, now, &event))
        })?;
        Ok(self.chat.deliver(About::Event, payload))
    }

    /// The Home tab, once the app has published one.
    pub fn home(&self) -> Option<HomePage> {
        self.chat.read(|state| self.home_in(state))
    }

    fn home_in(&self, state: &State) -> Option<HomePage> {
        let view = state.homes.get(&self.user)?.clone();
        let offset = state
            .user(&self.team, &self.user)
            .map_or(0, |user| user.tz_offset);
        Some(HomePage {
            text: rendered::words(state, blocks(&view), offset),
            controls: rendered::controls(blocks(&view)),
            view,
        })
    }

    /// Waits for a Home tab with these words.
    pub async fn waits_for_home(&self, words: &str) -> Result<HomePage, PersonError> {
        let found = self
            .chat
            .until(|state| self.home_in(state).filter(|page| page.text.contains(words)));
        timeout(self.patience, found)
            .await
            .map_err(|_| self.in_vain(&format!("{words:?} on the Home tab")))
    }

    /// Waits for another Home tab than this one.
    pub async fn waits_for_home_change(&self, of: &HomePage) -> Result<HomePage, PersonError> {
        let found = self.chat.until(|state| {
            self.home_in(state)
                .filter(|page| page.view.hash != of.view.hash)
        });
        timeout(self.patience, found)
            .await
            .map_err(|_| self.in_vain("a change of the Home tab"))
    }

    /// Presses the button with this label on the Home tab.
    pub fn clicks_on_home(&self, label: &str) -> Result<Press, PersonError> {
        self.acts_on_home(label, None, |control| control.is_button(label))
    }

    /// Chooses an option on the Home tab.
    pub fn chooses_on_home(&self, option: &str) -> Result<Press, PersonError> {
        self.acts_on_home(option, Some(option), |control| control.offers(option))
    }

    /// Presses whatever has these ids on the Home tab: for the inspector, whose forms carry ids.
    pub fn presses_on_home(
        &self,
        (block_id, action_id): (&str, &str),
        option: Option<&str>,
    ) -> Result<Press, PersonError> {
        self.acts_on_home(action_id, option, |control| {
            control.block_id == block_id && control.action_id == action_id
        })
    }

    fn acts_on_home(
        &self,
        label: &str,
        option: Option<&str>,
        fits: impl Fn(&Control) -> bool,
    ) -> Result<Press, PersonError> {
        let page = self.home().ok_or_else(|| self.nothing_there(label))?;
        let control = page.controls.iter().find(|control| fits(control));
        let control = control.ok_or_else(|| self.nothing_there(label))?;
        self.acts_in_view(&page.view, control, option)
    }
}
