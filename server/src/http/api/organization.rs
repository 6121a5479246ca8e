//! The organization itself.

use axum::Json;
use server_api::organization::Organization;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::auth::Member;
use crate::http::wire;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_organization))
}

/// The organization that the caller belongs to.
#[utoipa::path(
    get,
    path = "/organization",
    tag = "organization",
    extensions(("x-permission" = json!("member"))),
    responses((status = 200, body = Organization)),
)]
async fn show_organization(Member(actor): Member) -> Json<Organization> {
    Json(wire::organization::organization(actor.organization))
}

#[cfg(test)]
mod tests {
    use server_api::problem::Code;

    use super::*;
    use crate::test_support::{TestApp, on_both};

    #[tokio::test]
    async fn a_member_sees_the_own_organization_and_a_stranger_none() {
        on_both(async |t: TestApp| {
            let actor = t.actor(&[]).await;
            let server = t.server().await;
            let own = server.member(&t.token(&actor).await);
            let answer = own.get("/organization").await;
            assert_eq!(answer.status, 200);
            assert_eq!(answer.json::<Organization>().slug, actor.organization.slug);
            let answer = server.anonymous().get("/organization").await;
            assert_eq!(answer.status, 401);
            assert_eq!(answer.problem().code, Code::Unauthenticated);
            assert!(answer.problem().request_id.is_some());
        })
        .await;
    }
}
