//! What a share brought: the same card however often it is confirmed.

use server_api::share::ShareReceipt as Receipt;

use super::{Control, Fact, Phrase, Span, View, sample_data};
use crate::action::Action;
use crate::words::Words;

/// What a share brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareReceipt {
    /// Where it was shared.
    pub headline: Phrase,
    /// The post's headline.
    pub title: String,
    /// What it earned, and where the member stands.
    pub facts: Vec<Fact>,
    /// What to do next.
    pub controls: Vec<Control>,
}

impl ShareReceipt {
    /// The receipt, with a link to the member's board page.
    pub fn new(words: &Words, receipt: &Receipt, board_url: &str) -> Self {
        Self {
            headline: words.receipt_headline(receipt.network),
            title: receipt.title.clone(),
            facts: facts(words, receipt),
            controls: vec![
                Control::plain(words.share_elsewhere(), Action::StartShare(receipt.post_id)),
                Control::plain(words.more_to_share(), Action::ShowSuggestions),
                Control::link(words.board_page(), board_url),
            ],
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let first = sample_data::share_receipt();
        let mut capped = first.clone();
        capped.points = 0;
        capped.over_daily_cap = true;
        capped.potential_reach = None;
        capped.rank_this_week = None;
        [("share_receipt", first), ("share_receipt_capped", capped)]
            .into_iter()
            .map(|(name, receipt)| {
                let view = Self::new(words, &receipt, &sample_data::me().board_url);
                (name.to_owned(), View::ShareReceipt(view))
            })
            .collect()
    }
}

fn facts(words: &Words, receipt: &Receipt) -> Vec<Fact> {
    let number = |count| vec![Span::Text(words.number(count))];
    let mut facts = vec![
        Fact {
            label: words.receipt_earned(),
            value: words.points(receipt.points),
            how: Some(if receipt.over_daily_cap {
                words.receipt_over_cap()
            } else {
                words.receipt_points_how()
            }),
        },
        Fact {
            label: words.receipt_week(),
            value: number(receipt.points_this_week),
            how: None,
        },
    ];
    facts.extend(receipt.rank_this_week.map(|rank| Fact {
        label: words.receipt_rank(),
        value: number(rank),
        how: None,
    }));
    if receipt.clicks > 0 {
        facts.push(Fact {
            label: words.receipt_clicks(),
            value: number(receipt.clicks),
            how: Some(words.me_clicks_how()),
        });
    }
    facts.push(match receipt.potential_reach {
        Some(reach) => Fact {
            label: words.receipt_reach(),
            value: number(reach),
            how: Some(words.reach_how()),
        },
        None => Fact {
            label: words.receipt_reach(),
            value: vec![Span::Text("–".to_owned())],
            how: Some(words.receipt_reach_unknown()),
        },
    });
    facts
}
