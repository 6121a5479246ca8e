//! Refusals of ways into the console.

use server_api::problem::Code;

use super::ApiError;
use crate::domain::login::{LONGEST_PASSWORD, PasswordFault, SHORTEST_PASSWORD};
use crate::service::credentials::ChangePasswordError;
use crate::service::login_links::IssueError;
use crate::service::sessions::EndError;

impl From<IssueError> for ApiError {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::Forbidden(error) => error.into(),
            IssueError::Store(error) => error.into(),
        }
    }
}

impl From<EndError> for ApiError {
    fn from(error: EndError) -> Self {
        let detail = error.to_string();
        match error {
            EndError::Forbidden(error) => error.into(),
            EndError::NotFound => Self::new(Code::NotFound).detail(detail),
            EndError::Internal(error) => error.into(),
        }
    }
}

impl From<ChangePasswordError> for ApiError {
    fn from(error: ChangePasswordError) -> Self {
        let detail = error.to_string();
        match error {
            ChangePasswordError::Forbidden(error) => error.into(),
            ChangePasswordError::Wrong => Self::field("current", detail),
            ChangePasswordError::TooMany { retry_after } => Self::new(Code::TooManyRequests)
                .detail(detail)
                .retry_after(retry_after),
            ChangePasswordError::Fault(fault) => Self::field("password", reason(fault)),
            ChangePasswordError::Password(error) => Self::internal(error),
            ChangePasswordError::Store(error) => error.into(),
        }
    }
}

fn reason(fault: PasswordFault) -> String {
    match fault {
        PasswordFault::TooShort => format!("has at least {SHORTEST_PASSWORD} characters"),
        PasswordFault::TooLong => format!("has at most {LONGEST_PASSWORD} characters"),
        PasswordFault::Guessable => "is easily guessed".to_owned(),
    }
}
