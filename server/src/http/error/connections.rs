//! Refusals about connections to chats and their channels.

use server_api::problem::Code;

use super::ApiError;
use crate::service::channels::ChannelError;
use crate::service::connections::ConnectError;

impl From<ConnectError> for ApiError {
    fn from(error: ConnectError) -> Self {
        let detail = error.to_string();
        match error {
            ConnectError::Forbidden(forbidden) => forbidden.into(),
            ConnectError::NotFound => Self::new(Code::NotFound),
            ConnectError::Elsewhere => Self::new(Code::AlreadyExists).detail(detail),
            ConnectError::NotOffered
            | ConnectError::NotBegun
            | ConnectError::Declined
            | ConnectError::ByAnothersWord
            | ConnectError::Chat(_)
            | ConnectError::Unsealable => Self::new(Code::WrongState).detail(detail),
            ConnectError::Store(error) => error.into(),
        }
    }
}

impl From<ChannelError> for ApiError {
    fn from(error: ChannelError) -> Self {
        let detail = error.to_string();
        match error {
            ChannelError::Forbidden(forbidden) => forbidden.into(),
            ChannelError::NotFound => Self::new(Code::NotFound),
            ChannelError::Invalid(faults) => faults.into(),
            ChannelError::VersionMismatch => Self::new(Code::VersionMismatch),
            ChannelError::Ended | ChannelError::Away(_) => {
                Self::new(Code::WrongState).detail(detail)
            }
            ChannelError::Store(error) => error.into(),
        }
    }
}
