//! Links that are handed to somebody who was invited, where no mail can.

use entity::enums::{LoginPurpose, Permission};
use entity::ids::MemberId;
use serde_json::json;

use super::{Issued, address, draw};
use crate::app::App;
use crate::domain::login::lifetime;
use crate::domain::permission;
use crate::service::actor::Actor;
use crate::service::pairing::InviteError;
use crate::service::{audit, members};
use crate::store::{login_links, shares};

/// A link for another member, to be handed to them where no mail can; earlier ones stop to count.
/// Who issues it could use it, so nobody issues one for who may do more than they. It is for the
/// console, and so for who has a role that opens it.
pub async fn invite(app: &App, actor: &Actor, id: MemberId) -> Result<Issued, InviteError> {
    actor.require(Permission::ManageMembers)?;
    let txn = app.store.begin().await?;
    let mut locked = shares::lock_members(&txn, &[id]).await?.into_iter();
    let member = locked
        .find(|member| member.organization_id == actor.organization.id)
        .ok_or(InviteError::NotFound)?;
    members::may_grant(actor, &member.roles.0)?;
    if member.left_at.is_some() {
        return Err(InviteError::MemberLeft);
    }
    if permission::granted_by_all(&member.roles.0).is_empty() {
        return Err(InviteError::NoConsole);
    }
    let owner = (member.organization_id, id);
    login_links::void(&txn, owner, app.now()).await?;
    let what = (LoginPurpose::Invitation, actor.word_for(id));
    let token = draw(&txn, app, what, Some(owner)).await?;
    let event = audit::Event {
        action: "member.invite_console",
        subject: format!("member:{id}"),
        detail: json!({}),
    };
    audit::record(&txn, app, actor, event).await?;
    txn.commit().await?;
    Ok(Issued {
        url: address(app, &token),
        expires_at: app.now() + lifetime(LoginPurpose::Invitation),
    })
}
