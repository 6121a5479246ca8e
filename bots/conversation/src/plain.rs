//! Every view as plain text: for notifications, screen readers and clients that
//! cannot show more.

use chrono::{DateTime, Utc};

use crate::view::{
    Choices, Fact, Help, Leaderboard, Me, Phrase, ReviewRequest, Row, ShareChoices, Span, View,
};

/// The view in plain words, over several lines where it has several things to say.
pub fn view(view: &View) -> String {
    let lines = match view {
        View::SuggestedPost(card) => vec![
            card.title.clone(),
            card.summary.clone(),
            joined(&card.small_print),
        ],
        View::PersonalPost(card) => vec![
            card.title.clone(),
            card.summary.clone(),
            joined(&card.small_print),
            optional(card.shared.as_ref()),
        ],
        View::PostEnded(card) => vec![card.title.clone(), phrase(&card.why)],
        View::ReviewRequest(card) => review_request(card),
        View::ReviewClosed(card) => vec![
            card.title.clone(),
            phrase(&card.outcome),
            optional(card.note.as_ref()),
        ],
        View::ProposalOutcome(card) => vec![
            card.title.clone(),
            phrase(&card.outcome),
            optional(card.note.as_ref()),
        ],
        View::Reviews(list) => vec![phrase(&list.headline)]
            .into_iter()
            .chain(list.items.iter().map(|item| format!("• {}", item.title)))
            .collect(),
        View::ShareChoices(choices) => share_choices(choices),
        View::ShareReceipt(receipt) => vec![phrase(&receipt.headline), receipt.title.clone()]
            .into_iter()
            .chain(receipt.facts.iter().map(fact))
            .collect(),
        View::Suggestions(list) => vec![phrase(&list.headline)]
            .into_iter()
            .chain(list.items.iter().map(|item| format!("• {}", item.title)))
            .collect(),
        View::Leaderboard(board) => leaderboard(board),
        View::Me(me) => page(me),
        View::Choices(choices) => choices_lines(choices),
        View::NetworkChoices(choices) => vec![choices.title.clone(), phrase(&choices.intro)],
        View::PairingCode(code) => vec![code.title.clone(), phrase(&code.typed)]
            .into_iter()
            .chain(code.notes.iter().map(|note| phrase(note)))
            .collect(),
        View::Paired(paired) => vec![phrase(&paired.headline), phrase(&paired.detail)],
        View::PairFirst(card) => steps(&card.title, &card.steps),
        View::Greeting(greeting) => steps(&greeting.title, &greeting.steps),
        View::Help(help) => help_lines(help),
        View::Notice(notice) => vec![phrase(&notice.words)],
    };
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// The phrase in plain words.
pub fn phrase(phrase: &[Span]) -> String {
    phrase
        .iter()
        .map(|span| match span {
            Span::Text(text) | Span::Strong(text) | Span::Typed(text) => text.clone(),
            Span::Time(at) => time(*at),
        })
        .collect()
}

/// A point in time where the platform cannot show the reader's own zone.
pub fn time(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

fn joined(phrases: &[Phrase]) -> String {
    let parts: Vec<String> = phrases.iter().map(|part| phrase(part)).collect();
    parts.join(" · ")
}

fn fact(fact: &Fact) -> String {
    match &fact.how {
        Some(how) => format!("{}: {} ({})", fact.label, phrase(&fact.value), phrase(how)),
        None => format!("{}: {}", fact.label, phrase(&fact.value)),
    }
}

fn review_request(card: &ReviewRequest) -> Vec<String> {
    vec![
        phrase(&card.headline),
        card.title.clone(),
        card.excerpt.clone(),
        optional(card.note.as_ref()),
        joined(&card.small_print),
    ]
}

fn share_choices(choices: &ShareChoices) -> Vec<String> {
    let mut lines = vec![
        choices.title.clone(),
        choices.summary.clone(),
        phrase(&choices.intro),
    ];
    lines.extend(
        choices
            .front
            .iter()
            .chain(&choices.others)
            .map(|way| format!("• {}", way.open.label)),
    );
    lines
}

fn leaderboard(board: &Leaderboard) -> Vec<String> {
    let mut lines = vec![board.title.clone()];
    if board.rows.is_empty() {
        lines.push(phrase(&board.empty));
    }
    lines.extend(board.rows.iter().map(row));
    if !board.around.is_empty() {
        lines.push(phrase(&board.around_label));
        lines.extend(board.around.iter().map(row));
    }
    lines.push(optional(board.me.as_ref()));
    lines
}

fn page(me: &Me) -> Vec<String> {
    let mut lines: Vec<String> = me.note.iter().map(|note| phrase(&note.words)).collect();
    lines.extend([phrase(&me.headline), phrase(&me.to_share_label)]);
    lines.extend(me.to_share.iter().map(|post| format!("• {}", post.title)));
    lines.extend(me.facts.iter().map(fact));
    lines.push(phrase(&me.standing));
    lines.extend(me.around.iter().map(row));
    lines.push(optional(me.proposal.as_ref()));
    lines.push(phrase(&me.delivery));
    lines
}

fn choices_lines(choices: &Choices) -> Vec<String> {
    vec![
        choices.title.clone(),
        phrase(&choices.delivery),
        phrase(&choices.networks),
        phrase(&choices.followers),
        phrase(&choices.accounts),
    ]
}

fn steps(title: &str, steps: &[Phrase]) -> Vec<String> {
    let mut lines = vec![title.to_owned()];
    lines.extend(steps.iter().map(|step| phrase(step)));
    lines
}

fn optional(words: Option<&Phrase>) -> String {
    words.map(|words| phrase(words)).unwrap_or_default()
}

fn row(row: &Row) -> String {
    let words: Vec<String> = [Some(&row.points), row.movement.as_ref()]
        .into_iter()
        .flatten()
        .map(|words| phrase(words))
        .collect();
    format!("{}. {} – {}", row.rank, row.name, words.join(" · "))
}

fn help_lines(help: &Help) -> Vec<String> {
    let mut lines: Vec<String> = help.unknown.iter().map(|unknown| phrase(unknown)).collect();
    lines.push(help.title.clone());
    lines.extend(
        help.commands
            .iter()
            .map(|command| format!("{} – {}", command.typed, phrase(&command.does))),
    );
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_reads_as_plain_words() {
        let all: Vec<String> = View::samples()
            .iter()
            .map(|(name, sample)| format!("== {name}\n{}", view(sample)))
            .collect();
        insta::assert_snapshot!(all.join("\n\n"));
    }
}
