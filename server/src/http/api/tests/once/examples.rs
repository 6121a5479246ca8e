//! One example of every operation that changes something, on a ground where it does.

use axum::Router;
use axum::routing::get;
use entity::enums::{Platform, Role};
use entity::installation;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::super::setup;
use crate::domain::delivery::Outcome;
use crate::service::actor::Actor;
use crate::service::members::leaving;
use crate::service::{broadcasts, credentials, pairing, posts, sessions};
use crate::store::{channels, identities};
use crate::test_support::content::{COURIER, draft};
use crate::test_support::people::{GUILD, WORKSPACE};
use crate::test_support::server::{Answer, Session, TestServer};
use crate::test_support::traffic::FIREFOX;
use crate::test_support::{Kind, TestApp};

/// Every operation with an example.
pub(super) const LISTED: [&str; 97] = [
    "DELETE /feeds/{feed}",
    "DELETE /me/identities/{identity}",
    "DELETE /me/posts/{post}/dismissal",
    "DELETE /me/sessions",
    "DELETE /me/sessions/{session}",
    "DELETE /member-imports/{import}",
    "DELETE /members/{member}/identities/{identity}",
    "DELETE /post-imports/{import}",
    "DELETE /teams/{team}",
    "DELETE /tokens/{token}",
    "DELETE /topics/{topic}",
    "DELETE /views/{view}",
    "PATCH /feeds/{feed}",
    "PATCH /me",
    "PATCH /members/{member}",
    "PATCH /settings",
    "PATCH /teams/{team}",
    "PATCH /topics/{topic}",
    "POST /audience-size",
    "POST /campaigns",
    "POST /campaigns/{campaign}/end",
    "POST /channels/{channel}/pause",
    "POST /channels/{channel}/resume",
    "POST /channels/{channel}/test",
    "POST /connections/{installation}/channels",
    "POST /connections/{installation}/disconnect",
    "POST /deliveries/claim",
    "POST /feed-preview",
    "POST /feeds",
    "POST /feeds/{feed}/run",
    "POST /identity/pairing",
    "POST /installations/{installation}/removals",
    "POST /installations/{installation}/revoke",
    "POST /invitations",
    "POST /leases/{name}",
    "POST /me/console-link",
    "POST /me/pairing-code",
    "POST /me/proposals",
    "POST /me/proposals/{proposal}/withdraw",
    "POST /media",
    "POST /member-imports",
    "POST /member-imports/{import}/confirm",
    "POST /members",
    "POST /members/import",
    "POST /members/{member}/console-link",
    "POST /members/{member}/erase",
    "POST /members/{member}/leave",
    "POST /members/{member}/pairing-code",
    "POST /members/{member}/return",
    "POST /post-drafts",
    "POST /post-imports",
    "POST /post-imports/{import}/confirm",
    "POST /post-preview",
    "POST /post-steps",
    "POST /posts",
    "POST /posts/{post}/approve",
    "POST /posts/{post}/archive",
    "POST /posts/{post}/broadcast/pause",
    "POST /posts/{post}/broadcast/resend",
    "POST /posts/{post}/broadcast/resume",
    "POST /posts/{post}/broadcast/retry",
    "POST /posts/{post}/broadcast/stop",
    "POST /posts/{post}/notes",
    "POST /posts/{post}/publish",
    "POST /posts/{post}/recall",
    "POST /posts/{post}/reject",
    "POST /posts/{post}/submit",
    "POST /posts/{post}/test",
    "POST /posts/{post}/unarchive",
    "POST /posts/{post}/versions/{version}/restore",
    "POST /posts/{post}/withdraw",
    "POST /proposals/{proposal}/accept",
    "POST /proposals/{proposal}/decline",
    "POST /proposals/{proposal}/reopen",
    "POST /teams",
    "POST /tokens",
    "POST /topics",
    "POST /topics/{topic}/merge",
    "POST /unfurl",
    "PUT /campaigns/{campaign}",
    "PUT /channels/{channel}/topics",
    "PUT /content-rules",
    "PUT /deliveries/{delivery}/outcome",
    "PUT /identity",
    "PUT /me/password",
    "PUT /me/posts/{post}/dismissal",
    "PUT /me/posts/{post}/share",
    "PUT /members/{member}/roles",
    "PUT /members/{member}/team",
    "PUT /posts/{post}",
    "PUT /posts/{post}/autosave",
    "PUT /posts/{post}/schedule",
    "PUT /rates",
    "PUT /retention",
    "PUT /setup",
    "PUT /teams/{team}/parent",
    "PUT /views",
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
    File(Vec<u8>),
}

impl Asked {
    pub(super) fn request(&self) -> RequestBuilder {
        let request = self.session.request(self.method.clone(), &self.path);
        match &self.body {
            Body::Json(value) => request.json(value),
            Body::File(bytes) => request
                .header("content-type", "application/octet-stream")
                .body(bytes.clone()),
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
            "views" | "post-steps" | "audience-size" | "content-rules" | "media" | "rates"
            | "retention" | "settings" | "post-drafts" | "post-preview" | "unfurl" => {
                self.of_library(operation, path).await
            }
            "member-imports" | "post-imports" => self.of_files(operation, path).await,
            "feeds" | "feed-preview" | "tokens" => self.of_feeds_and_tokens(operation, path).await,
            "proposals" => self.of_proposals(operation, path).await,
            "me" if path.contains("/proposals") => self.of_proposals(operation, path).await,
            "me" => self.of_oneself(operation, path).await,
            "members" | "identity" | "setup" => self.of_people(operation, path).await,
            "campaigns" | "topics" | "teams" | "invitations" => {
                self.of_plans(operation, path).await
            }
            "channels" | "connections" => self.of_chats(operation, path).await,
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
            "POST /posts/{post}/broadcast/pause" | "POST /posts/{post}/broadcast/stop" => {
                let live = self.t.published_post(&self.owner.organization, "Live");
                (live.await, self.owner(json!(null)))
            }
            "POST /posts/{post}/broadcast/resume" => {
                let live = self.t.published_post(&self.owner.organization, "Held");
                let live = live.await;
                let held = broadcasts::pause(app, &self.owner, live.id).await;
                held.unwrap();
                (live, self.owner(json!(null)))
            }
            "POST /posts/{post}/broadcast/retry" => {
                let refused = Outcome::Failed("not_in_channel".to_owned());
                (self.settled(refused).await, self.owner(json!(null)))
            }
            "POST /posts/{post}/broadcast/resend" => {
                let unknown = Outcome::Uncertain("history_unreadable".to_owned());
                (self.settled(unknown).await, self.owner(json!({"count": 1})))
            }
            "POST /posts/{post}/withdraw" => {
                let live = self.t.published_post(&self.owner.organization, "Live");
                let live = live.await;
                self.t.deliver().await;
                (live, self.owner(json!({})))
            }
            _ => return self.of_drafts(operation, path).await,
        };
        (path.replace("{post}", &post.id.to_string()), asked)
    }

    /// A live post whose one card on Slack came to this.
    async fn settled(&self, outcome: Outcome) -> entity::post::Model {
        let live = self.t.published_post(&self.owner.organization, "Live");
        let live = live.await;
        let claimed = self.t.claim().await;
        self.t.settle(&claimed[0], outcome).await;
        live
    }

    /// What is done to a draft that was saved once.
    async fn of_drafts(&self, operation: &str, path: &str) -> (String, Asked) {
        let app = &self.t.app;
        let written = posts::create_post(app, &self.owner, draft("A draft")).await;
        let post = written.unwrap().post;
        let form = json!({"title": "Other words", "url": "https://acme.example/other"});
        let at = app.now() + chrono::TimeDelta::days(1);
        let asked = match operation {
            "PUT /posts/{post}/autosave" => self.owner(form).noted(),
            "PUT /posts/{post}/schedule" => self.owner(json!({ "publish_at": at })),
            "POST /posts/{post}/archive" | "POST /posts/{post}/test" => self.owner(json!(null)),
            "POST /posts/{post}/unarchive" => {
                let put_away = posts::archive_post(app, &self.owner, post.id).await;
                put_away.unwrap();
                self.owner(json!(null))
            }
            "POST /posts/{post}/recall" => {
                let submitted = posts::submit_post(app, &self.owner, post.id).await;
                submitted.unwrap();
                self.owner(json!(null))
            }
            "POST /posts/{post}/notes" => self.owner(json!({"text": "Why now?"})).anew(),
            "POST /posts/{post}/versions/{version}/restore" => {
                let saved = draft("Saved");
                let saved = posts::update_post(app, &self.owner, post.id, None, saved).await;
                saved.unwrap();
                self.owner(json!(null)).noted()
            }
            unlisted => panic!("{unlisted} has no example"),
        };
        let path = path.replace("{post}", &post.id.to_string());
        (path.replace("{version}", "1"), asked)
    }

    async fn of_library(&self, operation: &str, path: &str) -> (String, Asked) {
        let app = &self.t.app;
        let view = json!({"name": "Mine", "query": "state=live"});
        match operation {
            "PUT /views" => (path.to_owned(), self.owner(view)),
            "DELETE /views/{view}" => {
                let made: Value = self.as_owner.put("/views", &view).await.json();
                let id = made["id"].as_str().unwrap().to_owned();
                (path.replace("{view}", &id), self.owner(json!(null)))
            }
            "POST /media" => (
                format!("{path}?alt=A%20dot"),
                Asked {
                    body: Body::File(dot()),
                    ..self.owner(json!(null))
                },
            ),
            "POST /post-drafts" => (path.to_owned(), self.owner(json!({"title": ""})).anew()),
            "POST /post-preview" => (path.to_owned(), self.owner(json!({"title": "News"}))),
            "POST /unfurl" => {
                let page = self.feed.replace("feed.xml", "news");
                (path.to_owned(), self.owner(json!({ "url": page })))
            }
            "POST /audience-size" => (path.to_owned(), self.owner(json!({}))),
            "PUT /content-rules" => {
                let rules = json!({"blocked": ["best"], "review_hours": 24});
                (path.to_owned(), self.owner(rules).noted())
            }
            "PATCH /settings" => (path.to_owned(), self.owner(json!({"expiry_days": 20}))),
            "PUT /retention" => {
                let kinds = json!({"kinds": [{"kind": "audit_log", "days": 365}]});
                (path.to_owned(), self.owner(kinds))
            }
            "PUT /rates" => {
                let rate = json!({
                    "network": "x", "valid_from": "2026-11", "currency": "EUR", "cpc": 120
                });
                (path.to_owned(), self.owner(rate).noted())
            }
            "POST /post-steps" => {
                let written = posts::create_post(app, &self.owner, draft("A draft")).await;
                let id = written.unwrap().post.id.to_string();
                let step = json!({"post_id": id, "action": {"kind": "archive"}});
                (path.to_owned(), self.owner(json!({ "steps": [step] })))
            }
            unlisted => panic!("{unlisted} has no example"),
        }
    }

    async fn of_proposals(&self, operation: &str, path: &str) -> (String, Asked) {
        let form = json!({"url": "https://acme.example/tea", "words": "Proud of it."});
        if operation == "POST /me/proposals" {
            return (path.to_owned(), asked(&self.as_ada, form));
        }
        let made: Value = self.as_ada.post("/me/proposals", &form).await.json();
        let id = made["proposal"]["id"].as_str().unwrap();
        let asked = match operation {
            "POST /me/proposals/{proposal}/withdraw" => asked(&self.as_ada, json!(null)),
            "POST /proposals/{proposal}/accept" => self.owner(json!(null)),
            "POST /proposals/{proposal}/decline" => self.owner(json!({"note": "Not now."})),
            "POST /proposals/{proposal}/reopen" => {
                let accepted = format!("/proposals/{id}/accept");
                let told = self.as_owner.post(&accepted, &json!(null)).await;
                assert_eq!(told.status, 200, "{}", told.text());
                self.owner(json!(null))
            }
            unlisted => panic!("{unlisted} has no example"),
        };
        (path.replace("{proposal}", id), asked)
    }

    async fn of_feeds_and_tokens(&self, operation: &str, path: &str) -> (String, Asked) {
        let feed = json!({"url": self.feed, "mode": "auto_publish"});
        let token = json!({"name": "importer", "scopes": ["read_posts"], "expires_at": null});
        let made = async |path: &str, form: &Value, id: &str| {
            let made: Value = self.as_owner.post(path, form).await.json();
            made.pointer(id).unwrap().as_str().unwrap().to_owned()
        };
        match operation {
            "POST /feeds" | "POST /feed-preview" => (path.to_owned(), self.owner(feed)),
            "PATCH /feeds/{feed}" => {
                let id = made("/feeds", &feed, "/id").await;
                let asked = self.owner(json!({"paused": true})).noted();
                (path.replace("{feed}", &id), asked)
            }
            "DELETE /feeds/{feed}" | "POST /feeds/{feed}/run" => {
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

    async fn of_files(&self, operation: &str, path: &str) -> (String, Asked) {
        let file = if path.starts_with("/member-imports") {
            "email,name,team\nben@acme.example,Ben,Sales\n"
        } else {
            "title,url\nBen writes,https://acme.example/ben\n"
        };
        let upload = Asked {
            body: Body::Csv(file),
            ..self.owner(json!(null))
        };
        if operation.ends_with("-imports") {
            // Each file is one of its own.
            return (path.to_owned(), upload.anew());
        }
        let place = path.split("/{").next().unwrap().to_owned();
        let sent = Asked {
            path: place,
            ..upload
        };
        let made: Value = Answer::to(sent.request()).await.json();
        let id = made["id"].as_str().unwrap();
        (path.replace("{import}", id), self.owner(json!(null)))
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
            "POST /me/console-link" | "POST /me/pairing-code" => {
                (path.to_owned(), ada(json!(null)).anew())
            }
            "DELETE /me/identities/{identity}" => {
                let (organization, member) = (self.owner.organization.id, self.ada.member.id);
                let reader = self.t.app.store.reader();
                let all = identities::of_member(reader, organization, member).await;
                let all = all.unwrap();
                let other = all.iter().find(|one| one.platform == Platform::Discord);
                let id = other.unwrap().id.to_string();
                (path.replace("{identity}", &id), ada(json!(null)))
            }
            _ => self.of_sessions(operation, path).await,
        }
    }

    /// What is done where Ada has a password and is logged in.
    async fn of_sessions(&self, operation: &str, path: &str) -> (String, Asked) {
        const PASSWORD: &str = "correct horse battery";
        let app = &self.t.app;
        let hash = credentials::hash(app, &PASSWORD.into(), &[]).await.unwrap();
        let browser = sessions::Browser {
            user_agent: FIREFOX,
            before: None,
        };
        let txn = app.store.begin().await.unwrap();
        credentials::set(&txn, app, &self.ada, hash).await.unwrap();
        let way = (sessions::Way::Password, browser);
        let begun = sessions::begin(&txn, app, self.ada.clone(), way).await;
        let id = begun.unwrap().session.id.to_string();
        txn.commit().await.unwrap();
        let ada = |body| asked(&self.as_ada, body);
        match operation {
            "DELETE /me/sessions" => (path.to_owned(), ada(json!(null))),
            "DELETE /me/sessions/{session}" => (path.replace("{session}", &id), ada(json!(null))),
            // Said again, the present password is another.
            "PUT /me/password" => {
                let form = json!({"current": PASSWORD, "password": "another sentence"});
                (path.to_owned(), ada(form).anew())
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
            _ if operation.contains("/members/{member}") => {
                return self.of_a_member(operation, &path).await;
            }
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

    /// What is done to Ada by who looks after members.
    async fn of_a_member(&self, operation: &str, path: &str) -> (String, Asked) {
        let ada = self.ada.member.id;
        let mut path = path.to_owned();
        let asked = match operation {
            "PATCH /members/{member}" => self.owner(json!({"display_name": "Ada L."})),
            "PUT /members/{member}/roles" => self.owner(json!({"roles": ["curator"]})),
            "PUT /members/{member}/team" => {
                let team = self.made("/teams", &json!({"name": "Sales"})).await;
                self.owner(json!({ "team_id": team }))
            }
            // Each takes the place of the one before; it is for who has a role.
            "POST /members/{member}/console-link" => {
                let curator = self.t.actor_in(&self.owner.organization, &[Role::Curator]);
                let curator = curator.await.member.id.to_string();
                path = path.replace(&ada.to_string(), &curator);
                self.owner(json!(null)).anew()
            }
            "POST /members/{member}/erase" => {
                self.owner(json!({"name": self.ada.member.display_name}))
            }
            "POST /members/{member}/leave" => self.owner(json!(null)),
            "POST /members/{member}/return" => {
                let left = leaving::mark_left(&self.t.app, &self.owner, ada).await;
                left.unwrap();
                self.owner(json!(null))
            }
            "DELETE /members/{member}/identities/{identity}" => {
                let reader = self.t.app.store.reader();
                let all = identities::of_member(reader, self.owner.organization.id, ada).await;
                let all = all.unwrap();
                let other = all.iter().find(|one| one.platform == Platform::Discord);
                path = path.replace("{identity}", &other.unwrap().id.to_string());
                self.owner(json!(null))
            }
            unlisted => panic!("{unlisted} has no example"),
        };
        (path, asked)
    }

    /// The id of what the owner makes.
    async fn made(&self, path: &str, form: &Value) -> String {
        let made: Value = self.as_owner.post(path, form).await.json();
        made["id"].as_str().unwrap().to_owned()
    }

    async fn of_plans(&self, operation: &str, path: &str) -> (String, Asked) {
        let named = |name: &str| json!({ "name": name });
        let place = path.split("/{").next().unwrap();
        let of = path.split(['{', '}']).nth(1);
        let path = match of {
            Some(of) => {
                let id = self.made(place, &named("Tea")).await;
                path.replace(&format!("{{{of}}}"), &id)
            }
            None => path.to_owned(),
        };
        let asked = match operation {
            "POST /campaigns"
            | "POST /topics"
            | "POST /teams"
            | "PUT /campaigns/{campaign}"
            | "PATCH /topics/{topic}"
            | "PATCH /teams/{team}" => self.owner(named("Coffee")),
            "POST /campaigns/{campaign}/end"
            | "DELETE /topics/{topic}"
            | "DELETE /teams/{team}" => self.owner(json!(null)),
            "POST /topics/{topic}/merge" => {
                let into = self.made(place, &named("Coffee")).await;
                self.owner(json!({ "into": into }))
            }
            "PUT /teams/{team}/parent" => {
                let above = self.made(place, &named("Coffee")).await;
                self.owner(json!({ "parent_id": above }))
            }
            "POST /invitations" => self.owner(json!({"people": [{"email": "ben@acme.example"}]})),
            unlisted => panic!("{unlisted} has no example"),
        };
        (path, asked)
    }

    async fn of_chats(&self, operation: &str, path: &str) -> (String, Asked) {
        let (place, of) = if operation.ends_with("/channels") {
            // Of a guild's channel Discord itself is asked.
            ((Platform::Slack, "T0ANOTHER"), ("", "C0ANOTHER"))
        } else {
            // A guild: nobody is told outside this machine that it is left.
            let place = (Platform::Discord, "81384788765799999");
            (place, ("", "81384788765788888"))
        };
        let home = self.t.installed(&self.owner.organization, place, of).await;
        let reader = self.t.app.store.reader();
        let all = channels::of_installation(reader, home.organization_id, home.id).await;
        let channel = all.unwrap().remove(0).id;
        let asked = match operation {
            "POST /channels/{channel}/resume" => {
                let rests =
                    crate::service::channels::pause_channel(&self.t.app, &self.owner, channel);
                rests.await.unwrap();
                self.owner(json!(null))
            }
            "PUT /channels/{channel}/topics" => {
                let topic = self.made("/topics", &json!({ "name": "Tea" })).await;
                self.owner(json!({ "topics": [topic] }))
            }
            "POST /connections/{installation}/channels" => {
                self.owner(json!({ "place": "C0TEAROOM", "name": "tea" }))
            }
            "POST /channels/{channel}/pause"
            | "POST /channels/{channel}/test"
            | "POST /connections/{installation}/disconnect" => self.owner(json!(null)),
            unlisted => panic!("{unlisted} has no example"),
        };
        let path = path.replace("{installation}", &home.id.to_string());
        (path.replace("{channel}", &channel.to_string()), asked)
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
            "POST /installations/{installation}/removals" => {
                let id = self.slack.id.to_string();
                let gone = json!({"user": "U0ADA"});
                (path.replace("{installation}", &id), slack(gone))
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

/// A picture.
fn dot() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let dot = image::RgbImage::new(1, 1);
    dot.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A feed of one item, and a page; where it is.
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
    let page = get(async || ([("content-type", "text/html")], "<title>News</title>"));
    let site = Router::new()
        .route("/feed.xml", answer)
        .route("/news", page);
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
