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
    // What an application says of a chat interaction may hold who acted there.
    audit_event::Entity::update_many()
        .col_expr(
            audit_event::Column::InteractionId,
            Expr::value(None::<String>),
        )
        .filter(audit_event::Column::OrganizationId.eq(organization))
        .filter(audit_event::Column::ActorId.eq(member))
        .filter(audit_event::Column::InteractionId.is_not_null())
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

/// What is still to be done to a member's messages.
pub async fn open_messages(
    db: &impl ConnectionTrait,
    owner: (OrganizationId, MemberId),
) -> Result<Vec<delivery::Model>, StoreError> {
    let open = [DeliveryState::Pending, DeliveryState::Claimed];
    Ok(to_member(owner)
        .filter(delivery::Column::State.is_in(open))
        .all(db)
        .await?)
}

/// Destroys where a member was written to, on every message but those that are still to be taken
/// back.
pub async fn blank_addresses(
    txn: &Txn,
    owner: (OrganizationId, MemberId),
    kept: &[DeliveryId],
) -> Result<(), StoreError> {
    let mut blank = delivery::Entity::update_many()
        .col_expr(delivery::Column::PlaceRef, Expr::value(""))
        .col_expr(delivery::Column::MessageRef, Expr::value(None::<String>))
        .col_expr(delivery::Column::Failure, Expr::value(None::<String>))
        .filter(delivery::Column::OrganizationId.eq(owner.0))
        .filter(delivery::Column::MemberId.eq(owner.1));
    if !kept.is_empty() {
        blank = blank.filter(delivery::Column::Id.is_not_in(kept.iter().copied()));
    }
    blank.exec(&**txn).await?;
    Ok(())
}

/// Entries of the audit log whose facts hold a word.
pub async fn entries_naming(
    txn: &Txn,
    organization: OrganizationId,
    word: &str,
) -> Result<Vec<audit_event::Model>, StoreError> {
    let facts = Expr::col((audit_event::Entity, audit_event::Column::Detail)).cast_as("text");
    // As the facts are written: a quotation mark within a name is not written as itself.
    let written = Value::from(word).to_string();
    let written = written.trim_matches('"');
    Ok(audit_event::Entity::find()
        .filter(audit_event::Column::OrganizationId.eq(organization))
        .filter(facts.like(within(written)))
        .all(&**txn)
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

/// Forgets the lines of files that are about somebody.
pub async fn forget_lines(
    txn: &Txn,
    organization: OrganizationId,
    (name, address): (&str, Option<&str>),
) -> Result<(), StoreError> {
    let label = || Expr::col((csv_line::Entity, csv_line::Column::Label));
    let named = LikeExpr::new(format!("{} · %", escaped(name))).escape('\\');
    let mut theirs = Condition::any().add(label().like(named));
    if let Some(address) = address {
        let fault = Expr::col((csv_line::Entity, csv_line::Column::Fault)).cast_as("text");
        theirs = theirs
            .add(label().like(within(address)))
            .add(fault.like(within(address)));
    }
    // By the imports, for which there is an index.
    let imports = Query::select()
        .column(csv_import::Column::Id)
        .from(csv_import::Entity)
        .and_where(csv_import::Column::OrganizationId.eq(organization))
        .to_owned();
    csv_line::Entity::delete_many()
        .filter(csv_line::Column::ImportId.in_subquery(imports))
        .filter(theirs)
        .exec(&**txn)
        .await?;
    Ok(())
}

/// The next members of an organization who left before a time and still have their name.
pub async fn leavers(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<member::Model>, StoreError> {
    Ok(gone(organization, before)
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
