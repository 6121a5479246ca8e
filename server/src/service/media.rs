//! Pictures that curators upload, and who sees them.

use std::sync::Arc;

use entity::enums::Permission;
use entity::ids::MediaId;
use entity::media;
use serde_json::json;
use thiserror::Error;
use tokio::sync::Semaphore;

use super::actor::{Actor, Forbidden};
use super::audit;
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::page::{Paging, Slice};
use crate::domain::picture::{self, Picture, PictureFault};
use crate::domain::post::ALT_LIMIT;
use crate::secrets::mac::sha256;
use crate::store::media as rows;
use crate::store::{Reader, StoreError, Txn};

pub use crate::store::media::Label;

/// Pictures that are unfolded at a time: each may take some hundred megabytes.
const AT_A_TIME: usize = 2;

/// The desk on which pictures are unfolded.
#[derive(Clone, Debug)]
pub struct Desk(Arc<Semaphore>);

impl Default for Desk {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_A_TIME)))
    }
}

/// Why a picture is not kept.
#[derive(Debug, Error)]
pub enum MediaError {
    /// The actor may not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// What was sent is not acceptable.
    #[error("fields are invalid")]
    Invalid(Vec<Fault>),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// Keeps a picture; the same file again gives the same picture, under the words that were typed
/// last.
pub async fn upload(
    app: &App,
    actor: &Actor,
    alt: &str,
    file: Vec<u8>,
) -> Result<Label, MediaError> {
    actor.require(Permission::WritePosts)?;
    let alt = alt.trim();
    if !(1..=ALT_LIMIT).contains(&alt.chars().count()) || alt.contains('\0') {
        let reason = format!("must say what the picture shows, in 1 to {ALT_LIMIT} characters");
        return Err(MediaError::Invalid(vec![Fault::new("alt", reason)]));
    }
    let organization = actor.organization.id;
    let digest = sha256(&file).to_vec();
    let there = rows::by_digest(app.store.reader(), organization, &digest).await?;
    if let Some(label) = there {
        return described(app, actor, label, alt).await;
    }
    let picture = unfolded(app, file).await.map_err(|fault| {
        let fault = Fault::new("file", fault.to_string());
        MediaError::Invalid(vec![fault])
    })?;
    let row = media::Model {
        id: MediaId(app.uuid()),
        organization_id: organization,
        member_id: Some(actor.member.id),
        media_type: picture.media_type.to_owned(),
        width: picture.width.into(),
        height: picture.height.into(),
        alt: alt.to_owned(),
        digest: digest.clone(),
        bytes: i64::try_from(picture.content.len()).unwrap_or(i64::MAX),
        content: picture.content,
        thumbnail: picture.thumbnail,
        created_at: app.now(),
    };
    let txn = app.store.begin().await?;
    check_space(&txn, app, &row).await?;
    let id = row.id;
    rows::insert_unless_there(&txn, row).await?;
    let kept = rows::by_digest(&*txn, organization, &digest).await?;
    let kept = kept.ok_or(StoreError::Conflict)?;
    if kept.id != id {
        drop(txn);
        return described(app, actor, kept, alt).await;
    }
    let event = audit::Event {
        action: "media.upload",
        subject: format!("media:{id}"),
        detail: json!({ "media_type": kept.media_type, "bytes": kept.bytes }),
    };
    audit::record(&txn, app, actor, event).await?;
    txn.commit().await?;
    Ok(kept)
}

/// Refuses what the organization's pictures have no room for.
async fn check_space(txn: &Txn, app: &App, row: &media::Model) -> Result<(), MediaError> {
    let taken = rows::space(&**txn, row.organization_id).await?;
    let allowed = app.config.web.pictures_bytes;
    if u64::try_from(taken.saturating_add(row.bytes)).is_ok_and(|whole| whole > allowed) {
        let megabytes = allowed / (1024 * 1024);
        let reason = format!(
            "is one too many: the organization's pictures may take {megabytes} megabytes together"
        );
        return Err(MediaError::Invalid(vec![Fault::new("file", reason)]));
    }
    Ok(())
}

/// The same picture under other words.
async fn described(app: &App, actor: &Actor, label: Label, alt: &str) -> Result<Label, MediaError> {
    if label.alt == alt {
        return Ok(label);
    }
    let txn = app.store.begin().await?;
    rows::describe(&txn, (actor.organization.id, label.id), alt).await?;
    let event = audit::Event {
        action: "media.describe",
        subject: format!("media:{}", label.id),
        detail: json!({}),
    };
    audit::record(&txn, app, actor, event).await?;
    txn.commit().await?;
    Ok(Label {
        alt: alt.to_owned(),
        ..label
    })
}

/// Unfolding is work, and a file that makes the reader panic is no picture.
async fn unfolded(app: &App, file: Vec<u8>) -> Result<Picture, PictureFault> {
    let place = app.pictures().0.acquire().await;
    let read = tokio::task::spawn_blocking(move || picture::read(&file)).await;
    drop(place);
    read.unwrap_or(Err(PictureFault::Damaged))
}

/// The organization's pictures, the newest first.
pub async fn list_media(
    app: &App,
    actor: &Actor,
    paging: Paging,
) -> Result<Slice<Label>, MediaError> {
    actor.require(Permission::ReadPosts)?;
    Ok(rows::list(app.store.reader(), actor.organization.id, paging).await?)
}

/// How large a picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// As it is kept.
    Whole,
    /// As in a list.
    Small,
}

/// Type and bytes of a picture. Cards show it to people who have no account here, so its id is
/// all that one needs.
pub async fn show(
    app: &App,
    id: MediaId,
    size: Size,
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    bytes(app.store.reader(), id, size).await
}

async fn bytes(
    db: &impl Reader,
    id: MediaId,
    size: Size,
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    match size {
        Size::Whole => rows::content(db, id).await,
        Size::Small => rows::thumbnail(db, id).await,
    }
}
