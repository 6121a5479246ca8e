//! Shares, links, hits, clicks, points.

use std::collections::BTreeSet;

use entity::enums::{Network, PointKind, ShareState};
use entity::ids::LateHitsId;
use entity::late_hits::Model as LateHits;

use super::{ask, change};
use crate::store::scores::{BoardRef, Span};
use crate::store::tests::sample::machinery::a_cursor;
use crate::store::tests::sample::rows::*;
use crate::store::tests::sample::traffic::*;
use crate::store::tests::watch::Watch;

pub async fn play(watch: &Watch) {
    shares(watch).await;
    links(watch).await;
    hits(watch).await;
    late_hits(watch).await;
    clicks(watch).await;
    points(watch).await;
    scores(watch).await;
}

async fn shares(watch: &Watch) {
    ask!(watch, shares::parties(member(1), post(1)));
    ask!(watch, shares::person(member(1)));
    change!(watch, shares::lock_members(&[member(1), member(19)]));
    ask!(
        watch,
        shares::of(tenant(1), member(1), post(1), Network::Linkedin)
    );
    let (members, posts) = ([member(1), member(19)], [post(1), post(19)]);
    ask!(watch, shares::of_posts_by(tenant(1), &members, &posts));
    ask!(watch, shares::find_many(&[share(1), share(19)]));
    let row = entity::share::Model {
        id: share(9_000),
        network: Network::Email,
        ..a_share(1)
    };
    change!(watch, shares::insert(row));
    change!(watch, shares::update(a_share(1)));
    let states = [ShareState::Confirmed, ShareState::Proven];
    ask!(watch, shares::sums_of_member(tenant(1), member(1), &states));
}

async fn links(watch: &Watch) {
    ask!(watch, links::by_code("code2"));
    ask!(
        watch,
        links::of_owner(tenant(1), post(1), Network::Linkedin, "owner 1")
    );
    ask!(watch, links::of_share(tenant(1), share(1)));
    ask!(watch, links::find_many(&[link(1), link(19)]));
    ask!(watch, links::of_post(tenant(1), post(1)));
    change!(watch, links::insert_unless_there(a_link(1)));
    change!(watch, links::add_clicks(link(1), 3));
    ask!(watch, links::clicks_of_member(tenant(1), member(1)));
    ask!(watch, links::clicks_of_share(tenant(1), share(1)));
}

async fn hits(watch: &Watch) {
    change!(watch, hits::append(&[a_hit(9_000), a_hit(9_001)]));
    ask!(watch, hits::after(hit(HITS - 100), 50));
    ask!(watch, hits::between((hit(HITS - 100), hit(HITS - 50)), 50));
    change!(watch, hits::mark_own(&[hit(1), hit(19)]));
    ask!(watch, hits::by_class(&[link(1), link(19)], hit(HITS - 100)));
}

async fn late_hits(watch: &Watch) {
    let range = LateHits {
        id: LateHitsId(uuid::Uuid::from_u128(1)),
        first_hit: hit(HITS - 100),
        last_hit: hit(HITS - 1),
    };
    change!(watch, late_hits::insert(range.clone()));
    ask!(watch, late_hits::oldest());
    for after in [None, Some(hit(HITS - 50))] {
        ask!(watch, late_hits::hits_of(&range, after, 50));
    }
    change!(watch, late_hits::delete(&range));
    change!(watch, late_hits::note(&[hit(9_000)]));
    ask!(watch, late_hits::unsummed(hit(10), 50));
    ask!(watch, late_hits::unsummed_of(&[hit(1), hit(19)]));
    ask!(watch, late_hits::find_hits(&[hit(1), hit(19)]));
    change!(watch, late_hits::forget(&[hit(1), hit(19)]));
}

async fn clicks(watch: &Watch) {
    let visitors = BTreeSet::from([(link(1), hash(2)), (link(19), hash(4))]);
    let wanted = (&[link(1), link(19)][..], &[hash(2), hash(4)][..]);
    ask!(watch, clicks::counted(wanted, (0, 40)));
    change!(watch, clicks::insert(vec![a_click(9_000)]));
    ask!(watch, clicks::of_visitors(&visitors, (0, 40)));
    ask!(watch, clicks::cursor("count_clicks"));
    change!(watch, clicks::hold_cursor("count_clicks"));
    change!(watch, clicks::begin_cursor(a_cursor(0)));
    change!(watch, clicks::set_cursor(a_cursor(0)));
    change!(watch, clicks::add_own_visit(a_visit(1)));
    ask!(watch, clicks::own_visits(&[share(1), share(19)]));
    change!(watch, clicks::forget_own_visits(&day(800)));
}

async fn points(watch: &Watch) {
    change!(
        watch,
        point_events::append_unless_there(&[an_event(1), an_event(9_001)])
    );
    ask!(watch, point_events::by_key(tenant(1), "click:1"));
    let kind = PointKind::ClickCounted;
    ask!(
        watch,
        point_events::of_day(tenant(1), member(1), &day(2), kind)
    );
    ask!(
        watch,
        point_events::clicks_of_day(tenant(1), share(1), &day(2))
    );
    ask!(watch, point_events::of_share(tenant(1), share(1)));
}

async fn scores(watch: &Watch) {
    let board = BoardRef {
        organization: tenant(1),
        key: "all",
    };
    change!(watch, scores::add(vec![a_score(4), a_score(6)]));
    change!(watch, scores::shift_buckets(vec![a_bucket(0), a_bucket(1)]));
    ask!(watch, scores::of_member(tenant(1), member(1)));
    change!(watch, scores::set_shown(tenant(1), member(1), true));
    ask!(watch, scores::find(board, member(1)));
    ask!(watch, scores::board::seen_by(board, member(1)));
    let members = [member(1), member(2)];
    ask!(watch, scores::ranks::of_members(board, &members));
    for below in [None, Some(70)] {
        let span = Span {
            width: 16,
            above: 10,
            below,
        };
        ask!(watch, scores::members_in(board, span));
    }
}
