//! Imports over a real socket, on both databases.

use std::path::Path;

use entity::enums::{DeliveryState, PostState, Role};
use entity::feed_item;

use super::*;
use crate::domain::page::Paging;
use crate::service::actor::Actor;
use crate::service::content_rules::{Rules, update_rules};
use crate::service::feeds::{
    FeedChange, FeedDetail, NewFeed, create_feed, list_feed_items, list_feeds, run_feed,
    update_feed,
};
use crate::service::posts::{Library, list_posts};
use crate::test_support::site::Site;
use crate::test_support::{Kind, TestApp};

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/feeds");
    std::fs::read(folder.join(name)).unwrap()
}

/// A feed of these pages, the newest first as feeds are.
fn pages(titles: &[&str]) -> Vec<u8> {
    let items: Vec<String> = titles
        .iter()
        .map(|title| {
            format!("<item><title>{title}</title><link>https://e.org/{title}</link></item>")
        })
        .collect();
    let items = items.concat();
    format!("<rss version=\"2.0\"><channel><title>Pages &amp; more</title>{items}</channel></rss>")
        .into_bytes()
}

struct Setting {
    t: TestApp,
    owner: Actor,
    site: Site,
    feed: FeedDetail,
}

impl Setting {
    async fn new(kind: Kind, document: &[u8], mode: FeedMode) -> Self {
        let site = Site::open(document).await;
        let options = format!("[fetch]\nallow = [\"{}\"]\n", site.place);
        let t = TestApp::configured(kind, &options).await;
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        let form = NewFeed {
            url: format!("http://{}/feed", site.place),
            mode: Some(mode),
            cron: None,
        };
        let feed = create_feed(&t.app, &owner, form).await.unwrap();
        Self {
            t,
            owner,
            site,
            feed,
        }
    }

    async fn run(&self) -> Run {
        run_feed(&self.t.app, &self.owner, self.feed.feed.id)
            .await
            .unwrap()
    }

    /// Of the posts in this state, in the order of the alphabet.
    async fn titles(&self, state: PostState) -> Vec<String> {
        let paging = Paging {
            after: None,
            limit: 500,
        };
        let wanted = Library {
            state: Some(state),
            ..Library::default()
        };
        let posts = list_posts(&self.t.app, &self.owner, &wanted, paging)
            .await
            .unwrap();
        let mut titles: Vec<_> = posts.items.into_iter().map(|it| it.post.title).collect();
        titles.sort_unstable();
        titles
    }

    async fn items(&self) -> Vec<feed_item::Model> {
        let paging = Paging {
            after: None,
            limit: 500,
        };
        list_feed_items(&self.t.app, &self.owner, self.feed.feed.id, paging)
            .await
            .unwrap()
            .items
    }

    async fn state(&self) -> FeedDetail {
        let paging = Paging {
            after: None,
            limit: 10,
        };
        let mut feeds = list_feeds(&self.t.app, &self.owner, paging).await.unwrap();
        feeds.items.remove(0)
    }
}

async fn on_both(document: &[u8], mode: FeedMode, test: impl AsyncFn(Setting)) {
    test(Setting::new(Kind::Sqlite, document, mode).await).await;
    test(Setting::new(Kind::Postgres, document, mode).await).await;
}

#[tokio::test]
async fn a_feed_of_200_items_imported_twice_yields_each_once() {
    let document = fixture("two-hundred-items.rss.xml");
    on_both(&document, FeedMode::Draft, async |s: Setting| {
        let first = s.run().await;
        assert_eq!((first.imported, first.known, first.refused), (200, 0, 0));
        assert!(s.run().await.not_modified);
        // A change of the document makes the source send it again.
        let changed = [document.as_slice(), b"<!-- touched -->"].concat();
        s.site.show(200, &changed);
        let second = s.run().await;
        assert_eq!((second.imported, second.known, second.refused), (0, 200, 0));
        assert_eq!(s.titles(PostState::Draft).await.len(), 200);
        let detail = s.state().await;
        assert_eq!(
            detail.feed.title.as_deref(),
            Some("Harbour & Sons: from the yard")
        );
    })
    .await;
}

#[tokio::test]
async fn where_another_run_was_first_with_an_item_the_others_arrive_all_the_same() {
    let document = pages(&["one", "two", "three"]);
    on_both(&document, FeedMode::Draft, async |s: Setting| {
        let parsed = feed_parser::parse(&document, "https://e.org/feed").unwrap();
        let batch: Vec<(Candidate, FeedMode)> = (parsed.items.iter())
            .map(|item| (candidate(item), FeedMode::Draft))
            .collect();
        let (organization, feed) = (&s.owner.organization, &s.feed.feed);
        let other = import_batch(&s.t.app, organization, feed, &batch[..1]).await;
        assert_eq!(other.unwrap().imported, 1);
        let run = import_batch(&s.t.app, organization, feed, &batch).await;
        let run = run.unwrap();
        assert_eq!((run.imported, run.known, run.refused), (2, 1, 0));
        assert_eq!(s.titles(PostState::Draft).await, ["one", "three", "two"]);
        assert_eq!(s.items().await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn an_item_that_a_feed_tells_twice_is_known_the_second_time() {
    let document = pages(&["one", "two", "one"]);
    on_both(&document, FeedMode::Draft, async |s: Setting| {
        let run = s.run().await;
        assert_eq!((run.imported, run.known, run.refused), (2, 1, 0));
        assert_eq!(s.items().await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_malformed_item_is_refused_with_its_reason_and_the_rest_arrive() {
    let document = fixture("malformed-items.rss.xml");
    on_both(&document, FeedMode::Draft, async |s: Setting| {
        let run = s.run().await;
        assert_eq!((run.imported, run.known, run.refused), (3, 0, 5));
        let reasons: Vec<String> = s
            .items()
            .await
            .into_iter()
            .filter_map(|item| item.reason)
            .collect();
        assert!(reasons.contains(&"item 2, line 8: it has no link".to_owned()));
        assert!(
            reasons
                .iter()
                .any(|reason| reason.contains("must begin with http:// or https://"))
        );
        s.site.show(200, &[document.as_slice(), b"\n"].concat());
        let again = s.run().await;
        assert_eq!((again.imported, again.known, again.refused), (0, 8, 0));
    })
    .await;
}

#[tokio::test]
async fn one_page_in_several_guises_is_one_post() {
    let document = fixture("duplicates.rss.xml");
    on_both(&document, FeedMode::Draft, async |s: Setting| {
        let run = s.run().await;
        assert_eq!((run.imported, run.known, run.refused), (2, 1, 0));
    })
    .await;
}

#[tokio::test]
async fn a_page_that_was_posted_by_hand_is_a_duplicate() {
    on_both(&pages(&["news"]), FeedMode::Draft, async |s: Setting| {
        let mut draft = crate::test_support::content::draft("By hand");
        draft.url = Some("https://E.org/news?utm_source=mail".into());
        s.t.published(&s.owner.organization, draft).await;
        assert_eq!(s.run().await.known, 1);
        let item = &s.items().await[0];
        assert_eq!(item.outcome, FeedItemOutcome::Duplicate);
        assert!(item.post_id.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_new_feed_publishes_its_newest_three_and_later_every_new_item() {
    let document = pages(&["e", "d", "c", "b", "a"]);
    on_both(&document, FeedMode::AutoPublish, async |s: Setting| {
        assert_eq!(s.run().await.imported, 5);
        assert_eq!(s.titles(PostState::Live).await, ["c", "d", "e"]);
        assert_eq!(s.titles(PostState::Draft).await, ["a", "b"]);
        assert_eq!(s.t.deliver().await.len(), 3);
        s.site.show(
            200,
            &pages(&["j", "i", "h", "g", "f", "e", "d", "c", "b", "a"]),
        );
        assert_eq!(s.run().await.imported, 5);
        assert_eq!(s.titles(PostState::Live).await.len(), 8);
        let cards = s.t.deliver().await;
        assert_eq!(cards.len(), 5);
        assert!(
            cards
                .iter()
                .all(|card| card.delivery.state == DeliveryState::Claimed)
        );
    })
    .await;
}

#[tokio::test]
async fn what_an_organization_does_not_want_is_not_published_by_itself() {
    let document = pages(&["fine", "best"]);
    on_both(&document, FeedMode::AutoPublish, async |s: Setting| {
        let rules = Rules {
            blocked: vec!["Best".to_owned()],
            ..Rules::default()
        };
        update_rules(&s.t.app, &s.owner, None, rules).await.unwrap();
        assert_eq!(s.run().await.imported, 2);
        assert_eq!(s.titles(PostState::Live).await, ["fine"]);
        assert_eq!(s.titles(PostState::InReview).await, ["best"]);
        assert_eq!(s.t.deliver().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_feed_for_review_hands_its_items_to_the_approvers() {
    on_both(&pages(&["a"]), FeedMode::Review, async |s: Setting| {
        s.run().await;
        assert_eq!(s.titles(PostState::InReview).await, ["a"]);
        assert!(s.t.claim().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_feed_is_imported_when_it_is_added_and_then_on_its_schedule() {
    on_both(&pages(&["a"]), FeedMode::Draft, async |s: Setting| {
        s.t.work().await;
        assert_eq!(s.titles(PostState::Draft).await, ["a"]);
        let next = s.state().await.next_run_at.unwrap();
        s.site.show(200, &pages(&["b", "a"]));
        s.t.clock.set(next);
        s.t.work().await;
        assert_eq!(s.titles(PostState::Draft).await, ["a", "b"]);
        let rest = FeedChange {
            paused: Some(true),
            ..FeedChange::default()
        };
        let paused = update_feed(&s.t.app, &s.owner, s.feed.feed.id, rest)
            .await
            .unwrap();
        assert_eq!(paused.next_run_at, None);
        assert_eq!(s.state().await.next_run_at, None);
    })
    .await;
}

#[tokio::test]
async fn why_a_feed_cannot_be_imported_is_noted_until_it_can() {
    on_both(b"<html></html>", FeedMode::Draft, async |s: Setting| {
        let failed = run_feed(&s.t.app, &s.owner, s.feed.feed.id).await;
        assert!(matches!(failed, Err(FeedError::NoFeed(NoFeed::Unknown))));
        assert!(s.state().await.feed.last_error.is_some());
        s.site.show(404, b"gone");
        s.t.work().await;
        let noted = s.state().await.feed.last_error;
        assert_eq!(noted.as_deref(), Some("the server answered 404"));
        s.site.show(200, &pages(&["a"]));
        assert_eq!(s.run().await.imported, 1);
        assert_eq!(s.state().await.feed.last_error, None);
    })
    .await;
}

#[tokio::test]
async fn runs_of_one_feed_exclude_each_other() {
    let document = fixture("two-hundred-items.rss.xml");
    on_both(&document, FeedMode::Draft, async |s: Setting| {
        let run = || Box::pin(run_feed(&s.t.app, &s.owner, s.feed.feed.id));
        let (one, two) = tokio::join!(run(), run());
        let busy = |run: &Result<Run, FeedError>| matches!(run, Err(FeedError::Busy));
        assert!(busy(&one) != busy(&two), "{one:?} {two:?}");
        assert_eq!(s.titles(PostState::Draft).await.len(), 200);
    })
    .await;
}
