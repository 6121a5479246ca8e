//! Answering an operation once, however often it is asked for under one key.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use entity::idempotency_record::Model;
use entity::ids::{IdempotencyRecordId, OrganizationId};
use thiserror::Error;

use crate::app::App;
use crate::secrets::keys::Place;
use crate::secrets::mac::sha256;
use crate::store::took_effect::{self, TOOK_EFFECT};
use crate::store::{StoreError, idempotency_records};

/// What bodies are hashed under: one of them may hold a password, which a plain hash would let
/// somebody guess who reads the table.
const PURPOSE: &str = "bodies of requests";

/// How long an answer is remembered.
pub const KEPT: TimeDelta = TimeDelta::hours(24);

/// After so long without an answer, its asker is taken to have died: far
/// longer than any request may take.
const GIVEN_UP: TimeDelta = TimeDelta::minutes(2);

/// A request that bears a key.
#[derive(Clone, Debug)]
pub struct Request<'r> {
    /// The tenant.
    pub organization: OrganizationId,
    /// Token, actor and operation. Only a hash of it is kept: the record names nobody.
    pub scope: &'r str,
    /// The key as sent.
    pub key: &'r str,
    /// The body.
    pub body: &'r [u8],
}

/// What is to be done with a request that bears a key.
#[derive(Debug)]
pub enum Turn {
    /// Answer it [`under`] the key, then call [`finish`] or [`give_up`].
    Answer(Box<Model>),
    /// It was answered so.
    Answered {
        /// HTTP status.
        status: i64,
        /// Body.
        body: String,
    },
}

/// Why a request that bears a key is refused.
#[derive(Debug, Error)]
pub enum IdempotencyError {
    /// The key came with another body.
    #[error("the key was used for another body")]
    Mismatch,
    /// The first request is still being answered.
    #[error("the first request under this key is still being answered")]
    InProgress,
    /// The first request took effect, and the server ended before it had answered.
    #[error("the first request under this key took effect, but its answer was lost: look first")]
    AnswerLost,
    /// The database left while the key was taken: it may be taken or not.
    #[error("whether the key is taken is not known")]
    Unsure {
        /// What is to be given up, if it is there.
        turn: Box<Model>,
        /// How the database failed.
        cause: StoreError,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes the key, or finds out what was answered under it.
pub async fn begin(app: &App, request: &Request<'_>) -> Result<Turn, IdempotencyError> {
    let now = app.now();
    let scope = hex(&sha256(request.scope.as_bytes()));
    let row = Model {
        id: IdempotencyRecordId(app.uuid()),
        organization_id: request.organization,
        scope,
        idempotency_key: request.key.to_owned(),
        request_hash: app.keys.mac(PURPOSE, &[request.body]).to_vec(),
        status: None,
        answer: None,
        created_at: now,
    };
    let txn = app.store.begin().await?;
    if let Some(past) = idempotency_records::find(&*txn, &row.scope, &row.idempotency_key).await? {
        let age = now - past.created_at;
        let forgotten = age >= KEPT || (past.status.is_none() && age >= GIVEN_UP);
        if !forgotten {
            return judge(app, past, request.body, age);
        }
        idempotency_records::remove(&*txn, past.id).await?;
    }
    // On Postgres another replica may have come first since the look.
    if !idempotency_records::insert(&*txn, row.clone()).await? {
        return Err(IdempotencyError::InProgress);
    }
    let turn = Box::new(row);
    match txn.commit().await {
        Ok(()) => Ok(Turn::Answer(turn)),
        Err(cause) => Err(IdempotencyError::Unsure { turn, cause }),
    }
}

/// Does the work of a request: its own transactions say that it took effect.
pub async fn under<W: Future>(turn: &Model, work: W) -> W::Output {
    took_effect::noting(turn.id, work).await
}

fn judge(app: &App, past: Model, body: &[u8], age: TimeDelta) -> Result<Turn, IdempotencyError> {
    // Under every key: one may have been exchanged since.
    if !app.keys.verifies(PURPOSE, &[body], &past.request_hash) {
        return Err(IdempotencyError::Mismatch);
    }
    match (
        past.status,
        past.answer.and_then(|sealed| open(app, past.id, &sealed)),
    ) {
        (Some(status), Some(body)) => Ok(Turn::Answered { status, body }),
        // To do it again would do it twice.
        (Some(TOOK_EFFECT), None) if age >= GIVEN_UP => Err(IdempotencyError::AnswerLost),
        (Some(_) | None, _) => Err(IdempotencyError::InProgress),
    }
}

/// Remembers the answer. It is sealed: it may name people, or show a secret once.
pub async fn finish(app: &App, turn: Model, status: i64, body: &str) -> Result<(), StoreError> {
    let Ok(sealed) = app.keys.seal(&app.chance, body.as_bytes(), place(turn.id)) else {
        return give_up(app, &turn).await;
    };
    let txn = app.store.begin().await?;
    let row = Model {
        status: Some(status),
        answer: Some(STANDARD.encode(sealed)),
        ..turn
    };
    idempotency_records::update(&*txn, row).await?;
    txn.commit().await
}

fn open(app: &App, id: IdempotencyRecordId, sealed: &str) -> Option<String> {
    let plain = app
        .keys
        .open(&STANDARD.decode(sealed).ok()?, place(id))
        .ok()?;
    String::from_utf8(plain).ok()
}

fn place(id: IdempotencyRecordId) -> Place<'static> {
    Place {
        table: "idempotency_record",
        column: "answer",
        row: id.0,
    }
}

/// Forgets the key: the answer was no answer, and the request may come again.
pub async fn give_up(app: &App, turn: &Model) -> Result<(), StoreError> {
    let txn = app.store.begin().await?;
    idempotency_records::remove(&*txn, turn.id).await?;
    txn.commit().await
}

/// Forgets answers past their time; says how many.
pub async fn sweep(app: &App) -> Result<u64, StoreError> {
    let txn = app.store.begin().await?;
    let swept = idempotency_records::remove_before(&*txn, app.now() - KEPT).await?;
    txn.commit().await?;
    Ok(swept)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use entity::enums::Role;

    use super::*;
    use crate::domain::page::Paging;
    use crate::service::posts::{Library, create_post, list_posts};
    use crate::test_support::content::draft;
    use crate::test_support::{TestApp, on_both};

    fn request(organization: OrganizationId, key: &str) -> Request<'_> {
        Request {
            organization,
            scope: "POST /posts",
            key,
            body: b"{}",
        }
    }

    #[tokio::test]
    async fn what_took_effect_before_the_server_ended_is_not_done_again() {
        on_both(async |t: TestApp| {
            let owner = t.actor(&[Role::Owner]).await;
            let request = request(owner.organization.id, "once");
            let Ok(Turn::Answer(turn)) = begin(&t.app, &request).await else {
                panic!("the key is new");
            };
            let writing = Box::pin(create_post(&t.app, &owner, draft("Tea")));
            let written = under(&turn, writing).await;
            written.unwrap();
            // The server ends here.
            let again = begin(&t.app, &request).await;
            assert!(matches!(again, Err(IdempotencyError::InProgress)));
            t.clock.advance(GIVEN_UP);
            let again = begin(&t.app, &request).await;
            assert!(matches!(again, Err(IdempotencyError::AnswerLost)));
            let paging = Paging {
                after: None,
                limit: 10,
            };
            let posts = list_posts(&t.app, &owner, &Library::default(), paging).await;
            assert_eq!(posts.unwrap().items.len(), 1);
        })
        .await;
    }

    #[tokio::test]
    async fn what_never_took_effect_is_done_once_its_asker_is_given_up() {
        on_both(async |t: TestApp| {
            let owner = t.actor(&[Role::Owner]).await;
            let request = request(owner.organization.id, "in vain");
            let Ok(Turn::Answer(turn)) = begin(&t.app, &request).await else {
                panic!("the key is new");
            };
            let writing = Box::pin(create_post(&t.app, &owner, draft("")));
            let refused = under(&turn, writing).await;
            refused.unwrap_err();
            t.clock.advance(GIVEN_UP);
            let again = begin(&t.app, &request).await;
            assert!(matches!(again, Ok(Turn::Answer(_))));
        })
        .await;
    }
}
