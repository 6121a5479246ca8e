//! How a post differs from what it said before, in words: texts piece by piece, everything else as
//! what it was and what it is.

use chrono::{DateTime, Utc};

use super::beside::field_name;
use super::look::Look;
use super::named;
use crate::domain::difference::{Fate, Piece};

/// A field as people call it, and its pieces as they are shown.
pub(super) fn told(look: &Look, (field, pieces): (String, Vec<Piece>)) -> (String, Vec<Piece>) {
    let name = field_name(look, &field);
    let (former, later) = (side(&pieces, Fate::Removed), side(&pieces, Fate::Added));
    let Some(now) = value(look, &field, &later) else {
        return (name, pieces);
    };
    let before = value(look, &field, &former).unwrap_or_default();
    // Two audiences may be called the same.
    let now = if now == before {
        look.say("changed-another")
    } else {
        now
    };
    let piece = |fate, text| Piece { fate, text };
    let pieces = vec![
        piece(Fate::Removed, before),
        piece(Fate::Kept, " → ".to_owned()),
        piece(Fate::Added, now),
    ];
    (name, pieces)
}

/// The text that is made up of what is kept and of pieces with this fate.
fn side(pieces: &[Piece], fate: Fate) -> String {
    let fits = |piece: &&Piece| piece.fate == Fate::Kept || piece.fate == fate;
    let texts = pieces.iter().filter(fits).map(|piece| piece.text.as_str());
    texts.collect()
}

/// A value in words; none of a text, which people read as it is.
fn value(look: &Look, field: &str, text: &str) -> Option<String> {
    let chosen = |key: Option<&str>| look.say(key.unwrap_or("changed-none"));
    Some(match field {
        "kind" => chosen(named::kind::read(text).map(named::kind::key)),
        "language" => chosen(named::language::read(text).map(named::language::key)),
        "edit_mode" => chosen(named::edit_mode::read(text).map(named::edit_mode::key)),
        "priority" => chosen(named::priority::read(text).map(named::priority::key)),
        "featured" => look.say(if text == "true" {
            "changed-yes"
        } else {
            "changed-no"
        }),
        "audience" => look.say(if text.is_empty() {
            "changed-everybody"
        } else {
            "changed-audience"
        }),
        "embargo_until" | "publish_at" | "expires_at" => match text.parse::<DateTime<Utc>>() {
            Ok(at) => look.moment(&at).shown().to_owned(),
            Err(_) => look.say("changed-none"),
        },
        other if other.ends_with(".network") => {
            let network = named::network::read(text).map(named::network::key);
            look.say(network.unwrap_or("composer-every-network"))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::*;
    use crate::domain::difference::between;

    fn told_of(field: &str, former: &str, later: &str) -> Vec<String> {
        let look = Look::of_stranger(&HeaderMap::new(), None, DateTime::UNIX_EPOCH);
        let (_, pieces) = told(&look, (field.to_owned(), between(former, later)));
        pieces.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn what_is_no_text_is_told_as_what_it_was_and_is() {
        assert_eq!(
            told_of("variants.0.network", "", "x"),
            ["Every network", " → ", "X"]
        );
        assert_eq!(told_of("featured", "false", "true"), ["No", " → ", "Yes"]);
        let audience = told_of("audience", "{\"roles\":[]}", "{\"teams\":[]}");
        assert_eq!(audience.last().unwrap(), "Another one");
    }

    #[test]
    fn a_text_is_told_word_by_word() {
        assert_eq!(
            told_of("title", "Green tea", "Black tea"),
            ["Green", "Black", " tea"]
        );
    }
}
