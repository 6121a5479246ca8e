//! Refusals of API tokens.

use server_api::problem::Code;

use super::ApiError;
use crate::service::tokens::TokenError;

impl From<TokenError> for ApiError {
    fn from(error: TokenError) -> Self {
        let reason = error.to_string();
        match error {
            TokenError::Forbidden(forbidden) => forbidden.into(),
            TokenError::Name => Self::field("name", reason),
            TokenError::Scopes => Self::field("scopes", reason),
            TokenError::ExpiresAt => Self::field("expires_at", reason),
            TokenError::NotFound => Self::new(Code::NotFound).detail(reason),
            TokenError::Internal(error) => error.into(),
        }
    }
}
