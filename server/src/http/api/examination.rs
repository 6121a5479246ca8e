//! What the operator's examination asks the running server, on the internal listener.

use axum::Json;
use axum::extract::State;
use server_api::examination::{Examination, ExaminedChats};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::auth::Operator;
use crate::http::error::ApiError;
use crate::http::wire;
use crate::service::examination;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(examine))
        .routes(routes!(list_examined_chats))
}

/// What the server finds out about its database and the work in it.
#[utoipa::path(
    get,
    path = "/examination",
    tag = "operations",
    extensions(("x-permission" = json!("operator"))),
    responses((status = 200, body = Examination)),
)]
async fn examine(State(app): State<App>, _: Operator) -> Json<Examination> {
    Json(Examination {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        findings: examination::examine(&app).await,
    })
}

/// Every workspace and guild with its token opened, for the chats' own examination.
#[utoipa::path(
    get,
    path = "/examination/chats",
    tag = "operations",
    extensions(("x-permission" = json!("operator"))),
    responses((status = 200, body = ExaminedChats)),
)]
async fn list_examined_chats(
    State(app): State<App>,
    _: Operator,
) -> Result<Json<ExaminedChats>, ApiError> {
    let chats = examination::chats(&app).await?;
    let items = chats
        .into_iter()
        .map(wire::operations::examined_chat)
        .collect();
    Ok(Json(ExaminedChats { items }))
}

#[cfg(test)]
mod tests {
    use server_api::examination::Verdict;

    use super::*;
    use crate::test_support::{TestApp, on_both};

    #[tokio::test]
    async fn the_operator_sees_findings_and_chats_and_nobody_else_does() {
        on_both(async |t: TestApp| {
            let server = t.server().await;
            let operator = server.operator(None);
            let found = operator.get("/examination").await.json::<Examination>();
            assert!(found.findings.iter().any(|finding| {
                finding.check == "database.schema" && finding.verdict == Verdict::Ok
            }));
            assert_eq!(operator.get("/examination/chats").await.status, 200);
            for path in ["/examination", "/examination/chats"] {
                assert_eq!(server.slack(None).get(path).await.status, 403, "{path}");
                assert_eq!(server.anonymous().get(path).await.status, 401, "{path}");
            }
        })
        .await;
    }
}
