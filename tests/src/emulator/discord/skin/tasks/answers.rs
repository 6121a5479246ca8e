//! Answers to interactions: the first one, and what follows by the interaction's token.
use serde_json::{Value, json};

use super::{Answer, draft, interaction_of};
use crate::emulator::discord::check::{self, Patch, Refusal, Surface};
use crate::emulator::discord::ids::MessageId;
use crate::emulator::discord::skin::Skin;
use crate::emulator::discord::skin::api::Ask;
use crate::emulator::discord::state::State;
use crate::emulator::discord::state::interactions::Interaction;
use crate::emulator::discord::wire;

pub(super) fn callback(skin: &Skin, ask: &Ask) -> Answer {
    let (app, now) = (skin.chat.app(), skin.chat.now());
    let (id, token) = interaction_of(ask);
    let wants_body = ask
        .query
        .iter()
        .any(|(name, value)| name == "with_response" && value == "true");
    skin.chat.change(|state| {
        let original = state.answer((&id, Some(token)), &ask.body, &app.id, now)?;
        let message = original.and_then(|id| state.message(&id).cloned());
        Ok(wants_body.then(|| {
            let resource = message.map(|message| json!({
                "type": ask.body.get("type"), "message": wire::message(state, app, &message),
            }));
            json!({ "interaction": { "id": id, "type": ask.body.get("type") }, "resource": resource })
        }))
    })
}

/// The interaction whose token stands in the path.
fn interaction(skin: &Skin, state: &State, ask: &Ask) -> Result<Interaction, Refusal> {
    if ask.route.given("webhook_id") != skin.chat.app().id.as_str() {
        return Err(Refusal::plain(404, 10015, "Unknown Webhook"));
    }
    let token = ask.route.given("webhook_token");
    state.interactions.by_token(token, skin.chat.now()).cloned()
}

/// The message that the path means, and that this interaction may touch.
fn message(state: &State, ask: &Ask, of: &Interaction) -> Result<MessageId, Refusal> {
    let unknown = || Refusal::plain(404, 10008, "Unknown Message");
    let named = MessageId::from(ask.route.given("message_id"));
    let id = if named.as_str().is_empty() {
        of.original.clone().ok_or_else(unknown)?
    } else {
        named
    };
    let found = state.message(&id).ok_or_else(unknown)?;
    let is_own = of.original.as_ref() == Some(&id)
        || found
            .answers
            .as_ref()
            .is_some_and(|answered| answered.interaction == of.id);
    if is_own { Ok(id) } else { Err(unknown()) }
}

pub(super) fn follow_up(skin: &Skin, ask: &Ask) -> Answer {
    let (app, now) = (skin.chat.app(), skin.chat.now());
    let draft = draft(ask, Surface::Answer)?;
    skin.chat.change(|state| {
        let of = interaction(skin, state, ask)?;
        let waiting = of
            .original
            .as_ref()
            .and_then(|id| state.message(id))
            .filter(|found| found.is_loading());
        // The first message after a deferral is what was deferred, and as private as was said then.
        let id = if let Some(waiting) = waiting.map(|found| found.id.clone()) {
            let patch = Patch {
                content: Some(draft.content),
                embeds: Some(draft.embeds),
                components: Some(draft.components),
            };
            state.change_answer(&waiting, patch, now)?;
            waiting
        } else {
            state.write_answer(&of, draft, &app.id, now)
        };
        Ok(state
            .message(&id)
            .map(|found| wire::message(state, app, found)))
    })
}

pub(super) fn show(skin: &Skin, ask: &Ask) -> Answer {
    skin.chat.read(|state| {
        let of = interaction(skin, state, ask)?;
        let id = message(state, ask, &of)?;
        Ok(state
            .message(&id)
            .map(|found| wire::message(state, skin.chat.app(), found)))
    })
}

pub(super) fn change(skin: &Skin, ask: &Ask) -> Answer {
    let now = skin.chat.now();
    let (id, patch) = skin.chat.read(|state| {
        let of = interaction(skin, state, ask)?;
        Ok::<_, Refusal>((message(state, ask, &of)?, check::patch(&ask.body)?))
    })?;
    skin.chat.change(|state| {
        state.change_answer(&id, patch, now)?;
        Ok(state
            .message(&id)
            .map(|found| wire::message(state, skin.chat.app(), found)))
    })
}

pub(super) fn delete(skin: &Skin, ask: &Ask) -> Answer {
    skin.chat.change(|state| {
        let of = interaction(skin, state, ask)?;
        let id = message(state, ask, &of)?;
        if let Some(found) = state.message_mut(&id) {
            found.deleted = true;
        }
        Ok(None::<Value>)
    })
}
