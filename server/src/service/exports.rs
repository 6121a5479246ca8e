//! What is known of one member, for themselves or to be handed out on their request. What would
//! join somebody to what they did not do, and what they chose, is for themselves alone.

use chrono::{DateTime, Utc};
use entity::enums::Permission;
use entity::ids::MemberId;
use entity::{
    api_token, audit_event, dismissal, identity, organization, point_event, post, proposal,
    proposal_supporter, review_note, saved_view, session,
};
use serde_json::json;
use thiserror::Error;
use uuid::Uuid;

use super::actor::{Actor, Forbidden};
use super::audit;
use super::members::Seen;
use super::members::teams::Teams;
use crate::app::App;
use crate::store::exports as rows;
use crate::store::{StoreError, identities, members};

pub use crate::store::exports::{Messages, Shared};

/// Rows of one look at a long list.
const PAGE: u64 = 500;

/// Why nothing is handed out.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such member.
    #[error("there is no such member")]
    NotFound,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is for the member alone.
#[derive(Clone, Debug)]
pub struct Private {
    /// Their sessions.
    pub sessions: Vec<session::Model>,
    /// Their tokens.
    pub tokens: Vec<api_token::Model>,
    /// Their views of the library.
    pub views: Vec<saved_view::Model>,
    /// What they dismissed.
    pub dismissals: Vec<dismissal::Model>,
    /// Messages to them, counted.
    pub messages: Vec<Messages>,
    /// Proposals of others that they made, too.
    pub supported: Vec<proposal_supporter::Model>,
}

/// What is known of a member, but for the long lists, which are read by [`page`].
#[derive(Clone, Debug)]
pub struct Export {
    /// The tenant.
    pub organization: organization::Model,
    /// The member.
    pub seen: Seen,
    /// Their accounts.
    pub identities: Vec<identity::Model>,
    /// What is for themselves alone; none where it is handed out.
    pub private: Option<Private>,
    /// Whether what they wrote and said in reviews is in it.
    pub has_content: bool,
    /// Whether what they proposed is in it.
    pub has_proposals: bool,
    /// Whether what they did is in it, by the audit log.
    pub has_actions: bool,
    /// When it was written.
    pub at: DateTime<Utc>,
}

/// A long list of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// What they shared; for themselves alone.
    Shares,
    /// What they earned; for themselves alone.
    Points,
    /// What they wrote.
    Posts,
    /// What they said in reviews.
    Notes,
    /// What they proposed.
    Proposals,
    /// What the audit log says that they did.
    Actions,
}

/// Each of them, in the order of the file.
const LISTS: [List; 6] = [
    List::Shares,
    List::Points,
    List::Posts,
    List::Notes,
    List::Proposals,
    List::Actions,
];

/// Some rows of a long list.
#[derive(Clone, Debug)]
pub enum Rows {
    /// What they shared.
    Shares(Vec<Shared>),
    /// What they earned.
    Points(Vec<point_event::Model>),
    /// What they wrote.
    Posts(Vec<post::Model>),
    /// What they said in reviews.
    Notes(Vec<review_note::Model>),
    /// What they proposed.
    Proposals(Vec<proposal::Model>),
    /// What they did.
    Actions(Vec<audit_event::Model>),
}

/// What is known of the actor. Who came by the word of somebody else may be they, and gets what
/// they could hand out.
pub async fn export_me(app: &App, actor: &Actor) -> Result<Export, ExportError> {
    actor.require_everything()?;
    let whole = actor.issuer.is_none();
    let teams = Teams::load(app.store.reader(), actor.organization.id).await?;
    export(app, actor, teams.seen(actor.member.clone()), whole).await
}

/// What of a member may be handed out to them.
pub async fn export_member(app: &App, actor: &Actor, id: MemberId) -> Result<Export, ExportError> {
    actor.require(Permission::ManageMembers)?;
    let db = app.store.reader();
    let found = members::find(db, actor.organization.id, id).await?;
    let found = found.filter(|member| member.erased_at.is_none());
    let member = found.ok_or(ExportError::NotFound)?;
    let teams = Teams::load(db, actor.organization.id).await?;
    let seen = teams.seen(member);
    export(app, actor, seen, false).await
}

async fn export(app: &App, actor: &Actor, seen: Seen, whole: bool) -> Result<Export, ExportError> {
    let db = app.store.reader();
    let owner = (actor.organization.id, seen.member.id);
    let may = |permission| whole || actor.require(permission).is_ok();
    let private = if whole {
        Some(Private {
            sessions: rows::sessions(db, owner).await?,
            tokens: rows::tokens(db, owner).await?,
            views: rows::views(db, owner).await?,
            dismissals: rows::dismissals(db, owner).await?,
            messages: rows::messages(db, owner).await?,
            supported: rows::supported(db, owner).await?,
        })
    } else {
        None
    };
    let identities = identities::of_member(db, owner.0, owner.1).await?;
    let txn = app.store.begin().await?;
    let event = audit::Event {
        action: "member.export",
        subject: format!("member:{}", seen.member.id),
        detail: json!({"whole": whole}),
    };
    audit::record(&txn, app, actor, event).await?;
    txn.commit().await?;
    Ok(Export {
        organization: actor.organization.clone(),
        seen,
        identities,
        has_content: may(Permission::ReadPosts) && may(Permission::CommentPosts),
        has_proposals: may(Permission::WritePosts),
        has_actions: may(Permission::ReadAudit),
        private,
        at: app.now(),
    })
}

impl Export {
    /// The long lists that are in it.
    pub fn lists(&self) -> Vec<List> {
        let is_in = |list: &List| match list {
            List::Shares | List::Points => self.private.is_some(),
            List::Posts | List::Notes => self.has_content,
            List::Proposals => self.has_proposals,
            List::Actions => self.has_actions,
        };
        LISTS.into_iter().filter(is_in).collect()
    }
}

/// The next rows of a long list, in the order of their ids.
pub async fn page(
    app: &App,
    export: &Export,
    (list, after): (List, Option<Uuid>),
) -> Result<Rows, StoreError> {
    let db = app.store.reader();
    let owner = (export.organization.id, export.seen.member.id);
    let span = (after, PAGE);
    Ok(match list {
        List::Shares => Rows::Shares(rows::shares(db, owner, span).await?),
        List::Points => Rows::Points(rows::points(db, owner, span).await?),
        List::Posts => Rows::Posts(rows::posts(db, owner, span).await?),
        List::Notes => Rows::Notes(rows::notes(db, owner, span).await?),
        List::Proposals => Rows::Proposals(rows::proposals(db, owner, span).await?),
        List::Actions => Rows::Actions(rows::actions(db, owner, span).await?),
    })
}

impl Rows {
    /// The id of the last one; none where there is none.
    pub fn last(&self) -> Option<Uuid> {
        match self {
            Self::Shares(rows) => rows.last().map(|row| row.share.id.0),
            Self::Points(rows) => rows.last().map(|row| row.id.0),
            Self::Posts(rows) => rows.last().map(|row| row.id.0),
            Self::Notes(rows) => rows.last().map(|row| row.id.0),
            Self::Proposals(rows) => rows.last().map(|row| row.id.0),
            Self::Actions(rows) => rows.last().map(|row| row.id.0),
        }
    }
}
