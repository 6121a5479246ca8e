//! The workspaces of a set-up, with their channels and roles.

use entity::enums::Platform;
use entity::ids::{ChannelId, InstallationId, OrganizationId};
use entity::{channel, installation, role_team};

use super::{SetupError, SetupWorkspace};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::service::installations::token_place;
use crate::service::members as people;
use crate::service::members::teams::Teams;
use crate::store::{StoreError, Txn, channels, installations, role_teams};

/// Notes what is wrong with a workspace.
pub(super) fn check(at: usize, workspace: &SetupWorkspace, faults: &mut Vec<Fault>) {
    let is_reference = |text: &str| {
        (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let mut fault = |field: &str, reason: &str| {
        faults.push(Fault::new(format!("workspaces.{at}.{field}"), reason));
    };
    if !is_reference(&workspace.external_id) {
        fault("external_id", "is the platform's id, such as T0123456");
    }
    if workspace.name.trim().is_empty() {
        fault("name", "is missing");
    }
    match workspace.platform {
        Platform::Slack => {
            if workspace.bot_token.trim().is_empty() {
                fault("bot_token", "is missing");
            }
            if !workspace.roles.is_empty() {
                fault("roles", "are Discord's: Slack has none");
            }
        }
        // One bot serves every guild: its token is in the configuration.
        Platform::Discord => {
            if !workspace.bot_token.trim().is_empty() {
                fault(
                    "bot_token",
                    "stands in the configuration, as discord.bot_token",
                );
            }
        }
    }
    for (number, (external_id, name)) in workspace.channels.iter().enumerate() {
        if !is_reference(external_id) {
            let field = format!("channels.{number}.external_id");
            fault(&field, "is the platform's id, such as C0123456");
        }
        if name.trim().is_empty() {
            fault(&format!("channels.{number}.name"), "is missing");
        }
    }
    for (number, (role, team)) in workspace.roles.iter().enumerate() {
        if !is_reference(role) {
            let field = format!("roles.{number}.external_id");
            fault(&field, "is the platform's id, such as 41771983423143936");
        }
        if workspace
            .roles
            .iter()
            .take(number)
            .any(|(before, _)| before == role)
        {
            fault(&format!("roles.{number}.external_id"), "is named twice");
        }
        if let Err(reason) = people::name(team) {
            fault(&format!("roles.{number}.team"), &reason);
        }
    }
}

/// Makes a workspace as the set-up says.
pub(super) async fn apply(
    txn: &Txn,
    app: &App,
    organization: OrganizationId,
    (at, wanted): (usize, &SetupWorkspace),
) -> Result<(), SetupError> {
    // Held, so that no token that is renewed meanwhile is written over.
    let place = (wanted.platform, wanted.external_id.as_str());
    let past = installations::by_workspace_to_change(txn, place.0, place.1).await?;
    if past
        .as_ref()
        .is_some_and(|past| past.organization_id != organization)
    {
        return Err(SetupError::Invalid(vec![Fault::new(
            format!("workspaces.{at}.external_id"),
            "is bound to another organization",
        )]));
    }
    let installation = installation(txn, app, organization, (past, wanted)).await?;
    put_channels(txn, app, &installation, wanted).await?;
    put_roles(txn, app, &installation, wanted).await?;
    Ok(())
}

/// Makes the roles that it names, and no others, stand for teams.
async fn put_roles(
    txn: &Txn,
    app: &App,
    installation: &installation::Model,
    wanted: &SetupWorkspace,
) -> Result<(), StoreError> {
    let organization = installation.organization_id;
    let past = role_teams::of_installation(&**txn, organization, installation.id).await?;
    let mut teams = Teams::load(&**txn, organization).await?;
    let mut rows = Vec::new();
    for (role, name) in &wanted.roles {
        let Some(team_id) = teams.find_or_make(txn, app, Some(name)).await? else {
            continue;
        };
        let kept = past.iter().find(|past| past.role_ref == *role);
        rows.push(role_team::Model {
            installation_id: installation.id,
            role_ref: role.clone(),
            organization_id: organization,
            team_id,
            created_at: kept.map_or_else(|| app.now(), |kept| kept.created_at),
        });
    }
    rows.sort_by(|one, other| one.role_ref.cmp(&other.role_ref));
    if rows == past {
        return Ok(());
    }
    role_teams::replace(txn, organization, installation.id, rows).await
}

/// The token that the file names, as it is kept.
fn sealed(app: &App, wanted: &SetupWorkspace, id: InstallationId) -> Result<Vec<u8>, SetupError> {
    let token = wanted.bot_token.trim().as_bytes();
    app.keys
        .seal(&app.chance, token, token_place(id))
        .map_err(|_| SetupError::Unsealable)
}

async fn installation(
    txn: &Txn,
    app: &App,
    organization: OrganizationId,
    (past, wanted): (Option<installation::Model>, &SetupWorkspace),
) -> Result<installation::Model, SetupError> {
    let now = app.now();
    let id = past
        .as_ref()
        .map_or_else(|| InstallationId(app.uuid()), |past| past.id);
    // What was connected in the console stays as it was granted, renewed or ended there: the file
    // knows an older token at best.
    let consoles = past.as_ref().filter(|past| past.connected_at.is_some());
    // Sealing draws a new nonce each time: the same token is left as it is.
    let kept = past
        .as_ref()
        .filter(|past| {
            consoles.is_some()
                || app
                    .keys
                    .open(&past.bot_token, token_place(id))
                    .is_ok_and(|old| old == wanted.bot_token.trim().as_bytes())
        })
        .map(|past| past.bot_token.clone());
    let is_kept = kept.is_some();
    let bot_token = match kept {
        Some(sealed) => sealed,
        None => sealed(app, wanted, id)?,
    };
    let grant = || past.as_ref().filter(|_| is_kept);
    let row = installation::Model {
        id,
        organization_id: organization,
        platform: wanted.platform,
        external_id: wanted.external_id.clone(),
        name: wanted.name.trim().to_owned(),
        bot_user_ref: wanted
            .bot_user_ref
            .clone()
            .or_else(|| past.as_ref()?.bot_user_ref.clone()),
        bot_token,
        connected_at: past.as_ref().and_then(|past| past.connected_at),
        // Whoever runs the server vouches for what their set-up names.
        connected_by: None,
        enterprise_id: past.as_ref().and_then(|past| past.enterprise_id.clone()),
        is_org_wide: past.as_ref().is_some_and(|past| past.is_org_wide),
        // Of a token that somebody types nothing else is known.
        scopes: grant().and_then(|past| past.scopes.clone()),
        refresh_token: grant().and_then(|past| past.refresh_token.clone()),
        token_expires_at: grant().and_then(|past| past.token_expires_at),
        token_trouble: grant().and_then(|past| past.token_trouble.clone()),
        seen_at: past.as_ref().and_then(|past| past.seen_at),
        revoked_at: consoles.and_then(|past| past.revoked_at),
        ended_by: consoles.and_then(|past| past.ended_by),
        created_at: past.as_ref().map_or(now, |past| past.created_at),
        updated_at: past.as_ref().map_or(now, |past| past.updated_at),
    };
    Ok(match past {
        Some(past) if past == row => past,
        Some(_) => {
            let updated_at = now;
            installations::update(&**txn, installation::Model { updated_at, ..row }).await?
        }
        None => installations::insert(&**txn, row).await?,
    })
}

async fn put_channels(
    txn: &Txn,
    app: &App,
    installation: &installation::Model,
    wanted: &SetupWorkspace,
) -> Result<(), StoreError> {
    let organization = installation.organization_id;
    let past = channels::of_installation(&**txn, organization, installation.id).await?;
    for (external_id, name) in &wanted.channels {
        let name = name.trim().trim_start_matches('#').to_owned();
        match past.iter().find(|past| past.external_id == *external_id) {
            Some(past) if past.name == name && past.removed_at.is_none() => {}
            Some(past) => {
                let row = channel::Model {
                    name,
                    removed_at: None,
                    ..past.clone()
                };
                channels::update(&**txn, row).await?;
            }
            None => {
                let row = channel::Model {
                    id: ChannelId(app.uuid()),
                    organization_id: organization,
                    installation_id: installation.id,
                    external_id: external_id.clone(),
                    name,
                    removed_at: None,
                    paused_at: None,
                    chooses_topics: false,
                    version: 1,
                    created_at: app.now(),
                };
                channels::insert(&**txn, row).await?;
            }
        }
    }
    let is_named = |channel: &channel::Model| {
        let mut names = wanted.channels.iter();
        names.any(|(external_id, _)| *external_id == channel.external_id)
    };
    for gone in past.into_iter().filter(|channel| !is_named(channel)) {
        let removed_at = gone.removed_at.or(Some(app.now()));
        channels::update(&**txn, channel::Model { removed_at, ..gone }).await?;
    }
    Ok(())
}
