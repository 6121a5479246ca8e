//! The ground of these tests: the real binary's parts in processes of their own, one
//! emulated chat behind a proxy, and a programme with many channels, and people who want each
//! post in a message of their own.

mod people;

use std::collections::BTreeMap;
use std::future::Future;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use entity::enums::{DeliveryOperation, DeliveryState as State, PostState};
use entity::{delivery, installation, job, post};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Database, DatabaseConnection, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect,
};
use serde_json::json;
use server::running;
use server::store::Store;
use server::test_support::{Kind, TestDatabase};
use server_api::client::Client;
use server_api::enums::DeliveryState;
use server_api::ids::PostId;
use server_api::organization::{Setup, SetupChannel, SetupOrganization, SetupOwner};
use server_api::post::{ApprovePost, CreatePost, WithdrawPost};
use tests::clock::Clock;
use tests::effort::rounds;
use tests::emulator::discord::model::Channel as DiscordChannel;
use tests::emulator::discord::state::HiddenHistory;
use tests::emulator::slack::model::Channel as SlackChannel;
use tests::links;
use tests::outside::{
    COMPANY, DISCORD_ADA, GUILD, OWNER_EMAIL, Outside, Places, WORKSPACE, workspace_of,
};
use tests::people::{Chat, Someone};
use tests::proxy::Proxy;
use tests::proxy::plan::Plan;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::program::{Place, Process};

/// How often a test looks.
const GLANCE: Duration = Duration::from_millis(25);
/// After so long without a change, something waits for a lease to end.
const STUCK: Duration = Duration::from_secs(8);
/// Longer ago than a lease lasts and an uncertain delivery rests.
const LONG_AGO: TimeDelta = TimeDelta::minutes(10);
/// Starts the server's parts.
const SERVER: [&str; 5] = ["serve", "--part", "web", "--part", "worker"];
/// What a message says whose post was taken back.
const WITHDRAWN: &str = "This post was withdrawn";
/// The key that replicas seal with: 32 bytes in base64.
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
/// The secret that the parts share.
const TOKEN: &str = "the-secret-of-the-parts-of-a-test";

/// The jobs by which messages of people's own are planned, and taken back.
const PLANNERS: [&str; 2] = ["plan_personal_posts", "end_personal_posts"];

/// The ground.
pub struct Field {
    /// Where everything around Chorus is.
    pub outside: Outside,
    /// What stands before the chat.
    pub proxy: Proxy,
    /// The database of the parts, as its administrator sees it.
    pub db: DatabaseConnection,
    chat: Chat,
    channels: Vec<String>,
    people: Vec<String>,
    place: Place,
    server: Option<Process>,
    courier: Option<Process>,
    /// Processes beside those two.
    pub others: Vec<Process>,
    ports: Vec<u16>,
    url: String,
    stop: CancellationToken,
    /// Kept, since it goes away when dropped.
    database: Option<TestDatabase>,
}

/// What is to stand on it.
#[derive(Clone, Copy, Debug)]
pub struct Kit {
    /// Which database.
    pub kind: Kind,
    /// Which chat.
    pub chat: Chat,
    /// How many channels receive posts.
    pub channels: usize,
    /// How many people want each post in a message of their own.
    pub people: usize,
}

impl Kit {
    /// How many messages tell of a post.
    pub fn places(self) -> usize {
        self.channels + self.people
    }
}

impl Field {
    /// Starts everything on a throw-away database, with the programme set up.
    pub async fn begin(kit: Kit, plan: Plan) -> Self {
        let database = TestDatabase::create(kit.kind).await;
        let mut field = Self::prepare(&database.url, kit, plan).await;
        field.database = Some(database);
        field.set_up().await;
        field
    }

    /// Everything around the parts of a database at `url`; none of them runs yet.
    pub async fn prepare(url: &str, kit: Kit, plan: Plan) -> Self {
        let stop = CancellationToken::new();
        let (outside, proxy) = outside(kit.chat, plan, &stop).await;
        let channels = channels(&outside, kit);
        let people = people::settle(&outside, kit);
        let field = Self {
            outside,
            proxy,
            db: Database::connect(url).await.unwrap(),
            chat: kit.chat,
            channels,
            people,
            place: Place::new(),
            server: None,
            courier: None,
            others: Vec::new(),
            ports: vec![free_port().await, free_port().await],
            url: url.to_owned(),
            stop,
            database: None,
        };
        let (web, internal) = (field.ports[0], field.ports[1]);
        field.configure("chorus.toml", "data", (web, internal));
        field
    }

    /// Leaves a configuration for processes that keep their files in `data`.
    fn configure(&self, file: &str, data: &str, (web, internal): (u16, u16)) {
        let text = format!(
            "data_dir = \"{}\"\n[database]\nurl = \"{}\"\n\
             [web]\nlisten = \"127.0.0.1:{web}\"\nbase_url = \"http://127.0.0.1:{web}\"\n\
             [internal]\nlisten = \"127.0.0.1:{internal}\"\ntoken = \"{TOKEN}\"\n\
             [secrets]\nkey = \"{KEY}\"\n\
             [worker]\npoll_milliseconds = 50\n\n{}messages_per_minute = 3000\n",
            self.place.path(data).display(),
            self.url,
            self.outside.configuration(&[self.chat]),
        );
        // A feed that keeps a worker waiting does so until the test lets it go.
        let text = text.replace("[fetch]\n", "[fetch]\ntimeout_seconds = 120\n");
        self.place.write(file, &text);
    }

    /// Starts both processes and sets the programme up.
    pub async fn set_up(&mut self) {
        self.server_starts().await;
        self.operator().setup(&self.setup()).await.unwrap();
        people::join(&self.db, &self.people).await;
        self.courier_starts();
    }

    /// Lays links of a post of the programme that readers may follow; it was told to nobody.
    pub async fn lay_links(&self, count: u32) {
        let home = installation::Entity::find().one(&self.db).await.unwrap();
        let store = Store::open(&self.url, 1).await.unwrap();
        let organization = home.unwrap().organization_id;
        links::lay_in(&store, organization, count).await.unwrap();
        store.close().await.unwrap();
    }

    /// Waits until the chat's part hears what people do.
    pub async fn listens(&self) {
        let listens = match self.chat {
            Chat::Slack => self.outside.slack.connected(1).await,
            Chat::Discord => self.outside.discord.connected(1).await,
        };
        assert!(listens.is_ok(), "nobody listens\n{}", self.log());
    }

    /// One of the people, in front of the chat.
    pub fn person(&self, number: usize) -> Someone {
        let account = self.people[number].as_str();
        match self.chat {
            Chat::Slack => {
                let person = self.outside.slack.person(WORKSPACE, account);
                person.patient_for(patience()).into()
            }
            Chat::Discord => {
                let person = self.outside.discord.person(GUILD, account);
                person.patient_for(patience()).into()
            }
        }
    }

    /// How many posts one of the people shared, as the server tells them.
    pub async fn shares(&self, number: usize) -> i64 {
        people::shares(&self.operator(), number).await
    }

    /// Starts the same parts once more, in two other processes beside them.
    pub async fn replicas_start(&mut self) {
        let ports = (free_port().await, free_port().await);
        self.configure("replica.toml", "replica", ports);
        let config = ["--config", "replica.toml"];
        for parts in [&["--part", "web", "--part", "worker"][..], &self.part()] {
            let arguments = [&["serve"][..], parts, &config].concat();
            self.others.push(self.place.start(&arguments));
        }
        self.until("the second server leaves word of itself", async || {
            let left = running::read(&self.place.path("replica"));
            left.unwrap().is_some()
        })
        .await;
    }

    fn part(&self) -> [&'static str; 2] {
        match self.chat {
            Chat::Slack => ["--part", "slack"],
            Chat::Discord => ["--part", "discord"],
        }
    }

    /// The process of the chat's part.
    pub fn courier(&self) -> &Process {
        self.courier.as_ref().unwrap()
    }

    /// The process of the server's parts.
    pub fn server(&self) -> &Process {
        self.server.as_ref().unwrap()
    }

    /// Where the server answers readers.
    pub fn public(&self) -> String {
        format!("127.0.0.1:{}", self.ports[0])
    }

    /// Where the server answers the parts.
    pub fn internal(&self) -> String {
        format!("127.0.0.1:{}", self.ports[1])
    }

    fn setup(&self) -> Setup {
        let channel = |id: &String| SetupChannel {
            external_id: id.clone(),
            name: format!("news-{id}").to_lowercase(),
        };
        let mut workspace = workspace_of(self.chat);
        workspace.channels = self.channels.iter().map(channel).collect();
        Setup {
            organization: SetupOrganization {
                slug: "lindenfeld".into(),
                name: COMPANY.into(),
                time_zone: None,
                language: None,
                join_policy: None,
                contact: None,
            },
            owner: SetupOwner {
                email: OWNER_EMAIL.into(),
                name: "Olga Owner".into(),
            },
            workspaces: vec![workspace],
            feeds: Vec::new(),
        }
    }

    /// The owner, through the server that runs now.
    pub fn operator(&self) -> Client {
        let running = self.place.running().unwrap();
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(30))
            .no_proxy()
            .build()
            .unwrap();
        Client::new(http, &running.internal_url, &running.operator_token).on_behalf_of("owner")
    }

    /// The operator's token of the server that runs now.
    pub fn operator_token(&self) -> String {
        self.place.running().unwrap().operator_token
    }

    /// Titles of all posts.
    pub async fn titles(&self) -> Vec<String> {
        post::Entity::find()
            .select_only()
            .column(post::Column::Title)
            .into_tuple()
            .all(&self.db)
            .await
            .unwrap()
    }

    /// Publishes a post to every channel, and to everybody who wants it.
    pub async fn publish(&self, title: &str) -> PostId {
        let form = CreatePost {
            title: title.into(),
            summary: "A neutral sentence about it.".into(),
            url: Some(format!("https://lindenfeld.example/{}", title.len())),
            ..CreatePost::default()
        };
        let operator = self.operator();
        let post = operator.create_post(&form).await.unwrap();
        operator.submit_post(post.id).await.unwrap();
        operator
            .approve_post(post.id, &ApprovePost::default())
            .await
            .unwrap();
        post.id
    }

    /// Takes a post back: the messages that tell of it say so from then on.
    pub async fn withdraw(&self, post: PostId) {
        let form = WithdrawPost::default();
        self.operator().withdraw_post(post, &form).await.unwrap();
    }

    /// One of the people shares a post, and the minute is over in which its cards, touched just
    /// now, are left alone: those in channels count the share, and theirs says so.
    pub async fn is_shared(&self, post: PostId) {
        people::share(&self.operator(), post).await;
        self.cards_are_due().await;
    }

    /// The minute is over in which cards that were touched just now are left alone.
    pub async fn cards_are_due(&self) {
        delivery::Entity::update_many()
            .col_expr(delivery::Column::RunAt, Expr::value(Clock::system().now()))
            .filter(delivery::Column::State.eq(State::Pending))
            .filter(delivery::Column::Operation.eq(DeliveryOperation::Revise))
            .exec(&self.db)
            .await
            .unwrap();
    }

    /// Starts the server's parts and waits until they answer.
    pub async fn server_starts(&mut self) {
        let process = self.place.start(&SERVER);
        let pid = process.pid();
        self.server = Some(process);
        self.until("the server leaves word of itself", async || {
            self.place
                .running()
                .is_some_and(|running| running.pid == pid)
        })
        .await;
    }

    /// Kills the server's parts.
    pub fn server_dies(&mut self) {
        self.server.take().unwrap().kill_nine();
    }

    /// Starts the chat's part.
    pub fn courier_starts(&mut self) {
        let arguments = [&["serve"][..], &self.part()].concat();
        self.courier = Some(self.place.start(&arguments));
    }

    /// Kills the chat's part, and lets what it had sent arrive.
    pub async fn courier_dies(&mut self) {
        self.courier.take().unwrap().kill_nine();
        self.is_quiet().await;
    }

    async fn is_quiet(&self) {
        let mut quiet = 0;
        while quiet < 4 {
            glance().await;
            quiet = if self.proxy.is_quiet() { quiet + 1 } else { 0 };
        }
    }

    /// Minutes pass for what nobody alive holds: leases end, and rests after them. Only
    /// while the part that held it is dead. Says how many were held.
    pub async fn leases_end(&self) -> u64 {
        self.long_ago(delivery::Column::LeasedUntil.is_not_null())
            .await
    }

    /// Minutes pass for the jobs that nobody alive holds. Only while the server that held them
    /// is dead. Says how many were held.
    pub async fn jobs_are_free_again(&self) -> u64 {
        let past = Some(Clock::system().now() - LONG_AGO);
        job::Entity::update_many()
            .col_expr(job::Column::LockedUntil, Expr::value(past))
            .filter(job::Column::LockedUntil.is_not_null())
            .filter(job::Column::DoneAt.is_null())
            .filter(job::Column::DeadAt.is_null())
            .exec(&self.db)
            .await
            .unwrap()
            .rows_affected
    }

    /// Whether messages of people's own are still being planned; nobody's, where nobody wants any.
    async fn is_planning(&self) -> bool {
        if self.people.is_empty() {
            return false;
        }
        let left = job::Entity::find()
            .filter(job::Column::Kind.is_in(PLANNERS))
            .filter(job::Column::DoneAt.is_null())
            .filter(job::Column::DeadAt.is_null());
        left.count(&self.db).await.unwrap() > 0
    }

    /// A minute passes for deliveries that rest since nobody knows what became of them.
    async fn rests_end(&self) {
        let now = Clock::system().now();
        self.long_ago(delivery::Column::LeasedUntil.lte(now)).await;
    }

    async fn long_ago(&self, which: sea_orm::sea_query::SimpleExpr) -> u64 {
        let past = Some(Clock::system().now() - LONG_AGO);
        delivery::Entity::update_many()
            .col_expr(delivery::Column::LeasedUntil, Expr::value(past))
            .filter(delivery::Column::State.eq(State::Claimed))
            .filter(which)
            .exec(&self.db)
            .await
            .unwrap()
            .rows_affected
    }

    /// Waits until everything is planned and nothing waits or is on its way, where no process of the
    /// server or its database went away: whoever holds a delivery says what became of it. No
    /// process is started, and no lease ends before its time; only what rests is let go on as if its
    /// minute were over.
    pub async fn all_settled(&self) {
        let deadline = Instant::now() + patience();
        while let Some(open) = self.open().await {
            assert!(Instant::now() < deadline, "{open:?}\n{}", self.log());
            let forgotten = self.forgotten().await;
            assert_eq!(forgotten, 0, "leases ended unsaid\n{}", self.log());
            self.rests_end().await;
            glance().await;
        }
    }

    /// The same where a process was killed or the database was away: what the dead held, and what
    /// was claimed by an answer that never came, is offered again once its lease ends. No courier
    /// holds anything so long without a change; none is started for it either.
    pub async fn all_settled_once_leases_end(&self) {
        let deadline = Instant::now() + patience();
        let (mut last, mut moved) = (BTreeMap::new(), Instant::now());
        while let Some(open) = self.open().await {
            if open != last {
                (last, moved) = (open, Instant::now());
            }
            assert!(Instant::now() < deadline, "{last:?}\n{}", self.log());
            self.rests_end().await;
            if moved.elapsed() > STUCK {
                self.leases_end().await;
                moved = Instant::now();
            }
            glance().await;
        }
    }

    /// Deliveries by state, while something is to be planned, waits or is on its way.
    async fn open(&self) -> Option<BTreeMap<String, i64>> {
        // Asked first: what is planned in between is counted.
        let is_planning = self.is_planning().await;
        let counts = self.counts().await;
        let is_open = counts.contains_key("claimed") || counts.contains_key("pending");
        (is_planning || is_open).then_some(counts)
    }

    /// Deliveries whose lease ended although nothing was said of them.
    async fn forgotten(&self) -> u64 {
        delivery::Entity::find()
            .filter(delivery::Column::State.eq(State::Claimed))
            .filter(delivery::Column::LeasedUntil.lte(Clock::system().now()))
            .filter(delivery::Column::Failure.is_null())
            .count(&self.db)
            .await
            .unwrap()
    }

    /// How many deliveries are in some courier's hands.
    pub async fn held(&self) -> u64 {
        let held = delivery::Entity::find().filter(delivery::Column::State.eq(State::Claimed));
        held.count(&self.db).await.unwrap()
    }

    /// The processes that run, by their numbers; fails where one has ended by itself.
    pub fn running(&mut self) -> Vec<u32> {
        let own = [&mut self.server, &mut self.courier].into_iter().flatten();
        let all = own.chain(&mut self.others);
        all.map(|process| {
            let ended = process.ended();
            assert!(ended.is_none(), "a process ended by itself: {ended:?}");
            process.pid()
        })
        .collect()
    }

    /// Deliveries of posts by state.
    pub async fn counts(&self) -> BTreeMap<String, i64> {
        let rows: Vec<(State, i64)> = delivery::Entity::find()
            .select_only()
            .column(delivery::Column::State)
            .column_as(delivery::Column::Id.count(), "count")
            .group_by(delivery::Column::State)
            .into_tuple()
            .all(&self.db)
            .await
            .unwrap();
        let name = |state: State| format!("{state:?}").to_lowercase();
        rows.into_iter()
            .map(|(state, count)| (name(state), count))
            .collect()
    }

    /// How many processes have carried deliveries, or are carrying some.
    pub async fn couriers(&self) -> usize {
        let names: Vec<Option<String>> = delivery::Entity::find()
            .select_only()
            .column(delivery::Column::LeasedBy)
            .distinct()
            .filter(delivery::Column::LeasedBy.is_not_null())
            .into_tuple()
            .all(&self.db)
            .await
            .unwrap();
        names.len()
    }

    /// The places of deliveries that nobody can know the fate of.
    pub async fn uncertain(&self) -> Vec<String> {
        delivery::Entity::find()
            .select_only()
            .column(delivery::Column::PlaceRef)
            .filter(delivery::Column::State.eq(State::Uncertain))
            .into_tuple()
            .all(&self.db)
            .await
            .unwrap()
    }

    /// Where posts arrive: channels, and people.
    fn places(&self) -> impl Iterator<Item = &String> {
        self.channels.iter().chain(&self.people)
    }

    /// The messages that stand in each place, with all their words.
    fn messages(&self) -> BTreeMap<String, Vec<String>> {
        let mut found: BTreeMap<String, Vec<String>> =
            self.places().map(|id| (id.clone(), Vec::new())).collect();
        let people = people::conversations(&self.outside, self.chat);
        let mut stands = |channel: String, words: String| {
            let place = people.get(&channel).cloned().unwrap_or(channel);
            found.entry(place).or_default().push(words);
        };
        match self.chat {
            Chat::Slack => {
                for message in self.outside.slack.unseen_messages() {
                    let words = format!("{} {}", message.text, json!(message.blocks));
                    stands(message.channel.to_string(), words);
                }
            }
            Chat::Discord => {
                for message in self.outside.discord.unseen_messages() {
                    let (embeds, components) = (json!(message.embeds), json!(message.components));
                    let words = format!("{} {embeds} {components}", message.content);
                    stands(message.channel.to_string(), words);
                }
            }
        }
        found
    }

    /// How many there are in all.
    pub fn arrived(&self) -> usize {
        match self.chat {
            Chat::Slack => self.outside.slack.unseen_messages().len(),
            Chat::Discord => self.outside.discord.unseen_messages().len(),
        }
    }

    /// How many of them were changed since they were posted.
    pub fn changed(&self) -> usize {
        match self.chat {
            Chat::Slack => {
                let all = self.outside.slack.unseen_messages();
                all.iter().filter(|one| one.edited.is_some()).count()
            }
            Chat::Discord => {
                let all = self.outside.discord.unseen_messages();
                all.iter().filter(|one| one.edited.is_some()).count()
            }
        }
    }

    /// From now on the chat's history cannot be read.
    pub fn history_is_hidden(&self) {
        match self.chat {
            Chat::Slack => self.outside.slack.hide_history("missing_scope"),
            Chat::Discord => self.outside.discord.hide_history(HiddenHistory::Refused),
        }
    }

    /// The posts that went out, and whether each was taken back.
    async fn posts(&self) -> Vec<(String, bool)> {
        let rows: Vec<(String, PostState)> = post::Entity::find()
            .select_only()
            .column(post::Column::Title)
            .column(post::Column::State)
            .filter(post::Column::State.is_in([PostState::Live, PostState::Withdrawn]))
            .into_tuple()
            .all(&self.db)
            .await
            .unwrap();
        let rows = rows.into_iter();
        rows.map(|(title, state)| (title, state == PostState::Withdrawn))
            .collect()
    }

    /// Every place has one message about each post that went out, which says so where the post
    /// was taken back; and the server knows it.
    pub async fn everything_arrived_once(&self) {
        let (posts, messages) = (self.posts().await, self.messages());
        assert!(!posts.is_empty(), "nothing went out");
        let mut wrong = Vec::new();
        for (place, stands) in &messages {
            for (title, is_over) in &posts {
                let about: Vec<_> = stands.iter().filter(|one| one.contains(title)).collect();
                let is_right =
                    matches!(about.as_slice(), [one] if one.contains(WITHDRAWN) == *is_over);
                if !is_right {
                    wrong.push((place, title, about));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}\n{}", self.log());
        let places = self.places().count();
        let taken_back = posts.iter().filter(|(_, is_over)| *is_over).count();
        assert_eq!(self.arrived(), places * posts.len(), "and nothing else");
        let states: Vec<String> = self.counts().await.into_keys().collect();
        assert_eq!(states, ["sent"], "{}", self.log());
        assert_eq!(
            (
                self.operations(DeliveryOperation::Post).await,
                self.operations(DeliveryOperation::Withdraw).await,
            ),
            (places * posts.len(), places * taken_back),
            "{}",
            self.log()
        );
        self.no_rule_is_broken();
    }

    async fn operations(&self, operation: DeliveryOperation) -> usize {
        let all = delivery::Entity::find().filter(delivery::Column::Operation.eq(operation));
        usize::try_from(all.count(&self.db).await.unwrap()).unwrap()
    }

    /// The cards of a post in channels count its one share, and so does the message of whoever
    /// shared it.
    pub fn shows_the_share(&self, title: &str) {
        let messages = self.messages();
        let says = |place: &String, words: &str| {
            let mut stands = messages[place].iter();
            stands.any(|one| one.contains(title) && one.contains(words))
        };
        let silent: Vec<&String> = (self.channels.iter())
            .filter(|channel| !says(channel, "1 colleague shared it"))
            .collect();
        assert!(silent.is_empty(), "{silent:?}\n{}", self.log());
        assert!(says(&self.people[0], "You shared it"), "{}", self.log());
    }

    /// Nothing came twice, and what is missing is known to be uncertain. Says how many are.
    pub async fn nothing_came_twice(&self) -> usize {
        let uncertain = self.uncertain().await;
        for (place, stands) in self.messages() {
            let count = stands.len();
            assert!(count <= 1, "{count} messages in {place}\n{}", self.log());
            assert!(
                count == 1 || uncertain.contains(&place),
                "nothing in {place}\n{}",
                self.log()
            );
        }
        let counts = self.operator().delivery_counts().await.unwrap().items;
        let told: i64 = counts
            .iter()
            .filter(|line| line.state == DeliveryState::Uncertain)
            .map(|line| line.count)
            .sum();
        assert_eq!(
            usize::try_from(told).unwrap(),
            uncertain.len(),
            "the operator sees them"
        );
        self.no_rule_is_broken();
        uncertain.len()
    }

    fn no_rule_is_broken(&self) {
        let (slack, discord) = (&self.outside.slack, &self.outside.discord);
        assert!(slack.violations().is_empty(), "{:?}", slack.violations());
        assert!(
            discord.violations().is_empty(),
            "{:?}",
            discord.violations()
        );
    }

    /// Waits until a condition holds.
    pub async fn until<F: Future<Output = bool>>(&self, what: &str, holds: impl Fn() -> F) {
        let deadline = Instant::now() + patience();
        while !holds().await {
            assert!(
                Instant::now() < deadline,
                "waited in vain until {what}\n{}",
                self.log()
            );
            glance().await;
        }
    }

    /// The last words of both processes.
    fn log(&self) -> String {
        let parts = [&self.server, &self.courier].into_iter().flatten();
        let parts = parts.chain(&self.others);
        let end = |process: &Process| {
            let log = process.log();
            let lines: Vec<&str> = log.lines().rev().take(30).collect();
            lines.into_iter().rev().collect::<Vec<_>>().join("\n")
        };
        parts.map(end).collect::<Vec<_>>().join("\n---\n")
    }
}

impl Drop for Field {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Emulators without limits, the chat behind a proxy.
async fn outside(chat: Chat, plan: Plan, stop: &CancellationToken) -> (Outside, Proxy) {
    let mut places = Places::free().await.unwrap();
    let front = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let reached_at = Some(front.local_addr().unwrap());
    let upstream = match chat {
        Chat::Slack => {
            places.slack_at = reached_at;
            places.slack.local_addr()
        }
        Chat::Discord => {
            places.discord_at = reached_at;
            places.discord.local_addr()
        }
    };
    let clock = Clock::system();
    let feed = (0, clock.now());
    let outside = Outside::start(places, clock, feed, stop.clone()).unwrap();
    outside.slack.limits(|limits| limits.on = false);
    outside.discord.limits(|limits| limits.on = false);
    let upstream = (chat, upstream.unwrap());
    let proxy = Proxy::start(front, upstream, plan, stop.clone()).unwrap();
    (outside, proxy)
}

/// Makes the channels; in a guild somebody has spoken in each, since the bot cannot tell an
/// empty one from one that it may not read.
fn channels(outside: &Outside, kit: Kit) -> Vec<String> {
    let numbers = 0..kit.channels;
    match kit.chat {
        Chat::Slack => numbers
            .map(|number| {
                let id = format!("C{number:05}");
                let bot = format!("UBOT{WORKSPACE}");
                let channel = SlackChannel::public(WORKSPACE, &id, &id.to_lowercase(), &[&bot]);
                outside.slack.add_channel(channel);
                id
            })
            .collect(),
        Chat::Discord => numbers
            .map(|number| {
                let id = format!("12800000000000{number:05}");
                let channel = DiscordChannel::text(GUILD, &id, &format!("news-{number}"));
                outside.discord.add_channel(channel);
                outside.discord.says(DISCORD_ADA, &id, "Good morning.");
                id
            })
            .collect(),
    }
}

/// How long anything may take: less than the test's own end, so that it tells why. The long
/// form has twenty times the channels, and its end is hours away.
fn patience() -> Duration {
    Duration::from_secs(u64::try_from(rounds(100, 3_000)).unwrap())
}

/// A port that was free a moment ago.
async fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap().port()
}

#[expect(
    clippy::disallowed_methods,
    reason = "other processes are looked at again in real time"
)]
pub async fn glance() {
    tokio::time::sleep(GLANCE).await;
}
