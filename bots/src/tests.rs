//! What the tests of both chats share.

use conversation::View;
use conversation::view::Span;

/// The view with these words wherever somebody's own can stand.
pub(crate) fn with_words(view: View, long: &str) -> View {
    let text = || vec![Span::Text(long.to_owned())];
    match view {
        View::SuggestedPost(mut card) => {
            long.clone_into(&mut card.title);
            long.clone_into(&mut card.summary);
            card.small_print.push(text());
            View::SuggestedPost(card)
        }
        View::PersonalPost(mut card) => {
            long.clone_into(&mut card.title);
            long.clone_into(&mut card.summary);
            card.shared = Some(text());
            View::PersonalPost(card)
        }
        View::PostEnded(mut card) => {
            long.clone_into(&mut card.title);
            View::PostEnded(card)
        }
        other @ (View::ReviewRequest(_) | View::ReviewClosed(_) | View::Reviews(_)) => {
            with_reviewed_words(other, long)
        }
        View::ProposalOutcome(mut card) => {
            long.clone_into(&mut card.title);
            card.note = Some(text());
            View::ProposalOutcome(card)
        }
        View::ShareChoices(mut choices) => {
            long.clone_into(&mut choices.title);
            long.clone_into(&mut choices.summary);
            View::ShareChoices(choices)
        }
        View::ShareReceipt(mut receipt) => {
            long.clone_into(&mut receipt.title);
            View::ShareReceipt(receipt)
        }
        View::Suggestions(mut list) => {
            for card in &mut list.items {
                long.clone_into(&mut card.title);
                long.clone_into(&mut card.summary);
            }
            View::Suggestions(list)
        }
        View::Leaderboard(mut board) => {
            for row in &mut board.rows {
                long.clone_into(&mut row.name);
            }
            View::Leaderboard(board)
        }
        other @ (View::Me(_)
        | View::Choices(_)
        | View::NetworkChoices(_)
        | View::PairingCode(_)
        | View::Paired(_)
        | View::PairFirst(_)
        | View::Greeting(_)
        | View::Help(_)
        | View::Notice(_)) => with_own_words(other, long),
    }
}

/// The same for what approvers see.
fn with_reviewed_words(view: View, long: &str) -> View {
    let text = || vec![Span::Text(long.to_owned())];
    match view {
        View::ReviewRequest(mut card) => {
            long.clone_into(&mut card.title);
            long.clone_into(&mut card.excerpt);
            card.note = Some(text());
            card.small_print.push(text());
            View::ReviewRequest(card)
        }
        View::ReviewClosed(mut card) => {
            long.clone_into(&mut card.title);
            card.note = Some(text());
            View::ReviewClosed(card)
        }
        View::Reviews(mut list) => {
            for card in &mut list.items {
                long.clone_into(&mut card.title);
                long.clone_into(&mut card.excerpt);
            }
            View::Reviews(list)
        }
        other => other,
    }
}

/// The same for what a member sees about themselves.
fn with_own_words(view: View, long: &str) -> View {
    let text = || vec![Span::Text(long.to_owned())];
    match view {
        View::Me(mut me) => {
            me.headline = text();
            me.delivery = text();
            me.proposal = Some(text());
            for post in &mut me.to_share {
                long.clone_into(&mut post.title);
            }
            for row in &mut me.around {
                long.clone_into(&mut row.name);
            }
            View::Me(me)
        }
        View::Choices(mut choices) => {
            choices.followers = text();
            choices.accounts = text();
            View::Choices(choices)
        }
        View::NetworkChoices(mut choices) => {
            choices.intro = text();
            View::NetworkChoices(choices)
        }
        View::PairingCode(mut code) => {
            code.typed = vec![Span::Typed(long.to_owned())];
            View::PairingCode(code)
        }
        View::Paired(mut paired) => {
            paired.headline = vec![Span::Strong(long.to_owned())];
            View::Paired(paired)
        }
        View::PairFirst(mut card) => {
            card.steps.push(text());
            View::PairFirst(card)
        }
        View::Greeting(mut greeting) => {
            long.clone_into(&mut greeting.title);
            View::Greeting(greeting)
        }
        View::Help(mut help) => {
            help.unknown = Some(text());
            View::Help(help)
        }
        View::Notice(mut notice) => {
            notice.words = vec![Span::Strong(long.to_owned())];
            View::Notice(notice)
        }
        other => other,
    }
}
