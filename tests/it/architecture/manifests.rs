//! The arrows between packages, as their manifests draw them.

use std::process::Command;

use serde_json::Value;

/// A package, which of ours it may depend on, and what it must never depend on.
struct Arrows {
    package: &'static str,
    ours: &'static [&'static str],
    never: &'static [&'static str],
}

const ARROWS: &[Arrows] = &[
    Arrows {
        package: "entity",
        ours: &[],
        never: &["axum", "sea-orm-migration", "reqwest", "tokio"],
    },
    Arrows {
        package: "migration",
        ours: &[],
        never: &["sea-orm", "axum", "reqwest"],
    },
    Arrows {
        package: "server-api",
        ours: &[],
        never: &["sea-orm", "axum", "tokio"],
    },
    Arrows {
        package: "server",
        ours: &["entity", "migration", "server-api"],
        never: &["serenity", "slack-morphism"],
    },
    Arrows {
        package: "conversation",
        ours: &["server-api"],
        never: &[
            "tokio",
            "reqwest",
            "serenity",
            "slack-morphism",
            "axum",
            "sea-orm",
        ],
    },
    Arrows {
        package: "bots",
        ours: &["conversation", "server-api"],
        never: &["sea-orm", "sea-orm-migration"],
    },
    Arrows {
        package: "chorus",
        ours: &["server", "bots", "migration", "server-api"],
        never: &["sea-orm", "serenity", "slack-morphism"],
    },
    Arrows {
        package: "tests",
        ours: &[
            "bots",
            "chorus",
            "conversation",
            "entity",
            "migration",
            "server",
            "server-api",
        ],
        never: &[],
    },
];

/// Every dependency that the table does not allow.
pub fn violations() -> Vec<String> {
    check(&metadata())
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
        .arg("--manifest-path")
        .arg(super::source::root().join("Cargo.toml"))
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn check(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().unwrap();
    let ours: Vec<&str> = packages.iter().map(name).collect();
    let mut violations = Vec::new();
    for package in packages {
        let Some(arrows) = ARROWS.iter().find(|arrows| arrows.package == name(package)) else {
            violations.push(format!("`{}` is not in the table of arrows", name(package)));
            continue;
        };
        for dependency in package["dependencies"].as_array().unwrap() {
            violations.extend(judge(arrows, dependency, &ours));
        }
    }
    violations
}

fn name(value: &Value) -> &str {
    value["name"].as_str().unwrap()
}

fn judge(arrows: &Arrows, dependency: &Value, ours: &[&str]) -> Option<String> {
    let from = arrows.package;
    let to = name(dependency);
    // A package may ask itself for test support.
    if to == from {
        return None;
    }
    let stray = ours.contains(&to) && !arrows.ours.contains(&to);
    if stray || arrows.never.contains(&to) {
        return Some(format!("`{from}` depends on `{to}`"));
    }
    let client = dependency["features"]
        .as_array()
        .is_some_and(|features| features.iter().any(|feature| feature == "client"));
    if from == "conversation" && client {
        return Some("`conversation` asks `server-api` for its client".to_owned());
    }
    None
}

#[test]
fn a_forbidden_arrow_is_named() {
    let metadata = serde_json::json!({ "packages": [
        { "name": "bots", "dependencies": [{ "name": "server", "features": [] }] },
        { "name": "server", "dependencies": [{ "name": "serenity", "features": [] }] },
        { "name": "conversation", "dependencies": [{ "name": "server-api", "features": ["client"] }] },
        { "name": "stranger", "dependencies": [] },
    ]});
    assert_eq!(
        check(&metadata),
        [
            "`bots` depends on `server`",
            "`server` depends on `serenity`",
            "`conversation` asks `server-api` for its client",
            "`stranger` is not in the table of arrows",
        ]
    );
}
