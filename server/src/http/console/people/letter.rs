//! The invitation that is handed on, since no mail goes out: where to go and what to type, in the
//! language of who is invited.

use entity::enums::{Language, Platform};
use entity::{member, organization};

use crate::domain::people::{Standing, standing};
use crate::http::console::words::Words;

/// An invitation to hand on.
pub(super) struct Letter {
    /// Whom it is for.
    pub(super) name: String,
    /// The code of its language.
    pub(super) language: &'static str,
    /// The whole of it.
    pub(super) text: String,
}

/// The invitation of a member to an organization that is in these chats; none for who needs none,
/// and none while there is nowhere to go.
pub(super) fn letter(
    house: &organization::Model,
    member: &member::Model,
    chats: &[Platform],
) -> Option<Letter> {
    match standing(member) {
        Standing::Invited => {}
        Standing::Joined | Standing::Left => return None,
    }
    let email = member.email.as_deref()?;
    let language: Language = member.language.unwrap_or(house.language);
    let words = Words::of(language);
    let (in_slack, in_discord) = (
        chats.contains(&Platform::Slack),
        chats.contains(&Platform::Discord),
    );
    let slack = || words.tell("letter-slack", &[("email", email.into())]);
    let way = match (in_slack, in_discord) {
        (true, true) => format!("{}\n{}", slack(), words.say("letter-also-discord")),
        (true, false) => slack(),
        (false, true) => words.say("letter-discord"),
        (false, false) => return None,
    };
    let fills = [
        ("name", member.display_name.as_str().into()),
        ("house", house.name.as_str().into()),
    ];
    let hello = words.tell("letter-hello", &fills);
    let free = words.say("letter-free");
    Some(Letter {
        name: member.display_name.clone(),
        language: words.code(),
        text: format!("{hello}\n{way}\n{free}"),
    })
}
