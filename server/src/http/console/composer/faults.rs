//! What is wrong with a field of the composer, in sentences for who writes.

use crate::domain::fault::Fault;
use crate::http::console::form::{Faults, Fields};
use crate::http::console::look::Look;

/// Fields that have parts, each with its own fault.
const TOPICS: &str = "topics";
const AUDIENCE: &str = "audience";
const VARIANTS: &str = "variants";
/// The part of a wording that is typed.
const TEXT: &str = "text";

/// What a rule refused, in sentences.
pub fn sentences(look: &Look, faults: &[Fault], fields: &Fields) -> Faults {
    let has_link = !fields.text("url").trim().is_empty();
    faults.iter().fold(Faults::none(), |told, fault| {
        let sentence = sentence(look, &fault.field, has_link);
        told.and(&anchor(&fault.field), sentence)
    })
}

/// What is to be done about a field.
pub fn sentence(look: &Look, field: &str, has_link: bool) -> String {
    let key = match field {
        "title" => "fault-title",
        "summary" => "fault-summary",
        "url" if !has_link => "fault-link",
        "url" | "image_url" => "fault-address",
        "image_alt" => "fault-alt",
        "campaign" => "fault-campaign",
        "disclosure" => "fault-disclosure",
        "publish_at" => "fault-publish",
        "embargo_until" => "fault-embargo",
        "expires_at" => "fault-expires",
        other if other.starts_with(TOPICS) => "fault-topics",
        other if other.starts_with(AUDIENCE) => "fault-audience",
        other if other.ends_with(TEXT) => "fault-wording",
        other if other.starts_with(VARIANTS) => "fault-wordings",
        _ => "fault-other",
    };
    look.say(key)
}

/// The id of a field on the page: dots part no ids in addresses.
pub fn anchor(field: &str) -> String {
    for whole in [TOPICS, AUDIENCE] {
        if field.starts_with(whole) {
            return whole.to_owned();
        }
    }
    let id = field.replace('.', "-");
    if id.starts_with(VARIANTS) && !id.ends_with(TEXT) {
        return format!("{id}-{TEXT}");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_leads_to_its_field() {
        for (field, id) in [
            ("title", "title"),
            ("variants.3.text", "variants-3-text"),
            ("variants.3", "variants-3-text"),
            ("topics.0", "topics"),
            ("audience.teams.0", "audience"),
        ] {
            assert_eq!(anchor(field), id, "{field}");
        }
    }
}
