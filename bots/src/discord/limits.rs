//! Discord's limits, each with the place where it was read (docs.discord.com, and its
//! OpenAPI description, "OpenAPI" below; the numbers of 2026-11).

/// Characters of a message's `content`. Resource "Message", "Create Message".
pub const CONTENT: usize = 2_000;
/// Embeds of a message. Resource "Message", "Create Message".
pub const EMBEDS: usize = 10;
/// Characters of all embeds of a message together: title, description, fields, footer.
/// Resource "Message", "Embed Limits".
pub const EMBEDS_TEXT: usize = 6_000;
/// Characters of an embed's title. Resource "Message", "Embed Limits".
pub const EMBED_TITLE: usize = 256;
/// Characters of an embed's description. Resource "Message", "Embed Limits".
pub const EMBED_DESCRIPTION: usize = 4_096;
/// Fields of an embed. Resource "Message", "Embed Limits".
pub const FIELDS: usize = 25;
/// Characters of a field's name. Resource "Message", "Embed Limits".
pub const FIELD_NAME: usize = 256;
/// Characters of a field's value. Resource "Message", "Embed Limits".
pub const FIELD_VALUE: usize = 1_024;
/// Characters of a footer. Resource "Message", "Embed Limits".
pub const FOOTER: usize = 2_048;
/// Characters of an image's address. OpenAPI, `RichEmbedImage.url`.
pub const IMAGE_URL: usize = 2_048;
/// Action rows of a message. "Component Reference", "Action Row", and "Legacy Message
/// Component Behavior".
pub const ROWS: usize = 5;
/// Buttons of an action row. "Component Reference", "Action Row".
pub const BUTTONS: usize = 5;
/// Characters on a button. "Component Reference", "Button".
pub const BUTTON_LABEL: usize = 80;
/// Characters of an address behind a button. "Component Reference", "Button".
pub const BUTTON_URL: usize = 512;
/// Characters of a control's id. "Component Reference", "Custom ID".
pub const CUSTOM_ID: usize = 100;
/// Options of a select. "Component Reference", "String Select".
pub const OPTIONS: usize = 25;
/// Characters on an option. "Component Reference", "Select Option Structure".
pub const OPTION_LABEL: usize = 100;
/// Characters that an option carries. "Component Reference", "Select Option Structure".
pub const OPTION_VALUE: usize = 100;
/// Characters below an option's label. "Component Reference", "Select Option Structure".
pub const OPTION_DESCRIPTION: usize = 100;
/// Characters of a select's placeholder. "Component Reference", "String Select".
pub const PLACEHOLDER: usize = 150;
/// Characters of a modal's title. "Receiving and Responding", "Modal".
pub const MODAL_TITLE: usize = 45;
/// Inputs of a modal. "Receiving and Responding", "Modal".
pub const MODAL_INPUTS: usize = 5;
/// Characters of an input's label. "Component Reference", "Text Input".
pub const INPUT_LABEL: usize = 45;
/// Characters that can be typed into an input. "Component Reference", "Text Input".
pub const INPUT_VALUE: usize = 4_000;
/// Characters that can be typed for a number: spaces and separators included.
pub const NUMBER_INPUT: usize = 20;
/// Characters of a nonce. Resource "Message", "Create Message".
pub const NONCE: usize = 25;
/// Characters of a command's or an option's name. "Application Commands".
pub const COMMAND_NAME: usize = 32;
/// Characters of a command's or an option's description. "Application Commands".
pub const COMMAND_DESCRIPTION: usize = 100;
/// Choices offered while an option is typed. "Receiving and Responding", "Autocomplete".
pub const CHOICES: usize = 25;
/// Characters of a choice's name. "Application Commands", "Option Choice Structure".
pub const CHOICE_NAME: usize = 100;
/// Characters that we let a line of small print have: a line, not an essay.
pub const SMALL_PRINT: usize = 300;
/// Characters of a post's sentences within a list of posts: five fit one message.
pub const LISTED_SUMMARY: usize = 400;
/// Characters of a name in a row of a board: ten rows fit a field with room.
pub const ROW_NAME: usize = 60;
