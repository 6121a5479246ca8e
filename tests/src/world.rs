//! A world for stories: Chorus, the emulators around it, and a clock that only the story moves.
//!
//! Nothing here reaches into Chorus: people act in chat and in browsers, the operator uses the API.
//! A world that ends checks what no story asks for: no rule of Slack or Discord broken, no message
//! unseen, no delivery and no job left over (of a message that waits for one person only the
//! database tells).

use std::future::Future;
use std::path::Path;
use std::time::Duration;

use chorus::serve::Service;
use chrono::TimeDelta;
use entity::delivery;
use entity::enums::DeliveryState;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use secrecy::ExposeSecret as _;
use server::clock::{Clock, ManualClock};
use server::config::Config;
use server::test_support::{Kind, TestDatabase, start};
use server_api::client::{CallError, Client};
use server_api::enums::{FeedMode, JoinPolicy};
use server_api::organization::{Setup, SetupFeed, SetupOrganization, SetupOwner};
use server_api::page::PageQuery;
use server_api::problem::Code;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::browser::{Browser, DESKTOP};
use crate::emulator::slack::person::Person;
use crate::outside::{
    ADA, BEN, CLEO, COMPANY, DISCORD_ADA, DISCORD_BEN, GUILD, OWNER_EMAIL, Outside, Places,
    WORKSPACE, workspace_of,
};
use crate::people::{Chat, Someone};

/// How long a story waits for what is to come, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it looks.
const GLANCE: Duration = Duration::from_millis(50);
/// What a restart takes.
const RESTART: TimeDelta = TimeDelta::seconds(3);

/// The world.
pub struct World {
    /// Slack, the networks, the newsroom.
    pub outside: Outside,
    /// The hands of every clock in it.
    pub clock: ManualClock,
    /// What the members of the programme reach.
    pub public: String,
    /// Its database, for who looks at rows that nothing tells.
    pub database: TestDatabase,
    folder: TempDir,
    config: Config,
    chats: &'static [Chat],
    running: Option<Running>,
    stop: CancellationToken,
}

/// Chorus, while it runs.
struct Running {
    internal: String,
    operator: String,
    stop: CancellationToken,
    work: JoinHandle<()>,
}

impl World {
    /// A world in which the programme is set up on these chats and everybody in the
    /// workspace may join.
    pub async fn begin(kind: Kind, chats: &'static [Chat]) -> Self {
        let mut world = Self::empty(kind, chats).await;
        world.start().await;
        world.set_up(JoinPolicy::Workspace).await;
        world
    }

    /// A world in which Chorus has not been started yet.
    pub async fn empty(kind: Kind, chats: &'static [Chat]) -> Self {
        let database = TestDatabase::create(kind).await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = ManualClock::at(start());
        let hands = clock.clone();
        let stop = CancellationToken::new();
        let outside = Outside::start(
            Places::free().await.expect("free ports"),
            crate::clock::Clock::from_fn(move || hands.now()),
            (0, start() - TimeDelta::days(1)),
            stop.clone(),
        )
        .expect("the emulators start");
        // Stories are judged by what happens, not by how fast a chat lets it happen.
        outside.slack.limits(|limits| limits.on = false);
        outside.discord.limits(|limits| limits.on = false);
        let (public, internal) = (free_port().await, free_port().await);
        let places = (folder.path(), database.url.as_str());
        let config = configuration(&outside, chats, places, (public, internal));
        Self {
            outside,
            clock,
            public: format!("http://127.0.0.1:{public}"),
            database,
            folder,
            config,
            chats,
            running: None,
            stop,
        }
    }

    /// Starts Chorus with all its parts.
    pub async fn start(&mut self) {
        let clock = Clock::Manual(self.clock.clone());
        let service = Service::prepare_on(self.config.clone(), &[], clock)
            .await
            .expect("Chorus starts");
        let internal = service.internal_address().expect("the web part runs");
        let app = service.app().expect("the server runs");
        let operator = app.tokens.operator().expose_secret().to_owned();
        let stop = CancellationToken::new();
        let work = tokio::spawn(service.run(stop.clone()));
        for chat in self.chats {
            match chat {
                Chat::Slack => self.outside.slack.connected(1).await,
                Chat::Discord => self.outside.discord.connected(1).await,
            }
            .unwrap_or_else(|_| panic!("the part for {chat:?} connects"));
        }
        self.running = Some(Running {
            internal: format!("http://{internal}"),
            operator,
            stop,
            work,
        });
    }

    /// Stops Chorus; the world around it goes on, and so does time: what one process held
    /// under a lease, the next one gets a moment later.
    pub async fn halt(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop.cancel();
            running.work.await.expect("Chorus ends in order");
            self.clock.advance(RESTART);
        }
    }

    /// The operator: the owner of the programme, on the internal listener.
    pub fn operator(&self) -> Client {
        let running = self.running.as_ref().expect("Chorus runs");
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(30))
            .no_proxy()
            .build()
            .expect("an HTTP client");
        Client::new(http, &running.internal, &running.operator).on_behalf_of("owner")
    }

    /// Sets the programme up; again changes nothing.
    pub async fn set_up(&self, join_policy: JoinPolicy) {
        self.operator()
            .setup(&self.setup(join_policy))
            .await
            .expect("the set-up is taken");
    }

    fn setup(&self, join_policy: JoinPolicy) -> Setup {
        Setup {
            organization: SetupOrganization {
                slug: "lindenfeld".into(),
                name: COMPANY.into(),
                time_zone: Some("Europe/Berlin".into()),
                language: None,
                join_policy: Some(join_policy),
                contact: Some("Olga in communications".into()),
            },
            owner: SetupOwner {
                email: OWNER_EMAIL.into(),
                name: "Olga Owner".into(),
            },
            workspaces: self.chats.iter().copied().map(workspace_of).collect(),
            feeds: vec![SetupFeed {
                url: self.outside.newsroom.feed_url(),
                mode: Some(FeedMode::AutoPublish),
                cron: None,
            }],
        }
    }

    /// Somebody of the workspace.
    pub fn person(&self, user: &str) -> Person {
        self.outside
            .slack
            .person(WORKSPACE, user)
            .patient_for(PATIENCE)
    }

    /// Ada, in front of Slack.
    pub fn ada(&self) -> Person {
        self.person(ADA)
    }

    /// Ben, her colleague.
    pub fn ben(&self) -> Person {
        self.person(BEN)
    }

    /// Cleo, another colleague.
    pub fn cleo(&self) -> Person {
        self.person(CLEO)
    }

    /// Ada, in front of either chat.
    pub fn ada_on(&self, chat: Chat) -> Someone {
        self.somebody(chat, ADA, DISCORD_ADA)
    }

    /// Ben, in front of either chat.
    pub fn ben_on(&self, chat: Chat) -> Someone {
        self.somebody(chat, BEN, DISCORD_BEN)
    }

    fn somebody(&self, chat: Chat, slack: &str, discord: &str) -> Someone {
        let somebody = match chat {
            Chat::Slack => Someone::from(self.person(slack)),
            Chat::Discord => {
                let person = self.outside.discord.person(GUILD, discord);
                Someone::from(person.patient_for(PATIENCE))
            }
        };
        somebody.timed_by(self.clock.clone())
    }

    /// A code with which the comms team invites whoever has this address and name to pair
    /// an account.
    pub async fn invitation(&self, email: &str, name: &str) -> String {
        let operator = self.operator();
        operator
            .import_members(format!("email,name\n{email},{name}\n"))
            .await
            .expect("the member is on the list");
        let members = operator.members_by_email(email).await;
        let member = members.expect("the list of members").items.remove(0);
        let code = operator.invite(member.id).await;
        code.expect("a pairing code").code
    }

    /// A reader somewhere, with an address of their own.
    pub fn reader(&self, number: u8) -> Browser {
        Browser::new(DESKTOP, &format!("203.0.113.{number}")).expect("a browser")
    }

    /// Moves every clock.
    pub fn advance(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// The newsroom has something new, and the feed is fetched.
    pub async fn news_comes(&self) {
        self.outside.newsroom.publish_next();
        let operator = self.operator();
        let feeds = operator
            .feeds(&PageQuery::default())
            .await
            .expect("the list of feeds");
        let feed = feeds.items.first().expect("a feed");
        loop {
            match operator.run_feed(feed.id).await {
                Ok(_) => return,
                // Its schedule reads it at this very moment.
                Err(CallError::Problem(problem)) if problem.code == Code::Unavailable => {
                    glance().await;
                }
                Err(error) => panic!("the feed is read: {error}"),
            }
        }
    }

    /// Waits until a condition of the world holds; periodic work needs the clock
    /// to go on, so each glance moves it by a second.
    pub async fn until<F: Future<Output = bool>>(&self, what: &str, holds: impl Fn() -> F) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while !holds().await {
            assert!(
                tokio::time::Instant::now() < deadline,
                "waited in vain until {what}"
            );
            self.clock.advance(TimeDelta::seconds(1));
            glance().await;
        }
    }

    /// Waits until all that was to be said is said, and known to be.
    pub async fn settles(&self) {
        let store = self.database.open().await;
        self.until("every delivery is settled", async || {
            let open = [DeliveryState::Pending, DeliveryState::Claimed];
            let left = delivery::Entity::find()
                .filter(delivery::Column::State.is_in(open))
                .count(store.reader())
                .await;
            left.expect("the deliveries") == 0
        })
        .await;
        store.close().await.expect("the database closes");
    }

    /// Ends the world, and checks what no story asks for.
    pub async fn end(mut self) {
        self.settles().await;
        self.halt().await;
        let (slack, discord) = (&self.outside.slack, &self.outside.discord);
        nothing(&slack.violations(), "broken rules of Slack");
        nothing(&discord.violations(), "broken rules of Discord");
        nothing(&slack.unseen_messages(), "messages that no story looked at");
        nothing(
            &discord.unseen_messages(),
            "messages that no story looked at",
        );
        self.stop.cancel();
        slack.shutdown();
        discord.shutdown();
        self.outside.networks.shutdown();
        drop((self.database, self.folder));
    }
}

/// Tells a story of Slack alone on SQLite and then on Postgres.
pub async fn on_both<F: Future<Output = ()>>(story: impl Fn(World) -> F) {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        story(World::begin(kind, &[Chat::Slack]).await).await;
    }
}

/// Tells a story of Discord alone on SQLite and then on Postgres.
pub async fn on_discord<F: Future<Output = ()>>(story: impl Fn(World) -> F) {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        story(World::begin(kind, &[Chat::Discord]).await).await;
    }
}

/// Tells a story in which both chats are there, on SQLite and then on Postgres.
pub async fn across_chats<F: Future<Output = ()>>(story: impl Fn(World) -> F) {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let world = Box::pin(World::begin(kind, &Chat::ALL)).await;
        Box::pin(story(world)).await;
    }
}

/// Tells a story on each chat alone, on SQLite and then on Postgres.
pub async fn on_each_chat<F: Future<Output = ()>>(story: impl Fn(World, Chat) -> F) {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        // A story's state may be large, and would lie in that of whoever calls this.
        let slack = World::begin(kind, &[Chat::Slack]).await;
        Box::pin(story(slack, Chat::Slack)).await;
        let discord = World::begin(kind, &[Chat::Discord]).await;
        Box::pin(story(discord, Chat::Discord)).await;
    }
}

fn nothing(left: &[impl std::fmt::Debug], what: &str) {
    assert!(left.is_empty(), "{what}: {left:#?}");
}

fn configuration(
    outside: &Outside,
    chats: &[Chat],
    (folder, database): (&Path, &str),
    (public, internal): (u16, u16),
) -> Config {
    let file = folder.join("chorus.toml");
    let text = format!(
        "data_dir = \"{}\"\n\n[database]\nurl = \"{database}\"\n\n\
         [web]\nlisten = \"127.0.0.1:{public}\"\nbase_url = \"http://127.0.0.1:{public}\"\n\
         trusted_proxies = [\"127.0.0.1/32\"]\n\n[internal]\nlisten = \"127.0.0.1:{internal}\"\n\n\
         [worker]\npoll_milliseconds = 50\n\n{}",
        folder.display(),
        outside.configuration(chats),
    );
    std::fs::write(&file, text).expect("the configuration is written");
    Config::load(Some(&file)).expect("the configuration is right")
}

/// A port that was free a moment ago.
async fn free_port() -> u16 {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    listener.local_addr().expect("its address").port()
}

#[expect(
    clippy::disallowed_methods,
    reason = "a story looks again in real time"
)]
async fn glance() {
    tokio::time::sleep(GLANCE).await;
}
