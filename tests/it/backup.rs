//! Backup and restore by the real binary, of a server that is written to meanwhile: restored
//! elsewhere, everything that was acknowledged before is there, links lead on, tokens open.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::Value;
use server::test_support::{Kind, TestDatabase};
use server_api::client::Client;
use server_api::enums::Network;
use server_api::post::CreatePost;
use tests::browser::{Browser, DESKTOP};
use tests::effort::rounds;

use crate::program::{Place, Serving};

const SETUP: &str = "[organization]\nslug = \"acme\"\nname = \"Acme\"\n\
     [owner]\nemail = \"olga@acme.example\"\nname = \"Olga\"\n\
     [[workspaces]]\nplatform = \"slack\"\nexternal_id = \"T0ACME\"\nname = \"Acme\"\n\
     bot_token_file = \"token\"\nchannels = [{ external_id = \"C0NEWS\", name = \"share-this\" }]\n";
/// Drafts that are written, at most: a list shows no more at once.
const MOST: usize = 900;
const DESTINATION: &str = "https://acme.example/office";

/// A programme with a shared link, on a server that runs.
struct Ground {
    place: Place,
    server: Serving,
    /// The path of the link.
    link: String,
}

impl Ground {
    async fn new(database: &str) -> Self {
        let place = place_on(database);
        place.write("token", "xoxb-1-secret");
        place.write("setup.toml", SETUP);
        place.says(&["setup", "setup.toml"]);
        let server = place.serve();
        let mut ground = Self {
            place,
            server,
            link: String::new(),
        };
        ground.link = ground.share().await;
        ground
    }

    fn client(&self) -> Client {
        let running = self.place.running().unwrap();
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(30))
            .no_proxy()
            .build()
            .unwrap();
        Client::new(http, &running.internal_url, &running.operator_token).on_behalf_of("owner")
    }

    /// The owner shares a post on X; gives the path of the tracked link.
    async fn share(&self) -> String {
        let client = self.client();
        let mut post = draft("A new office");
        post.url = Some(DESTINATION.to_owned());
        let post = client.create_post(&post).await.unwrap();
        let approval = serde_json::from_value(serde_json::json!({})).unwrap();
        client.approve_post(post.id, &approval).await.unwrap();
        let choices = client.share_choices(post.id).await.unwrap();
        let on_x = |choice: &&server_api::share::ShareChoice| choice.network == Network::X;
        let choice = choices.networks.iter().find(on_x).unwrap();
        let (_, path) = choice.url.split_once("/s/").unwrap();
        let url = format!("http://{}/s/{path}", self.server.public());
        let browser = Browser::new(DESKTOP, "198.51.100.7").unwrap();
        let answer = browser.opens(&url).await.unwrap();
        let intent: url::Url = answer.location().unwrap().parse().unwrap();
        let carried = intent
            .query_pairs()
            .find(|(name, _)| name == "url")
            .unwrap();
        let link: url::Url = carried.1.parse().unwrap();
        link.path().to_owned()
    }

    /// Writes drafts until it is told to stop; gives how many were acknowledged.
    fn writes(&self, stop: &Arc<AtomicBool>) -> tokio::task::JoinHandle<usize> {
        let (client, stop) = (self.client(), Arc::clone(stop));
        tokio::spawn(async move {
            let mut acknowledged = 0;
            while !stop.load(Ordering::Relaxed) && acknowledged < MOST {
                let post = draft(&format!("Draft {acknowledged}"));
                client.create_post(&post).await.unwrap();
                acknowledged += 1;
            }
            acknowledged
        })
    }

    fn key(&self) -> PathBuf {
        self.place.path("data").join("secret.key")
    }
}

fn draft(title: &str) -> CreatePost {
    serde_json::from_value(serde_json::json!({ "title": title })).unwrap()
}

fn place_on(database: &str) -> Place {
    let place = Place::new();
    let more = format!("[database]\nurl = \"{database}\"\n");
    let text = place.configuration("data") + &more;
    place.write("chorus.toml", &text);
    place
}

/// All titles of a place's posts.
fn titles(place: &Place) -> Vec<String> {
    let posts = place.tells(&["post", "list", "--limit", "1000"]);
    let title = |post: &Value| post["title"].as_str().unwrap().to_owned();
    posts.as_array().unwrap().iter().map(title).collect()
}

/// What was restored is the whole programme, as it was at one moment.
async fn is_whole(elsewhere: &Place, link: &str, acknowledged_before: usize) {
    let server = elsewhere.serve();
    let found = titles(elsewhere);
    assert!(found.contains(&"A new office".to_owned()));
    let drafts = found
        .iter()
        .filter(|title| title.starts_with("Draft "))
        .count();
    assert!(
        drafts >= acknowledged_before,
        "{drafts} of {acknowledged_before}"
    );
    for number in 0..drafts {
        assert!(
            found.contains(&format!("Draft {number}")),
            "one moment, not several"
        );
    }
    let reader = Browser::new(DESKTOP, "203.0.113.9").unwrap();
    let url = format!("http://{}{link}", server.public());
    let led = reader.opens(&url).await.unwrap();
    assert!(led.location().unwrap().starts_with(DESTINATION), "{led:?}");
    assert_eq!(verdict(elsewhere, "chats.tokens"), "ok");
    assert_eq!(server.terminate().code, Some(0));
}

fn verdict(place: &Place, check: &str) -> String {
    let report = place.run(&["doctor", "--json"]);
    let report: Value = serde_json::from_str(&report.said).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["check"] == check);
    found.unwrap()["verdict"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_under_writes_is_restored_elsewhere_whole() {
    for _ in 0..rounds(1, 20) {
        let ground = Ground::new("").await;
        let stop = Arc::new(AtomicBool::new(false));
        let writing = ground.writes(&stop);
        until(|| titles(&ground.place).len() > 5).await;
        let before = titles(&ground.place).len() - 1;
        let file = ground.place.path("backup.sqlite");
        let said = ground.place.says(&["backup", file.to_str().unwrap()]);
        stop.store(true, Ordering::Relaxed);
        assert!(writing.await.unwrap() >= before);
        assert!(said.contains("secret.key is not in it"), "{said}");
        restored_elsewhere(&ground, &file, before).await;
    }
}

async fn restored_elsewhere(ground: &Ground, file: &Path, before: usize) {
    let elsewhere = Place::new();
    let file = file.to_str().unwrap();
    let keyless = elsewhere.says(&["restore", file]);
    assert!(
        keyless.contains("Beware: the token of Acme does not open"),
        "{keyless}"
    );

    let again = elsewhere.run(&["restore", file]);
    assert_eq!(again.code, Some(1));
    assert!(again.complained.contains("is there already"), "{again:?}");
    fs::copy(ground.key(), elsewhere.path("data").join("secret.key")).unwrap();
    let replaced = elsewhere.says(&["restore", file, "--replace"]);
    assert!(replaced.contains("What was there is kept as"), "{replaced}");
    assert!(!replaced.contains("Beware"), "{replaced}");
    is_whole(&elsewhere, &ground.link, before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_under_a_running_server_is_refused() {
    let ground = Ground::new("").await;
    let file = ground.place.path("backup.sqlite");
    let file = file.to_str().unwrap();
    ground.place.says(&["backup", file]);
    let refused = ground.place.run(&["restore", file, "--replace"]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.complained.contains("Stop the server first"),
        "{refused:?}"
    );
    assert!(titles(&ground.place).contains(&"A new office".to_owned()));
}

/// As README says it.
#[tokio::test(flavor = "multi_thread")]
async fn a_dump_of_postgres_under_writes_is_restored_elsewhere_whole() {
    let tools = postgres_tools();
    let database = TestDatabase::empty(Kind::Postgres).await;
    let ground = Ground::new(&database.url).await;
    let refused = ground.place.run(&["backup", "x"]);
    assert!(
        refused.complained.contains("pg_dump --format=custom"),
        "{refused:?}"
    );
    let stop = Arc::new(AtomicBool::new(false));
    let writing = ground.writes(&stop);
    until(|| titles(&ground.place).len() > 5).await;
    let before = titles(&ground.place).len() - 1;
    let dump = ground.place.path("chorus.dump");
    let file = format!("--file={}", dump.display());
    tool(
        &tools,
        "pg_dump",
        &["--format=custom", &file, &database.url],
    );
    stop.store(true, Ordering::Relaxed);
    writing.await.unwrap();

    let other = TestDatabase::empty(Kind::Postgres).await;
    let into = format!("--dbname={}", other.url);
    let dump = dump.to_str().unwrap();
    tool(
        &tools,
        "pg_restore",
        &["--no-owner", "--exit-on-error", &into, dump],
    );
    let elsewhere = place_on(&other.url);
    fs::create_dir(elsewhere.path("data")).unwrap();
    fs::copy(ground.key(), elsewhere.path("data").join("secret.key")).unwrap();
    is_whole(&elsewhere, &ground.link, before).await;
}

/// Where PostgreSQL's tools are: in Debian's folders, the newest, or else on the path.
fn postgres_tools() -> PathBuf {
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .collect();
    versions.sort();
    // Without a folder, a program is looked for on the path.
    versions.insert(0, PathBuf::new());
    let runs = |tool: PathBuf| Command::new(tool).arg("--version").output().is_ok();
    let found = versions
        .into_iter()
        .rfind(|bin| runs(bin.join("pg_dump")) && runs(bin.join("pg_restore")));
    found.unwrap_or_else(|| {
        panic!("pg_dump or pg_restore is missing: install the package postgresql-client")
    })
}

fn tool(bin: &Path, name: &str, arguments: &[&str]) {
    let ended = Command::new(bin.join(name))
        .args(arguments)
        .output()
        .unwrap();
    let complained = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{name}: {complained}");
}

async fn until(mut holds: impl FnMut() -> bool) {
    let deadline = std::time::Instant::now() + Duration::from_mins(1);
    while !holds() {
        assert!(std::time::Instant::now() < deadline, "waited in vain");
        tokio::task::yield_now().await;
    }
}
