//! The commands, as lines to read and as buttons to press.

use conversation::view::{Help, Span};

use super::blocks::Blocks;
use crate::slack::{limits, text};

pub(super) fn render(blocks: &mut Blocks, help: &Help) {
    if let Some(unknown) = &help.unknown {
        blocks.phrase(unknown);
    }
    blocks.header(&help.title);
    let room = limits::SECTION_TEXT / help.commands.len().max(1) - 1;
    let lines: Vec<String> = help
        .commands
        .iter()
        .map(|command| {
            let mut words = vec![
                Span::Typed(command.typed.clone()),
                Span::Text(" – ".to_owned()),
            ];
            words.extend(command.does.iter().cloned());
            text::phrase(&words, room)
        })
        .collect();
    blocks.section(&lines.join("\n"));
    blocks.controls(&help.controls);
}
