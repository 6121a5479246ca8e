//! Figures as a page shows them: each with its formula, from raw over filtered to counted, and
//! with the version of the rate where one was used.

use entity::enums::{HitReason, Network, ShareState};

use super::chart::{Chart, Drawn};
use super::told::{self, Told};
use crate::domain::span::Length;
use crate::domain::sums::{REASONS, STATES, Sums};
use crate::domain::worth::{Money, Used, Worth};
use crate::http::console::look::Look;
use crate::http::console::named;
use crate::service::insight::Report;

/// Everything that a page of figures shows.
pub struct Shown {
    /// The numbers at its head.
    pub figures: Vec<Figure>,
    /// From hits to clicks.
    pub hits: Vec<Line>,
    /// Shares by their state; empty where that is kept back.
    pub states: Vec<Line>,
    /// As it went on; empty where that is kept back.
    pub charts: Vec<Chart>,
    /// By network; empty where that is kept back.
    pub networks: Vec<NetworkLine>,
    /// Whether what members did is kept back.
    pub is_kept_back: bool,
    /// Whether it is of a post for some people, and so told by whole months.
    pub is_by_month: bool,
}

/// A number, its name, and how it is counted.
pub struct Figure {
    /// Its name.
    pub name: String,
    /// The number; none where it is kept back.
    pub told: Option<Told>,
    /// Amounts instead of a number.
    pub amounts: Vec<String>,
    /// What has to be said beside it.
    pub label: Option<String>,
    /// How it is counted.
    pub formula: String,
    /// From raw to counted, or by which rates.
    pub steps: Vec<String>,
}

/// A line of a table with a bar.
pub struct Line {
    /// What is counted.
    pub name: String,
    /// How much.
    pub number: String,
    /// The same as a hundredth of the most.
    pub part: i64,
    /// Why it does or does not count.
    pub why: String,
}

/// A network.
pub struct NetworkLine {
    /// Its name.
    pub name: String,
    /// Shares that count, and potential reach; none where they are kept back.
    pub of_members: Option<(String, String)>,
    /// Hits.
    pub hits: String,
    /// Counted clicks.
    pub clicks: String,
    /// Visitor-days.
    pub visitor_days: String,
    /// Clicks as a hundredth of the most.
    pub part: i64,
}

impl Shown {
    /// A report for people; `cap` is how many clicks of a network count on a link and day.
    pub fn of(look: &Look, report: &Report, cap: u64) -> Self {
        let sums = &report.sums;
        Self {
            figures: figures(look, report, cap),
            hits: hits(look, sums),
            states: if report.is_group {
                states(look, sums)
            } else {
                Vec::new()
            },
            charts: charts(look, report),
            networks: networks(look, report),
            is_kept_back: !report.is_group,
            is_by_month: report.is_by_month,
        }
    }
}

fn figures(look: &Look, report: &Report, cap: u64) -> Vec<Figure> {
    let mut all = head(look, (&report.sums, report.is_group), cap);
    all.extend(values(look, &report.worth));
    all
}

/// The numbers at the head of a page of figures; what members did where it is told.
pub fn head(look: &Look, (sums, is_group): (&Sums, bool), cap: u64) -> Vec<Figure> {
    let of_members = |number: i64| is_group.then(|| told::number(look, number));
    let steps = vec![raw_to_counted(look, sums)];
    let by_state = states(look, sums).into_iter();
    let by_state = by_state.map(|line| format!("{}: {}", line.name, line.number));
    vec![
        Figure {
            name: look.say("insight-shares"),
            told: of_members(sums.shares()),
            formula: look.say("formula-shares"),
            steps: by_state.filter(|_| is_group).collect(),
            ..Figure::empty()
        },
        Figure {
            name: look.say("insight-clicks"),
            told: Some(told::number(look, sums.clicks())),
            formula: look.count("formula-clicks", cap),
            steps: steps.clone(),
            ..Figure::empty()
        },
        Figure {
            name: look.say("insight-visitor-days"),
            told: Some(told::number(look, sums.visitor_days())),
            formula: look.say("formula-visitor-days"),
            steps,
            ..Figure::empty()
        },
        Figure {
            name: look.say("insight-reach"),
            told: of_members(sums.reach()),
            label: Some(look.say("insight-not-deduplicated")),
            formula: look.say("formula-reach"),
            ..Figure::empty()
        },
    ]
}

impl Figure {
    fn empty() -> Self {
        Self {
            name: String::new(),
            told: None,
            amounts: Vec::new(),
            label: None,
            formula: String::new(),
            steps: Vec::new(),
        }
    }
}

/// Hits, those by readers, counted clicks: from raw over filtered to counted.
pub(super) fn raw_to_counted(look: &Look, sums: &Sums) -> String {
    let fills = [
        ("hits", sums.hits().into()),
        ("human", look.number(sums.human_hits()).into()),
        ("clicks", look.number(sums.clicks()).into()),
    ];
    look.words.tell("insight-raw-to-counted", &fills)
}

/// Earned media value, once rates are typed. The two are never added together.
fn values(look: &Look, worth: &Worth) -> Vec<Figure> {
    let mut all = Vec::new();
    let with_clicks = worth.used.iter().filter(|used| used.rate.cpc.is_some());
    let with_reach = worth
        .used
        .iter()
        .filter(|used| used.rate.cpm.is_some() && used.reach != 0);
    if !worth.headline.is_empty() {
        let mut steps: Vec<String> = with_clicks.map(|used| by_clicks(look, used)).collect();
        if worth.unpriced_clicks > 0 {
            steps.push(look.count("insight-unpriced", worth.unpriced_clicks));
        }
        all.push(Figure {
            name: look.say("insight-worth"),
            amounts: amounts(look, &worth.headline),
            formula: look.say("formula-worth"),
            steps,
            ..Figure::empty()
        });
    }
    if !worth.upper_bound.is_empty() {
        all.push(Figure {
            name: look.say("insight-upper-bound"),
            amounts: amounts(look, &worth.upper_bound),
            label: Some(look.say("insight-upper-bound-label")),
            formula: look.say("formula-upper-bound"),
            steps: with_reach.map(|used| by_reach(look, used)).collect(),
            ..Figure::empty()
        });
    }
    all
}

/// Amounts as lines.
pub(super) fn amounts(look: &Look, amounts: &[Money]) -> Vec<String> {
    amounts.iter().map(|one| told::money(look, one)).collect()
}

fn by_clicks(look: &Look, used: &Used) -> String {
    let price = used.rate.cpc.unwrap_or_default();
    by_rate(look, ("insight-by-cpc", used), (used.clicks, price))
}

fn by_reach(look: &Look, used: &Used) -> String {
    let price = used.rate.cpm.unwrap_or_default();
    by_rate(look, ("insight-by-cpm", used), (used.reach, price))
}

fn by_rate(look: &Look, (key, used): (&str, &Used), (count, price): (i64, i64)) -> String {
    let rate = &used.rate;
    let fills = [
        ("network", network(look, rate.network).into()),
        ("count", count.into()),
        ("price", told::amount(look, price, &rate.currency).into()),
        ("since", since(look, &rate.valid_from).into()),
    ];
    look.words.tell(key, &fills)
}

/// The month of a date.
pub(super) fn since(look: &Look, day: &str) -> String {
    day.parse()
        .map_or_else(|_| day.to_owned(), |day| told::month(look, day))
}

/// What a network is called.
pub(super) fn network(look: &Look, network: Network) -> String {
    look.say(named::network::key(network))
}

/// Hits by the reason for their class, and what became of those by readers.
fn hits(look: &Look, sums: &Sums) -> Vec<Line> {
    let most = sums.hits();
    let line = |key: &str, why: &str, number: i64| Line {
        name: look.say(key),
        number: look.number(number),
        part: part(number, most),
        why: look.say(why),
    };
    let mut lines = vec![line("insight-hits", "why-raw", most)];
    for reason in REASONS {
        let number = sums.reason(reason);
        if number > 0 && reason != HitReason::Browser {
            lines.push(line(reason_key(reason), why_key(reason), number));
        }
    }
    lines.push(line("insight-human", "why-filtered", sums.human_hits()));
    if sums.repeats() > 0 {
        lines.push(line("insight-repeats", "why-repeats", sums.repeats()));
    }
    if sums.capped() > 0 {
        lines.push(line("insight-capped", "why-capped", sums.capped()));
    }
    lines.push(line("insight-counted", "why-counted", sums.clicks()));
    lines
}

/// The key of a reason's name.
pub(super) fn reason_key(reason: HitReason) -> &'static str {
    match reason {
        HitReason::Browser => "insight-human",
        HitReason::HeadRequest => "reason-head",
        HitReason::Prefetch => "reason-prefetch",
        HitReason::Crawler => "reason-crawler",
        HitReason::LinkScanner => "reason-scanner",
        HitReason::NoUserAgent => "reason-no-agent",
        HitReason::OwnCookie => "reason-own-cookie",
        HitReason::OwnVisit => "reason-own-visit",
        HitReason::DoNotTrack => "reason-dnt",
        HitReason::GlobalPrivacyControl => "reason-gpc",
    }
}

fn why_key(reason: HitReason) -> &'static str {
    match reason {
        HitReason::Browser => "why-filtered",
        HitReason::HeadRequest
        | HitReason::Prefetch
        | HitReason::Crawler
        | HitReason::LinkScanner
        | HitReason::NoUserAgent => "why-bot",
        HitReason::OwnCookie | HitReason::OwnVisit => "why-own",
        HitReason::DoNotTrack | HitReason::GlobalPrivacyControl => "why-private",
    }
}

fn states(look: &Look, sums: &Sums) -> Vec<Line> {
    let all = STATES.map(|state| (state, sums.state(state)));
    let most = all.iter().map(|(_, number)| *number).max().unwrap_or(0);
    all.into_iter()
        .filter(|(_, number)| *number != 0)
        .map(|(state, number)| Line {
            name: look.say(state_key(state)),
            number: look.number(number),
            part: part(number, most),
            why: look.say(if crate::domain::share::counts(state) {
                "why-state-counts"
            } else {
                "why-state-not"
            }),
        })
        .collect()
}

/// The key of a state's name.
pub(super) fn state_key(state: ShareState) -> &'static str {
    match state {
        ShareState::Opened => "share-opened",
        ShareState::Confirmed => "share-confirmed",
        ShareState::Proven => "share-proven",
        ShareState::Published => "share-published",
        ShareState::Scheduled => "share-scheduled",
        ShareState::Failed => "share-failed",
        ShareState::Withdrawn => "share-withdrawn",
    }
}

/// A hundredth of the most; what is there is seen.
pub(super) fn part(number: i64, most: i64) -> i64 {
    if number <= 0 || most <= 0 {
        return 0;
    }
    (number.saturating_mul(100) / most).clamp(1, 100)
}

fn charts(look: &Look, report: &Report) -> Vec<Chart> {
    if report.course.is_empty() {
        return Vec::new();
    }
    let unit = unit(report.span.length());
    let clicks: Vec<_> = report
        .course
        .iter()
        .map(|point| (point.stretch, Some(point.clicks)))
        .collect();
    let shares = report.course.iter();
    let shares = shares.map(|point| (point.stretch, point.shares));
    let shares: Option<Vec<_>> = report.is_group.then(|| shares.collect());
    let draw = |title, points: &[_]| {
        let drawn = Drawn {
            title,
            unit,
            points,
        };
        Chart::of(look, &drawn)
    };
    let mut charts = vec![draw("insight-clicks", &clicks)];
    charts.extend(shares.map(|shares| draw("insight-shares", &shares)));
    charts
}

/// The key of what a part of a span is.
pub(super) fn unit(length: Length) -> &'static str {
    match length {
        Length::Month => "chart-day",
        Length::Quarter => "chart-week",
        Length::Year => "chart-month",
    }
}

fn networks(look: &Look, report: &Report) -> Vec<NetworkLine> {
    let named = report.networks.iter();
    let named = named.map(|(one, sums)| (network(look, *one), sums));
    network_lines(look, &named.collect::<Vec<_>>(), report.is_group)
}

/// Networks by their names, with bars that are as long as the clicks of each.
pub(super) fn network_lines(
    look: &Look,
    named: &[(String, &Sums)],
    is_group: bool,
) -> Vec<NetworkLine> {
    let clicks = named.iter().map(|(_, sums)| sums.clicks());
    let most = clicks.max().unwrap_or(0);
    let lines = named.iter().map(|(name, sums)| NetworkLine {
        name: name.clone(),
        of_members: is_group.then(|| (look.number(sums.shares()), look.number(sums.reach()))),
        hits: look.number(sums.hits()),
        clicks: look.number(sums.clicks()),
        visitor_days: look.number(sums.visitor_days()),
        part: part(sums.clicks(), most),
    });
    lines.collect()
}
