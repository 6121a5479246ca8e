//! Collects problems while a JSON value is walked, each with the pointer at which it was found.
use serde_json::{Map, Value};

/// Which kinds of text object a place takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextKind {
    /// `plain_text` only.
    Plain,
    /// `plain_text` or `mrkdwn`.
    Any,
}

/// The problems found so far.
#[derive(Debug, Default)]
pub(super) struct Inspection {
    /// In Slack's manner: what, then where.
    pub(super) problems: Vec<String>,
}

impl Inspection {
    pub(super) fn problem(&mut self, at: &str, what: &str) {
        self.problems
            .push(format!("[ERROR] {what} [json-pointer:{at}]"));
    }

    /// The value as an object, with no fields but those allowed and all that are required.
    pub(super) fn object<'v>(
        &mut self,
        at: &str,
        value: &'v Value,
        required: &[&str],
        optional: &[&str],
    ) -> Option<&'v Map<String, Value>> {
        let Some(fields) = value.as_object() else {
            self.problem(at, "must be an object");
            return None;
        };
        for field in fields.keys().map(String::as_str) {
            if field != "type" && !required.contains(&field) && !optional.contains(&field) {
                self.problem(at, &format!("no more fields allowed: {field}"));
            }
        }
        for field in required {
            if !fields.contains_key(*field) {
                self.problem(at, &format!("missing required field: {field}"));
            }
        }
        Some(fields)
    }

    /// A string field, if present, of at most so many characters.
    pub(super) fn string(&mut self, at: &str, of: &Map<String, Value>, field: &str, max: usize) {
        match of.get(field) {
            None => {}
            Some(Value::String(text)) => self.length(&format!("{at}/{field}"), text, max),
            Some(_) => self.problem(&format!("{at}/{field}"), "must be a string"),
        }
    }

    fn length(&mut self, at: &str, text: &str, max: usize) {
        if text.chars().count() > max {
            self.problem(at, &format!("must be less than {} characters", max + 1));
        }
    }

    /// A boolean field, if present.
    pub(super) fn boolean(&mut self, at: &str, of: &Map<String, Value>, field: &str) {
        if of.get(field).is_some_and(|value| !value.is_boolean()) {
            self.problem(&format!("{at}/{field}"), "must be a boolean");
        }
    }

    /// A text object field, if present.
    pub(super) fn text(
        &mut self,
        at: &str,
        of: &Map<String, Value>,
        field: &str,
        (kind, max): (TextKind, usize),
    ) {
        if let Some(value) = of.get(field) {
            self.text_object(&format!("{at}/{field}"), value, (kind, max));
        }
    }

    /// A text object.
    pub(super) fn text_object(&mut self, at: &str, value: &Value, (kind, max): (TextKind, usize)) {
        let typ = value
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let extra = match (typ, kind) {
            ("plain_text", _) => "emoji",
            ("mrkdwn", TextKind::Any) => "verbatim",
            (_, TextKind::Any) => return self.problem(at, "must be plain_text or mrkdwn"),
            (_, TextKind::Plain) => return self.problem(at, "must be plain_text"),
        };
        let Some(fields) = self.object(at, value, &["text"], &[extra]) else {
            return;
        };
        self.string(at, fields, "text", max);
        self.boolean(at, fields, extra);
        if fields
            .get("text")
            .and_then(Value::as_str)
            .is_some_and(str::is_empty)
        {
            self.problem(&format!("{at}/text"), "must be more than 0 characters");
        }
    }

    /// An address field, if present: http or https, at most so many characters.
    pub(super) fn address(&mut self, at: &str, of: &Map<String, Value>, field: &str, max: usize) {
        self.string(at, of, field, max);
        if let Some(address) = of.get(field).and_then(Value::as_str) {
            let is_web = url::Url::parse(address)
                .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
            let is_mail = field == "url" && address.starts_with("mailto:");
            if !is_web && !is_mail {
                self.problem(&format!("{at}/{field}"), "must be a valid URL");
            }
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
        let at = format!("{at}/{field}");
        match of.get(field) {
            None => &[],
            Some(Value::Array(items)) => {
                if items.len() < min {
                    self.problem(&at, &format!("must contain at least {min} items"));
                }
                if items.len() > max {
                    self.problem(&at, &format!("no more than {max} items allowed"));
                }
                items
            }
            Some(_) => {
                self.problem(&at, "must be an array");
                &[]
            }
        }
    }
}
