//! Files, environment and faults: what is read, what overrides, what is named.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::ExposeSecret;

use super::*;

fn keys(faults: &ConfigFaults) -> Vec<&str> {
    faults.0.iter().map(|fault| fault.key.as_str()).collect()
}

fn variable(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[test]
fn the_defaults_are_a_good_configuration() {
    let config = Config::parse("", []).unwrap();
    assert!(config.web.enabled && config.worker.enabled && !config.slack.enabled);
    assert_eq!(config.web.at("/l/abc"), "http://127.0.0.1:8080/l/abc");
    assert_eq!(
        config.database_url(),
        "sqlite://./data/chorus.sqlite?mode=rwc"
    );
}

#[test]
fn the_file_overrides_the_defaults_and_the_environment_the_file() {
    let file = "[web]\nlisten = \"127.0.0.1:1\"\nbase_url = \"https://chorus.example\"";
    let config = Config::parse(file, [variable("CHORUS_WEB__LISTEN", "127.0.0.1:2")]).unwrap();
    assert_eq!(config.web.listen.port(), 2);
    assert_eq!(config.web.at("s/x"), "https://chorus.example/s/x");
}

#[test]
fn lists_come_from_the_environment_between_commas() {
    let config = Config::parse(
        "",
        [variable("CHORUS_FETCH__ALLOW", "127.0.0.1:1, LOCALHOST:2")],
    )
    .unwrap();
    assert_eq!(config.fetch.allow, ["127.0.0.1:1", "localhost:2"]);
}

#[test]
fn every_fault_is_listed_with_its_option() {
    let file = r#"
        colour = "blue"
        [web]
        listen = "nowhere"
        base_url = "ftp://x/y"
        trusted_proxies = ["everybody"]
        portt = 1
        [worker]
        concurrency = "many"
        enabled = 7
        [networks.base_urls]
        myspace = "http://127.0.0.1"
        [slack]
        enabled = true
        [discord]
        enabled = true
        application_id = "Chorus"
        [secrets]
        key = "short"
    "#;
    let faults = Config::parse(file, [variable("CHORUS_LOG__FORMAT", "yaml")]).unwrap_err();
    assert_eq!(
        keys(&faults),
        [
            "colour",
            "discord.application_id",
            "discord.bot_token",
            "log.format",
            "networks.base_urls.myspace",
            "secrets.key",
            "slack.app_token",
            "web.base_url",
            "web.listen",
            "web.portt",
            "web.trusted_proxies",
            "worker.concurrency",
            "worker.enabled",
        ]
    );
}

#[test]
fn a_file_that_is_no_toml_is_one_fault() {
    assert_eq!(
        keys(&Config::parse("[web", []).unwrap_err()),
        ["configuration"]
    );
}

#[test]
fn variables_of_others_are_none_of_our_business() {
    Config::parse("", [variable("CHORUS_TEST_POSTGRES", "postgres://x")]).unwrap();
    let faults = Config::parse("", [variable("CHORUS_WEB__PORTT", "1")]).unwrap_err();
    assert_eq!(keys(&faults), ["web.portt"]);
}

#[test]
fn each_way_to_slack_needs_its_own_secret() {
    let lacking = |file: &str| keys(&Config::parse(file, []).unwrap_err()).join(" ");
    let http = "[slack]\nenabled = true\nmode = \"http\"\n";
    assert_eq!(lacking(http), "slack.signing_secret");
    assert_eq!(
        lacking(&format!("{http}signing_secret = \"short\"")),
        "slack.signing_secret"
    );
    assert_eq!(
        lacking("[slack]\nmode = \"pigeon\"\nlisten = \"nowhere\""),
        "slack.listen slack.mode"
    );
    let secret = "signing_secret = \"8f742231b10e8888abcd99yyyzzz85a5\"";
    let config = Config::parse(&format!("{http}{secret}"), []).unwrap();
    assert_eq!(config.slack.mode, SlackMode::Http);
    assert_eq!(config.slack.lacks(), None);
    assert!(!format!("{config:?}").contains("8f742231"));
}

#[test]
fn each_way_to_discord_needs_its_own_keys() {
    let lacking = |file: &str| keys(&Config::parse(file, []).unwrap_err()).join(" ");
    let gateway = "[discord]\nenabled = true\napplication_id = \"100000000000000001\"\n";
    assert_eq!(lacking(gateway), "discord.bot_token");
    let gateway = format!("{gateway}bot_token = \"a.bot.token\"\n");
    let config = Config::parse(&gateway, []).unwrap();
    assert_eq!(config.discord.mode, DiscordMode::Gateway);
    assert!(!format!("{config:?}").contains("a.bot.token"));
    let http = format!("{gateway}mode = \"http\"\n");
    assert_eq!(lacking(&http), "discord.public_key");
    let key = "0".repeat(64);
    let config = Config::parse(&format!("{http}public_key = \"{key}\""), []).unwrap();
    assert!(config.discord.lacks().is_empty());
    assert_eq!(
        lacking("[discord]\nmode = \"pigeon\"\napi_base_url = \"http://x/api/v10\""),
        "discord.api_base_url discord.mode"
    );
}

#[test]
fn a_secret_may_lie_in_a_file_and_is_never_printed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    let secret = "0123456789abcdef0123456789abcdef";
    std::fs::write(&path, format!("{secret}\n")).unwrap();
    let file = format!("[internal]\ntoken_file = {path:?}");
    let config = Config::parse(&file, []).unwrap();
    assert_eq!(
        config.internal.token.as_ref().unwrap().expose_secret(),
        secret
    );
    assert!(!format!("{config:?}").contains(secret));
    let both = format!("[internal]\ntoken = \"{secret}\"\ntoken_file = {path:?}");
    assert_eq!(
        keys(&Config::parse(&both, []).unwrap_err()),
        ["internal.token_file"]
    );
    std::fs::remove_file(&path).unwrap();
    assert_eq!(
        keys(&Config::parse(&file, []).unwrap_err()),
        ["internal.token_file"]
    );
}

#[test]
fn every_option_has_a_sentence() {
    let mut described = false;
    for line in DEFAULT.lines().map(str::trim) {
        let is_option = line.split_once(" = ").is_some_and(|(name, _)| {
            name.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        });
        if is_option {
            assert!(described, "{line}");
        }
        described = line.starts_with("# ");
    }
}

#[test]
fn what_holds_secrets_does_not_show_them() {
    let secret = "S3CRET-0123456789abcdef0123456789abcdef";
    // As numbers it would be shown as 238.
    let key = STANDARD.encode([0xEE_u8; 32]);
    let file = format!(
        "[database]\nurl = \"postgres://chorus:{secret}@127.0.0.1/chorus\"\n\
         [internal]\ntoken = \"{secret}\"\n[secrets]\nkey = \"{key}\"\n\
         [slack]\napp_token = \"xapp-{secret}\"\nsigning_secret = \"{secret}\"\n\
         client_id = \"1.2\"\nclient_secret = \"{secret}\"\n\
         [discord]\napplication_id = \"1\"\nbot_token = \"{secret}\"\n\
         client_secret = \"{secret}\"\n\
         [oidc]\nissuer = \"https://login.example.com\"\nclient_id = \"chorus\"\n\
         client_secret = \"{secret}\"\n"
    );
    let config = Config::parse(&file, []).unwrap();
    let shown = format!("{config:?} {config:#?}");
    for needle in ["S3CRET", key.as_str(), "238"] {
        assert!(!shown.contains(needle), "{needle}: {shown}");
    }
}
