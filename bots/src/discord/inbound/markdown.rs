//! What stands in messages of people: Discord's own signs taken out of it.

use conversation::intent::ProposalForm;

/// What of a message is proposed: its first link, and its words without it. Whom it mentions is
/// left out.
pub(super) fn proposal(message: &str) -> ProposalForm {
    let mut form = ProposalForm::default();
    let mut words = Vec::new();
    for word in message.split_whitespace() {
        // A link in angle brackets is one without a preview.
        let bare = word.trim_start_matches('<').trim_end_matches('>');
        let is_link = bare.starts_with("http://") || bare.starts_with("https://");
        if is_link && form.link.is_empty() {
            bare.clone_into(&mut form.link);
        } else if !is_mention(word) {
            words.push(word);
        }
    }
    form.words = words.join(" ");
    form
}

/// People, roles, channels, and everybody. Reference "Message Formatting".
fn is_mention(word: &str) -> bool {
    let marked = word.starts_with("<@") || word.starts_with("<#");
    (marked && word.ends_with('>')) || matches!(word, "@everyone" | "@here")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_without_discords_signs() {
        for (message, link, words) in [
            ("Tea  is\ngood", "", "Tea is good"),
            (
                "<@80351110224678912> look: <https://news.example/?a=1&b=2> @everyone <3",
                "https://news.example/?a=1&b=2",
                "look: <3",
            ),
            (
                "https://news.example/tea and https://b.example",
                "https://news.example/tea",
                "and https://b.example",
            ),
            ("javascript:alert(1)", "", "javascript:alert(1)"),
        ] {
            let form = proposal(message);
            assert_eq!(
                (form.link.as_str(), form.words.as_str()),
                (link, words),
                "{message}"
            );
        }
    }
}
