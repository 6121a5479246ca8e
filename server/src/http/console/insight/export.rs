//! Figures as tables for spreadsheets, with exact numbers.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use entity::enums::Network;
use entity::rate;

use super::figures::{amounts, network, reason_key, since, state_key, unit};
use super::lists::progress;
use super::team::by_name;
use super::{hidden, left_out, told, until};
use crate::domain::leaderboard::local_day;
use crate::domain::share::counts;
use crate::domain::sums::{REASONS, STATES, Sums, is_reason_of_members};
use crate::domain::worth::{Used, Worth};
use crate::http::console::look::Look;
use crate::http::console::named;
use crate::service::insight::{
    CampaignSums, Health, PostSums, Report, TeamCourse, TeamFigures, TeamNetworks, TeamReport,
};

/// A report: by network, as it went on, and what it is worth.
pub fn report(look: &Look, report: &Report) -> Vec<Vec<String>> {
    let told = |sums| (!report.is_kept_back).then_some((sums, report.is_group));
    let line = if report.is_by_month {
        line_by_month
    } else {
        line
    };
    let mut rows = vec![head(look, &[look.say("export-network")])];
    rows.push(line(look, vec![look.say("export-all")], told(&report.sums)));
    for (one, sums) in &report.networks {
        let name = vec![network(look, *one)];
        rows.push(line(look, name, told(sums)));
    }
    rows.push(Vec::new());
    rows.push(vec![
        look.say(unit(report.span.length())),
        look.say("export-until"),
        look.say("insight-shares"),
        look.say("insight-clicks"),
    ]);
    for point in &report.course {
        rows.push(vec![
            point.stretch.from.to_string(),
            point.stretch.until.to_string(),
            point
                .shares
                .map_or_else(|| hidden(look), |shares| shares.to_string()),
            if report.is_kept_back {
                hidden(look)
            } else {
                point.clicks.to_string()
            },
        ]);
    }
    rows.push(Vec::new());
    rows.extend(worth(look, &report.worth));
    if report.is_by_month {
        rows.push(vec![look.say("insight-by-month")]);
    }
    rows.extend(until(look, report.until).map(|sentence| vec![sentence]));
    rows.extend(left_out(look, report.left_out).map(|sentence| vec![sentence]));
    rows
}

/// Posts, each in a line; the day is that of the organization.
pub fn posts(look: &Look, zone: Tz, posts: &[PostSums]) -> Vec<Vec<String>> {
    let first = [look.say("export-post"), look.say("insight-published")];
    let mut rows = vec![head(look, &first)];
    for post in posts {
        let day = post.published_at.map(|at| local_day(at, zone));
        let first = vec![post.title.clone(), day.unwrap_or_default()];
        let told = (!post.is_kept_back).then_some((&post.sums, post.is_group));
        rows.push(if post.is_by_month {
            line_by_month(look, first, told)
        } else {
            line(look, first, told)
        });
    }
    let last = posts.iter().find_map(|post| post.until);
    rows.extend(until(look, last).map(|sentence| vec![sentence]));
    rows
}

/// Teams, each in a line.
pub fn teams(look: &Look, report: &TeamReport) -> Vec<Vec<String>> {
    let teams = report.teams.iter();
    let lines = teams.map(|team| (team.name.clone(), team.told.as_ref()));
    with_worth(look, "export-team", &lines.collect::<Vec<_>>())
}

/// A team, each month in a line.
pub fn team(look: &Look, course: &TeamCourse) -> Vec<Vec<String>> {
    let months = course.months.iter();
    let lines = months.map(|one| (one.month.name(), one.told.as_ref()));
    with_worth(look, "chart-month", &lines.collect::<Vec<_>>())
}

/// What a team did in a month; none where it is kept back.
type OfTeam<'v> = Option<&'v TeamFigures>;

/// Lines with what each is worth, by which rates, and by network; `title` is the key of what they
/// are.
fn with_worth(look: &Look, title: &str, lines: &[(String, OfTeam<'_>)]) -> Vec<Vec<String>> {
    let mut first = head(look, &[look.say(title)]);
    first.extend([look.say("insight-worth"), look.say("insight-upper-bound")]);
    let mut rows = vec![first];
    for (name, told) in lines {
        let sums = told.map(|told| (&told.sums, true));
        let mut row = line(look, vec![name.clone()], sums);
        let worth = told.and_then(|told| told.by_network.as_ref());
        row.extend(worth.map_or_else(
            || [hidden(look), hidden(look)],
            |TeamNetworks { worth, .. }| {
                [&worth.headline, &worth.upper_bound].map(|all| amounts(look, all).join(" · "))
            },
        ));
        rows.push(row);
    }
    rows.extend(by_network(look, title, lines));
    let told = lines.iter().filter_map(|(_, told)| told.as_ref());
    let told = told.filter_map(|told| told.by_network.as_ref());
    let rates = rates(look, told.flat_map(|told| &told.worth.used));
    if !rates.is_empty() {
        rows.push(Vec::new());
        rows.extend(rates);
    }
    rows
}

fn has_others(told: &TeamFigures) -> bool {
    let by_network = told.by_network.as_ref();
    by_network.is_some_and(|told| told.others.is_some())
}

/// The same by network, where that is told.
fn by_network(look: &Look, title: &str, lines: &[(String, OfTeam<'_>)]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (name, told) in lines {
        let Some(told) = told.and_then(|told| told.by_network.as_ref()) else {
            continue;
        };
        for (network, sums) in by_name(look, told) {
            rows.push(line_by_month(
                look,
                vec![name.clone(), network],
                Some((sums, true)),
            ));
        }
    }
    if !rows.is_empty() {
        let first = [look.say(title), look.say("export-network")];
        rows.splice(0..0, [Vec::new(), head(look, &first)]);
    }
    let mut told = lines.iter().filter_map(|(_, told)| told.as_ref());
    if told.any(|told| has_others(told)) {
        rows.push(vec![look.say("insight-others-unpriced")]);
    }
    rows
}

/// Campaigns, each in a line.
pub fn campaigns(look: &Look, campaigns: &[CampaignSums]) -> Vec<Vec<String>> {
    let first = [
        look.say("campaign-name"),
        look.say("campaign-goal"),
        look.say("campaign-target"),
    ];
    let mut titles = head(look, &first);
    titles.push(look.say("insight-progress"));
    let mut rows = vec![titles];
    for one in campaigns {
        let (goal, target) = (one.campaign.goal, one.campaign.target);
        let goal = goal.map(|goal| look.say(named::goal::key(goal)));
        let target = target.map(|target| target.to_string());
        let first = vec![
            one.campaign.name.clone(),
            goal.unwrap_or_default(),
            target.unwrap_or_default(),
        ];
        let mut row = line(look, first, Some((&one.sums, one.is_group)));
        row.push(progress(look, one).unwrap_or_default());
        rows.push(row);
    }
    let last = campaigns.iter().find_map(|one| one.until);
    rows.extend(until(look, last).map(|sentence| vec![sentence]));
    rows
}

/// How the programme does: people, then shares by week.
pub fn health(look: &Look, health: &Health) -> Vec<Vec<String>> {
    let number = |value: Option<String>| value.unwrap_or_else(|| hidden(look));
    let mut rows = vec![vec![look.say("insight-what"), look.say("insight-count")]];
    for (key, value) in [
        ("health-invited", Some(health.invited)),
        ("health-joined", Some(health.joined)),
        ("health-connected", Some(health.connected)),
        ("health-active", health.active),
    ] {
        let value = value.map(|value| value.to_string());
        rows.push(vec![look.say(key), number(value)]);
    }
    let adoption = health.adoption;
    let adoption = adoption.map(|part| look.count("health-percent", part));
    rows.push(vec![look.say("health-adoption"), number(adoption)]);
    rows.push(Vec::new());
    rows.push(vec![
        look.say("chart-week"),
        look.say("export-until"),
        look.say("insight-shares"),
    ]);
    for (week, shares) in &health.weeks {
        let shares = shares.map(|shares| shares.to_string());
        let (from, until) = (week.from.to_string(), week.until.to_string());
        rows.push(vec![from, until, number(shares)]);
    }
    rows.extend(left_out(look, health.left_out).map(|sentence| vec![sentence]));
    rows
}

fn head(look: &Look, first: &[String]) -> Vec<String> {
    let mut row = first.to_vec();
    row.push(look.say("insight-shares"));
    row.extend(STATES.iter().map(|state| look.say(state_key(*state))));
    row.push(look.say("export-reach"));
    row.push(look.say("insight-hits"));
    row.extend(REASONS.iter().map(|reason| look.say(reason_key(*reason))));
    row.extend([
        look.say("insight-repeats"),
        look.say("insight-capped"),
        look.say("insight-clicks"),
        look.say("insight-visitor-days"),
    ]);
    row
}

/// The same of what is for some people: of its shares only those are told that count.
fn line_by_month(look: &Look, first: Vec<String>, told: Option<(&Sums, bool)>) -> Vec<String> {
    let states = first.len() + 1;
    let mut row = line(look, first, told);
    for (cell, state) in row.iter_mut().skip(states).zip(STATES) {
        if !counts(state) {
            *cell = hidden(look);
        }
    }
    row
}

/// A line of figures; what is kept back says so.
fn line(look: &Look, first: Vec<String>, told: Option<(&Sums, bool)>) -> Vec<String> {
    let mut row = first;
    let of_members = told.filter(|(_, is_group)| *is_group).map(|(sums, _)| sums);
    let number = |value: Option<i64>| value.map_or_else(|| hidden(look), |value| value.to_string());
    row.push(number(of_members.map(Sums::shares)));
    row.extend(STATES.map(|state| number(of_members.map(|sums| sums.state(state)))));
    row.push(number(of_members.map(Sums::reach)));
    let sums = told.map(|(sums, _)| sums);
    row.push(number(sums.map(Sums::hits)));
    row.extend(REASONS.map(|reason| {
        let told = if is_reason_of_members(reason) {
            of_members
        } else {
            sums
        };
        number(told.map(|sums| sums.reason(reason)))
    }));
    row.extend([
        number(sums.map(Sums::repeats)),
        number(sums.map(Sums::capped)),
        number(sums.map(Sums::clicks)),
        number(sums.map(Sums::visitor_days)),
    ]);
    row
}

fn worth(look: &Look, worth: &Worth) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (key, all) in [
        ("insight-worth", &worth.headline),
        ("insight-upper-bound", &worth.upper_bound),
    ] {
        for money in all {
            rows.push(vec![look.say(key), told::money(look, money)]);
        }
    }
    rows.extend(rates(look, &worth.used));
    rows
}

/// The versions of rates by which something was valued, each once.
fn rates<'u>(look: &Look, used: impl IntoIterator<Item = &'u Used>) -> Vec<Vec<String>> {
    let used = used.into_iter().map(|used| &used.rate);
    let once: BTreeMap<(Network, &str), &rate::Model> = used
        .map(|rate| ((rate.network, rate.valid_from.as_str()), rate))
        .collect();
    let lines = once.into_values().map(|rate| {
        let price =
            |price: Option<i64>| price.map(|price| told::amount(look, price, &rate.currency));
        vec![
            look.say("export-rate"),
            network(look, rate.network),
            since(look, &rate.valid_from),
            price(rate.cpc).unwrap_or_default(),
            price(rate.cpm).unwrap_or_default(),
        ]
    });
    lines.collect()
}
