//! JSON-LD as pages use it: objects, lists of them, and graphs.

use serde_json::Value;

/// Things that are looked at.
const THINGS: usize = 200;

/// The things that a page describes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkedData(Vec<Value>);

impl LinkedData {
    /// Reads the blocks; one that is no JSON is left out.
    pub fn of(blocks: &[String]) -> Self {
        let mut things = Vec::new();
        for block in blocks {
            if let Ok(value) = serde_json::from_str(block.trim()) {
                gather(value, &mut things);
            }
        }
        Self(things)
    }

    /// The text at a path of names and places, of the first thing that has one there.
    pub fn text(&self, path: &[&str]) -> Option<String> {
        self.0.iter().find_map(|thing| {
            let found = path.iter().try_fold(thing, |value, step| match value {
                Value::Array(items) => items.get(step.parse::<usize>().ok()?),
                Value::Object(fields) => fields.get(*step),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
            })?;
            let text = found.as_str()?.trim();
            (!text.is_empty()).then(|| text.to_owned())
        })
    }
}

fn gather(value: Value, things: &mut Vec<Value>) {
    if things.len() >= THINGS {
        return;
    }
    match value {
        Value::Array(items) => {
            for item in items {
                gather(item, things);
            }
        }
        Value::Object(mut fields) => match fields.remove("@graph") {
            Some(graph) => gather(graph, things),
            None => things.push(Value::Object(fields)),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
