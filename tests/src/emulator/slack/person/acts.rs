//! What a person does: types, presses, chooses, reacts. Each sends the platform's real payload.
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::rendered::{Control, ControlKind, Seen};
use super::{Person, PersonError, Press};
use crate::emulator::slack::ids::{ChannelId, EnvelopeId, Ts};
use crate::emulator::slack::model::{Channel, Message};
use crate::emulator::slack::state::State;
use crate::emulator::slack::state::envelopes::About;
use crate::emulator::slack::state::messages::{Content, Envelope};
use crate::emulator::slack::state::triggers::ResponseTarget;
use crate::emulator::slack::state::views::View;
use crate::emulator::slack::wire::{self, Scene};

impl Person {
    /// Types a line in a conversation. A line that begins with `/` goes to the app as a command, any
    /// other is posted. Gives the command's envelope, unless Slack does not know the command.
    pub fn types(
        &self,
        line: &str,
        channel: impl Into<ChannelId>,
    ) -> Result<Option<EnvelopeId>, PersonError> {
        let channel = channel.into();
        if line.starts_with('/') {
            let (command, text) = line.split_once(' ').unwrap_or((line, ""));
            return self.commands((command, text.trim()), channel);
        }
        let now = self.chat.now();
        self.chat.change(|state| {
            self.identity(state)?;
            let to = Envelope {
                team: self.team.clone(),
                channel: self.place(state, &channel)?.id,
                author: self.user.clone(),
                bot: None,
                only_for: None,
            };
            state.post(
                to,
                Content {
                    text: line.to_owned(),
                    ..Content::default()
                },
                now,
            );
            Ok(None)
        })
    }

    fn commands(
        &self,
        words: (&str, &str),
        channel: ChannelId,
    ) -> Result<Option<EnvelopeId>, PersonError> {
        let now = self.chat.now();
        let payload = self.chat.change(|state| {
            let place = self.place(state, &channel)?;
            if !self.knows_command(state, words.0) {
                let text = format!("{} is not a valid command.", words.0);
                state.whisper_as_slack((&self.team, &channel, &self.user), text, now);
                return Ok(None);
            }
            let (trigger, url) = self.issue(state, &channel, None);
            let scene = self.scene(state, &trigger)?;
            Ok::<_, PersonError>(Some(scene.command(&place, words, &url)))
        })?;
        let (team, user) = (self.team.clone(), self.user.clone());
        let about = About::Command {
            team,
            channel,
            user,
        };
        Ok(payload.map(|payload| self.chat.deliver(about, payload)))
    }

    /// Commands work where the app was installed with the scope for them.
    fn knows_command(&self, state: &State, command: &str) -> bool {
        let workspace = state.kept.workspaces.get(&self.team);
        let installation = workspace.and_then(|workspace| workspace.installation.as_ref());
        let granted =
            installation.is_some_and(|app| !app.revoked && app.scopes.contains("commands"));
        granted
            && self
                .chat
                .app()
                .commands
                .iter()
                .any(|known| known == command)
    }

    /// Presses the button with this label in the newest message that has one, after waiting for one
    /// if there is none yet.
    pub async fn clicks(&self, label: &str) -> Result<Press, PersonError> {
        let (seen, control) = self
            .waits_to_find(|control| control.is_button(label))
            .await
            .ok_or_else(|| self.nothing_there(label))?;
        self.acts(&seen, &control, None)
    }

    /// Presses the button with this label in this message as it was seen.
    pub fn clicks_on(&self, seen: &Seen, label: &str) -> Result<Press, PersonError> {
        let control = seen
            .button(label)
            .ok_or_else(|| self.nothing_there(label))?;
        self.acts(seen, control, None)
    }

    /// Chooses an option in the newest message with a select or overflow menu that offers it.
    pub async fn chooses(&self, option: &str) -> Result<Press, PersonError> {
        let (seen, control) = self
            .waits_to_find(|control| control.offers(option))
            .await
            .ok_or_else(|| self.nothing_there(option))?;
        self.acts(&seen, &control, Some(option))
    }

    /// Chooses an option in this message.
    pub fn chooses_on(&self, seen: &Seen, option: &str) -> Result<Press, PersonError> {
        let control = seen.controls.iter().find(|control| control.offers(option));
        let control = control.ok_or_else(|| self.nothing_there(option))?;
        self.acts(seen, control, Some(option))
    }

    /// Presses whatever has these ids in the message as it stands now: for the inspector, whose forms
    /// carry ids. `option` is the label chosen.
    pub fn presses(
        &self,
        (channel, ts): (&ChannelId, &Ts),
        (block_id, action_id): (&str, &str),
        option: Option<&str>,
    ) -> Result<Press, PersonError> {
        let seen = self
            .glances(channel)
            .into_iter()
            .find(|seen| seen.ts == *ts);
        let seen = seen.ok_or_else(|| self.nothing_there(action_id))?;
        let fits =
            |control: &&Control| control.block_id == block_id && control.action_id == action_id;
        let control = seen.controls.iter().find(fits);
        let control = control.ok_or_else(|| self.nothing_there(action_id))?;
        self.acts(&seen, control, option)
    }

    fn acts(
        &self,
        seen: &Seen,
        control: &Control,
        option: Option<&str>,
    ) -> Result<Press, PersonError> {
        self.mark(std::slice::from_ref(seen));
        let chosen = self.chosen(control, option)?;
        let now = self.chat.now();
        let payload = self.chat.change(|state| {
            let place = self.place(state, &seen.channel)?;
            let message: Message = state
                .message(&seen.channel, &seen.ts)
                .cloned()
                .unwrap_or_else(|| seen.message.clone());
            let (trigger, url) = self.issue(state, &seen.channel, Some(seen.ts.clone()));
            let stamp = state.stamp(now);
            let action = action(control, chosen.as_ref(), &stamp);
            let scene = self.scene(state, &trigger)?;
            Ok::<_, PersonError>(scene.message_action(&place, &message, &action, &url))
        })?;
        let about = About::Action {
            team: self.team.clone(),
            channel: Some(seen.channel.clone()),
            user: self.user.clone(),
        };
        let envelope = self.chat.deliver(about, payload);
        Ok(Press {
            envelope,
            opens: opens(control, chosen.as_ref()),
        })
    }

    /// Presses or chooses something in a modal or on the Home tab.
    pub(super) fn acts_in_view(
        &self,
        view: &View,
        control: &Control,
        option: Option<&str>,
    ) -> Result<Press, PersonError> {
        let chosen = self.chosen(control, option)?;
        let now = self.chat.now();
        let payload = self.chat.change(|state| {
            let trigger = self.issue_trigger(state);
            let stamp = state.stamp(now);
            let action = action(control, chosen.as_ref(), &stamp);
            let scene = self.scene(state, &trigger)?;
            Ok::<_, PersonError>(scene.view_action(view, &action))
        })?;
        let (team, user) = (self.team.clone(), self.user.clone());
        let about = About::Action {
            team,
            channel: None,
            user,
        };
        Ok(Press {
            envelope: self.chat.deliver(about, payload),
            opens: opens(control, chosen.as_ref()),
        })
    }

    fn chosen(
        &self,
        control: &Control,
        option: Option<&str>,
    ) -> Result<Option<Value>, PersonError> {
        let Some(label) = option else {
            return Ok(None);
        };
        let found = control.option(label).cloned();
        found.map(Some).ok_or_else(|| self.nothing_there(label))
    }

    /// Adds a reaction to a message; the app hears of it if it asked to.
    pub fn reacts(&self, name: &str, seen: &Seen) -> Result<(), PersonError> {
        let now = self.chat.now();
        let payload = self.chat.change(|state| {
            let (workspace, _) = self.identity(state)?;
            let workspace = workspace.clone();
            let place = self.place(state, &seen.channel)?;
            let (stamp, number) = (state.stamp(now), state.number());
            let Some(message) = state.message_mut(&seen.channel, &seen.ts) else {
                return Ok(None);
            };
            message
                .reactions
                .entry(name.to_owned())
                .or_default()
                .insert(self.user.clone());
            let event = wire::reaction(&self.user, name, (&seen.channel, message), &stamp);
            let listens = workspace.installation.as_ref().is_some_and(|app| {
                app.scopes.contains("reactions:read") && place.members.contains(&app.bot_user)
            });
            let app = self.chat.app();
            Ok::<_, PersonError>(listens.then(|| wire::event(app, &workspace, number, now, &event)))
        })?;
        if let Some(payload) = payload {
            self.chat.deliver(About::Event, payload);
        }
        Ok(())
    }

    pub(super) fn place(&self, state: &State, id: &ChannelId) -> Result<Channel, PersonError> {
        let channel = state.channel(&self.team, id).cloned();
        channel.ok_or_else(|| PersonError::NoChannel(id.clone()))
    }

    pub(super) fn scene<'a>(
        &'a self,
        state: &'a State,
        trigger: &'a str,
    ) -> Result<Scene<'a>, PersonError> {
        let (workspace, user) = self.identity(state)?;
        Ok(Scene {
            app: self.chat.app(),
            workspace,
            user,
            trigger,
        })
    }

    /// Issues a trigger, and an address for answers.
    pub(super) fn issue(
        &self,
        state: &mut State,
        channel: &ChannelId,
        source: Option<Ts>,
    ) -> (String, String) {
        let trigger = self.issue_trigger(state);
        let name = format!("{}-{}", self.team, state.number());
        let target = ResponseTarget {
            team: self.team.clone(),
            channel: channel.clone(),
            user: self.user.clone(),
            source,
        };
        state.keys.issue_response(&name, target, self.chat.now());
        (trigger, format!("http://{}/response/{name}", self.address))
    }

    pub(super) fn issue_trigger(&self, state: &mut State) -> String {
        let trigger = format!("{}.{}.emulated", state.number(), self.team);
        state.keys.issue_trigger(
            &trigger,
            (self.team.clone(), self.user.clone()),
            Instant::now(),
        );
        trigger
    }
}

/// The entry in `actions` for a press.
fn action(control: &Control, chosen: Option<&Value>, stamp: &Ts) -> Value {
    let kind = control.element.get("type").cloned().unwrap_or_default();
    let mut fields = Map::new();
    fields.insert("type".to_owned(), kind);
    fields.insert("action_id".to_owned(), json!(control.action_id));
    fields.insert("block_id".to_owned(), json!(control.block_id));
    fields.insert("action_ts".to_owned(), json!(stamp));
    for field in ["text", "value", "style", "placeholder", "initial_option"] {
        if let Some(value) = control.element.get(field) {
            fields.insert(field.to_owned(), value.clone());
        }
    }
    if let Some(option) = chosen {
        fields.insert("selected_option".to_owned(), option.clone());
    }
    Value::Object(fields)
}

fn opens(control: &Control, chosen: Option<&Value>) -> Option<String> {
    let of_option = chosen
        .and_then(|option| option.get("url"))
        .and_then(Value::as_str);
    match &control.kind {
        ControlKind::Button { url } => url.clone(),
        ControlKind::Select { .. } | ControlKind::Overflow { .. } => of_option.map(str::to_owned),
    }
}
