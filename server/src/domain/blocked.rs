//! Words and phrases that no post may contain: whole words, whatever their case and accents,
//! with their place.

use super::fault::Fault;
use super::folding::folded;

/// Phrases of an organization, at most.
pub const PHRASES: usize = 500;
/// Letters of a phrase, at most.
pub const PHRASE_LIMIT: usize = 100;

/// A blocked phrase in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The phrase as the organization wrote it.
    pub phrase: String,
    /// The letter at which it begins, counted from 0.
    pub offset: usize,
    /// How many letters it takes.
    pub length: usize,
}

/// A word of a text, folded, and the letters that it stands for.
struct Word {
    folded: String,
    from: usize,
    to: usize,
}

/// Where `text` contains one of `phrases`, in the order of the text.
pub fn find(phrases: &[String], text: &str) -> Vec<Found> {
    let words = words(text);
    let mut found = Vec::new();
    for phrase in phrases {
        let wanted: Vec<String> = self::words(phrase).into_iter().map(|w| w.folded).collect();
        if wanted.is_empty() {
            continue;
        }
        for there in words.windows(wanted.len()) {
            let is_it = there.iter().zip(&wanted).all(|(a, b)| a.folded == *b);
            if let (true, Some(first), Some(last)) = (is_it, there.first(), there.last()) {
                found.push(Found {
                    phrase: phrase.clone(),
                    offset: first.from,
                    length: last.to - first.from,
                });
            }
        }
    }
    found.sort_by_key(|one| (one.offset, one.length));
    found
}

/// The words of a text: what stands between letters and digits parts them.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, letter) in text.chars().enumerate() {
        // A mark belongs to the letter before it, and is nothing by itself.
        let mut parts = folded(letter).peekable();
        if parts.peek().is_none() {
            if let (true, Some(word)) = (open, words.last_mut()) {
                word.to = at + 1;
            }
            continue;
        }
        let parts: String = parts.filter(|part| part.is_alphanumeric()).collect();
        if parts.is_empty() {
            open = false;
            continue;
        }
        match words.last_mut() {
            Some(word) if open => {
                word.folded.push_str(&parts);
                word.to = at + 1;
            }
            Some(_) | None => words.push(Word {
                folded: parts,
                from: at,
                to: at + 1,
            }),
        }
        open = true;
    }
    words
}

/// An organization's list, trimmed and without repetition; or what is wrong with it.
pub fn check(phrases: &[String]) -> Result<Vec<String>, Vec<Fault>> {
    if phrases.len() > PHRASES {
        let reason = format!("has more than {PHRASES} phrases");
        return Err(vec![Fault::new("blocked", reason)]);
    }
    let mut faults = Vec::new();
    let mut kept: Vec<String> = Vec::new();
    for (at, phrase) in phrases.iter().enumerate() {
        let phrase = phrase.trim();
        let length = phrase.chars().count();
        if words(phrase).is_empty() {
            let reason = "must have a letter or a digit";
            faults.push(Fault::new(format!("blocked.{at}"), reason));
        } else if length > PHRASE_LIMIT {
            let reason = format!("has {length} characters, at most {PHRASE_LIMIT} are allowed");
            faults.push(Fault::new(format!("blocked.{at}"), reason));
        } else if !kept.iter().any(|one| one == phrase) {
            kept.push(phrase.to_owned());
        }
    }
    if faults.is_empty() {
        Ok(kept)
    } else {
        Err(faults)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn places(phrase: &str, text: &str) -> Vec<(usize, usize)> {
        let found = find(&[phrase.to_owned()], text);
        found.iter().map(|one| (one.offset, one.length)).collect()
    }

    #[test]
    fn whole_words_are_found_whatever_their_case_and_accents() {
        for (phrase, text, expected) in [
            ("best", "The BEST tea, the best.", vec![(4, 4), (18, 4)]),
            ("best", "The bestseller", vec![]),
            ("cafe", "Ein Café.", vec![(4, 4)]),
            ("Café", "Ein CAFE", vec![(4, 4)]),
            ("straße", "Die STRASSE", vec![(4, 7)]),
            ("strasse", "Die Straße!", vec![(4, 6)]),
            ("world's best", "The world’s   best", vec![(4, 14)]),
            ("no-brainer", "A no brainer", vec![(2, 10)]),
            ("cafe", "Cafe\u{301} here", vec![(0, 5)]),
            ("100 %", "Zu 100 Prozent", vec![(3, 3)]),
            ("", "anything", vec![]),
            ("a b", "a", vec![]),
        ] {
            assert_eq!(places(phrase, text), expected, "{phrase} in {text}");
        }
    }

    #[test]
    fn a_list_is_trimmed_and_each_bad_phrase_named() {
        let list =
            |texts: &[&str]| -> Vec<String> { texts.iter().map(|&text| text.to_owned()).collect() };
        assert_eq!(check(&list(&[" best ", "best"])), Ok(list(&["best"])));
        let faults = check(&list(&["ok", "…", &"a".repeat(101)])).unwrap_err();
        let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["blocked.1", "blocked.2"]);
        assert!(check(&vec!["a".to_owned(); PHRASES + 1]).is_err());
    }

    proptest! {
        #[test]
        fn a_phrase_is_found_where_it_was_put(before in "[a-y ]{0,20}", after in "[a-y ]{0,20}") {
            let text = format!("{before} zz z9 {after}");
            let offset = before.chars().count() + 1;
            prop_assert_eq!(places("ZZ z9", &text), vec![(offset, 5)]);
        }

        #[test]
        fn every_place_lies_within_its_text(phrase in "\\PC{0,10}", text in "\\PC{0,60}") {
            let length = text.chars().count();
            for (offset, long) in places(&phrase, &text) {
                prop_assert!(long > 0 && offset + long <= length);
            }
        }
    }
}
