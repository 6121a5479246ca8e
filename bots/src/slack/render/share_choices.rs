//! A member's ways to share: each network in front with its own row, all others in one
//! row of links with one select to confirm.

use conversation::view::{Choice, ShareChoices, Span, Way};

use super::blocks::Blocks;
use crate::slack::limits;

/// Blocks that the card needs around its rows; each network in front takes two at most.
const AROUND: usize = 10;
const IN_FRONT: usize = (limits::MESSAGE_BLOCKS - AROUND) / 2;

pub(super) fn render(blocks: &mut Blocks, choices: &ShareChoices) {
    blocks.header(&choices.title);
    blocks.paragraph(&choices.summary, None);
    blocks.phrase(&choices.intro);
    for way in choices.front.iter().take(IN_FRONT) {
        front(blocks, way);
    }
    others(blocks, choices);
    if !choices.front.is_empty() {
        blocks.context([&choices.hint]);
    }
    blocks.controls(choices.back.as_slice());
}

fn front(blocks: &mut Blocks, way: &Way) {
    let mut row = Vec::new();
    row.extend(blocks.link(&way.open));
    row.push(blocks.button(&way.done));
    blocks.row(row);
    if let Some(state) = &way.state {
        let mut words = vec![Span::Text(format!("{}: ", way.name))];
        words.extend(state.iter().cloned());
        blocks.context([&words]);
    }
}

fn others(blocks: &mut Blocks, choices: &ShareChoices) {
    let rest: Vec<&Way> = choices
        .front
        .iter()
        .skip(IN_FRONT)
        .chain(&choices.others)
        .collect();
    if rest.is_empty() {
        return;
    }
    blocks.context([&vec![Span::Text(choices.others_label.clone())]]);
    let mut links = Vec::new();
    for way in &rest {
        links.extend(blocks.link(&way.open));
    }
    blocks.row(links);
    let select = blocks.select(&Choice {
        label: choices.others_done_label.clone(),
        options: rest
            .iter()
            .map(|way| (way.done.label.clone(), way.done.action))
            .collect(),
        chosen: None,
    });
    blocks.row(vec![select]);
}
