//! One sentence and one thing to do next.

use server_api::console::ConsoleLink;
use server_api::problem::{Code, Problem};

use super::{Control, Phrase, View, sample_data};
use crate::action::Action;
use crate::intent::Surface;
use crate::words::Words;

/// One sentence and one thing to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What kind of news it is.
    pub kind: NoticeKind,
    /// The sentence.
    pub words: Phrase,
    /// What to do next.
    pub control: Option<Control>,
}

/// What kind of news a notice brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// It is done.
    Done,
    /// Something to know.
    Info,
    /// It did not work.
    Problem,
}

impl Notice {
    /// Something was done.
    pub fn done(words: Phrase, control: Control) -> Self {
        Self {
            kind: NoticeKind::Done,
            words,
            control: Some(control),
        }
    }

    /// Something to know.
    pub fn info(words: Phrase, control: Option<Control>) -> Self {
        Self {
            kind: NoticeKind::Info,
            words,
            control,
        }
    }

    /// Something did not work.
    pub fn problem(words: Phrase, control: Option<Control>) -> Self {
        Self {
            kind: NoticeKind::Problem,
            words,
            control,
        }
    }

    /// The server refused.
    pub fn refused(words: &Words, problem: &Problem) -> Self {
        let ended = matches!(
            problem.code,
            Code::PostWithdrawn | Code::PostExpired | Code::WrongState | Code::NotFound
        );
        Self {
            kind: if ended {
                NoticeKind::Info
            } else {
                NoticeKind::Problem
            },
            words: words.problem(problem),
            control: ended.then(|| Control::plain(words.more_to_share(), Action::ShowSuggestions)),
        }
    }

    /// The server cannot be reached.
    pub fn unavailable(words: &Words) -> Self {
        Self {
            kind: NoticeKind::Problem,
            words: words.unavailable(),
            control: None,
        }
    }

    /// The control that was pressed is of another version.
    pub fn outdated(words: &Words) -> Self {
        Self {
            kind: NoticeKind::Info,
            words: words.outdated(),
            control: Some(Control::plain(words.show_help(), Action::Help)),
        }
    }

    /// A way into the web console.
    pub fn console(words: &Words, link: &ConsoleLink) -> Self {
        let control = Control::link(words.open_console(), &link.url);
        Self::info(words.console_link(link.expires_at), Some(control))
    }

    /// Messages arrive in a channel.
    pub fn channel_test(words: &Words, organization: &str) -> Self {
        // Something to press, by which a message is recognised in the chat's history.
        let control = Control::plain(words.more_to_share(), Action::ShowSuggestions);
        Self::info(words.channel_test(organization), Some(control))
    }

    /// The member reviews nothing.
    pub fn no_reviewer(words: &Words, contact: Option<&str>) -> Self {
        let control = Control::plain(words.more_to_share(), Action::ShowSuggestions);
        Self::info(words.review_not_yours(contact), Some(control))
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let post = sample_data::suggestion();
        let undo = Control::plain(
            words.undo(),
            Action::UndoDismissal(post.post_id, Surface::Message),
        );
        let mut all = vec![
            (
                "notice_dismissed".to_owned(),
                View::Notice(Self::done(words.dismissed(), undo)),
            ),
            (
                "notice_unavailable".to_owned(),
                View::Notice(Self::unavailable(words)),
            ),
            (
                "notice_outdated".to_owned(),
                View::Notice(Self::outdated(words)),
            ),
            (
                "notice_no_reviewer".to_owned(),
                View::Notice(Self::no_reviewer(words, Some("Grace <comms@example.org>"))),
            ),
            (
                "notice_channel_test".to_owned(),
                View::Notice(Self::channel_test(words, "Lindenfeld")),
            ),
            (
                "notice_console".to_owned(),
                View::Notice(Self::console(words, &sample_data::console_link())),
            ),
        ];
        for (name, code, contact) in [
            (
                "notice_may_not_join",
                Code::MayNotJoin,
                Some("Grace <comms@example.org>"),
            ),
            ("notice_withdrawn", Code::PostWithdrawn, None),
        ] {
            all.push((
                name.to_owned(),
                View::Notice(Self::refused(words, &sample_problem(code, contact))),
            ));
        }
        all
    }
}

fn sample_problem(code: Code, contact: Option<&str>) -> Problem {
    Problem {
        typ: "about:blank".to_owned(),
        title: "Refused".to_owned(),
        status: 403,
        detail: Some("for developers only".to_owned()),
        code,
        fields: vec![],
        contact: contact.map(str::to_owned),
        changed: None,
        request_id: None,
    }
}
