//! Posts that wait for the caller's judgement, as chats show them.

use axum::Json;
use axum::extract::State;
use entity::ids::PostId;
use server_api::review::{Review, ReviewList};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::Member;
use crate::http::error::ApiError;
use crate::http::extract::ApiPath;
use crate::http::wire;
use crate::service::reviews;

/// The operations of this resource. Any member comes as far as the use case, which refuses who
/// reviews nothing and says whom to ask.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_reviews))
        .routes(routes!(show_review))
}

/// The posts that wait for the caller's judgement, the most urgent first.
#[utoipa::path(
    get,
    path = "/me/reviews",
    tag = "me",
    extensions(("x-permission" = json!("review_posts"))),
    responses((status = 200, body = ReviewList)),
)]
async fn list_reviews(
    State(app): State<App>,
    Member(actor): Member,
) -> Result<Json<ReviewList>, ApiError> {
    let queue = reviews::list_reviews(&app, &actor).await?;
    Ok(Json(wire::reviews::queue(queue)))
}

/// A post as its reviewers see it, also after its review.
#[utoipa::path(
    get,
    path = "/me/reviews/{post}",
    tag = "me",
    extensions(("x-permission" = json!("review_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = Review)),
)]
async fn show_review(
    State(app): State<App>,
    Member(actor): Member,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Review>, ApiError> {
    let card = reviews::show_review(&app, &actor, PostId(id)).await?;
    Ok(Json(wire::reviews::review(card)))
}

#[cfg(test)]
mod tests;
