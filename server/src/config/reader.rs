//! Reads options by name, and collects what is wrong instead of stopping at the first.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::str::FromStr;

use secrecy::SecretString;
use serde_json::Value;

use super::ConfigFault;

/// The merged options, those read so far, and the faults found so far.
#[derive(Debug)]
pub(super) struct Reader {
    options: BTreeMap<String, Value>,
    read: BTreeSet<String>,
    faults: Vec<ConfigFault>,
}

impl Reader {
    /// A reader of merged options.
    pub(super) fn of(tree: Value) -> Self {
        let mut options = BTreeMap::new();
        flatten("", tree, &mut options);
        Self {
            options,
            read: BTreeSet::new(),
            faults: Vec::new(),
        }
    }

    /// Every fault, by option; options that nobody read are faults too.
    pub(super) fn faults(mut self) -> Vec<ConfigFault> {
        for key in self.options.keys() {
            if !self.read.contains(key) {
                self.faults.push(ConfigFault {
                    key: key.clone(),
                    reason: "there is no such option".to_owned(),
                });
            }
        }
        self.faults.sort_by(|one, other| one.key.cmp(&other.key));
        self.faults
    }

    /// Notes what is wrong with an option.
    pub(super) fn fault(&mut self, key: &str, reason: impl Into<String>) {
        self.faults.push(ConfigFault {
            key: key.to_owned(),
            reason: reason.into(),
        });
    }

    fn take(&mut self, key: &str) -> Option<Value> {
        self.read.insert(key.to_owned());
        self.options.get(key).cloned()
    }

    /// A text; empty if it is missing.
    pub(super) fn text(&mut self, key: &str) -> String {
        match self.take(key) {
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Bool(flag)) => flag.to_string(),
            None | Some(Value::Null) => String::new(),
            Some(Value::Array(_) | Value::Object(_)) => {
                self.fault(key, "is one text");
                String::new()
            }
        }
    }

    /// A text that may be empty.
    pub(super) fn optional(&mut self, key: &str) -> Option<String> {
        Some(self.text(key)).filter(|text| !text.is_empty())
    }

    /// A switch.
    pub(super) fn flag(&mut self, key: &str) -> bool {
        match self.text(key).as_str() {
            "true" => true,
            "false" => false,
            other => {
                let reason = format!("is `true` or `false`, not `{other}`");
                self.fault(key, reason);
                false
            }
        }
    }

    /// A whole number from `least` to `most`.
    pub(super) fn number(&mut self, key: &str, least: u64, most: u64) -> u64 {
        let text = self.text(key);
        match text.parse() {
            Ok(number) if (least..=most).contains(&number) => number,
            Ok(_) | Err(_) => {
                self.fault(
                    key,
                    format!("is a whole number from {least} to {most}, not `{text}`"),
                );
                least
            }
        }
    }

    /// A value that is written as a text; `what` says what it is.
    pub(super) fn parsed<T: FromStr>(&mut self, key: &str, what: &str) -> Option<T> {
        let text = self.optional(key)?;
        let value = text.parse().ok();
        if value.is_none() {
            self.fault(key, format!("is {what}, not `{text}`"));
        }
        value
    }

    /// A list of texts; one text is read as items between commas.
    pub(super) fn list(&mut self, key: &str) -> Vec<String> {
        let items = match self.take(key) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::String(text)) => text.split(',').map(str::to_owned).collect(),
            Some(Value::Array(items)) => {
                let texts: Vec<String> = items
                    .iter()
                    .filter_map(|item| item.as_str().map(str::to_owned))
                    .collect();
                if texts.len() != items.len() {
                    self.fault(key, "is a list of texts");
                }
                texts
            }
            Some(Value::Bool(_) | Value::Number(_) | Value::Object(_)) => {
                self.fault(key, "is a list of texts");
                Vec::new()
            }
        };
        items
            .iter()
            .map(|item| item.trim().to_owned())
            .filter(|item| !item.is_empty())
            .collect()
    }

    /// The names below a section that have a value.
    pub(super) fn names(&self, section: &str) -> Vec<String> {
        self.options
            .keys()
            .filter_map(|key| key.strip_prefix(section)?.strip_prefix('.'))
            .map(str::to_owned)
            .collect()
    }

    /// A secret, itself or in the file that `<key>_file` names.
    pub(super) fn secret(&mut self, key: &str) -> Option<SecretString> {
        let given = self.optional(key);
        let file_key = format!("{key}_file");
        let file = self.optional(&file_key).map(PathBuf::from);
        match (given, file) {
            (Some(_), Some(_)) => {
                self.fault(&file_key, format!("leave either this or `{key}` out"));
                None
            }
            (Some(secret), None) => Some(SecretString::from(secret)),
            (None, Some(path)) => match std::fs::read_to_string(&path) {
                Ok(secret) if !secret.trim().is_empty() => Some(SecretString::from(secret.trim())),
                Ok(_) => {
                    self.fault(&file_key, format!("{} is empty", path.display()));
                    None
                }
                Err(cause) => {
                    let reason = format!("{} cannot be read: {cause}", path.display());
                    self.fault(&file_key, reason);
                    None
                }
            },
            (None, None) => None,
        }
    }
}

fn flatten(prefix: &str, value: Value, into: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                let key = if prefix.is_empty() {
                    name
                } else {
                    format!("{prefix}.{name}")
                };
                flatten(&key, value, into);
            }
        }
        leaf @ (Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)) => {
            into.insert(prefix.to_owned(), leaf);
        }
    }
}
