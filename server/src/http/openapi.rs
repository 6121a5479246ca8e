//! The description of the API, generated from the operations themselves.

use std::collections::HashMap;

use axum::Router;
use serde_json::{Value, json};
use server_api::problem::Problem;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, SecurityRequirement,
};
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use super::api;
use crate::app::App;

/// The routes of the API and the document that describes them.
pub fn described() -> (Router<App>, Value) {
    let (routes, document) = OpenApiRouter::with_openapi(base())
        .nest(api::PREFIX, api::operations())
        .split_for_parts();
    (routes, finished(&document))
}

/// The document as it is published.
pub fn document() -> Value {
    described().1
}

fn base() -> OpenApi {
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Chorus")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(
                    "The API of Chorus. `x-permission` names what each operation needs: \
                     a permission; `member`, any member; `bot`, the part of a chat \
                     platform; `operator`, who runs the server. Where `x-scopes` \
                     is `all`, a token needs every permission of its member.",
                ))
                .build(),
        )
        .components(Some(
            ComponentsBuilder::new()
                .schema(Problem::name(), Problem::schema())
                .security_scheme(
                    "token",
                    SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()),
                )
                .build(),
        ))
        .security(Some([SecurityRequirement::new(
            "token",
            Vec::<String>::new(),
        )]))
        .build()
}

/// Adds to every operation the refusal that all share.
fn finished(document: &OpenApi) -> Value {
    let mut document = serde_json::to_value(document).unwrap_or_default();
    let refusal = json!({
        "description": "Refused: `code` says why.",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        }
    });
    for operation in operations_of(&mut document) {
        if let Some(responses) = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut)
        {
            responses.insert("default".to_owned(), refusal.clone());
        }
    }
    document
}

fn operations_of(document: &mut Value) -> impl Iterator<Item = &mut Value> {
    document
        .get_mut("paths")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(|paths| paths.values_mut())
        .filter_map(Value::as_object_mut)
        .flat_map(|item| item.values_mut())
        .filter(|operation| operation.get("operationId").is_some())
}

/// Names of operations by method and path, for spans: `posts.create_post`.
pub fn names(document: &Value) -> HashMap<(String, String), String> {
    let mut names = HashMap::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let id = operation.get("operationId").and_then(Value::as_str);
            let tag = operation.pointer("/tags/0").and_then(Value::as_str);
            if let (Some(id), Some(tag)) = (id, tag) {
                names.insert((method.to_uppercase(), path.clone()), format!("{tag}.{id}"));
            }
        }
    }
    names
}
