//! A modal as a form.
use serde_json::Value;

use crate::emulator::slack::mrkdwn;
use crate::emulator::slack::person::dialog::{Dialog, Input};
use crate::emulator::slack::person::rendered::{option_label, options_of};

/// A modal ready to be drawn.
pub(super) struct Sheet {
    pub(super) title: String,
    pub(super) submit: Option<String>,
    pub(super) version: String,
    pub(super) fields: Vec<Field>,
}

/// One input of it.
pub(super) struct Field {
    pub(super) label: String,
    pub(super) name: String,
    pub(super) value: String,
    pub(super) error: Option<String>,
    pub(super) kind: FieldKind,
}

/// How it is entered.
pub(super) enum FieldKind {
    Line,
    Lines,
    Date,
    Time,
    Choice(Vec<String>),
}

/// What parts block from action in a field's name; neither may contain it.
pub(super) const SEPARATOR: char = '\u{1f}';

pub(super) fn sheet(dialog: &Dialog) -> Sheet {
    Sheet {
        title: mrkdwn::with_emoji(&dialog.title),
        submit: dialog.submit.clone(),
        version: format!("{}{:?}", dialog.view.hash, dialog.errors),
        fields: dialog.inputs.iter().map(input).collect(),
    }
}

fn input(input: &Input) -> Field {
    let is = |kind: &str| input.element.get("type").and_then(Value::as_str) == Some(kind);
    let multiline = input.element.get("multiline").and_then(Value::as_bool) == Some(true);
    let options: Vec<String> = options_of(&input.element).map(option_label).collect();
    let kind = match () {
        () if !options.is_empty() => FieldKind::Choice(options),
        () if multiline => FieldKind::Lines,
        () if is("datepicker") => FieldKind::Date,
        () if is("timepicker") => FieldKind::Time,
        () => FieldKind::Line,
    };
    let chosen = input
        .value
        .get("selected_option")
        .filter(|chosen| !chosen.is_null());
    let entered = ["value", "selected_date", "selected_time"]
        .into_iter()
        .find_map(|field| input.value.get(field)?.as_str());
    Field {
        label: mrkdwn::with_emoji(&input.label),
        name: format!("{}{SEPARATOR}{}", input.block_id, input.action_id),
        value: chosen.map_or_else(|| entered.unwrap_or_default().to_owned(), option_label),
        error: input.error.clone(),
        kind,
    }
}
