//! Whom a rule means, as the database finds them: the same as the rule says of each member.

use entity::enums::Platform;
use entity::identity;
use entity::ids::{MemberId, OrganizationId};
use entity::member::{Column, Entity};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
};

use super::StoreError;
use super::members::holds;
use crate::domain::audience::{Rule, Terms};

/// Members who finished onboarding, did not leave, and whom a rule means: so many of them at most,
/// in no order, for it is asked whether there are as many.
pub async fn some_meant(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    rule: &Rule<'_>,
    limit: u64,
) -> Result<Vec<MemberId>, StoreError> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::JoinedAt.is_not_null())
        .filter(Column::LeftAt.is_null())
        .filter(is_meant(&rule.terms()))
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

fn is_meant(terms: &Terms<'_>) -> Condition {
    let mut all = Condition::all();
    if !terms.teams.is_empty() {
        all = all.add(Column::TeamId.is_in(terms.teams.iter().copied()));
    }
    if !terms.languages.is_empty() {
        let languages = terms.languages.iter().copied();
        let mut reads = Condition::any().add(Column::Language.is_in(languages));
        if terms.takes_unchosen {
            reads = reads.add(Column::Language.is_null());
        }
        all = all.add(reads);
    }
    if !terms.roles.is_empty() {
        let roles = terms.roles.iter();
        all = all.add(roles.fold(Condition::any(), |any, role| any.add(holds(*role))));
    }
    if !terms.platforms.is_empty() {
        all = all.add(Expr::exists(account_on(terms.platforms)));
    }
    all
}

fn account_on(platforms: &[Platform]) -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(identity::Entity)
        .and_where(
            Expr::col((identity::Entity, identity::Column::MemberId)).equals((Entity, Column::Id)),
        )
        .and_where(identity::Column::Platform.is_in(platforms.iter().copied()))
        .to_owned()
}
