//! Why an item of a feed was refused, and what helps, for who reads the page.

use crate::domain::feed::ItemFault;
use crate::domain::feed::refusal::{Refusal, Why, read_note};
use crate::domain::web_address::AddressFault;
use crate::http::console::composer::faults::sentence;
use crate::http::console::look::Look;

/// The note that is kept of it in the reader's language; as it stands where it is not understood.
pub fn told(look: &Look, note: &str) -> String {
    let Some(refusal) = read_note(note) else {
        return note.to_owned();
    };
    let (what, todo) = match &refusal.why {
        Why::Item(fault) => (look.say(key(fault)), "refused-do"),
        Why::Fields(fields) => {
            let said = fields.iter().map(|field| sentence(look, field, true));
            (said.collect::<Vec<_>>().join(" "), "refused-fields-do")
        }
    };
    format!("{}{what} {}", place(look, &refusal), look.say(todo))
}

/// Where it stands in the feed, before what is wrong with it.
fn place(look: &Look, refusal: &Refusal) -> String {
    let told = match (refusal.item, refusal.line) {
        (Some(item), Some(line)) => {
            let fills = [("item", item.into()), ("line", line.into())];
            look.words.tell("refused-at-line", &fills)
        }
        (Some(item), None) => look.words.tell("refused-at", &[("item", item.into())]),
        (None, _) => return String::new(),
    };
    format!("{told} ")
}

fn key(fault: &ItemFault) -> &'static str {
    match fault {
        ItemFault::Unreadable(_) => "refused-unreadable",
        ItemFault::NoLink => "refused-no-link",
        ItemFault::Empty => "refused-empty",
        ItemFault::BadLink(AddressFault::Malformed) => "refused-link-malformed",
        ItemFault::BadLink(AddressFault::Scheme) => "refused-link-scheme",
        ItemFault::BadLink(AddressFault::Credentials) => "refused-link-credentials",
        ItemFault::BadLink(AddressFault::TooLong) => "refused-link-long",
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;
    use entity::enums::Language;

    use super::*;
    use crate::http::console::words::Words;

    fn look(language: Language) -> Look {
        Look {
            words: Words::of(language),
            ..Look::of_stranger(&HeaderMap::new(), None, chrono::DateTime::UNIX_EPOCH)
        }
    }

    #[test]
    fn a_refused_item_is_told_in_the_readers_language_with_what_helps() {
        let note = format!("item 2, line 8: {}", ItemFault::NoLink);
        assert_eq!(
            told(&look(Language::En), &note),
            "Item 2, line 8: It has no link. It is read anew once the feed has it right: ask \
             whoever runs the feed."
        );
        assert_eq!(
            told(&look(Language::De), &note),
            "Eintrag 2, Zeile 8: Er hat keinen Link. Er wird neu gelesen, sobald der Feed ihn \
             richtig hat: Frag, wer den Feed führt."
        );
        assert_eq!(told(&look(Language::De), "of long ago"), "of long ago");
    }
}
