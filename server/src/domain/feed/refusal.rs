//! Why an item was refused, read back from the note that is kept of it, so that each reader is
//! told in their own language and notes of long ago are understood as well.

use super::ItemFault;
use crate::domain::web_address::AddressFault;

/// The fields of a post that an item fills.
const FIELDS: [&str; 5] = ["title", "summary", "url", "image_url", "image_alt"];
/// How the note of what cannot be read begins; the rest is the parser's.
const UNREADABLE: &str = "it cannot be read: ";

/// Why an item was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which item of the document it is, where the note says so.
    pub item: Option<i64>,
    /// The line on which it begins, where the note says so.
    pub line: Option<i64>,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The item itself.
    Item(ItemFault),
    /// These fields of the post that would be made of it.
    Fields(Vec<String>),
}

/// Reads a note; none where it is not one of ours.
pub fn read_note(note: &str) -> Option<Refusal> {
    let (item, line, rest) = place(note).unwrap_or((None, None, note));
    Some(Refusal {
        item,
        line,
        why: fault(rest).map(Why::Item).or_else(|| fields(rest))?,
    })
}

/// The place of an item, and what follows it.
fn place(note: &str) -> Option<(Option<i64>, Option<i64>, &str)> {
    let (place, rest) = note.strip_prefix("item ")?.split_once(": ")?;
    let (item, line) = match place.split_once(", line ") {
        Some((item, line)) => (item, Some(line.parse().ok()?)),
        None => (place, None),
    };
    Some((Some(item.parse().ok()?), line, rest))
}

fn fault(text: &str) -> Option<ItemFault> {
    let known = [
        ItemFault::NoLink,
        ItemFault::Empty,
        ItemFault::BadLink(AddressFault::Malformed),
        ItemFault::BadLink(AddressFault::Scheme),
        ItemFault::BadLink(AddressFault::Credentials),
        ItemFault::BadLink(AddressFault::TooLong),
    ];
    let unreadable = text.strip_prefix(UNREADABLE);
    known
        .into_iter()
        .find(|fault| fault.to_string() == text)
        .or_else(|| unreadable.map(|reason| ItemFault::Unreadable(reason.to_owned())))
}

fn fields(text: &str) -> Option<Why> {
    let fields = text.split("; ").map(|part| {
        let (field, _) = part.split_once(' ')?;
        FIELDS.contains(&field).then(|| field.to_owned())
    });
    fields.collect::<Option<Vec<String>>>().map(Why::Fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(note: &str) -> Why {
        read_note(note).unwrap().why
    }

    #[test]
    fn every_fault_is_read_back_from_its_note() {
        for fault in [
            ItemFault::Unreadable("its tags do not match".to_owned()),
            ItemFault::NoLink,
            ItemFault::BadLink(AddressFault::Malformed),
            ItemFault::BadLink(AddressFault::Scheme),
            ItemFault::BadLink(AddressFault::Credentials),
            ItemFault::BadLink(AddressFault::TooLong),
            ItemFault::Empty,
        ] {
            assert_eq!(why(&fault.to_string()), Why::Item(fault.clone()));
            let kept = read_note(&format!("item 2, line 8: {fault}")).unwrap();
            assert_eq!((kept.item, kept.line), (Some(2), Some(8)));
            assert_eq!(kept.why, Why::Item(fault.clone()));
            let kept = read_note(&format!("item 5: {fault}")).unwrap();
            assert_eq!((kept.item, kept.line), (Some(5), None));
        }
        assert_eq!(
            why("title is too long; image_alt is missing"),
            Why::Fields(vec!["title".to_owned(), "image_alt".to_owned()])
        );
    }

    #[test]
    fn what_is_no_note_of_ours_is_not_understood() {
        for note in ["", "item 2, line 8: who knows", "nothing of the kind"] {
            assert_eq!(read_note(note), None, "{note}");
        }
    }
}
