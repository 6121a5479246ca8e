//! Posts for some people, as the database tells them apart: of a year there are more than a
//! statement binds, and so their ids are not handed back to it.

use entity::ids::{CampaignId, OrganizationId, PostId};
use entity::post;
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Select,
};

use crate::store::StoreError;

/// Whether a post chooses among people, as `domain::audience::chooses_people` has it. Both
/// databases tell an empty list as `[]`.
const FOR_SOME: &str = "(COALESCE(post.audience ->> 'teams', '[]') <> '[]' \
     OR COALESCE(post.audience ->> 'languages', '[]') <> '[]' \
     OR COALESCE(post.audience ->> 'roles', '[]') <> '[]' \
     OR COALESCE(post.audience ->> 'platforms', '[]') <> '[]')";
const FOR_ALL: &str = "(COALESCE(post.audience ->> 'teams', '[]') = '[]' \
     AND COALESCE(post.audience ->> 'languages', '[]') = '[]' \
     AND COALESCE(post.audience ->> 'roles', '[]') = '[]' \
     AND COALESCE(post.audience ->> 'platforms', '[]') = '[]')";

/// Whether a post is for everybody.
pub(in crate::store) fn is_for_all() -> Expr {
    Expr::cust(FOR_ALL)
}

/// The ids of an organization's posts for some people.
pub(in crate::store) fn ids(organization: OrganizationId) -> SelectStatement {
    Query::select()
        .column((post::Entity, post::Column::Id))
        .from(post::Entity)
        .and_where(post::Column::OrganizationId.eq(organization))
        .and_where(Expr::cust(FOR_SOME))
        .to_owned()
}

fn of(organization: OrganizationId) -> Select<post::Entity> {
    post::Entity::find()
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(Expr::cust(FOR_SOME))
}

/// Those of some posts that are for some people.
pub async fn among(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    posts: &[PostId],
) -> Result<Vec<PostId>, StoreError> {
    Ok(of(organization)
        .select_only()
        .column(post::Column::Id)
        .filter(post::Column::Id.is_in(posts.iter().copied()))
        .into_tuple()
        .all(db)
        .await?)
}

/// How many posts for some people were ever published, of a campaign or of all.
pub async fn count(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    campaign: Option<CampaignId>,
) -> Result<u64, StoreError> {
    let mut posts = of(organization).filter(post::Column::PublishedAt.is_not_null());
    if let Some(campaign) = campaign {
        posts = posts.filter(post::Column::CampaignId.eq(campaign));
    }
    Ok(posts.count(db).await?)
}

/// The posts for everybody of some campaigns, each with its campaign.
pub async fn others_of_campaigns(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    campaigns: &[CampaignId],
) -> Result<Vec<(PostId, CampaignId)>, StoreError> {
    Ok(post::Entity::find()
        .select_only()
        .columns([post::Column::Id, post::Column::CampaignId])
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(post::Column::CampaignId.is_in(campaigns.iter().copied()))
        .filter(is_for_all())
        .into_tuple()
        .all(db)
        .await?)
}

/// How many posts for some people each of some campaigns has that were ever published; those
/// without are left out.
pub async fn count_of_campaigns(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    campaigns: &[CampaignId],
) -> Result<Vec<(CampaignId, i64)>, StoreError> {
    Ok(of(organization)
        .select_only()
        .column(post::Column::CampaignId)
        .column_as(post::Column::Id.count(), "posts")
        .filter(post::Column::PublishedAt.is_not_null())
        .filter(post::Column::CampaignId.is_in(campaigns.iter().copied()))
        .group_by(post::Column::CampaignId)
        .into_tuple()
        .all(db)
        .await?)
}

#[cfg(test)]
mod tests {
    use entity::enums::{Language, Platform, Role};
    use entity::ids::{ChannelId, TeamId};
    use entity::json::Audience;
    use uuid::Uuid;

    use super::*;
    use crate::domain::audience::chooses_people;
    use crate::test_support::{TestApp, on_both};

    #[tokio::test]
    async fn both_databases_tell_posts_for_some_people_by_the_rule_of_the_domain() {
        on_both(async |t: TestApp| {
            let owner = t.actor(&[Role::Owner]).await;
            let house = &owner.organization;
            let none = Audience::default;
            let audiences = [
                None,
                Some(none()),
                Some(Audience {
                    channels: Some(vec![ChannelId(Uuid::from_u128(1))]),
                    ..none()
                }),
                Some(Audience {
                    teams: vec![TeamId(Uuid::from_u128(1))],
                    ..none()
                }),
                Some(Audience {
                    languages: vec![Language::De],
                    ..none()
                }),
                Some(Audience {
                    roles: vec![Role::Analyst],
                    ..none()
                }),
                Some(Audience {
                    platforms: vec![Platform::Slack],
                    channels: Some(Vec::new()),
                    ..none()
                }),
            ];
            let (mut all, mut narrow) = (Vec::new(), Vec::new());
            for audience in audiences {
                let post = t.lasting_post(house).await;
                all.push(post.id);
                if audience.as_ref().is_some_and(chooses_people) {
                    narrow.push(post.id);
                }
                t.change_post(&post, |row| row.audience = audience).await;
            }
            let db = t.app.store.reader();
            let mut found = among(db, house.id, &all).await.unwrap();
            found.sort_unstable();
            narrow.sort_unstable();
            assert_eq!((found.len(), &found), (4, &narrow));
            assert_eq!(count(db, house.id, None).await.unwrap(), 4);
            let open = post::Entity::find().filter(is_for_all());
            assert_eq!(open.count(db).await.unwrap(), 3);
        })
        .await;
    }
}
