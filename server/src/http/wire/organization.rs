//! Organizations and channels.

use entity::{channel, organization};
use server_api::ids::{ChannelId, InstallationId, OrganizationId};
use server_api::organization::{Channel, Organization};

use super::enums::{join_policy, language};

/// An organization as it travels.
pub fn organization(row: organization::Model) -> Organization {
    Organization {
        id: OrganizationId(row.id.0),
        slug: row.slug,
        name: row.name,
        time_zone: row.time_zone,
        language: language(row.language),
        join_policy: join_policy(row.join_policy),
        contact: row.settings.contact,
    }
}

/// A channel as it travels.
pub fn channel(row: channel::Model) -> Channel {
    Channel {
        id: ChannelId(row.id.0),
        installation_id: InstallationId(row.installation_id.0),
        external_id: row.external_id,
        name: row.name,
    }
}
