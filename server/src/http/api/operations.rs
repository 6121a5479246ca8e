//! What administrators and operators look at: the audit log and dead jobs.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use entity::ids::MemberId;
use serde::Deserialize;
use server_api::operations::{AuditEvent, DeadJob};
use server_api::organization::Channel;
use server_api::page::{Page, PageQuery};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::domain::audit::{self, Wanted};
use crate::domain::page::Paging;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{ReadAudit, ReadOperations, ReadPosts};
use crate::http::error::ApiError;
use crate::http::extract::ApiQuery;
use crate::http::wire;
use crate::service::{audit as log, channels, jobs};

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_audit_events))
        .routes(routes!(list_dead_jobs))
        .routes(routes!(list_channels))
}

/// Which entries are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Only what this member did.
    member: Option<Uuid>,
    /// Only actions of this kind: the word before their dot, such as `post`.
    kind: Option<String>,
    /// Only what was done to this, as `kind:id`.
    subject: Option<String>,
    /// Only from then on.
    since: Option<DateTime<Utc>>,
    /// Only before then.
    until: Option<DateTime<Utc>>,
}

impl Which {
    fn wanted(self) -> Result<Wanted, ApiError> {
        if self
            .kind
            .as_deref()
            .is_some_and(|kind| !audit::is_kind(kind))
        {
            return Err(ApiError::field("kind", "is a word such as `post`"));
        }
        let subject = self.subject.as_deref();
        if subject.is_some_and(|subject| !audit::is_subject(subject)) {
            return Err(ApiError::field("subject", "is written as `kind:id`"));
        }
        Ok(Wanted {
            actor: self.member.map(MemberId),
            kind: self.kind,
            subject: self.subject,
            since: self.since,
            until: self.until,
        })
    }
}

/// The audit log.
#[utoipa::path(
    get,
    path = "/audit-events",
    tag = "operations",
    extensions(("x-permission" = json!("read_audit"))),
    params(Which, PageQuery),
    responses((status = 200, body = Page<AuditEvent>)),
)]
async fn list_audit_events(
    app: State<App>,
    allowed: Allowed<ReadAudit>,
    which: ApiQuery<Which>,
    paging: Paging,
) -> Result<Json<Page<AuditEvent>>, ApiError> {
    let wanted = which.0.wanted()?;
    let slice = log::list(&app, &allowed.actor, &wanted, paging).await?;
    Ok(Json(wire::page(slice, wire::operations::audit_event)))
}

/// Jobs that were given up.
#[utoipa::path(
    get,
    path = "/dead-jobs",
    tag = "operations",
    extensions(("x-permission" = json!("read_operations"))),
    params(PageQuery),
    responses((status = 200, body = Page<DeadJob>)),
)]
async fn list_dead_jobs(
    app: State<App>,
    allowed: Allowed<ReadOperations>,
    paging: Paging,
) -> Result<Json<Page<DeadJob>>, ApiError> {
    let slice = jobs::dead(&app, &allowed.actor, paging).await?;
    Ok(Json(wire::page(slice, wire::operations::dead_job)))
}

/// The channels that receive suggested posts.
#[utoipa::path(
    get,
    path = "/channels",
    tag = "organization",
    extensions(("x-permission" = json!("read_posts"))),
    params(PageQuery),
    responses((status = 200, body = Page<Channel>)),
)]
async fn list_channels(
    app: State<App>,
    allowed: Allowed<ReadPosts>,
    paging: Paging,
) -> Result<Json<Page<Channel>>, ApiError> {
    let slice = channels::list(&app, &allowed.actor, paging).await?;
    Ok(Json(wire::page(slice, wire::organization::channel)))
}

#[cfg(test)]
mod tests {
    use entity::enums::Role;
    use serde_json::json;
    use server_api::operations::AuditEvent;
    use server_api::page::Page;

    use crate::test_support::{TestApp, on_both};

    #[tokio::test]
    async fn the_audit_log_is_searched_by_who_what_and_when() {
        on_both(async |t: TestApp| {
            let server = t.server().await;
            let owner = t.actor(&[Role::Owner]).await;
            let colleague = t.actor_in(&owner.organization, &[Role::Owner]).await;
            let (one, two) = (t.token(&owner).await, t.token(&colleague).await);
            let new = json!({"name": "reports", "scopes": ["read_posts"], "expires_at": null});
            assert!(server.member(&one).post("/tokens", &new).await.status < 300);
            t.clock.advance(chrono::TimeDelta::hours(1));
            assert!(server.member(&two).post("/tokens", &new).await.status < 300);
            let owner = server.member(&one);
            let count = async |query: &str| {
                let page = owner.get(&format!("/audit-events?{query}")).await;
                assert_eq!(page.status, 200, "{query}: {}", page.text());
                page.json::<Page<AuditEvent>>().items.len()
            };
            assert_eq!(count("").await, 2);
            assert_eq!(count(&format!("member={}", colleague.member.id)).await, 1);
            assert_eq!(count("kind=token").await, 2);
            assert_eq!(count("kind=post").await, 0);
            assert_eq!(count("since=2026-11-16T10:30:00Z").await, 1);
            assert_eq!(count("until=2026-11-16T10:30:00Z&kind=token").await, 1);
            assert_eq!(count("subject=token:none").await, 0);
            for query in ["kind=%25", "subject=x", "member=x", "since=x"] {
                let refused = owner.get(&format!("/audit-events?{query}")).await;
                assert_eq!(refused.status, 422, "{query}");
            }
        })
        .await;
    }

    #[tokio::test]
    async fn lists_are_for_those_who_may_read_them() {
        on_both(async |t: TestApp| {
            let server = t.server().await;
            let owner = t.actor(&[Role::Owner]).await;
            let owner = server.member(&t.token(&owner).await);
            let plain = t.actor(&[]).await;
            let plain = server.member(&t.token(&plain).await);
            for path in ["/audit-events", "/dead-jobs", "/channels"] {
                assert_eq!(server.anonymous().get(path).await.status, 401, "{path}");
                assert_eq!(plain.get(path).await.status, 403, "{path}");
                assert_eq!(owner.get(path).await.status, 200, "{path}");
                let limit = owner.get(&format!("{path}?limit=101")).await.problem();
                assert_eq!(
                    (limit.status, limit.fields[0].field.as_str()),
                    (422, "limit")
                );
                let cursor = owner
                    .get(&format!("{path}?cursor=nonsense"))
                    .await
                    .problem();
                assert_eq!(cursor.status, 422, "{path}");
            }
        })
        .await;
    }
}
