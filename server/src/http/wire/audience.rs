//! Audiences, both ways.

use entity::{json, team};
use server_api::audience::{Audience, AudienceSize, Team, Teams};
use server_api::ids::{ChannelId, TeamId};

use super::enums;
use crate::service::audiences::Size;
use crate::service::broadcasts::Estimate;

/// A rule as it travels.
pub fn audience(row: json::Audience) -> Audience {
    let channels = |ids: Vec<entity::ids::ChannelId>| {
        let ids = ids.into_iter();
        ids.map(|id| ChannelId(id.0)).collect()
    };
    Audience {
        teams: row.teams.into_iter().map(|id| TeamId(id.0)).collect(),
        languages: row.languages.into_iter().map(enums::language).collect(),
        roles: row.roles.into_iter().map(enums::role).collect(),
        platforms: row.platforms.into_iter().map(enums::platform).collect(),
        channels: row.channels.map(channels),
    }
}

/// A rule as it is stored.
pub fn audience_row(form: Audience) -> json::Audience {
    let channels = |ids: Vec<ChannelId>| {
        let ids = ids.into_iter();
        ids.map(|id| entity::ids::ChannelId(id.0)).collect()
    };
    let teams = form.teams.into_iter();
    json::Audience {
        teams: teams.map(|id| entity::ids::TeamId(id.0)).collect(),
        languages: form
            .languages
            .into_iter()
            .map(enums::language_row)
            .collect(),
        roles: form.roles.into_iter().map(enums::role_row).collect(),
        platforms: form
            .platforms
            .into_iter()
            .map(enums::platform_row)
            .collect(),
        channels: form.channels.map(channels),
    }
}

/// Teams as they travel.
pub fn teams(rows: Vec<team::Model>) -> Teams {
    let team = |row: team::Model| Team {
        id: TeamId(row.id.0),
        name: row.name,
        parent_id: row.parent_id.map(|id| TeamId(id.0)),
    };
    Teams {
        items: rows.into_iter().map(team).collect(),
    }
}

/// How many a rule reaches, as it travels.
pub fn size(size: Size, takes: Estimate) -> AudienceSize {
    AudienceSize {
        per_minute: takes.per_minute,
        seconds: takes.seconds,
        members: size.members,
        direct: size.direct,
        channels: size.channels,
    }
}
