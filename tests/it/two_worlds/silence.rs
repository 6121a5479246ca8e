//! The ways of being silent, done in chat as people do; and the log, which is to keep still.

use std::io;
use std::sync::{Arc, Mutex};

use entity::ids::PostId;
use reqwest::Method;
use serde_json::{Value, json};
use server::config::Config;
use server::test_support::Kind;
use server::test_support::server::Answer;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::EnvFilter;

use super::World;

/// A way of being silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// "Not for me", before the message about the post was sent.
    DismissedEarly,
    /// Messages paused before it was sent.
    Paused,
    /// "Not for me" on the message itself.
    Dismissed,
    /// "Not for me", and then not so.
    Undone,
    /// No messages wanted any more, before it was sent.
    Declined,
    /// Messages paused after it was sent.
    PausedLater,
    /// A pause that was ended.
    PausedAndBack,
    /// Quiet around the clock, so that the message waits.
    Undisturbed,
}

impl Silence {
    /// Those about a post.
    pub const OF_A_POST: [Self; 4] = [
        Self::DismissedEarly,
        Self::Dismissed,
        Self::Undone,
        Self::Undisturbed,
    ];
    /// Those about messages.
    pub const OF_MESSAGES: [Self; 4] = [
        Self::Paused,
        Self::PausedLater,
        Self::PausedAndBack,
        Self::Declined,
    ];

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let of_a_post = Self::OF_A_POST.into_iter();
        of_a_post.chain(Self::OF_MESSAGES)
    }

    /// On which database it is tried in every run.
    pub fn usually_on(self) -> Kind {
        match self {
            Self::DismissedEarly
            | Self::Undone
            | Self::Paused
            | Self::PausedLater
            | Self::PausedAndBack => Kind::Sqlite,
            Self::Dismissed | Self::Undisturbed | Self::Declined => Kind::Postgres,
        }
    }

    /// Among how many readers it is tried: ten, of whom one less is another step; and, for what
    /// takes somebody from the readers of later posts, eight.
    pub fn readers(self) -> usize {
        match self {
            Self::Declined => 8,
            Self::DismissedEarly
            | Self::Paused
            | Self::Dismissed
            | Self::Undone
            | Self::PausedLater
            | Self::PausedAndBack
            | Self::Undisturbed => 10,
        }
    }
}

/// What is done while the message waits: one private act in every world. How many there were is
/// a figure that is told, and what they were is not.
pub async fn before_the_message(world: &World, post: PostId, silence: Option<Silence>) {
    match silence {
        Some(Silence::DismissedEarly) => dismiss(world, post, Method::PUT).await,
        Some(Silence::Paused | Silence::PausedAndBack) => {
            choose(world, json!({"pause_days": 9})).await;
        }
        Some(Silence::Declined) => choose(world, json!({"delivery": "channel_only"})).await,
        Some(Silence::Undisturbed) => {
            let quiet = json!({"from_minute": 0, "to_minute": 1439, "weekends": true});
            choose(world, json!({"quiet_hours": quiet})).await;
        }
        Some(Silence::Dismissed | Silence::Undone | Silence::PausedLater) | None => {
            look(world).await;
        }
    }
}

/// What is done when it is there: two private acts in every world.
pub async fn after_the_message(world: &World, post: PostId, silence: Option<Silence>) {
    match silence {
        Some(Silence::Dismissed) => {
            dismiss(world, post, Method::PUT).await;
            look(world).await;
        }
        Some(Silence::Undone) => {
            dismiss(world, post, Method::PUT).await;
            dismiss(world, post, Method::DELETE).await;
        }
        Some(Silence::PausedLater) => {
            choose(world, json!({"pause_days": 9})).await;
            look(world).await;
        }
        Some(Silence::PausedAndBack) => {
            choose(world, json!({"pause_days": 0})).await;
            look(world).await;
        }
        Some(
            Silence::DismissedEarly | Silence::Paused | Silence::Declined | Silence::Undisturbed,
        )
        | None => {
            look(world).await;
            look(world).await;
        }
    }
}

/// Looks at one's own page, which says nothing.
async fn look(world: &World) {
    act(world, (Method::GET, "/me"), None).await;
}

async fn dismiss(world: &World, post: PostId, method: Method) {
    let path = format!("/me/posts/{}/dismissal", post.0);
    act(world, (method, &path), None).await;
}

async fn choose(world: &World, form: Value) {
    act(world, (Method::PATCH, "/me"), Some(form)).await;
}

/// Presses a button in Slack, whose interaction is the key under which it is answered once.
async fn act(world: &World, (method, path): (Method, &str), form: Option<Value>) {
    let session = world
        .server
        .slack(Some(&world.quiet().on_slack(&world.estate)));
    // Another interaction each time, as long as it is another act.
    let key = format!("{method}-of-interaction-{}", world.seen.len());
    let request = session.request(method, path).header("idempotency-key", key);
    let answer = Answer::to(match form {
        Some(form) => request.json(&form),
        None => request,
    });
    let answer = answer.await;
    assert!((200..300).contains(&answer.status), "{}", answer.text());
}

/// What the program logs at its default filter, while this lives.
pub struct Log {
    lines: Lines,
    _guard: DefaultGuard,
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Keeps what this thread logs: the whole server of a test runs on it.
    pub fn keep() -> Self {
        let lines = Lines::default();
        let writer = lines.clone();
        let filter = Config::parse("", []).unwrap().log.filter;
        let subscriber = tracing_subscriber::fmt()
            .without_time()
            .with_ansi(false)
            .with_env_filter(EnvFilter::new(filter))
            .with_writer(move || writer.clone())
            .finish();
        Self {
            lines,
            _guard: tracing::subscriber::set_default(subscriber),
        }
    }

    /// What was logged; not that the machine was slow, which is no matter of the world.
    pub fn told(&self) -> String {
        let bytes = self.lines.0.lock().unwrap().clone();
        let text = String::from_utf8(bytes).unwrap();
        let lines = text.lines().filter(|line| !line.contains("slow statement"));
        lines.collect::<Vec<_>>().join("\n")
    }
}
