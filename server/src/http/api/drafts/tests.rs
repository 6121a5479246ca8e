//! Working on a post over HTTP: autosave, versions, conflicts, checks, notes, the calendar.

use chrono::TimeDelta;
use entity::enums::Role;
use reqwest::Method;
use serde_json::{Value, json};
use server_api::check::Checks;
use server_api::enums::{CheckKind, Fate, Platform, PostState, ReviewStep};
use server_api::page::Page;
use server_api::post::{Post, PostTest};
use server_api::problem::Code;
use server_api::review::ReviewNote;
use server_api::version::{ComparedVersion, PostVersions};

use crate::service::actor::Actor;
use crate::test_support::server::{Answer, Session, TestServer};
use crate::test_support::{TestApp, on_both};

struct Desk {
    server: TestServer,
    owner: Session,
    actor: Actor,
}

async fn desk(t: &TestApp) -> Desk {
    let actor = t.actor(&[Role::Owner]).await;
    let server = t.server().await;
    let owner = server.member(&t.token(&actor).await);
    Desk {
        server,
        owner,
        actor,
    }
}

fn form(title: &str) -> Value {
    json!({ "title": title, "url": "https://acme.example/news" })
}

impl Desk {
    async fn colleague(&self, t: &TestApp, roles: &[Role]) -> Session {
        let actor = t.actor_in(&self.actor.organization, roles).await;
        self.server.member(&t.token(&actor).await)
    }

    async fn draft(&self, title: &str) -> Post {
        self.owner.post("/posts", &form(title)).await.json()
    }
}

async fn put(who: &Session, path: &str, version: Option<i64>, body: &Value) -> Answer {
    let mut request = who.request(Method::PUT, path);
    if let Some(version) = version {
        request = request.header("if-match", format!("\"{version}\""));
    }
    Answer::to(request.json(body)).await
}

async fn versions(who: &Session, post: &Post) -> Vec<(i64, bool, bool)> {
    let answer = who.get(&format!("/posts/{}/versions", post.id)).await;
    let all: PostVersions = answer.json();
    let told = all.items.iter();
    told.map(|one| (one.version, one.autosaved, one.current))
        .collect()
}

#[tokio::test]
async fn a_draft_is_begun_with_what_there_is_of_it() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let begun = json!({ "title": "", "url": "https://acme.example/news" });
        let post: Post = desk.owner.post("/post-drafts", &begun).await.json();
        assert_eq!((post.title.as_str(), post.version), ("", 1));
        assert_eq!(post.state, PostState::Draft);
        // Who goes on writing leaves no version of each pause.
        let path = format!("/posts/{}/autosave", post.id);
        put(&desk.owner, &path, Some(1), &form("News")).await;
        assert_eq!(versions(&desk.owner, &post).await, [(2, true, true)]);

        for (field, wrong) in [
            ("title", json!({"title": "a".repeat(201)})),
            ("url", json!({"title": "", "url": "nonsense"})),
        ] {
            let answer = desk.owner.request(Method::POST, "/post-drafts");
            let problem = Answer::to(answer.json(&wrong)).await.problem();
            assert_eq!(problem.code, Code::InvalidField, "{field}");
            assert_eq!(problem.fields[0].field, field);
        }
        let anonymous = desk.server.anonymous();
        assert_eq!(anonymous.post("/post-drafts", &begun).await.status, 401);
        let approver = desk.colleague(&t, &[Role::Approver]).await;
        assert_eq!(approver.post("/post-drafts", &begun).await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn a_test_of_a_post_goes_to_who_asks_in_each_chat_that_knows_them() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let post = desk.draft("News").await;
        let path = format!("/posts/{}/test", post.id);
        let test = async |who: &Session| who.post(&path, &Value::Null).await;
        let nowhere: PostTest = test(&desk.owner).await.json();
        assert_eq!(nowhere.platforms, []);
        t.workspace(&desk.actor.organization).await;
        t.guild(&desk.actor.organization).await;
        t.slack_account(&desk.actor.member, "U0ME").await;
        t.discord_account(&desk.actor.member, "4711").await;
        for _ in 0..2 {
            let sent: PostTest = test(&desk.owner).await.json();
            assert_eq!(sent.platforms, [Platform::Slack, Platform::Discord]);
        }
        assert_eq!(t.deliver().await.len(), 1, "said twice, it goes once");
        // Who has left, or whose account is another's, gets none.
        t.change_member(&desk.actor.member, |member| {
            member.left_at = Some(t.app.now());
        })
        .await;
        let on_discord = t.deliver_on(entity::enums::Platform::Discord).await;
        assert_eq!(on_discord.len(), 0);
        let approver = desk.colleague(&t, &[Role::Approver]).await;
        assert_eq!(test(&approver).await.status, 403);
        assert_eq!(test(&desk.server.anonymous()).await.status, 401);
        let stranger = t.actor(&[Role::Owner]).await;
        let stranger = desk.server.member(&t.token(&stranger).await);
        assert_eq!(test(&stranger).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn what_is_unfinished_is_saved_while_somebody_writes_and_not_handed_in() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let post = desk.draft("News").await;
        let path = format!("/posts/{}/autosave", post.id);
        let unfinished = json!({
            "title": "", "kind": "job", "image_url": "https://acme.example/a.png",
            "variants": [{"network": "x", "text": "a".repeat(400)}, {"text": ""}]
        });
        let saved: Post = put(&desk.owner, &path, Some(1), &unfinished).await.json();
        assert_eq!((saved.title.as_str(), saved.version), ("", 2));
        assert_eq!(saved.variants.len(), 2);
        let refused = desk
            .owner
            .post(&format!("/posts/{}/submit", post.id), &Value::Null)
            .await;
        let problem = refused.problem();
        assert_eq!((refused.status, problem.code), (422, Code::InvalidField));
        let mut fields: Vec<_> = problem
            .fields
            .iter()
            .map(|one| one.field.as_str())
            .collect();
        fields.sort_unstable();
        let missing = [
            "image_alt",
            "title",
            "url",
            "variants.0.text",
            "variants.1.text",
        ];
        assert_eq!(fields, missing);
        for (field, wrong) in [
            ("title", json!({"title": "a".repeat(201)})),
            ("url", json!({"title": "a", "url": "javascript:alert(1)"})),
            (
                "variants.0.text",
                json!({"title": "a", "variants": [{"text": "a".repeat(10_001)}]}),
            ),
            ("topics.0", json!({"title": "a", "topics": ["…"]})),
            (
                "disclosure",
                json!({"title": "a", "disclosure": "a".repeat(201)}),
            ),
        ] {
            let answer = put(&desk.owner, &path, None, &wrong).await;
            assert_eq!(answer.problem().fields[0].field, field);
        }
        let whole = desk
            .owner
            .put(&format!("/posts/{}", post.id), &unfinished)
            .await;
        assert_eq!(whole.status, 422, "saved as finished it is refused");
    })
    .await;
}

#[tokio::test]
async fn each_sitting_leaves_one_version_and_any_of_them_comes_back() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let post = desk.draft("One").await;
        let path = format!("/posts/{}", post.id);
        let autosave = format!("{path}/autosave");
        assert_eq!(versions(&desk.owner, &post).await, [(1, false, true)]);
        for title in ["Two", "Two and", "Two and three"] {
            t.clock.advance(TimeDelta::minutes(1));
            put(&desk.owner, &autosave, None, &form(title))
                .await
                .json::<Post>();
        }
        assert_eq!(
            versions(&desk.owner, &post).await,
            [(4, true, true), (1, false, false)],
            "of one sitting only what was before it is kept"
        );
        t.clock.advance(TimeDelta::minutes(11));
        put(&desk.owner, &autosave, None, &form("Later"))
            .await
            .json::<Post>();
        assert_eq!(
            versions(&desk.owner, &post).await,
            [(5, true, true), (4, true, false), (1, false, false)]
        );
        let curator = desk.colleague(&t, &[Role::Curator]).await;
        put(&curator, &autosave, None, &form("Another hand"))
            .await
            .json::<Post>();
        assert_eq!(versions(&desk.owner, &post).await[1], (5, true, false));

        let answer = desk.owner.get(&format!("{path}/versions/1")).await;
        let one: ComparedVersion = answer.json();
        assert_eq!(one.content.title, "One");
        let title = &one.differences[0];
        assert_eq!(title.field, "title");
        let removed: Vec<&str> = (title.pieces.iter())
            .filter(|piece| piece.fate != Fate::Added)
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(removed.concat(), "One");
        assert_eq!(
            desk.owner.get(&format!("{path}/versions/3")).await.status,
            404
        );

        let restore = format!("{path}/versions/1/restore");
        let request = desk.owner.request(Method::POST, &restore);
        let stale = Answer::to(request.header("if-match", "\"5\"").json(&Value::Null)).await;
        assert_eq!(stale.status, 412);
        let restored: Post = desk.owner.post(&restore, &Value::Null).await.json();
        assert_eq!(restored.title, "One");
        assert_eq!(versions(&desk.owner, &post).await[1], (6, true, false));
    })
    .await;
}

#[tokio::test]
async fn fifty_former_versions_are_kept() {
    let t = TestApp::new(crate::test_support::Kind::Sqlite).await;
    let desk = desk(&t).await;
    let post = desk.draft("0").await;
    for number in 1..=55 {
        let path = format!("/posts/{}", post.id);
        let answer = desk.owner.put(&path, &form(&number.to_string())).await;
        assert_eq!(answer.status, 200);
    }
    let kept = versions(&desk.owner, &post).await;
    assert_eq!(kept.len(), 51, "and what it says now");
    assert_eq!(kept.last(), Some(&(6, false, false)));
}

#[tokio::test]
async fn two_editors_at_once_are_told_of_each_other() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let post = desk.draft("One").await;
        let path = format!("/posts/{}/autosave", post.id);
        let curator = desk.colleague(&t, &[Role::Curator]).await;
        t.clock.advance(TimeDelta::minutes(1));
        let first: Post = put(&desk.owner, &path, Some(1), &form("Mine")).await.json();
        let late = put(&curator, &path, Some(1), &form("Yours")).await;
        let problem = late.problem();
        assert_eq!((late.status, problem.code), (412, Code::VersionMismatch));
        let changed = problem.changed.unwrap();
        assert_eq!(
            changed.by.as_deref(),
            Some(&*desk.actor.member.display_name)
        );
        assert_eq!((changed.at, changed.version), (first.updated_at, 2));
        let kept: Post = desk.owner.get(&format!("/posts/{}", post.id)).await.json();
        assert_eq!(kept.title, "Mine");
    })
    .await;
}

#[tokio::test]
async fn checks_tell_everything_and_what_blocks_is_not_handed_in() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let twin = desk.draft("The same page").await;
        let rules = json!({
            "blocked": ["world's best"], "disclosure_required": true
        });
        assert_eq!(desk.owner.put("/content-rules", &rules).await.status, 200);
        let form = json!({
            "title": "The World’s Best tea", "url": "https://acme.example/news?utm_source=x",
        });
        let post: Post = desk.owner.post("/posts", &form).await.json();
        let answer = desk.owner.get(&format!("/posts/{}/checks", post.id)).await;
        let checks: Checks = answer.json();
        assert!(!checks.passed);
        let kinds: Vec<CheckKind> = checks.findings.iter().map(|one| one.kind).collect();
        let expected = [
            CheckKind::MissingDisclosure,
            CheckKind::BlockedWords,
            CheckKind::Duplicate,
            CheckKind::DeadLink,
        ];
        // What only says where a reader comes from does not make it another page.
        assert_eq!(kinds, expected, "{checks:?}");
        let blocked = &checks.findings[1];
        assert_eq!((blocked.offset, blocked.length), (Some(4), Some(12)));
        assert_eq!(blocked.words.as_deref(), Some("world's best"));
        let submit = format!("/posts/{}/submit", post.id);
        let refused = desk.owner.post(&submit, &Value::Null).await;
        assert_eq!(refused.status, 422);
        let approve = format!("/posts/{}/approve", post.id);
        assert_eq!(desk.owner.post(&approve, &json!({})).await.status, 422);

        let better = json!({
            "title": "Good tea", "url": "https://acme.example/news#top",
            "disclosure": "I work at Acme."
        });
        let path = format!("/posts/{}", post.id);
        desk.owner.put(&path, &better).await.json::<Post>();
        let checks: Checks = desk.owner.get(&format!("{path}/checks")).await.json();
        assert!(checks.passed, "{checks:?}");
        assert_eq!(checks.findings[0].kind, CheckKind::Duplicate);
        assert_eq!(checks.findings[0].post_id.unwrap().0, twin.id.0);
        assert_eq!(desk.owner.post(&submit, &Value::Null).await.status, 200);
        // What came to be unwanted since is not approved.
        let rules = json!({"blocked": ["tea"]});
        desk.owner.put("/content-rules", &rules).await;
        let refused = desk.owner.post(&approve, &json!({})).await;
        assert_eq!(refused.problem().fields[0].field, "title");
    })
    .await;
}

#[tokio::test]
async fn a_review_has_its_history_and_is_taken_back_by_who_writes() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let post = desk.draft("News").await;
        let path = format!("/posts/{}", post.id);
        let step = async |name: &str, body: Value| {
            t.clock.advance(TimeDelta::seconds(1));
            let answer = desk.owner.post(&format!("{path}/{name}"), &body).await;
            assert_eq!(answer.status, 200, "{name}: {}", answer.text());
            answer
        };
        let submitted: Post = step("submit", Value::Null).await.json();
        assert_eq!(submitted.submitted_at, Some(t.clock.now()));
        let recalled: Post = step("recall", Value::Null).await.json();
        assert_eq!(
            (recalled.state, recalled.submitted_at),
            (PostState::Draft, None)
        );
        step("recall", Value::Null).await;
        step("submit", Value::Null).await;
        let approver = desk.colleague(&t, &[Role::Approver]).await;
        t.clock.advance(TimeDelta::seconds(1));
        let said = approver
            .post(&format!("{path}/notes"), &json!({"text": " Why now? "}))
            .await;
        assert_eq!(said.json::<ReviewNote>().text.as_deref(), Some("Why now?"));
        step("reject", json!({"note": "Say more."})).await;
        step("approve", json!({})).await;
        let notes: Page<ReviewNote> = approver.get(&format!("{path}/notes")).await.json();
        let told: Vec<_> = (notes.items.iter())
            .map(|one| (one.step, one.text.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                (ReviewStep::Approved, None),
                (ReviewStep::Rejected, Some("Say more.")),
                (ReviewStep::Comment, Some("Why now?")),
                (ReviewStep::Submitted, None),
                (ReviewStep::Recalled, None),
                (ReviewStep::Submitted, None),
            ]
        );
        let late = desk
            .owner
            .post(&format!("{path}/recall"), &Value::Null)
            .await;
        assert_eq!(late.problem().code, Code::WrongState);
        let empty = approver
            .post(&format!("{path}/notes"), &json!({"text": " "}))
            .await;
        assert_eq!(empty.problem().fields[0].field, "text");
        // Who only reads says nothing.
        let analyst = desk.colleague(&t, &[Role::Analyst]).await;
        let said = analyst
            .post(&format!("{path}/notes"), &json!({"text": "Hi"}))
            .await;
        assert_eq!(said.status, 403);
        assert_eq!(analyst.get(&format!("{path}/notes")).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_post_is_moved_in_the_calendar_within_its_limits() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let now = t.clock.now();
        let at = |days: i64| now + TimeDelta::days(days);
        let form = json!({
            "title": "News", "url": "https://acme.example/news",
            "publish_at": at(5), "expires_at": at(20), "embargo_until": at(3)
        });
        let post: Post = desk.owner.post("/posts", &form).await.json();
        let path = format!("/posts/{}/schedule", post.id);
        for days in [0, 2, 20] {
            let body = json!({ "publish_at": at(days) });
            let answer = desk.owner.put(&path, &body).await;
            assert_eq!(answer.problem().fields[0].field, "publish_at", "{days}");
        }
        let body = json!({ "publish_at": at(6) });
        let moved: Post = put(&desk.owner, &path, Some(1), &body).await.json();
        assert_eq!((moved.publish_at, moved.version), (Some(at(6)), 2));
        let stale = put(&desk.owner, &path, Some(1), &json!({ "publish_at": at(7) })).await;
        assert_eq!(stale.status, 412);
        desk.owner
            .post(&format!("/posts/{}/approve", post.id), &json!({}))
            .await
            .json::<Post>();
        let scheduled: Post = desk
            .owner
            .put(&path, &json!({ "publish_at": at(7) }))
            .await
            .json();
        assert_eq!(scheduled.state, PostState::Scheduled);
        t.clock.set(at(7));
        crate::service::posts::publish_due_posts(&t.app)
            .await
            .unwrap();
        let late = desk.owner.put(&path, &json!({ "publish_at": at(8) })).await;
        assert_eq!(late.problem().code, Code::WrongState);
    })
    .await;
}

#[tokio::test]
async fn an_embargo_holds_a_post_back_whatever_is_asked_for() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let until = t.clock.now() + TimeDelta::days(2);
        let form = json!({
            "title": "News", "url": "https://acme.example/news", "embargo_until": until
        });
        let post: Post = desk.owner.post("/posts", &form).await.json();
        let path = format!("/posts/{}", post.id);
        let approved: Post = desk
            .owner
            .post(&format!("{path}/approve"), &json!({}))
            .await
            .json();
        assert_eq!(
            (approved.state, approved.publish_at),
            (PostState::Scheduled, Some(until))
        );
        let refused = desk
            .owner
            .post(&format!("{path}/publish"), &Value::Null)
            .await;
        assert_eq!(refused.problem().fields[0].field, "embargo_until");
        t.clock.set(until);
        crate::service::posts::publish_due_posts(&t.app)
            .await
            .unwrap();
        let live: Post = desk.owner.get(&path).await.json();
        assert_eq!(live.state, PostState::Live);
    })
    .await;
}

#[tokio::test]
async fn posts_are_put_away_and_brought_back_to_where_they_were() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let draft = desk.draft("Draft").await;
        let live = t.published_post(&desk.actor.organization, "Live").await;
        let step = async |id: uuid::Uuid, name: &str| {
            desk.owner
                .post(&format!("/posts/{id}/{name}"), &Value::Null)
                .await
        };
        let refused = step(live.id.0, "archive").await;
        assert_eq!(refused.problem().code, Code::WrongState);
        t.clock.advance(TimeDelta::days(15));
        crate::service::posts::expire_posts(&t.app).await.unwrap();
        for (id, back) in [
            (draft.id.0, PostState::Draft),
            (live.id.0, PostState::Expired),
        ] {
            let away: Post = step(id, "archive").await.json();
            assert_eq!(away.state, PostState::Archived);
            let again: Post = step(id, "archive").await.json();
            assert_eq!(again.version, away.version, "done already");
            let found: Post = step(id, "unarchive").await.json();
            assert_eq!(found.state, back);
        }
    })
    .await;
}
