//! Refusals about members.

use server_api::problem::Code;

use super::ApiError;
use crate::service::members::CreateMemberError;

impl From<CreateMemberError> for ApiError {
    fn from(error: CreateMemberError) -> Self {
        let detail = error.to_string();
        match error {
            CreateMemberError::Forbidden(error) => error.into(),
            CreateMemberError::Invalid(faults) => Self::faults(faults),
            CreateMemberError::AddressTaken => Self::new(Code::AlreadyExists).detail(detail),
            CreateMemberError::Store(error) => error.into(),
        }
    }
}
