//! What follows from an answer to an interaction, or from its absence.
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::State;
use super::interactions::{Interaction, Kind, Standing};
use super::journal::Rule;
use super::messages::Envelope;
use crate::emulator::discord::check::callback::{self, Callback};
use crate::emulator::discord::check::{self, Draft, Patch, Refusal};
use crate::emulator::discord::ids::{InteractionId, MessageId, UserId};
use crate::emulator::discord::model::{Answered, EPHEMERAL, LOADING};

/// Discord's words where an app does not answer: below a message, and below a command.
pub const NOTHING_CAME_OF_THE_PRESS: &str = "This interaction failed";
/// See [`NOTHING_CAME_OF_THE_PRESS`].
pub const NOTHING_CAME_OF_THE_COMMAND: &str = "The application did not respond";
/// And in a modal.
pub const NOTHING_CAME_OF_THE_MODAL: &str = "Something went wrong. Try again.";

impl State {
    /// Takes the app's answer to an interaction; gives the message that it made or changed.
    pub(crate) fn answer(
        &mut self,
        (id, token): (&InteractionId, Option<&str>),
        body: &Value,
        app: &UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<MessageId>, Refusal> {
        let unknown = || Refusal::plain(404, 10062, "Unknown interaction");
        let found = self.interactions.get_mut(id).ok_or_else(unknown)?;
        if token.is_some_and(|token| token != found.token) {
            return Err(unknown());
        }
        found.answers += 1;
        let known = found.clone();
        match known.standing {
            Standing::Failed => Err(unknown()),
            Standing::Acknowledged => {
                let message = "Interaction has already been acknowledged.";
                if known.answers > known.delivered.max(1) {
                    return Err(Refusal::fault(Rule::AcknowledgedTwice, 400, 40060, message));
                }
                Err(Refusal::plain(400, 40060, message))
            }
            Standing::Waiting => {
                let callback = callback::check(body, &known.kind)?;
                let original = self.perform(&known, callback, app, now)?;
                if let Some(found) = self.interactions.get_mut(id) {
                    found.standing = Standing::Acknowledged;
                    found.original.clone_from(&original);
                }
                if matches!(known.kind, Kind::Modal { .. }) {
                    self.modals.close(&known.user);
                }
                Ok(original)
            }
        }
    }

    fn perform(
        &mut self,
        interaction: &Interaction,
        callback: Callback,
        app: &UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<MessageId>, Refusal> {
        match callback {
            Callback::Pong => Ok(None),
            Callback::Message(draft) => Ok(Some(self.write_answer(interaction, draft, app, now))),
            Callback::DeferredMessage { is_ephemeral } => {
                let flags = LOADING | if is_ephemeral { EPHEMERAL } else { 0 };
                let draft = Draft {
                    flags,
                    ..Draft::default()
                };
                Ok(Some(self.write_answer(interaction, draft, app, now)))
            }
            Callback::DeferredUpdate => Ok(interaction.kind.message().cloned()),
            Callback::Update(patch) => {
                let acted_on = interaction.kind.message().cloned();
                let acted_on = acted_on.ok_or_else(unknown_message)?;
                self.change_answer(&acted_on, patch, now)?;
                Ok(Some(acted_on))
            }
            Callback::Suggestions(suggestions) => {
                if let Some(found) = self.interactions.get_mut(&interaction.id) {
                    found.suggestions = suggestions;
                }
                Ok(None)
            }
            Callback::Modal(content) => {
                let place = (
                    interaction.channel.clone(),
                    interaction.guild.clone(),
                    interaction.kind.message().cloned(),
                );
                self.open_modal(&interaction.user, place, content, now);
                Ok(None)
            }
        }
    }

    /// Writes a message that answers an interaction.
    pub(crate) fn write_answer(
        &mut self,
        interaction: &Interaction,
        draft: Draft,
        app: &UserId,
        now: DateTime<Utc>,
    ) -> MessageId {
        let command = match &interaction.kind {
            Kind::Command { name } => Some(name.clone()),
            Kind::Autocomplete | Kind::Component { .. } | Kind::Modal { .. } => None,
        };
        let to = Envelope {
            channel: interaction.channel.clone(),
            author: app.clone(),
            is_app: true,
            only_for: (draft.flags & EPHEMERAL != 0).then(|| interaction.user.clone()),
            answers: Some(Answered {
                interaction: interaction.id.clone(),
                kind: interaction.kind.number(),
                user: interaction.user.clone(),
                command,
                acted_on: interaction.kind.message().cloned(),
            }),
        };
        self.post(to, draft, now).id
    }

    /// Changes a message that answered, or that was acted on.
    pub(crate) fn change_answer(
        &mut self,
        id: &MessageId,
        patch: Patch,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let had = self.message(id).ok_or_else(unknown_message)?;
        check::leaves_something(&patch, had)?;
        self.revise(id, patch, now);
        Ok(())
    }

    /// What Discord itself tells a person whose interaction came to nothing.
    pub(super) fn tell_of_failure(&mut self, failed: &Interaction, now: DateTime<Utc>) {
        let (channel, user) = (&failed.channel, &failed.user);
        match &failed.kind {
            Kind::Command { .. } => {
                self.whisper_as_discord(channel, user, NOTHING_CAME_OF_THE_COMMAND, now);
            }
            Kind::Component { .. } => {
                self.whisper_as_discord(channel, user, NOTHING_CAME_OF_THE_PRESS, now);
            }
            Kind::Modal { .. } => {
                if let Some(modal) = self.modals.of_mut(user) {
                    modal.failure = Some(NOTHING_CAME_OF_THE_MODAL.to_owned());
                }
            }
            Kind::Autocomplete => {}
        }
    }
}

/// The refusal for a message that is not there, or not for the app to see.
pub(crate) fn unknown_message() -> Refusal {
    Refusal::plain(404, 10008, "Unknown Message")
}
