//! The schema's history: one change per file, up and down.
//!
//! Migrations are written by hand with names as strings and never import
//! `entity`: history must not change when entities do. To add one: a file
//! named `m<date>_<number>_<what>.rs`, its entry in [`Migrator`], and a sample
//! `samples/<same name>.json` with rows that fit the new shape.

use sea_orm_migration::prelude::*;

pub use sea_orm_migration::prelude::MigratorTrait;
pub use standing::{Standing, standing};

mod m20261122_000001_organizations;
mod m20261122_000002_chats;
mod m20261122_000003_content;
mod m20261122_000004_deliveries;
mod m20261122_000005_shares;
mod m20261122_000006_tracking;
mod m20261122_000007_recognition;
mod m20261122_000008_machinery;
mod m20261122_000009_two_chats;
mod m20261126_000010_late_hits;
mod m20261126_000011_lookups;
mod m20261126_000012_console;
mod m20261126_000013_content;
mod m20261126_000014_media;
mod m20261126_000015_broadcasts;
mod m20261127_000016_writers;
mod m20261127_000017_plans;
mod m20261127_000018_sources;
mod m20261127_000019_insight;
mod m20261127_000020_insight_lookups;
mod m20261127_000021_team_months;
mod m20261127_000022_issuers;
mod m20261127_000023_settings;
mod m20261127_000024_proposals;
mod m20261127_000025_connections;
mod m20261127_000026_retention;
mod m20261127_000029_connection_lookups;
mod m20261127_000030_campaign_sums;
mod m20261128_000031_line_changes;
mod m20261128_000033_forgotten_deliveries;
mod m20261128_000034_team_networks;
mod shape;
mod standing;

/// All migrations, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_organizations::Migration),
            Box::new(m20261122_000002_chats::Migration),
            Box::new(m20261122_000003_content::Migration),
            Box::new(m20261122_000004_deliveries::Migration),
            Box::new(m20261122_000005_shares::Migration),
            Box::new(m20261122_000006_tracking::Migration),
            Box::new(m20261122_000007_recognition::Migration),
            Box::new(m20261122_000008_machinery::Migration),
            Box::new(m20261122_000009_two_chats::Migration),
            Box::new(m20261126_000010_late_hits::Migration),
            Box::new(m20261126_000011_lookups::Migration),
            Box::new(m20261126_000012_console::Migration),
            Box::new(m20261126_000013_content::Migration),
            Box::new(m20261126_000014_media::Migration),
            Box::new(m20261126_000015_broadcasts::Migration),
            Box::new(m20261127_000016_writers::Migration),
            Box::new(m20261127_000017_plans::Migration),
            Box::new(m20261127_000018_sources::Migration),
            Box::new(m20261127_000019_insight::Migration),
            Box::new(m20261127_000020_insight_lookups::Migration),
            Box::new(m20261127_000021_team_months::Migration),
            Box::new(m20261127_000022_issuers::Migration),
            Box::new(m20261127_000023_settings::Migration),
            Box::new(m20261127_000024_proposals::Migration),
            Box::new(m20261127_000025_connections::Migration),
            Box::new(m20261127_000026_retention::Migration),
            Box::new(m20261127_000029_connection_lookups::Migration),
            Box::new(m20261127_000030_campaign_sums::Migration),
            Box::new(m20261128_000031_line_changes::Migration),
            Box::new(m20261128_000033_forgotten_deliveries::Migration),
            Box::new(m20261128_000034_team_networks::Migration),
        ]
    }
}

/// A number that changes with the text of any migration, so that test
/// templates of another schema are not mistaken for this one.
pub fn fingerprint() -> u64 {
    env!("CHORUS_MIGRATIONS").parse().unwrap_or_default()
}
