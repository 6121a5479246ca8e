//! What posts are about: names that curators choose, told apart by their folded form.

use super::fault::Fault;
use super::folding;

/// Topics of a post, at most.
pub const TOPICS: usize = 20;
/// Characters of a topic's name, at most.
pub const NAME_LIMIT: usize = 60;

/// The folded form of a name: letters and digits, other signs as single hyphens. Empty where
/// there is neither.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in folding::fold(name).chars() {
        if letter.is_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The names trimmed, each topic once; or what is wrong with them.
pub fn check(names: &[String]) -> Result<Vec<String>, Fault> {
    if names.len() > TOPICS {
        return Err(Fault::new(
            "topics",
            format!("has more than {TOPICS} names"),
        ));
    }
    let mut kept: Vec<String> = Vec::with_capacity(names.len());
    for (at, name) in names.iter().enumerate() {
        let name = name.trim();
        let slug = slug(name);
        if slug.is_empty() {
            return Err(Fault::new(
                format!("topics.{at}"),
                "must have a letter or a digit",
            ));
        }
        let length = name.chars().count();
        if length > NAME_LIMIT {
            let reason = format!("has {length} characters, at most {NAME_LIMIT} are allowed");
            return Err(Fault::new(format!("topics.{at}"), reason));
        }
        if !kept.iter().any(|one| self::slug(one) == slug) {
            kept.push(name.to_owned());
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_folded_to_its_letters() {
        for (name, expected) in [
            ("New Work", "new-work"),
            ("  Größe & Maß! ", "grosse-mass"),
            ("R&D", "r-d"),
            ("東京", "東京"),
            ("…", ""),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
    }

    #[test]
    fn each_topic_is_named_once_and_has_a_letter() {
        let names =
            |texts: &[&str]| -> Vec<String> { texts.iter().map(|&text| text.to_owned()).collect() };
        assert_eq!(check(&names(&[" Tea ", "TEA"])), Ok(names(&["Tea"])));
        assert_eq!(check(&names(&["Tea", "!"])).unwrap_err().field, "topics.1");
        let long = "a".repeat(61);
        assert_eq!(check(&names(&[&long])).unwrap_err().field, "topics.0");
        assert_eq!(
            check(&vec!["a".to_owned(); 21]).unwrap_err().field,
            "topics"
        );
    }
}
