//! What becomes of clicks when things go wrong: the real binary under the load
//! of readers who can all be told apart, killed, without its database, or without
//! room on its disk. Every redirect that was answered is stored, exactly once.

mod readers;
mod soak;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use entity::hit::{Column, Entity};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};
use server::store::{Store, Txn, connect};
use server::test_support::{Kind, TestDatabase};
use tests::effort::rounds;
use tests::links;

use super::cluster::Cluster;
use super::program::{Place, Serving, get, until};
use readers::{Pace, Readers};

/// Links that readers follow.
const LINKS: u32 = 20;
/// Readers at a time.
const READERS: usize = 12;
/// How long nobody writes a hit before a server is killed: time for many answers.
const HELD: Duration = Duration::from_millis(300);
/// How long the server may take to be itself again once its database is.
const RECOVERY: Duration = Duration::from_secs(5);

/// A server's folder and its database with links.
struct Ground {
    place: Place,
    url: String,
}

impl Ground {
    async fn new(url: Option<String>) -> Self {
        let place = Place::new();
        let file = place.path("data/chorus.sqlite");
        let url = url.unwrap_or_else(|| format!("sqlite://{}?mode=rwc", file.display()));
        std::fs::create_dir_all(place.path("data")).unwrap();
        let config = format!(
            "{}[database]\nurl = \"{url}\"\n",
            place.configuration("data")
        );
        place.write("chorus.toml", &config);
        connect::migrate(&url).await.unwrap();
        let store = Store::open(&url, 1).await.unwrap();
        links::lay(&store, LINKS).await.unwrap();
        store.close().await.unwrap();
        Self { place, url }
    }

    /// How often each reader is stored, told apart by where they came from.
    async fn stored(&self) -> BTreeMap<String, usize> {
        let store = Store::open(&self.url, 1).await.unwrap();
        let referrers: Vec<Option<String>> = Entity::find()
            .select_only()
            .column(Column::ReferrerHost)
            .into_tuple()
            .all(store.reader())
            .await
            .unwrap();
        store.close().await.unwrap();
        let mut stored = BTreeMap::new();
        for referrer in referrers {
            *stored.entry(referrer.unwrap()).or_default() += 1;
        }
        stored
    }

    /// Keeps everybody else from writing hits for as long as it is held, and for a while already.
    async fn hold(&self) -> (Store, Txn) {
        let store = Store::open(&self.url, 1).await.unwrap();
        // On SQLite that is all it takes.
        let txn = store.begin().await.unwrap();
        if self.url.starts_with("postgres") {
            let lock = "LOCK TABLE hit IN ACCESS EXCLUSIVE MODE";
            txn.execute_unprepared(lock).await.unwrap();
        }
        std::thread::sleep(HELD);
        (store, txn)
    }

    /// Fails unless some who were answered are not stored yet: their hits wait in a journal.
    async fn waits_for(&self, answered: &[String]) {
        let stored = self.stored().await;
        let mut waiting = answered.iter();
        let waits = waiting.any(|reader| !stored.contains_key(reader));
        assert!(waits, "the journal holds nothing that is not stored");
        assert_ne!(self.journals(), Vec::<PathBuf>::new());
    }

    /// The next process takes up what the killed one left, though nobody asks it to: fails unless
    /// every reader who was answered is stored once then, and nobody twice.
    async fn is_taken_up(&self, answered: &[String]) {
        let server = self.place.serve();
        until("the journal of the killed process is drained", || {
            self.journals().is_empty()
        });
        assert_eq!(server.terminate().code, Some(0));
        self.holds(answered).await;
    }

    /// Fails unless every reader who was answered is stored once, and nobody twice.
    async fn holds(&self, answered: &[String]) {
        let stored = self.stored().await;
        let lost: Vec<_> = answered
            .iter()
            .filter(|reader| !stored.contains_key(*reader))
            .collect();
        assert!(
            lost.is_empty(),
            "{} of {} answered readers are not stored: {lost:?}",
            lost.len(),
            answered.len()
        );
        let twice: Vec<_> = stored.iter().filter(|(_, times)| **times > 1).collect();
        assert!(twice.is_empty(), "stored more than once: {twice:?}");
        assert_eq!(self.journals(), Vec::<PathBuf>::new(), "left over");
    }

    fn journals(&self) -> Vec<PathBuf> {
        let left = std::fs::read_dir(self.place.path("data")).unwrap();
        left.map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "journal"))
            .collect()
    }
}

fn is_ready(server: &Serving) -> bool {
    get(&server.public(), "/readyz").is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

async fn clicks_survive(url: Option<String>) {
    let ground = Ground::new(url).await;
    let mut answered = Vec::new();
    for round in 0..rounds(3, 20) {
        let server = ground.place.serve();
        // Nobody rests, so that at any time some wait for their commit and some for their answer.
        let unpaced = Pace::Resting(Duration::ZERO);
        let mark = format!("r{round}");
        let readers = Readers::paced(&server.public(), &mark, (READERS, LINKS), unpaced);
        until("readers are answered", || readers.answers() > 150);
        // A hit that was answered before it is written would be among many that never are.
        let held = match round % 2 {
            0 => None,
            _ => Some(ground.hold().await),
        };
        server.kill_nine();
        if let Some((store, txn)) = held {
            drop(txn);
            store.close().await.unwrap();
        }
        answered.extend(readers.end());
    }
    let server = ground.place.serve();
    until("it is ready", || is_ready(&server));
    assert_eq!(server.terminate().code, Some(0));
    ground.holds(&answered).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clicks_survive_kill_nine_on_sqlite() {
    clicks_survive(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clicks_survive_kill_nine_on_postgres() {
    let database = TestDatabase::create(Kind::Postgres).await;
    clicks_survive(Some(database.url.clone())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_are_sent_on_while_postgres_is_away_and_their_hits_are_stored_when_it_is_back() {
    let cluster = Cluster::start();
    let url = cluster.url();
    let ground = Ground::new(Some(url)).await;
    let server = ground.place.serve();
    let readers = Readers::follow(&server.public(), "away", READERS, LINKS);
    for _ in 0..rounds(2, 20) {
        let before = readers.answers();
        // Each has been at every link, so that the server remembers all of them.
        let all = 2 * READERS * usize::try_from(LINKS).unwrap();
        until("readers are answered", || readers.answers() > before + all);
        cluster.stop();
        until("the server knows it", || !is_ready(&server));
        let before = readers.answers();
        until("readers are sent on without the database", || {
            readers.answers() > before + 100
        });
        let unknown = get(&server.public(), "/l/whoKnows").unwrap();
        assert!(unknown.starts_with("HTTP/1.1 503"), "{unknown}");
        assert!(unknown.contains("retry-after: 5"), "{unknown}");
        cluster.resume();
        recovers(&server);
    }
    let answered = readers.end();
    until("the journal is drained", || ground.journals().is_empty());
    assert_eq!(server.terminate().code, Some(0));
    ground.holds(&answered).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_are_sent_on_while_the_disk_takes_no_more_and_their_hits_are_stored_when_it_does() {
    let ground = Ground::new(None).await;
    // No file may grow beyond the database's own size and a little: that is
    // its log's share, and the journal's.
    let size = std::fs::metadata(ground.place.path("data/chorus.sqlite")).unwrap();
    let server = ground.place.serve_within(size.len() + 200 * 1024);
    let readers = Readers::follow(&server.public(), "full", READERS, LINKS);
    until("the disk is full", || !is_ready(&server));
    let before = readers.answers();
    until("readers are sent on with a full disk", || {
        readers.answers() > before + 100
    });
    server.give_room();
    recovers(&server);
    let before = readers.answers();
    until("readers are answered", || readers.answers() > before + 100);
    let answered = readers.end();
    until("the journal is drained", || ground.journals().is_empty());
    assert_eq!(server.terminate().code, Some(0));
    ground.holds(&answered).await;
}

/// Kills a server that has no database while it sends readers on; gives who was answered.
fn is_killed_over_its_journal(server: Serving, readers: Readers) -> Vec<String> {
    until("the server knows it", || !is_ready(&server));
    let before = readers.answers();
    until("readers are sent on all the same", || {
        readers.answers() > before + 100
    });
    server.kill_nine();
    readers.end()
}

#[tokio::test(flavor = "multi_thread")]
async fn clicks_survive_kill_nine_while_postgres_is_away_as_the_next_process_takes_the_journal_up()
{
    let cluster = Cluster::start();
    let url = cluster.url();
    let ground = Ground::new(Some(url)).await;
    let mut answered = Vec::new();
    for round in 0..rounds(1, 10) {
        // From the second round on it has the journal of the one before to drain meanwhile.
        let server = ground.place.serve();
        let readers = Readers::follow(&server.public(), &format!("k{round}"), READERS, LINKS);
        let all = 2 * READERS * usize::try_from(LINKS).unwrap();
        until("readers are answered", || readers.answers() > all);
        cluster.stop();
        let killed = is_killed_over_its_journal(server, readers);
        cluster.resume();
        ground.waits_for(&killed).await;
        answered.extend(killed);
    }
    ground.is_taken_up(&answered).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clicks_survive_kill_nine_while_the_disk_is_full_as_the_next_process_takes_the_journal_up()
{
    for _ in 0..rounds(1, 10) {
        let ground = Ground::new(None).await;
        let size = std::fs::metadata(ground.place.path("data/chorus.sqlite")).unwrap();
        // As above: the database's log has little room, and the journal the more.
        let server = ground.place.serve_within(size.len() + 200 * 1024);
        let readers = Readers::follow(&server.public(), "killed", READERS, LINKS);
        let killed = is_killed_over_its_journal(server, readers);
        ground.waits_for(&killed).await;
        ground.is_taken_up(&killed).await;
    }
}

/// Hits whose readers were sent on though nothing could keep them, as the server tells.
fn lost(server: &Serving) -> usize {
    let told = get(&server.internal, "/metrics").unwrap();
    let name = "chorus_hits_lost_total ";
    let line = told.lines().find_map(|line| line.strip_prefix(name));
    line.unwrap().trim().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_are_sent_on_while_no_disk_takes_a_byte_and_who_is_not_stored_is_told_as_lost() {
    let ground = Ground::new(None).await;
    let server = ground.place.serve();
    let readers = Readers::follow(&server.public(), "lost", READERS, LINKS);
    let all = 2 * READERS * usize::try_from(LINKS).unwrap();
    until("readers are answered", || readers.answers() > all);
    assert_eq!(lost(&server), 0);
    // First the journal cannot even begin; then it takes some, and breaks off within one.
    for room in [0, 100 * 1024] {
        let before = lost(&server);
        server.take_room(room);
        until("hits are lost", || lost(&server) > before + 50);
        until("the server says so", || !is_ready(&server));
        let before = readers.answers();
        until("readers are sent on all the same", || {
            readers.answers() > before + 100
        });
        server.give_room();
        until("the server is ready again", || is_ready(&server));
    }
    let answered = readers.end();
    until("the journal is drained", || ground.journals().is_empty());
    let told = lost(&server);
    assert_eq!(server.terminate().code, Some(0));
    let stored = ground.stored().await;
    assert!(stored.values().all(|times| *times == 1), "{stored:?}");
    let missing = answered
        .iter()
        .filter(|reader| !stored.contains_key(*reader));
    assert_eq!(missing.count(), told);
}

/// The database is back: the server must notice.
fn recovers(server: &Serving) {
    let began = Instant::now();
    until("the server is ready again", || is_ready(server));
    let took = began.elapsed();
    println!("recovered after {took:?}");
    assert!(took <= RECOVERY, "it took {took:?} to recover");
}
