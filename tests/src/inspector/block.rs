//! Blocks as the page draws them: each of Slack's blocks and elements made ready for the template.
use serde_json::Value;

use super::markup;
use crate::emulator::slack::mrkdwn;
use crate::emulator::slack::person::rendered::{option_label, options_of};

/// A block ready to be drawn; texts are HTML already.
pub(super) enum Block {
    Header(String),
    Section {
        text: Option<String>,
        fields: Vec<String>,
        accessory: Option<Element>,
    },
    Divider,
    Image(Picture),
    Actions(Vec<Element>),
    Context(Vec<Small>),
    Plain(String),
}

/// A picture.
pub(super) struct Picture {
    pub(super) url: String,
    pub(super) alt: String,
}

/// Small print: words, or a small picture.
pub(super) enum Small {
    Words(String),
    Picture(Picture),
}

/// Something to press, or a picture beside a section.
pub(super) enum Element {
    Button {
        ids: Ids,
        label: String,
        style: String,
        opens: bool,
    },
    Menu {
        ids: Ids,
        label: String,
        options: Vec<Choice>,
        is_overflow: bool,
    },
    Picture(Picture),
}

/// By which a form names an element.
pub(super) struct Ids {
    pub(super) block: String,
    pub(super) action: String,
}

/// One entry of a menu.
pub(super) struct Choice {
    pub(super) label: String,
    pub(super) is_chosen: bool,
    pub(super) opens: bool,
}

/// How text is read: the reader's offset from UTC, and the names behind ids.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) offset: i32,
    pub(super) name: &'a dyn Fn(&str) -> String,
}

impl Reader<'_> {
    fn text(&self, object: &Value) -> String {
        markup::text(object, self.offset, self.name)
    }

    /// Markup that stands by itself, as a message without blocks does.
    pub(super) fn markup(&self, source: &str) -> String {
        markup::markup(source, self.offset, self.name)
    }
}

fn field<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Makes one block ready; those that the emulator refuses do not occur.
pub(super) fn block(block: &Value, reader: Reader<'_>) -> Block {
    let text = || block.get("text").map(|text| reader.text(text));
    let items = |name: &str| {
        block
            .get(name)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let id = field(block, "block_id");
    match field(block, "type") {
        "header" => Block::Header(text().unwrap_or_default()),
        "section" => Block::Section {
            text: text(),
            fields: items("fields")
                .iter()
                .map(|field| reader.text(field))
                .collect(),
            accessory: block
                .get("accessory")
                .and_then(|accessory| element(id, accessory)),
        },
        "divider" => Block::Divider,
        "image" => Block::Image(picture(block)),
        "actions" => Block::Actions(
            items("elements")
                .iter()
                .filter_map(|e| element(id, e))
                .collect(),
        ),
        "context" => Block::Context(items("elements").iter().map(|e| small(e, reader)).collect()),
        "input" => Block::Plain(
            block
                .get("label")
                .map(|l| reader.text(l))
                .unwrap_or_default(),
        ),
        _ => Block::Plain(String::new()),
    }
}

fn picture(value: &Value) -> Picture {
    Picture {
        url: field(value, "image_url").to_owned(),
        alt: field(value, "alt_text").to_owned(),
    }
}

fn small(value: &Value, reader: Reader<'_>) -> Small {
    if field(value, "type") == "image" {
        Small::Picture(picture(value))
    } else {
        Small::Words(reader.text(value))
    }
}

fn element(block_id: &str, element: &Value) -> Option<Element> {
    let words = |name: &str| {
        let text = element.get(name).map(|text| field(text, "text"));
        text.map(mrkdwn::with_emoji)
    };
    let ids = || Ids {
        block: block_id.to_owned(),
        action: field(element, "action_id").to_owned(),
    };
    let chosen = element.get("initial_option");
    let choices = || {
        options_of(element)
            .map(|option| Choice {
                label: option_label(option),
                is_chosen: Some(option) == chosen,
                opens: option.get("url").is_some(),
            })
            .collect()
    };
    Some(match field(element, "type") {
        "button" => Element::Button {
            ids: ids(),
            label: words("text")?,
            style: field(element, "style").to_owned(),
            opens: element.get("url").is_some(),
        },
        "static_select" => Element::Menu {
            ids: ids(),
            label: chosen
                .map(option_label)
                .or_else(|| words("placeholder"))
                .unwrap_or_default(),
            options: choices(),
            is_overflow: false,
        },
        "overflow" => Element::Menu {
            ids: ids(),
            label: "More".to_owned(),
            options: choices(),
            is_overflow: true,
        },
        "image" => Element::Picture(picture(element)),
        _ => return None,
    })
}
