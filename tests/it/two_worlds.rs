//! Silence is silent: two worlds with the same seed, the same clock and the same ids differ in
//! one thing, that somebody dismissed a post, paused, or wanted no messages. Everybody else then
//! asks everything, sees what is sent and reads the log: the two answer alike, byte for byte.
//!
//! Members who get messages are told in steps of five, and there are exactly ten: a figure that
//! leaves out the silent one is another. Who wants no messages any more is one reader less of all
//! later posts, and the steps are the measure: eight readers show that within one nothing tells.
//!
//! In every run each silence is tried on one of the databases, and those ask between whom nobody
//! sees more; by command each is tried on both, and all ask.

mod approver;
mod console;
mod metrics;
mod others;
mod silence;

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::TimeDelta;
use entity::enums::{DeliveryPreference, Platform, PostState, Role};
use entity::ids::PostId;
use entity::member;
use reqwest::Method;
use serde_json::{Value, json};
use server::jobs::periodic;
use server::service::{clicks, posts};
use server::test_support::server::{Answer, Session, TestServer};
use server::test_support::{Kind, TestApp};
use tests::effort::rounds;
use tests::estate::{Estate, Inhabitant};

use self::silence::{Log, Silence};

/// What was seen from outside, in the order in which it was.
type Seen = Vec<(String, String)>;

/// One of the two worlds, and what others see of it.
struct World {
    t: TestApp,
    server: Arc<TestServer>,
    estate: Estate,
    /// The role of who is silent in one of the worlds.
    silent: Role,
    seen: Seen,
    /// How often chance began anew.
    beginnings: AtomicU64,
    /// Whose next message about a post has another end than to arrive, and which.
    unlucky: Vec<(String, Value)>,
}

impl World {
    async fn begin(kind: Kind, readers: usize) -> Self {
        Self::of_silent(kind, Role::Recruiter, readers).await
    }

    async fn of_silent(kind: Kind, silent: Role, readers: usize) -> Self {
        let t = TestApp::new(kind).await;
        let server = Arc::new(t.server().await);
        let estate = Estate::build(&t, &server, "alpha", 1).await;
        for number in estate.people.len()..readers {
            join(&t, &estate, number).await;
        }
        Self {
            t,
            server,
            estate,
            silent,
            seen: Vec::new(),
            beginnings: AtomicU64::new(1_000_000),
            unlucky: Vec::new(),
        }
    }

    /// The one who is silent in one of the worlds.
    fn quiet(&self) -> &Inhabitant {
        self.estate.of(Some(self.silent))
    }

    /// Somebody else, who goes on as ever.
    fn busy(&self) -> &Inhabitant {
        self.estate.of(Some(Role::Curator))
    }

    /// Chance begins anew with each thing that is looked at: a number that was drawn for the
    /// silent one does not shift those of others.
    fn fresh_chance(&self) {
        let seed = self.beginnings.fetch_add(1, Ordering::Relaxed);
        self.t.app.chance.reseed(seed);
    }

    fn note(&mut self, what: impl Into<String>, answer: String) {
        self.seen.push((what.into(), answer));
        self.fresh_chance();
    }

    /// A request and its answer, with all headers but the machine's own time.
    async fn ask(
        &mut self,
        what: String,
        session: &Session,
        (method, path): (Method, &str),
        body: Option<&Value>,
    ) -> Answer {
        self.fresh_chance();
        let request = session.request(method, path);
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        let answer = Answer::to(request).await;
        self.note(what, whole(&answer));
        answer
    }

    async fn publish(&mut self, title: &str) -> PostId {
        self.fresh_chance();
        let owner = &self.estate.owner().actor;
        let draft = self.estate.draft(title);
        let written = posts::create_post(&self.t.app, owner, draft).await.unwrap();
        let id = written.post.id;
        posts::approve_post(&self.t.app, owner, id, None, None)
            .await
            .unwrap();
        self.t.work().await;
        id
    }

    /// Does what is due, as the worker does.
    async fn time_passes(&self, by: TimeDelta) {
        self.t.clock.advance(by);
        for entry in periodic::all() {
            entry.run(&self.t.app).await.unwrap();
        }
        clicks::count_clicks(&self.t.app).await.unwrap();
        self.t.work().await;
    }

    /// Somebody else shares a post and somebody reads it.
    async fn somebody_shares(&mut self, post: PostId) {
        let session = self.server.slack(Some(&self.busy().on_slack(&self.estate)));
        let path = format!("/me/posts/{}/share", post.0);
        let form = json!({"network": "x"});
        self.ask(
            "a share".to_owned(),
            &session,
            (Method::PUT, &path),
            Some(&form),
        )
        .await;
    }

    /// Of two others the next message does not arrive: a chat refuses it, or nobody knows.
    fn somebody_is_unlucky(&mut self) {
        let ends = [
            (
                self.busy(),
                json!({"kind": "failed", "reason": "fatal_error"}),
            ),
            (
                self.estate.of(Some(Role::Admin)),
                json!({"kind": "uncertain", "reason": "history_unreadable"}),
            ),
        ];
        // Which of the two chats has it is the planner's to say.
        let ends = ends.into_iter().map(|(one, end)| {
            let accounts = [one.slack.clone(), one.discord.clone()];
            accounts.map(|account| (account, end.clone()))
        });
        self.unlucky = ends.flatten().collect();
    }

    /// Somebody does something with the messages of a post, and is told how far they are.
    async fn steer(&mut self, post: PostId, what: &str) {
        let owner = self.server.operator(Some("owner/alpha"));
        let path = format!("/posts/{}/broadcast/{what}", post.0);
        let form = (what == "resend").then(|| json!({"count": 1}));
        self.ask(
            format!("a {what}"),
            &owner,
            (Method::POST, &path),
            form.as_ref(),
        )
        .await;
    }
}

/// One more who wants messages.
async fn join(t: &TestApp, estate: &Estate, number: usize) {
    let member = t.member(&estate.organization, &[]).await;
    let wants = |row: &mut member::Model| {
        row.delivery = DeliveryPreference::EachPost;
        row.delivery_platform = Some(Platform::Slack);
    };
    t.change_member(&member, wants).await;
    let user = format!("U1{number:02}");
    t.account(&member, (Platform::Slack, &estate.workspace, &user))
        .await;
}

/// An answer as text: nothing is left out but `date`, its length, and how the machine is.
fn whole(answer: &Answer) -> String {
    let mut text = format!("{}\n", answer.status);
    for (name, value) in &answer.headers {
        if name != "date" && name != "content-length" {
            writeln!(text, "{name}: {value:?}").unwrap();
        }
    }
    text + &without_machine(&answer.text())
}

/// What says how the machine is at the moment, whatever anybody does: how far its clock is
/// from the world's, which stands still, and how many connections all tests have.
fn without_machine(text: &str) -> String {
    let mut text = text.to_owned();
    for (before, after) in [
        ("the database's clock is ", " seconds from ours"),
        (
            "\"database.connections\",\"verdict\":\"ok\",\"summary\":\"",
            " of ",
        ),
    ] {
        if let Some((start, rest)) = text.split_once(before)
            && let Some((_, end)) = rest.split_once(after)
        {
            text = format!("{start}{before}{after}{end}");
        }
    }
    text
}

/// What others see of a world in which somebody is silent in a way, or is not.
async fn seen_by_others(
    (kind, readers): (Kind, usize),
    silence: Option<Silence>,
) -> (Seen, String) {
    let mut world = World::begin(kind, readers).await;
    // What makes the test's database says what it does, and how long it took.
    let log = Log::keep();
    let fresh = world.publish("Fresh").await;
    silence::before_the_message(&world, fresh, silence).await;
    world.metrics("while the first post waits").await;
    world.others_get_messages("the first post").await;
    silence::after_the_message(&world, fresh, silence).await;
    world.metrics("while what follows waits").await;
    world.others_get_messages("what follows").await;
    world.everybody_looks("after the silence", fresh).await;

    let next = world.publish("Next").await;
    world.others_get_messages("the next post").await;
    world.somebody_shares(fresh).await;
    world.time_passes(TimeDelta::minutes(2)).await;
    world.others_get_messages("a share").await;
    if rounds(0, 1) > 0 {
        world.everybody_looks("after more posts", next).await;
    }

    let owner = world.server.operator(Some("owner/alpha"));
    let path = format!("/posts/{}/withdraw", fresh.0);
    world
        .ask(
            "a withdrawal".to_owned(),
            &owner,
            (Method::POST, &path),
            Some(&json!({})),
        )
        .await;
    world.t.work().await;
    world.others_get_messages("a withdrawal").await;
    world.time_passes(TimeDelta::days(15)).await;
    world.others_get_messages("an expiry").await;
    world.everybody_looks("after the end", next).await;
    let review = world.estate.post(&world.t, PostState::InReview).await;
    world.everybody_changes(review).await;
    (world.seen, log.told())
}

/// What others see of it while they hold back, send again, stop and change in every other way
/// what somebody is silent about.
async fn seen_by_who_changes_it(
    (kind, readers): (Kind, usize),
    silence: Option<Silence>,
) -> (Seen, String) {
    let mut world = World::begin(kind, readers).await;
    let log = Log::keep();
    let fresh = world.publish("Fresh").await;
    silence::before_the_message(&world, fresh, silence).await;
    world.steer(fresh, "pause").await;
    world.others_get_messages("what waits").await;
    world.steer(fresh, "resume").await;
    world.somebody_is_unlucky();
    world.others_get_messages("what goes on").await;
    silence::after_the_message(&world, fresh, silence).await;
    world.others_get_messages("what follows").await;
    world.steer(fresh, "resend").await;
    world.others_get_messages("what may come twice").await;
    world.steer(fresh, "pause").await;
    // It waits until it is stopped.
    world.steer(fresh, "retry").await;
    world.steer(fresh, "stop").await;
    world.others_get_messages("what was stopped").await;
    world.everybody_changes(fresh).await;
    world.others_get_messages("the changes").await;
    world.everybody_looks("after the changes", fresh).await;
    (world.seen, log.told())
}

/// The worlds look alike from outside.
fn are_alike(silence: Silence, (expected, log): &(Seen, String), (seen, told): &(Seen, String)) {
    for ((what, one), (same, other)) in expected.iter().zip(seen) {
        assert_eq!(what, same, "{silence:?}: others could go another way");
        assert_eq!(one, other, "{silence:?} shows in {what}");
    }
    assert_eq!(expected.len(), seen.len(), "{silence:?}");
    assert_eq!(log, told, "{silence:?} shows in the log");
}

async fn is_silent(kind: Kind, silences: &[Silence]) {
    for (readers, silences) in among_readers(silences) {
        let expected = seen_by_others((kind, readers), None).await;
        let (seen, _) = &expected;
        assert!(seen.len() > 100, "much was looked at");
        let mut sent = seen
            .iter()
            .filter(|(what, _)| what.contains("the first post"));
        let (_, sent) = sent.find(|(what, _)| what.starts_with("what")).unwrap();
        let own = sent.matches("personal_post").count();
        assert!(own > 5, "others get messages of their own: {sent}");
        others::were_answered(seen);
        for silence in silences {
            let seen = seen_by_others((kind, readers), Some(silence)).await;
            are_alike(silence, &expected, &seen);
        }
    }
}

/// Among how many readers somebody is silent in which ways.
fn among_readers(silences: &[Silence]) -> Vec<(usize, Vec<Silence>)> {
    let among = [10, 8].map(|readers| {
        let silences = silences.iter().copied();
        let among_them = silences.filter(|silence| silence.readers() == readers);
        (readers, among_them.collect::<Vec<_>>())
    });
    let among = among.into_iter();
    among.filter(|(_, silences)| !silences.is_empty()).collect()
}

/// One in every run, all by command.
async fn is_silent_for_who_changes_it(kind: Kind, usual: Silence) {
    let silences: Vec<Silence> = if rounds(0, 1) > 0 {
        Silence::all().collect()
    } else {
        vec![usual]
    };
    for (readers, silences) in among_readers(&silences) {
        let expected = seen_by_who_changes_it((kind, readers), None).await;
        all_was_of_effect(&expected.0);
        for silence in silences {
            let seen = seen_by_who_changes_it((kind, readers), Some(silence)).await;
            are_alike(silence, &expected, &seen);
        }
    }
}

fn all_was_of_effect(seen: &[(String, String)]) {
    let told = |what: &str| {
        let of = seen.iter().filter(|(which, _)| which == what);
        of.map(|(_, answer)| answer.as_str()).collect::<Vec<_>>()
    };
    for (what, shown) in [
        ("a pause", "\"stage\":\"paused\""),
        ("a resend", "\"resendable\":0"),
        ("a resend", "\"retriable\":1"),
        ("a retry", "\"retriable\":0"),
        ("a stop", "\"stage\":\"stopped\""),
    ] {
        let answers = told(what);
        assert!(!answers.is_empty(), "{what}");
        for answer in answers {
            assert!(answer.contains(shown), "{what}: {answer}");
        }
    }
}

/// Each on one of the databases in every run, by command on both.
async fn each_is_silent(kind: Kind, silences: [Silence; 4]) {
    let is_tried = |silence: &Silence| rounds(0, 1) > 0 || silence.usually_on() == kind;
    let tried: Vec<Silence> = silences.into_iter().filter(is_tried).collect();
    is_silent(kind, &tried).await;
}

#[tokio::test]
async fn nobody_can_tell_that_somebody_dismissed_a_post_on_sqlite() {
    each_is_silent(Kind::Sqlite, Silence::OF_A_POST).await;
}

#[tokio::test]
async fn nobody_can_tell_that_somebody_dismissed_a_post_on_postgres() {
    each_is_silent(Kind::Postgres, Silence::OF_A_POST).await;
}

#[tokio::test]
async fn nobody_can_tell_that_somebody_wants_no_messages_on_sqlite() {
    each_is_silent(Kind::Sqlite, Silence::OF_MESSAGES).await;
}

#[tokio::test]
async fn nobody_can_tell_that_somebody_wants_no_messages_on_postgres() {
    each_is_silent(Kind::Postgres, Silence::OF_MESSAGES).await;
}

#[tokio::test]
async fn who_stops_or_changes_a_post_learns_nothing_of_who_dismissed_it_on_sqlite() {
    is_silent_for_who_changes_it(Kind::Sqlite, Silence::Dismissed).await;
}

#[tokio::test]
async fn who_stops_or_changes_a_post_learns_nothing_of_who_paused_on_postgres() {
    is_silent_for_who_changes_it(Kind::Postgres, Silence::Paused).await;
}
