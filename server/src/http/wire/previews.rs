//! Previews and unfurled pages, as they travel.

use server_api::enums::Language;
use server_api::preview as wire;
use server_api::suggestion::Suggestion;

use super::content::checks;
use super::enums;
use super::suggestions::suggestion;
use crate::ports::card_preview::Cards;
use crate::ports::page_reader::Unfurled;
use crate::service::previews::{LinkCard, OnNetwork, Preview, Text};

/// A preview as it travels.
pub fn preview(
    preview: Preview,
    draw: impl Fn(&Suggestion, Language) -> Cards,
) -> wire::PostPreview {
    let post = suggestion(preview.card);
    let cards = draw(&post, enums::language(preview.language));
    wire::PostPreview {
        networks: preview.networks.into_iter().map(on_network).collect(),
        link: preview.link.map(link),
        findings: checks(preview.findings).findings,
        slack: cards.slack,
        discord: cards.discord,
    }
}

fn on_network(on: OnNetwork) -> wire::NetworkPreview {
    wire::NetworkPreview {
        network: enums::network(on.network),
        limit: number(on.limit),
        takes_words: on.takes_words,
        texts: on.texts.into_iter().map(text).collect(),
    }
}

fn text(text: Text) -> wire::TextPreview {
    wire::TextPreview {
        variant: text.variant.map(number),
        text: text.text,
        length: number(text.length),
        fits: text.fits,
    }
}

fn link(card: LinkCard) -> wire::LinkCard {
    wire::LinkCard {
        source: card.source,
        title: card.title,
        summary: card.summary,
        image_url: card.image_url,
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// What a page says of itself, as it travels.
pub fn unfurled(page: Unfurled) -> wire::Unfurled {
    wire::Unfurled {
        url: page.url,
        title: page.title,
        description: page.description,
        image_url: page.image,
        image_alt: page.image_alt,
        site: page.site,
        language: page.language.map(enums::language),
        kind: page.kind,
        published: page.published,
    }
}
