//! Topics: named once, merged without losing a post.

use std::time::{Duration, Instant};

use entity::enums::Role;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use super::*;
use crate::domain::post::Draft;
use crate::service::posts;
use crate::test_support::content::draft;
use crate::test_support::{Kind, TestApp, on_both};

async fn about(t: &TestApp, actor: &Actor, title: &str, topics: &[&str]) {
    let post = Draft {
        topics: topics.iter().map(|&name| name.to_owned()).collect(),
        ..draft(title)
    };
    posts::create_post(&t.app, actor, post).await.unwrap();
}

/// The titles of what a search finds.
async fn found(t: &TestApp, actor: &Actor, search: &str) -> Vec<String> {
    let wanted = posts::Library {
        search: Some(search.to_owned()),
        ..posts::Library::default()
    };
    let page = crate::domain::page::Paging {
        after: None,
        limit: 10,
    };
    let all = posts::list_posts(&t.app, actor, &wanted, page).await;
    let mut titles: Vec<String> = (all.unwrap().items.into_iter())
        .map(|one| one.post.title)
        .collect();
    titles.sort_unstable();
    titles
}

#[tokio::test]
async fn a_post_is_found_by_what_its_topic_is_called_now_and_is_not_changed_by_that() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        let app = &t.app;
        about(&t, &curator, "One", &["Oolong"]).await;
        about(&t, &curator, "Two", &["Espresso"]).await;
        assert_eq!(found(&t, &curator, "oolong").await, ["One"]);
        let id = async |name: &str| {
            let all = list_topics(app, &curator).await.unwrap();
            let one = all.iter().find(|one| one.topic.name == name);
            one.unwrap().topic.id
        };
        let oolong = id("Oolong").await;
        let change = Change {
            name: Some("Darjeeling".to_owned()),
        };
        update_topic(app, &curator, oolong, change).await.unwrap();
        assert!(found(&t, &curator, "oolong").await.is_empty());
        assert_eq!(found(&t, &curator, "darjeeling").await, ["One"]);
        let espresso = id("Espresso").await;
        merge_topic(app, &curator, espresso, oolong).await.unwrap();
        assert!(found(&t, &curator, "espresso").await.is_empty());
        assert_eq!(found(&t, &curator, "darjeeling").await, ["One", "Two"]);
        let all = posts::Library::default();
        let page = crate::domain::page::Paging {
            after: None,
            limit: 10,
        };
        let all = posts::list_posts(app, &curator, &all, page).await.unwrap();
        assert!(all.items.iter().all(|one| one.post.version == 1));
    })
    .await;
}

/// Names and numbers of posts.
async fn told(t: &TestApp, actor: &Actor) -> Vec<(String, i64)> {
    let all = list_topics(&t.app, actor).await.unwrap().into_iter();
    all.map(|one| (one.topic.name, one.posts)).collect()
}

#[tokio::test]
async fn topics_are_made_renamed_and_merged_without_losing_a_post() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        let app = &t.app;
        let tea = create_topic(app, &curator, " Tea ").await.unwrap().topic;
        about(&t, &curator, "One", &["tea", "Coffee"]).await;
        about(&t, &curator, "Two", &["Coffee"]).await;
        let line = |name: &str, posts| (name.to_owned(), posts);
        assert_eq!(
            told(&t, &curator).await,
            [line("Coffee", 2), line("Tea", 1)]
        );

        let change = Change {
            name: Some("Green tea".to_owned()),
        };
        let green = update_topic(app, &curator, tea.id, change.clone())
            .await
            .unwrap();
        assert_eq!(green.posts, 1);
        assert_eq!(
            update_topic(app, &curator, tea.id, change).await.unwrap(),
            green
        );

        let all = list_topics(app, &curator).await.unwrap();
        let coffee = all
            .iter()
            .find(|one| one.topic.name == "Coffee")
            .unwrap()
            .topic
            .id;
        let kept = merge_topic(app, &curator, coffee, tea.id).await.unwrap();
        assert_eq!((kept.topic.id, kept.posts), (tea.id, 2));
        assert_eq!(told(&t, &curator).await, [line("Green tea", 2)]);
        let again = merge_topic(app, &curator, coffee, tea.id).await;
        assert!(matches!(again, Err(TopicError::NotFound)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn a_topic_is_renamed_and_merged_while_what_is_about_it_is_saved() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        let app = &t.app;
        let other = create_topic(app, &curator, "Other").await.unwrap().topic;
        for round in 0..6 {
            let name = format!("Tea {round}");
            let post = Draft {
                topics: vec![name.clone()],
                ..draft(&format!("Post {round}"))
            };
            let written = posts::create_post(app, &curator, post.clone()).await;
            let id = written.unwrap().post.id;
            let all = list_topics(app, &curator).await.unwrap();
            let topic = all.iter().find(|one| one.topic.name == name).unwrap();
            let topic = topic.topic.id;
            let save = posts::update_post(app, &curator, id, None, post);
            let change = Change {
                name: Some(format!("Coffee {round}")),
            };
            let (saved, changed) = if round % 2 == 0 {
                tokio::join!(save, update_topic(app, &curator, topic, change))
            } else {
                tokio::join!(save, merge_topic(app, &curator, topic, other.id))
            };
            saved.unwrap();
            changed.unwrap();
            // Whoever was last, it is found by what it is about now.
            let now = posts::show_post(app, &curator, id).await.unwrap();
            let about = now.topics.first().unwrap();
            let all = found(&t, &curator, about).await;
            assert!(all.contains(&now.post.title), "{about}: {all:?}");
        }
    })
    .await;
}

/// Looks until somebody waits for what somebody else holds.
async fn is_waited_for(t: &TestApp) {
    let waits = "SELECT count(*) FROM pg_stat_activity \
                 WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let question = Statement::from_string(DbBackend::Postgres, waits);
        let answer = t.app.store.reader().query_one_raw(question).await;
        let waiting: i64 = answer.unwrap().unwrap().try_get_by_index(0).unwrap();
        if waiting > 0 {
            return;
        }
        assert!(Instant::now() < until, "nobody waits");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn who_renames_a_topic_waits_for_its_posts_without_holding_it() {
    let t = TestApp::new(Kind::Postgres).await;
    let curator = t.actor(&[Role::Curator]).await;
    let organization = curator.organization.id;
    about(&t, &curator, "One", &["Tea"]).await;
    let all = list_topics(&t.app, &curator).await.unwrap();
    let tea = all[0].topic.id;
    let post = topics::posts_of(t.app.store.reader(), organization, tea).await;
    let post = post.unwrap()[0];
    // Somebody saves the post, and has come as far as to hold it.
    let saving = t.app.store.begin().await.unwrap();
    topics::hold_posts(&saving, organization, &[post])
        .await
        .unwrap();
    let change = Change {
        name: Some("Coffee".to_owned()),
    };
    let rename = update_topic(&t.app, &curator, tea, change);
    let save = async {
        is_waited_for(&t).await;
        // It comes to what the post is about, and finds that free.
        let row = entity::post_topic::Model {
            post_id: post,
            topic_id: tea,
            organization_id: organization,
        };
        let replaced = topics::replace(&saving, organization, post, &[row]).await;
        replaced.unwrap();
        saving.commit().await.unwrap();
    };
    let (renamed, ()) = tokio::join!(rename, save);
    assert_eq!(renamed.unwrap().topic.name, "Coffee");
    assert_eq!(found(&t, &curator, "coffee").await, ["One"]);
}

#[tokio::test]
async fn a_name_is_one_topics_and_a_topic_in_use_stays() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        let stranger = t.actor(&[Role::Owner]).await;
        let app = &t.app;
        about(&t, &curator, "One", &["Größe"]).await;
        let taken = create_topic(app, &curator, "GROSSE!").await;
        assert!(matches!(taken, Err(TopicError::NameTaken)), "{taken:?}");
        let nameless = create_topic(app, &curator, "…").await;
        assert!(
            matches!(nameless, Err(TopicError::Invalid(_))),
            "{nameless:?}"
        );
        let used = list_topics(app, &curator).await.unwrap().remove(0).topic.id;
        let kept = remove_topic(app, &curator, used).await;
        assert!(matches!(kept, Err(TopicError::InUse)), "{kept:?}");
        let foreign = remove_topic(app, &stranger, used).await;
        assert!(matches!(foreign, Err(TopicError::NotFound)), "{foreign:?}");
        let theirs = create_topic(app, &stranger, "Tea").await.unwrap();
        for into in [theirs.topic.id, used] {
            let wrong = merge_topic(app, &curator, used, into).await;
            assert!(matches!(wrong, Err(TopicError::Invalid(_))), "{wrong:?}");
        }
        let spare = create_topic(app, &curator, "Spare").await.unwrap();
        remove_topic(app, &curator, spare.topic.id).await.unwrap();
        let gone = remove_topic(app, &curator, spare.topic.id).await;
        assert!(matches!(gone, Err(TopicError::NotFound)), "{gone:?}");
    })
    .await;
}
