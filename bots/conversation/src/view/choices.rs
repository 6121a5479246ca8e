//! What a member chose for themselves, and the ways to choose otherwise.

use server_api::enums::{BoardVisibility, DeliveryPreference, Language, Network};
use server_api::me::Me as Member;

use super::{Choice, Control, Phrase, View, sample_data};
use crate::action::Action;
use crate::words::Words;

/// A member's choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Its title.
    pub title: String,
    /// Which messages of their own they get.
    pub delivery: Phrase,
    /// The networks that they prefer.
    pub networks: Phrase,
    /// Followers per network, or why to type them.
    pub followers: Phrase,
    /// Their accounts.
    pub accounts: Phrase,
    /// What to choose, and the way back.
    pub controls: Vec<Control>,
}

impl Choices {
    /// What the server knows of the member.
    pub fn new(words: &Words, me: &Member) -> Self {
        Self {
            title: words.my_choices(),
            delivery: delivery(words, me),
            networks: networks(words, me),
            followers: followers(words, me),
            accounts: accounts(words, me),
            controls: vec![
                choice_of_visibility(words, me),
                choice_of_delivery(words, me),
                choice_of_language(words, me),
                Control::plain(words.edit_networks(), Action::ShowNetworks),
                Control::plain(words.edit_followers(), Action::EditFollowers),
                Control::plain(words.show_pairing(), Action::ShowPairing),
                Control::plain(words.show_me(), Action::ReturnToMe),
            ],
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let full = sample_data::me();
        let mut paused = full.clone();
        paused.followers.clear();
        paused.networks.clear();
        paused.identities.truncate(1);
        paused.board_visibility = BoardVisibility::Hidden;
        paused.language = Language::De;
        paused.delivery = DeliveryPreference::EachPost;
        paused.paused_until = sample_data::suggestion().expires_at;
        [("choices", full), ("choices_paused", paused)]
            .into_iter()
            .map(|(name, me)| (name.to_owned(), View::Choices(Self::new(words, &me))))
            .collect()
    }
}

/// Which messages of their own a member gets.
pub(super) fn delivery(words: &Words, me: &Member) -> Phrase {
    if let Some(chat) = me.delivery_refused_on {
        return words.delivery_refused(&words.platform(chat));
    }
    match (me.paused_until, me.delivery) {
        (Some(until), _) => words.delivery_paused(until),
        (None, DeliveryPreference::EachPost) => words.delivery_each_post_said(),
        (None, DeliveryPreference::ChannelOnly) => words.delivery_channel_only_said(),
    }
}

fn networks(words: &Words, me: &Member) -> Phrase {
    if me.networks.is_empty() {
        return words.networks_none();
    }
    let names: Vec<String> = me.networks.iter().map(|one| words.network(*one)).collect();
    words.networks_are(&names.join(", "))
}

fn followers(words: &Words, me: &Member) -> Phrase {
    let list: Vec<String> = Network::ALL
        .into_iter()
        .filter_map(|network| {
            let count = me.followers.get(&network)?;
            Some(format!(
                "{} {}",
                words.network(network),
                words.number(*count)
            ))
        })
        .collect();
    if list.is_empty() {
        words.me_followers_none()
    } else {
        words.me_followers(&list.join(" · "))
    }
}

fn accounts(words: &Words, me: &Member) -> Phrase {
    let list: Vec<String> = me
        .identities
        .iter()
        .map(|one| format!("{} ({})", words.platform(one.platform), one.workspace))
        .collect();
    words.accounts(&list.join(", "))
}

fn choice_of_visibility(words: &Words, me: &Member) -> Control {
    let all = [
        (words.visibility_name(), BoardVisibility::Name),
        (
            words.visibility_pseudonym(&me.pseudonym),
            BoardVisibility::Pseudonym,
        ),
        (words.visibility_hidden(), BoardVisibility::Hidden),
    ];
    Control::Choice(Choice {
        label: words.visibility_label(),
        chosen: all.iter().position(|(_, v)| *v == me.board_visibility),
        options: all
            .map(|(label, v)| (label, Action::ChooseVisibility(v)))
            .to_vec(),
    })
}

fn choice_of_delivery(words: &Words, me: &Member) -> Control {
    let each = (
        words.delivery_each_post(),
        Action::ChooseDelivery(DeliveryPreference::EachPost),
    );
    let none = (
        words.delivery_channel_only(),
        Action::ChooseDelivery(DeliveryPreference::ChannelOnly),
    );
    let pause = if me.paused_until.is_some() {
        (words.delivery_resume(), Action::Resume)
    } else {
        (words.delivery_pause_week(), Action::PauseWeek)
    };
    Control::Choice(Choice {
        label: words.delivery_label(),
        options: vec![each, none, pause],
        chosen: Some(match me.delivery {
            DeliveryPreference::EachPost => 0,
            DeliveryPreference::ChannelOnly => 1,
        }),
    })
}

fn choice_of_language(words: &Words, me: &Member) -> Control {
    let all = [Language::En, Language::De];
    Control::Choice(Choice {
        label: words.language_label(),
        chosen: all.iter().position(|language| *language == me.language),
        options: all
            .map(|language| {
                (
                    words.language_name(language),
                    Action::ChooseLanguage(language),
                )
            })
            .to_vec(),
    })
}
