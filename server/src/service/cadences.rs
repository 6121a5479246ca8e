//! What five cron fields mean, and when they fire next in the organization's zone.

use chrono::{DateTime, Utc};
use entity::enums::Permission;
use thiserror::Error;

use super::actor::{Actor, Forbidden};
use crate::app::App;
use crate::domain::cadence::{Cadence, CadenceFault, Reading, next_fires};

/// Times that are told: enough to see the rhythm.
const TOLD: usize = 5;

/// What five cron fields mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// The fields.
    pub cron: String,
    /// What they mean.
    pub reading: Reading,
    /// When they fire next.
    pub next: Vec<DateTime<Utc>>,
    /// IANA name of the zone in which they are read.
    pub time_zone: String,
}

/// Why fields are not read.
#[derive(Debug, Error)]
pub enum CadenceError {
    /// The actor may not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// They are not understood.
    #[error(transparent)]
    Invalid(#[from] CadenceFault),
}

/// What five cron fields mean for the actor's organization.
pub fn read_cadence(app: &App, actor: &Actor, cron: &str) -> Result<Rhythm, CadenceError> {
    actor.require(Permission::ManageFeeds)?;
    Ok(rhythm(app, actor, cron)?)
}

/// The same for who was let in.
pub(super) fn rhythm(app: &App, actor: &Actor, cron: &str) -> Result<Rhythm, CadenceFault> {
    let cadence: Cadence = cron.parse()?;
    let time_zone = &actor.organization.time_zone;
    Ok(Rhythm {
        cron: cron.to_owned(),
        reading: cadence.reading(),
        next: next_fires(cron, time_zone, app.now(), TOLD)?,
        time_zone: time_zone.clone(),
    })
}
