//! Refusals about members and their teams.

use server_api::problem::Code;

use super::ApiError;
use crate::service::members::invite::InvitePeopleError;
use crate::service::members::{CreateMemberError, MemberError};
use crate::service::teams::TeamError;

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

impl From<MemberError> for ApiError {
    fn from(error: MemberError) -> Self {
        let detail = error.to_string();
        match error {
            MemberError::Forbidden(error) => error.into(),
            MemberError::NotFound => Self::new(Code::NotFound).detail(detail),
            MemberError::Invalid(faults) => Self::faults(faults),
            MemberError::AddressTaken => Self::new(Code::AlreadyExists).detail(detail),
            MemberError::MemberLeft => Self::new(Code::MemberLeft).detail(detail),
            MemberError::LastOwner => Self::new(Code::WrongState).detail(detail),
            MemberError::ByAnothersWord => Self::new(Code::Forbidden).detail(detail),
            MemberError::Store(error) => error.into(),
        }
    }
}

impl From<InvitePeopleError> for ApiError {
    fn from(error: InvitePeopleError) -> Self {
        match error {
            InvitePeopleError::Forbidden(error) => error.into(),
            InvitePeopleError::Invalid(faults) => Self::faults(faults),
            InvitePeopleError::Store(error) => error.into(),
        }
    }
}

impl From<TeamError> for ApiError {
    fn from(error: TeamError) -> Self {
        let detail = error.to_string();
        match error {
            TeamError::Forbidden(error) => error.into(),
            TeamError::NotFound => Self::new(Code::NotFound).detail(detail),
            TeamError::Invalid(faults) => Self::faults(faults),
            TeamError::NameTaken => Self::new(Code::AlreadyExists).detail(detail),
            TeamError::NotEmpty | TeamError::Meant => Self::new(Code::WrongState).detail(detail),
            TeamError::Store(error) => error.into(),
        }
    }
}
