//! The rules of ARCHITECTURE.md that a compiler does not hold: who may depend
//! on whom, which name stays in which folder, what every file looks like.
//!
//! Each test reads the sources, collects every violation and names the rule.

mod manifests;
mod matches;
pub mod source;

use std::collections::{BTreeMap, BTreeSet};

use source::{Source, sources};

/// Longest file without its tests that is still read in one sitting.
const LONGEST_FILE: usize = 400;

/// Fails with the rule and everything that breaks it.
fn hold(rule: &str, violations: &[String]) {
    assert!(
        violations.is_empty(),
        "{rule}\n  {}\n",
        violations.join("\n  ")
    );
}

/// Production sources whose path begins with one of `folders`.
fn within(folders: &[&str]) -> Vec<Source> {
    sources()
        .into_iter()
        .filter(|source| !source.is_test() && source.is_in(folders))
        .collect()
}

/// Where `words` stand in the sources below `folders`, save those below `allowed`.
fn strays(words: &[&str], folders: &[&str], allowed: &[&str]) -> Vec<String> {
    within(folders)
        .iter()
        .filter(|source| !source.is_in(allowed))
        .flat_map(|source| words.iter().flat_map(|word| source.places_of(word)))
        .collect()
}

/// Every folder with production code.
const ALL: &[&str] = &["bots/", "server/", "entity/", "migration/"];

#[test]
fn packages_depend_only_along_the_listed_arrows() {
    hold(
        "Rule: a dependency between packages that ARCHITECTURE.md does not list is forbidden.",
        &manifests::violations(),
    );
}

#[test]
fn the_database_is_named_only_by_entities_migrations_and_the_store() {
    hold(
        "Rule: `sea_orm` is named only in entity, migration, server/src/store and server/src/test_support.",
        &strays(
            &["rusqlite", "sea_orm", "sea_orm_migration", "sqlx"],
            ALL,
            &[
                "entity/",
                "migration/",
                "server/src/store",
                "server/src/test_support",
            ],
        ),
    );
}

#[test]
fn the_web_framework_is_named_only_by_http_and_the_composition() {
    hold(
        "Rule: `axum` is named only in server/src/http, in the bots' signed endpoint and HTTP transports, and in server/chorus.",
        &strays(
            &["axum", "axum_extra", "utoipa_axum"],
            ALL,
            &[
                "server/src/http",
                "server/chorus/",
                "server/src/test_support",
                "bots/src/endpoint",
                "bots/src/slack/transport/http",
                "bots/src/discord/transport/http",
            ],
        ),
    );
}

#[test]
fn the_environment_is_read_only_by_the_configuration() {
    hold(
        "Rule: `std::env` is named only in server/src/config (the arguments of main.rs apart).",
        &strays(
            &["std::env"],
            ALL,
            &[
                "server/src/config",
                "server/src/test_support",
                "server/chorus/src/main.rs",
                "migration/build.rs",
                "server/build.rs",
            ],
        ),
    );
}

#[test]
fn status_codes_are_chosen_in_one_place() {
    hold(
        "Rule: `StatusCode` is named only in server/src/http/error, server/src/http/public and server/src/http/console/page.",
        &strays(
            &["StatusCode"],
            &["server/src/", "server/chorus/"],
            &[
                "server/src/http/error",
                "server/src/http/public",
                "server/src/http/console/page",
                "server/src/test_support",
            ],
        ),
    );
}

#[test]
fn http_asks_services_and_never_the_store() {
    hold(
        "Rule: `http` never names `store`: a use case stands between them.",
        &strays(&["store"], &["server/src/http"], &[]),
    );
}

#[test]
fn rules_of_the_domain_wait_for_nothing() {
    hold(
        "Rule: `domain` is pure: no `async`, no store, no service.",
        &strays(
            &["async", "await", "crate::store", "crate::service"],
            &["server/src/domain"],
            &[],
        ),
    );
}

#[test]
fn the_conversation_knows_no_transport() {
    hold(
        "Rule: `conversation` never names a runtime, an HTTP client or a chat library.",
        &strays(
            &["tokio", "reqwest", "serenity", "slack_morphism", "hyper"],
            &["bots/conversation/"],
            &[],
        ),
    );
}

#[test]
fn each_chat_library_stays_in_its_own_folder() {
    let mut violations = strays(&["slack_morphism"], ALL, &["bots/src/slack"]);
    violations.extend(strays(&["serenity"], ALL, &["bots/src/discord"]));
    hold(
        "Rule: `slack_morphism` is named only in bots/src/slack, `serenity` only in bots/src/discord.",
        &violations,
    );
}

#[test]
fn rendering_is_pure() {
    hold(
        "Rule: render/* and text of a chat are pure: no `async`, no client, no clock, no backend.",
        &strays(
            &[
                "async",
                "await",
                "tokio",
                "reqwest",
                "Clock",
                "Client",
                "SlackClient",
                "Backend",
                "HttpBackend",
                "Utc::now",
            ],
            &[
                "bots/src/slack/render",
                "bots/src/slack/text",
                "bots/src/discord/render",
                "bots/src/discord/text",
                "bots/src/fitting",
            ],
            &[],
        ),
    );
}

#[test]
fn the_chats_do_not_know_each_other() {
    let mut violations = strays(&["slack", "slack_morphism"], &["bots/src/discord"], &[]);
    violations.extend(strays(&["discord", "serenity"], &["bots/src/slack"], &[]));
    hold(
        "Rule: slack/ and discord/ never name each other; what both need stands in bots/src.",
        &violations,
    );
}

#[test]
fn what_one_chat_has_the_other_has_by_the_same_name() {
    let names = |chat: &str, folder: &str| -> BTreeSet<String> {
        let folder = source::root().join("bots/src").join(chat).join(folder);
        source::names_in(&folder, ".rs")
    };
    let mut violations = Vec::new();
    for (folder, own) in [
        ("", &["commands"] as &[&str]),
        ("render", &[]),
        ("transport", &["socket", "gateway"]),
    ] {
        let (slack, discord) = (names("slack", folder), names("discord", folder));
        assert!(!slack.is_empty(), "nothing in slack/{folder}");
        let alone = slack.symmetric_difference(&discord);
        violations.extend(
            alone
                .filter(|name| !own.contains(&name.as_str()))
                .map(|name| format!("{folder}/{name}.rs stands in one of slack/ and discord/")),
        );
    }
    hold(
        "Rule: slack/ and discord/ have the same file names (discord/ also commands.rs).",
        &violations,
    );
}

#[test]
fn a_folder_of_modules_has_a_file_beside_it() {
    let violations: Vec<String> = sources()
        .iter()
        .filter(|source| source.path.ends_with("/mod.rs"))
        .map(|source| source.path.clone())
        .collect();
    hold("Rule: `foo.rs` and `foo/`, never `mod.rs`.", &violations);
}

#[test]
fn every_module_says_what_it_is_for() {
    let violations: Vec<String> = sources()
        .iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.path.clone())
        .collect();
    hold("Rule: every module opens with `//!`.", &violations);
}

#[test]
fn every_file_can_be_read_in_one_sitting() {
    let violations: Vec<String> = sources()
        .iter()
        .filter(|source| !source.is_test())
        .map(|source| (source, source.lines_without_tests()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(source, lines)| format!("{}: {lines} lines", source.path))
        .collect();
    hold(
        "Rule: a file has at most 400 lines without its tests.",
        &violations,
    );
}

#[test]
fn a_new_variant_of_ours_breaks_the_build_where_it_must_be_shown() {
    let all = sources();
    let ours = matches::enums(
        all.iter()
            .filter(|source| source.is_in(ALL) && !source.is_test()),
    );
    let violations: Vec<String> = within(&[
        "bots/conversation/src/flow",
        "bots/conversation/src/plain",
        "bots/src/slack/render",
        "bots/src/discord/render",
        "server/src/http/error",
        "server/src/http/wire",
    ])
    .iter()
    .flat_map(|source| matches::wildcards(source, &ours))
    .collect();
    hold(
        "Rule: our closed enums are matched without `_` in render/*, flow/*, plain, http/error and http/wire.",
        &violations,
    );
}

#[test]
fn every_migration_has_a_sample() {
    let root = source::root();
    let samples: BTreeSet<String> = source::names_in(&root.join("migration/samples"), ".json");
    let violations: Vec<String> = source::names_in(&root.join("migration/src"), ".rs")
        .into_iter()
        .filter(|name| name.starts_with('m') && name.contains("_0"))
        .filter(|name| !samples.contains(name))
        .map(|name| format!("migration/samples/{name}.json is missing"))
        .collect();
    hold(
        "Rule: every migration ships rows that fit its shape, so that the next one meets data.",
        &violations,
    );
}

#[test]
fn no_two_types_that_travel_share_a_name() {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut violations = Vec::new();
    for source in within(&["server/api/src"]) {
        let types = source.code.lines().filter_map(|line| {
            let rest = line
                .strip_prefix("pub struct ")
                .or(line.strip_prefix("pub enum "))?;
            let name = rest
                .split(|letter: char| !letter.is_alphanumeric())
                .next()?;
            Some(name.to_owned())
        });
        for name in types {
            if let Some(other) = known.insert(name.clone(), source.path.clone()) {
                violations.push(format!("{name}: {other}, {}", source.path));
            }
        }
    }
    assert!(known.len() > 100, "the types were not found");
    hold(
        "Rule: the API's description knows a type by its name alone, so each name is given once.",
        &violations,
    );
}
