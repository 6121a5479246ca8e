//! The commands, as lines to read and as buttons to press.

use conversation::view::{Help, Span};

use super::blocks::Blocks;

pub(super) fn render(blocks: &mut Blocks, help: &Help) {
    blocks.header(&help.title);
    if let Some(unknown) = &help.unknown {
        blocks.phrase(unknown);
    }
    for (index, command) in help.commands.iter().enumerate() {
        let mut words = vec![
            Span::Typed(command.typed.clone()),
            Span::Text(" – ".to_owned()),
        ];
        words.extend(command.does.iter().cloned());
        if index == 0 {
            blocks.phrase(&words);
        } else {
            blocks.line(&words);
        }
    }
    blocks.controls(&help.controls);
}
