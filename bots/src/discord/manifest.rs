//! What an administrator needs to make the app at Discord: it takes no manifest, so these
//! are the values to set, the links that install it, and the steps in their order.

use conversation::command;
use serde_json::{Value, json};
use serenity::model::id::{ChannelId, MessageId};
use serenity::model::permissions::Permissions;
use url::form_urlencoded::Serializer;

use super::PATH;
use super::client::call::Call;

/// Where the developer portal lists apps.
const PORTAL: &str = "https://discord.com/developers/applications";
/// Where apps are installed. Topic "`OAuth2`", "Bot Authorization Flow".
const INSTALL: &str = "https://discord.com/oauth2/authorize";
/// Stands in links for the application's id until it is known.
const APPLICATION_ID: &str = "APPLICATION_ID";

/// The scopes of an installation to a guild, and of one that a person makes for
/// themselves. Topic "`OAuth2`", "Scopes".
const GUILD_SCOPES: [&str; 2] = ["applications.commands", "bot"];
const USER_SCOPES: [&str; 1] = ["applications.commands"];

/// How to make the app, for the Chorus that people reach at `base_url`; the links are
/// ready to use where the application's id is known.
pub fn manifest(base_url: &str, application_id: Option<&str>) -> Value {
    let endpoint = format!("{}{PATH}", base_url.trim_end_matches('/'));
    let application = application_id.unwrap_or(APPLICATION_ID);
    let permissions = permissions();
    let bits = permissions.bits().to_string();
    json!({
        "name": "Chorus",
        "description": "Share what your organization has to say, in your own words",
        "guild_install": {
            "scopes": GUILD_SCOPES,
            "permissions": bits,
            "permission_names": permissions.get_permission_names(),
            "link": link(application, &GUILD_SCOPES, Some(&bits)),
        },
        "user_install": {
            "scopes": USER_SCOPES,
            "link": link(application, &USER_SCOPES, None),
        },
        "interactions_endpoint_url": endpoint,
        "privileged_gateway_intents": [],
        "steps": steps(&endpoint, application_id.is_none()),
    })
}

fn steps(endpoint: &str, has_placeholder: bool) -> Vec<String> {
    let mut steps = vec![
        format!(
            "Open {PORTAL}, press New Application, and give it the name and description above."
        ),
        "General Information: copy the application id and the public key to `application_id` and \
         `public_key` under [discord]."
            .to_owned(),
        "Bot: press Reset Token and copy the token to `bot_token`, or into the file that \
         `bot_token_file` names. Leave every privileged gateway intent off."
            .to_owned(),
        "Installation: tick User Install and Guild Install; set the scopes and permissions above \
         as their default install settings."
            .to_owned(),
        format!(
            "Only with `mode = \"http\"`: start Chorus, let your proxy lead {PATH} to \
             `[discord] listen`, then set General Information → Interactions Endpoint URL to \
             {endpoint}. Discord checks it at once. With `mode = \"gateway\"` leave it empty."
        ),
        "Open the link under `guild_install` and choose your server; name its id as the \
         `external_id` of a [[workspace]] in Chorus's set-up file."
            .to_owned(),
        "Let the bot into the channels that it is to post in: private ones need it added by hand."
            .to_owned(),
        format!(
            "Start Chorus. It registers {} itself; Discord may take a minute to show it.",
            command::NAME
        ),
    ];
    if has_placeholder {
        steps.insert(
            2,
            format!("Put that application id in place of {APPLICATION_ID} in the links above."),
        );
    }
    steps
}

/// Everything that the bot may do: what our calls about channels need, and no more.
fn permissions() -> Permissions {
    let (channel, message) = (ChannelId::new(1), MessageId::new(1));
    [
        Call::PostMessage { channel },
        Call::EditMessage { channel, message },
        Call::History { channel },
    ]
    .into_iter()
    .fold(Permissions::empty(), |all, call| all | call.permissions())
}

/// "Application Integration Types": 0 installs to a guild, 1 for a person.
fn link(application: &str, scopes: &[&str], permissions: Option<&str>) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("client_id", application);
    query.append_pair("scope", &scopes.join(" "));
    match permissions {
        Some(permissions) => query
            .append_pair("permissions", permissions)
            .append_pair("integration_type", "0"),
        None => query.append_pair("integration_type", "1"),
    };
    format!("{INSTALL}?{}", query.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_asks_for_what_the_calls_need_and_no_more() {
        insta::assert_json_snapshot!(manifest("https://chorus.example.org/", None));
    }

    #[test]
    fn a_known_application_makes_links_that_work() {
        let manifest = manifest("https://chorus.example.org", Some("1100000000000000002"));
        let all = manifest.to_string();
        assert!(!all.contains(APPLICATION_ID), "{all}");
        assert_eq!(
            manifest["guild_install"]["link"],
            "https://discord.com/oauth2/authorize?client_id=1100000000000000002\
             &scope=applications.commands+bot&permissions=84992&integration_type=0"
        );
        assert_eq!(
            manifest["user_install"]["link"],
            "https://discord.com/oauth2/authorize?client_id=1100000000000000002\
             &scope=applications.commands&integration_type=1"
        );
    }

    #[test]
    fn the_bot_may_nothing_that_a_member_would_mind() {
        let all = permissions();
        for refused in [
            Permissions::ADMINISTRATOR,
            Permissions::MENTION_EVERYONE,
            Permissions::MANAGE_MESSAGES,
            Permissions::MANAGE_ROLES,
        ] {
            assert!(!all.contains(refused), "{refused}");
        }
    }

    #[test]
    fn discords_limit_on_descriptions_is_kept() {
        // Resource "Application": description ≤ 400 characters.
        let manifest = manifest("https://chorus.example.org", None);
        assert!(manifest["description"].as_str().unwrap().len() <= 400);
    }
}
