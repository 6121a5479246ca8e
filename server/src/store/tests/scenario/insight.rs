//! Sums and what is read of them.

use entity::enums::Measure;
use uuid::Uuid;

use super::{ask, change};
use crate::store::figure_days::Subject;
use crate::store::sharers::Posts;
use crate::store::tests::sample::insight::*;
use crate::store::tests::sample::rows::*;
use crate::store::tests::watch::Watch;

pub async fn play(watch: &Watch) {
    figures(watch).await;
    shares(watch).await;
    change!(watch, rates::put(a_rate(1)));
    ask!(watch, rates::list(tenant(1)));
    let rate = a_rate(2);
    change!(
        watch,
        rates::remove(tenant(1), rate.network, &rate.valid_from)
    );
    ask!(watch, programme::people(tenant(1)));
    ask!(watch, programme::peopled_teams(tenant(1)));
    ask!(watch, programme::open_at(tenant(1), now()));
    for after in [None, Some(post(100).0)] {
        ask!(watch, programme::published(tenant(1), (after, 20)));
    }
}

async fn figures(watch: &Watch) {
    change!(watch, figure_days::add(vec![a_figure(0), a_figure(9_001)]));
    let days = ("2026-11-01", "2026-11-30");
    for subject in [
        Subject::Whole,
        Subject::Organization,
        Subject::Post(post(1)),
        Subject::Campaign(campaign(1)),
    ] {
        ask!(watch, figure_days::by_network(tenant(1), &subject, days));
        let wanted = (days, [Measure::Click, Measure::Reach].as_slice());
        ask!(watch, figure_days::by_day(tenant(1), &subject, wanted));
    }
    ask!(
        watch,
        figure_days::of_posts(tenant(1), &[post(1), post(19)])
    );
    let posts = [post(1), post(19)];
    ask!(watch, figure_days::of_posts_by_month(tenant(1), &posts));
    let wanted = (posts.as_slice(), "2026-10-31");
    ask!(watch, figure_days::of_posts_until(tenant(1), wanted));
    ask!(watch, figure_days::did_anything_for_some(tenant(1), days));
    let of = [campaign(1), campaign(19)];
    for until in [None, Some("2026-10-31")] {
        ask!(watch, figure_days::of_campaigns(tenant(1), &of, until));
        ask!(
            watch,
            figure_days::shares_and_clicks_of_campaigns(tenant(1), &of, until)
        );
    }
    let teams: [Uuid; 2] = [team(1).0, team(19).0];
    ask!(
        watch,
        figure_days::measured_of_teams(tenant(1), "2026-10-01")
    );
    ask!(
        watch,
        figure_days::of_teams(tenant(1), &teams, "2026-10-01")
    );
    ask!(
        watch,
        figure_days::of_teams_together(tenant(1), &teams, "2026-10-01")
    );
}

async fn shares(watch: &Watch) {
    let later = now() + chrono::TimeDelta::minutes(1);
    for after in [None, Some(share(1))] {
        ask!(watch, share_sums::changed(later, after, 100));
    }
    change!(watch, share_sums::hold(&[share(1), share(19)]));
    ask!(watch, share_sums::find_many(&[share(1), share(19)]));
    change!(watch, share_sums::put(vec![a_sum(1)]));
    ask!(watch, share_sums::teams_of(&[member(1), member(19)]));
    change!(watch, share_sums::add_active(vec![an_active_one(1)]));
    ask!(watch, share_sums::active_in(tenant(1), "2026-10-01"));
    let months = ("2026-01-01", "2026-12-01");
    ask!(watch, sharers::next_month(tenant(1), months));
    for days in [("2026-10-01", "2026-10-31"), ("2026-09-28", "2026-10-04")] {
        ask!(watch, sharers::everybody(tenant(1), days));
        let months = ["2026-09-01", "2026-10-01"];
        for posts in [Posts::All, Posts::ForAll] {
            let wanted = (days, months.as_slice());
            ask!(watch, sharers::some(tenant(1), wanted, (posts, 5)));
            ask!(watch, sharers::of_posts(tenant(1), days, (posts, 5)));
        }
    }
    let posts = [post(1), post(19)];
    ask!(watch, share_sums::sharers_by_month(tenant(1), &posts));
    ask!(watch, share_sums::sharers_by_network(tenant(1), post(1)));
    ask!(watch, team_months::of_month(tenant(1), "2026-10-01"));
    let told_first = entity::team_month::Model {
        month: "1999-01-01".to_owned(),
        ..a_team_month(1)
    };
    change!(watch, team_months::insert(vec![told_first]));
    change!(watch, share_sums::note_activity(vec![an_activity(1)]));
    change!(watch, share_sums::forget_activity(member(1)));
    ask!(watch, share_sums::counting_of(member(1)));
    ask!(
        watch,
        share_sums::active_since(tenant(1), ago(30 * 24 * 60))
    );
}
