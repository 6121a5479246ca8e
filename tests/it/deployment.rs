//! The files that put Chorus to work: what they say of options, ports, versions and times is what
//! the program says.

mod compose;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use server::config::Config;

use self::compose::Node;
use crate::program::Place;

fn file(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Lines of a file that are no comments.
fn lines(path: &str) -> Vec<String> {
    let is_said = |line: &&str| !line.is_empty() && !line.starts_with('#');
    file(path)
        .lines()
        .map(str::trim)
        .filter(is_said)
        .map(str::to_owned)
        .collect()
}

/// The value of the one line that begins so.
fn value(path: &str, begins: &str) -> String {
    let found: Vec<String> = lines(path)
        .iter()
        .filter_map(|line| line.strip_prefix(begins).map(str::to_owned))
        .collect();
    assert_eq!(found.len(), 1, "{path}: {begins}: {found:?}");
    found[0].trim().to_owned()
}

/// Names of environment variables that configure Chorus, comments included.
fn variables(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| word.starts_with("CHORUS_"))
        .filter(|word| word.contains("__") || *word == "CHORUS_DATA_DIR")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_option_that_the_image_and_compose_name_exists() {
    let said = variables(&(file("Dockerfile") + &file("compose.yaml")));
    assert!(said.len() > 8, "{said:?}");
    let environment = said.iter().map(|name| (name.clone(), "x".to_owned()));
    let faults = Config::parse("", environment).unwrap_err().0;
    let unknown: Vec<_> = faults
        .iter()
        .filter(|fault| fault.reason.contains("no such option"))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn secrets_of_compose_are_files_that_are_declared_and_never_values() {
    let text = file("compose.yaml");
    let (services, secrets) = text.split_once("\nsecrets:\n").unwrap();
    let mut used = BTreeSet::new();
    for line in services.lines().map(str::trim) {
        let Some((name, path)) = line.split_once(": /run/secrets/") else {
            continue;
        };
        assert!(name.ends_with("_FILE"), "{line}");
        used.insert(path.to_owned());
    }
    assert!(used.len() >= 4, "{used:?}");
    for secret in &used {
        assert!(
            services.contains(&format!("      - {secret}\n")),
            "{secret} is not given"
        );
        let declared = format!(
            "  {secret}:\n    file: ./secrets/{}\n",
            secret.replace('_', "-")
        );
        assert!(secrets.contains(&declared), "{declared}");
    }
    let ignored = lines(".dockerignore");
    assert!(
        ignored.contains(&"/secrets".to_owned()),
        "no image holds a secret"
    );
}

/// Whether a variable holds a secret: of ours, those that may come in a file; of others, what is
/// called so.
fn is_secret(variable: &str) -> bool {
    let in_a_file = (format!("{variable}_FILE"), "/no/such/file".to_owned());
    let faults = Config::parse("", [in_a_file]).err();
    let is_looked_for = faults.is_some_and(|faults| {
        let mut faults = faults.0.iter();
        faults.any(|fault| fault.reason.contains("cannot be read"))
    });
    let called = ["PASSWORD", "SECRET", "TOKEN", "KEY"];
    is_looked_for || called.iter().any(|end| variable.ends_with(end))
}

#[test]
fn no_secret_is_written_into_compose() {
    assert!(is_secret("CHORUS_DATABASE__URL") && !is_secret("CHORUS_WEB__BASE_URL"));
    let compose = compose::read(&file("compose.yaml"));
    let services = compose.at(&["services"]).map();
    let written = services.iter().flat_map(|(name, service)| {
        let variables = service.at(&["environment"]).map().keys();
        variables.map(move |variable| (name, variable))
    });
    let secrets: Vec<_> = written
        .filter(|(_, variable)| !variable.ends_with("_FILE") && is_secret(variable))
        .collect();
    assert!(secrets.is_empty(), "these come in files: {secrets:?}");
    for (name, secret) in compose.at(&["secrets"]).map() {
        let said: Vec<&String> = secret.map().keys().collect();
        assert_eq!(said, ["file"], "{name}");
        let path = secret.at(&["file"]).word();
        assert!(path.starts_with("./secrets/"), "{name}: {path}");
    }
}

#[test]
fn compose_starts_chorus_once_its_postgres_is_healthy_and_both_keep_what_they_write() {
    let compose = compose::read(&file("compose.yaml"));
    let services = compose.at(&["services"]).map();
    let is_postgres = |service: &Node| service.at(&["image"]).word().starts_with("postgres:");
    let clusters = services.iter().filter(|(_, service)| is_postgres(service));
    let clusters: Vec<(&String, &Node)> = clusters.collect();
    let [(cluster, database)] = clusters.as_slice() else {
        panic!("one PostgreSQL: {clusters:?}");
    };
    let test = database.at(&["healthcheck", "test"]).word();
    assert!(test.contains("\"pg_isready\""), "{test}");
    let chorus = &services["chorus"];
    assert_eq!(chorus.at(&["build"]).word(), ".");
    let waits_for = chorus
        .at(&["depends_on", cluster.as_str(), "condition"])
        .word();
    assert_eq!(waits_for, "service_healthy");

    let volumes = compose.at(&["volumes"]).map();
    let data = value("Dockerfile", "VOLUME ");
    for (service, folder) in [
        (*database, "/var/lib/postgresql/data"),
        (chorus, data.as_str()),
    ] {
        let mounts = service.at(&["volumes"]).list();
        let named = |mount: &String| {
            let (name, at) = mount.split_once(':')?;
            (at == folder).then(|| name.to_owned())
        };
        let name = mounts.iter().find_map(named);
        let is_kept = name.is_some_and(|name| volumes.contains_key(&name));
        assert!(is_kept, "no volume at {folder}: {mounts:?}, {volumes:?}");
    }
}

#[test]
fn only_the_public_listener_is_published_and_to_this_machine_only() {
    let image = lines("Dockerfile").join("\n");
    assert!(image.contains("CHORUS_WEB__LISTEN=0.0.0.0:8080"));
    assert_eq!(value("Dockerfile", "EXPOSE "), "8080");
    let config = Config::parse("", []).unwrap();
    assert!(
        config.internal.listen.ip().is_loopback(),
        "unless something else is said"
    );
    assert!(!image.contains("INTERNAL"));
    let published: Vec<String> = lines("compose.yaml")
        .into_iter()
        .filter(|line| line.starts_with("- ") && line.contains(":80"))
        .collect();
    assert_eq!(published, ["- 127.0.0.1:8080:8080"]);
}

#[test]
fn the_image_is_built_by_the_pinned_compiler_for_the_debian_it_runs_on() {
    let toolchain = file("rust-toolchain.toml");
    let channel = toolchain.split('"').nth(1).unwrap();
    let build = format!("FROM rust:{channel}-slim-bookworm AS build");
    let lines = lines("Dockerfile");
    assert!(lines.contains(&build), "{build}");
    // Debian 12 is bookworm.
    assert!(lines.iter().any(|line| line.starts_with("FROM debian:12.")));
    assert!(lines.contains(&"USER 10001:10001".to_owned()));
    assert!(lines.contains(&"STOPSIGNAL SIGTERM".to_owned()));
}

/// Chats, feeds and login providers are reached by TLS, and Debian's small image trusts nobody.
#[test]
fn the_image_that_runs_has_root_certificates() {
    let text = lines("Dockerfile").join(" ");
    let (_, last) = text.rsplit_once("FROM ").unwrap();
    let commands = last.split("&&").map(str::trim);
    let installs = commands.filter(|command| command.contains("apt-get install "));
    let installed: BTreeSet<&str> = installs.flat_map(str::split_whitespace).collect();
    assert!(installed.contains("ca-certificates"), "{installed:?}");
}

#[test]
fn service_managers_wait_longer_than_a_stop_takes() {
    let stop = chorus::serve::HARD_STOP.as_secs();
    for (path, begins) in [
        ("server/chorus/systemd/chorus.service", "TimeoutStopSec="),
        ("compose.yaml", "stop_grace_period: 50"),
    ] {
        let waits = match path {
            "compose.yaml" => {
                value(path, begins);
                50
            }
            _ => value(path, begins).trim_end_matches('s').parse().unwrap(),
        };
        assert!(
            waits > stop,
            "{path} waits {waits} s, a stop takes {stop} s"
        );
    }
}

#[test]
fn the_unit_runs_a_command_that_exists_and_leaves_faults_of_the_configuration_alone() {
    const UNIT: &str = "server/chorus/systemd/chorus.service";
    let started = value(UNIT, "ExecStart=/usr/local/bin/chorus ");
    let place = Place::new();
    place.write("wrong.toml", "colour = \"blue\"\n");
    let wrong = place.path("wrong.toml");
    let started = started.replace("/etc/chorus/chorus.toml", wrong.to_str().unwrap());
    let arguments: Vec<&str> = started.split(' ').collect();
    let outcome = place.run(&arguments);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert_eq!(value(UNIT, "RestartPreventExitStatus="), "2");
    assert_eq!(value(UNIT, "StateDirectoryMode="), "0700");
}

#[test]
fn a_health_check_succeeds_only_while_a_server_is_ready() {
    let place = Place::new();
    let nobody = place.run(&["health"]);
    assert_eq!(nobody.code, Some(1), "{nobody:?}");
    let server = place.serve();
    assert_eq!(place.says(&["health"]), "ready\n");
    // What a killed server left misleads nobody.
    server.kill_nine();
    assert_eq!(place.run(&["health"]).code, Some(1));
    assert!(file("Dockerfile").contains(r#"CMD ["chorus", "health"]"#));
}
