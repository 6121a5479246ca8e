//! One's own API tokens.

use axum::Json;
use axum::extract::State;
use secrecy::ExposeSecret as _;
use server_api::page::{Page, PageQuery};
use server_api::token::{ApiToken, CreateApiToken, NewApiToken};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::domain::page::Paging;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::ManageTokens;
use crate::http::error::ApiError;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::wire;
use crate::service::tokens;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_tokens, create_token))
        .routes(routes!(revoke_token))
}

/// The caller's own tokens.
#[utoipa::path(
    get,
    path = "/tokens",
    tag = "tokens",
    extensions(("x-permission" = json!("manage_tokens"))),
    params(PageQuery),
    responses((status = 200, body = Page<ApiToken>)),
)]
async fn list_tokens(
    app: State<App>,
    allowed: Allowed<ManageTokens>,
    paging: Paging,
) -> Result<Json<Page<ApiToken>>, ApiError> {
    let slice = tokens::list(&app, &allowed.actor, paging).await?;
    Ok(Json(wire::page(slice, wire::token::token)))
}

/// Makes a token; its secret is shown this once.
#[utoipa::path(
    post,
    path = "/tokens",
    tag = "tokens",
    extensions(("x-permission" = json!("manage_tokens"))),
    request_body = CreateApiToken,
    responses((status = 200, body = NewApiToken)),
)]
async fn create_token(
    app: State<App>,
    allowed: Allowed<ManageTokens>,
    ApiJson(form): ApiJson<CreateApiToken>,
) -> Result<Json<NewApiToken>, ApiError> {
    let form = wire::token::new_token(form);
    let (row, secret) = tokens::create(&app, &allowed.actor, form).await?;
    let secret = secret.expose_secret().to_owned();
    Ok(Json(NewApiToken {
        token: wire::token::token(row),
        secret,
    }))
}

/// Revokes one of the caller's own tokens.
#[utoipa::path(
    delete,
    path = "/tokens/{token}",
    tag = "tokens",
    extensions(("x-permission" = json!("manage_tokens"))),
    params(("token" = Uuid, Path, description = "The token.")),
    responses((status = 200)),
)]
async fn revoke_token(
    app: State<App>,
    allowed: Allowed<ManageTokens>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<()>, ApiError> {
    tokens::revoke(&app, &allowed.actor, entity::ids::ApiTokenId(id)).await?;
    Ok(Json(()))
}

#[cfg(test)]
mod tests {
    use entity::enums::Role;
    use serde_json::json;
    use server_api::problem::Code;

    use super::*;
    use crate::test_support::{TestApp, on_both};

    #[tokio::test]
    async fn a_token_works_until_it_is_revoked_and_grants_no_more_than_its_scopes() {
        on_both(async |t: TestApp| {
            let owner = t.actor(&[Role::Owner]).await;
            let server = t.server().await;
            let session = server.member(&t.token(&owner).await);
            let form = json!({ "name": "reports", "scopes": ["read_audit"] });
            let made: NewApiToken = session.post("/tokens", &form).await.json();
            let narrow = server.member(&made.secret);
            assert_eq!(narrow.get("/audit-events").await.status, 200);
            assert_eq!(narrow.get("/tokens").await.problem().code, Code::Forbidden);
            let path = format!("/tokens/{}", made.token.id);
            assert_eq!(session.delete(&path).await.status, 200);
            assert_eq!(session.delete(&path).await.problem().code, Code::NotFound);
            assert_eq!(narrow.get("/audit-events").await.status, 401);
        })
        .await;
    }

    #[tokio::test]
    async fn a_token_is_refused_to_strangers_and_beyond_what_its_maker_may() {
        on_both(async |t: TestApp| {
            let server = t.server().await;
            assert_eq!(server.anonymous().get("/tokens").await.status, 401);
            let plain = t.actor(&[]).await;
            let session = server.member(&t.token(&plain).await);
            let form = json!({ "name": "x", "scopes": ["manage_members"] });
            assert_eq!(session.post("/tokens", &form).await.status, 403);
            let analyst = t.actor(&[Role::Curator]).await;
            let session = server.member(&t.token(&analyst).await);
            let answer = session.post("/tokens", &form).await;
            assert!(matches!(answer.status, 403 | 422), "{}", answer.text());
            let owner = t.actor(&[Role::Owner]).await;
            let session = server.member(&t.token(&owner).await);
            for (form, field) in [
                (json!({ "name": " ", "scopes": ["read_audit"] }), "name"),
                (json!({ "name": "x", "scopes": [] }), "scopes"),
                (json!({ "name": "x", "scopes": ["read_audit"], "expires_at": "2020-01-01T00:00:00Z" }), "expires_at"),
                (json!({ "name": "x", "scopes": ["fly"] }), "scopes[0]"),
            ] {
                let problem = session.post("/tokens", &form).await.problem();
                assert_eq!((problem.status, problem.fields[0].field.as_str()), (422, field));
            }
        })
        .await;
    }
}
