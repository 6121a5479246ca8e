//! Which wording a member gets, so that colleagues do not post the same words.

use entity::enums::Network;
use entity::variant;

use super::folding::fold;

/// The wording least dealt so far among those for `network` and those for
/// every network; among equals the one made for the network, then the first.
pub fn deal(variants: &[variant::Model], network: Network) -> Option<&variant::Model> {
    variants
        .iter()
        .filter(|variant| variant.network.is_none_or(|own| own == network))
        .min_by_key(|variant| (variant.dealt, variant.network.is_none(), variant.position))
}

/// The words and, behind them, who speaks; once, where they say it already.
pub fn disclosed(words: &str, disclosure: Option<&str>) -> String {
    let words = words.trim_end();
    match disclosure {
        Some(disclosure) if !fold(words).contains(&fold(disclosure)) => {
            format!("{words} {disclosure}").trim_start().to_owned()
        }
        Some(_) | None => words.to_owned(),
    }
}

/// The words as they are posted: the tracked link on a line of its own at the end.
pub fn compose(words: &str, link: Option<&str>) -> String {
    match link {
        Some(link) => format!("{}\n\n{link}", words.trim_end()),
        None => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use entity::ids::{OrganizationId, PostId, VariantId};
    use uuid::Uuid;

    fn variant(position: i64, network: Option<Network>, dealt: i64) -> variant::Model {
        variant::Model {
            id: VariantId(Uuid::nil()),
            organization_id: OrganizationId(Uuid::nil()),
            post_id: PostId(Uuid::nil()),
            network,
            position,
            text: String::new(),
            dealt,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_least_dealt_wording_of_the_network_or_of_all_is_dealt() {
        let x = Some(Network::X);
        let cases = [
            (vec![], None),
            (vec![(None, 0), (None, 0)], Some(0)),
            (vec![(None, 1), (None, 0)], Some(1)),
            (vec![(None, 0), (x, 0)], Some(1)),
            (vec![(None, 0), (x, 1)], Some(0)),
            (vec![(Some(Network::Reddit), 0), (x, 7)], Some(1)),
            (vec![(Some(Network::Reddit), 0)], None),
        ];
        for (given, expected) in cases {
            let variants: Vec<_> = given
                .iter()
                .zip(0..)
                .map(|((network, dealt), position)| variant(position, *network, *dealt))
                .collect();
            let dealt = deal(&variants, Network::X).map(|variant| variant.position);
            assert_eq!(dealt, expected, "{given:?}");
        }
    }

    #[test]
    fn who_speaks_is_said_once_behind_the_claim() {
        let at_acme = Some("I work at Acme.");
        assert_eq!(disclosed("Great. ", at_acme), "Great. I work at Acme.");
        assert_eq!(
            disclosed("i WORK at acme. Great.", at_acme),
            "i WORK at acme. Great."
        );
        assert_eq!(disclosed("Great.", None), "Great.");
    }

    #[test]
    fn the_link_ends_the_words() {
        assert_eq!(compose("Hello \n", Some("https://l")), "Hello\n\nhttps://l");
        assert_eq!(compose("Hello", None), "Hello");
    }
}
