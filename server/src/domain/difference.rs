//! What differs between two texts, word by word.

use similar::{Algorithm, ChangeTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// Words of a text beyond which it is compared as a whole: comparing takes longer than linearly.
const WORDS: usize = 5_000;

/// What became of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is in both.
    Kept,
    /// It was only in the former text.
    Removed,
    /// It is only in the later text.
    Added,
}

/// A piece of text and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What became of it.
    pub fate: Fate,
    /// The piece.
    pub text: String,
}

/// The pieces of both texts in their order: those that are not added make up the former text,
/// those that are not removed the later one.
pub fn between(former: &str, later: &str) -> Vec<Piece> {
    let (old, new) = (words(former), words(later));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |fate: Fate, text: &str| match pieces.last_mut() {
        Some(last) if last.fate == fate => last.text.push_str(text),
        Some(_) | None => pieces.push(Piece {
            fate,
            text: text.to_owned(),
        }),
    };
    for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
        for change in operation.iter_changes(&old, &new) {
            let fate = match change.tag() {
                ChangeTag::Equal => Fate::Kept,
                ChangeTag::Delete => Fate::Removed,
                ChangeTag::Insert => Fate::Added,
            };
            add(fate, change.value());
        }
    }
    pieces
}

fn words(text: &str) -> Vec<&str> {
    if text.is_empty() {
        return Vec::new();
    }
    let words: Vec<&str> = text.split_word_bounds().collect();
    if words.len() > WORDS {
        vec![text]
    } else {
        words
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(former: &str, later: &str) -> String {
        let told = between(former, later)
            .into_iter()
            .map(|piece| match piece.fate {
                Fate::Kept => piece.text,
                Fate::Removed => format!("[-{}-]", piece.text),
                Fate::Added => format!("{{+{}+}}", piece.text),
            });
        told.collect()
    }

    #[test]
    fn words_are_compared_and_not_letters() {
        for (former, later, expected) in [
            ("", "", ""),
            ("Tea", "Tea", "Tea"),
            ("", "Tea", "{+Tea+}"),
            ("Tea", "", "[-Tea-]"),
            ("Green tea", "Black tea", "[-Green-]{+Black+} tea"),
            ("Tea.", "Tea today.", "Tea{+ today+}."),
        ] {
            assert_eq!(told(former, later), expected, "{former} → {later}");
        }
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_their_difference(
            former in "\\PC{0,40}", later in "\\PC{0,40}"
        ) {
            let pieces = between(&former, &later);
            let without = |fate: Fate| -> String {
                let kept = pieces.iter().filter(|piece| piece.fate != fate);
                kept.map(|piece| piece.text.as_str()).collect()
            };
            prop_assert_eq!(without(Fate::Added), former);
            prop_assert_eq!(without(Fate::Removed), later);
            prop_assert!(pieces.windows(2).all(|two| two[0].fate != two[1].fate));
        }
    }
}
