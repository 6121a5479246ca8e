//! Erasing somebody: who is meant, what stands in their place, and how their traces are taken out
//! of texts.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use csv::{ByteRecord, ReaderBuilder, WriterBuilder};
use entity::enums::{BoardVisibility, DeliveryPreference, Language};
use entity::json::{Followers, Networks, Roles};
use entity::member;
use serde_json::Value;

use super::{email, quiet};

/// Names of fewer letters are not looked for within texts: they would be found in other words.
const SHORTEST: usize = 3;

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

/// What tells who somebody is, and is looked for in texts: addresses, names and accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traces(Vec<String>);

impl Traces {
    /// Those of these words; what is too short to be told from others is none.
    pub fn of(words: impl IntoIterator<Item = String>) -> Self {
        let mut words: Vec<String> = words
            .into_iter()
            .map(|word| word.trim().to_owned())
            .filter(|word| word.chars().count() >= SHORTEST)
            .collect();
        // The longest first: an address may hold a name.
        words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
        words.dedup();
        Self(words)
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// A text without them, where they stand as words of their own.
    pub fn out_of<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.0.iter().fold(Cow::Borrowed(text), |text, word| {
            match without(&text, word) {
                Some(cleaned) => Cow::Owned(cleaned),
                None => text,
            }
        })
    }

    /// A value without them in any of its texts.
    pub fn out_of_value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.out_of(text).into_owned()),
            Value::Array(all) => all.iter().map(|one| self.out_of_value(one)).collect(),
            Value::Object(all) => all
                .iter()
                .map(|(name, one)| (name.clone(), self.out_of_value(one)))
                .collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }
}

/// A text without a word, where it stands there by itself; none where it does not.
fn without(text: &str, word: &str) -> Option<String> {
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let (mut cleaned, mut rest, mut is_there) = (String::new(), text, false);
    while let Some((before, after)) = rest.split_once(word) {
        let last = before.chars().next_back().or(cleaned.chars().next_back());
        cleaned.push_str(before);
        if is_letter(last) || is_letter(after.chars().next()) {
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

/// A file of members without what it says of an address; none where it says nothing. The record
/// stays, empty, so that every other keeps its place.
pub fn out_of_file(file: &[u8], address: &str) -> Option<Vec<u8>> {
    let reading = super::csv_file::separator(file);
    let mut reader = ReaderBuilder::new()
        .delimiter(reading)
        .has_headers(false)
        .flexible(true)
        .from_reader(file);
    let mut writer = WriterBuilder::new()
        .delimiter(reading)
        .flexible(true)
        .from_writer(Vec::with_capacity(file.len()));
    let mut is_there = false;
    for record in reader.byte_records() {
        // What cannot be read brings nobody in.
        let Ok(record) = record else { continue };
        let record = if names(&record, address) {
            is_there = true;
            empty(&record)
        } else {
            record
        };
        writer.write_byte_record(&record).ok()?;
    }
    let written = writer.into_inner().ok()?;
    is_there.then_some(written)
}

fn names(record: &ByteRecord, address: &str) -> bool {
    record.iter().any(|cell| {
        let text = String::from_utf8_lossy(cell);
        email::normal(&text).is_some_and(|found| found == address)
    })
}

/// As many cells, with nothing in them: at least two, since a line of nothing is no record.
fn empty(record: &ByteRecord) -> ByteRecord {
    let cells = record.len().max(2);
    std::iter::repeat_n("", cells).collect()
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
        let traces = Traces::of(["Al".into(), "Ada Baum".into(), "ada@acme.example".into()]);
        assert_eq!(traces.iter().count(), 2, "what is too short is no trace");
        assert_eq!(traces.out_of("All is well"), "All is well");
        assert_eq!(traces.out_of("Ada Baumann, Ada Baum."), "Ada Baumann, –.");
        let detail = json!({"to": ["ada@acme.example", 1], "by": {"name": "Ada Baum · Al"}});
        assert_eq!(
            traces.out_of_value(&detail),
            json!({"to": ["–", 1], "by": {"name": "– · Al"}})
        );
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
