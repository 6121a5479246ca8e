//! The first set-up.

use server_api::organization as wire;

use super::enums::{feed_mode_row, join_policy_row, language_row, platform_row};
use crate::service::feeds::NewFeed;
use crate::service::setup::{Setup, SetupOrganization, SetupWorkspace};

/// A set-up as the use case takes it.
pub fn setup(form: wire::Setup) -> Setup {
    Setup {
        organization: SetupOrganization {
            slug: form.organization.slug,
            name: form.organization.name,
            time_zone: form.organization.time_zone,
            language: form.organization.language.map(language_row),
            join_policy: form.organization.join_policy.map(join_policy_row),
            contact: form.organization.contact,
        },
        owner: (form.owner.email, form.owner.name),
        workspaces: form.workspaces.into_iter().map(workspace).collect(),
        feeds: form.feeds.into_iter().map(feed).collect(),
    }
}

fn feed(form: wire::SetupFeed) -> NewFeed {
    NewFeed {
        url: form.url,
        mode: form.mode.map(feed_mode_row),
        cron: form.cron,
    }
}

fn workspace(form: wire::SetupWorkspace) -> SetupWorkspace {
    SetupWorkspace {
        platform: platform_row(form.platform),
        external_id: form.external_id,
        name: form.name,
        bot_user_ref: form.bot_user_ref,
        bot_token: form.bot_token,
        channels: form
            .channels
            .into_iter()
            .map(|channel| (channel.external_id, channel.name))
            .collect(),
        roles: form
            .roles
            .into_iter()
            .map(|role| (role.external_id, role.team))
            .collect(),
    }
}
