//! What an organization settles for itself: its name and zone, who joins, how long posts live, what
//! links bear, what actions earn, where members share, when nobody is disturbed, how its pages look.
//!
//! All of it has one version. A change that changes nothing writes nothing.

mod told;

use chrono_tz::Tz;
use entity::enums::{JoinPolicy, Language, Network, Permission};
use entity::json::{Networks, PointRules, UtmTemplate};
use entity::organization;
use thiserror::Error;

use super::actor::{Actor, Forbidden, LookError};
use super::schedules::PlanError;
use super::{audit, members, schedules};
use crate::app::App;
use crate::domain::accent::{Accent, AccentFault, ENOUGH};
use crate::domain::fault::Fault;
use crate::domain::quiet::QuietHours;
use crate::domain::short_address::{self, AddressFault};
use crate::domain::{networks, points, utm};
use crate::store::{StoreError, organizations};

/// Days from publishing to expiry, at most.
pub const LONGEST_LIFE: i64 = 365;
/// Letters of whom strangers ask, at most.
const LONGEST_CONTACT: usize = 200;

/// A change; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// What people call the organization.
    pub name: Option<String>,
    /// IANA time zone.
    pub time_zone: Option<String>,
    /// Language of channel posts and of members who chose none.
    pub language: Option<Language>,
    /// Who may join by themselves.
    pub join_policy: Option<JoinPolicy>,
    /// Whom strangers ask; empty for nobody.
    pub contact: Option<String>,
    /// Days from publishing to expiry where a post names no date.
    pub expiry_days: Option<i64>,
    /// Parameters of tracked links.
    pub utm: Option<UtmTemplate>,
    /// What actions earn from now on.
    pub points: Option<PointRules>,
    /// What a proposal earns from now on that becomes a post.
    pub proposal_points: Option<i64>,
    /// Networks that are offered, in their order.
    pub networks: Option<Vec<Network>>,
    /// Quiet hours of who chose none.
    pub quiet_hours: Option<QuietHours>,
    /// The colour of its pages; empty for ours.
    pub accent: Option<String>,
    /// Where its short links begin; empty for the server's address.
    pub short_url: Option<String>,
}

/// Why nothing changes.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// The actor may not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// What was sent is not acceptable.
    #[error("fields are invalid")]
    Invalid(Vec<Fault>),
    /// They were changed since they were read.
    #[error("the settings were changed meanwhile")]
    VersionMismatch,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// The settings as they stand.
pub async fn show_settings(app: &App, actor: &Actor) -> Result<organization::Model, LookError> {
    actor.require(Permission::ReadPosts)?;
    let row = organizations::find(app.store.reader(), actor.organization.id).await?;
    Ok(row.unwrap_or_else(|| actor.organization.clone()))
}

/// The same for who may change them.
pub async fn to_change(app: &App, actor: &Actor) -> Result<organization::Model, LookError> {
    actor.require(Permission::ManageOrganization)?;
    let row = organizations::find(app.store.reader(), actor.organization.id).await?;
    Ok(row.unwrap_or_else(|| actor.organization.clone()))
}

/// What the settings would be after a change, which is refused as if it were made.
pub fn would_change(
    actor: &Actor,
    before: &organization::Model,
    expected: Option<i64>,
    change: Change,
) -> Result<organization::Model, SettingsError> {
    actor.require(Permission::ManageOrganization)?;
    let change = checked(change).map_err(SettingsError::Invalid)?;
    let after = apply(before.clone(), change);
    let is_seen = expected.is_none_or(|expected| expected == before.settings_version);
    if after != *before && !is_seen {
        return Err(SettingsError::VersionMismatch);
    }
    Ok(after)
}

/// Changes settings. With `expected`, only if they still have that version, or stand as wanted
/// already: the same change once more is harmless.
pub async fn update_settings(
    app: &App,
    actor: &Actor,
    expected: Option<i64>,
    change: Change,
) -> Result<organization::Model, SettingsError> {
    actor.require(Permission::ManageOrganization)?;
    let txn = app.store.begin().await?;
    let before = organizations::find_to_change(&txn, actor.organization.id)
        .await?
        .ok_or(StoreError::Reference)?;
    let after = would_change(actor, &before, expected, change)?;
    if after == before {
        return Ok(before);
    }
    let now = app.now();
    let mut after = organization::Model {
        settings_version: before.settings_version + 1,
        updated_at: now,
        ..after
    };
    if after.settings.points != before.settings.points {
        // What happened until now and is counted later is valued by them.
        after.points_before = Some(before.settings.points.clone());
        after.points_since = Some(now);
    }
    let after = organizations::update(&*txn, after).await?;
    if after.time_zone != before.time_zone {
        schedules::move_zone(&txn, app, after.id, &after.time_zone)
            .await
            .map_err(not_moved)?;
    }
    for event in told::events(&before, &after) {
        audit::record(&txn, app, actor, event).await?;
    }
    txn.commit().await?;
    Ok(after)
}

fn not_moved(error: PlanError) -> SettingsError {
    match error {
        PlanError::Store(error) => SettingsError::Internal(error),
        PlanError::Cadence(fault) => {
            SettingsError::Invalid(vec![Fault::new("time_zone", fault.to_string())])
        }
    }
}

fn apply(mut row: organization::Model, change: Change) -> organization::Model {
    let Change {
        name,
        time_zone,
        language,
        join_policy,
        contact,
        expiry_days,
        utm,
        points,
        proposal_points,
        networks,
        quiet_hours,
        accent,
        short_url,
    } = change;
    row.name = name.unwrap_or(row.name);
    row.time_zone = time_zone.unwrap_or(row.time_zone);
    row.language = language.unwrap_or(row.language);
    row.join_policy = join_policy.unwrap_or(row.join_policy);
    row.settings.expiry_days = expiry_days.unwrap_or(row.settings.expiry_days);
    row.settings.utm = utm.unwrap_or(row.settings.utm);
    row.settings.points = points.unwrap_or(row.settings.points);
    row.proposal_points = proposal_points.unwrap_or(row.proposal_points);
    let unless_empty = |text: String| Some(text).filter(|text| !text.is_empty());
    if let Some(contact) = contact {
        row.settings.contact = unless_empty(contact);
    }
    if let Some(chosen) = networks {
        // Checked before: what is chosen can be kept.
        row.networks = networks::chosen(chosen).unwrap_or_default().map(Networks);
    }
    if let Some(quiet) = quiet_hours {
        row.quiet_from = quiet.from.into();
        row.quiet_to = quiet.to.into();
        row.quiet_weekends = quiet.weekends;
    }
    if let Some(accent) = accent {
        row.accent = unless_empty(accent);
    }
    if let Some(short_url) = short_url {
        row.short_url = unless_empty(short_url);
    }
    row
}

/// The change in the form in which it is kept, or every fault in it.
fn checked(mut change: Change) -> Result<Change, Vec<Fault>> {
    let mut faults = Vec::new();
    if let Some(name) = &mut change.name {
        *name = name.trim().to_owned();
        if let Err(reason) = members::name(name) {
            faults.push(Fault::new("name", reason));
        }
    }
    if let Some(zone) = &change.time_zone
        && zone.parse::<Tz>().is_err()
    {
        let reason = "is an IANA name such as Europe/Berlin";
        faults.push(Fault::new("time_zone", reason));
    }
    if let Some(contact) = &mut change.contact {
        *contact = contact.trim().to_owned();
        let length = contact.chars().count();
        if length > LONGEST_CONTACT || contact.chars().any(char::is_control) {
            let reason = format!("is one line of at most {LONGEST_CONTACT} letters");
            faults.push(Fault::new("contact", reason));
        }
    }
    if let Some(days) = change.expiry_days
        && !(1..=LONGEST_LIFE).contains(&days)
    {
        let reason = format!("is 1 to {LONGEST_LIFE}");
        faults.push(Fault::new("expiry_days", reason));
    }
    if let Some(template) = &mut change.utm {
        match utm::check(template) {
            Ok(kept) => *template = kept,
            Err(found) => faults.extend(found),
        }
    }
    if let Some(Err(found)) = change.points.as_ref().map(points::check) {
        faults.extend(found);
    }
    if let Some(Err(fault)) = change.proposal_points.map(points::check_proposal) {
        faults.push(fault);
    }
    if let Some(Err(fault)) = change.networks.clone().map(networks::chosen) {
        faults.push(fault);
    }
    if let Some(quiet) = change.quiet_hours
        && quiet.check().is_err()
    {
        let reason = "begins and ends at a minute of the day, 0 to 1439";
        faults.push(Fault::new("quiet_hours", reason));
    }
    check_looks(&mut change, &mut faults);
    if faults.is_empty() {
        Ok(change)
    } else {
        Err(faults)
    }
}

fn check_looks(change: &mut Change, faults: &mut Vec<Fault>) {
    for typed in [&mut change.accent, &mut change.short_url]
        .into_iter()
        .flatten()
    {
        *typed = typed.trim().to_owned();
    }
    if let Some(typed) = change.accent.as_mut().filter(|typed| !typed.is_empty()) {
        match Accent::parse(typed) {
            Ok(accent) => *typed = accent.light.hex(),
            Err(AccentFault::NoColour) => {
                faults.push(Fault::new("accent", "is a colour as in #b3261e"));
            }
            Err(AccentFault::TooPale(ratio)) => {
                let reason = format!("differs from paper by {ratio:.1}, and {ENOUGH} is needed");
                faults.push(Fault::new("accent", reason));
            }
        }
    }
    if let Some(typed) = change.short_url.as_mut().filter(|typed| !typed.is_empty()) {
        let reason = match short_address::parse(typed) {
            Ok(kept) => {
                *typed = kept;
                return;
            }
            Err(AddressFault::NotHttps) => "is the https address of a named host",
            Err(AddressFault::MoreThanAHost) => "names a host and nothing behind it",
        };
        faults.push(Fault::new("short_url", reason));
    }
}

#[cfg(test)]
mod tests;
