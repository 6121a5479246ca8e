//! Refusals of posts and suggestions.

use entity::enums::PostState;
use server_api::problem::{Changed, Code, FieldProblem};

use super::ApiError;
use crate::domain::fault::Fault;
use crate::service::posts::PostError;
use crate::service::reviews::ReviewError;
use crate::service::suggestions::DismissError;

impl From<PostError> for ApiError {
    fn from(error: PostError) -> Self {
        let detail = error.to_string();
        match error {
            PostError::Forbidden(forbidden) => forbidden.into(),
            PostError::NotFound => Self::new(Code::NotFound),
            PostError::Invalid(faults) => faults.into(),
            PostError::WrongState(state) => Self::new(ended(state)).detail(detail),
            PostError::VersionMismatch(change) => {
                let who = change.by.as_deref().unwrap_or("the system");
                let detail = format!("changed by {who} at {}", change.at.to_rfc3339());
                Self::new(Code::VersionMismatch)
                    .detail(detail)
                    .changed(Changed {
                        by: change.by,
                        at: change.at,
                        version: change.version,
                    })
            }
            PostError::OwnPost => Self::new(Code::OwnPost),
            PostError::Internal(error) => error.into(),
        }
    }
}

pub(super) fn ended(state: PostState) -> Code {
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

impl From<ReviewError> for ApiError {
    fn from(error: ReviewError) -> Self {
        let detail = error.to_string();
        match error {
            ReviewError::NotYours { contact } => {
                Self::new(Code::Forbidden).detail(detail).contact(contact)
            }
            ReviewError::NotFound => Self::new(Code::NotFound),
            ReviewError::Internal(error) => error.into(),
        }
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
