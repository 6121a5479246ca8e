//! Parsers of single arguments; their errors say what would be right.

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use server_api::post::Variant;

/// An enum of the API by its word; `-` may stand for `_`.
pub fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(serde_json::Value::String(text.replace('-', "_")))
        .map_err(|error| error.to_string())
}

/// A time with its offset, such as `2026-12-01T09:00:00+01:00`.
pub fn time(text: &str) -> Result<DateTime<Utc>, String> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.to_utc())
        .map_err(|_| "a time is written like 2026-12-01T09:00:00+01:00".to_owned())
}

/// A wording, for one network if it begins with its name: `bluesky=Our new office!`.
pub fn variant(text: &str) -> Result<Variant, String> {
    if let Some((network, words)) = text.split_once('=')
        && let Ok(network) = word(network)
        && !words.trim().is_empty()
    {
        return Ok(Variant {
            network: Some(network),
            text: words.to_owned(),
        });
    }
    if text.trim().is_empty() {
        return Err("a wording has words".to_owned());
    }
    Ok(Variant {
        network: None,
        text: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use server_api::enums::{FeedMode, Network};

    #[test]
    fn words_may_be_written_with_hyphens() {
        assert_eq!(word("auto-publish"), Ok(FeedMode::AutoPublish));
    }

    #[test]
    fn a_wrong_word_is_told_the_right_ones() {
        let error = word::<FeedMode>("always").expect_err("no such mode");
        assert!(
            error.contains("`draft`, `review`, `auto_publish`"),
            "{error}"
        );
    }

    #[test]
    fn only_the_name_of_a_network_is_taken_from_a_wording() {
        let of = |text| variant(text).expect("a wording");
        assert_eq!(of("bluesky=Hello").network, Some(Network::Bluesky));
        assert_eq!(of("1 + 1 = 2").network, None);
        assert_eq!(of("1 + 1 = 2").text, "1 + 1 = 2");
        assert!(variant(" ").is_err());
    }
}
