//! Collects problems while a JSON value is walked, in the nested form in which Discord tells them.
use serde_json::{Map, Value, json};

use super::Refusal;

/// The problems found so far.
#[derive(Debug, Default)]
pub(super) struct Inspection {
    errors: Map<String, Value>,
}

/// The path of a field below another.
pub(super) fn below(at: &str, field: impl std::fmt::Display) -> String {
    if at.is_empty() {
        field.to_string()
    } else {
        format!("{at}/{field}")
    }
}

fn add(errors: &mut Map<String, Value>, path: &[&str], problem: Value) {
    if let [first, rest @ ..] = path {
        let inner = errors
            .entry((*first).to_owned())
            .or_insert_with(|| json!({}));
        if let Some(inner) = inner.as_object_mut() {
            add(inner, rest, problem);
        }
        return;
    }
    let list = errors
        .entry("_errors".to_owned())
        .or_insert_with(|| json!([]));
    if let Some(list) = list.as_array_mut() {
        list.push(problem);
    }
}

impl Inspection {
    pub(super) fn problem(&mut self, at: &str, code: &str, message: &str) {
        let path: Vec<&str> = at.split('/').filter(|part| !part.is_empty()).collect();
        add(
            &mut self.errors,
            &path,
            json!({ "code": code, "message": message }),
        );
    }

    /// The refusal, if anything was wrong.
    pub(super) fn verdict(self) -> Result<(), Refusal> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(Refusal::invalid_body(Value::Object(self.errors)))
        }
    }

    pub(super) fn required(&mut self, at: &str) {
        self.problem(at, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// The value as an object, with no fields but those allowed and all that are required. Discord itself
    /// passes over unknown fields; an app that sends one has misread the reference.
    pub(super) fn object<'v>(
        &mut self,
        at: &str,
        value: &'v Value,
        required: &[&str],
        optional: &[&str],
    ) -> Option<&'v Map<String, Value>> {
        let Some(fields) = value.as_object() else {
            self.problem(
                at,
                "DICT_TYPE_CONVERT",
                "Only dictionaries may be used in a DictType",
            );
            return None;
        };
        for field in fields.keys().map(String::as_str) {
            if !required.contains(&field) && !optional.contains(&field) {
                self.problem(
                    &below(at, field),
                    "EMULATOR_UNKNOWN",
                    "There is no such field.",
                );
            }
        }
        for field in required {
            if fields.get(*field).is_none_or(Value::is_null) {
                self.required(&below(at, field));
            }
        }
        Some(fields)
    }

    /// A string field, if present, of at most so many characters.
    pub(super) fn string(&mut self, at: &str, of: &Map<String, Value>, field: &str, max: usize) {
        let at = below(at, field);
        match of.get(field) {
            Some(Value::String(text)) if text.chars().count() > max => {
                let message = format!("Must be {max} or fewer in length.");
                self.problem(&at, "BASE_TYPE_MAX_LENGTH", &message);
            }
            None | Some(Value::Null | Value::String(_)) => {}
            Some(_) => {
                self.problem(&at, "STRING_TYPE_CONVERT", "Could not interpret as string.");
            }
        }
    }

    /// A string field of at least one character that is not blank, and at most so many.
    pub(super) fn words(&mut self, at: &str, of: &Map<String, Value>, field: &str, max: usize) {
        self.string(at, of, field, max);
        if of
            .get(field)
            .and_then(Value::as_str)
            .is_some_and(|text| text.trim().is_empty())
        {
            self.required(&below(at, field));
        }
    }

    /// A boolean field, if present.
    pub(super) fn boolean(&mut self, at: &str, of: &Map<String, Value>, field: &str) {
        if of
            .get(field)
            .is_some_and(|value| !value.is_boolean() && !value.is_null())
        {
            self.problem(
                &below(at, field),
                "BOOLEAN_TYPE_CONVERT",
                "Must be either true or false.",
            );
        }
    }

    /// A whole number, if present, within bounds; gives it.
    pub(super) fn number(
        &mut self,
        at: &str,
        of: &Map<String, Value>,
        field: &str,
        (min, max): (u64, u64),
    ) -> Option<u64> {
        let value = of.get(field).filter(|value| !value.is_null())?;
        match value.as_u64() {
            Some(number) if (min..=max).contains(&number) => Some(number),
            _ => {
                let message = format!("int value should be between {min} and {max}.");
                self.problem(&below(at, field), "NUMBER_TYPE_RANGE", &message);
                None
            }
        }
    }

    /// An address field, if present: http or https, at most so many characters.
    pub(super) fn address(&mut self, at: &str, of: &Map<String, Value>, field: &str, max: usize) {
        self.string(at, of, field, max);
        let Some(address) = of.get(field).and_then(Value::as_str) else {
            return;
        };
        match url::Url::parse(address) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {}
            Ok(url) => {
                let message = format!(
                    "Scheme \"{}\" is not supported. Scheme must be one of ('http', 'https').",
                    url.scheme()
                );
                self.problem(&below(at, field), "URL_TYPE_INVALID_SCHEME", &message);
            }
            Err(_) => self.problem(
                &below(at, field),
                "URL_TYPE_INVALID_URL",
                "Not a well formed URL.",
            ),
        }
    }

    /// An array field with a number of items within bounds.
    pub(super) fn array<'v>(
        &mut self,
        at: &str,
        of: &'v Map<String, Value>,
        field: &str,
        (min, max): (usize, usize),
    ) -> &'v [Value] {
        let at = below(at, field);
        match of.get(field) {
            None | Some(Value::Null) => &[],
            Some(Value::Array(items)) => {
                if !(min..=max).contains(&items.len()) {
                    let message = format!("Must be between {min} and {max} in length.");
                    self.problem(&at, "BASE_TYPE_BAD_LENGTH", &message);
                }
                items
            }
            Some(_) => {
                self.problem(
                    &at,
                    "LIST_TYPE_CONVERT",
                    "Only iterables may be used in a ListType",
                );
                &[]
            }
        }
    }
}
