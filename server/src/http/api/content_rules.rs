//! What the organization demands of its posts.

use axum::extract::State;
use axum::http::HeaderMap;
use server_api::content_rules::{ContentRules, UpdateContentRules};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{ManageOrganization, ReadPosts};
use crate::http::error::ApiError;
use crate::http::etag::{Tagged, expected};
use crate::http::extract::ApiJson;
use crate::http::wire;
use crate::service::content_rules::{self, Standing};

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_content_rules, update_content_rules))
}

/// What the organization demands of its posts.
#[utoipa::path(
    get,
    path = "/content-rules",
    tag = "organization",
    extensions(("x-permission" = json!("read_posts"))),
    responses((status = 200, body = ContentRules)),
)]
async fn show_content_rules(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
) -> Result<Tagged<ContentRules>, ApiError> {
    let standing = content_rules::show_rules(&app, &allowed.actor).await?;
    Ok(tagged(standing))
}

/// Replaces what the organization demands; with `If-Match`, only the version that it names.
#[utoipa::path(
    put,
    path = "/content-rules",
    tag = "organization",
    extensions(("x-permission" = json!("manage_organization"))),
    params(
        ("if-match" = Option<String>, Header, description = "Entity tag of the version read."),
    ),
    request_body = UpdateContentRules,
    responses((status = 200, body = ContentRules)),
)]
async fn update_content_rules(
    State(app): State<App>,
    allowed: Allowed<ManageOrganization>,
    headers: HeaderMap,
    ApiJson(form): ApiJson<UpdateContentRules>,
) -> Result<Tagged<ContentRules>, ApiError> {
    let rules = wire::content::rules_row(form);
    let expected = expected(&headers)?;
    let standing = content_rules::update_rules(&app, &allowed.actor, expected, rules).await?;
    Ok(tagged(standing))
}

fn tagged(standing: Standing) -> Tagged<ContentRules> {
    Tagged {
        version: standing.version,
        body: wire::content::rules(standing),
    }
}

#[cfg(test)]
mod tests;
