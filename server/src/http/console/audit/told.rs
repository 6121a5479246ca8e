//! Entries of the audit log in words for people. What has none yet is told as it is written down.

use std::collections::HashMap;

use entity::ids::MemberId;
use serde_json::Value;
use uuid::Uuid;

use crate::http::console::insight::told::amount;
use crate::http::console::look::Look;
use crate::http::console::named;

/// Actions, and the keys of their sentences.
const ACTIONS: &[(&str, &str)] = &[
    ("campaign.create", "did-campaign-create"),
    ("campaign.end", "did-campaign-end"),
    ("campaign.update", "did-campaign-update"),
    ("channel.add", "did-channel-add"),
    ("channel.pause", "did-channel-pause"),
    ("channel.remove", "did-channel-remove"),
    ("channel.restore", "did-channel-restore"),
    ("channel.resume", "did-channel-resume"),
    ("channel.test", "did-channel-test"),
    ("channel.topics", "did-channel-topics"),
    ("content_rules.update", "did-content-rules-update"),
    ("feed.create", "did-feed-create"),
    ("feed.remove", "did-feed-remove"),
    ("feed.run", "did-feed-run"),
    ("feed.update", "did-feed-update"),
    ("installation.connected", "did-installation-connected"),
    ("installation.disconnected", "did-installation-disconnected"),
    ("installation.reconnected", "did-installation-reconnected"),
    ("installation.revoked", "did-installation-revoked"),
    ("media.describe", "did-media-describe"),
    ("media.upload", "did-media-upload"),
    ("member.create", "did-member-create"),
    ("member.erase", "did-member-erase"),
    ("member.export", "did-member-export"),
    ("member.import", "did-member-import"),
    ("member.invite", "did-member-invite"),
    ("member.invite_console", "did-member-invite-console"),
    ("member.join", "did-member-join"),
    ("member.last_owner", "did-member-last-owner"),
    ("member.leave", "did-member-leave"),
    ("member.link", "did-member-link"),
    ("member.pair", "did-member-pair"),
    ("member.return", "did-member-return"),
    ("member.roles", "did-member-roles"),
    ("member.set_password", "did-member-set-password"),
    ("member.team", "did-member-team"),
    ("member.unpair", "did-member-unpair"),
    ("member.unset_password", "did-member-unset-password"),
    ("member.update", "did-member-update"),
    ("organization.addresses", "did-organization-addresses"),
    ("organization.branding", "did-organization-branding"),
    ("organization.expiry", "did-organization-expiry"),
    ("organization.networks", "did-organization-networks"),
    ("organization.points", "did-organization-points"),
    ("organization.quiet_hours", "did-organization-quiet-hours"),
    ("organization.setup", "did-organization-setup"),
    ("organization.update", "did-organization-update"),
    ("organization.utm", "did-organization-utm"),
    ("post.approve", "did-post-approve"),
    ("post.archive", "did-post-archive"),
    ("post.create", "did-post-create"),
    ("post.expire", "did-post-expire"),
    ("post.import", "did-post-import"),
    ("post.pause", "did-post-pause"),
    ("post.publish", "did-post-publish"),
    ("post.recall", "did-post-recall"),
    ("post.reject", "did-post-reject"),
    ("post.reschedule", "did-post-reschedule"),
    ("post.resend", "did-post-resend"),
    ("post.resume", "did-post-resume"),
    ("post.retry", "did-post-retry"),
    ("post.set_campaign", "did-post-set-campaign"),
    ("post.stop", "did-post-stop"),
    ("post.submit", "did-post-submit"),
    ("post.unarchive", "did-post-unarchive"),
    ("post.update", "did-post-update"),
    ("post.withdraw", "did-post-withdraw"),
    ("proposal.accept", "did-proposal-accept"),
    ("proposal.create", "did-proposal-create"),
    ("proposal.decline", "did-proposal-decline"),
    ("proposal.reopen", "did-proposal-reopen"),
    ("proposal.withdraw", "did-proposal-withdraw"),
    ("rate.update", "did-rate-update"),
    ("retention.run", "did-retention-run"),
    ("retention.update", "did-retention-update"),
    ("session.begin", "did-session-begin"),
    ("session.end", "did-session-end"),
    ("session.end_all", "did-session-end-all"),
    ("team.create", "did-team-create"),
    ("team.move", "did-team-move"),
    ("team.remove", "did-team-remove"),
    ("team.rename", "did-team-rename"),
    ("token.create", "did-token-create"),
    ("token.revoke", "did-token-revoke"),
    ("topic.create", "did-topic-create"),
    ("topic.merge", "did-topic-merge"),
    ("topic.remove", "did-topic-remove"),
    ("topic.update", "did-topic-update"),
];

/// Facts, and the keys of their names.
const FACTS: &[(&str, &str)] = &[
    ("accent", "settings-accent"),
    ("added", "fact-added"),
    ("after", "fact-after"),
    ("allowed_since", "fact-allowed-since"),
    ("audit_log", "kept-audit-log"),
    ("before", "fact-before"),
    ("blocked", "fact-blocked"),
    ("blocked_since", "fact-blocked-since"),
    ("by", "fact-by"),
    ("bytes", "fact-bytes"),
    ("click", "settings-point-click"),
    ("clicks_per_share_and_day", "settings-point-clicks-cap"),
    ("contact", "settings-contact"),
    ("cpc", "fact-cpc"),
    ("cpm", "fact-cpm"),
    ("currency", "fact-currency"),
    ("deliveries", "kept-deliveries"),
    ("disclosure", "settings-disclosure"),
    ("disclosure_required", "settings-disclosure-required"),
    ("email", "fact-email"),
    ("expiry_days", "settings-expiry"),
    ("feed", "fact-feed"),
    ("identity", "fact-identity"),
    ("into", "fact-into"),
    ("issuer", "fact-issuer"),
    ("join_policy", "settings-join"),
    ("language", "settings-language"),
    ("leaver_names", "kept-leaver-names"),
    ("lines", "fact-lines"),
    ("media_type", "fact-media-type"),
    ("messages", "fact-messages"),
    ("mode", "fact-mode"),
    ("name", "fact-name"),
    ("network", "fact-network"),
    ("networks", "settings-networks"),
    ("owner", "fact-owner"),
    ("paused", "fact-paused"),
    ("platform", "fact-platform"),
    ("post", "fact-post"),
    ("posts", "fact-posts"),
    ("proposal_points", "settings-point-proposal"),
    ("quiet_from", "settings-quiet-from"),
    ("quiet_to", "settings-quiet-to"),
    ("quiet_weekends", "settings-quiet-weekends"),
    ("review_hours", "settings-review-hours"),
    ("roles", "fact-roles"),
    ("second_pair_of_eyes", "settings-second-pair"),
    ("sessions", "fact-sessions"),
    ("share_confirmed", "settings-point-confirmed"),
    ("share_proven", "settings-point-proven"),
    ("shares_per_day", "settings-point-shares-cap"),
    ("short_url", "settings-short-url"),
    ("slug", "fact-slug"),
    ("time_zone", "settings-zone"),
    ("title", "fact-title"),
    ("tokens", "fact-tokens"),
    ("topics", "fact-topics"),
    ("updated", "fact-updated"),
    ("url", "fact-url"),
    ("utm_campaign", "settings-utm-campaign"),
    ("utm_medium", "settings-utm-medium"),
    ("utm_source", "settings-utm-source"),
    ("valid_from", "fact-valid-from"),
    ("version", "fact-version"),
    ("visit_details", "kept-visit-details"),
    ("whole", "fact-whole"),
    ("workspaces", "fact-workspaces"),
];

/// What facts of a name may say, and the keys of that.
const VALUES: &[(&str, &str, &str)] = &[
    ("by", "first_start", "by-first-start"),
    ("by", "password", "by-password"),
    ("by", "chat", "by-chat"),
    ("by", "invitation", "by-invitation"),
    ("by", "oidc", "by-oidc"),
    ("by", "slack", "platform-slack"),
    ("by", "themself", "by-themself"),
    ("by", "another", "by-another"),
    ("by", "retention", "by-retention"),
    ("mode", "draft", "mode-draft"),
    ("mode", "review", "mode-review"),
    ("mode", "auto_publish", "mode-auto-publish"),
    ("platform", "slack", "platform-slack"),
    ("platform", "discord", "platform-discord"),
];

fn key(of: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    let found = of.iter().find(|(one, _)| *one == word);
    found.map(|(_, key)| *key)
}

/// What was done.
pub fn action(look: &Look, action: &str) -> String {
    key(ACTIONS, action).map_or_else(|| action.to_owned(), |key| look.say(key))
}

/// Whose word something was done by, where it was somebody else's than who did it.
pub fn issuer(detail: &Value) -> Option<MemberId> {
    let id = detail.get("issuer")?.as_str()?;
    id.parse::<Uuid>().ok().map(MemberId)
}

/// Facts of an action as a line.
pub fn facts(
    look: &Look,
    (action, detail): (&str, &Value),
    names: &HashMap<MemberId, String>,
) -> String {
    let currency = detail.get("currency").and_then(Value::as_str);
    let told = detail.as_object().into_iter().flatten();
    let told = told.map(|(name, value)| {
        let called = key(FACTS, name).map_or_else(|| name.clone(), |key| look.say(key));
        let issuer = issuer(detail).filter(|_| name == "issuer");
        let known = issuer.and_then(|id| names.get(&id).cloned());
        let said = match (name.as_str(), value.as_i64(), currency) {
            ("cpc" | "cpm", Some(minor), Some(currency)) => amount(look, minor, currency),
            // What changed is told as what it is.
            ("before" | "after", ..) if action == "member.roles" => said(look, "roles", value),
            _ => known.unwrap_or_else(|| said(look, name, value)),
        };
        format!("{called}: {said}")
    });
    told.collect::<Vec<_>>().join(" · ")
}

fn said(look: &Look, name: &str, value: &Value) -> String {
    match value {
        Value::String(text) => word(look, name, text),
        Value::Bool(true) => look.say("fact-yes"),
        Value::Bool(false) => look.say("fact-no"),
        Value::Null => "–".to_owned(),
        Value::Number(number) => number
            .as_i64()
            .map_or_else(|| number.to_string(), |number| look.number(number)),
        Value::Array(all) => {
            let all = all.iter().map(|one| said(look, name, one));
            all.collect::<Vec<_>>().join(", ")
        }
        Value::Object(pair) => match (pair.get("from"), pair.get("to")) {
            (Some(from), Some(to)) => {
                format!("{} → {}", said(look, name, from), said(look, name, to))
            }
            _ => value.to_string(),
        },
    }
}

fn word(look: &Look, name: &str, text: &str) -> String {
    let own = match name {
        "roles" => named::role::read(text).map(named::role::key),
        "network" | "networks" => named::network::read(text).map(named::network::key),
        "language" => named::language::read(text).map(named::language::key),
        "join_policy" => named::join_policy::read(text).map(named::join_policy::key),
        _ => None,
    };
    let key = match own {
        Some(key) => Some(key),
        None => VALUES
            .iter()
            .find(|(of, one, _)| *of == name && *one == text)
            .map(|(_, _, key)| *key),
    };
    key.map_or_else(|| text.to_owned(), |key| look.say(key))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use axum::http::HeaderMap;
    use entity::enums::Language;
    use serde_json::json;

    use super::*;
    use crate::http::console::words::Words;

    fn look(language: Language) -> Look {
        Look {
            words: Words::of(language),
            ..Look::of_stranger(&HeaderMap::new(), None, chrono::DateTime::UNIX_EPOCH)
        }
    }

    #[test]
    fn an_entry_is_told_in_the_language_of_who_reads_it() {
        let (en, de) = (look(Language::En), look(Language::De));
        assert_eq!(action(&en, "post.approve"), "Approved a post");
        assert_eq!(action(&de, "post.approve"), "Beitrag freigegeben");
        assert_eq!(
            action(&de, "badge.award"),
            "badge.award",
            "what has no words"
        );
        let detail = json!({"by": "password", "sessions": 1200, "odd": "x"});
        let none = HashMap::new();
        let facts = |look: &Look, detail: &Value| facts(look, ("session.begin", detail), &none);
        assert_eq!(
            facts(&en, &detail),
            "By: password · odd: x · Sessions: 1,200"
        );
        let detail = json!({"paused": false, "roles": ["curator", "x"]});
        assert_eq!(
            facts(&de, &detail),
            "Angehalten: nein · Rollen: Redaktion, x"
        );
        assert_eq!(facts(&en, &json!({})), "");
    }

    #[test]
    fn a_setting_is_told_from_what_to_what() {
        let (en, de) = (look(Language::En), look(Language::De));
        let none = HashMap::new();
        let points = json!({
            "click": {"from": 1, "to": 2}, "shares_per_day": {"from": 5, "to": 1000},
            "proposal_points": {"from": 15, "to": 20}
        });
        assert_eq!(
            facts(&en, ("organization.points", &points), &none),
            "Click: 1 → 2 · Accepted proposal: 15 → 20 · Shares that earn: 5 → 1,000"
        );
        let networks = json!({"networks": {"from": ["x", "copy"], "to": ["x"]}});
        assert!(facts(&en, ("organization.networks", &networks), &none).ends_with("→ X"));
        let house = json!({"language": {"from": "en", "to": "de"}, "contact": true});
        let told = facts(&de, ("organization.update", &house), &none);
        assert_eq!(
            told,
            "Wen Fremde fragen: ja · Sprache der Kanäle: Englisch → Deutsch"
        );
    }

    #[test]
    fn roles_prices_and_who_vouched_are_told_by_their_names() {
        let (en, de) = (look(Language::En), look(Language::De));
        let ada = MemberId(Uuid::from_u128(7));
        let names = HashMap::from([(ada, "Ada".to_owned())]);
        let moved = json!({"before": ["curator"], "after": ["owner", "analyst"]});
        assert_eq!(
            facts(&en, ("member.roles", &moved), &names),
            "After: Owners, Analysts · Before: Curators"
        );
        let renamed = json!({"before": "curator", "after": null});
        assert_eq!(
            facts(&en, ("member.team", &renamed), &names),
            "After: – · Before: curator"
        );
        let rate = json!({"cpc": 120, "cpm": null, "currency": "EUR", "network": "x"});
        let told = facts(&de, ("rate.update", &rate), &names);
        assert!(
            told.contains("1,20 EUR") && told.contains("Netzwerk: X"),
            "{told}"
        );
        let invited = json!({"by": "invitation", "issuer": ada});
        assert_eq!(
            facts(&en, ("session.begin", &invited), &names),
            "By: an invitation · Vouched for by: Ada"
        );
    }

    fn sources(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, all);
            } else if !path.ends_with("tests.rs") {
                all.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }

    #[test]
    fn whatever_is_written_down_has_its_words() {
        let mut all = String::new();
        sources(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/service"),
            &mut all,
        );
        let mut kinds: Vec<&str> = ACTIONS
            .iter()
            .filter_map(|(one, _)| one.split('.').next())
            .collect();
        kinds.dedup();
        // Fields of the set-up that are called like actions.
        let fields = [
            "organization.name",
            "organization.slug",
            "organization.time_zone",
        ];
        let wordless: Vec<&str> = (all.split('"').skip(1).step_by(2))
            .filter(|text| {
                let parts = text.split_once('.');
                parts.is_some_and(|(kind, verb)| {
                    let is_verb = verb.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
                    kinds.contains(&kind) && is_verb && !verb.is_empty()
                })
            })
            .filter(|text| !fields.contains(text) && key(ACTIONS, text).is_none())
            .collect();
        assert!(wordless.is_empty(), "{wordless:?}");
        assert!(all.contains("\"post.approve\""));
    }
}
