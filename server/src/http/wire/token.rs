//! API tokens.

use entity::api_token;
use server_api::ids::ApiTokenId;
use server_api::token::{ApiToken, CreateApiToken};

use super::enums::{permission, permission_row};
use crate::service::tokens::NewToken;

/// A token as it travels, without its secret.
pub fn token(row: api_token::Model) -> ApiToken {
    ApiToken {
        id: ApiTokenId(row.id.0),
        name: row.name,
        scopes: row.scopes.0.into_iter().map(permission).collect(),
        expires_at: row.expires_at,
        last_used_at: row.last_used_at,
        created_at: row.created_at,
    }
}

/// A token to make.
pub fn new_token(form: CreateApiToken) -> NewToken {
    NewToken {
        name: form.name,
        scopes: form.scopes.into_iter().map(permission_row).collect(),
        expires_at: form.expires_at,
    }
}
