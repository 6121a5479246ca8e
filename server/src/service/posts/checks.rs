//! What stands in the way of a post, or ought to be looked at, before it is handed in.

use chrono::TimeDelta;
use entity::campaign;
use entity::enums::Permission;
use entity::ids::{OrganizationId, PostId};
use entity::json::Audience;
use uuid::Uuid;

use super::{PostDetail, PostError, draft_of, show_post};
use crate::app::App;
use crate::domain::check::{Demands, Finding, Kind, RECENT_DAYS, of_draft};
use crate::service::actor::Actor;
use crate::service::audiences;
use crate::service::routing::About;
use crate::store::{Reader, StoreError, campaigns, content_rules, posts};

/// Everything that was found about a post, but for whether its address answers.
pub async fn find_faults(app: &App, actor: &Actor, id: PostId) -> Result<Vec<Finding>, PostError> {
    let there = show_post(app, actor, id).await?;
    Ok(found(app.store.reader(), app, &there).await?)
}

/// Everything that was found about a post. Its address is fetched.
pub async fn check_post(app: &App, actor: &Actor, id: PostId) -> Result<Vec<Finding>, PostError> {
    actor.require(Permission::ReadPosts)?;
    let there = show_post(app, actor, id).await?;
    let mut findings = found(app.store.reader(), app, &there).await?;
    if let Some(url) = &there.post.url
        && let Err(reason) = app.fetcher.answers(url).await
    {
        findings.push(Finding::new(Kind::DeadLink, "url", reason.to_string()));
    }
    Ok(findings)
}

/// What a post may not be handed in with.
pub(in crate::service) async fn hindrances(
    db: &impl Reader,
    app: &App,
    there: &PostDetail,
) -> Result<Vec<Finding>, StoreError> {
    let mut findings = found(db, app, there).await?;
    findings.retain(Finding::is_blocking);
    Ok(findings)
}

async fn found(
    db: &impl Reader,
    app: &App,
    there: &PostDetail,
) -> Result<Vec<Finding>, StoreError> {
    let post = &there.post;
    let rules = content_rules::find(db, post.organization_id).await?;
    let mut findings = of_draft(&draft_of(there), &Demands::of(rules.as_ref()), app.now());
    let campaign = match post.campaign_id {
        Some(id) => {
            let named = campaigns::find_many(db, post.organization_id, &[id]).await?;
            named.into_iter().next()
        }
        None => None,
    };
    let of = (campaign.as_ref(), post.canonical_url.clone(), Some(post.id));
    findings.extend(around(db, app, post.organization_id, of).await?);
    let whom = (post.audience.as_ref(), About::Post(post.id));
    findings.extend(of_audience(db, post.organization_id, whom).await?);
    Ok(findings)
}

/// What a post does not tell by itself: whether its campaign is over, and whether another one
/// of late has its address.
pub(in crate::service) async fn around(
    db: &impl Reader,
    app: &App,
    organization: OrganizationId,
    (campaign, url, own): (Option<&campaign::Model>, Option<String>, Option<PostId>),
) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    let ends_at = campaign.and_then(|campaign| campaign.ends_at);
    if ends_at.is_some_and(|end| end <= app.now()) {
        findings.push(Finding::new(Kind::CampaignEnded, "campaign", "has ended"));
    }
    if let Some(url) = url {
        let since = app.now() - TimeDelta::days(RECENT_DAYS);
        // Nothing bears the id of nobody.
        let twin = (url.as_str(), own.unwrap_or(PostId(Uuid::nil())));
        if let Some(twin) = posts::recent_twin(db, organization, twin, since).await? {
            findings.push(Finding {
                words: Some(twin.title),
                post: Some(twin.id),
                ..Finding::new(Kind::Duplicate, "url", "is that of another post")
            });
        }
    }
    Ok(findings)
}

/// That an audience names what is not there; that it chooses too few people; or that it chooses
/// among people, and channels show its post to everybody in them.
pub(in crate::service) async fn of_audience(
    db: &impl Reader,
    organization: OrganizationId,
    (audience, about): (Option<&Audience>, About<'_>),
) -> Result<Vec<Finding>, StoreError> {
    // What a post named when it was saved may be gone by now, and a draft may name anything.
    let gone = audiences::gone(db, organization, audience).await?;
    let gone = gone.into_iter();
    let mut findings: Vec<Finding> = gone
        .map(|one| Finding::new(Kind::Incomplete, one.field, one.reason))
        .collect();
    if audiences::means_few(db, organization, audience).await? {
        let reason = "chooses fewer than five people";
        findings.push(Finding::new(Kind::FewMeant, "audience", reason));
    }
    let open = audiences::open_channels(db, organization, (audience, about)).await?;
    if open > 0 {
        let reason = "chooses among people, and channels show it to everybody in them";
        findings.push(Finding {
            count: Some(open),
            ..Finding::new(Kind::OpenChannels, "audience", reason)
        });
    }
    Ok(findings)
}
