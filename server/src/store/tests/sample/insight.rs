//! Sums, who shared when, rates, hits that were stored late.

use entity::enums::{FigureScope, Measure, ShareState};
use entity::{figure_day, late_hit, member_activity, rate, share_sum, team_active, team_month};

use super::put;
use super::rows::*;
use crate::store::Txn;

/// How many sums.
const FIGURES: usize = 6_000;

pub async fn fill(txn: &Txn) {
    put::<figure_day::Entity>(txn, FIGURES, a_figure).await;
    put::<share_sum::Entity>(txn, SHARES, a_sum).await;
    put::<team_active::Entity>(txn, MEMBERS, an_active_one).await;
    put::<team_month::Entity>(txn, OTHERS, a_team_month).await;
    put::<member_activity::Entity>(txn, MEMBERS, an_activity).await;
    put::<rate::Entity>(txn, OTHERS, a_rate).await;
    put::<late_hit::Entity>(txn, OTHERS, a_late_hit).await;
}

/// The first of a month some time ago.
pub fn month(n: usize) -> String {
    format!("2026-{:02}-01", 1 + n % 11)
}

/// One an hour, so that none has the key of another.
pub fn a_figure(n: usize) -> figure_day::Model {
    let date = day(n * 6);
    let (scope, subject_id, day) = match n % 3 {
        0 => (FigureScope::Organization, organization(n).0, date),
        1 => (FigureScope::Post, post(n % POSTS).0, date),
        _ => (FigureScope::Team, team(n % TEAMS).0, month(n)),
    };
    figure_day::Model {
        organization_id: organization(n),
        scope,
        subject_id,
        day,
        network: network(n / 6),
        measure: [
            Measure::Click,
            Measure::HitBrowser,
            Measure::ShareProven,
            Measure::Reach,
        ][n / 24 % 4],
        value: 3,
    }
}

pub fn a_sum(n: usize) -> share_sum::Model {
    share_sum::Model {
        share_id: share(n),
        organization_id: organization(n),
        team_id: Some(team(n % TEAMS)),
        day: day(n),
        state: ShareState::Opened,
        followers: 100,
    }
}

pub fn an_active_one(n: usize) -> team_active::Model {
    team_active::Model {
        organization_id: organization(n),
        month: month(n),
        team_id: team(n % TEAMS),
        member_id: member(n),
        shares: 2,
    }
}

pub fn a_team_month(n: usize) -> team_month::Model {
    team_month::Model {
        organization_id: organization(n),
        month: month(n),
        team_id: team(n % TEAMS),
        parent_id: None,
        shown: false,
        networks: None,
    }
}

pub fn an_activity(n: usize) -> member_activity::Model {
    member_activity::Model {
        member_id: member(n),
        organization_id: organization(n),
        last_shared_at: ago(n * 60),
    }
}

pub fn a_rate(n: usize) -> rate::Model {
    rate::Model {
        organization_id: organization(n),
        network: network(n),
        valid_from: format!("{:04}-01-01", 1_000 + n),
        currency: "EUR".to_owned(),
        cpc: Some(400),
        cpm: Some(2_000),
        updated_at: now(),
    }
}

pub fn a_late_hit(n: usize) -> late_hit::Model {
    late_hit::Model { hit_id: hit(n) }
}
