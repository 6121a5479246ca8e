//! A member's own page: as a message and as the app's home.

use conversation::plain;
use conversation::view::{Me, Span, ToShare};

use super::blocks::Blocks;
use super::leaderboard;
use super::notice;
/// Posts on the page: each takes three blocks, so that all else fits a message with room.
const POSTS: usize = 5;

pub(super) fn render(blocks: &mut Blocks, me: &Me) {
    if let Some(note) = &me.note {
        notice::render(blocks, note);
        blocks.divider();
    }
    blocks.header(&plain::phrase(&me.headline));
    blocks.phrase(&me.to_share_label);
    for post in me.to_share.iter().take(POSTS) {
        to_share(blocks, post);
    }
    blocks.divider();
    blocks.facts(&me.facts);
    blocks.phrase(&me.standing);
    blocks.section(&leaderboard::lines(&me.around));
    blocks.context(me.proposal.iter().chain([&me.delivery]));
    blocks.controls(&me.controls);
}

fn to_share(blocks: &mut Blocks, post: &ToShare) {
    blocks.phrase(&vec![Span::Strong(post.title.clone())]);
    blocks.context(&post.small_print);
    blocks.controls(&post.controls);
}
