//! Refusals of introductions.

use server_api::problem::Code;

use super::ApiError;
use crate::service::identities::IntroduceError;

impl From<IntroduceError> for ApiError {
    fn from(error: IntroduceError) -> Self {
        let detail = error.to_string();
        match error {
            IntroduceError::Access(error) => error.into(),
            IntroduceError::MayNotJoin { contact } => {
                Self::new(Code::MayNotJoin).detail(detail).contact(contact)
            }
            IntroduceError::PairingRequired { contact } => Self::new(Code::PairingRequired)
                .detail(detail)
                .contact(contact),
            IntroduceError::MemberLeft => Self::new(Code::MemberLeft).detail(detail),
            IntroduceError::Store(error) => error.into(),
        }
    }
}
