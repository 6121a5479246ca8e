//! People as those who look after them find and invite them: how far somebody has come, who is
//! looked for, and which addresses are typed.

use entity::enums::Role;
use entity::ids::{MemberId, TeamId};
use entity::member;

/// People of one invitation, at most.
pub const INVITED_AT_ONCE: usize = 100;
/// Words of a search that are looked at.
const SEARCH_WORDS: usize = 6;

/// How far a member has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Known, and onboarding is not finished.
    Invited,
    /// Onboarding is finished.
    Joined,
    /// The person left the organization.
    Left,
}

/// How far a member has come.
pub fn standing(member: &member::Model) -> Standing {
    match (member.left_at, member.joined_at) {
        (Some(_), _) => Standing::Left,
        (None, Some(_)) => Standing::Joined,
        (None, None) => Standing::Invited,
    }
}

/// Who is looked for; what is none does not matter. There is nothing here about what somebody
/// did or did not do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words of the name or the address.
    pub search: Option<String>,
    /// Who holds this role.
    pub role: Option<Role>,
    /// Who belongs to one of these teams.
    pub teams: Option<Vec<TeamId>>,
    /// Who has come so far.
    pub standing: Option<Standing>,
    /// Who looks, where they are not to know who has not joined: those are left out, but for
    /// themselves.
    pub hidden_from: Option<MemberId>,
}

/// The words of a search that are looked at.
pub fn words(search: &str) -> impl Iterator<Item = &str> {
    search.split_whitespace().take(SEARCH_WORDS)
}

/// Ways in which a text may be written in a name: databases know the case of plain letters only.
pub fn spellings(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut letters = lower.chars();
    let title = letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    });
    let mut all = vec![lower, title, text.to_uppercase(), text.to_owned()];
    all.sort_unstable();
    all.dedup();
    all
}

/// Somebody as they were typed: address, and name if one came along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The address.
    pub email: String,
    /// The name that colleagues know, if it was typed.
    pub name: Option<String>,
}

/// Reads a list of people as they are copied from a mail: one a line or between commas, each an
/// address or `Name <address>`.
pub fn typed(text: &str) -> Vec<Typed> {
    text.split(['\n', ',', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| match part.split_once('<') {
            Some((name, address)) => {
                let name = name.trim().trim_matches('"').trim();
                Typed {
                    email: address.trim_end_matches('>').trim().to_owned(),
                    name: (!name.is_empty()).then(|| name.to_owned()),
                }
            }
            None => Typed {
                email: part.to_owned(),
                name: None,
            },
        })
        .collect()
}

/// What somebody is called until they or somebody else says: the words of their address.
pub fn name_of(address: &str) -> String {
    let local = address.split('@').next().unwrap_or_default();
    let local = local.split('+').next().unwrap_or_default();
    let words = local.split(['.', '_', '-']).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(capitalized).collect();
    if words.is_empty() {
        local.to_owned()
    } else {
        words.join(" ")
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_read_as_they_are_copied_from_a_mail() {
        let people = typed("ada@acme.example\n\"Bob Bauer\" <bob@acme.example>; ;c@acme.example,");
        let names: Vec<_> = people.iter().map(|one| one.name.as_deref()).collect();
        let addresses: Vec<_> = people.iter().map(|one| one.email.as_str()).collect();
        assert_eq!(names, [None, Some("Bob Bauer"), None]);
        assert_eq!(
            addresses,
            ["ada@acme.example", "bob@acme.example", "c@acme.example"]
        );
        assert!(typed(" \n,; ").is_empty());
    }

    #[test]
    fn an_address_gives_a_name_until_somebody_says_one() {
        for (address, expected) in [
            ("ada.lovelace@acme.example", "Ada Lovelace"),
            ("bob+news@acme.example", "Bob"),
            ("özil_m@acme.example", "Özil M"),
            ("-@acme.example", "-"),
        ] {
            assert_eq!(name_of(address), expected);
        }
    }

    #[test]
    fn a_name_is_found_in_each_way_to_write_it() {
        assert_eq!(spellings("özil"), ["ÖZIL", "Özil", "özil"]);
        assert_eq!(spellings("A"), ["A", "a"]);
    }
}
