//! `chorus doctor` by the real binary, against the emulated chats: a healthy set-up is all right,
//! and each fault is named with what to do.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use chrono::TimeDelta;
use sea_orm::ConnectionTrait as _;
use serde_json::Value;
use server::clock::Clock;
use server::test_support::{Kind, TestDatabase};
use tests::emulator::discord::model::{Channel as Room, SEND_MESSAGES, USUAL_PERMISSIONS};
use tests::emulator::discord::state::App;
use tests::emulator::discord::{DiscordConfig, DiscordEmulator};
use tests::emulator::slack::model::Channel;
use tests::emulator::slack::{SlackConfig, SlackEmulator};
use tokio::net::TcpListener;

use crate::cluster::Cluster;
use crate::program::{Outcome, Place};

const TEAM: &str = "T0ACME";
const CHANNEL: &str = "C0NEWS";
const GUILD: &str = "1180000000000000020";
const ROOM: &str = "1180000000000000030";
const BOT_TOKEN: &str = "xoxb-1-emulated";

/// Both chats, set up as they should be, and a folder whose configuration leads to them.
struct Ground {
    place: Place,
    slack: SlackEmulator,
    discord: DiscordEmulator,
}

impl Ground {
    async fn new(database: &str) -> Self {
        let clock = tests::clock::Clock::from_fn(|| Clock::System.now());
        let listener = async || TcpListener::bind("127.0.0.1:0").await.unwrap();
        let config = SlackConfig::new(clock.clone());
        let slack = SlackEmulator::start(config, listener().await).unwrap();
        let config = DiscordConfig::new(clock);
        let discord = DiscordEmulator::start(config, listener().await).unwrap();
        let ground = Self {
            place: Place::new(),
            slack,
            discord,
        };
        ground.furnish();
        ground.configure(database);
        ground.set_up();
        ground
    }

    fn furnish(&self) {
        self.slack.add_workspace(TEAM, "Acme", "acme");
        self.grant(&scopes());
        self.discord.add_guild(GUILD, "Acme");
        self.discord.install(GUILD);
        self.allow(USUAL_PERMISSIONS);
    }

    /// Installs the app in the workspace with these scopes, and brings its bot into the channel.
    fn grant(&self, scopes: &[String]) {
        let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
        let bot = self.slack.install(TEAM, BOT_TOKEN, &scopes);
        let channel = Channel::public(TEAM, CHANNEL, "share-this", &[bot.as_str()]);
        self.slack.add_channel(channel);
    }

    /// Allows the bot this in the guild's channel.
    fn allow(&self, permissions: u64) {
        let room = Room {
            app_permissions: permissions,
            ..Room::text(GUILD, ROOM, "share-this")
        };
        self.discord.add_channel(room);
    }

    fn configure(&self, database: &str) {
        let app = App::default();
        let more = format!(
            "[database]\nurl = \"{database}\"\n\
             [slack]\nenabled = true\napp_token = \"{}\"\napi_base_url = \"{}\"\n\
             [discord]\nenabled = true\nbot_token = \"{}\"\napplication_id = \"{}\"\n\
             api_base_url = \"{}\"\n",
            self.slack.state().app().app_token,
            self.slack.api_url(),
            app.bot_token,
            app.id,
            self.discord.base_url(),
        );
        let text = self.place.configuration("data") + &more;
        self.place.write("chorus.toml", &text);
    }

    fn set_up(&self) {
        self.place.write("token", BOT_TOKEN);
        let setup = format!(
            "[organization]\nslug = \"acme\"\nname = \"Acme\"\n\
             [owner]\nemail = \"olga@acme.example\"\nname = \"Olga\"\n\
             [[workspaces]]\nplatform = \"slack\"\nexternal_id = \"{TEAM}\"\nname = \"Acme\"\n\
             bot_token_file = \"token\"\n\
             channels = [{{ external_id = \"{CHANNEL}\", name = \"share-this\" }}]\n\
             [[workspaces]]\nplatform = \"discord\"\nexternal_id = \"{GUILD}\"\nname = \"Acme\"\n\
             channels = [{{ external_id = \"{ROOM}\", name = \"share-this\" }}]\n"
        );
        self.place.write("setup.toml", &setup);
        self.place.says(&["setup", "setup.toml"]);
    }

    fn doctor(&self) -> Report {
        Report::of(&self.place.run(&["doctor", "--json"]))
    }

    /// Changes a word of the configuration for one examination.
    fn with(&self, from: &str, to: &str) -> Report {
        let path = self.place.path("chorus.toml");
        let good = fs::read_to_string(&path).unwrap();
        assert!(good.contains(from), "{from}: {good}");
        fs::write(&path, good.replace(from, to)).unwrap();
        let report = self.doctor();
        fs::write(&path, good).unwrap();
        report
    }
}

fn scopes() -> Vec<String> {
    let manifest = bots::slack::manifest("https://chorus.example.org");
    let scopes = manifest["oauth_config"]["scopes"]["bot"]
        .as_array()
        .unwrap();
    scopes
        .iter()
        .map(|scope| scope.as_str().unwrap().to_owned())
        .collect()
}

/// What the doctor said.
#[derive(Debug)]
struct Report {
    code: Option<i32>,
    findings: Vec<Value>,
}

impl Report {
    fn of(outcome: &Outcome) -> Self {
        let app_token = tests::emulator::slack::state::App::default().app_token;
        for secret in [BOT_TOKEN, &App::default().bot_token, &app_token] {
            assert!(
                !outcome.said.contains(secret),
                "a secret is told: {outcome:?}"
            );
            assert!(!outcome.complained.contains(secret), "{outcome:?}");
        }
        let said: Value =
            serde_json::from_str(&outcome.said).unwrap_or_else(|_| panic!("{outcome:?}"));
        Self {
            code: outcome.code,
            findings: said["findings"].as_array().unwrap().clone(),
        }
    }

    /// Everything that is not all right, as `verdict check`.
    fn bad(&self) -> Vec<String> {
        let bad = self
            .findings
            .iter()
            .filter(|finding| finding["verdict"] != "ok");
        bad.map(|finding| {
            let word = |field: &str| finding[field].as_str().unwrap().to_owned();
            assert!(!word("advice").is_empty());
            format!("{} {}", word("verdict"), word("check"))
        })
        .collect()
    }

    /// Beside what is always told of this ground, exactly this is bad, in these words.
    fn names(&self, check: &str, words: &str) {
        let wanted = [USUAL.to_vec(), vec![check]].concat();
        let mut bad = self.bad();
        bad.retain(|line| !USUAL_ON_POSTGRES.contains(&line.as_str()));
        let mut wanted: Vec<String> = wanted.into_iter().map(str::to_owned).collect();
        bad.sort();
        wanted.sort();
        assert_eq!(bad, wanted, "{self:#?}");
        let (_, name) = check.split_once(' ').unwrap();
        let is_meant = |finding: &&Value| {
            finding["check"] == name && finding["summary"].as_str().unwrap().contains(words)
        };
        assert!(
            self.findings.iter().any(|finding| is_meant(&finding)),
            "{words}: {self:#?}"
        );
        let is_problem = check.starts_with("problem");
        assert_eq!(self.code, Some(i32::from(is_problem)));
    }
}

/// A server of a test has an address of this machine.
const USUAL: &[&str] = &["warning settings.base_url"];
/// The cluster of the tests does not sync, and may have few connections left.
const USUAL_ON_POSTGRES: &[&str] = &[
    "problem database.durability",
    "warning database.connections",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_healthy_set_up_is_all_right_and_each_fault_is_named() {
    let ground = Ground::new("").await;
    let server = ground.place.serve();
    let public = format!("base_url = \"http://{}\"", server.public());
    let path = ground.place.path("chorus.toml");
    let good = fs::read_to_string(&path).unwrap();
    fs::write(&path, good.replace("[web]", &format!("[web]\n{public}"))).unwrap();

    // The worker has had its first turn when its lease is there.
    let healthy = ground.doctor();
    let healthy = if healthy.code == Some(0) {
        healthy
    } else {
        ground.doctor()
    };
    assert_eq!(healthy.bad(), USUAL, "{healthy:#?}");
    assert_eq!(healthy.code, Some(0));
    for check in [
        "server.running",
        "database.schema",
        "database.integrity",
        "work.worker",
        "chats.tokens",
        "slack.app_token",
        "slack.scopes",
        "slack.channel",
        "slack.clock",
        "discord.token",
        "discord.guild",
        "discord.channel",
        "address.public",
    ] {
        assert!(
            healthy
                .findings
                .iter()
                .any(|finding| finding["check"] == check),
            "{check}"
        );
    }

    slack_faults(&ground).await;
    discord_faults(&ground).await;
    let elsewhere = ground.with(&public, "base_url = \"http://127.0.0.1:9\"");
    elsewhere.names("problem address.public", "is not reached");
    fs::set_permissions(ground.place.path("data"), fs::Permissions::from_mode(0o755)).unwrap();
    ground
        .doctor()
        .names("problem files.data_dir", "open to others");
    fs::set_permissions(ground.place.path("data"), fs::Permissions::from_mode(0o700)).unwrap();
    assert!(
        ground.slack.violations().is_empty(),
        "{:?}",
        ground.slack.violations()
    );
    assert!(
        ground.discord.violations().is_empty(),
        "{:?}",
        ground.discord.violations()
    );
}

async fn slack_faults(ground: &Ground) {
    let mut few = scopes();
    few.retain(|scope| scope != "im:write");
    ground.grant(&few);
    ground
        .doctor()
        .names("problem slack.scopes", "lacks im:write");
    ground.grant(&scopes());

    ground
        .slack
        .add_channel(Channel::public(TEAM, CHANNEL, "share-this", &[]));
    ground
        .doctor()
        .names("problem slack.channel", "the bot is not in it");
    ground.grant(&scopes());

    let app_token = &ground.slack.state().app().app_token;
    let wrong = ground.with(app_token, "xapp-wrong");
    wrong.names("problem slack.app_token", "invalid_auth");

    // Without a word: what the running server is told, it notes by itself.
    ground.slack.state().change(|state| {
        let workspace = state.kept.workspaces.get_mut(&TEAM.into()).unwrap();
        workspace.installation.as_mut().unwrap().revoked = true;
    });
    ground
        .doctor()
        .names("problem slack.installation", "token_revoked");
    ground.grant(&scopes());

    ground.slack.shutdown();
    ground
        .doctor()
        .names("problem slack.reachable", "no connection");
    ground.slack.resume().await.unwrap();
}

async fn discord_faults(ground: &Ground) {
    ground.allow(USUAL_PERMISSIONS & !SEND_MESSAGES);
    ground
        .doctor()
        .names("problem discord.channel", "lacks Send Messages");
    ground.allow(0);
    ground
        .doctor()
        .names("problem discord.channel", "does not see it");
    ground.allow(USUAL_PERMISSIONS);

    let token = App::default().bot_token;
    let wrong = ground.with(&token, "wrong.bot.token");
    wrong.names("problem discord.token", "refuses the bot's token");
    let id = format!("application_id = \"{}\"", App::default().id);
    let other = ground.with(&id, "application_id = \"1180000000000000099\"");
    other.names("problem discord.application", "1180000000000000099");

    let installed = |is_there: bool| {
        ground.discord.state().change(|state| {
            state.kept.guilds.get_mut(&GUILD.into()).unwrap().has_app = is_there;
        });
    };
    installed(false);
    ground
        .doctor()
        .names("problem discord.guild", "not in this guild");
    installed(true);

    ground.discord.shutdown();
    ground
        .doctor()
        .names("problem discord.reachable", "no connection");
    ground.discord.resume().await.unwrap();
}

/// Without a server; on PostgreSQL this is how it is always asked from another machine.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_server_keys_and_schema_are_looked_at_and_nothing_is_changed() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = TestDatabase::empty(kind).await;
        let ground = Ground::new(&database.url).await;
        // On SQLite it is known that nobody works; on PostgreSQL nobody ever did.
        let usual = match kind {
            Kind::Sqlite => "warning server.running",
            Kind::Postgres => "problem work.worker",
        };
        let usual = |report: &Report| {
            let mut bad = report.bad();
            bad.retain(|line| !USUAL.contains(&line.as_str()) && line != usual);
            bad.retain(|line| !USUAL_ON_POSTGRES.contains(&line.as_str()));
            bad.retain(|line| line != "problem address.public");
            bad
        };
        assert_eq!(usual(&ground.doctor()), Vec::<String>::new());

        let key = ground.place.path("data").join("secret.key");
        let kept = fs::read(&key).unwrap();
        let other = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
        fs::write(&key, other).unwrap();
        assert_eq!(
            usual(&ground.doctor()),
            ["problem chats.tokens", "problem chats.tokens"]
        );
        fs::remove_file(&key).unwrap();
        let keyless = usual(&ground.doctor());
        assert_eq!(
            keyless,
            [
                "warning files.key",
                "problem chats.tokens",
                "problem chats.tokens"
            ]
        );
        assert!(!key.exists(), "the doctor draws no key");
        fs::write(&key, &kept).unwrap();
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();

        let newest = "m20261122_000009_two_chats";
        let forget = format!("DELETE FROM seaql_migrations WHERE version = '{newest}'");
        change(&database.url, &forget).await;
        let older = ground.doctor();
        assert_eq!(usual(&older), ["problem database.schema"]);
        assert!(format!("{older:?}").contains(newest));
        let remember = "INSERT INTO seaql_migrations (version, applied_at) VALUES";
        change(&database.url, &format!("{remember} ('{newest}', 1)")).await;
        change(
            &database.url,
            &format!("{remember} ('m20990101_000099_later', 1)"),
        )
        .await;
        assert_eq!(usual(&ground.doctor()), ["warning database.schema"]);
    }
}

/// What an examination calls a problem, but for the public address: here it leads nowhere.
fn problems_on(place: &Place) -> Vec<String> {
    let report = Report::of(&place.run(&["doctor", "--json"]));
    assert_eq!(report.code, Some(1), "{report:#?}");
    let mut bad = report.bad();
    bad.retain(|line| line.starts_with("problem") && line != "problem address.public");
    bad
}

/// A folder whose configuration leads to this database, and to no chat.
fn place_on(url: &str) -> Place {
    let place = Place::new();
    let text = place.configuration("data") + &format!("[database]\nurl = \"{url}\"\n");
    place.write("chorus.toml", &text);
    place
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_under_a_running_server_is_named_as_the_problem() {
    let cluster = Cluster::start();
    let place = place_on(&cluster.url());
    let _server = place.serve();
    cluster.stop();
    // The server runs and says so; which chats there are stands in the database.
    assert_eq!(
        problems_on(&place),
        ["problem database.reachable", "problem chats.listed"]
    );
}

#[test]
fn a_database_that_nobody_serves_is_named_as_the_problem_without_a_server() {
    let place = place_on("postgres://chorus@127.0.0.1:1/chorus");
    assert_eq!(problems_on(&place), ["problem database.reachable"]);
}

async fn change(url: &str, statement: &str) {
    let db = sea_orm::Database::connect(url).await.unwrap();
    db.execute_unprepared(statement).await.unwrap();
    db.close().await.unwrap();
}

#[test]
fn faults_of_the_configuration_are_problems_and_end_the_examination() {
    let place = Place::new();
    place.write(
        "chorus.toml",
        "colour = \"blue\"\n[web]\nlisten = \"nowhere\"\n",
    );
    let report = Report::of(&place.run(&["doctor", "--json"]));
    assert_eq!(report.code, Some(1));
    assert_eq!(
        report.bad(),
        ["problem settings.read", "problem settings.read"]
    );

    let words = place.run(&["doctor"]);
    assert!(
        words.said.contains("colour: there is no such option"),
        "{words:?}"
    );
    assert!(
        words.said.ends_with("2 problems, 0 warnings, 0 ok.\n"),
        "{words:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_off_is_told_by_both_chats() {
    let ground = Ground::new("").await;
    let later = Clock::System.now() + TimeDelta::minutes(2);
    let slack = bots::slack::SlackExamination {
        api_base_url: Some(ground.slack.api_url()),
        app_token: None,
        chats: Vec::new(),
        now: later,
    };
    let discord = bots::discord::DiscordExamination {
        api_base_url: Some(ground.discord.base_url().parse().unwrap()),
        bot_token: App::default().bot_token.into(),
        application_id: App::default().id.to_string(),
        public_key: Some("00".to_owned()),
        chats: Vec::new(),
        now: later,
    };
    let found = [
        bots::slack::examine(&slack).await,
        bots::discord::examine(&discord).await,
    ]
    .concat();
    let bad: Vec<&str> = found
        .iter()
        .filter(|finding| finding.advice.is_some())
        .map(|finding| finding.check.as_str())
        .collect();
    assert_eq!(
        bad,
        ["slack.clock", "discord.clock", "discord.application"],
        "{found:#?}"
    );
}
