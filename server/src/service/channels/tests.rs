//! Channels that are added, rest, choose topics and are tried.

use std::time::Duration;

use entity::enums::{DeliveryOperation, DeliveryState, Platform, Role};
use entity::ids::TopicId;
use entity::json::Audience;
use sea_orm::EntityTrait;

use super::*;
use crate::domain::delivery::Outcome;
use crate::domain::post::Draft;
use crate::service::audiences::{measure, name_terms};
use crate::service::deliveries::refresh_card;
use crate::service::posts;
use crate::service::routing::About;
use crate::service::topics as all_topics;
use crate::test_support::content::draft;
use crate::test_support::granting::Granting;
use crate::test_support::people::GUILD;
use crate::test_support::{Kind, TestApp, on_both};

/// An organization with two channels of a workspace: `news` and `jobs`.
struct Scene {
    owner: Actor,
    news: channel::Model,
    jobs: channel::Model,
}

impl Scene {
    async fn of(t: &TestApp) -> Self {
        let owner = t.actor(&[Role::Owner]).await;
        let home = t.workspace(&owner.organization).await;
        let wanted = NewChannel {
            installation: home.id,
            place: "https://acme.slack.com/archives/C0JOBS".to_owned(),
            name: "#jobs ".to_owned(),
        };
        let jobs = add_channel(&t.app, &owner, wanted.clone()).await.unwrap();
        assert_eq!(add_channel(&t.app, &owner, wanted).await.unwrap(), jobs);
        let all = channels::active_of(t.app.store.reader(), owner.organization.id).await;
        let news = all.unwrap().into_iter().find(|one| one.name == "news");
        Self {
            owner,
            news: news.unwrap(),
            jobs,
        }
    }

    async fn topic(&self, t: &TestApp, name: &str) -> TopicId {
        let made = all_topics::create_topic(&t.app, &self.owner, name).await;
        made.unwrap().topic.id
    }

    async fn chooses(&self, t: &TestApp, channel: ChannelId, topics: &[TopicId]) -> Routes {
        let wanted = (!topics.is_empty()).then(|| topics.to_vec());
        set_topics(&t.app, &self.owner, (channel, None), wanted)
            .await
            .unwrap()
    }

    /// The places of the cards that a post about these topics gets.
    async fn cards(&self, t: &TestApp, topics: &[&str], audience: Option<Audience>) -> Vec<String> {
        let post = Draft {
            topics: topics.iter().map(|&name| name.to_owned()).collect(),
            audience: audience.clone(),
            ..draft("News")
        };
        // What is told before is what comes.
        let told = measure(&t.app, &self.owner, (audience, &post.topics)).await;
        let named = post.topics.clone();
        t.published(&self.owner.organization, post).await;
        let claimed = t.deliver_on(Platform::Slack).await;
        let places = claimed.into_iter().map(|one| one.delivery.place_ref);
        let mut places: Vec<String> = places.filter(|place| place.starts_with('C')).collect();
        places.sort();
        assert_eq!(
            told.unwrap().channels,
            i64::try_from(places.len()).unwrap(),
            "{named:?}"
        );
        places
    }
}

#[tokio::test]
async fn a_post_goes_to_the_channels_that_want_its_topics() {
    on_both(async |t: TestApp| {
        let scene = Scene::of(&t).await;
        let (tea, jobs) = (scene.topic(&t, "Tea").await, scene.topic(&t, "Jobs").await);
        let both = ["C0JOBS", "C0NEWS"];
        assert_eq!(scene.cards(&t, &[], None).await, both);
        scene.chooses(&t, scene.jobs.id, &[jobs]).await;
        assert_eq!(scene.cards(&t, &[], None).await, ["C0NEWS"]);
        assert_eq!(scene.cards(&t, &["tea"], None).await, ["C0NEWS"]);
        assert_eq!(scene.cards(&t, &["Tea", "JOBS"], None).await, both);
        let named = Audience {
            channels: Some(vec![scene.jobs.id]),
            ..Audience::default()
        };
        assert_eq!(scene.cards(&t, &["Tea"], Some(named)).await, ["C0JOBS"]);
        scene.chooses(&t, scene.news.id, &[tea]).await;
        assert_eq!(scene.cards(&t, &["Jobs"], None).await, ["C0JOBS"]);
        pause_channel(&t.app, &scene.owner, scene.jobs.id)
            .await
            .unwrap();
        assert!(scene.cards(&t, &["Jobs"], None).await.is_empty());
        resume_channel(&t.app, &scene.owner, scene.jobs.id)
            .await
            .unwrap();
        let about = ["Jobs".to_owned()];
        let told = name_terms(&t.app, &scene.owner, (None, About::Named(&about))).await;
        let told = told.unwrap().channels;
        assert_eq!(told, [("jobs".to_owned(), Platform::Slack)]);
        scene.chooses(&t, scene.jobs.id, &[]).await;
        assert_eq!(scene.cards(&t, &["Else"], None).await, ["C0JOBS"]);
    })
    .await;
}

#[tokio::test]
async fn a_removed_channel_gets_nothing_until_it_is_brought_back_as_it_was() {
    on_both(async |t: TestApp| {
        let scene = Scene::of(&t).await;
        let tea = scene.topic(&t, "Tea").await;
        scene.chooses(&t, scene.jobs.id, &[tea]).await;
        let (app, owner, id) = (&t.app, &scene.owner, scene.jobs.id);
        let both = ["C0JOBS", "C0NEWS"];
        assert_eq!(scene.cards(&t, &["Tea"], None).await, both);
        let first = remove_channel(app, owner, id).await.unwrap();
        assert_eq!(first.removed_at, Some(app.now()));
        t.clock.advance(chrono::TimeDelta::minutes(1));
        let again = remove_channel(app, owner, id).await.unwrap();
        assert_eq!(again, first, "said twice");
        assert_eq!(scene.cards(&t, &["Tea"], None).await, ["C0NEWS"]);
        restore_channel(app, owner, id).await.unwrap();
        assert_eq!(scene.cards(&t, &["Tea"], None).await, both);
        assert_eq!(scene.cards(&t, &["Else"], None).await, ["C0NEWS"]);
        let stranger = t.actor(&[Role::Owner]).await;
        let curator = t.actor_in(&owner.organization, &[Role::Curator]).await;
        for is_away in [true, false] {
            let theirs = put_away(app, &stranger, (id, is_away)).await;
            assert!(matches!(theirs, Err(ChannelError::NotFound)));
            let refused = put_away(app, &curator, (id, is_away)).await;
            assert!(matches!(refused, Err(ChannelError::Forbidden(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn what_waits_to_be_posted_in_a_removed_channel_is_not_and_what_is_there_is_taken_back() {
    on_both(async |t: TestApp| {
        let scene = Scene::of(&t).await;
        let (app, owner) = (&t.app, &scene.owner);
        let house = &owner.organization;
        let there = t.published(house, draft("Tea")).await;
        assert_eq!(t.deliver_on(Platform::Slack).await.len(), 2);
        // A chat that was away: both wait, and in one of them a change of what was not posted.
        let waits = t.published(house, draft("Coffee")).await;
        let claimed = t.claim_on(Platform::Slack).await;
        assert_eq!(claimed.len(), 2);
        let txn = app.store.begin().await.unwrap();
        refresh_card(&txn, app, house.id, waits.id).await.unwrap();
        txn.commit().await.unwrap();
        let away = Outcome::Retry("away".to_owned(), chrono::TimeDelta::seconds(1));
        for one in &claimed {
            t.settle(one, away.clone()).await;
        }
        posts::withdraw_post(app, owner, there.id, None)
            .await
            .unwrap();
        remove_channel(app, owner, scene.jobs.id).await.unwrap();
        t.clock.advance(chrono::TimeDelta::minutes(1));
        let done = t.deliver_on(Platform::Slack).await;
        let mut done: Vec<(DeliveryOperation, String)> = (done.into_iter())
            .map(|one| (one.delivery.operation, one.delivery.place_ref))
            .collect();
        done.sort_by_key(|(operation, place)| (format!("{operation:?}"), place.clone()));
        let expected = [
            (DeliveryOperation::Post, "C0NEWS"),
            (DeliveryOperation::Withdraw, "C0JOBS"),
            (DeliveryOperation::Withdraw, "C0NEWS"),
        ];
        let expected = expected.map(|(operation, place)| (operation, place.to_owned()));
        assert_eq!(done, expected);
        let open = entity::delivery::Entity::find()
            .all(app.store.reader())
            .await;
        let in_jobs = (open.unwrap().into_iter()).filter(|one| one.place_ref == "C0JOBS");
        let about = in_jobs.filter(|one| one.post_id == Some(waits.id));
        let states: Vec<DeliveryState> = about.map(|one| one.state).collect();
        assert_eq!(states, [DeliveryState::Cancelled; 2], "also the change");
    })
    .await;
}

#[tokio::test]
async fn topics_that_merge_or_go_take_their_channels_along() {
    on_both(async |t: TestApp| {
        let scene = Scene::of(&t).await;
        let (tea, coffee) = (
            scene.topic(&t, "Tea").await,
            scene.topic(&t, "Coffee").await,
        );
        let version = scene.chooses(&t, scene.jobs.id, &[tea, coffee]).await;
        let version = version.channel.version;
        scene.chooses(&t, scene.news.id, &[coffee]).await;
        all_topics::merge_topic(&t.app, &scene.owner, coffee, tea)
            .await
            .unwrap();
        for channel in [scene.jobs.id, scene.news.id] {
            let led = show_topics(&t.app, &scene.owner, channel).await.unwrap();
            let ids: Vec<TopicId> = led.topics.unwrap().iter().map(|one| one.id).collect();
            assert_eq!(ids, [tea]);
        }
        // Whoever had its form before them is told.
        let late = (scene.jobs.id, Some(version));
        let late = set_topics(&t.app, &scene.owner, late, None).await;
        assert!(matches!(late, Err(ChannelError::VersionMismatch)));
        all_topics::remove_topic(&t.app, &scene.owner, tea)
            .await
            .unwrap();
        let led = show_topics(&t.app, &scene.owner, scene.news.id).await;
        assert_eq!(led.unwrap().topics, Some(Vec::new()));
        assert!(
            scene.cards(&t, &["Else"], None).await.is_empty(),
            "no flood"
        );
    })
    .await;
}

#[tokio::test]
async fn what_a_channel_gets_is_set_by_who_may_over_what_they_saw() {
    on_both(async |t: TestApp| {
        let scene = Scene::of(&t).await;
        let tea = scene.topic(&t, "Tea").await;
        let (app, owner, id) = (&t.app, &scene.owner, scene.news.id);
        let set = async |expected, wanted| set_topics(app, owner, (id, expected), wanted).await;
        let first = set(Some(1), Some(vec![tea, tea])).await.unwrap();
        assert_eq!(first.channel.version, 2);
        assert_eq!(
            set(Some(2), Some(vec![tea])).await.unwrap(),
            first,
            "the same"
        );
        let again = set(Some(1), Some(vec![tea])).await.unwrap();
        assert_eq!(again, first, "the same, as by a double click");
        let old = set(Some(1), None).await;
        assert!(matches!(old, Err(ChannelError::VersionMismatch)));
        for wrong in [vec![], vec![TopicId(app.uuid())]] {
            let refused = set(None, Some(wrong)).await;
            assert!(matches!(refused, Err(ChannelError::Invalid(_))));
        }
        let stranger = t.actor(&[Role::Owner]).await;
        let theirs = set_topics(app, &stranger, (id, None), None).await;
        assert!(matches!(theirs, Err(ChannelError::NotFound)));
        let curator = t.actor_in(&owner.organization, &[Role::Curator]).await;
        let refused = set_topics(app, &curator, (id, None), None).await;
        assert!(matches!(refused, Err(ChannelError::Forbidden(_))));
        assert!(show_topics(app, &curator, id).await.is_ok());
        // A topic of one house leads to no channel of another.
        let other = Scene::of_other(&t, &stranger).await;
        let refused = set_topics(app, &stranger, (other, None), Some(vec![tea])).await;
        assert!(matches!(refused, Err(ChannelError::Invalid(_))));
    })
    .await;
}

impl Scene {
    async fn of_other(t: &TestApp, stranger: &Actor) -> ChannelId {
        let place = (Platform::Slack, "T0OTHER");
        let home = t.installed(&stranger.organization, place, ("xoxb-o", "C0OTHER"));
        let home = home.await;
        let all =
            channels::of_installation(t.app.store.reader(), stranger.organization.id, home.id);
        all.await.unwrap().remove(0).id
    }
}

#[tokio::test]
async fn a_test_message_says_whether_it_arrived() {
    on_both(async |t: TestApp| {
        let scene = Scene::of(&t).await;
        let (app, owner) = (&t.app, &scene.owner);
        let sent = test_channel(app, owner, scene.news.id).await.unwrap();
        let twice = test_channel(app, owner, scene.news.id).await.unwrap();
        assert_eq!(sent, twice, "one is under way");
        let now = (sent, Duration::ZERO);
        let waits = follow_test(app, owner, now).await.unwrap();
        assert_eq!(waits.state, DeliveryState::Pending);
        let claimed = t.claim().await;
        assert_eq!(claimed[0].delivery.place_ref, "C0NEWS");
        let refused = Outcome::Failed("not_in_channel".to_owned());
        t.settle(&claimed[0], refused).await;
        let failed = follow_test(app, owner, now).await.unwrap();
        assert_eq!(failed.reason.as_deref(), Some("not_in_channel"));
        let told = crate::service::connections::list_connections(app, owner).await;
        let told = told.unwrap().remove(0);
        let news = told.channels.iter().find(|one| one.row.name == "news");
        assert_eq!(
            news.unwrap().failure,
            Some(crate::domain::connection::Failure::Outside)
        );
        // A later one that arrives makes it well.
        t.clock.advance(chrono::TimeDelta::minutes(1));
        test_channel(app, owner, scene.news.id).await.unwrap();
        t.deliver().await;
        let told = crate::service::connections::list_connections(app, owner).await;
        let told = told.unwrap().remove(0);
        assert_eq!(told.arrived_at, Some(app.now()));
        assert!(told.channels.iter().all(|one| one.failure.is_none()));
        let stranger = t.actor(&[Role::Owner]).await;
        let theirs = follow_test(app, &stranger, now).await;
        assert!(matches!(theirs, Err(ChannelError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_channel_is_added_by_what_a_chat_copies() {
    on_both(async |t: TestApp| {
        let scene = Scene::of(&t).await;
        let new = |place: &str, name: &str| NewChannel {
            installation: scene.news.installation_id,
            place: place.to_owned(),
            name: name.to_owned(),
        };
        for (place, name, field) in [
            ("news", "news", "place"),
            ("C0TEA", " # ", "name"),
            ("C0TEA", "a\u{7}", "name"),
        ] {
            let refused = add_channel(&t.app, &scene.owner, new(place, name)).await;
            let Err(ChannelError::Invalid(faults)) = refused else {
                panic!("{refused:?}");
            };
            assert_eq!(faults[0].field, field);
        }
        let stranger = t.actor(&[Role::Owner]).await;
        let theirs = add_channel(&t.app, &stranger, new("C0TEA", "tea")).await;
        assert!(matches!(theirs, Err(ChannelError::NotFound)));
        crate::service::connections::disconnect(&t.app, &scene.owner, scene.news.installation_id)
            .await
            .unwrap();
        let late = add_channel(&t.app, &scene.owner, new("C0TEA", "tea")).await;
        assert!(matches!(late, Err(ChannelError::Ended)));
        let late = test_channel(&t.app, &scene.owner, scene.news.id).await;
        assert!(matches!(late, Err(ChannelError::Ended)));
    })
    .await;
}

#[tokio::test]
async fn a_guilds_channel_is_added_only_where_discord_says_that_it_is_there() {
    const PLACE: &str = "81384788765712399";
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let chat = Granting::start().await;
        let t = TestApp::configured(kind, &chat.options()).await;
        let owner = t.actor(&[Role::Owner]).await;
        let home = t.guild(&owner.organization).await;
        let wanted = NewChannel {
            installation: home.id,
            // What an address says of the guild proves nothing.
            place: format!("https://discord.com/channels/{GUILD}/{PLACE}"),
            name: "tea".to_owned(),
        };
        for elsewhere in [
            json!({"id": PLACE, "type": 0, "guild_id": "41771983423143000"}),
            json!({"id": PLACE, "type": 1}),
            json!({"code": 10_003, "message": "Unknown Channel"}),
        ] {
            chat.grants(elsewhere);
            let refused = add_channel(&t.app, &owner, wanted.clone()).await;
            let Err(ChannelError::Invalid(faults)) = refused else {
                panic!("{refused:?}");
            };
            assert_eq!(faults[0].field, "place");
            let asked = chat.asked().remove(0);
            assert_eq!(asked.what, format!("channel {PLACE}"));
            assert_eq!(asked.authorization, "Bot bot");
        }
        chat.grants(json!("away"));
        let refused = add_channel(&t.app, &owner, wanted.clone()).await;
        assert!(matches!(refused, Err(ChannelError::Away(_))), "{refused:?}");
        chat.grants(json!({"id": PLACE, "type": 0, "guild_id": GUILD}));
        let added = add_channel(&t.app, &owner, wanted).await.unwrap();
        assert_eq!(added.external_id, PLACE);
    }
}
