//! The networks that a member prefers: which stand in front, and in which order.

use server_api::enums::Network;
use server_api::me::Me as Member;

use super::{Choice, Control, Phrase, View, sample_data};
use crate::action::Action;
use crate::intent::Slot;
use crate::words::Words;

/// The networks that a member prefers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkChoices {
    /// Its title.
    pub title: String,
    /// What choosing them does.
    pub intro: Phrase,
    /// One choice per place, and the way back.
    pub controls: Vec<Control>,
}

impl NetworkChoices {
    /// What the server knows of the member.
    pub fn new(words: &Words, me: &Member) -> Self {
        let mut controls: Vec<Control> = Slot::ALL
            .into_iter()
            .map(|slot| choice(words, me, slot))
            .collect();
        controls.push(Control::plain(words.my_choices(), Action::ShowChoices));
        Self {
            title: words.edit_networks(),
            intro: words.networks_intro(),
            controls,
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let view = View::NetworkChoices(Self::new(words, &sample_data::me()));
        vec![("network_choices".to_owned(), view)]
    }
}

fn choice(words: &Words, me: &Member, slot: Slot) -> Control {
    let current = me.networks.get(slot.index()).copied();
    let offered = me.networks_offered.iter().copied().map(Some);
    let all: Vec<Option<Network>> = offered.chain([None]).collect();
    Control::Choice(Choice {
        label: words.network_slot(slot),
        chosen: all.iter().position(|network| *network == current),
        options: all
            .into_iter()
            .map(|network| {
                let label = network.map_or_else(|| words.no_network(), |one| words.network(one));
                (label, Action::ChooseNetwork(slot, network))
            })
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use server_api::enums::Language;

    use super::*;

    #[test]
    fn a_network_that_is_not_offered_is_no_choice() {
        let mut me = sample_data::me();
        me.networks = vec![Network::X];
        me.networks_offered = vec![Network::Copy, Network::Linkedin];
        let view = NetworkChoices::new(Words::of(Language::En), &me);
        let Some(Control::Choice(first)) = view.controls.first() else {
            panic!("no choice")
        };
        assert_eq!(first.options.len(), 3, "two, and none");
        assert_eq!(first.chosen, None, "what was preferred is gone");
    }
}
