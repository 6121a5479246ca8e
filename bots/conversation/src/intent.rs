//! What a person wants, not how they clicked; and how fast they must be answered.

use server_api::enums::{BoardVisibility, Language, Network, Period};
use server_api::ids::PostId;

use crate::dialog::FollowersForm;
use crate::person::Place;

/// What a person wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// To know what Chorus can do.
    Help,
    /// To see posts that they may share.
    ShowSuggestions,
    /// To see their own numbers and choices.
    ShowMe,
    /// To see a leaderboard.
    ShowLeaderboard {
        /// The span of time.
        period: Period,
    },
    /// To see another span of time on the board before them.
    TurnLeaderboard {
        /// The span of time.
        period: Period,
    },
    /// To share a post.
    StartShare {
        /// The post.
        post: PostId,
    },
    /// To say that they shared a post.
    ConfirmShared {
        /// The post.
        post: PostId,
        /// Where.
        network: Network,
    },
    /// To see a post no more.
    Dismiss {
        /// The post.
        post: PostId,
    },
    /// To take that back.
    UndoDismissal {
        /// The post.
        post: PostId,
    },
    /// To finish onboarding by choosing how to appear.
    FinishOnboarding {
        /// How to appear on boards.
        visibility: BoardVisibility,
    },
    /// To appear differently on boards.
    ChooseVisibility {
        /// How to appear on boards.
        visibility: BoardVisibility,
    },
    /// To be spoken to in another language.
    ChooseLanguage {
        /// The language.
        language: Language,
    },
    /// To type their followers.
    EditFollowers,
    /// Followers as typed.
    SubmitFollowers {
        /// The language that the dialog spoke.
        language: Language,
        /// What was typed.
        form: FollowersForm,
    },
    /// Something typed that is no command.
    NotUnderstood {
        /// The words, as typed.
        said: String,
    },
    /// A control of another version of Chorus, or a damaged one.
    Outdated,
}

/// How fast an intent must be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// The answer may open a dialog or refuse fields, so it is the platform's own
    /// answer: 800 ms for the server's reply.
    Immediate,
    /// Acknowledged first, worked on after.
    Deferred(Visibility),
}

/// What an acknowledgement promises; some platforms fix it then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// A new message that only this person sees.
    Private,
    /// The message of their own before them changes.
    Update,
}

impl Intent {
    /// How fast this must be answered, when it comes from `place`.
    pub fn pace(&self, place: Place) -> Pace {
        match self {
            Self::EditFollowers | Self::SubmitFollowers { .. } => Pace::Immediate,
            Self::TurnLeaderboard { .. }
            | Self::ConfirmShared { .. }
            | Self::UndoDismissal { .. }
            | Self::FinishOnboarding { .. }
            | Self::ChooseVisibility { .. }
            | Self::ChooseLanguage { .. } => Pace::Deferred(match place {
                Place::Own => Visibility::Update,
                Place::Command | Place::Shared | Place::Dialog => Visibility::Private,
            }),
            Self::Help
            | Self::ShowSuggestions
            | Self::ShowMe
            | Self::ShowLeaderboard { .. }
            | Self::StartShare { .. }
            | Self::Dismiss { .. }
            | Self::NotUnderstood { .. }
            | Self::Outdated => Pace::Deferred(Visibility::Private),
        }
    }

    /// A name for spans and logs; says nothing about a person or a post.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Help => "help",
            Self::ShowSuggestions => "suggestions.show",
            Self::ShowMe => "me.show",
            Self::ShowLeaderboard { .. } => "leaderboard.show",
            Self::TurnLeaderboard { .. } => "leaderboard.turn",
            Self::StartShare { .. } => "share.start",
            Self::ConfirmShared { .. } => "share.confirm",
            Self::Dismiss { .. } => "post.dismiss",
            Self::UndoDismissal { .. } => "post.undo_dismissal",
            Self::FinishOnboarding { .. } => "onboarding.finish",
            Self::ChooseVisibility { .. } => "me.choose_visibility",
            Self::ChooseLanguage { .. } => "me.choose_language",
            Self::EditFollowers => "followers.edit",
            Self::SubmitFollowers { .. } => "followers.submit",
            Self::NotUnderstood { .. } => "not_understood",
            Self::Outdated => "outdated",
        }
    }
}
