//! "I have shared it": the state, the ledger, the scores and the card's count
//! in one transaction, once.

use entity::enums::Network;
use entity::{link, post, share};

use super::open::find_or_create;
use super::{Opened, Parties, ShareError, check};
use crate::app::App;
use crate::domain::leaderboard::{Board, Period, zone};
use crate::domain::points::{Place, Step};
use crate::domain::share::{confirmed, counts};
use crate::service::points::{self, Award};
use crate::service::{deliveries, leaderboard};
use crate::store::{Txn, links, point_events, shares};

/// A share and what it earned, the same however often it is confirmed.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The share.
    pub share: share::Model,
    /// The post.
    pub post: post::Model,
    /// Its tracked link.
    pub link: Option<link::Model>,
    /// Points that this share has earned in all.
    pub points: i64,
    /// Whether the day's cap kept this share from earning.
    pub over_daily_cap: bool,
    /// Counted clicks so far.
    pub clicks: i64,
    /// The member's points and rank this week.
    pub week: leaderboard::Standing,
}

/// Confirms a share, opening it first if need be.
pub async fn confirm(
    app: &App,
    parties: &Parties,
    network: Network,
) -> Result<Receipt, ShareError> {
    let txn = app.store.begin().await?;
    let Opened { share, link } = match find_or_create(&txn, app, parties, network).await {
        // What is confirmed stays so, and its receipt can be asked for, when the post has ended.
        Ok(opened) if counts(opened.share.state) => opened,
        Ok(opened) => {
            let share = mark(&txn, app, parties, opened.share).await?;
            Opened { share, ..opened }
        }
        Err(refusal) => return Err(refusal),
    };
    txn.commit().await?;
    receipt(app, parties, share, link).await
}

async fn mark(
    txn: &Txn,
    app: &App,
    parties: &Parties,
    share: share::Model,
) -> Result<share::Model, ShareError> {
    let now = app.now();
    let Parties {
        organization, post, ..
    } = parties;
    // As it stands now, not as it was when the request came in: whoever hid
    // meanwhile is not shown.
    let locked = shares::lock_members(txn, &[share.member_id]).await?;
    let member = locked.first().ok_or(ShareError::NotFound)?;
    check(member, post, now)?;
    let state = confirmed(share.state);
    if state == share.state {
        return Ok(share);
    }
    let followers = share
        .followers
        .or_else(|| member.followers.0.get(&share.network).copied());
    let share = share::Model {
        state,
        followers,
        confirmed_at: Some(now),
        updated_at: now,
        ..share
    };
    let share = shares::update(txn, share).await?;
    deliveries::refresh_card(txn, app, organization.id, share.post_id).await?;
    let whose = (share.post_id, share.member_id);
    deliveries::follow(txn, app, organization.id, whose).await?;
    let (_, entries) = points::step(txn, organization, &share, (Step::Confirmed, now), &[]).await?;
    let awards = entries
        .into_iter()
        .map(|entry| Award {
            member: member.id,
            shown: points::is_shown(member),
            share: Some(share.id),
            entry,
            at: now,
        })
        .collect();
    points::award(txn, app, organization, awards).await?;
    Ok(share)
}

async fn receipt(
    app: &App,
    parties: &Parties,
    share: share::Model,
    link: Option<link::Model>,
) -> Result<Receipt, ShareError> {
    let Parties {
        organization, post, ..
    } = parties;
    let db = app.store.reader();
    let week = Board::at(Period::Week, app.now(), zone(&organization.time_zone));
    Ok(Receipt {
        points: point_events::of_share(db, organization.id, share.id).await?,
        over_daily_cap: points::place_of(db, organization.id, share.id).await?
            == Some(Place::OverCap),
        clicks: links::clicks_of_share(db, organization.id, share.id).await?,
        week: leaderboard::standing(db, organization, &week, share.member_id).await?,
        post: post.clone(),
        share,
        link,
    })
}
