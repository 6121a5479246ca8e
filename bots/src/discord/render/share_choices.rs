//! A member's ways to share, in five rows: the networks in front with *Done* beside or
//! below each, all others in rows of links with one select to confirm.

use conversation::view::{Choice, ShareChoices, Span, Way};
use serde_json::Value;

use super::blocks::{Blocks, link_button};
use crate::discord::limits;

/// Networks in front that fit one row together with their *Done*.
const BESIDE: usize = limits::BUTTONS / 2;
/// Networks in front: one row of links, and one of *Done*.
const IN_FRONT: usize = limits::BUTTONS;

pub(super) fn render(blocks: &mut Blocks, choices: &ShareChoices) {
    blocks.header(&choices.title);
    blocks.paragraph(&choices.summary, None);
    blocks.phrase(&choices.intro);
    let ways: Vec<&Way> = choices.front.iter().chain(&choices.others).collect();
    let (front, others) = ways.split_at(choices.front.len().min(IN_FRONT));
    states(blocks, &ways);
    in_front(blocks, front);
    elsewhere(blocks, choices, others);
    if let Some(back) = &choices.back {
        blocks.one_more(back);
    }
    if !choices.front.is_empty() {
        blocks.context([&choices.hint]);
    }
}

fn states(blocks: &mut Blocks, ways: &[&Way]) {
    let known = ways
        .iter()
        .filter_map(|way| Some((way, way.state.as_ref()?)));
    for (index, (way, state)) in known.enumerate() {
        let mut words = vec![Span::Text(format!("{}: ", way.name))];
        words.extend(state.iter().cloned());
        if index == 0 {
            blocks.phrase(&words);
        } else {
            blocks.line(&words);
        }
    }
}

fn in_front(blocks: &mut Blocks, ways: &[&Way]) {
    let pairs: Vec<(Option<Value>, Option<Value>)> = ways
        .iter()
        .map(|way| (link_button(&way.open), blocks.button(&way.done)))
        .collect();
    if ways.len() <= BESIDE {
        let row = pairs.into_iter().flat_map(|(open, done)| [open, done]);
        blocks.row(row.flatten().collect());
    } else {
        let (open, done): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        blocks.row(open.into_iter().flatten().collect());
        blocks.row(done.into_iter().flatten().collect());
    }
}

fn elsewhere(blocks: &mut Blocks, choices: &ShareChoices, ways: &[&Way]) {
    let links = ways.iter().filter_map(|way| link_button(&way.open));
    blocks.row(links.collect());
    let select = blocks.select(&Choice {
        label: choices.others_done_label.clone(),
        options: ways
            .iter()
            .map(|way| (way.done.label.clone(), way.done.action))
            .collect(),
        chosen: None,
    });
    blocks.row(select.into_iter().collect());
}
