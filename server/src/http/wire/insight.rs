//! Figures of what the programme did, and rates.

use chrono::NaiveDate;
use entity::enums::{HitReason, Network};
use entity::rate;
use server_api::ids::{PostId, TeamId};
use server_api::insight as wire;
use server_api::post::StateCount;

use super::enums;
use crate::domain::health::{Alarm, Band};
use crate::domain::span::{Length, Span};
use crate::domain::sums::{REASONS, STATES, Sums};
use crate::domain::worth::{Money, Used, Worth};
use crate::http::error::ApiError;
use crate::service::insight::{Health, Point, PostSums, Report, TeamReport, TeamSums};
use crate::service::rates::Rate;

/// The span that is asked for; `usual` where none is.
pub fn span(query: &wire::SpanQuery, usual: Span) -> Result<Span, ApiError> {
    let Some(name) = &query.span else {
        return Ok(usual);
    };
    let fault = || ApiError::field("span", "is a month, quarter or year, as in 2026-11");
    Span::named(name).ok_or_else(fault)
}

/// The month that is asked for; `usual` where none is.
pub fn month(query: &wire::SpanQuery, usual: Span) -> Result<Span, ApiError> {
    let month = span(query, usual)?;
    if month.length() == Length::Month {
        Ok(month)
    } else {
        Err(ApiError::field("span", "is a month, as in 2026-11"))
    }
}

/// Sums as they travel; what members did only of a group.
pub fn figures(sums: &Sums, is_group: bool) -> wire::Figures {
    let states = STATES.iter().filter(|_| is_group);
    let shares = states
        .map(|state| StateCount {
            state: enums::share_state(*state),
            count: sums.state(*state),
        })
        .filter(|line| line.count != 0);
    let reasons = REASONS.iter().map(|reason| wire::ReasonCount {
        reason: hit_reason(*reason),
        count: sums.reason(*reason),
    });
    wire::Figures {
        shares: shares.collect(),
        potential_reach: is_group.then(|| sums.reach()),
        hits: sums.hits(),
        hits_by_reason: reasons.filter(|line| line.count != 0).collect(),
        human_hits: sums.human_hits(),
        repeated_hits: sums.repeats(),
        capped_hits: sums.capped(),
        clicks: sums.clicks(),
        visitor_days: sums.visitor_days(),
    }
}

/// Figures of a span as they travel.
pub fn report(report: Report) -> wire::SpanFigures {
    let is_group = report.is_group;
    wire::SpanFigures {
        span: report.span.name(),
        first_day: report.span.first(),
        last_day: report.span.last(),
        kept_back: report.is_kept_back,
        left_out: i64::try_from(report.left_out).unwrap_or(i64::MAX),
        figures: figures(&report.sums, is_group),
        networks: networks(&report.networks, is_group),
        course: report.course.into_iter().map(point).collect(),
        worth: worth(report.worth),
    }
}

fn networks(all: &[(Network, Sums)], is_group: bool) -> Vec<wire::NetworkFigures> {
    let told = all.iter().map(|(network, sums)| wire::NetworkFigures {
        network: enums::network(*network),
        figures: figures(sums, is_group),
    });
    told.collect()
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "points are converted as they come"
)]
fn point(point: Point) -> wire::CoursePoint {
    wire::CoursePoint {
        first_day: point.stretch.from,
        last_day: point.stretch.until,
        shares: point.shares,
        clicks: point.clicks,
    }
}

/// A post and what it did, as it travels.
pub fn post(post: PostSums) -> wire::PostInsight {
    wire::PostInsight {
        post_id: PostId(post.post.0),
        title: post.title,
        published_at: post.published_at,
        kept_back: post.is_kept_back,
        figures: figures(&post.sums, post.is_group),
    }
}

/// Teams and what they did, as they travel.
pub fn teams(report: TeamReport) -> wire::TeamsInsight {
    wire::TeamsInsight {
        span: report.month.name(),
        items: report.teams.into_iter().map(team).collect(),
    }
}

fn team(team: TeamSums) -> wire::TeamInsight {
    let (sums, by_network) = match team.told {
        Some(told) => (Some(told.sums), told.by_network),
        None => (None, None),
    };
    wire::TeamInsight {
        team_id: TeamId(team.team.0),
        name: team.name,
        depth: u64::try_from(team.depth).unwrap_or(u64::MAX),
        figures: sums.map(|sums| figures(&sums, true)),
        networks: by_network.as_ref().map(|told| networks(&told.named, true)),
        other_networks: by_network
            .as_ref()
            .and_then(|told| Some(figures(told.others.as_ref()?, true))),
        worth: by_network.map(|told| worth(told.worth)),
    }
}

fn worth(worth: Worth) -> wire::Worth {
    wire::Worth {
        headline: worth.headline.into_iter().map(money).collect(),
        upper_bound: worth.upper_bound.into_iter().map(money).collect(),
        rates: worth.used.into_iter().map(used).collect(),
        unpriced_clicks: worth.unpriced_clicks,
    }
}

fn money(money: Money) -> wire::Money {
    wire::Money {
        currency: money.currency,
        minor: money.minor,
    }
}

fn used(used: Used) -> wire::RateUsed {
    wire::RateUsed {
        rate: rate(used.rate),
        clicks: used.clicks,
        reach: used.reach,
    }
}

fn rate(rate: rate::Model) -> wire::Rate {
    wire::Rate {
        network: enums::network(rate.network),
        valid_from: rate.valid_from.parse().unwrap_or(NaiveDate::MIN),
        currency: rate.currency,
        cpc: rate.cpc,
        cpm: rate.cpm,
    }
}

/// Rates as they travel.
pub fn rates(rates: Vec<rate::Model>) -> wire::Rates {
    wire::Rates {
        items: rates.into_iter().map(rate).collect(),
    }
}

/// A rate as it was sent.
pub fn rate_row(form: wire::SetRate) -> Rate {
    Rate {
        network: enums::network_row(form.network),
        valid_from: form.valid_from,
        currency: form.currency,
        cpc: form.cpc,
        cpm: form.cpm,
    }
}

/// How the programme does, as it travels.
pub fn health(health: Health) -> wire::ProgrammeHealth {
    wire::ProgrammeHealth {
        invited: health.invited,
        joined: health.joined,
        connected: health.connected,
        active: health.active,
        adoption_percent: health.adoption,
        band: health.band.map(band),
        weeks: health
            .weeks
            .into_iter()
            .map(|(week, shares)| wire::WeekActivity {
                first_day: week.from,
                shares,
            })
            .collect(),
        alarms: health.alarms.into_iter().map(alarm).collect(),
    }
}

fn band(band: Band) -> wire::AdoptionBand {
    match band {
        Band::Stalled => wire::AdoptionBand::Stalled,
        Band::Growing => wire::AdoptionBand::Growing,
        Band::Thriving => wire::AdoptionBand::Thriving,
    }
}

fn alarm(alarm: Alarm) -> wire::ProgrammeAlarm {
    match alarm {
        Alarm::Falling => wire::ProgrammeAlarm::ActivityFalls,
        Alarm::RunningDry(posts) => wire::ProgrammeAlarm::ContentRunsDry { posts },
        Alarm::ReviewsWait(reviews, hours) => wire::ProgrammeAlarm::ReviewsWait { reviews, hours },
    }
}

fn hit_reason(reason: HitReason) -> wire::HitReason {
    match reason {
        HitReason::Browser => wire::HitReason::Browser,
        HitReason::HeadRequest => wire::HitReason::HeadRequest,
        HitReason::Prefetch => wire::HitReason::Prefetch,
        HitReason::Crawler => wire::HitReason::Crawler,
        HitReason::LinkScanner => wire::HitReason::LinkScanner,
        HitReason::NoUserAgent => wire::HitReason::NoUserAgent,
        HitReason::OwnCookie => wire::HitReason::OwnCookie,
        HitReason::OwnVisit => wire::HitReason::OwnVisit,
        HitReason::DoNotTrack => wire::HitReason::DoNotTrack,
        HitReason::GlobalPrivacyControl => wire::HitReason::GlobalPrivacyControl,
    }
}
