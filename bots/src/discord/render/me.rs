//! A member's own page: what to share, with a row of buttons for each post, and their
//! numbers below.

use conversation::plain;
use conversation::view::{Me, Span, ToShare};

use super::blocks::{Blocks, number_sign};
use super::{leaderboard, notice};

/// Posts on the page: each takes a row, so that the ways on keep one.
const POSTS: usize = 3;

pub(super) fn render(blocks: &mut Blocks, me: &Me) {
    if let Some(note) = &me.note {
        blocks.phrase(&notice::signed(note));
        blocks.divider();
    }
    blocks.header(&plain::phrase(&me.headline));
    blocks.phrase(&me.to_share_label);
    let posts: Vec<&ToShare> = me.to_share.iter().take(POSTS).collect();
    match posts.as_slice() {
        [only] => {
            describe(blocks, "", only);
            blocks.controls(&only.controls);
        }
        several => {
            for (index, post) in several.iter().enumerate() {
                describe(blocks, &number_sign(index).unwrap_or_default(), post);
                let row = blocks.numbered(index, &post.controls);
                blocks.row(row);
            }
        }
    }
    blocks.divider();
    blocks.phrase(&me.standing);
    leaderboard::rows(blocks, &me.around);
    blocks.facts(&me.facts);
    blocks.context(me.proposal.iter().chain([&me.delivery]));
    blocks.controls(&me.controls);
    if let Some(control) = me.note.as_ref().and_then(|note| note.control.as_ref()) {
        blocks.one_more(control);
    }
}

fn describe(blocks: &mut Blocks, sign: &str, post: &ToShare) {
    blocks.phrase(&vec![
        Span::Text(format!("{sign} ")),
        Span::Strong(post.title.clone()),
    ]);
    for phrase in &post.small_print {
        blocks.line(phrase);
    }
}
