//! Embeds and rows of components as the page draws them.
use serde_json::Value;

use super::markup::{self, Reader};
use crate::emulator::discord::person::rendered::{options_of, text};
use crate::inspector::markup::escape;

/// The colour of an embed's edge if it names none.
const NO_COLOR: u64 = 0;

/// An embed ready to be drawn; texts are HTML already.
pub(super) struct Card {
    pub(super) color: Option<String>,
    pub(super) author: String,
    pub(super) title: String,
    pub(super) url: String,
    pub(super) description: String,
    pub(super) fields: Vec<Field>,
    pub(super) thumbnail: Option<Picture>,
    pub(super) image: Option<Picture>,
    pub(super) footer: String,
}

/// A name and a value, beside others or on a line of its own.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) is_inline: bool,
}

/// A picture.
pub(super) struct Picture {
    pub(super) url: String,
    pub(super) alt: String,
}

/// Something to press.
pub(super) enum Part {
    Button {
        custom_id: String,
        label: String,
        style: &'static str,
        is_disabled: bool,
    },
    Link {
        url: String,
        label: String,
    },
    Menu {
        custom_id: String,
        label: String,
        choices: Vec<Choice>,
        takes_several: bool,
    },
}

/// One entry of a menu.
pub(super) struct Choice {
    pub(super) label: String,
    pub(super) about: String,
    pub(super) is_chosen: bool,
}

/// Makes an embed ready.
pub(super) fn card(embed: &Value, reader: Reader<'_>) -> Card {
    let inner = |part: &str, field: &str| {
        let part = embed.get(part)?;
        Some(text(part, field).to_owned())
    };
    let picture = |part: &str| {
        Some(Picture {
            url: inner(part, "url")?,
            alt: inner(part, "description")?,
        })
    };
    let fields = embed.get("fields").and_then(Value::as_array);
    let field = |field: &Value| Field {
        name: markup::html(text(field, "name"), reader),
        value: markup::html(text(field, "value"), reader),
        is_inline: field.get("inline") == Some(&Value::Bool(true)),
    };
    let color = embed.get("color").and_then(Value::as_u64);
    Card {
        color: color
            .filter(|color| *color != NO_COLOR)
            .map(|color| format!("#{color:06x}")),
        author: escape(&inner("author", "name").unwrap_or_default()),
        title: markup::html(text(embed, "title"), reader),
        url: text(embed, "url").to_owned(),
        description: markup::html(text(embed, "description"), reader),
        fields: fields.into_iter().flatten().map(field).collect(),
        thumbnail: picture("thumbnail"),
        image: picture("image"),
        footer: escape(&inner("footer", "text").unwrap_or_default()),
    }
}

/// Makes a row of components ready.
pub(super) fn row(row: &Value) -> Vec<Part> {
    let parts = row.get("components").and_then(Value::as_array);
    parts.into_iter().flatten().filter_map(part).collect()
}

fn part(component: &Value) -> Option<Part> {
    let own = |field: &str| text(component, field).to_owned();
    let emoji = component.get("emoji").map(|emoji| text(emoji, "name"));
    let label = format!("{} {}", emoji.unwrap_or_default(), own("label"));
    let label = label.trim().to_owned();
    match component.get("type")?.as_u64()? {
        2 if component.get("url").is_some() => Some(Part::Link {
            url: own("url"),
            label,
        }),
        2 => Some(Part::Button {
            custom_id: own("custom_id"),
            label,
            style: match component.get("style")?.as_u64()? {
                1 => "primary",
                3 => "success",
                4 => "danger",
                _ => "secondary",
            },
            is_disabled: component.get("disabled") == Some(&Value::Bool(true)),
        }),
        3 => Some(menu(component)),
        _ => None,
    }
}

fn menu(component: &Value) -> Part {
    let choices: Vec<Choice> = options_of(component)
        .map(|option| Choice {
            label: text(option, "label").to_owned(),
            about: text(option, "description").to_owned(),
            is_chosen: option.get("default") == Some(&Value::Bool(true)),
        })
        .collect();
    let chosen: Vec<&str> = choices
        .iter()
        .filter(|choice| choice.is_chosen)
        .map(|choice| choice.label.as_str())
        .collect();
    let label = match (chosen.is_empty(), text(component, "placeholder")) {
        (false, _) => chosen.join(", "),
        (true, "") => "Make a selection".to_owned(),
        (true, placeholder) => placeholder.to_owned(),
    };
    let most = component.get("max_values").and_then(Value::as_u64);
    Part::Menu {
        custom_id: text(component, "custom_id").to_owned(),
        label,
        choices,
        takes_several: most.is_some_and(|most| most > 1),
    }
}
