//! The library over HTTP: what is found, in which order, how much there is, many steps at once.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{DeliveryPreference, Language, Role};
use reqwest::Method;
use serde_json::{Value, json};
use server_api::audience::AudienceSize;
use server_api::campaign::Campaigns;
use server_api::enums::PostState;
use server_api::library::{Calendar, PostCounts, SavedView, SavedViews, StepsTaken};
use server_api::page::Page;
use server_api::post::Post;
use server_api::problem::Code;
use server_api::topic::Topics;

use crate::service::actor::Actor;
use crate::test_support::server::{Answer, Session, TestServer};
use crate::test_support::{TestApp, on_both, start};

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

impl Desk {
    async fn write(&self, form: &Value) -> Post {
        let answer = self.owner.post("/posts", form).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    async fn titles(&self, query: &str) -> Vec<String> {
        let answer = self.owner.get(&format!("/posts?{query}")).await;
        assert_eq!(answer.status, 200, "{query}: {}", answer.text());
        let page: Page<Post> = answer.json();
        page.items.into_iter().map(|post| post.title).collect()
    }

    async fn take(&self, steps: &Value) -> StepsTaken {
        let answer = self
            .owner
            .post("/post-steps", &json!({ "steps": steps }))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }
}

fn in_days(days: i64) -> String {
    let at: DateTime<Utc> = start() + TimeDelta::days(days);
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

async fn three_posts(t: &TestApp, desk: &Desk) {
    let pass = || t.clock.advance(TimeDelta::minutes(1));
    desk.write(&json!({
        "title": "Größere Büros", "url": "https://acme.example/a", "language": "de",
        "topics": ["New Work"], "campaign": "lyon", "publish_at": in_days(3),
        "variants": [{"network": "x", "text": "Kommt vorbei"}]
    }))
    .await;
    pass();
    desk.write(&json!({
        "title": "100 % tea_time", "url": "https://acme.example/b", "kind": "job",
        "publish_at": in_days(1), "summary": "A summary about kettles"
    }))
    .await;
    pass();
    let third = json!({
        "title": "Coffee", "url": "https://acme.example/c", "language": "en",
        "variants": [{"text": "Kettles, too"}]
    });
    let third = desk.write(&third).await;
    desk.owner
        .post(&format!("/posts/{}/submit", third.id), &Value::Null)
        .await;
}

#[tokio::test]
async fn posts_are_found_by_words_and_by_each_filter() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        three_posts(&t, &desk).await;
        let author = desk.actor.member.id;
        let (bureau, tea, coffee) = ("Größere Büros", "100 % tea_time", "Coffee");
        for (query, expected) in [
            (String::new(), vec![coffee, tea, bureau]),
            ("q=BURO".into(), vec![bureau]),
            ("q=gr%C3%96SSere".into(), vec![bureau]),
            ("q=kettles".into(), vec![coffee, tea]),
            ("q=kettles%20coffee".into(), vec![coffee]),
            ("q=vorbei".into(), vec![bureau]),
            ("q=new%20work".into(), vec![bureau]),
            ("q=%25".into(), vec![tea]),
            ("q=_".into(), vec![tea]),
            ("q=%5C".into(), vec![]),
            ("q=nothing".into(), vec![]),
            ("state=in_review".into(), vec![coffee]),
            ("kind=job".into(), vec![tea]),
            ("network=x".into(), vec![bureau]),
            ("network=linkedin".into(), vec![]),
            ("campaign=lyon".into(), vec![bureau]),
            ("campaign=nowhere".into(), vec![]),
            ("topic=new-work".into(), vec![bureau]),
            ("topic=NEW%20WORK".into(), vec![bureau]),
            ("topic=other".into(), vec![]),
            ("language=de".into(), vec![bureau]),
            (format!("author={author}"), vec![coffee, tea, bureau]),
            ("author=00000000-0000-7000-8000-000000000000".into(), vec![]),
            (format!("from={}", in_days(2)), vec![bureau]),
            (format!("until={}", in_days(2)), vec![coffee, tea]),
            ("q=kettles&kind=job".into(), vec![tea]),
        ] {
            assert_eq!(desk.titles(&query).await, expected, "{query}");
        }
        let wrong = desk.owner.get("/posts?sort=fastest").await;
        assert_eq!(wrong.problem().code, Code::InvalidField);
    })
    .await;
}

#[tokio::test]
async fn each_order_leads_through_all_pages_once() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        three_posts(&t, &desk).await;
        let (bureau, tea, coffee) = ("Größere Büros", "100 % tea_time", "Coffee");
        for (sort, expected) in [
            ("newest", [coffee, tea, bureau]),
            ("changed", [coffee, tea, bureau]),
            ("time", [bureau, tea, coffee]),
            ("title", [tea, coffee, bureau]),
            ("waiting", [bureau, tea, coffee]),
        ] {
            let mut titles = Vec::new();
            let mut path = format!("/posts?limit=1&sort={sort}");
            loop {
                let page: Page<Post> = desk.owner.get(&path).await.json();
                titles.extend(page.items.into_iter().map(|post| post.title));
                let Some(next) = page.next else { break };
                path = format!("/posts?limit=1&sort={sort}&cursor={next}");
            }
            assert_eq!(titles, expected, "{sort}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_an_older_version_wrote_is_found_by_its_title() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        three_posts(&t, &desk).await;
        let old = t.published_post(&desk.actor.organization, "Old News").await;
        t.change_post(&old, |row| row.search = String::new()).await;
        assert_eq!(desk.titles("q=old").await, ["Old News"]);
    })
    .await;
}

#[tokio::test]
async fn counts_tell_each_state_and_reviews_that_wait_too_long() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        three_posts(&t, &desk).await;
        let counts = async || -> PostCounts { desk.owner.get("/post-counts").await.json() };
        let told = counts().await;
        let of = |state| {
            let found = told.by_state.iter().find(|one| one.state == state);
            found.unwrap().count
        };
        assert_eq!((of(PostState::Draft), of(PostState::InReview)), (2, 1));
        assert_eq!((told.by_state.len(), told.overdue_reviews), (8, 0));
        desk.owner
            .put("/content-rules", &json!({"review_hours": 24}))
            .await;
        t.clock.advance(TimeDelta::hours(23));
        assert_eq!(counts().await.overdue_reviews, 0);
        t.clock.advance(TimeDelta::hours(2));
        assert_eq!(counts().await.overdue_reviews, 1);
        let topics: Topics = desk.owner.get("/topics").await.json();
        assert_eq!(topics.items[0].name, "New Work");
        let form = json!({ "title": "Tea", "campaign": "spring-tea" });
        desk.owner.post("/posts", &form).await;
        let campaigns: Campaigns = desk.owner.get("/campaigns").await.json();
        let named = campaigns
            .items
            .iter()
            .map(|one| (one.slug.as_str(), one.name.as_str()));
        assert_eq!(
            named.collect::<Vec<_>>(),
            [("lyon", "Lyon"), ("spring-tea", "Spring tea")]
        );
        let stranger = t.actor(&[Role::Owner]).await;
        let stranger = desk.server.member(&t.token(&stranger).await);
        let none: Campaigns = stranger.get("/campaigns").await.json();
        assert_eq!(none.items, []);
    })
    .await;
}

#[tokio::test]
async fn the_calendar_shows_a_period_in_order() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        three_posts(&t, &desk).await;
        let path =
            |from, until| format!("/calendar?from={}&until={}", in_days(from), in_days(until));
        let calendar: Calendar = desk.owner.get(&path(0, 7)).await.json();
        let titles: Vec<&str> = calendar
            .posts
            .iter()
            .map(|post| post.title.as_str())
            .collect();
        assert_eq!(titles, ["100 % tea_time", "Größere Büros"]);
        assert!(!calendar.cut);
        let calendar: Calendar = desk.owner.get(&path(1, 3)).await.json();
        assert_eq!(calendar.posts.len(), 1, "its end is not in the period");
        for (from, until) in [(3, 3), (3, 1), (0, 101)] {
            let answer = desk.owner.get(&path(from, until)).await;
            assert_eq!(answer.problem().fields[0].field, "until");
        }
    })
    .await;
}

#[tokio::test]
async fn many_steps_are_taken_each_by_itself_and_taken_back() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        three_posts(&t, &desk).await;
        let page: Page<Post> = desk.owner.get("/posts").await.json();
        let [coffee, tea, bureau]: [Post; 3] = page.items.try_into().unwrap();
        let nothing = "00000000-0000-7000-8000-000000000000";
        let taken = desk
            .take(&json!([
                {"post_id": tea.id, "action": {"kind": "archive"}},
                {"post_id": bureau.id, "action": {"kind": "shift", "minutes": 60}},
                {"post_id": coffee.id, "action": {"kind": "set_campaign", "campaign": "beans"}},
                {"post_id": nothing, "action": {"kind": "archive"}},
                {"post_id": coffee.id, "action": {"kind": "archive"}},
                {"post_id": coffee.id, "action": {"kind": "shift", "minutes": 60}},
                {"post_id": bureau.id, "action": {"kind": "submit"}},
            ]))
            .await;
        let codes: Vec<Option<Code>> = taken.results.iter().map(|one| one.code).collect();
        let refused = [
            None,
            None,
            None,
            Some(Code::NotFound),
            Some(Code::WrongState),
            Some(Code::InvalidField),
            None,
        ];
        assert_eq!(codes, refused);
        let moved = taken.results[1].post.as_ref().unwrap();
        assert_eq!(
            moved.publish_at,
            bureau.publish_at.map(|at| at + TimeDelta::hours(1))
        );
        assert_eq!(taken.results[5].fields[0].field, "publish_at");
        assert_eq!(taken.undo.len(), 4);
        let back = desk.take(&serde_json::to_value(&taken.undo).unwrap()).await;
        assert!(
            back.results.iter().all(|one| one.code.is_none()),
            "{back:?}"
        );
        for before in [coffee, tea, bureau] {
            let after: Post = desk
                .owner
                .get(&format!("/posts/{}", before.id))
                .await
                .json();
            let told = |post: &Post| (post.state, post.publish_at, post.campaign.clone());
            assert_eq!(told(&after), told(&before), "{}", before.title);
        }
    })
    .await;
}

#[tokio::test]
async fn steps_are_bounded_and_need_what_each_of_them_needs() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let live = t.published_post(&desk.actor.organization, "Live").await;
        for steps in [
            json!([]),
            json!(vec![
                json!({"post_id": live.id, "action": {"kind": "archive"}});
                101
            ]),
        ] {
            let answer = desk
                .owner
                .post("/post-steps", &json!({ "steps": steps }))
                .await;
            assert_eq!(answer.problem().fields[0].field, "steps");
        }
        // Who may write, but not publish.
        let writer = Actor {
            permissions: vec![entity::enums::Permission::WritePosts],
            ..desk.actor.clone()
        };
        let steps = vec![(live.id, crate::service::posts::Action::Withdraw)];
        let done = crate::service::posts::act_on_posts(&t.app, &writer, steps)
            .await
            .unwrap();
        assert!(matches!(
            done[0].outcome,
            Err(crate::service::posts::PostError::Forbidden(_))
        ));
    })
    .await;
}

#[tokio::test]
async fn a_view_is_kept_replaced_and_forgotten_by_its_member_alone() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let save = async |who: &Session, name: &str, query: &str| {
            who.put("/views", &json!({"name": name, "query": query}))
                .await
        };
        let first: SavedView = save(&desk.owner, " Mine ", "?state=live").await.json();
        assert_eq!(
            (first.name.as_str(), first.query.as_str()),
            ("Mine", "state=live")
        );
        let again: SavedView = save(&desk.owner, "Mine", "state=draft").await.json();
        assert_eq!(again.id, first.id);
        let curator = t.actor_in(&desk.actor.organization, &[Role::Curator]).await;
        let curator = desk.server.member(&t.token(&curator).await);
        save(&curator, "Mine", "kind=job").await.json::<SavedView>();
        let own: SavedViews = desk.owner.get("/views").await.json();
        let queries: Vec<&str> = own.items.iter().map(|view| view.query.as_str()).collect();
        assert_eq!(queries, ["state=draft"]);
        let path = format!("/views/{}", first.id);
        assert_eq!(curator.delete(&path).await.status, 404);
        assert_eq!(desk.owner.delete(&path).await.status, 204);
        assert_eq!(desk.owner.delete(&path).await.status, 404);
        for (name, query, field) in [
            ("", "", "name"),
            (&*"a".repeat(61), "", "name"),
            ("a", &*"a".repeat(1_001), "query"),
        ] {
            let answer = save(&desk.owner, name, query).await;
            assert_eq!(answer.problem().fields[0].field, field);
        }
        for number in 0..50 {
            let answer = save(&desk.owner, &format!("View {number}"), "").await;
            assert_eq!(answer.status, 200);
        }
        let answer = save(&desk.owner, "One more", "").await;
        assert_eq!(answer.problem().fields[0].field, "name");
    })
    .await;
}

#[tokio::test]
async fn the_size_of_an_audience_is_told_and_of_few_not_who_wants_messages() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let organization = &desk.actor.organization;
        t.workspace(organization).await;
        t.guild(organization).await;
        for number in 0..7 {
            let member = t.member(organization, &[]).await;
            t.change_member(&member, |row| {
                row.language = Some(Language::De);
                row.delivery = if number == 0 {
                    DeliveryPreference::ChannelOnly
                } else {
                    DeliveryPreference::EachPost
                };
            })
            .await;
        }
        let size = async |audience: Value| {
            let form = json!({ "audience": audience });
            let answer = desk.owner.post("/audience-size", &form).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            let size: AudienceSize = answer.json();
            // The slower chat counts, and nothing takes no time.
            assert!(size.per_minute > 0);
            assert_eq!(size.seconds > 0, size.channels > 0, "{size:?}");
            (size.members, size.direct, size.channels)
        };
        let told = |members: i64, direct: Option<i64>, channels: i64| (members, direct, channels);
        assert_eq!(size(Value::Null).await, told(8, Some(5), 2));
        assert_eq!(
            size(json!({"languages": ["de"]})).await,
            told(7, Some(5), 2)
        );
        assert_eq!(size(json!({"roles": ["owner"]})).await, told(1, None, 2));
        assert_eq!(
            size(json!({"platforms": ["slack"]})).await,
            told(0, None, 1)
        );
        assert_eq!(size(json!({"channels": []})).await, told(8, Some(5), 0));
        let nowhere = json!({"audience": {"teams": ["00000000-0000-7000-8000-000000000000"]}});
        let request = desk
            .owner
            .request(Method::POST, "/audience-size")
            .json(&nowhere);
        let problem = Answer::to(request).await.problem();
        assert_eq!(problem.fields[0].field, "audience.teams.0");
    })
    .await;
}
