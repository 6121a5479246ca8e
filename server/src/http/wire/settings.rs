//! What an organization settles for itself.

use entity::organization;
use server_api::me;
use server_api::settings::{PointRules, Settings, UpdateSettings, UtmTemplate};

use super::enums::{join_policy, join_policy_row, language, language_row, network, network_row};
use crate::domain::networks::offered;
use crate::domain::quiet::QuietHours;
use crate::service::settings::Change;

/// The settings as they travel.
pub fn settings(row: organization::Model) -> Settings {
    let quiet = QuietHours::of_house(&row);
    let networks = offered(&row);
    let (utm, points) = (row.settings.utm, row.settings.points);
    Settings {
        name: row.name,
        time_zone: row.time_zone,
        language: language(row.language),
        join_policy: join_policy(row.join_policy),
        contact: row.settings.contact,
        expiry_days: row.settings.expiry_days,
        utm: UtmTemplate {
            source: utm.source,
            medium: utm.medium,
            campaign: utm.campaign,
        },
        points: PointRules {
            share_confirmed: points.share_confirmed,
            share_proven: points.share_proven,
            click: points.click,
            clicks_per_share_and_day: points.clicks_per_share_and_day,
            shares_per_day: points.shares_per_day,
            proposal: row.proposal_points,
        },
        networks: networks.into_iter().map(network).collect(),
        quiet_hours: me::QuietHours {
            from_minute: quiet.from,
            to_minute: quiet.to,
            weekends: quiet.weekends,
        },
        accent: row.accent,
        short_url: row.short_url,
        version: row.settings_version,
    }
}

/// A change as the use case reads it.
pub fn change(form: UpdateSettings) -> Change {
    Change {
        name: form.name,
        time_zone: form.time_zone,
        language: form.language.map(language_row),
        join_policy: form.join_policy.map(join_policy_row),
        contact: form.contact,
        expiry_days: form.expiry_days,
        utm: form.utm.map(|utm| entity::json::UtmTemplate {
            source: utm.source,
            medium: utm.medium,
            campaign: utm.campaign,
        }),
        proposal_points: form.points.as_ref().map(|points| points.proposal),
        points: form.points.map(|points| entity::json::PointRules {
            share_confirmed: points.share_confirmed,
            share_proven: points.share_proven,
            click: points.click,
            clicks_per_share_and_day: points.clicks_per_share_and_day,
            shares_per_day: points.shares_per_day,
        }),
        networks: (form.networks).map(|networks| networks.into_iter().map(network_row).collect()),
        quiet_hours: form.quiet_hours.map(|quiet| QuietHours {
            from: quiet.from_minute,
            to: quiet.to_minute,
            weekends: quiet.weekends,
        }),
        accent: form.accent,
        short_url: form.short_url,
    }
}
