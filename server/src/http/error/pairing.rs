//! Refusals of pairing.

use server_api::problem::Code;

use super::ApiError;
use crate::service::pairing::{InviteError, PairError, UnpairError};

impl From<PairError> for ApiError {
    fn from(error: PairError) -> Self {
        let detail = error.to_string();
        match error {
            PairError::Access(error) => error.into(),
            PairError::MayNotPair => Self::new(Code::MayNotJoin).detail(detail),
            PairError::AlreadyPaired => Self::new(Code::AlreadyPaired).detail(detail),
            PairError::CodeInvalid => Self::new(Code::PairingCodeInvalid).detail(detail),
            PairError::TooMany { retry_after } => Self::new(Code::TooManyRequests)
                .detail(detail)
                .retry_after(retry_after),
            PairError::Store(error) => error.into(),
        }
    }
}

impl From<InviteError> for ApiError {
    fn from(error: InviteError) -> Self {
        let detail = error.to_string();
        match error {
            InviteError::Forbidden(error) => error.into(),
            InviteError::NotFound => Self::new(Code::NotFound).detail(detail),
            InviteError::MemberLeft => Self::new(Code::MemberLeft).detail(detail),
            InviteError::NoConsole => Self::new(Code::WrongState).detail(detail),
            InviteError::Store(error) => error.into(),
        }
    }
}

impl From<UnpairError> for ApiError {
    fn from(error: UnpairError) -> Self {
        let detail = error.to_string();
        match error {
            UnpairError::Forbidden(error) => error.into(),
            UnpairError::NotFound => Self::new(Code::NotFound).detail(detail),
            UnpairError::LastAccount => Self::new(Code::WrongState).detail(detail),
            UnpairError::Store(error) => error.into(),
        }
    }
}
