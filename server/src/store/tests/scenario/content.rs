//! Campaigns, feeds, posts and their wordings.

use super::{ask, change, pages};
use crate::store::tests::sample::people::*;
use crate::store::tests::sample::rows::*;
use crate::store::tests::sample::traffic::a_dismissal;
use crate::store::tests::watch::Watch;

pub async fn play(watch: &Watch) {
    campaigns_and_feeds(watch).await;
    posts(watch).await;
    reviews(watch).await;
    dismissals(watch).await;
}

async fn reviews(watch: &Watch) {
    for not_by in [None, Some(member(1))] {
        ask!(watch, reviews::waiting(tenant(1), not_by, 100));
        ask!(watch, reviews::count(tenant(1), not_by));
    }
    ask!(watch, reviews::handed_in_before(tenant(1), now(), 100));
}

async fn campaigns_and_feeds(watch: &Watch) {
    change!(watch, campaigns::insert_unless_there(a_campaign(9_000)));
    ask!(watch, campaigns::find_by_slug(tenant(1), "campaign-1"));
    ask!(watch, campaigns::list(tenant(1), 100));
    change!(watch, campaigns::find_to_change(tenant(1), campaign(1)));
    let some = [post(1), post(19)];
    ask!(watch, posts::narrow::among(tenant(1), &some));
    for of in [None, Some(campaign(1))] {
        ask!(watch, posts::narrow::count(tenant(1), of));
    }
    let some = [campaign(1), campaign(19)];
    ask!(watch, posts::narrow::count_of_campaigns(tenant(1), &some));
    ask!(watch, posts::narrow::others_of_campaigns(tenant(1), &some));
    let states = [
        entity::enums::PostState::Draft,
        entity::enums::PostState::Live,
    ];
    ask!(watch, posts::with_audience(tenant(1), &states));
    change!(watch, campaigns::insert(a_campaign(9_001)));
    change!(watch, campaigns::update(a_campaign(1)));
    ask!(
        watch,
        campaigns::count_posts(tenant(1), &[campaign(1), campaign(19)])
    );
    ask!(
        watch,
        campaigns::find_many(tenant(1), &[campaign(1), campaign(19)])
    );
    change!(watch, feeds::insert(a_feed(9_000)));
    change!(watch, feeds::update(a_feed(1)));
    ask!(watch, feeds::find(tenant(1), feed(1)));
    change!(watch, feeds::find_to_change(tenant(1), feed(1)));
    ask!(
        watch,
        feeds::find_by_url(tenant(1), "https://news.acme.example/1.xml")
    );
    for page in pages(feed(20).0) {
        ask!(watch, feeds::list(tenant(1), page));
    }
    change!(watch, feeds::delete(tenant(1), feed(1)));
    change!(
        watch,
        feeds::insert_items(&[an_item(9_000), an_item(9_001)])
    );
    let fingerprints: Vec<String> = (0..60).map(|n| format!("fingerprint {n}")).collect();
    ask!(watch, feeds::known_items(tenant(1), &fingerprints));
    for page in pages(item(20).0) {
        ask!(watch, feeds::list_items(tenant(1), feed(1), page));
    }
}

async fn posts(watch: &Watch) {
    change!(watch, posts::insert(a_post(1_000)));
    change!(watch, posts::insert_all(&[a_post(1_001), a_post(1_002)]));
    change!(watch, posts::update(a_post(1)));
    ask!(watch, posts::find(tenant(1), post(1)));
    change!(watch, posts::find_to_change(tenant(1), post(1)));
    change!(watch, posts::hold(tenant(1), &[post(1), post(19)]));
    ask!(watch, posts::find_many(tenant(1), &[post(1), post(19)]));
    ask!(watch, posts::withdrawn_since(now()));
    ask!(watch, posts::due(now(), 100));
    ask!(watch, posts::lapsed(now(), 100));
    ask!(
        watch,
        posts::by_canonical_urls(
            tenant(1),
            &["https://acme.example/1", "https://acme.example/19"]
        )
    );
    ask!(
        watch,
        posts::in_use_by_canonical_urls(
            tenant(1),
            &["https://acme.example/1", "https://acme.example/19"]
        )
    );
    ask!(watch, posts::suggested_to(tenant(1), member(1), now(), 10));
    ask!(watch, posts::shared_by(tenant(1), &[post(1), post(19)]));
    let wording = entity::variant::Model {
        id: variant(9_002),
        position: 9,
        ..a_variant(2)
    };
    change!(watch, variants::insert(&[wording]));
    let wordings = vec![a_variant(2), a_variant(3)];
    change!(watch, variants::replace(tenant(1), post(1), wordings));
    ask!(watch, variants::of_posts(tenant(1), &[post(1), post(19)]));
    change!(watch, variants::add_dealt(variant(1)));
}

async fn dismissals(watch: &Watch) {
    change!(watch, dismissals::insert_unless_there(a_dismissal(1_002)));
    let (members, posts) = ([member(1), member(19)], [post(1), post(19)]);
    ask!(watch, dismissals::of_posts_by(tenant(1), &members, &posts));
    change!(watch, dismissals::delete(tenant(1), member(1), post(1)));
    change!(watch, dismissals::delete_of_post(tenant(1), post(1)));
    ask!(watch, dismissals::count(post(1)));
}
