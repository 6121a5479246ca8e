//! One example of every operation that changes something, on a ground where it does.

use axum::Router;
use axum::routing::get;
use entity::enums::{Platform, Role};
use entity::installation;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::super::setup;
use crate::service::actor::Actor;
use crate::service::{pairing, posts};
use crate::store::identities;
use crate::test_support::content::{COURIER, draft};
use crate::test_support::people::{GUILD, WORKSPACE};
use crate::test_support::server::{Session, TestServer};
use crate::test_support::{Kind, TestApp};

/// Every operation with an example.
pub(super) const LISTED: [&str; 28] = [
    "DELETE /me/identities/{identity}",
    "DELETE /me/posts/{post}/dismissal",
    "DELETE /tokens/{token}",
    "PATCH /feeds/{feed}",
    "PATCH /me",
    "POST /deliveries/claim",
    "POST /feeds",
    "POST /feeds/{feed}/run",
    "POST /identity/pairing",
    "POST /installations/{installation}/revoke",
    "POST /leases/{name}",
    "POST /me/pairing-code",
    "POST /members",
    "POST /members/import",
    "POST /members/{member}/pairing-code",
    "POST /posts",
    "POST /posts/{post}/approve",
    "POST /posts/{post}/publish",
    "POST /posts/{post}/reject",
    "POST /posts/{post}/submit",
    "POST /posts/{post}/withdraw",
    "POST /tokens",
    "PUT /deliveries/{delivery}/outcome",
    "PUT /identity",
    "PUT /me/posts/{post}/dismissal",
    "PUT /me/posts/{post}/share",
    "PUT /posts/{post}",
    "PUT /setup",
];

/// What an operation promises where no key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Without {
    /// The same: however often it is asked for, it happens once.
    OneEffect,
    /// The same, and whoever asks is no member, so that keys do not count.
    Parts,
    /// Something new each time; that is what keys are for.
    EachAnew,
}

/// A request that can be sent again.
pub(super) struct Asked {
    session: Session,
    method: Method,
    path: String,
    body: Body,
    pub(super) without: Without,
    /// Whether each time that it is asked for is noted, though it happens once: in the audit
    /// log, and as a version.
    pub(super) is_noted: bool,
}

enum Body {
    Json(Value),
    Csv(&'static str),
}

impl Asked {
    pub(super) fn request(&self) -> RequestBuilder {
        let request = self.session.request(self.method.clone(), &self.path);
        match &self.body {
            Body::Json(value) => request.json(value),
            Body::Csv(text) => request.header("content-type", "text/csv").body(*text),
        }
    }

    fn anew(self) -> Self {
        Self {
            without: Without::EachAnew,
            ..self
        }
    }

    fn noted(self) -> Self {
        Self {
            is_noted: true,
            ..self
        }
    }

    fn of_parts(self) -> Self {
        Self {
            without: Without::Parts,
            ..self
        }
    }
}

/// An organization with both chats, an owner, and Ada, who is on Slack and on Discord.
pub(super) struct Ground {
    pub(super) t: TestApp,
    server: TestServer,
    owner: Actor,
    ada: Actor,
    slack: installation::Model,
    feed: String,
    as_owner: Session,
    as_ada: Session,
}

impl Ground {
    pub(super) async fn new(kind: Kind) -> Self {
        let feed = newsroom().await;
        let allowed = format!("[fetch]\nallow = [\"{feed}\"]\n");
        let t = TestApp::configured(kind, &allowed).await;
        let owner = t.actor(&[Role::Owner]).await;
        let slack = t.workspace(&owner.organization).await;
        t.guild(&owner.organization).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        t.slack_account(&ada.member, "U0ADA").await;
        t.discord_account(&ada.member, "1").await;
        let server = t.server().await;
        Self {
            as_owner: server.member(&t.token(&owner).await),
            as_ada: server.slack(Some(&format!("slack/{WORKSPACE}/U0ADA"))),
            server,
            owner,
            ada,
            slack,
            feed: format!("http://{feed}/feed.xml"),
            t,
        }
    }

    /// The example of an operation.
    pub(super) async fn example(&self, operation: &str) -> Asked {
        let (method, path) = operation.split_once(' ').unwrap();
        let (path, asked) = match path.split('/').nth(1).unwrap() {
            "posts" => self.of_posts(operation, path).await,
            "feeds" | "tokens" => self.of_feeds_and_tokens(operation, path).await,
            "me" => self.of_oneself(operation, path).await,
            "members" | "identity" | "setup" => self.of_people(operation, path).await,
            _ => self.of_parts(operation, path).await,
        };
        assert!(!path.contains('{'), "{operation} has no example");
        Asked {
            method: method.parse().unwrap(),
            path,
            ..asked
        }
    }

    fn owner(&self, body: Value) -> Asked {
        asked(&self.as_owner, body)
    }

    async fn of_posts(&self, operation: &str, path: &str) -> (String, Asked) {
        let app = &self.t.app;
        let written = || async {
            let written = posts::create_post(app, &self.owner, draft("A draft")).await;
            written.unwrap().post
        };
        let in_review = || async {
            let post = written().await;
            let submitted = posts::submit_post(app, &self.owner, post.id).await;
            submitted.unwrap().post
        };
        let form = json!({"title": "Other words", "url": "https://acme.example/other"});
        let (post, asked) = match operation {
            "POST /posts" => return (path.to_owned(), self.owner(form).anew()),
            "PUT /posts/{post}" => (written().await, self.owner(form).noted()),
            "POST /posts/{post}/submit" => (written().await, self.owner(json!(null))),
            "POST /posts/{post}/approve" => (in_review().await, self.owner(json!({}))),
            "POST /posts/{post}/reject" => {
                (in_review().await, self.owner(json!({"note": "Too long."})))
            }
            "POST /posts/{post}/publish" => {
                let mut later = draft("Later");
                later.publish_at = Some(app.now() + chrono::TimeDelta::days(1));
                let scheduled = self.t.published(&self.owner.organization, later).await;
                (scheduled, self.owner(json!(null)))
            }
            "POST /posts/{post}/withdraw" => {
                let live = self.t.published_post(&self.owner.organization, "Live");
                let live = live.await;
                self.t.deliver().await;
                (live, self.owner(json!({})))
            }
            unlisted => panic!("{unlisted} has no example"),
        };
        (path.replace("{post}", &post.id.to_string()), asked)
    }

    async fn of_feeds_and_tokens(&self, operation: &str, path: &str) -> (String, Asked) {
        let feed = json!({"url": self.feed, "mode": "auto_publish"});
        let token = json!({"name": "importer", "scopes": ["read_posts"], "expires_at": null});
        let made = async |path: &str, form: &Value, id: &str| {
            let made: Value = self.as_owner.post(path, form).await.json();
            made.pointer(id).unwrap().as_str().unwrap().to_owned()
        };
        match operation {
            "POST /feeds" => (path.to_owned(), self.owner(feed)),
            "PATCH /feeds/{feed}" => {
                let id = made("/feeds", &feed, "/id").await;
                let asked = self.owner(json!({"paused": true})).noted();
                (path.replace("{feed}", &id), asked)
            }
            "POST /feeds/{feed}/run" => {
                let id = made("/feeds", &feed, "/id").await;
                (path.replace("{feed}", &id), self.owner(json!(null)))
            }
            "POST /tokens" => (path.to_owned(), self.owner(token).anew()),
            "DELETE /tokens/{token}" => {
                let id = made("/tokens", &token, "/token/id").await;
                (path.replace("{token}", &id), self.owner(json!(null)))
            }
            unlisted => panic!("{unlisted} has no example"),
        }
    }

    async fn of_oneself(&self, operation: &str, path: &str) -> (String, Asked) {
        let ada = |body| asked(&self.as_ada, body);
        if path.contains("{post}") {
            let live = self.t.live_post(&self.owner.organization).await;
            let path = path.replace("{post}", &live.id.to_string());
            let body = match operation {
                "PUT /me/posts/{post}/share" => json!({"network": "linkedin"}),
                "PUT /me/posts/{post}/dismissal" => json!(null),
                "DELETE /me/posts/{post}/dismissal" => {
                    let dismissed = self.as_ada.put(&path, &json!(null)).await;
                    assert_eq!(dismissed.status, 204, "{}", dismissed.text());
                    json!(null)
                }
                unlisted => panic!("{unlisted} has no example"),
            };
            return (path, ada(body));
        }
        match operation {
            "PATCH /me" => (
                path.to_owned(),
                ada(json!({"board_visibility": "hidden", "language": "de"})),
            ),
            // Each takes the place of the one before.
            "POST /me/pairing-code" => (path.to_owned(), ada(json!(null)).anew()),
            "DELETE /me/identities/{identity}" => {
                let (organization, member) = (self.owner.organization.id, self.ada.member.id);
                let reader = self.t.app.store.reader();
                let all = identities::of_member(reader, organization, member).await;
                let all = all.unwrap();
                let other = all.iter().find(|one| one.platform == Platform::Discord);
                let id = other.unwrap().id.to_string();
                (path.replace("{identity}", &id), ada(json!(null)))
            }
            unlisted => panic!("{unlisted} has no example"),
        }
    }

    async fn of_people(&self, operation: &str, path: &str) -> (String, Asked) {
        let path = path.replace("{member}", &self.ada.member.id.to_string());
        let person = json!({
            "display_name": "Nina", "email": "nina@acme.example", "email_confirmed": true,
            "account": "full", "time_zone": null, "language": "en"
        });
        let asked = match operation {
            "POST /members" => self.owner(json!({
                "email": "ben@acme.example", "display_name": "Ben"
            })),
            "POST /members/import" => Asked {
                body: Body::Csv("email,name,team\nben@acme.example,Ben,Sales\n"),
                ..self.owner(json!(null))
            },
            // Each takes the place of the one before.
            "POST /members/{member}/pairing-code" => self.owner(json!(null)).anew(),
            "PUT /identity" => {
                let nina = format!("slack/{WORKSPACE}/U0NINA");
                asked(&self.server.slack(Some(&nina)), person).of_parts()
            }
            "POST /identity/pairing" => {
                let issued = pairing::issue(&self.t.app, &self.ada).await.unwrap();
                let dora = self.server.discord(Some(&format!("discord/{GUILD}/2")));
                let body = json!({"code": issued.code.shown(), "introduction": person});
                asked(&dora, body).of_parts()
            }
            "PUT /setup" => {
                let mut other = setup(&json!([{"external_id": "C1", "name": "#news"}]));
                other["workspaces"][0]["external_id"] = json!("T0OTHER");
                asked(&self.server.operator(None), other).of_parts().noted()
            }
            unlisted => panic!("{unlisted} has no example"),
        };
        (path, asked)
    }

    async fn of_parts(&self, operation: &str, path: &str) -> (String, Asked) {
        let slack = |body| asked(&self.server.slack(None), body).of_parts();
        match operation {
            "POST /deliveries/claim" => {
                let organization = &self.owner.organization;
                self.t.published_post(organization, "Live").await;
                let claim = json!({
                    "platform": "slack", "courier": "one", "limit": 10,
                    "wait_seconds": 0, "lease_seconds": 30,
                });
                (path.to_owned(), slack(claim))
            }
            "PUT /deliveries/{delivery}/outcome" => {
                let organization = &self.owner.organization;
                self.t.published_post(organization, "Live").await;
                let id = self.t.claim().await[0].delivery.id.to_string();
                let sent =
                    json!({"courier": COURIER, "outcome": {"kind": "sent", "message": "1.2"}});
                (path.replace("{delivery}", &id), slack(sent))
            }
            "POST /installations/{installation}/revoke" => {
                let id = self.slack.id.to_string();
                (path.replace("{installation}", &id), slack(json!(null)))
            }
            "POST /leases/{name}" => (
                path.replace("{name}", "socket"),
                slack(json!({"holder": "one", "seconds": 10})),
            ),
            unlisted => panic!("{unlisted} has no example"),
        }
    }
}

fn asked(session: &Session, body: Value) -> Asked {
    Asked {
        session: session.clone(),
        method: Method::POST,
        path: String::new(),
        body: Body::Json(body),
        without: Without::OneEffect,
        is_noted: false,
    }
}

/// A feed of one item; where it is.
async fn newsroom() -> String {
    const FEED: &str = "<rss version=\"2.0\"><channel><title>Acme</title><item>\
        <title>News</title><link>https://acme.example/news</link><guid>1</guid>\
        <pubDate>Mon, 16 Nov 2026 09:00:00 GMT</pubDate></item></channel></rss>";
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap().to_string();
    let answer = get(async || {
        take_a_while().await;
        ([("content-type", "application/rss+xml")], FEED)
    });
    let site = Router::new().route("/feed.xml", answer);
    tokio::spawn(async move { axum::serve(listener, site).await });
    place
}

/// So that whoever is to come at once does come before it is over, also on a busy machine.
#[expect(
    clippy::disallowed_methods,
    reason = "requests at once come in real time"
)]
async fn take_a_while() {
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
}
