//! The workspaces of a set-up, with their channels.

use entity::ids::{ChannelId, InstallationId, OrganizationId};
use entity::{channel, installation};

use super::{SetupError, SetupWorkspace};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::service::installations::token_place;
use crate::store::{StoreError, Txn, channels, installations};

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
    if workspace.bot_token.trim().is_empty() {
        fault("bot_token", "is missing");
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
}

/// Makes a workspace as the set-up says.
pub(super) async fn apply(
    txn: &Txn,
    app: &App,
    organization: OrganizationId,
    (at, wanted): (usize, &SetupWorkspace),
) -> Result<(), SetupError> {
    let past = installations::by_workspace(&**txn, wanted.platform, &wanted.external_id).await?;
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
    Ok(())
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
    // Sealing draws a new nonce each time: the same token is left as it is.
    let kept = past
        .as_ref()
        .filter(|past| {
            app.keys
                .open(&past.bot_token, token_place(id))
                .is_ok_and(|old| old == wanted.bot_token.trim().as_bytes())
        })
        .map(|past| past.bot_token.clone());
    let bot_token = match kept {
        Some(sealed) => sealed,
        None => app
            .keys
            .seal(
                &app.chance,
                wanted.bot_token.trim().as_bytes(),
                token_place(id),
            )
            .map_err(|_| SetupError::Unsealable)?,
    };
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
        revoked_at: None,
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
