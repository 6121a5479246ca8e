//! What is destroyed when somebody is erased, and what is taken out of what stays.

use chrono::{DateTime, Utc};
use entity::enums::{DeliveryOperation, DeliveryState, ImportKind, ImportState};
use entity::ids::{AuditEventId, CsvImportId, DeliveryId, MemberId, OrganizationId};
use entity::{
    api_token, audit_event, credential, csv_file, csv_import, csv_line, delivery, dismissal,
    identity, login_link, member, pairing_attempt, pairing_code, saved_view, session, share,
};
use sea_orm::sea_query::{Expr, LikeExpr, LockType, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use serde_json::Value;

use super::{StoreError, Txn};

/// Nothing more becomes of a message in another state.
const OPEN: [DeliveryState; 2] = [DeliveryState::Pending, DeliveryState::Claimed];

/// Ids of one statement.
const STEP: usize = 500;

/// Destroys every way in of a member, and what they chose for themselves: accounts, sessions,
/// tokens, links, codes, password, views, dismissals.
pub async fn destroy(
    txn: &Txn,
    (organization, member): (OrganizationId, MemberId),
) -> Result<(), StoreError> {
    macro_rules! of_member {
        ($($table:ident),+) => {$(
            $table::Entity::delete_many()
                .filter($table::Column::OrganizationId.eq(organization))
                .filter($table::Column::MemberId.eq(member))
                .exec(&**txn)
                .await?;
        )+};
    }
    of_member!(
        session,
        api_token,
        login_link,
        credential,
        pairing_code,
        identity,
        saved_view,
        dismissal
    );
    // Their own words, if any are among those that were dealt to them.
    share::Entity::update_many()
        .col_expr(share::Column::Text, Expr::value(""))
        .filter(share::Column::OrganizationId.eq(organization))
        .filter(share::Column::MemberId.eq(member))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// Entries of the audit log of what a member did in a chat.
pub async fn interactions(
    db: &impl ConnectionTrait,
    (organization, member): (OrganizationId, MemberId),
) -> Result<Vec<AuditEventId>, StoreError> {
    Ok(audit_event::Entity::find()
        .select_only()
        .column(audit_event::Column::Id)
        .filter(audit_event::Column::OrganizationId.eq(organization))
        .filter(audit_event::Column::ActorId.eq(member))
        .filter(audit_event::Column::InteractionId.is_not_null())
        .into_tuple()
        .all(db)
        .await?)
}

/// Takes from these entries, and from those of the member after one, by which interaction of a chat
/// it was done: what an application says of it may hold who acted there.
pub async fn forget_interactions(
    txn: &Txn,
    (organization, member): (OrganizationId, MemberId),
    (ids, after): (&[AuditEventId], AuditEventId),
) -> Result<(), StoreError> {
    for some in ids.chunks(STEP) {
        let some = audit_event::Column::Id.is_in(some.iter().copied());
        forget_interactions_of(txn, (organization, member), Condition::all().add(some)).await?;
    }
    let later = audit_event::Column::Id.gt(after);
    forget_interactions_of(txn, (organization, member), Condition::all().add(later)).await
}

async fn forget_interactions_of(
    txn: &Txn,
    (organization, member): (OrganizationId, MemberId),
    which: Condition,
) -> Result<(), StoreError> {
    audit_event::Entity::update_many()
        .col_expr(
            audit_event::Column::InteractionId,
            Expr::value(None::<String>),
        )
        .filter(audit_event::Column::OrganizationId.eq(organization))
        .filter(audit_event::Column::ActorId.eq(member))
        .filter(audit_event::Column::InteractionId.is_not_null())
        .filter(which)
        .exec(&**txn)
        .await?;
    Ok(())
}

/// Forgets that accounts tried pairing codes.
pub async fn forget_tries(txn: &Txn, accounts: &[String]) -> Result<(), StoreError> {
    pairing_attempt::Entity::delete_many()
        .filter(pairing_attempt::Column::Account.is_in(accounts))
        .exec(&**txn)
        .await?;
    Ok(())
}

fn to_member((organization, member): (OrganizationId, MemberId)) -> Select<delivery::Entity> {
    delivery::Entity::find()
        .filter(delivery::Column::OrganizationId.eq(organization))
        .filter(delivery::Column::MemberId.eq(member))
}

/// Direct messages of a member that are out, or on their way.
pub async fn messages(
    db: &impl ConnectionTrait,
    owner: (OrganizationId, MemberId),
) -> Result<Vec<delivery::Model>, StoreError> {
    Ok(to_member(owner)
        .filter(delivery::Column::Operation.eq(DeliveryOperation::Post))
        .filter(delivery::Column::State.is_in([DeliveryState::Claimed, DeliveryState::Sent]))
        .order_by_asc(delivery::Column::Id)
        .all(db)
        .await?)
}

/// Where a member was written to, each once.
pub async fn places(
    db: &impl ConnectionTrait,
    owner: (OrganizationId, MemberId),
) -> Result<Vec<String>, StoreError> {
    Ok(to_member(owner)
        .select_only()
        .column(delivery::Column::PlaceRef)
        .distinct()
        .into_tuple()
        .all(db)
        .await?)
}

/// Whether anything is still to be done to a member's messages.
pub async fn has_open_messages(
    db: &impl ConnectionTrait,
    owner: (OrganizationId, MemberId),
) -> Result<bool, StoreError> {
    let one: Option<DeliveryId> = to_member(owner)
        .select_only()
        .column(delivery::Column::Id)
        .filter(delivery::Column::State.is_in(OPEN))
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    Ok(one.is_some())
}

/// Destroys where a member was written to: on every message, or but for those that are open and
/// those that these are about.
pub async fn blank_addresses(
    txn: &Txn,
    owner: (OrganizationId, MemberId),
    keeps_open: bool,
) -> Result<(), StoreError> {
    let mut blank = delivery::Entity::update_many()
        .col_expr(delivery::Column::PlaceRef, Expr::value(""))
        .col_expr(delivery::Column::MessageRef, Expr::value(None::<String>))
        .col_expr(delivery::Column::Failure, Expr::value(None::<String>))
        .filter(delivery::Column::OrganizationId.eq(owner.0))
        .filter(delivery::Column::MemberId.eq(owner.1));
    if keeps_open {
        let targets = Query::select()
            .column(delivery::Column::TargetId)
            .from(delivery::Entity)
            .and_where(delivery::Column::OrganizationId.eq(owner.0))
            .and_where(delivery::Column::MemberId.eq(owner.1))
            .and_where(delivery::Column::State.is_in(OPEN))
            .and_where(delivery::Column::TargetId.is_not_null())
            .to_owned();
        blank = blank
            .filter(delivery::Column::State.is_not_in(OPEN))
            .filter(delivery::Column::Id.not_in_subquery(targets));
    }
    blank.exec(&**txn).await?;
    Ok(())
}

/// Members erased between two times of whom it is still known where they were written to.
pub async fn remembered(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<MemberId>, StoreError> {
    let known = Condition::any()
        .add(delivery::Column::PlaceRef.ne(""))
        .add(delivery::Column::MessageRef.is_not_null());
    let theirs = Expr::col((delivery::Entity, delivery::Column::MemberId))
        .equals((member::Entity, member::Column::Id));
    let written_to = Query::select()
        .expr(Expr::value(1))
        .from(delivery::Entity)
        .and_where(theirs)
        .cond_where(known)
        .to_owned();
    Ok(member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(member::Column::OrganizationId.eq(organization))
        .filter(member::Column::ErasedAt.gte(from))
        .filter(member::Column::ErasedAt.lt(until))
        .filter(Expr::exists(written_to))
        .order_by_asc(member::Column::Id)
        .into_tuple()
        .all(db)
        .await?)
}

/// The next entries of the audit log after an id whose facts hold one of some words, and the facts.
pub async fn entries_naming(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    words: &[&str],
    (after, limit): (AuditEventId, u64),
) -> Result<Vec<audit_event::Model>, StoreError> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let facts = || Expr::col((audit_event::Entity, audit_event::Column::Detail)).cast_as("text");
    let mut naming = Condition::any();
    for word in words {
        // As the facts are written: a quotation mark within a name is not written as itself.
        let written = Value::from(*word).to_string();
        let inner = written.strip_prefix('"').unwrap_or(&written);
        let inner = inner.strip_suffix('"').unwrap_or(inner);
        naming = naming.add(facts().like(within(inner)));
    }
    Ok(audit_event::Entity::find()
        .filter(audit_event::Column::OrganizationId.eq(organization))
        .filter(audit_event::Column::Id.gt(after))
        .filter(naming)
        .order_by_asc(audit_event::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// Some entries of the audit log.
pub async fn entries(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    ids: &[AuditEventId],
) -> Result<Vec<audit_event::Model>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(audit_event::Entity::find()
        .filter(audit_event::Column::OrganizationId.eq(organization))
        .filter(audit_event::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?)
}

/// Replaces the facts of an entry of the audit log.
pub async fn set_facts(txn: &Txn, entry: AuditEventId, detail: Value) -> Result<(), StoreError> {
    audit_event::Entity::update_many()
        .col_expr(audit_event::Column::Detail, Expr::value(detail))
        .filter(audit_event::Column::Id.eq(entry))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// Files of members that are not taken over yet, held until the transaction ends, in the order of
/// their ids.
pub async fn open_files(
    txn: &Txn,
    organization: OrganizationId,
) -> Result<Vec<csv_import::Model>, StoreError> {
    Ok(csv_import::Entity::find()
        .filter(csv_import::Column::OrganizationId.eq(organization))
        .filter(csv_import::Column::Kind.eq(ImportKind::Members))
        .filter(csv_import::Column::State.is_not_in([ImportState::Done, ImportState::Failed]))
        .order_by_asc(csv_import::Column::Id)
        .lock(LockType::Update)
        .all(&**txn)
        .await?)
}

/// Replaces the bytes of a file, and notes it on its import, so that whoever has read the former
/// ones takes nothing of them over.
pub async fn replace_file(
    txn: &Txn,
    import: CsvImportId,
    content: Vec<u8>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    csv_file::Entity::update_many()
        .col_expr(csv_file::Column::Content, Expr::value(content))
        .filter(csv_file::Column::ImportId.eq(import))
        .exec(&**txn)
        .await?;
    csv_import::Entity::update_many()
        .col_expr(csv_import::Column::CleanedAt, Expr::value(at))
        .filter(csv_import::Column::Id.eq(import))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// Forgets the lines of files of members that are about somebody, as the lines are labelled: by
/// name and address.
pub async fn forget_lines(
    txn: &Txn,
    organization: OrganizationId,
    (name, address): (&str, Option<&str>),
) -> Result<(), StoreError> {
    let label = || Expr::col((csv_line::Entity, csv_line::Column::Label));
    let named = LikeExpr::new(format!("{} · %", escaped(name))).escape('\\');
    let mut theirs = Condition::any().add(label().like(named));
    if let Some(address) = address {
        let reached = LikeExpr::new(format!("% · {}", escaped(address))).escape('\\');
        theirs = theirs.add(label().like(reached));
    }
    // By the imports, for which there is an index.
    let imports = Query::select()
        .column(csv_import::Column::Id)
        .from(csv_import::Entity)
        .and_where(csv_import::Column::OrganizationId.eq(organization))
        .and_where(csv_import::Column::Kind.eq(ImportKind::Members))
        .to_owned();
    csv_line::Entity::delete_many()
        .filter(csv_line::Column::ImportId.in_subquery(imports))
        .filter(theirs)
        .exec(&**txn)
        .await?;
    Ok(())
}

/// The next members of an organization after one who left before a time and still have their name.
pub async fn leavers(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    (before, after, limit): (DateTime<Utc>, MemberId, u64),
) -> Result<Vec<member::Model>, StoreError> {
    Ok(gone(organization, before)
        .filter(member::Column::Id.gt(after))
        .order_by_asc(member::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// How many those are.
pub async fn count_leavers(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    before: DateTime<Utc>,
) -> Result<u64, StoreError> {
    Ok(gone(organization, before).count(db).await?)
}

fn gone(organization: OrganizationId, before: DateTime<Utc>) -> Select<member::Entity> {
    member::Entity::find()
        .filter(member::Column::OrganizationId.eq(organization))
        .filter(member::Column::LeftAt.lt(before))
        .filter(member::Column::ErasedAt.is_null())
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}

fn within(text: &str) -> LikeExpr {
    LikeExpr::new(format!("%{}%", escaped(text))).escape('\\')
}
