//! Refusals of posts and suggestions.

use entity::enums::PostState;
use server_api::problem::{Code, FieldProblem};

use super::ApiError;
use crate::domain::fault::Fault;
use crate::service::posts::PostError;
use crate::service::suggestions::DismissError;

impl From<PostError> for ApiError {
    fn from(error: PostError) -> Self {
        let detail = error.to_string();
        match error {
            PostError::Forbidden(forbidden) => forbidden.into(),
            PostError::NotFound => Self::new(Code::NotFound),
            PostError::Invalid(faults) => faults.into(),
            PostError::WrongState(state) => Self::new(ended(state)).detail(detail),
            PostError::VersionMismatch => Self::new(Code::VersionMismatch),
            PostError::OwnPost => Self::new(Code::OwnPost),
            PostError::Internal(error) => error.into(),
        }
    }
}

fn ended(state: PostState) -> Code {
    match state {
        PostState::Withdrawn => Code::PostWithdrawn,
        PostState::Expired | PostState::Archived => Code::PostExpired,
        PostState::Draft
        | PostState::InReview
        | PostState::Approved
        | PostState::Scheduled
        | PostState::Live => Code::WrongState,
    }
}

impl From<DismissError> for ApiError {
    fn from(error: DismissError) -> Self {
        match error {
            DismissError::NotFound => Self::new(Code::NotFound),
            DismissError::Internal(error) => error.into(),
        }
    }
}

impl From<Vec<Fault>> for ApiError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::fields(
            faults
                .into_iter()
                .map(|fault| FieldProblem {
                    field: fault.field,
                    reason: fault.reason,
                })
                .collect(),
        )
    }
}
