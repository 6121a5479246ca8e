//! Texts on their way to people: markup made plain, words cut to a limit, and what either
//! chat's handwriting makes of them.

use bots::{discord, slack};
use entity::enums::Network;
use proptest::prelude::*;
use server::domain::intent::NETWORKS;
use server::domain::length::{fits, length, limit};
use server::domain::plain_text::{from_html, one_line, shorten};

use super::mutation::{edits, text};
use super::{many, timed};

const HTML: &str = "<p>Tea &amp; <b>coffee</b> &#8211; <a href=\"https://a.example/?a=1&b=2\">more</a>\
                    <script>track()</script><br/>caf&eacute;</p>";
const SAID: &str = "Hello <!channel> @everyone *b* _i_ `c` [x](https://evil.example) 👩‍👩‍👧‍👦 שלום";
const WORDS: [&str; 18] = [
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<style>",
    "&",
    "&#0;",
    "&#x202e;",
    "&#1114112;",
    "&lt",
    "<@U1>",
    "<@&1>",
    "@here",
    "||",
    "```",
    "\u{2066}",
    "\u{301}",
    "\n# ",
];

proptest! {
    #![proptest_config(many())]

    #[test]
    fn changed_markup_becomes_words_that_are_no_longer_than_it(edits in edits()) {
        let html = text(HTML, &edits, &WORDS);
        let plain = timed(|| from_html(&html));
        // An entity is longer than the letter that it stands for.
        prop_assert!(plain.len() <= html.len() + 3, "{:?}", plain);
        prop_assert!(!plain.contains('\0'));
        let line = one_line(&plain);
        prop_assert!(!line.chars().any(char::is_control));
        let short = shorten(&line, 40);
        prop_assert!(short.chars().count() <= 40);
    }

    #[test]
    fn any_length_is_counted_and_long_enough_texts_do_not_fit(choice: u8, edits in edits()) {
        let network: Network = NETWORKS[usize::from(choice) % NETWORKS.len()];
        let said = text(SAID, &edits, &WORDS);
        let counted = timed(|| length(network, &said));
        prop_assert!(counted <= said.len() * 2 + 46);
        prop_assert_eq!(fits(network, &said), counted <= limit(network));
    }

    #[test]
    fn both_chats_write_any_words_within_the_limit_and_without_a_call(
        edits in edits(),
        limit in 1_usize..200,
    ) {
        let said = text(SAID, &edits, &WORDS);
        let written = timed(|| slack::text::mrkdwn(&said, limit));
        prop_assert!(slack::text::length(&written) <= limit);
        prop_assert!(!written.contains(['<', '>']), "{}", written);
        let written = timed(|| discord::text::markdown(&said, limit));
        prop_assert!(discord::text::length(&written) <= limit);
        let mut escaped = false;
        for letter in written.chars() {
            prop_assert!(escaped || !"@<[`".contains(letter), "{}", written);
            escaped = letter == '\\' && !escaped;
        }
    }
}
