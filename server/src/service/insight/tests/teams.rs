//! What teams are told of: by months that are over, in groups, and by network.

use super::*;

/// Teams with so many people each who share in November, told in December.
async fn in_november(
    t: &TestApp,
    house: &organization::Model,
    sizes: &[(&str, Option<TeamId>, usize)],
) -> Vec<TeamId> {
    let post = t.lasting_post(house).await;
    let mut teams = Vec::new();
    for (name, above, size) in sizes {
        let team = t.team(house, name, *above).await;
        let people = t.people(house, Some(team), *size).await;
        t.all_share(&people, &post, Network::X).await;
        teams.push(team);
    }
    teams
}

/// The teams that are told, with their shares.
async fn told(t: &TestApp, analyst: &Actor, month: &str) -> Vec<(String, i64)> {
    let report = teams(&t.app, analyst, span(month)).await.unwrap();
    let told = report.teams.into_iter();
    told.filter_map(|team| Some((team.name, team.told?.sums.shares())))
        .collect()
}

#[tokio::test]
async fn teams_of_fewer_than_five_active_members_show_nothing() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        in_november(&t, house, &[("A", None, 4), ("B", None, 5), ("C", None, 1)]).await;
        t.clock.advance(TimeDelta::days(20));
        t.sum_up().await;
        // A and C are five together, and so tell nothing of either.
        assert_eq!(told(&t, &analyst, "2026-11").await, [("B".to_owned(), 5)]);
    })
    .await;
}

#[tokio::test]
async fn no_difference_of_siblings_tells_of_a_small_team() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        let sizes = [("A", None, 2), ("B", None, 6), ("C", None, 9)];
        let teams = in_november(&t, house, &sizes).await;
        // Below C: all of it but its own nine, of whom two would be left.
        in_november(
            &t,
            house,
            &[("D", Some(teams[2]), 7), ("E", Some(teams[2]), 2)],
        )
        .await;
        t.clock.advance(TimeDelta::days(20));
        t.sum_up().await;
        // The whole organization is told, and so B is kept back with A.
        let expected = [("C".to_owned(), 18), ("D".to_owned(), 7)];
        assert_eq!(told(&t, &analyst, "2026-11").await, expected);
        assert_eq!(of_all(&t, &analyst, "2026-11").await.sums.shares(), 26);
    })
    .await;
}

#[tokio::test]
async fn no_difference_of_periods_tells_what_a_team_did_on_a_day() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        let sizes = [("A", None, 6), ("B", None, 6)];
        in_november(&t, house, &sizes).await;
        let others = t.people(house, None, 5).await;
        let post = t.lasting_post(house).await;
        t.all_share(&others, &post, Network::X).await;
        t.sum_up().await;
        // The running month, and spans that hold others, are not told.
        assert!(told(&t, &analyst, "2026-11").await.is_empty());
        t.clock.advance(TimeDelta::days(20));
        t.sum_up().await;
        let all = [("A".to_owned(), 6), ("B".to_owned(), 6)];
        assert_eq!(told(&t, &analyst, "2026-11").await, all);
        for longer in ["2026-Q4", "2026", "2026-12", "2027-01"] {
            assert!(told(&t, &analyst, longer).await.is_empty(), "{longer}");
        }
        // One of A shares in December: alone, it is not told, and November stays as it was.
        let report = teams(&t.app, &analyst, span("2026-11")).await.unwrap();
        let team = report.teams[0].team;
        let person = t.people(house, Some(team), 1).await;
        t.all_share(&person, &post, Network::X).await;
        t.clock.advance(TimeDelta::days(31));
        t.sum_up().await;
        assert!(told(&t, &analyst, "2026-12").await.is_empty());
        assert_eq!(told(&t, &analyst, "2026-11").await, all);
    })
    .await;
}

#[tokio::test]
async fn a_team_by_itself_is_told_in_each_month_as_it_is_beside_the_others() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        let made = in_november(&t, house, &[("A", None, 6), ("B", None, 7)]).await;
        let above = made[0];
        in_november(&t, house, &[("C", Some(above), 5)]).await;
        let post = t.lasting_post(house).await;
        let others = t.people(house, None, 5).await;
        t.all_share(&others, &post, Network::X).await;
        t.clock.advance(TimeDelta::days(20));
        t.sum_up().await;
        // In December three of A share, which are too few.
        let few = t.people(house, Some(above), 3).await;
        t.all_share(&few, &post, Network::Linkedin).await;
        t.clock.advance(TimeDelta::days(31));
        t.sum_up().await;
        let course = team(&t.app, &analyst, above).await.unwrap();
        assert_eq!((course.name.as_str(), course.months.len()), ("A", 12));
        let ends = [0, 11].map(|at: usize| course.months[at].month);
        assert_eq!(ends, [span("2026-01"), span("2026-12")]);
        let mut told = Vec::new();
        for one in course.months {
            let report = teams(&t.app, &analyst, one.month).await.unwrap();
            let mut beside = report.teams.into_iter();
            let beside = beside.find(|other| other.team == above).unwrap();
            assert_eq!(one.told, beside.told, "{:?}", one.month);
            told.extend(one.told.map(|told| (one.month.name(), told.sums.shares())));
        }
        assert_eq!(told, [("2026-11".to_owned(), 11)]);

        let elsewhere = t.actor(&[Role::Owner]).await;
        let theirs = t.team(&elsewhere.organization, "Theirs", None).await;
        let refused = team(&t.app, &analyst, theirs).await;
        assert!(matches!(refused, Err(InsightError::NotFound)));
    })
    .await;
}

/// A team in a month by network: its shares on those that are named, and on all others.
async fn by_network(
    t: &TestApp,
    analyst: &Actor,
    (month, team): (&str, TeamId),
) -> Option<(Vec<(Network, i64)>, i64)> {
    let report = teams(&t.app, analyst, span(month)).await.unwrap();
    let told = report.teams.into_iter().find(|one| one.team == team);
    let told = told.unwrap().told?.by_network?;
    let mut named: Vec<_> = told
        .named
        .iter()
        .map(|(network, sums)| (*network, sums.shares()))
        .collect();
    named.sort_by_key(|(_, shares)| std::cmp::Reverse(*shares));
    Some((named, told.others.map_or(0, |sums| sums.shares())))
}

#[tokio::test]
async fn a_team_is_told_by_network_where_five_of_it_shared_on_each() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        let post = t.lasting_post(house).await;
        let sales = t.team(house, "Sales", None).await;
        let people = t.people(house, Some(sales), 8).await;
        let others = t.people(house, None, 9).await;
        for all in [&people, &others] {
            t.all_share(all, &post, Network::Linkedin).await;
            t.all_share(&all[..6], &post, Network::X).await;
        }
        // On these, five of each shared together, and fewer on each.
        t.all_share(&people[..3], &post, Network::Email).await;
        t.all_share(&people[3..5], &post, Network::Reddit).await;
        t.all_share(&others[..5], &post, Network::Reddit).await;
        t.clock.advance(TimeDelta::days(20));
        t.sum_up().await;
        let named = vec![(Network::Linkedin, 8), (Network::X, 6)];
        let november = ("2026-11", sales);
        let told = by_network(&t, &analyst, november).await;
        assert_eq!(told, Some((named, 5)));

        // In December, four of the team share on the other network: then neither is told.
        let next = t.lasting_post(house).await;
        for (all, count) in [(&people, 4), (&others, 6)] {
            t.all_share(all, &next, Network::Linkedin).await;
            t.all_share(&all[..count], &next, Network::X).await;
        }
        t.clock.advance(TimeDelta::days(31));
        t.sum_up().await;
        assert_eq!(by_network(&t, &analyst, ("2026-12", sales)).await, None);
        assert_eq!(told_of(&t, &analyst, ("2026-12", sales)).await, Some(12));
        // A month that was told stays as it was.
        assert!(by_network(&t, &analyst, november).await.is_some());
    })
    .await;
}

async fn told_of(t: &TestApp, analyst: &Actor, (month, team): (&str, TeamId)) -> Option<i64> {
    let report = teams(&t.app, analyst, span(month)).await.unwrap();
    let told = report.teams.into_iter().find(|one| one.team == team);
    Some(told?.told?.sums.shares())
}

#[tokio::test]
async fn what_a_team_is_worth_is_not_told_where_it_would_tell_what_few_did_on_a_network() {
    for t in fresh().await {
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let post = t.lasting_post(house).await;
        let sales = t.team(house, "Sales", None).await;
        let people = t.people(house, Some(sales), 8).await;
        let others = t.people(house, None, 9).await;
        let server = t.server().await;
        for all in [&people, &others] {
            t.all_share(all, &post, Network::Linkedin).await;
        }
        // Only what two of them did has a price, and the amount would be its clicks.
        let codes = t.all_share(&people[..2], &post, Network::X).await;
        read(&server, &codes, 3).await;
        let rate = Rate {
            network: Network::X,
            valid_from: "2026-11".to_owned(),
            currency: "EUR".to_owned(),
            cpc: Some(100),
            cpm: None,
        };
        set_rate(&t.app, &owner, rate).await.unwrap();
        t.clock.advance(TimeDelta::days(20));
        t.sum_up().await;
        let november = ("2026-11", sales);
        assert_eq!(told_of(&t, &owner, november).await, Some(10));
        assert_eq!(by_network(&t, &owner, november).await, None);
        let course = team(&t.app, &owner, sales).await.unwrap();
        let last = course.months.last().unwrap().told.as_ref().unwrap();
        assert_eq!((last.sums.clicks(), &last.by_network), (6, &None));
        let browser = t.log_in(&owner).await;
        let page = browser.get(&format!("insight/teams/{sales}")).await.text();
        let why = "fewer than five people of the team shared on some network";
        assert!(page.contains(why), "{page}");
        assert!(!page.contains("6.00 EUR"), "{page}");
    }
}

#[tokio::test]
async fn a_month_that_was_told_stays_as_it_was_when_teams_are_moved_and_removed() {
    on_both(async |t: TestApp| {
        use crate::service::teams::{move_team, remove_team};
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let sizes = [
            ("A", None, 5),
            ("B", None, 6),
            ("C", None, 2),
            ("D", None, 4),
        ];
        let made = in_november(&t, house, &sizes).await;
        t.clock.advance(TimeDelta::days(20));
        t.sum_up().await;
        let before = told(&t, &owner, "2026-11").await;
        assert_eq!(before, [("A".to_owned(), 5), ("B".to_owned(), 6)]);
        // With C below A, A would be told with the two of C.
        move_team(&t.app, &owner, made[2], Some(made[0]))
            .await
            .unwrap();
        assert_eq!(told(&t, &owner, "2026-11").await, before);
        // Who left belongs to no team once theirs is gone.
        let db = t.app.store.reader();
        for person in crate::store::members::joined(db, house.id, (None, 100))
            .await
            .unwrap()
        {
            if person.team_id == Some(made[1]) {
                t.change_member(&person, |row| row.team_id = None).await;
            }
        }
        remove_team(&t.app, &owner, made[1]).await.unwrap();
        assert_eq!(told(&t, &owner, "2026-11").await, before[..1]);
        // A new team did nothing then.
        t.team(house, "E", None).await;
        let report = teams(&t.app, &owner, span("2026-11")).await.unwrap();
        let names: Vec<&str> = report.teams.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["A", "C", "D"]);
        assert!(report.teams.iter().all(|one| one.depth == 0));
    })
    .await;
}

#[tokio::test]
async fn who_looks_before_the_sums_are_there_does_not_decide_what_a_month_tells() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        let kept = async |month: &str| {
            let db = t.app.store.reader();
            let rows = crate::store::team_months::of_month(db, house.id, month).await;
            rows.unwrap().len()
        };
        let teams = in_november(&t, house, &[("A", None, 5)]).await;
        let post = t.lasting_post(house).await;
        let others = t.people(house, None, 5).await;
        t.all_share(&others, &post, Network::X).await;
        t.sum_up().await;
        // In the last hours of the month others share, and the month ends before that is summed.
        t.clock.advance(TimeDelta::days(14));
        let late = t.people(house, Some(teams[0]), 3).await;
        t.all_share(&late, &post, Network::X).await;
        in_november(&t, house, &[("B", None, 6)]).await;
        t.clock.advance(TimeDelta::days(1));
        assert!(told(&t, &analyst, "2026-11").await.is_empty());
        assert_eq!(kept("2026-11-01").await, 0, "it is too early to tell");
        t.sum_up().await;
        let all = [("A".to_owned(), 8), ("B".to_owned(), 6)];
        assert_eq!(told(&t, &analyst, "2026-11").await, all);
        assert_eq!(kept("2026-11-01").await, 2);

        // Months in which nothing happened, and those to come, leave nothing behind.
        for month in ["2026-10", "2011-03", "2026-12", "2027-01"] {
            assert!(told(&t, &analyst, month).await.is_empty(), "{month}");
            assert_eq!(kept(&format!("{month}-01")).await, 0, "{month}");
        }
    })
    .await;
}

#[tokio::test]
async fn that_somebody_without_a_team_did_nothing_is_not_told_by_what_is_left() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        in_november(&t, house, &[("A", None, 5), ("B", None, 6)]).await;
        t.clock.advance(TimeDelta::days(20));
        t.sum_up().await;
        // The analyst belongs to no team and shared nothing: all less A and B would say so.
        assert_eq!(told(&t, &analyst, "2026-11").await, [("B".to_owned(), 6)]);
    })
    .await;
}

#[tokio::test]
async fn all_teams_together_tell_nothing_of_a_post_for_some() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        let teams = in_november(&t, house, &[("A", None, 5), ("B", None, 6)]).await;
        // Nobody is without a team, and so A and B are all that the organization did.
        t.change_member(&analyst.member, |row| row.team_id = Some(teams[0]))
            .await;
        let narrow = for_team(&t, house, teams[1]).await;
        let one = t.people(house, Some(teams[1]), 1).await;
        t.all_share(&one, &narrow, Network::X).await;
        t.clock.advance(TimeDelta::days(20));
        t.sum_up().await;
        // A and B less the organization would be what one of B did.
        assert_eq!(told(&t, &analyst, "2026-11").await, [("B".to_owned(), 7)]);
        assert_eq!(of_all(&t, &analyst, "2026-11").await.sums.shares(), 11);
    })
    .await;
}

#[tokio::test]
async fn a_team_whose_told_post_would_leave_one_of_its_people_is_kept_back() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        let team = t.team(house, "Night shift", None).await;
        let people = t.people(house, Some(team), 5).await;
        let others = t.people(house, None, 6).await;
        // All five share what is for them, and so many of them what is for everybody, too.
        for count in [1, 5] {
            let (open, narrow) = (t.lasting_post(house).await, for_team(&t, house, team).await);
            t.all_share(&others, &open, Network::X).await;
            t.all_share(&people, &narrow, Network::X).await;
            t.all_share(&people[..count], &open, Network::X).await;
            t.clock.advance(TimeDelta::days(25));
        }
        t.sum_up().await;
        // The team's November less that of its post would be one person's.
        assert!(told(&t, &analyst, "2026-11").await.is_empty());
        let december = [("Night shift".to_owned(), 10)];
        assert_eq!(told(&t, &analyst, "2026-12").await, december);
        let paging = crate::domain::page::Paging {
            after: None,
            limit: 10,
        };
        let listed = list_posts(&t.app, &analyst, paging).await.unwrap();
        let narrow = listed.items.iter().filter(|one| one.is_by_month);
        let shares: Vec<i64> = narrow.map(|one| one.sums.shares()).collect();
        assert_eq!(shares, [5, 5], "both posts are told themselves");
    })
    .await;
}
