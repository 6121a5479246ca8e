//! What a person wants, not how they clicked; and how fast they must be answered.

use server_api::enums::{BoardVisibility, DeliveryPreference, Language, Network, Period};
use server_api::ids::{IdentityId, PostId, ProposalId};

use crate::dialog::FollowersForm;
use crate::person::Place;

/// What a person wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// To know what Chorus can do.
    Help,
    /// To see posts that they may share.
    ShowSuggestions,
    /// To see posts that wait for their judgement.
    ShowReviews,
    /// To approve a post.
    Approve(Judged),
    /// To ask for changes of a post, with a note that they are yet to write.
    AskForChanges(Judged),
    /// That note.
    SubmitChanges {
        /// The post.
        judged: Judged,
        /// The language that the dialog spoke.
        language: Language,
        /// What was typed.
        note: String,
    },
    /// To propose a post: with what is known of it already.
    Propose(ProposalForm),
    /// The proposal as typed.
    SubmitProposal {
        /// The language that the dialog spoke.
        language: Language,
        /// What was typed.
        form: ProposalForm,
    },
    /// To take a proposal back.
    WithdrawProposal {
        /// The proposal.
        proposal: ProposalId,
    },
    /// To see their own page.
    ShowMe,
    /// To go back to their own page from where it led.
    ReturnToMe,
    /// To see their own choices.
    ShowChoices,
    /// To see the networks that they prefer.
    ShowNetworks,
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
        /// What they said it on.
        on: Surface,
    },
    /// To see a post no more.
    Dismiss {
        /// The post.
        post: PostId,
        /// What they said it on.
        on: Surface,
    },
    /// To take that back.
    UndoDismissal {
        /// The post.
        post: PostId,
        /// What they had said it on.
        on: Surface,
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
    /// To get other messages of their own than before.
    ChooseDelivery {
        /// Which.
        preference: DeliveryPreference,
    },
    /// To get no messages of their own for a week.
    PauseWeek,
    /// To end a pause.
    Resume,
    /// To prefer another network.
    ChooseNetwork {
        /// Which of the preferred ones.
        slot: Slot,
        /// The network; none to prefer one less.
        network: Option<Network>,
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
    /// To get a code that joins another account to theirs.
    ShowPairing,
    /// To get a way into the web console.
    ShowConsole,
    /// To join this account to the member who was given a code.
    Pair {
        /// The code.
        code: TypedCode,
    },
    /// To take a pairing back.
    Unpair {
        /// The account that was added.
        identity: IdentityId,
    },
    /// Something typed that is no command.
    NotUnderstood {
        /// The words, as typed.
        said: String,
    },
    /// A control of another version of Chorus, or a damaged one.
    Outdated,
}

/// A proposal as somebody wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProposalForm {
    /// The address of the page.
    pub link: String,
    /// Why it is worth sharing.
    pub why: String,
    /// Words for the post.
    pub words: String,
}

/// What is judged: a post as it was shown, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The post.
    pub post: PostId,
    /// The version that was shown.
    pub version: i64,
    /// What it was shown on.
    pub on: Surface,
}

/// What a control stands on, where that decides what its press changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// A message that stays as it is: one that others see too, or a list.
    Message,
    /// A post's card of their own, which changes with what they do.
    Card,
    /// Their own page, which changes with what they do.
    Page,
}

/// One of the networks that stand in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The first.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
}

impl Slot {
    /// Every one, in order.
    pub const ALL: [Self; 3] = [Self::First, Self::Second, Self::Third];

    /// Its position in the list of preferred networks.
    pub fn index(self) -> usize {
        match self {
            Self::First => 0,
            Self::Second => 1,
            Self::Third => 2,
        }
    }
}

/// A pairing code as somebody typed it. A secret while it counts, so it is not printed.
#[derive(Clone, PartialEq, Eq)]
pub struct TypedCode(pub String);

impl std::fmt::Debug for TypedCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TypedCode")
    }
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
            Self::EditFollowers
            | Self::SubmitFollowers { .. }
            | Self::AskForChanges(_)
            | Self::SubmitChanges { .. }
            | Self::Propose(_)
            | Self::SubmitProposal { .. } => Pace::Immediate,
            Self::TurnLeaderboard { .. }
            | Self::ReturnToMe
            | Self::ShowChoices
            | Self::ShowNetworks
            | Self::ConfirmShared { .. }
            | Self::FinishOnboarding { .. }
            | Self::ChooseVisibility { .. }
            | Self::ChooseLanguage { .. }
            | Self::ChooseDelivery { .. }
            | Self::PauseWeek
            | Self::Resume
            | Self::ChooseNetwork { .. }
            | Self::ShowPairing
            | Self::Unpair { .. }
            | Self::UndoDismissal { .. }
            | Self::WithdrawProposal { .. }
            | Self::Approve(Judged {
                on: Surface::Card | Surface::Page,
                ..
            })
            | Self::Dismiss {
                on: Surface::Card | Surface::Page,
                ..
            } => Pace::Deferred(match place {
                Place::Own | Place::Home => Visibility::Update,
                Place::Command | Place::Shared | Place::Dialog => Visibility::Private,
            }),
            Self::Help
            | Self::ShowSuggestions
            | Self::ShowMe
            | Self::ShowLeaderboard { .. }
            | Self::StartShare { .. }
            | Self::ShowReviews
            | Self::Approve(Judged {
                on: Surface::Message,
                ..
            })
            | Self::Dismiss {
                on: Surface::Message,
                ..
            }
            | Self::ShowConsole
            | Self::Pair { .. }
            | Self::NotUnderstood { .. }
            | Self::Outdated => Pace::Deferred(match place {
                Place::Home => Visibility::Update,
                Place::Own | Place::Command | Place::Shared | Place::Dialog => Visibility::Private,
            }),
        }
    }

    /// A name for spans and logs; says nothing about a person or a post.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Help => "help",
            Self::ShowSuggestions => "suggestions.show",
            Self::ShowReviews => "review.show",
            Self::Approve(_) => "review.approve",
            Self::AskForChanges(_) => "review.ask",
            Self::SubmitChanges { .. } => "review.changes",
            Self::Propose(_) => "proposal.open",
            Self::SubmitProposal { .. } => "proposal.submit",
            Self::WithdrawProposal { .. } => "proposal.withdraw",
            Self::ShowMe => "me.show",
            Self::ReturnToMe => "me.return",
            Self::ShowChoices => "choices.show",
            Self::ShowNetworks => "networks.show",
            Self::ShowLeaderboard { .. } => "leaderboard.show",
            Self::TurnLeaderboard { .. } => "leaderboard.turn",
            Self::StartShare { .. } => "share.start",
            Self::ConfirmShared { .. } => "share.confirm",
            Self::Dismiss { .. } => "post.dismiss",
            Self::UndoDismissal { .. } => "post.undo_dismissal",
            Self::FinishOnboarding { .. } => "onboarding.finish",
            Self::ChooseVisibility { .. } => "choices.visibility",
            Self::ChooseLanguage { .. } => "choices.language",
            Self::ChooseDelivery { .. } => "choices.delivery",
            Self::PauseWeek => "choices.pause",
            Self::Resume => "choices.resume",
            Self::ChooseNetwork { .. } => "networks.choose",
            Self::EditFollowers => "followers.edit",
            Self::SubmitFollowers { .. } => "followers.submit",
            Self::ShowPairing => "pairing.show",
            Self::ShowConsole => "console.show",
            Self::Pair { .. } => "pairing.pair",
            Self::Unpair { .. } => "pairing.undo",
            Self::NotUnderstood { .. } => "not_understood",
            Self::Outdated => "outdated",
        }
    }
}

#[cfg(test)]
mod tests {
    use server_api::enums::Platform;

    use super::*;
    use crate::view::{PairingCode, sample_data};
    use crate::words::Words;

    #[test]
    fn what_holds_secrets_does_not_show_them() {
        let code = sample_data::pairing_code();
        let words = Words::of(Language::En);
        let view = PairingCode::new(words, &code, Platform::Slack);
        let intent = Intent::Pair {
            code: TypedCode(code.code.clone()),
        };
        let shown = format!("{intent:?} {view:?} {code:?}");
        assert!(!shown.contains(&code.code), "{shown}");
    }
}
