//! The same situation on each side of the port `Backend`: a member with an account, a
//! stranger, and posts in several states.

use std::sync::Arc;

use bots::clock::SystemClock;
use bots::http_backend::HttpBackend;
use conversation::Person;
use conversation::backend::fake::FakeBackend;
use conversation::backend::{Asking, Backend};
use conversation::view::sample_data;
use entity::enums::PostState as Row;
use secrecy::ExposeSecret as _;
use server::test_support::server::TestServer;
use server::test_support::{Kind, TestApp};
use server_api::client::Client;
use server_api::enums::{Platform, PostState};
use server_api::ids::PostId;
use server_api::suggestion::Suggestion;
use uuid::Uuid;

const WORKSPACE: &str = "T0ACME";

/// A backend, and who and what is there.
pub struct Ground {
    /// Which side of the port it is.
    pub name: &'static str,
    /// With a member who has the account `U0ADA`.
    pub backend: Arc<dyn Backend>,
    /// The same posts, and nobody known.
    pub before: Arc<dyn Backend>,
    /// Somebody who asks `backend`.
    pub member: &'static str,
    /// Somebody who asks `before`.
    pub stranger: &'static str,
    /// The posts by state.
    pub posts: Posts,
    _kept: Option<(TestApp, TestServer)>,
}

/// One post of each state that a member can meet.
#[derive(Clone, Copy)]
pub struct Posts {
    /// May be shared.
    pub live: PostId,
    /// Was taken back.
    pub withdrawn: PostId,
    /// Is over.
    pub expired: PostId,
    /// Is not out yet.
    pub draft: PostId,
}

impl Ground {
    /// The fake, and the server on either database.
    pub async fn all() -> Vec<Self> {
        vec![
            fake(),
            real("the server on SQLite", Kind::Sqlite).await,
            real("the server on Postgres", Kind::Postgres).await,
        ]
    }
}

/// A new press of a button by an account.
pub fn asking(user: &str) -> Asking {
    Asking {
        person: Person {
            platform: Platform::Slack,
            workspace: WORKSPACE.to_owned(),
            user: user.to_owned(),
        },
        interaction: Uuid::now_v7().to_string(),
    }
}

fn fake() -> Ground {
    let post = |number: u128, state| Suggestion {
        post_id: PostId(Uuid::from_u128(number)),
        state,
        ..sample_data::suggestion()
    };
    let posts = [
        (1, PostState::Live),
        (2, PostState::Withdrawn),
        (3, PostState::Expired),
        (4, PostState::Draft),
    ]
    .map(|(number, state)| post(number, state));
    let backend = || {
        FakeBackend::default()
            .with_posts(posts.to_vec())
            .refusing_reviews()
    };
    let [live, withdrawn, expired, draft] = posts.clone().map(|post| post.post_id);
    Ground {
        name: "the fake",
        backend: Arc::new(backend()),
        before: Arc::new(backend().with_stranger()),
        member: "U0ADA",
        stranger: "U0NEW",
        posts: Posts {
            live,
            withdrawn,
            expired,
            draft,
        },
        _kept: None,
    }
}

async fn real(name: &'static str, kind: Kind) -> Ground {
    let app = TestApp::new(kind).await;
    let organization = app.organization().await;
    app.workspace(&organization).await;
    let ada = app.actor_in(&organization, &[]).await;
    app.slack_account(&ada.member, "U0ADA").await;
    let mut ids = Vec::new();
    for (title, state) in [
        ("live", Row::Live),
        ("withdrawn", Row::Withdrawn),
        ("expired", Row::Expired),
        ("draft", Row::Draft),
    ] {
        let post = app.published_post(&organization, title).await;
        app.change_post(&post, |row| row.state = state).await;
        ids.push(PostId(post.id.0));
    }
    let server = app.server().await;
    let client = Client::new(
        server.http.clone(),
        &server.internal,
        app.app.service_token(Platform::Slack).expose_secret(),
    );
    let backend: Arc<dyn Backend> = Arc::new(HttpBackend::new(client, Arc::new(SystemClock)));
    Ground {
        name,
        before: Arc::clone(&backend),
        backend,
        member: "U0ADA",
        stranger: "U0NEW",
        posts: Posts {
            live: ids[0],
            withdrawn: ids[1],
            expired: ids[2],
            draft: ids[3],
        },
        _kept: Some((app, server)),
    }
}
