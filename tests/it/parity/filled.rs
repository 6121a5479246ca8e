//! Views and dialogs with a text wherever words stand. Every field is named, so that a new
//! one cannot be forgotten.

use conversation::Dialog;
use conversation::View;
use conversation::dialog::{
    ChangesDialog, FollowersDialog, MessageDialog, NumberField, ProposalDialog, TextField,
};
use conversation::view::{
    Button, Choice, Choices, Command, Control, Fact, Greeting, Help, Leaderboard, Link, Me,
    NetworkChoices, Notice, PairFirst, Paired, PairingCode, PersonalPost, Phrase, Picture,
    PostEnded, ProposalOutcome, ReviewClosed, ReviewRequest, Reviews, Row, ShareChoices,
    ShareReceipt, Span, SuggestedPost, Suggestions, ToShare, Way,
};

/// Puts `text` into every text of `view`.
pub fn view(view: &mut View, text: &str) {
    match view {
        View::SuggestedPost(card) => suggested_post(card, text),
        View::PersonalPost(card) => personal_post(card, text),
        View::PostEnded(card) => post_ended(card, text),
        View::ReviewRequest(card) => review_request(card, text),
        View::ReviewClosed(card) => review_closed(card, text),
        View::Reviews(list) => reviews(list, text),
        View::ProposalOutcome(card) => proposal_outcome(card, text),
        View::ShareChoices(choices) => share_choices(choices, text),
        View::ShareReceipt(receipt) => share_receipt(receipt, text),
        View::Suggestions(list) => suggestions(list, text),
        View::Leaderboard(board) => leaderboard(board, text),
        View::Me(me) => page(me, text),
        View::Choices(choices) => own_choices(choices, text),
        View::NetworkChoices(choices) => network_choices(choices, text),
        View::PairingCode(code) => pairing_code(code, text),
        View::Paired(card) => paired(card, text),
        View::PairFirst(card) => pair_first(card, text),
        View::Greeting(card) => greeting(card, text),
        View::Help(card) => help(card, text),
        View::Notice(card) => notice(card, text),
    }
}

/// Puts `text` into every text of `dialog`.
pub fn dialog(dialog: &mut Dialog, text: &str) {
    match dialog {
        Dialog::Followers(FollowersDialog {
            title,
            intro,
            fields,
            submit,
            cancel,
            language: _,
        }) => {
            words([title, submit, cancel], text);
            phrase(intro, text);
            for field in fields {
                let NumberField {
                    field: _,
                    label,
                    value: _,
                } = field;
                words([label], text);
            }
        }
        Dialog::Changes(ChangesDialog {
            title,
            intro,
            label,
            submit,
            cancel,
            judged: _,
            language: _,
        }) => {
            words([title, label, submit, cancel], text);
            phrase(intro, text);
        }
        Dialog::Proposal(dialog) => proposal_dialog(dialog, text),
        Dialog::Message(MessageDialog {
            title,
            words: said,
            close,
        }) => {
            words([title, close], text);
            phrase(said, text);
        }
    }
}

fn words<const N: usize>(places: [&mut String; N], text: &str) {
    for place in places {
        text.clone_into(place);
    }
}

fn phrase(phrase: &mut Phrase, text: &str) {
    for span in phrase {
        match span {
            Span::Text(words) | Span::Strong(words) | Span::Typed(words) => text.clone_into(words),
            Span::Time(_) => {}
        }
    }
}

fn phrases<'a>(all: impl IntoIterator<Item = &'a mut Phrase>, text: &str) {
    for one in all {
        phrase(one, text);
    }
}

fn controls<'a>(all: impl IntoIterator<Item = &'a mut Control>, text: &str) {
    for control in all {
        match control {
            Control::Button(one) => button(one, text),
            Control::Link(one) => link(one, text),
            Control::Choice(Choice {
                label,
                options,
                chosen: _,
            }) => {
                words([label], text);
                for (option, _) in options {
                    words([option], text);
                }
            }
        }
    }
}

fn button(button: &mut Button, text: &str) {
    let Button {
        label,
        action: _,
        weight: _,
    } = button;
    words([label], text);
}

/// An address is no text: what is none is left out, which the renderers show themselves.
fn link(link: &mut Link, text: &str) {
    let Link { label, url: _ } = link;
    words([label], text);
}

fn facts(all: &mut [Fact], text: &str) {
    for fact in all {
        let Fact { label, value, how } = fact;
        words([label], text);
        phrase(value, text);
        phrases(how, text);
    }
}

fn rows(all: &mut [Row], text: &str) {
    for row in all {
        let Row {
            rank: _,
            name,
            points,
            me: _,
            movement,
        } = row;
        words([name], text);
        phrase(points, text);
        phrases(movement, text);
    }
}

fn picture(picture: &mut Option<Picture>, text: &str) {
    if let Some(Picture { url: _, alt }) = picture {
        words([alt], text);
    }
}

fn suggested_post(card: &mut SuggestedPost, text: &str) {
    let SuggestedPost {
        post: _,
        title,
        summary,
        picture: shown,
        small_print,
        controls: pressed,
    } = card;
    words([title, summary], text);
    picture(shown, text);
    phrases(small_print, text);
    controls(pressed, text);
}

fn personal_post(card: &mut PersonalPost, text: &str) {
    let PersonalPost {
        post: _,
        title,
        summary,
        picture: shown,
        small_print,
        shared,
        controls: pressed,
    } = card;
    words([title, summary], text);
    picture(shown, text);
    phrases(small_print, text);
    phrases(shared, text);
    controls(pressed, text);
}

fn post_ended(card: &mut PostEnded, text: &str) {
    let PostEnded {
        title,
        why,
        controls: pressed,
    } = card;
    words([title], text);
    phrase(why, text);
    controls(pressed, text);
}

fn review_request(card: &mut ReviewRequest, text: &str) {
    let ReviewRequest {
        post: _,
        headline,
        title,
        excerpt,
        note,
        small_print,
        controls: pressed,
    } = card;
    phrase(headline, text);
    words([title, excerpt], text);
    phrases(note, text);
    phrases(small_print, text);
    controls(pressed, text);
}

fn review_closed(card: &mut ReviewClosed, text: &str) {
    let ReviewClosed {
        title,
        outcome,
        note,
        controls: pressed,
    } = card;
    words([title], text);
    phrase(outcome, text);
    phrases(note, text);
    controls(pressed, text);
}

fn proposal_dialog(dialog: &mut ProposalDialog, text: &str) {
    let ProposalDialog {
        title,
        intro,
        fields,
        submit,
        cancel,
        language: _,
    } = dialog;
    words([title, submit, cancel], text);
    phrase(intro, text);
    for field in fields {
        let TextField {
            field: _,
            label,
            value,
            limit: _,
            is_long: _,
            is_optional: _,
        } = field;
        words([label, value], text);
    }
}

fn proposal_outcome(card: &mut ProposalOutcome, text: &str) {
    let ProposalOutcome {
        title,
        outcome,
        note,
        controls: pressed,
    } = card;
    words([title], text);
    phrase(outcome, text);
    phrases(note, text);
    controls(pressed, text);
}

fn reviews(list: &mut Reviews, text: &str) {
    let Reviews {
        headline,
        items,
        controls: pressed,
    } = list;
    phrase(headline, text);
    for item in items {
        review_request(item, text);
    }
    controls(pressed, text);
}

fn share_choices(choices: &mut ShareChoices, text: &str) {
    let ShareChoices {
        title,
        summary,
        intro,
        hint,
        front,
        others,
        others_label,
        others_done_label,
        back,
    } = choices;
    words([title, summary, others_label, others_done_label], text);
    phrases([intro, hint], text);
    for way in front.iter_mut().chain(others) {
        let Way {
            name,
            open,
            done,
            state,
        } = way;
        words([name], text);
        link(open, text);
        button(done, text);
        phrases(state, text);
    }
    controls(back, text);
}

fn share_receipt(receipt: &mut ShareReceipt, text: &str) {
    let ShareReceipt {
        headline,
        title,
        facts: figures,
        controls: pressed,
    } = receipt;
    phrase(headline, text);
    words([title], text);
    facts(figures, text);
    controls(pressed, text);
}

fn suggestions(list: &mut Suggestions, text: &str) {
    let Suggestions {
        headline,
        items,
        controls: pressed,
    } = list;
    phrase(headline, text);
    for item in items {
        suggested_post(item, text);
    }
    controls(pressed, text);
}

fn leaderboard(board: &mut Leaderboard, text: &str) {
    let Leaderboard {
        title,
        rows: top,
        empty,
        around_label,
        around,
        me,
        how,
        controls: pressed,
    } = board;
    words([title], text);
    rows(top, text);
    rows(around, text);
    phrases([empty, around_label, how], text);
    phrases(me, text);
    controls(pressed, text);
}

fn page(me: &mut Me, text: &str) {
    let Me {
        note,
        headline,
        to_share_label,
        to_share,
        facts: figures,
        standing,
        around,
        proposal,
        delivery,
        controls: pressed,
    } = me;
    if let Some(note) = note {
        notice(note, text);
    }
    phrases([headline, to_share_label, standing, delivery], text);
    phrases(proposal, text);
    for post in to_share {
        let ToShare {
            title,
            small_print,
            controls: pressed,
        } = post;
        words([title], text);
        phrases(small_print, text);
        controls(pressed, text);
    }
    facts(figures, text);
    rows(around, text);
    controls(pressed, text);
}

fn own_choices(choices: &mut Choices, text: &str) {
    let Choices {
        title,
        delivery,
        networks,
        followers,
        accounts,
        controls: pressed,
    } = choices;
    words([title], text);
    phrases([delivery, networks, followers, accounts], text);
    controls(pressed, text);
}

fn network_choices(choices: &mut NetworkChoices, text: &str) {
    let NetworkChoices {
        title,
        intro,
        controls: pressed,
    } = choices;
    words([title], text);
    phrase(intro, text);
    controls(pressed, text);
}

fn pairing_code(code: &mut PairingCode, text: &str) {
    let PairingCode {
        title,
        typed,
        notes,
        controls: pressed,
    } = code;
    words([title], text);
    phrase(typed, text);
    phrases(notes, text);
    controls(pressed, text);
}

fn paired(card: &mut Paired, text: &str) {
    let Paired {
        headline,
        detail,
        controls: pressed,
    } = card;
    phrases([headline, detail], text);
    controls(pressed, text);
}

fn pair_first(card: &mut PairFirst, text: &str) {
    let PairFirst { title, steps } = card;
    words([title], text);
    phrases(steps, text);
}

fn greeting(card: &mut Greeting, text: &str) {
    let Greeting {
        title,
        steps,
        controls: pressed,
    } = card;
    words([title], text);
    phrases(steps, text);
    controls(pressed, text);
}

fn help(card: &mut Help, text: &str) {
    let Help {
        unknown,
        title,
        commands,
        controls: pressed,
    } = card;
    phrases(unknown, text);
    words([title], text);
    for command in commands {
        let Command { typed, does } = command;
        words([typed], text);
        phrase(does, text);
    }
    controls(pressed, text);
}

fn notice(card: &mut Notice, text: &str) {
    let Notice {
        kind: _,
        words: said,
        control,
    } = card;
    phrase(said, text);
    controls(control, text);
}
