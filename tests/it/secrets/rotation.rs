//! Changing the key while cards with the old one's signatures hang in chats, and tokens
//! that it sealed are in use: over real restarts, on both databases.

use entity::enums::{Network, Platform};
use entity::post;
use secrecy::ExposeSecret;
use serde_json::json;
use server::app::{App, build_on};
use server::clock::{Clock, ManualClock};
use server::config::Config;
use server::http::wire;
use server::serve::{Listeners, Parts, run};
use server::service::actor::Actor;
use server::service::{access, addresses, installations, posts, setup};
use server::test_support::content::draft;
use server::test_support::{Kind, TestDatabase, start};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

const OLD: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
const NEW: &str = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";
const TOKEN: &str = "xoxb-sealed";

struct Ground {
    database: TestDatabase,
    folder: TempDir,
}

struct Running {
    app: App,
    public: String,
    stop: CancellationToken,
    work: JoinHandle<()>,
}

impl Ground {
    async fn new(kind: Kind) -> Self {
        Self {
            database: TestDatabase::create(kind).await,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Starts a server with these keys.
    async fn start(&self, keys: &str) -> Running {
        let text = format!(
            "data_dir = \"{}\"\n[database]\nurl = \"{}\"\n[secrets]\nkey = \"{keys}\"\n",
            self.folder.path().display(),
            self.database.url
        );
        let config = Config::parse(&text, []).unwrap();
        let clock = Clock::Manual(ManualClock::at(start()));
        let app = build_on(config, clock).await.unwrap();
        let bind = async || TcpListener::bind("127.0.0.1:0").await.unwrap();
        let listeners = Listeners {
            public: bind().await,
            internal: bind().await,
        };
        let public = format!("http://{}", listeners.public.local_addr().unwrap());
        let parts = Parts {
            web: true,
            worker: false,
        };
        let stop = CancellationToken::new();
        let (served, stopping) = (app.clone(), stop.clone());
        let work = tokio::spawn(async move {
            run(served, parts, Some(listeners), stopping).await.unwrap();
        });
        let running = Running {
            app,
            public,
            stop,
            work,
        };
        // Answers once it is past what it does at its start.
        assert_eq!(running.status("/readyz").await, 200);
        running
    }
}

impl Running {
    async fn status(&self, path: &str) -> u16 {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
            .build()
            .unwrap();
        let answer = http.get(format!("{}{path}", self.public)).send().await;
        answer.unwrap().status().as_u16()
    }

    /// What the Slack part would be given.
    async fn tokens(&self) -> Vec<String> {
        let opened = installations::of_platform(&self.app, Platform::Slack);
        let opened = opened.await.unwrap().into_iter();
        opened
            .map(|one| one.bot_token.expose_secret().to_owned())
            .collect()
    }

    fn path(&self, owner: &Actor, post: &post::Model) -> String {
        let url = addresses::share_url(&self.app, post.id, owner.member.id, Network::X);
        let base = &self.app.config.web.base_url;
        url.strip_prefix(base.as_str()).unwrap().to_owned()
    }

    async fn stop(self) {
        self.stop.cancel();
        self.work.await.unwrap();
    }
}

async fn programme(app: &App) -> (Actor, post::Model) {
    let form = json!({
        "organization": { "slug": "acme", "name": "Acme" },
        "owner": { "email": "olga@acme.example", "name": "Olga" },
        "workspaces": [{ "platform": "slack", "external_id": "T1", "name": "Acme",
            "bot_token": TOKEN, "channels": [{ "external_id": "C1", "name": "news" }] }],
    });
    let form = wire::setup::setup(serde_json::from_value(form).unwrap());
    setup::apply(app, form).await.unwrap();
    let owner = access::owner(app, None).await.unwrap();
    let written = posts::create_post(app, &owner, draft("Tea")).await.unwrap();
    let approved = posts::approve_post(app, &owner, written.post.id, None, None).await;
    (owner, approved.unwrap().post)
}

#[tokio::test]
async fn a_key_is_changed_while_links_and_tokens_are_in_use() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let ground = Ground::new(kind).await;
        let first = ground.start(OLD).await;
        let (owner, post) = programme(&first.app).await;
        let old = first.path(&owner, &post);
        assert_eq!(first.status(&old).await, 303);
        assert_eq!(first.tokens().await, [TOKEN]);
        first.stop().await;

        // Both: what the old one signed and sealed is good, and the new one signs.
        let both = ground.start(&format!("{NEW},{OLD}")).await;
        assert_eq!(both.status(&old).await, 303);
        assert_eq!(both.tokens().await, [TOKEN]);
        let new = both.path(&owner, &post);
        assert_ne!(new, old);
        assert_eq!(both.status(&new).await, 303);
        both.stop().await;

        // The old one is taken away: its links are no more, tokens were sealed anew.
        let alone = ground.start(NEW).await;
        assert_eq!(alone.status(&old).await, 404);
        assert_eq!(alone.status(&new).await, 303);
        assert_eq!(alone.tokens().await, [TOKEN]);
        alone.stop().await;

        // The wrong one: nothing opens, nothing crashes, nothing is lost.
        let wrong = ground.start(OLD).await;
        assert_eq!(wrong.status(&new).await, 404);
        assert_eq!(wrong.tokens().await, [""; 0]);
        wrong.stop().await;
        let right = ground.start(NEW).await;
        assert_eq!(right.tokens().await, [TOKEN]);
        right.stop().await;
    }
}
