//! What administrators and operators look at: the audit log and dead jobs.

use axum::Json;
use axum::extract::State;
use server_api::operations::{AuditEvent, DeadJob};
use server_api::organization::Channel;
use server_api::page::{Page, PageQuery};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::domain::page::Paging;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{ManageOrganization, ReadAudit, ReadOperations};
use crate::http::error::ApiError;
use crate::http::wire;
use crate::service::{audit, channels, jobs};

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_audit_events))
        .routes(routes!(list_dead_jobs))
        .routes(routes!(list_channels))
}

/// The audit log.
#[utoipa::path(
    get,
    path = "/audit-events",
    tag = "operations",
    extensions(("x-permission" = json!("read_audit"))),
    params(PageQuery),
    responses((status = 200, body = Page<AuditEvent>)),
)]
async fn list_audit_events(
    app: State<App>,
    allowed: Allowed<ReadAudit>,
    paging: Paging,
) -> Result<Json<Page<AuditEvent>>, ApiError> {
    let slice = audit::list(&app, &allowed.actor, paging).await?;
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
    extensions(("x-permission" = json!("manage_organization"))),
    params(PageQuery),
    responses((status = 200, body = Page<Channel>)),
)]
async fn list_channels(
    app: State<App>,
    allowed: Allowed<ManageOrganization>,
    paging: Paging,
) -> Result<Json<Page<Channel>>, ApiError> {
    let slice = channels::list(&app, &allowed.actor, paging).await?;
    Ok(Json(wire::page(slice, wire::organization::channel)))
}

#[cfg(test)]
mod tests {
    use entity::enums::Role;

    use crate::test_support::{TestApp, on_both};

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
