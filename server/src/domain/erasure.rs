//! Erasing somebody: who is meant, what stands in their place, and how their traces are taken out
//! of texts.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use csv::{ByteRecord, Reader, ReaderBuilder};
use entity::enums::{BoardVisibility, DeliveryPreference, Language};
use entity::json::{Followers, Networks, Roles};
use entity::member;
use serde_json::Value;

use super::{email, quiet};

/// Addresses of fewer letters are not looked for within texts: they would be found in other words.
const SHORTEST: usize = 3;
/// The same for names, of which one is no more than two letters in many scripts.
const SHORTEST_NAME: usize = 2;
/// Facts of the log in words that people chose.
const WORDED: [&str; 6] = ["title", "name", "into", "topics", "url", "contact"];
/// Facts of the log that hold such words where something was called otherwise.
const CHANGED: [&str; 2] = ["before", "after"];
/// Actions by which it was.
const RENAMED: [&str; 5] = [
    "member.team",
    "team.move",
    "team.rename",
    "topic.update",
    "campaign.update",
];

/// Whether what somebody typed names a member: their name or their address, whatever its case.
pub fn is_meant(typed: &str, member: &member::Model) -> bool {
    let typed = folded(typed);
    let is = |text: &str| !typed.is_empty() && folded(text) == typed;
    is(&member.display_name) || member.email.as_deref().is_some_and(is)
}

fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// What a member is called who was erased.
pub fn nobody(language: Language) -> &'static str {
    match language {
        Language::En => "Somebody who is gone",
        Language::De => "Jemand von früher",
    }
}

/// What stays of a member, for the sums: which team counted them, and when they came and left.
pub fn tombstone(member: &member::Model, language: Language, now: DateTime<Utc>) -> member::Model {
    member::Model {
        id: member.id,
        organization_id: member.organization_id,
        team_id: member.team_id,
        email: None,
        display_name: nobody(language).to_owned(),
        language: None,
        time_zone: None,
        roles: Roles::default(),
        board_visibility: BoardVisibility::Hidden,
        pseudonym: member.id.to_string(),
        attribution: true,
        networks: Networks::default(),
        followers: Followers::default(),
        mastodon_instance: None,
        delivery: DeliveryPreference::ChannelOnly,
        delivery_platform: None,
        delivery_refused_on: None,
        quiet_from: quiet::DEFAULT.from.into(),
        quiet_to: quiet::DEFAULT.to.into(),
        quiet_weekends: quiet::DEFAULT.weekends,
        quiet_own: false,
        joined_at: member.joined_at,
        greeted_at: None,
        paused_until: None,
        left_at: member.left_at.or(Some(now)),
        erased_at: Some(now),
        created_at: member.created_at,
        updated_at: now,
    }
}

/// What tells who somebody is, and is looked for in texts: addresses and accounts, and names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traces {
    addresses: Vec<String>,
    names: Vec<String>,
}

impl Traces {
    /// Those of these words; what is too short to be told from others is none.
    pub fn of(
        addresses: impl IntoIterator<Item = String>,
        names: impl IntoIterator<Item = String>,
    ) -> Self {
        Self {
            addresses: longest_first(addresses, SHORTEST),
            names: longest_first(names, SHORTEST_NAME),
        }
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let all = self.addresses.iter().chain(&self.names);
        all.map(String::as_str)
    }

    /// A text without them, where they stand as words of their own. A name of one word may be a
    /// word like others: it is taken out only where it is all that is said.
    pub fn out_of<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.names.iter().any(|name| text.trim() == name) {
            return Cow::Borrowed("–");
        }
        let full = self.names.iter().filter(|name| is_full(name));
        full.fold(self.without_addresses(text), |text, name| cut(text, name))
    }

    fn without_addresses<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let addresses = self.addresses.iter();
        addresses.fold(Cow::Borrowed(text), |text, address| cut(text, address))
    }

    /// What the log keeps of an action, without them: addresses are taken out of all of it, names
    /// only of what people have worded. Whoever takes the name of a role or of a state does not
    /// blot these out of what was done by others.
    pub fn out_of_facts(&self, action: &str, facts: &Value) -> Value {
        let Value::Object(all) = facts else {
            return self.out_of_value(facts, false);
        };
        all.iter()
            .map(|(key, fact)| {
                let is_worded = WORDED.contains(&key.as_str())
                    || (CHANGED.contains(&key.as_str()) && RENAMED.contains(&action));
                (key.clone(), self.out_of_value(fact, is_worded))
            })
            .collect()
    }

    fn out_of_value(&self, value: &Value, is_worded: bool) -> Value {
        match value {
            Value::String(text) if is_worded => Value::String(self.out_of(text).into_owned()),
            Value::String(text) => Value::String(self.without_addresses(text).into_owned()),
            Value::Array(all) => (all.iter())
                .map(|one| self.out_of_value(one, is_worded))
                .collect(),
            Value::Object(all) => all
                .iter()
                .map(|(name, one)| (name.clone(), self.out_of_value(one, is_worded)))
                .collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }
}

/// The longest first: an address may hold a name.
fn longest_first(words: impl IntoIterator<Item = String>, shortest: usize) -> Vec<String> {
    let mut words: Vec<String> = words
        .into_iter()
        .map(|word| word.trim().to_owned())
        .filter(|word| word.chars().count() >= shortest)
        .collect();
    words.sort_unstable_by(|one, other| (other.len(), one).cmp(&(one.len(), other)));
    words.dedup();
    words
}

/// Whether a name is hardly a word like others: one of several words, or in a script that puts
/// nothing between them.
fn is_full(name: &str) -> bool {
    name.contains(char::is_whitespace) || name.chars().any(is_unspaced)
}

/// Whether a letter is of a script that puts nothing between words: Thai, Lao, Burmese, Khmer,
/// Chinese, Japanese, Korean.
fn is_unspaced(letter: char) -> bool {
    matches!(
        letter,
        '\u{0E00}'..='\u{0EFF}'
            | '\u{1000}'..='\u{109F}'
            | '\u{1780}'..='\u{17FF}'
            | '\u{2E80}'..='\u{A4CF}'
            | '\u{AC00}'..='\u{D7AF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}'
    )
}

fn cut<'t>(text: Cow<'t, str>, word: &str) -> Cow<'t, str> {
    match without(&text, word) {
        Some(cleaned) => Cow::Owned(cleaned),
        None => text,
    }
}

/// A text without a word, where it stands there by itself; none where it does not.
fn without(text: &str, word: &str) -> Option<String> {
    // Where nothing stands between words, none stands by itself.
    let is_anywhere = word.chars().any(is_unspaced);
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let (mut cleaned, mut rest, mut is_there) = (String::new(), text, false);
    while let Some((before, after)) = rest.split_once(word) {
        let last = before.chars().next_back().or(cleaned.chars().next_back());
        cleaned.push_str(before);
        if !is_anywhere && (is_letter(last) || is_letter(after.chars().next())) {
            cleaned.push_str(word);
        } else {
            cleaned.push('–');
            is_there = true;
        }
        rest = after;
    }
    cleaned.push_str(rest);
    is_there.then_some(cleaned)
}

/// A file of members without what it says of an address; none where it says nothing. The record's
/// ends of lines stay, and at least an empty cell: every other record keeps its line.
pub fn out_of_file(file: &[u8], address: &str) -> Option<Vec<u8>> {
    let separator = super::csv_file::separator(file);
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(file);
    let mut cleaned = Vec::with_capacity(file.len());
    let (mut record, mut kept, mut is_there) = (ByteRecord::new(), 0, false);
    loop {
        let begins = place(&reader);
        // A file is read from memory, and bytes are bytes: nothing of it cannot be read.
        if !reader.read_byte_record(&mut record).unwrap_or(false) {
            break;
        }
        if names(&record, address) {
            let ends = place(&reader);
            cleaned.extend_from_slice(file.get(kept..begins)?);
            blank(file.get(begins..ends)?, separator, &mut cleaned);
            kept = ends;
            is_there = true;
        }
    }
    cleaned.extend_from_slice(file.get(kept..)?);
    is_there.then_some(cleaned)
}

/// Where the next record begins, after the end of the one before.
fn place(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

/// A record's bytes with nothing in its cells: the ends of lines before and within it, and a
/// separator, without which it would be no record.
fn blank(record: &[u8], separator: u8, cleaned: &mut Vec<u8>) {
    let is_end = |byte: &&u8| matches!(**byte, b'\r' | b'\n');
    let before = record.iter().take_while(is_end).count();
    let (before, rest) = record.split_at(before);
    cleaned.extend_from_slice(before);
    cleaned.push(separator);
    cleaned.extend(rest.iter().filter(is_end));
}

fn names(record: &ByteRecord, address: &str) -> bool {
    record.iter().any(|cell| {
        let text = String::from_utf8_lossy(cell);
        email::normal(&text).is_some_and(|found| found == address)
    })
}

#[cfg(test)]
mod tests {
    use entity::ids::{MemberId, OrganizationId};
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    /// A member of whom nothing is known.
    fn blank_member() -> member::Model {
        member::Model {
            id: MemberId(Uuid::from_u128(1)),
            organization_id: OrganizationId(Uuid::from_u128(2)),
            team_id: None,
            email: None,
            display_name: String::new(),
            language: None,
            time_zone: None,
            roles: Roles::default(),
            board_visibility: BoardVisibility::Name,
            pseudonym: String::new(),
            attribution: true,
            networks: Networks::default(),
            followers: Followers::default(),
            mastodon_instance: None,
            delivery: DeliveryPreference::EachPost,
            delivery_platform: None,
            delivery_refused_on: None,
            quiet_from: 0,
            quiet_to: 0,
            quiet_weekends: false,
            quiet_own: false,
            joined_at: None,
            greeted_at: None,
            paused_until: None,
            left_at: None,
            erased_at: None,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn who_is_meant_is_named_in_full() {
        let ada = member::Model {
            display_name: "Ada  Baum".to_owned(),
            email: Some("ada@acme.example".to_owned()),
            ..blank_member()
        };
        for (typed, expected) in [
            ("Ada Baum", true),
            (" ada baum ", true),
            ("ADA@acme.example", true),
            ("Ada", false),
            ("", false),
            (" ", false),
            ("bob@acme.example", false),
        ] {
            assert_eq!(is_meant(typed, &ada), expected, "{typed}");
        }
        let nameless = member::Model {
            display_name: String::new(),
            email: None,
            ..ada
        };
        assert!(!is_meant("", &nameless));
    }

    #[test]
    fn a_tombstone_says_nothing_of_who_it_was() {
        let ada = member::Model {
            display_name: "Ada Baum".to_owned(),
            email: Some("ada@acme.example".to_owned()),
            pseudonym: "Quiet Otter".to_owned(),
            ..blank_member()
        };
        let now = DateTime::from_timestamp(1_794_823_200, 0).unwrap();
        let stone = tombstone(&ada, Language::De, now);
        let text = format!("{stone:?}");
        for word in ["Ada", "Baum", "acme", "Otter"] {
            assert!(!text.contains(word), "{text}");
        }
        assert_eq!(stone.id, ada.id);
        assert_eq!(stone.erased_at, Some(now));
        assert_eq!(stone.left_at, Some(now));
    }

    #[test]
    fn traces_are_taken_out_of_texts_and_values() {
        let address = ["ada@acme.example".to_owned(), "U1".to_owned()];
        let traces = Traces::of(address, ["A".into(), "Ada Baum".into(), "Ada".into()]);
        assert_eq!(traces.iter().count(), 3, "what is too short is no trace");
        assert_eq!(traces.out_of("All is well"), "All is well");
        assert_eq!(traces.out_of("Ada Baumann, Ada Baum."), "Ada Baumann, –.");
        assert_eq!(traces.out_of("Ada Lovelace"), "Ada Lovelace", "a word");
        assert_eq!(traces.out_of(" Ada "), "–", "a name");
        let facts = json!({"to": ["ada@acme.example", 1], "name": {"from": "Ada Baum · Al"}});
        assert_eq!(
            traces.out_of_facts("organization.update", &facts),
            json!({"to": ["–", 1], "name": {"from": "– · Al"}})
        );
    }

    #[test]
    fn whoever_is_called_like_a_role_blots_none_out() {
        let traces = Traces::of([], ["owner".into(), "channel only".into()]);
        let facts = json!({"before": ["curator"], "after": ["owner"], "by": "channel only"});
        assert_eq!(traces.out_of_facts("member.roles", &facts), facts);
        let facts = json!({"before": "Sales", "after": "owner"});
        assert_eq!(
            traces.out_of_facts("team.rename", &facts),
            json!({"before": "Sales", "after": "–"})
        );
    }

    #[test]
    fn names_of_scripts_without_spaces_are_found_within_others() {
        let traces = Traces::of([], ["王伟".into(), "Li".into()]);
        assert_eq!(traces.out_of("感谢王伟的帮助"), "感谢–的帮助");
        assert_eq!(traces.out_of("Li"), "–");
        assert_eq!(traces.out_of("Live"), "Live");
    }

    #[test]
    fn every_line_of_a_file_keeps_its_number() {
        let file = b"email,name\r\n\r\nbob@a.example,Bob\r\n\r\nada@a.example,\"A\r\nB\"\r\ncy@a.example,Cy";
        let cleaned = out_of_file(file, "ada@a.example").unwrap();
        let text = String::from_utf8(cleaned).unwrap();
        assert_eq!(
            text,
            "email,name\r\n\r\nbob@a.example,Bob\r\n\r\n,\r\n\r\ncy@a.example,Cy"
        );
        let last = out_of_file(file, "cy@a.example").unwrap();
        assert!(last.ends_with(b"B\"\r\n,"));
    }

    #[test]
    fn a_record_is_emptied_and_every_other_keeps_its_place() {
        let file = b"email;name\nbob@a.example;Bob\n Ada@A.example ;\"Ada; B\"\ncy@a.example;Cy\n";
        let cleaned = out_of_file(file, "ada@a.example").unwrap();
        let text = String::from_utf8(cleaned).unwrap();
        assert!(!text.to_lowercase().contains("ada"), "{text}");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4, "{text}");
        assert_eq!(lines.first(), Some(&"email;name"));
        assert_eq!(lines.last(), Some(&"cy@a.example;Cy"));
        assert_eq!(out_of_file(file, "dan@a.example"), None);
        assert_eq!(out_of_file(b"", "ada@a.example"), None);
    }
}
