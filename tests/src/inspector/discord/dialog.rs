//! A modal as a form.
use serde_json::Value;

use crate::emulator::discord::person::dialog::{Dialog, Input};
use crate::emulator::discord::person::rendered::{options_of, text};

/// A modal ready to be drawn.
pub(super) struct Sheet {
    pub(super) title: String,
    pub(super) failure: Option<String>,
    pub(super) version: String,
    pub(super) fields: Vec<Field>,
}

/// One input of it.
pub(super) struct Field {
    pub(super) label: String,
    pub(super) description: String,
    pub(super) placeholder: String,
    pub(super) name: String,
    pub(super) value: String,
    pub(super) is_required: bool,
    pub(super) bounds: (u64, u64),
    pub(super) kind: FieldKind,
}

/// How it is entered.
pub(super) enum FieldKind {
    Line,
    Lines,
    Choice(Vec<String>),
}

/// The longest text that an input takes unless it says otherwise (discord.com/developers, "Text Input").
const LONGEST: u64 = 4_000;

pub(super) fn sheet(dialog: &Dialog) -> Sheet {
    Sheet {
        title: dialog.title.clone(),
        failure: dialog.failure.clone(),
        version: format!("{}{:?}", dialog.modal.key, dialog.failure),
        fields: dialog.inputs.iter().map(field).collect(),
    }
}

fn field(input: &Input) -> Field {
    let number = |name: &str| input.component.get(name).and_then(Value::as_u64);
    let options: Vec<String> = options_of(&input.component)
        .map(|option| text(option, "label").to_owned())
        .collect();
    let kind = match (options.is_empty(), number("style")) {
        (false, _) => FieldKind::Choice(options),
        (true, Some(2)) => FieldKind::Lines,
        (true, _) => FieldKind::Line,
    };
    let chosen = input.value.as_array().and_then(|values| values.first());
    let chosen = options_of(&input.component).find(|option| option.get("value") == chosen);
    let entered = input.value.as_str().unwrap_or_default().to_owned();
    Field {
        label: input.label.clone(),
        description: input.description.clone(),
        placeholder: text(&input.component, "placeholder").to_owned(),
        name: input.custom_id.clone(),
        value: chosen.map_or(entered, |option| text(option, "label").to_owned()),
        is_required: input.is_required,
        bounds: (
            number("min_length").unwrap_or(0),
            number("max_length").unwrap_or(LONGEST),
        ),
        kind,
    }
}
