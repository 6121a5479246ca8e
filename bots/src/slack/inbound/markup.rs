//! What stands in messages of people: Slack's own signs taken out of it.

use conversation::intent::ProposalForm;

/// What of a message is proposed: its first link, and its words without links' signs. Whom it
/// mentions is left out.
pub(super) fn proposal(message: &str) -> ProposalForm {
    let mut form = ProposalForm::default();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('<') {
        form.words.push_str(before);
        let Some((marked, after)) = after.split_once('>') else {
            rest = after;
            break;
        };
        let (target, name) = match marked.split_once('|') {
            Some((target, name)) => (target, Some(name)),
            None => (marked, None),
        };
        if target.starts_with("http://") || target.starts_with("https://") {
            if form.link.is_empty() {
                form.link = decoded(target);
            }
            form.words.push_str(
                name.filter(|name| !target.contains(name))
                    .unwrap_or_default(),
            );
        }
        rest = after;
    }
    form.words.push_str(rest);
    form.words = decoded(form.words.trim());
    form
}

/// Slack escapes three signs in what people write. Reference "Formatting text".
fn decoded(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_without_slacks_signs() {
        for (message, link, words) in [
            ("Tea is good", "", "Tea is good"),
            (
                "<@U0GRACE> look: <https://news.example/?a=1&amp;b=2> &lt;3",
                "https://news.example/?a=1&b=2",
                "look:  <3",
            ),
            (
                "<https://news.example/tea|our tea> made <http://b.example|the news>",
                "https://news.example/tea",
                "our tea made the news",
            ),
            (
                "<https://news.example/tea|news.example/tea>",
                "https://news.example/tea",
                "",
            ),
            ("<javascript:alert(1)|x> <!channel> <", "", ""),
            ("a <b", "", "a b"),
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
