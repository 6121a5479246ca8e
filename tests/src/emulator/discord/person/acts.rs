//! What a person does: types, presses, chooses. Each sends the platform's real payload.
use serde_json::{Value, json};

use super::rendered::{Control, ControlKind, Seen, text};
use super::{Person, PersonError, Press};
use crate::emulator::discord::check::Draft;
use crate::emulator::discord::ids::{ChannelId, InteractionId, MessageId};
use crate::emulator::discord::state::interactions::{Act, Kind};
use crate::emulator::discord::state::messages::Envelope;
use crate::emulator::discord::wire;

impl Person {
    /// Types a line in a conversation. A line that begins with `/` goes to the app as a command, any other
    /// is posted. Gives the command's interaction.
    pub fn types(
        &self,
        line: &str,
        channel: impl Into<ChannelId>,
    ) -> Result<Option<InteractionId>, PersonError> {
        let channel = channel.into();
        if line.starts_with('/') {
            return self.commands(line, &channel).map(Some);
        }
        let now = self.chat.now();
        self.chat.change(|state| {
            let to = Envelope {
                channel: self.place(state, &channel)?.id,
                author: self.user.clone(),
                is_app: false,
                only_for: None,
                answers: None,
            };
            state.post(
                to,
                Draft {
                    content: line.to_owned(),
                    ..Draft::default()
                },
                now,
            );
            Ok(None)
        })
    }

    /// Presses the button with this label in the newest message that has one, after waiting for one if there
    /// is none yet.
    pub async fn clicks(&self, label: &str) -> Result<Press, PersonError> {
        let (seen, control) = self
            .waits_to_find(|control| control.is_button(label))
            .await
            .ok_or_else(|| self.nothing_there(label))?;
        self.acts(&seen, &control, &[])
    }

    /// Presses the button with this label in this message as it was seen.
    pub fn clicks_on(&self, seen: &Seen, label: &str) -> Result<Press, PersonError> {
        let control = seen
            .button(label)
            .ok_or_else(|| self.nothing_there(label))?;
        self.acts(seen, control, &[])
    }

    /// Chooses an option in the newest message with a select that offers it.
    pub async fn chooses(&self, option: &str) -> Result<Press, PersonError> {
        let (seen, control) = self
            .waits_to_find(|control| control.offers(option))
            .await
            .ok_or_else(|| self.nothing_there(option))?;
        self.acts(&seen, &control, &[option])
    }

    /// Chooses an option in this message.
    pub fn chooses_on(&self, seen: &Seen, option: &str) -> Result<Press, PersonError> {
        self.chooses_several_on(seen, &[option])
    }

    /// Chooses options of one select in this message, where it takes several.
    pub fn chooses_several_on(&self, seen: &Seen, options: &[&str]) -> Result<Press, PersonError> {
        let offers = |control: &&Control| options.iter().all(|option| control.offers(option));
        let control = seen.controls.iter().find(offers);
        let control = control.ok_or_else(|| self.nothing_there(&options.join(", ")))?;
        self.acts(seen, control, options)
    }

    /// Presses what has this custom id in the message as it stands now: for the inspector, whose forms carry
    /// ids. `options` are the labels chosen.
    pub fn presses(
        &self,
        (channel, message): (&ChannelId, &MessageId),
        custom_id: &str,
        options: &[&str],
    ) -> Result<Press, PersonError> {
        let seen = self
            .glances(channel)
            .into_iter()
            .find(|seen| seen.id == *message);
        let seen = seen.ok_or_else(|| self.nothing_there(custom_id))?;
        let control = seen
            .controls
            .iter()
            .find(|control| control.custom_id == custom_id);
        let control = control.ok_or_else(|| self.nothing_there(custom_id))?;
        self.acts(&seen, control, options)
    }

    fn acts(&self, seen: &Seen, control: &Control, options: &[&str]) -> Result<Press, PersonError> {
        self.mark(std::slice::from_ref(seen));
        if control.is_disabled {
            return Err(PersonError::Refused {
                what: format!("{:?}, which is disabled", control.label),
            });
        }
        if let ControlKind::Button { url: Some(url) } = &control.kind {
            return Ok(Press {
                interaction: None,
                opens: Some(url.clone()),
            });
        }
        let data = self.press_data(control, options)?;
        let kind = Kind::Component {
            message: seen.id.clone(),
        };
        let interaction = self.sends(kind, &seen.channel, &data)?;
        Ok(Press {
            interaction: Some(interaction),
            opens: None,
        })
    }

    fn press_data(&self, control: &Control, options: &[&str]) -> Result<Value, PersonError> {
        let component = &control.component;
        let mut data = json!({
            "custom_id": control.custom_id, "component_type": component.get("type"),
            "id": component.get("id"),
        });
        if matches!(control.kind, ControlKind::Select { .. }) {
            let bound = |name: &str| component.get(name).and_then(Value::as_u64).unwrap_or(1);
            let count = options.len() as u64;
            if count < bound("min_values") || count > bound("max_values") {
                let what = format!("{count} options of {:?}", control.label);
                return Err(PersonError::Refused { what });
            }
            let values = options
                .iter()
                .map(|label| {
                    let option = control
                        .option(label)
                        .ok_or_else(|| self.nothing_there(label))?;
                    Ok(text(option, "value"))
                })
                .collect::<Result<Vec<_>, PersonError>>()?;
            if let Some(fields) = data.as_object_mut() {
                fields.insert("values".to_owned(), json!(values));
            }
        }
        Ok(data)
    }

    /// Chooses a command of the app in the menu of a message.
    pub fn uses_on(&self, seen: &Seen, name: &str) -> Result<InteractionId, PersonError> {
        let data = self.chat.read(|state| {
            let is_offered = |command: &Value| {
                text(command, "name") == name && command.get("type") == Some(&json!(3))
            };
            let command = state.kept.commands.iter().find(|one| is_offered(one));
            let command = command.ok_or_else(|| self.nothing_there(name))?;
            let found = state.message(&seen.id);
            let found = found.ok_or_else(|| self.nothing_there(name))?;
            let shown = wire::message(state, self.chat.app(), found);
            Ok::<_, PersonError>(json!({
                "id": command.get("id"), "name": name, "type": 3, "target_id": seen.id,
                "resolved": { "messages": { seen.id.to_string(): shown } },
            }))
        })?;
        let kind = Kind::Command {
            name: name.to_owned(),
        };
        self.sends(kind, &seen.channel, &data)
    }

    /// Issues an interaction and sends it to the app.
    pub(super) fn sends(
        &self,
        kind: Kind,
        channel: &ChannelId,
        data: &Value,
    ) -> Result<InteractionId, PersonError> {
        let (now, app) = (self.chat.now(), self.chat.app().clone());
        let (id, payload) = self.chat.change(|state| {
            state
                .user(&self.user)
                .ok_or_else(|| PersonError::Nobody(self.user.clone()))?;
            let place = self.place(state, channel)?;
            let act = Act {
                kind,
                user: self.user.clone(),
                channel: channel.clone(),
                guild: place.guild().cloned(),
            };
            let interaction = state.issue(act, now);
            let payload = wire::interaction(state, &app, &interaction, data);
            Ok::<_, PersonError>((interaction.id, payload))
        })?;
        self.chat.deliver(&id, &payload);
        Ok(id)
    }
}
