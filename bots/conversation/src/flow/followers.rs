//! The followers dialog: opened, refused field by field, saved.

use std::collections::BTreeMap;

use server_api::enums::{Language, Network};
use server_api::me::UpdateMe;

use super::{Stop, Turn, choices};
use crate::backend::{Asking, Backend, BackendError};
use crate::dialog::{Dialog, Field, FollowersDialog, FollowersForm};
use crate::reply::{FieldProblem, Reply};
use crate::words::Words;

/// More followers than any account has: what is above is a slip.
const MOST: i64 = 1_000_000_000;

pub(super) fn edit(turn: &Turn<'_>) -> Reply {
    Reply::open(Dialog::Followers(FollowersDialog::new(
        turn.words,
        &turn.met.me,
    )))
}

/// Decides on a form without meeting the member first: the budget allows one call.
pub(super) async fn submit(
    backend: &dyn Backend,
    asking: &Asking,
    language: Language,
    form: &FollowersForm,
) -> Result<Reply, Stop> {
    save(backend, asking, language, form)
        .await
        .map_err(|error| Stop::backend(error, language))
}

pub(super) async fn save(
    backend: &dyn Backend,
    asking: &Asking,
    language: Language,
    form: &FollowersForm,
) -> Result<Reply, BackendError> {
    let words = Words::of(language);
    let mut followers = BTreeMap::new();
    let mut problems = Vec::new();
    for (network, typed) in form {
        match read(typed) {
            Typed::Nothing => {}
            Typed::Count(count) => {
                followers.insert(*network, count);
            }
            Typed::Nonsense => problems.push(refused(words, *network)),
        }
    }
    if !problems.is_empty() {
        return Ok(Reply::refuse(problems));
    }
    let change = UpdateMe {
        followers: Some(followers),
        ..UpdateMe::default()
    };
    let me = backend.update_me(asking, &change).await?;
    Ok(Reply::revise(choices::view(&me)))
}

fn refused(words: &Words, network: Network) -> FieldProblem {
    FieldProblem {
        field: Field::Followers(network),
        sentence: words.followers_invalid(),
    }
}

enum Typed {
    Nothing,
    Count(i64),
    Nonsense,
}

/// Reads a count as people type it: `1250`, `1,250`, `1.250` and `1 250` are the same.
fn read(typed: &str) -> Typed {
    let typed = typed.trim();
    if typed.is_empty() {
        return Typed::Nothing;
    }
    let groups: Vec<&str> = typed
        .split([',', '.', '\'', '’', ' ', '\u{a0}', '\u{202f}'])
        .collect();
    let whole = groups
        .iter()
        .enumerate()
        .all(|(index, group)| match (index, groups.len()) {
            (0, 1) => !group.is_empty(),
            (0, _) => (1..=3).contains(&group.len()),
            _ => group.len() == 3,
        });
    let digits = groups.concat();
    if !whole || digits.len() > 12 || !digits.chars().all(|c| c.is_ascii_digit()) {
        return Typed::Nonsense;
    }
    match digits.parse::<i64>() {
        Ok(count) if count <= MOST => Typed::Count(count),
        Ok(_) | Err(_) => Typed::Nonsense,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_people_type_them() {
        for (typed, count) in [
            ("0", 0),
            (" 850 ", 850),
            ("1250", 1_250),
            ("1,250", 1_250),
            ("1.250", 1_250),
            ("12 345 678", 12_345_678),
            ("1,000,000,000", 1_000_000_000),
        ] {
            assert!(
                matches!(read(typed), Typed::Count(read) if read == count),
                "{typed}"
            );
        }
        assert!(matches!(read("  "), Typed::Nothing));
    }

    #[test]
    fn nonsense_is_never_a_count() {
        for typed in [
            "-5",
            "1.5",
            "12k",
            "1,00",
            ",100",
            "1000000001",
            "٣",
            "9".repeat(99).as_str(),
        ] {
            assert!(matches!(read(typed), Typed::Nonsense), "{typed}");
        }
    }
}
