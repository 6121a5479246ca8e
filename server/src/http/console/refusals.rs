//! Refusals of the use cases of posts, as pages.

use axum::response::Response;

use super::door::{Console, Door};
use super::page::OrPage;
use crate::service::posts::PostError;
use crate::service::saved_views::ViewError;

impl<T> OrPage<T> for Result<T, PostError> {
    fn or_page<P: Door>(self, console: &Console<P>) -> Result<T, Response> {
        self.map_err(|error| super::posts::refused(console, error))
    }
}

impl<T> OrPage<T> for Result<T, ViewError> {
    fn or_page<P: Door>(self, console: &Console<P>) -> Result<T, Response> {
        self.map_err(|error| match error {
            ViewError::Forbidden(_) => console.forbidden(),
            ViewError::NotFound => console.not_found(),
            ViewError::Invalid(_) => console.changed(),
            ViewError::Internal(error) => console.failed(&error),
        })
    }
}
