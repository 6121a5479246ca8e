//! What the audit log keeps of a change of settings: from what to what, an entry for each part.

use entity::organization;
use serde_json::{Map, Value, json};

use crate::domain::networks::offered;
use crate::service::audit::Event;

/// The parts, and what each holds.
fn parts(row: &organization::Model) -> [(&'static str, Vec<(&'static str, Value)>); 8] {
    let settings = &row.settings;
    let points = &settings.points;
    let cap = points.clicks_per_share_and_day;
    [
        (
            "organization.update",
            vec![
                ("name", json!(row.name)),
                ("time_zone", json!(row.time_zone)),
                ("language", json!(row.language)),
                ("join_policy", json!(row.join_policy)),
            ],
        ),
        (
            "organization.expiry",
            vec![("expiry_days", json!(settings.expiry_days))],
        ),
        (
            "organization.utm",
            vec![
                ("utm_source", json!(settings.utm.source)),
                ("utm_medium", json!(settings.utm.medium)),
                ("utm_campaign", json!(settings.utm.campaign)),
            ],
        ),
        (
            "organization.points",
            vec![
                ("share_confirmed", json!(points.share_confirmed)),
                ("share_proven", json!(points.share_proven)),
                ("click", json!(points.click)),
                ("clicks_per_share_and_day", json!(cap)),
                ("shares_per_day", json!(points.shares_per_day)),
                ("proposal_points", json!(row.proposal_points)),
            ],
        ),
        (
            "organization.networks",
            vec![("networks", json!(offered(row)))],
        ),
        (
            "organization.quiet_hours",
            vec![
                ("quiet_from", json!(clock(row.quiet_from))),
                ("quiet_to", json!(clock(row.quiet_to))),
                ("quiet_weekends", json!(row.quiet_weekends)),
            ],
        ),
        ("organization.branding", vec![("accent", json!(row.accent))]),
        (
            "organization.addresses",
            vec![("short_url", json!(row.short_url))],
        ),
    ]
}

/// An entry for each part that changed. Whom strangers ask is a person, whose name stays out of
/// the log: it says only that it changed.
pub(super) fn events(before: &organization::Model, after: &organization::Model) -> Vec<Event> {
    let pairs = parts(before).into_iter().zip(parts(after));
    let mut events = Vec::new();
    for ((action, was), (_, is)) in pairs {
        let mut detail = Map::new();
        for ((name, from), (_, to)) in was.into_iter().zip(is) {
            if from != to {
                detail.insert(name.to_owned(), json!({ "from": from, "to": to }));
            }
        }
        let contact_changed = before.settings.contact != after.settings.contact;
        if action == "organization.update" && contact_changed {
            detail.insert("contact".to_owned(), json!(true));
        }
        if !detail.is_empty() {
            events.push(Event {
                action,
                subject: format!("organization:{}", after.id),
                detail: Value::Object(detail),
            });
        }
    }
    events
}

/// A minute of the day as a clock shows it.
fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
