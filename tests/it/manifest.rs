//! The manifest that an administrator pastes into Slack, against what Slack asks for.

use std::collections::BTreeSet;

use bots::slack::{METHODS_CALLED, manifest};
use tests::emulator::slack::check::scopes::required_scopes;

#[test]
fn the_manifest_asks_for_the_scopes_of_the_methods_called() {
    let manifest = manifest("https://chorus.example.org");
    let asked: BTreeSet<&str> = manifest["oauth_config"]["scopes"]["bot"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(serde_json::Value::as_str)
        .collect();
    let mut needed: BTreeSet<&str> = METHODS_CALLED
        .into_iter()
        .flat_map(|method| {
            let scopes = required_scopes(method.name());
            scopes.unwrap_or_else(|| panic!("Slack has no method {}", method.name()))
        })
        .copied()
        .collect();
    // No method of ours needs these: the first is the slash command's, and without
    // the second `users.info` answers, but leaves the address out.
    needed.extend(["commands", "users:read.email"]);
    assert_eq!(asked, needed);
}

#[test]
fn the_console_asks_for_what_the_manifests_do() {
    use server::domain::connection::{DISCORD_PERMISSIONS, SLACK_SCOPES};
    let slack = manifest("https://chorus.example.org");
    let asked = &slack["oauth_config"]["scopes"]["bot"];
    assert_eq!(*asked, serde_json::json!(SLACK_SCOPES));
    let discord = bots::discord::manifest("https://chorus.example.org", None);
    let asked = &discord["guild_install"]["permissions"];
    assert_eq!(*asked, serde_json::json!(DISCORD_PERMISSIONS.to_string()));
}
