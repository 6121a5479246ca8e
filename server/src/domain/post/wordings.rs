//! The wordings of a draft, held to what each network takes.

use entity::enums::Network;

use super::{Demand, VARIANTS_PER_NETWORK, Wording, check_text, trimmed};
use crate::domain::fault::Fault;
use crate::domain::length;

/// Characters of a wording that is being written: more than any network takes.
const UNFINISHED_LIMIT: usize = 10_000;
/// Wordings of a post: as many for each of twelve networks and for all.
const VARIANTS: usize = VARIANTS_PER_NETWORK * 13;

/// Finds the faults of a draft's wordings.
pub(super) fn check_wordings(
    faults: &mut Vec<Fault>,
    variants: &mut [Wording],
    (linked, demand): (bool, Demand),
) {
    // No later check has to walk through more than that.
    if variants.len() > VARIANTS {
        faults.push(Fault::new(
            "variants",
            format!("has more than {VARIANTS} wordings"),
        ));
        return;
    }
    let mut seen: Vec<Option<Network>> = Vec::new();
    for (index, variant) in variants.iter_mut().enumerate() {
        variant.text = trimmed(&variant.text);
        let field = format!("variants.{index}.text");
        if demand == Demand::Unfinished {
            check_text(faults, &field, &variant.text, 0, UNFINISHED_LIMIT);
        } else if variant.text.is_empty() {
            faults.push(Fault::new(field, "must not be empty"));
        } else if variant.text.contains('\0') {
            faults.push(Fault::new(field, "must not contain NUL"));
        } else if let Some(reason) = too_long(variant, linked) {
            faults.push(Fault::new(field, reason));
        }
        seen.push(variant.network);
        let count = seen
            .iter()
            .filter(|network| **network == variant.network)
            .count();
        if count > VARIANTS_PER_NETWORK {
            faults.push(Fault::new(
                format!("variants.{index}"),
                format!("at most {VARIANTS_PER_NETWORK} wordings per network are allowed"),
            ));
        }
    }
}

/// How much of a network's room a text takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What it counts, with the link.
    pub length: usize,
    /// What the link counts of that.
    pub room: usize,
    /// What the network allows.
    pub limit: usize,
}

/// What a text counts on a network, with or without a link after it.
pub fn measure(network: Network, text: &str, linked: bool) -> Measure {
    let room = if linked {
        length::room_for_link(network)
    } else {
        0
    };
    Measure {
        length: length::length(network, text) + room,
        room,
        limit: length::limit(network),
    }
}

/// A wording for every network may be as long as the roomiest one allows; it
/// is dealt only where it fits.
fn too_long(variant: &Wording, linked: bool) -> Option<String> {
    let network = variant.network.unwrap_or(Network::Linkedin);
    let Measure {
        length,
        room,
        limit,
    } = measure(network, &variant.text, linked);
    (length > limit).then(|| {
        if room == 0 {
            format!("counts {length}, at most {limit} are allowed")
        } else {
            format!("counts {length} with {room} for the link, at most {limit} are allowed")
        }
    })
}
