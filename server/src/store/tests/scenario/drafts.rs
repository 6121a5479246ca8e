//! The library, topics, former versions, notes, views, rules.

use chrono::TimeDelta;
use entity::enums::{Language, Network, PostKind, PostState};

use super::{ask, change, pages};
use crate::domain::library::Sort;
use crate::store::posts::library::Filter;
use crate::store::tests::sample::drafts::*;
use crate::store::tests::sample::rows::*;
use crate::store::tests::watch::Watch;

pub async fn play(watch: &Watch) {
    files(watch).await;
    library(watch).await;
    topics(watch).await;
    change!(watch, post_versions::insert_unless_there(a_version(9_000)));
    ask!(watch, post_versions::list(tenant(1), post(1), 50));
    ask!(watch, post_versions::find(tenant(1), post(1), 1));
    ask!(watch, post_versions::authors(tenant(1), post(1)));
    change!(watch, post_versions::forget_beyond(post(1), 2));
    change!(watch, review_notes::insert(a_note(9_000)));
    for page in pages(note(20).0) {
        ask!(watch, review_notes::list(tenant(1), post(1), page));
    }
    ask!(watch, saved_views::of_member(tenant(1), member(1)));
    change!(watch, saved_views::put(a_view(1)));
    change!(watch, saved_views::delete(tenant(1), member(1), view(1)));
    ask!(watch, content_rules::find(tenant(1)));
    change!(watch, content_rules::find_to_change(tenant(1)));
    change!(watch, content_rules::put(the_rules(1)));
    change!(watch, media::insert_unless_there(a_picture(9_000)));
    change!(watch, media::describe((tenant(1), picture(1)), "A pot"));
    ask!(watch, media::by_digest(tenant(1), &hash(1)));
    for page in pages(picture(20).0) {
        ask!(watch, media::list(tenant(1), page));
    }
    ask!(watch, media::space(tenant(1)));
    ask!(watch, media::content(picture(1)));
    ask!(watch, media::thumbnail(picture(1)));
}

fn filters() -> [Filter; 6] {
    let everything = Filter {
        words: vec!["tea".to_owned(), "50%".to_owned()],
        state: Some(PostState::Live),
        kind: Some(PostKind::Share),
        network: Some(Network::X),
        campaign: Some(campaign(1)),
        topic: Some(topic(1)),
        author: Some(member(1)),
        language: Some(Language::De),
        from: Some(ago(100_000)),
        until: Some(now()),
    };
    [
        Filter::default(),
        Filter {
            words: everything.words.clone(),
            ..Filter::default()
        },
        Filter {
            state: everything.state,
            ..Filter::default()
        },
        Filter {
            network: everything.network,
            topic: everything.topic,
            ..Filter::default()
        },
        Filter {
            from: everything.from,
            until: everything.until,
            ..Filter::default()
        },
        everything,
    ]
}

async fn library(watch: &Watch) {
    for filter in &filters() {
        for sort in [
            Sort::Newest,
            Sort::Changed,
            Sort::Time,
            Sort::Title,
            Sort::Waiting,
        ] {
            // Half of all posts are of the first tenant: its newest stand first among everybody's,
            // and any index will do.
            for (whose, after) in [(tenant(1), None), (tenant(0), Some(post(100)))] {
                ask!(
                    watch,
                    posts::library::list(whose, filter, sort, (after, 50))
                );
            }
        }
    }
    let begun = Filter {
        state: Some(PostState::Draft),
        author: Some(member(1)),
        ..Filter::default()
    };
    ask!(watch, posts::library::sent_back(tenant(1), &begun, 6));
    ask!(watch, posts::library::count_by_state(tenant(1)));
    ask!(watch, posts::library::waiting_since(tenant(1), now()));
    let period = (now() - TimeDelta::days(30), now());
    ask!(watch, posts::library::calendar(tenant(1), period, 500));
    ask!(
        watch,
        posts::recent_twin(tenant(1), ("https://acme.example/1", post(3)), ago(100_000))
    );
}

async fn topics(watch: &Watch) {
    change!(
        watch,
        topics::insert_unless_there(&[a_topic(1), a_topic(9_000)])
    );
    let slugs = ["topic-1".to_owned(), "topic-19".to_owned()];
    ask!(watch, topics::by_slugs(tenant(1), &slugs));
    ask!(watch, topics::list(tenant(1), 500));
    ask!(watch, topics::find(tenant(1), topic(1)));
    let both = [topic(1), topic(19)];
    change!(watch, topics::find_to_change(tenant(1), &both));
    change!(watch, topics::insert(a_topic(9_001)));
    change!(watch, topics::update(a_topic(1)));
    change!(watch, topics::delete(tenant(1), topic(1)));
    ask!(watch, topics::count_posts(tenant(1), &both));
    ask!(watch, topics::posts_of(tenant(1), topic(1)));
    let posts = [post(1), post(19)];
    change!(watch, topics::hold_posts(tenant(1), &posts));
    change!(
        watch,
        posts::set_search(tenant(1), (post(1), " tea ".to_owned()))
    );
    change!(watch, topics::move_posts(tenant(1), (topic(1), topic(19))));
    ask!(watch, topics::of_posts(tenant(1), &[post(1), post(19)]));
    ask!(watch, topics::of_post(tenant(1), post(1)));
    ask!(watch, topic_routes::of_organization(tenant(1)));
    ask!(watch, topic_routes::of_channel(tenant(1), channel(1)));
    ask!(watch, topic_routes::channels_of(tenant(1), topic(1)));
    change!(
        watch,
        topic_routes::replace(tenant(1), channel(1), &[a_route(1)])
    );
    change!(
        watch,
        topic_routes::move_topic(tenant(1), (topic(1), topic(19)))
    );
    change!(
        watch,
        topics::replace(tenant(1), post(1), &[a_post_topic(1)])
    );
}

async fn files(watch: &Watch) {
    let bytes = entity::csv_file::Model {
        import_id: import(9_000),
        ..a_file(1)
    };
    change!(watch, csv_imports::insert(an_import(9_000), bytes));
    change!(watch, csv_imports::update(an_import(1)));
    ask!(watch, csv_imports::find(tenant(1), import(1)));
    change!(watch, csv_imports::find_to_change(tenant(1), import(1)));
    for page in pages(import(20).0) {
        let kind = entity::enums::ImportKind::Members;
        ask!(watch, csv_imports::list(tenant(1), kind, page));
    }
    ask!(watch, csv_imports::count_open(tenant(1)));
    ask!(watch, csv_imports::file(tenant(1), import(1)));
    change!(watch, csv_imports::drop_file(tenant(1), import(1)));
    change!(
        watch,
        csv_imports::replace_lines(&[a_line(1), a_line(1_001)])
    );
    for outcome in [None, Some(entity::enums::LineOutcome::Refused)] {
        let which = (outcome, 2, 50);
        ask!(watch, csv_imports::lines(tenant(1), import(1), which));
    }
    change!(watch, csv_imports::delete(tenant(1), import(1)));
    change!(watch, csv_imports::forget_before(ago(900)));
}
