//! Slack's limits, each with the place where it was read (docs.slack.dev, Block Kit
//! reference and method pages; the numbers of 2026-11).

/// Characters in a text object of a section. Reference "Section block".
pub const SECTION_TEXT: usize = 3_000;
/// Characters in one field of a section. Reference "Section block".
pub const FIELD_TEXT: usize = 2_000;
/// Fields of a section. Reference "Section block".
pub const FIELDS: usize = 10;
/// Characters in a header. Reference "Header block".
pub const HEADER_TEXT: usize = 150;
/// Elements of a context. Reference "Context block".
pub const CONTEXT_ELEMENTS: usize = 10;
/// Characters that we let one context element have: a line, not an essay.
pub const CONTEXT_TEXT: usize = 300;
/// Elements of an actions block. Reference "Actions block".
pub const ACTIONS: usize = 25;
/// Characters on a button. Reference "Button element".
pub const BUTTON_TEXT: usize = 75;
/// Characters in an address behind a button. Reference "Button element".
pub const BUTTON_URL: usize = 3_000;
/// Options of a select. Reference "Static select".
pub const OPTIONS: usize = 100;
/// Characters on an option. Reference "Option object".
pub const OPTION_TEXT: usize = 75;
/// Characters of a select's placeholder. Reference "Select menu".
pub const PLACEHOLDER: usize = 150;
/// Characters of an image's address. Reference "Image element".
pub const IMAGE_URL: usize = 3_000;
/// Characters of an image's alternative text. Reference "Image element".
pub const IMAGE_ALT: usize = 2_000;
/// Blocks of a message. Reference "Blocks".
pub const MESSAGE_BLOCKS: usize = 50;
/// Blocks of a modal. Reference "Views".
pub const MODAL_BLOCKS: usize = 100;
/// Blocks of an app's home. Reference "Views".
pub const HOME_BLOCKS: usize = 100;
/// Characters of a modal's title and of its buttons. Reference "Views".
pub const MODAL_LABEL: usize = 24;
/// Characters of an input's label. Reference "Input block".
pub const INPUT_LABEL: usize = 2_000;
/// Characters that can be typed into an input. Reference "Plain-text input element".
pub const INPUT_VALUE: usize = 3_000;
/// Characters of a shortcut's name. App settings, "Interactivity & Shortcuts".
pub const SHORTCUT_NAME: usize = 24;
/// Characters of a shortcut's description. App settings, "Interactivity & Shortcuts".
pub const SHORTCUT_DESCRIPTION: usize = 150;
/// Characters that can be typed for a number: spaces and separators included.
pub const NUMBER_INPUT: u32 = 20;
/// Characters of a view's private metadata. Reference "Views".
pub const PRIVATE_METADATA: usize = 3_000;
/// Characters of a message's `text`: above 4,000 Slack advises against. Method
/// `chat.postMessage`, "Truncating content".
pub const MESSAGE_TEXT: usize = 4_000;
/// Characters of a name in a row of a board: ten rows fit a section with room.
pub const ROW_NAME: usize = 60;
