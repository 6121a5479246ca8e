//! How a command ends that did not do what was asked: words for a person, and an exit code.

use std::process::ExitCode;

use server_api::client::{CallError, ON_BEHALF_OF};
use server_api::problem::{Code, FieldProblem, Problem};

/// Why a command did not do what was asked, in words that say what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It was refused, or it failed: exit code 1.
    Refused(String),
    /// The configuration or the command itself is wrong: exit code 2.
    Usage(String),
}

impl Failure {
    /// A refusal or failure.
    pub fn refused(words: impl Into<String>) -> Self {
        Self::Refused(words.into())
    }

    /// A mistake in the configuration, in a file or on the command line.
    pub fn usage(words: impl Into<String>) -> Self {
        Self::Usage(words.into())
    }

    /// Exit code for the shell.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Refused(_) => ExitCode::from(1),
            Self::Usage(_) => ExitCode::from(2),
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(words) | Self::Usage(words) => f.write_str(words),
        }
    }
}

impl From<CallError> for Failure {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Problem(problem) => Self::Refused(explain(&problem)),
            CallError::Transport(cause) => Self::Refused(format!(
                "The server could not be reached: {cause}.\nIs `chorus serve` running? Try again, or look at its log."
            )),
            CallError::Unexpected { status } => Self::Refused(format!(
                "The server answered with status {status} and something this command does not understand.\n\
                 Are `chorus` here and the running server of one version?"
            )),
        }
    }
}

fn explain(problem: &Problem) -> String {
    let person = |field: &&FieldProblem| field.field == ON_BEHALF_OF;
    if let Some(FieldProblem { reason, .. }) = problem.fields.iter().find(person) {
        return format!(
            "It is not clear for whom to act: {reason}.\n\
             `chorus setup` makes an organization with its owner; `--as <e-mail>` names another \
             member, `--organization <slug>` another organization's owner."
        );
    }
    let mut words = sentence(problem.code).to_owned();
    if let (Code::Unavailable, None) = (problem.code, &problem.detail) {
        words.push_str("\n  the database is away, or too slow");
    }
    if let Some(detail) = &problem.detail {
        words.push_str("\n  ");
        words.push_str(detail);
    }
    for FieldProblem { field, reason } in &problem.fields {
        words.push_str(&format_field(field, reason));
    }
    if let Some(contact) = &problem.contact {
        words.push_str(&format_field("ask", contact));
    }
    if let (Code::Internal, Some(id)) = (problem.code, &problem.request_id) {
        words.push_str(&format_field("request id in the log", id));
    }
    words
}

fn format_field(field: &str, words: &str) -> String {
    format!("\n  {field}: {words}")
}

fn sentence(code: Code) -> &'static str {
    match code {
        Code::Unauthenticated => {
            "The server does not accept this command's token. Restart `chorus serve`, then try again."
        }
        Code::Forbidden => "This person may not do that. Name another with `--as <e-mail>`.",
        Code::MethodNotAllowed => "The server does not know this command. Are both of one version?",
        Code::NotFound => {
            "There is nothing of that name or id here. The `list` commands show what there is; \
             before `chorus setup` there is nothing at all."
        }
        Code::InvalidField => "Something is not as it must be:",
        Code::MalformedBody => "The server could not read what was sent.",
        Code::BodyTooLarge => "That is too much at once. Split it into smaller files.",
        Code::IdempotencyAnswerLost => {
            "That was done, but the answer was lost on the way. Look with `list` before you try again."
        }
        Code::IdempotencyMismatch | Code::IdempotencyInProgress => {
            "The same request is already under way. Wait a moment, then look with `list`."
        }
        Code::VersionMismatch => "Somebody changed it in the meantime. Look at it, then try again.",
        Code::AlreadyExists => "There is one like it already.",
        Code::UnknownPerson => {
            "Nobody of that address is a member. `chorus import members FILE.csv` adds people."
        }
        Code::MayNotJoin => "This person may not join by themselves.",
        Code::PairingRequired => "This account must be paired first.",
        Code::PairingCodeInvalid => "The pairing code is unknown, used or too old.",
        Code::AlreadyPaired => "That account belongs to a member already.",
        Code::MemberLeft => "This person has left the organization.",
        Code::WrongState => {
            "The post is not in a state that allows this. `chorus post list` shows where it stands."
        }
        Code::PostWithdrawn => "The post was withdrawn.",
        Code::PostExpired => "The post has expired.",
        Code::OwnPost => {
            "Somebody other than the author must approve it. Name that person with `--as <e-mail>`."
        }
        Code::NetworkCannotCarry => {
            "This network is not offered, or cannot carry what the post has."
        }
        Code::TooManyRequests => "That was too often. Wait a minute, then try again.",
        Code::Unavailable => "That cannot be done right now. Try again in a moment.",
        Code::Internal => "The server failed. Its log says why.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(status: u16, code: Code) -> Problem {
        Problem {
            typ: "about:blank".to_owned(),
            title: "A problem".to_owned(),
            status,
            detail: None,
            code,
            fields: Vec::new(),
            contact: None,
            changed: None,
            request_id: None,
        }
    }

    fn refused_for(field: &str, reason: &str) -> Failure {
        let problem = Problem {
            fields: vec![FieldProblem {
                field: field.to_owned(),
                reason: reason.to_owned(),
            }],
            ..problem(422, Code::InvalidField)
        };
        Failure::from(CallError::Problem(Box::new(problem)))
    }

    #[test]
    fn what_is_busy_is_named_and_the_database_only_where_nothing_else_is() {
        let mut away = problem(503, Code::Unavailable);
        assert!(
            explain(&away).ends_with("Try again in a moment.\n  the database is away, or too slow")
        );
        away.detail = Some("the feed is being fetched".to_owned());
        assert_eq!(
            explain(&away),
            "That cannot be done right now. Try again in a moment.\n  the feed is being fetched"
        );
    }

    #[test]
    fn a_refusal_names_the_field_and_what_is_wrong_with_it() {
        let failure = refused_for("url", "must begin with http:// or https://");
        assert_eq!(
            failure.to_string(),
            "Something is not as it must be:\n  url: must begin with http:// or https://"
        );
        assert_eq!(failure, Failure::Refused(failure.to_string()));
    }

    #[test]
    fn before_there_is_an_organization_the_way_to_one_is_shown() {
        let words = refused_for(ON_BEHALF_OF, "there is no organization yet").to_string();
        assert!(
            words.starts_with("It is not clear for whom to act: there is no organization yet.")
        );
        assert!(words.contains("`chorus setup`"), "{words}");
    }
}
