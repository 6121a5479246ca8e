//! Embeds: each field's limit, and the one that all embeds of a message share.
use serde_json::{Map, Value};

use super::inspection::{Inspection, below};

/// Embeds of a message (discord.com/developers, "Create Message").
pub(super) const MAX_EMBEDS: usize = 10;
/// Characters of all embeds of a message together ("Embed Limits").
const MAX_TOTAL: usize = 6_000;
/// The limits of one embed ("Embed Limits").
const MAX_TITLE: usize = 256;
const MAX_DESCRIPTION: usize = 4_096;
const MAX_FIELDS: usize = 25;
const MAX_FIELD_NAME: usize = 256;
const MAX_FIELD_VALUE: usize = 1_024;
const MAX_FOOTER: usize = 2_048;
const MAX_AUTHOR: usize = 256;
const MAX_ADDRESS: usize = 2_048;
const MAX_COLOR: u64 = 0xff_ffff;

const FIELDS: [&str; 11] = [
    "type",
    "url",
    "title",
    "color",
    "timestamp",
    "description",
    "author",
    "image",
    "thumbnail",
    "footer",
    "fields",
];

pub(super) fn check(inspection: &mut Inspection, at: &str, embeds: &[Value]) {
    for (number, embed) in embeds.iter().enumerate() {
        check_one(inspection, &below(at, number), embed);
    }
    if embeds.iter().map(length).sum::<usize>() > MAX_TOTAL {
        let message = format!("Embed size exceeds maximum size of {MAX_TOTAL}");
        inspection.problem(at, "MAX_EMBED_SIZE_EXCEEDED", &message);
    }
}

fn check_one(inspection: &mut Inspection, at: &str, embed: &Value) {
    let Some(fields) = inspection.object(at, embed, &[], &FIELDS) else {
        return;
    };
    inspection.string(at, fields, "title", MAX_TITLE);
    inspection.string(at, fields, "description", MAX_DESCRIPTION);
    inspection.address(at, fields, "url", MAX_ADDRESS);
    inspection.number(at, fields, "color", (0, MAX_COLOR));
    if let Some(stamp) = fields.get("timestamp").filter(|stamp| !stamp.is_null()) {
        let is_stamp = stamp
            .as_str()
            .is_some_and(|stamp| chrono::DateTime::parse_from_rfc3339(stamp).is_ok());
        if !is_stamp {
            inspection.problem(
                &below(at, "timestamp"),
                "DATE_TIME_TYPE_PARSE",
                "Could not parse. Should be ISO8601.",
            );
        }
    }
    part(
        inspection,
        at,
        fields,
        "author",
        &["name", "url", "icon_url"],
    );
    part(
        inspection,
        at,
        fields,
        "image",
        &["url", "width", "height", "description"],
    );
    part(
        inspection,
        at,
        fields,
        "thumbnail",
        &["url", "width", "height", "description"],
    );
    part(inspection, at, fields, "footer", &["text", "icon_url"]);
    let at_fields = below(at, "fields");
    for (number, field) in inspection
        .array(at, fields, "fields", (0, MAX_FIELDS))
        .iter()
        .enumerate()
    {
        let at = below(&at_fields, number);
        if let Some(field) = inspection.object(&at, field, &["name", "value"], &["inline"]) {
            inspection.words(&at, field, "name", MAX_FIELD_NAME);
            inspection.words(&at, field, "value", MAX_FIELD_VALUE);
            inspection.boolean(&at, field, "inline");
        }
    }
    if length(embed) == 0 && !fields.contains_key("image") && !fields.contains_key("thumbnail") {
        inspection.required(&below(at, "description"));
    }
}

/// One of the objects within an embed.
fn part(
    inspection: &mut Inspection,
    at: &str,
    of: &Map<String, Value>,
    name: &str,
    allowed: &[&str],
) {
    let Some(value) = of.get(name).filter(|value| !value.is_null()) else {
        return;
    };
    let at = below(at, name);
    let Some(fields) = inspection.object(&at, value, allowed.get(..1).unwrap_or_default(), allowed)
    else {
        return;
    };
    inspection.words(&at, fields, "name", MAX_AUTHOR);
    inspection.words(&at, fields, "text", MAX_FOOTER);
    inspection.string(&at, fields, "description", MAX_DESCRIPTION);
    inspection.address(&at, fields, "url", MAX_ADDRESS);
    inspection.address(&at, fields, "icon_url", MAX_ADDRESS);
}

/// The characters that count towards the shared limit.
fn length(embed: &Value) -> usize {
    let text = |pointer: &str| {
        embed
            .pointer(pointer)
            .and_then(Value::as_str)
            .map_or(0, |text| text.trim().chars().count())
    };
    let fields = embed
        .get("fields")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let in_fields: usize = fields
        .flat_map(|field| ["name", "value"].map(|name| field.get(name)))
        .flatten()
        .filter_map(Value::as_str)
        .map(|text| text.trim().chars().count())
        .sum();
    text("/title") + text("/description") + text("/footer/text") + text("/author/name") + in_fields
}
