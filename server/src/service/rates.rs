//! What the organization pays on networks: typed by itself, by month, and by whom figures are
//! valued. There are none until somebody types them.

use chrono::Datelike;
use entity::enums::{Network, Permission};
use entity::rate;
use serde_json::json;
use thiserror::Error;

use super::actor::{Actor, Forbidden, LookError};
use super::audit;
use crate::app::App;
use crate::domain::currency::{MOST, digits};
use crate::domain::fault::Fault;
use crate::domain::span::{Length, Span};
use crate::store::{StoreError, rates as rows};

/// A rate as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The network.
    pub network: Network,
    /// The month from which on it is valid, as in `2026-11`.
    pub valid_from: String,
    /// ISO 4217 code of its prices.
    pub currency: String,
    /// What a click costs, in minor units.
    pub cpc: Option<i64>,
    /// What a thousand views cost, in minor units.
    pub cpm: Option<i64>,
}

/// Why a rate is not set.
#[derive(Debug, Error)]
pub enum RateError {
    /// The actor may not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// What was sent is not acceptable.
    #[error("fields are invalid")]
    Invalid(Vec<Fault>),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// All rates, by network, the newest first.
pub async fn list_rates(app: &App, actor: &Actor) -> Result<Vec<rate::Model>, LookError> {
    actor.require(Permission::ReadFigures)?;
    Ok(rows::list(app.store.reader(), actor.organization.id).await?)
}

/// Sets the rate of a network from a month on; without a price, takes it away. Figures of that
/// month and those after are valued by it from now on, and say so.
pub async fn set_rate(app: &App, actor: &Actor, rate: Rate) -> Result<Vec<rate::Model>, RateError> {
    actor.require(Permission::ManageOrganization)?;
    let valid_from = checked(&rate).map_err(RateError::Invalid)?;
    let organization = actor.organization.id;
    let row = rate::Model {
        organization_id: organization,
        network: rate.network,
        valid_from,
        currency: rate.currency,
        cpc: rate.cpc,
        cpm: rate.cpm,
        updated_at: app.now(),
    };
    let txn = app.store.begin().await?;
    let there = rows::list(&*txn, organization).await?;
    let same = there
        .iter()
        .find(|one| one.network == row.network && one.valid_from == row.valid_from);
    let is_less = row.cpc.is_none() && row.cpm.is_none();
    let changes = match same {
        Some(same) => is_less || !is_same(same, &row),
        None => !is_less,
    };
    if changes {
        if is_less {
            rows::remove(&txn, organization, row.network, &row.valid_from).await?;
        } else {
            rows::put(&txn, row.clone()).await?;
        }
        let event = audit::Event {
            action: "rate.update",
            subject: format!("organization:{organization}"),
            detail: json!({
                "network": row.network, "valid_from": row.valid_from, "currency": row.currency,
                "cpc": row.cpc, "cpm": row.cpm
            }),
        };
        audit::record(&txn, app, actor, event).await?;
    }
    let after = rows::list(&*txn, organization).await?;
    txn.commit().await?;
    Ok(after)
}

fn is_same(one: &rate::Model, other: &rate::Model) -> bool {
    (&one.currency, one.cpc, one.cpm) == (&other.currency, other.cpc, other.cpm)
}

/// The first day from which on it is valid.
fn checked(rate: &Rate) -> Result<String, Vec<Fault>> {
    let mut faults = Vec::new();
    let month = Span::named(&rate.valid_from).filter(|span| span.length() == Length::Month);
    if month.is_none() {
        faults.push(Fault::new("valid_from", "is a month, as in 2026-11"));
    }
    if digits(&rate.currency).is_none() {
        faults.push(Fault::new(
            "currency",
            "is the ISO 4217 code of a currency, as in EUR",
        ));
    }
    for (name, price) in [("cpc", rate.cpc), ("cpm", rate.cpm)] {
        if price.is_some_and(|price| !(0..=MOST).contains(&price)) {
            faults.push(Fault::new(name, format!("is 0 to {MOST} minor units")));
        }
    }
    match month {
        Some(month) if faults.is_empty() => {
            let first = month.first();
            Ok(format!("{:04}-{:02}-01", first.year(), first.month()))
        }
        Some(_) | None => Err(faults),
    }
}

#[cfg(test)]
mod tests;
