//! The model as Slack's JSON: messages, channels, people, and the payloads of interactions.
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::ids::{ChannelId, Ts, UserId};
use super::model::{Channel, ChannelKind, Message, User, UserKind, Workspace};
use super::state::App;
use super::state::views::View;

/// A message as history and interactions show it.
pub fn message(message: &Message, with_metadata: bool) -> Value {
    let mut fields = Map::new();
    fields.insert("type".to_owned(), json!("message"));
    fields.insert("user".to_owned(), json!(message.author));
    fields.insert("ts".to_owned(), json!(message.ts));
    fields.insert("text".to_owned(), json!(message.text));
    fields.insert("team".to_owned(), json!(message.team));
    if let Some(bot) = &message.bot {
        fields.insert("bot_id".to_owned(), json!(bot));
    }
    if !message.blocks.is_empty() {
        fields.insert("blocks".to_owned(), json!(message.blocks));
    }
    if let Some(metadata) = message.metadata.as_ref().filter(|_| with_metadata) {
        fields.insert("metadata".to_owned(), metadata.clone());
    }
    if let Some(edited) = &message.edited {
        fields.insert(
            "edited".to_owned(),
            json!({ "user": message.author, "ts": edited }),
        );
    }
    if !message.reactions.is_empty() {
        let reactions: Vec<Value> = message
            .reactions
            .iter()
            .map(|(name, users)| json!({ "name": name, "users": users, "count": users.len() }))
            .collect();
        fields.insert("reactions".to_owned(), json!(reactions));
    }
    Value::Object(fields)
}

/// A conversation, as the methods of `conversations` show it to the app.
pub fn channel(channel: &Channel, bot: &UserId) -> Value {
    let is_member = channel.members.contains(bot);
    let created = 1_700_000_000;
    match &channel.kind {
        ChannelKind::Direct { with } => json!({
            "id": channel.id, "created": created, "is_im": true, "is_org_shared": false,
            "user": with, "is_archived": channel.archived, "is_user_deleted": false, "priority": 0,
        }),
        ChannelKind::Public | ChannelKind::Private => json!({
            "id": channel.id, "name": channel.name, "name_normalized": channel.name,
            "is_channel": channel.kind == ChannelKind::Public,
            "is_group": channel.kind == ChannelKind::Private,
            "is_private": channel.kind == ChannelKind::Private,
            "is_im": false, "is_mpim": false, "is_member": is_member, "is_general": false,
            "is_archived": channel.archived, "is_shared": false, "is_ext_shared": false,
            "is_org_shared": false, "created": created, "creator": "U0CREATOR",
            "num_members": channel.members.len(),
            "topic": { "value": "", "creator": "", "last_set": 0 },
            "purpose": { "value": "", "creator": "", "last_set": 0 },
        }),
    }
}

/// A person, with the address only where the scope for it was granted.
pub fn user(user: &User, with_email: bool, with_locale: bool) -> Value {
    let home = match &user.kind {
        UserKind::Stranger { home } => home,
        UserKind::Member | UserKind::Guest | UserKind::SingleChannelGuest | UserKind::Bot => {
            &user.team
        }
    };
    let single = user.kind == UserKind::SingleChannelGuest;
    let mut fields = json!({
        "id": user.id, "team_id": home, "name": user.name, "deleted": user.deleted,
        "real_name": user.real_name, "tz": user.tz, "tz_label": user.tz,
        "tz_offset": user.tz_offset, "is_bot": user.is_bot(), "is_app_user": false,
        "is_admin": false, "is_owner": false, "is_primary_owner": false,
        "is_restricted": single || user.kind == UserKind::Guest, "is_ultra_restricted": single,
        "is_email_confirmed": user.email_confirmed, "updated": 1_700_000_000,
        "profile": {
            "real_name": user.real_name, "real_name_normalized": user.real_name,
            "display_name": user.name, "display_name_normalized": user.name,
            "avatar_hash": "0", "team": home,
        },
    });
    if matches!(user.kind, UserKind::Stranger { .. }) {
        put(&mut fields, "is_stranger", json!(true));
    }
    if with_locale {
        put(&mut fields, "locale", json!(user.locale));
    }
    if let Some(email) = user.email.as_ref().filter(|_| with_email)
        && let Some(profile) = fields.get_mut("profile")
    {
        put(profile, "email", json!(email));
    }
    fields
}

fn put(object: &mut Value, field: &str, value: Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(field.to_owned(), value);
    }
}

/// What every interaction has in common.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The app.
    pub app: &'a App,
    /// The workspace.
    pub workspace: &'a Workspace,
    /// Who acts.
    pub user: &'a User,
    /// The trigger issued for this interaction.
    pub trigger: &'a str,
}

impl Scene<'_> {
    fn user_fields(&self) -> Value {
        json!({
            "id": self.user.id, "username": self.user.name, "name": self.user.name,
            "team_id": self.workspace.id,
        })
    }

    fn team_fields(&self) -> Value {
        json!({ "id": self.workspace.id, "domain": self.workspace.domain })
    }

    /// A slash command.
    pub fn command(&self, channel: &Channel, (command, text): (&str, &str), url: &str) -> Value {
        json!({
            "token": "emulated-verification-token", "team_id": self.workspace.id,
            "team_domain": self.workspace.domain, "channel_id": channel.id,
            "channel_name": channel_name(channel), "user_id": self.user.id,
            "user_name": self.user.name, "command": command, "text": text,
            "api_app_id": self.app.id, "is_enterprise_install": "false",
            "response_url": url, "trigger_id": self.trigger,
        })
    }

    /// A press of something in a message.
    pub fn message_action(
        &self,
        channel: &Channel,
        acted_on: &Message,
        action: &Value,
        url: &str,
    ) -> Value {
        let is_ephemeral = acted_on.only_for.is_some();
        let mut payload = json!({
            "type": "block_actions", "user": self.user_fields(), "api_app_id": self.app.id,
            "token": "emulated-verification-token",
            "container": {
                "type": "message", "message_ts": acted_on.ts, "channel_id": channel.id,
                "is_ephemeral": is_ephemeral,
            },
            "trigger_id": self.trigger, "team": self.team_fields(), "enterprise": null,
            "is_enterprise_install": false,
            "channel": { "id": channel.id, "name": channel_name(channel) },
            "state": { "values": chosen(action) }, "response_url": url, "actions": [action],
        });
        // Slack keeps no copy of an ephemeral message and therefore sends none.
        if !is_ephemeral {
            put(&mut payload, "message", message(acted_on, true));
        }
        payload
    }

    /// A shortcut that is found everywhere.
    pub fn shortcut(&self, callback_id: &str, stamp: &Ts) -> Value {
        json!({
            "type": "shortcut", "token": "emulated-verification-token", "action_ts": stamp,
            "team": self.team_fields(), "user": self.user_fields(),
            "is_enterprise_install": false, "enterprise": null, "callback_id": callback_id,
            "trigger_id": self.trigger,
        })
    }

    /// A shortcut in the menu of a message.
    pub fn message_shortcut(
        &self,
        channel: &Channel,
        acted_on: &Message,
        callback_id: &str,
        (stamp, url): (&Ts, &str),
    ) -> Value {
        json!({
            "type": "message_action", "token": "emulated-verification-token",
            "action_ts": stamp, "team": self.team_fields(), "user": self.user_fields(),
            "channel": { "id": channel.id, "name": channel_name(channel) },
            "is_enterprise_install": false, "enterprise": null, "callback_id": callback_id,
            "trigger_id": self.trigger, "response_url": url, "message_ts": acted_on.ts,
            "message": message(acted_on, true),
        })
    }

    /// A press of something in a modal or in App Home.
    pub fn view_action(&self, view: &View, action: &Value) -> Value {
        json!({
            "type": "block_actions", "user": self.user_fields(), "api_app_id": self.app.id,
            "token": "emulated-verification-token",
            "container": { "type": "view", "view_id": view.id },
            "trigger_id": self.trigger, "team": self.team_fields(), "enterprise": null,
            "is_enterprise_install": false, "view": self.view(view), "actions": [action],
        })
    }

    /// A modal submitted.
    pub fn submission(&self, view: &View) -> Value {
        json!({
            "type": "view_submission", "team": self.team_fields(), "user": self.user_fields(),
            "api_app_id": self.app.id, "token": "emulated-verification-token",
            "trigger_id": self.trigger, "view": self.view(view), "response_urls": [],
            "is_enterprise_install": false, "enterprise": null,
        })
    }

    /// A modal closed.
    pub fn closing(&self, view: &View) -> Value {
        json!({
            "type": "view_closed", "team": self.team_fields(), "user": self.user_fields(),
            "api_app_id": self.app.id, "token": "emulated-verification-token",
            "view": self.view(view), "is_cleared": false, "is_enterprise_install": false,
            "enterprise": null,
        })
    }

    fn view(&self, view: &View) -> Value {
        let bot = self
            .workspace
            .installation
            .as_ref()
            .map_or("", |app| app.bot_id.as_str());
        view.payload(&self.app.id, bot)
    }
}

/// An event of the Events API.
pub fn event(
    app: &App,
    workspace: &Workspace,
    number: u64,
    at: DateTime<Utc>,
    body: &Value,
) -> Value {
    let bot = workspace
        .installation
        .as_ref()
        .map(|installed| &installed.bot_user);
    json!({
        "token": "emulated-verification-token", "team_id": workspace.id, "api_app_id": app.id,
        "event": body, "type": "event_callback", "event_id": format!("Ev{number:09}"),
        "event_time": at.timestamp(), "is_ext_shared_channel": false,
        "authorizations": [{
            "enterprise_id": null, "team_id": workspace.id, "user_id": bot, "is_bot": true,
            "is_enterprise_install": false,
        }],
    })
}

/// App Home opened on the Home tab, with what was published there.
pub fn home_opened(
    app: &App,
    workspace: &Workspace,
    (user, channel): (&UserId, &ChannelId),
    home: Option<&View>,
    stamp: &Ts,
) -> Value {
    let mut event = json!({
        "type": "app_home_opened", "user": user, "channel": channel, "tab": "home",
        "event_ts": stamp,
    });
    if let Some(home) = home {
        let bot = workspace
            .installation
            .as_ref()
            .map_or("", |app| app.bot_id.as_str());
        put(&mut event, "view", home.payload(&app.id, bot));
    }
    event
}

/// A reaction added.
pub fn reaction(by: &UserId, name: &str, item: (&ChannelId, &Message), stamp: &Ts) -> Value {
    let (channel, message) = item;
    json!({
        "type": "reaction_added", "user": by, "reaction": name, "item_user": message.author,
        "item": { "type": "message", "channel": channel, "ts": message.ts }, "event_ts": stamp,
    })
}

fn channel_name(channel: &Channel) -> &str {
    match channel.kind {
        ChannelKind::Public => &channel.name,
        ChannelKind::Private => "privategroup",
        ChannelKind::Direct { .. } => "directmessage",
    }
}

/// The state of the message's inputs: what was just chosen, if this was a choice.
fn chosen(action: &Value) -> Value {
    let field = |name: &str| action.get(name).and_then(Value::as_str).unwrap_or_default();
    match action.get("selected_option") {
        Some(option) if field("type") == "static_select" => json!({
            field("block_id"): {
                field("action_id"): { "type": "static_select", "selected_option": option },
            },
        }),
        _ => json!({}),
    }
}
