//! A hit as the journal keeps it: JSON, since a later version must read it.

use std::io;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chrono::{DateTime, Utc};
use entity::enums::{DeviceClass, HitClass, HitReason};
use entity::hit;
use entity::ids::{HitId, LinkId, OrganizationId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, Serialize)]
struct Record {
    id: HitId,
    organization: OrganizationId,
    link: LinkId,
    at: DateTime<Utc>,
    class: HitClass,
    reason: HitReason,
    visitor: Option<String>,
    network: Option<String>,
    country: Option<String>,
    device: Option<DeviceClass>,
    referrer: Option<String>,
}

/// The hit in bytes.
pub(super) fn write(row: &hit::Model) -> io::Result<Vec<u8>> {
    let record = Record {
        id: row.id,
        organization: row.organization_id,
        link: row.link_id,
        at: row.at,
        class: row.class,
        reason: row.reason,
        visitor: row.visitor.as_ref().map(|key| BASE64.encode(key)),
        network: row.network_key.as_ref().map(|key| BASE64.encode(key)),
        country: row.country.clone(),
        device: row.device,
        referrer: row.referrer_host.clone(),
    };
    Ok(serde_json::to_vec(&record)?)
}

/// The hit of these bytes; none if they are no hit that this version knows.
pub(super) fn read(bytes: &[u8]) -> Option<hit::Model> {
    let record: Record = serde_json::from_slice(bytes).ok()?;
    let key = |text: Option<String>| text.map(|text| BASE64.decode(text)).transpose().ok();
    Some(hit::Model {
        id: record.id,
        organization_id: record.organization,
        link_id: record.link,
        at: record.at,
        class: record.class,
        reason: record.reason,
        visitor: key(record.visitor)?,
        network_key: key(record.network)?,
        country: record.country,
        device: record.device,
        referrer_host: record.referrer,
    })
}
