//! Tests of what Insight shows, and of what it keeps back.

mod recount;
mod teams;

use chrono::TimeDelta;
use entity::enums::{Measure, Network, Role};
use entity::ids::TeamId;
use entity::organization;

use super::*;
use crate::domain::health::{Alarm, Band};
use crate::domain::span::Span;
use crate::domain::worth::Money;
use crate::service::actor::Actor;
use crate::service::rates::{Rate, set_rate};
use crate::test_support::server::TestServer;
use crate::test_support::{TestApp, on_both};

fn span(name: &str) -> Span {
    Span::named(name).unwrap()
}

async fn of_all(t: &TestApp, analyst: &Actor, name: &str) -> Report {
    report(&t.app, analyst, Subject::Organization, span(name))
        .await
        .unwrap()
}

/// Readers with an address each, who click on each link.
async fn read(server: &TestServer, codes: &[String], readers: u8) {
    for code in codes {
        for reader in 0..readers {
            let path = format!("/l/{code}");
            server.browse(&format!("198.51.{reader}.7"), &path).await;
        }
    }
}

async fn fresh() -> [TestApp; 2] {
    let options = crate::test_support::traffic::BEHIND_A_PROXY;
    [
        TestApp::configured(crate::test_support::Kind::Sqlite, options).await,
        TestApp::configured(crate::test_support::Kind::Postgres, options).await,
    ]
}

#[tokio::test]
async fn a_report_tells_raw_filtered_and_counted_and_members_only_as_a_group() {
    for t in fresh().await {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        let post = t.lasting_post(house).await;
        let other = t.lasting_post(house).await;
        let people = t.people(house, None, 4).await;
        let server = t.server().await;
        let codes = t.all_share(&people, &post, Network::X).await;
        read(&server, &codes[..1], 3).await;
        read(&server, &codes[..1], 1).await;
        let path = format!("/l/{}", codes[0]);
        server.visit(reqwest::Method::HEAD, &path, &[]).await;
        t.sum_up().await;

        let few = of_all(&t, &analyst, "2026-11").await;
        assert!(!few.is_group);
        assert_eq!((few.sums.shares(), few.sums.reach()), (0, 0));
        assert!(few.course.iter().all(|point| point.shares.is_none()));
        let counted = (
            few.sums.hits(),
            few.sums.human_hits(),
            few.sums.repeats(),
            few.sums.clicks(),
            few.sums.visitor_days(),
        );
        assert_eq!(counted, (5, 4, 1, 3, 3));
        assert_eq!(few.sums.reason(entity::enums::HitReason::HeadRequest), 1);

        let fifth = t.people(house, None, 1).await;
        t.all_share(&fifth, &other, Network::Linkedin).await;
        t.sum_up().await;
        let all = of_all(&t, &analyst, "2026-11").await;
        assert!(all.is_group);
        assert_eq!(all.sums.shares(), 5);
        let networks: Vec<_> = all
            .networks
            .iter()
            .map(|(network, sums)| (*network, sums.shares(), sums.clicks()))
            .collect();
        assert_eq!(networks, [(Network::X, 4, 3), (Network::Linkedin, 1, 0)]);
        assert_eq!(all.course.len(), 30);
        let told: Vec<_> = all.course.iter().filter(|point| point.clicks > 0).collect();
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].shares, told[0].clicks), (Some(5), 3));
        assert_eq!(told[0].stretch.from.to_string(), "2026-11-16");

        // Four shared it; whose it is, five active in the whole organization hide.
        let of_post = report(&t.app, &analyst, Subject::Post(post.id), span("2026"))
            .await
            .unwrap();
        assert_eq!((of_post.sums.shares(), of_post.sums.clicks()), (4, 3));
        assert_eq!(of_post.course.len(), 12);
        assert_eq!(of_post.name.as_deref(), Some("Tea & coffee"));
        let nothing = of_all(&t, &analyst, "2026-10").await;
        assert!(nothing.sums.is_empty() && !nothing.is_group);
    }
}

#[tokio::test]
async fn a_month_in_which_few_were_active_stays_kept_back_when_more_are() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        let post = t.lasting_post(house).await;
        let few = t.people(house, None, 2).await;
        t.all_share(&few, &post, Network::X).await;
        t.clock.advance(TimeDelta::days(30));
        let many = t.people(house, None, 6).await;
        t.all_share(&many, &post, Network::X).await;
        t.sum_up().await;
        assert!(of_all(&t, &analyst, "2026-12").await.is_group);
        let november = of_all(&t, &analyst, "2026-11").await;
        assert!(!november.is_group);
        assert_eq!(november.sums.shares(), 0);
        // Over a longer span, taking December away would tell of November.
        let longer = of_all(&t, &analyst, "2026-Q4").await;
        assert!(!longer.is_group);
        assert_eq!(longer.sums.shares(), 0);
        // So it is with all that a post ever did, and with the weeks of November.
        let paging = crate::domain::page::Paging {
            after: None,
            limit: 10,
        };
        let listed = list_posts(&t.app, &analyst, paging).await.unwrap();
        assert!(!listed.items[0].is_group);
        assert_eq!(listed.items[0].sums.shares(), 0);
        let figures = crate::service::figures::of_post(&t.app, &analyst, post.id).await;
        let figures = figures.unwrap();
        assert!(figures.shares.is_empty() && figures.potential_reach.is_none());
        let health = health(&t.app, &analyst).await.unwrap();
        assert_eq!(health.active, Some(6));
        let in_november = |day: chrono::NaiveDate| day.to_string().starts_with("2026-11");
        for (week, shares) in health.weeks {
            let has_few = in_november(week.from) || in_november(week.until);
            assert_eq!(shares.is_none(), has_few, "{week:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_campaign_is_the_sum_of_its_posts() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Owner]).await;
        let house = &analyst.organization;
        let mut draft = crate::test_support::content::draft("Spring");
        draft.campaign = Some("spring".to_owned());
        let one = t.published(house, draft.clone()).await;
        draft.title = "Summer".to_owned();
        draft.url = Some("https://acme.example/summer".to_owned());
        let two = t.published(house, draft).await;
        let apart = t.live_post(house).await;
        let people = t.people(house, None, 5).await;
        for post in [&one, &two, &apart] {
            t.all_share(&people, post, Network::X).await;
        }
        t.sum_up().await;
        let campaign = one.campaign_id.unwrap();
        let report = report(
            &t.app,
            &analyst,
            Subject::Campaign(campaign),
            span("2026-11"),
        )
        .await
        .unwrap();
        assert_eq!(report.sums.shares(), 10);
        assert_eq!(of_all(&t, &analyst, "2026-11").await.sums.shares(), 15);
        assert_eq!(
            list_campaigns(&t.app, &analyst).await.unwrap()[0]
                .campaign
                .id,
            campaign
        );
    })
    .await;
}

/// A lasting post for the people of a team alone.
async fn for_team(t: &TestApp, house: &organization::Model, team: TeamId) -> entity::post::Model {
    let mut post = t.lasting_post(house).await;
    post.audience = Some(entity::json::Audience {
        teams: vec![team],
        ..entity::json::Audience::default()
    });
    t.change_post(&post, |_| {}).await;
    post
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn a_post_for_some_is_told_by_whole_months_of_five_and_counts_in_no_other_figure() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let team = t.team(house, "Night shift", None).await;
        let mut draft = crate::test_support::content::draft("Spring");
        draft.campaign = Some("spring".to_owned());
        let open = t.published(house, draft).await;
        let narrow = for_team(&t, house, team).await;
        let campaign = open.campaign_id.unwrap();
        t.change_post(&narrow, |row| row.campaign_id = Some(campaign))
            .await;
        let others = t.people(house, None, 5).await;
        let few = t.people(house, Some(team), 4).await;
        // More members of the team are active than shared this post.
        let more = t.people(house, Some(team), 3).await;
        t.all_share(&others, &open, Network::X).await;
        t.all_share(&more, &open, Network::X).await;
        t.all_share(&few, &narrow, Network::X).await;
        // The same four once more are still four.
        t.all_share(&few[1..], &narrow, Network::Linkedin).await;
        t.sum_up().await;
        let of_post = async |name: &str| {
            let subject = Subject::Post(narrow.id);
            report(&t.app, &owner, subject, span(name)).await.unwrap()
        };
        let of_the_rest = async || {
            let subject = Subject::Campaign(campaign);
            let told = report(&t.app, &owner, subject, span("2026-11")).await;
            let told = told.unwrap();
            let all = of_all(&t, &owner, "2026-11").await;
            let by_course: i64 = all.course.iter().filter_map(|point| point.shares).sum();
            assert_eq!(by_course, all.sums.shares());
            assert_eq!((all.sums.shares(), all.left_out), (8, 1));
            assert_eq!((told.sums.shares(), told.left_out), (8, 1));
        };
        let listed = async || {
            let paging = crate::domain::page::Paging {
                after: None,
                limit: 10,
            };
            let listed = list_posts(&t.app, &owner, paging).await.unwrap();
            let mut items = listed.items.into_iter();
            items.find(|one| one.post == narrow.id).unwrap()
        };
        let figures = async || {
            let told = crate::service::figures::of_post(&t.app, &owner, narrow.id).await;
            told.unwrap()
        };
        let is_untold = async |name: &str| {
            let kept = of_post(name).await;
            let is_empty = kept.sums.is_empty() && kept.networks.is_empty();
            kept.is_by_month && kept.is_kept_back && is_empty && kept.course.is_empty()
        };
        // A fifth makes no group of the month that runs: its days would be one person's.
        assert!(is_untold("2026-11").await && is_untold("2026").await);
        of_the_rest().await;
        let fifth = t.people(house, Some(team), 1).await;
        t.all_share(&fifth, &narrow, Network::X).await;
        t.sum_up().await;
        assert!(is_untold("2026-11").await && is_untold("2026").await);
        let line = listed().await;
        assert!(line.is_by_month && line.is_kept_back && line.sums.is_empty());
        assert!(figures().await.is_kept_back && figures().await.shares.is_empty());
        of_the_rest().await;

        // Once it is over, the whole month is told, and nothing of the next one.
        t.clock.advance(TimeDelta::days(20));
        let late = t.people(house, Some(team), 1).await;
        t.all_share(&late, &narrow, Network::X).await;
        t.sum_up().await;
        let november = of_post("2026-11").await;
        assert!(november.is_group && november.is_by_month && !november.is_kept_back);
        assert_eq!(november.sums.shares(), 8);
        assert!(november.course.is_empty(), "days");
        assert!(november.networks.is_empty(), "three of LinkedIn");
        assert!(november.worth.used.is_empty() && november.worth.unpriced_clicks == 0);
        assert!(is_untold("2026-12").await);
        let quarter = of_post("2026-Q4").await;
        assert_eq!((quarter.sums.shares(), quarter.course.len()), (8, 0));
        let year = of_post("2026").await;
        let months: Vec<_> = year.course.iter().map(|point| point.shares).collect();
        assert_eq!((year.sums.shares(), months), (8, vec![Some(8)]));
        let line = listed().await;
        assert!(line.is_group && !line.is_kept_back && line.sums.shares() == 8);
        let told: i64 = figures().await.shares.iter().map(|(_, count)| count).sum();
        assert_eq!(told, 8);
        of_the_rest().await;
        let weeks = health(&t.app, &owner).await.unwrap().weeks;
        let by_week: i64 = weeks.iter().filter_map(|(_, shares)| *shares).sum();
        assert_eq!(by_week, 8);

        // Who is in the team now, and who left, tells nothing.
        for person in &few {
            t.change_member(&person.member, |row| row.team_id = None)
                .await;
        }
        let gone = few[0].member.id;
        crate::service::members::leaving::mark_left(&t.app, &owner, gone)
            .await
            .unwrap();
        t.sum_up().await;
        assert_eq!(of_post("2026-11").await, november);
        of_the_rest().await;
    })
    .await;
}

#[tokio::test]
async fn a_post_for_some_is_told_by_network_where_each_has_five() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        let team = t.team(house, "Night shift", None).await;
        let narrow = for_team(&t, house, team).await;
        let people = t.people(house, Some(team), 6).await;
        t.all_share(&people, &narrow, Network::X).await;
        t.all_share(&people[1..], &narrow, Network::Linkedin).await;
        t.clock.advance(TimeDelta::days(20));
        t.sum_up().await;
        let subject = Subject::Post(narrow.id);
        let told = report(&t.app, &analyst, subject, span("2026-11")).await;
        let mut networks: Vec<_> = told
            .unwrap()
            .networks
            .iter()
            .map(|(network, sums)| (*network, sums.shares()))
            .collect();
        networks.sort_by_key(|(_, shares)| *shares);
        assert_eq!(networks, [(Network::Linkedin, 5), (Network::X, 6)]);
    })
    .await;
}

#[tokio::test]
async fn the_month_that_runs_is_told_once_five_shared_in_it_and_hides_nothing_before() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        let post = t.lasting_post(house).await;
        let people = t.people(house, None, 10).await;
        t.all_share(&people[..5], &post, Network::X).await;
        t.clock.advance(TimeDelta::days(16));
        // On 2 December, the last thirty days hold six who shared, and December one.
        t.all_share(&people[5..6], &post, Network::X).await;
        t.sum_up().await;
        let december = of_all(&t, &analyst, "2026-12").await;
        assert!(!december.is_group && december.sums.is_empty());
        assert!(december.course.iter().all(|point| point.shares.is_none()));
        assert!(of_all(&t, &analyst, "2026-11").await.is_group);
        // One who is the first of a month hides nothing of those before, and is not told either.
        let november = chrono::NaiveDate::from_ymd_opt(2026, 11, 30);
        let year = of_all(&t, &analyst, "2026").await;
        assert!(year.is_group);
        assert_eq!((year.sums.shares(), year.until), (5, november));
        let told: Vec<_> = year.course.iter().map(|point| point.shares).collect();
        assert_eq!(told[10..], [Some(5), None]);
        let figures = crate::service::figures::of_post(&t.app, &analyst, post.id).await;
        let figures = figures.unwrap();
        let told: i64 = figures.shares.iter().map(|(_, count)| count).sum();
        assert_eq!((told, figures.until), (5, november));
        let paging = crate::domain::page::Paging {
            after: None,
            limit: 10,
        };
        let listed = list_posts(&t.app, &analyst, paging).await.unwrap();
        let line = &listed.items[0];
        assert_eq!((line.sums.shares(), line.until), (5, november));
        t.all_share(&people[6..], &post, Network::X).await;
        t.sum_up().await;
        assert_eq!(of_all(&t, &analyst, "2026-12").await.sums.shares(), 5);
        let year = of_all(&t, &analyst, "2026").await;
        assert_eq!((year.sums.shares(), year.until), (10, None));
    })
    .await;
}

#[tokio::test]
async fn who_shared_only_posts_for_some_makes_no_group_of_those_who_shared_the_others() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let team = t.team(house, "Night shift", None).await;
        let mut draft = crate::test_support::content::draft("Spring");
        draft.campaign = Some("spring".to_owned());
        let open = t.published(house, draft).await;
        let narrow = for_team(&t, house, team).await;
        let people = t.people(house, Some(team), 7).await;
        t.all_share(&people, &narrow, Network::X).await;
        t.all_share(&people[..1], &open, Network::X).await;
        t.sum_up().await;
        // Seven were active, and what is told without the post for some is one person's.
        let is_told = async || {
            let all = of_all(&t, &owner, "2026-11").await;
            let campaign = Subject::Campaign(open.campaign_id.unwrap());
            let campaign = report(&t.app, &owner, campaign, span("2026-11")).await;
            let listed = compare_campaigns(&t.app, &owner).await.unwrap();
            let (now, _) = two_months(&t.app, &owner).await.unwrap();
            let told = [
                (all.is_group, all.sums.shares()),
                (
                    campaign.as_ref().unwrap().is_group,
                    campaign.unwrap().sums.shares(),
                ),
                (listed[0].is_group, listed[0].sums.shares()),
                (now.is_group, now.sums.shares()),
            ];
            assert!(told.iter().all(|one| *one == told[0]), "{told:?}");
            told[0]
        };
        assert_eq!(is_told().await, (false, 0));
        t.all_share(&people[1..4], &open, Network::X).await;
        t.sum_up().await;
        assert_eq!(is_told().await, (false, 0));
        t.all_share(&people[4..5], &open, Network::X).await;
        t.sum_up().await;
        assert_eq!(is_told().await, (true, 5));
    })
    .await;
}

#[tokio::test]
async fn content_that_moves_to_audiences_is_no_fall_of_activity() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let team = t.team(house, "Night shift", None).await;
        let people = t.people(house, Some(team), 9).await;
        for open in [8, 7, 6, 5] {
            let (all, some) = (t.lasting_post(house).await, for_team(&t, house, team).await);
            t.all_share(&people[..open], &all, Network::X).await;
            t.all_share(&people[open..], &some, Network::X).await;
            t.clock.advance(TimeDelta::days(7));
        }
        t.sum_up().await;
        let told = health(&t.app, &owner).await.unwrap();
        let last: Vec<_> = told
            .weeks
            .iter()
            .skip(4)
            .map(|(_, shares)| *shares)
            .collect();
        assert_eq!(last, [8, 7, 6, 5].map(Some));
        assert_eq!(told.left_out, 4);
        assert!(
            !told.alarms.contains(&Alarm::Falling),
            "nine shared in each week"
        );
    })
    .await;
}

#[tokio::test]
async fn letting_somebody_go_does_not_tell_whether_they_were_active() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let post = t.lasting_post(house).await;
        let people = t.people(house, None, 6).await;
        t.all_share(&people[..5], &post, Network::X).await;
        t.sum_up().await;
        let active = async || health(&t.app, &owner).await.unwrap().active;
        assert_eq!(active().await, Some(5));
        for person in [&people[0], &people[5]] {
            let id = person.member.id;
            crate::service::members::leaving::mark_left(&t.app, &owner, id)
                .await
                .unwrap();
            assert_eq!(active().await, Some(5));
        }
    })
    .await;
}

#[tokio::test]
async fn worth_is_told_by_the_rates_of_the_organization_and_never_added_up() {
    for t in fresh().await {
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let post = t.lasting_post(house).await;
        let mut people = t.people(house, None, 5).await;
        for person in &mut people {
            person.member = t
                .change_member(&person.member, |row| {
                    row.followers.0.insert(Network::X, 1_000);
                })
                .await;
        }
        let server = t.server().await;
        let codes = t.all_share(&people, &post, Network::X).await;
        read(&server, &codes[..1], 4).await;
        t.sum_up().await;
        let none = of_all(&t, &owner, "2026-11").await.worth;
        assert!(none.headline.is_empty() && none.upper_bound.is_empty());
        assert_eq!(none.unpriced_clicks, 4);
        let rate = Rate {
            network: Network::X,
            valid_from: "2026-11".to_owned(),
            currency: "EUR".to_owned(),
            cpc: Some(150),
            cpm: Some(900),
        };
        set_rate(&t.app, &owner, rate).await.unwrap();
        let worth = of_all(&t, &owner, "2026-11").await.worth;
        let euros = |minor| Money {
            currency: "EUR".to_owned(),
            minor,
        };
        assert_eq!(worth.headline, [euros(600)]);
        assert_eq!(worth.upper_bound, [euros(4_500)]);
        assert_eq!(worth.used[0].rate.valid_from, "2026-11-01");
        assert_eq!(worth.unpriced_clicks, 0);
    }
}

#[tokio::test]
async fn posts_are_listed_with_what_they_did_the_newest_first() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        let first = t.lasting_post(house).await;
        t.clock.advance(TimeDelta::minutes(5));
        let second = t.lasting_post(house).await;
        let people = t.people(house, None, 5).await;
        t.all_share(&people, &first, Network::X).await;
        t.sum_up().await;
        let page = crate::domain::page::Paging {
            after: None,
            limit: 10,
        };
        let listed = list_posts(&t.app, &analyst, page).await.unwrap();
        let listed: Vec<_> = listed
            .items
            .iter()
            .map(|post| (post.post, post.sums.shares()))
            .collect();
        assert_eq!(listed, [(second.id, 0), (first.id, 5)]);
    })
    .await;
}

#[tokio::test]
async fn the_health_of_a_programme_has_its_bands_and_alarms() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        let people = t.people(house, None, 9).await;
        t.workspace(house).await;
        t.slack_account(&people[0].member, "U0ONE").await;
        let before = health(&t.app, &analyst).await.unwrap();
        assert_eq!(
            (before.invited, before.joined, before.connected),
            (10, 10, 1)
        );
        assert_eq!(
            (before.active, before.adoption, before.band),
            (None, None, None)
        );
        assert_eq!(before.alarms, [Alarm::RunningDry(0)]);
        // Fewer and fewer share in four weeks, and still five in December.
        for count in [8, 7, 6, 5] {
            let post = t.lasting_post(house).await;
            t.all_share(&people[..count], &post, Network::X).await;
            t.clock.advance(TimeDelta::days(7));
        }
        t.sum_up().await;
        let after = health(&t.app, &analyst).await.unwrap();
        assert_eq!((after.active, after.adoption), (Some(8), Some(80)));
        assert_eq!(after.band, Some(Band::Thriving));
        let weeks: Vec<i64> = after
            .weeks
            .iter()
            .map(|(_, shares)| shares.unwrap())
            .collect();
        assert_eq!(weeks, [0, 0, 0, 0, 8, 7, 6, 5]);
        assert_eq!(after.alarms, [Alarm::Falling]);
    })
    .await;
}

#[tokio::test]
async fn reviews_that_wait_too_long_are_an_alarm() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let draft = crate::test_support::content::draft("Waiting");
        let written = crate::service::posts::create_post(&t.app, &owner, draft).await;
        let id = written.unwrap().post.id;
        crate::service::posts::submit_post(&t.app, &owner, id)
            .await
            .unwrap();
        t.clock.advance(TimeDelta::hours(71));
        let alarms = health(&t.app, &owner).await.unwrap().alarms;
        assert_eq!(alarms, [Alarm::RunningDry(0)]);
        t.clock.advance(TimeDelta::hours(2));
        let alarms = health(&t.app, &owner).await.unwrap().alarms;
        assert_eq!(alarms, [Alarm::RunningDry(0), Alarm::ReviewsWait(1, 72)]);
    })
    .await;
}

#[test]
fn the_course_of_a_span_is_told_by_shares_reach_and_clicks() {
    use crate::domain::sums::COURSE;
    assert!(COURSE.contains(&Measure::Click) && COURSE.contains(&Measure::Reach));
}
