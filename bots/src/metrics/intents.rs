//! How an intent is told. Whatever somebody looks at or decides for themselves alone is one
//! word: were dismissing or pausing told apart, a single silent no would be a figure.

use conversation::Intent;

/// The word of everything private.
pub(super) const PRIVATE: &str = "private";

/// What is told of an intent.
pub fn told(intent: &Intent) -> &'static str {
    match intent {
        Intent::Dismiss { .. }
        | Intent::UndoDismissal { .. }
        | Intent::PauseWeek
        | Intent::Resume
        | Intent::ChooseDelivery { .. }
        | Intent::ChooseVisibility { .. }
        | Intent::ChooseLanguage { .. }
        | Intent::ChooseNetwork { .. }
        | Intent::ShowMe
        | Intent::ReturnToMe
        | Intent::ShowChoices
        | Intent::ShowNetworks
        | Intent::ShowSuggestions
        | Intent::EditFollowers
        | Intent::SubmitFollowers { .. } => PRIVATE,
        Intent::ShowLeaderboard { .. } | Intent::TurnLeaderboard { .. } => "leaderboard",
        Intent::ShowReviews
        | Intent::Approve(_)
        | Intent::AskForChanges(_)
        | Intent::SubmitChanges { .. } => "review",
        Intent::Propose(_) | Intent::SubmitProposal { .. } | Intent::WithdrawProposal { .. } => {
            "proposal"
        }
        Intent::ShowConsole => "console",
        Intent::ShowPairing | Intent::Pair { .. } | Intent::Unpair { .. } => "pairing",
        Intent::Help
        | Intent::StartShare { .. }
        | Intent::ConfirmShared { .. }
        | Intent::FinishOnboarding { .. }
        | Intent::NotUnderstood { .. }
        | Intent::Outdated => intent.name(),
    }
}

#[cfg(test)]
mod tests {
    use conversation::intent::Surface;
    use server_api::ids::PostId;

    use super::*;

    #[test]
    fn a_silent_no_is_told_like_a_look_at_ones_own_page() {
        let post = PostId(uuid::Uuid::from_u128(1));
        let on = Surface::Card;
        for intent in [
            Intent::Dismiss { post, on },
            Intent::UndoDismissal { post, on },
            Intent::PauseWeek,
            Intent::Resume,
        ] {
            assert_eq!(told(&intent), told(&Intent::ShowMe));
        }
        assert_eq!(told(&Intent::StartShare { post }), "share.start");
    }
}
