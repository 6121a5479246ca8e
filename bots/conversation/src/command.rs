//! What people type after the command's name, in the words of both languages.

use server_api::enums::Period;

use crate::intent::{Intent, ProposalForm, TypedCode};

/// The command's name on every platform.
pub const NAME: &str = "/chorus";
/// Longest words after it that are read, but for those of a proposal.
const LONGEST: usize = 200;
/// Longest words of a proposal: an address and what is to be said of it.
pub const LONGEST_PROPOSAL: usize = 4_000;

impl Intent {
    /// What the words after the command's name mean.
    pub fn from_command(typed: &str) -> Self {
        if let Some(form) = ProposalForm::from_command(typed) {
            return Self::Propose(form);
        }
        let words: String = typed.chars().take(LONGEST).collect();
        let words = words.as_str();
        let lower = words.to_lowercase();
        let mut parts = lower.split_whitespace();
        let first = parts.next().unwrap_or_default();
        let second = parts.next();
        match first {
            "" | "help" | "hilfe" | "?" => Self::Help,
            "share" | "teilen" | "suggestions" | "vorschläge" => Self::ShowSuggestions,
            "review" | "prüfen" | "prüfung" => Self::ShowReviews,
            "me" | "ich" => Self::ShowMe,
            "console" | "konsole" => Self::ShowConsole,
            "pair" | "verbinden" => Self::from_pairing(words),
            "leaderboard" | "board" | "rangliste" => {
                second.map_or(Some(Period::default()), period).map_or_else(
                    || Self::NotUnderstood {
                        said: words.trim().to_owned(),
                    },
                    |period| Self::ShowLeaderboard { period },
                )
            }
            _ => Self::NotUnderstood {
                said: words.trim().to_owned(),
            },
        }
    }
}

impl Intent {
    /// A code may be typed in groups: everything after the first word is it.
    fn from_pairing(words: &str) -> Self {
        let code: Vec<&str> = words.split_whitespace().skip(1).collect();
        if code.is_empty() {
            Self::ShowPairing
        } else {
            Self::Pair {
                code: TypedCode(code.join(" ")),
            }
        }
    }
}

impl ProposalForm {
    /// A link first, if there is one, and then words; none where something else was typed.
    fn from_command(typed: &str) -> Option<Self> {
        let typed = typed.trim_start();
        let (first, rest) = match typed.split_once(char::is_whitespace) {
            Some((first, rest)) => (first, rest.trim()),
            None => (typed.trim_end(), ""),
        };
        if !matches!(first.to_lowercase().as_str(), "propose" | "vorschlagen") {
            return None;
        }
        let (next, others) = match rest.split_once(char::is_whitespace) {
            Some((next, others)) => (next, others.trim()),
            None => (rest, ""),
        };
        let is_link = next.contains("://") || (next.contains('.') && !next.ends_with('.'));
        let (link, words) = if is_link { (next, others) } else { ("", rest) };
        Some(Self {
            link: bare_link(link).to_owned(),
            why: String::new(),
            words: words.to_owned(),
        })
    }
}

/// An address without the signs that chats put around one, and the name behind it.
pub(crate) fn bare_link(typed: &str) -> &str {
    let typed = typed.trim();
    let inner = typed
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'));
    // Only between the signs a bar parts an address from a name.
    inner.map_or(typed, |inner| {
        inner.split_once('|').map_or(inner, |(link, _)| link)
    })
}

fn period(word: &str) -> Option<Period> {
    match word {
        "week" | "woche" => Some(Period::Week),
        "month" | "monat" => Some(Period::Month),
        "quarter" | "quartal" => Some(Period::Quarter),
        "all" | "alltime" | "immer" | "gesamt" => Some(Period::AllTime),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_in_both_languages() {
        for (typed, meant) in [
            ("", Intent::Help),
            ("  HELP ", Intent::Help),
            ("share", Intent::ShowSuggestions),
            ("Teilen", Intent::ShowSuggestions),
            ("me", Intent::ShowMe),
            ("review", Intent::ShowReviews),
            (" Prüfen", Intent::ShowReviews),
            ("console", Intent::ShowConsole),
            ("Konsole", Intent::ShowConsole),
            ("pair", Intent::ShowPairing),
            ("Verbinden ", Intent::ShowPairing),
            (
                "pair K7QM-2XRD",
                Intent::Pair {
                    code: TypedCode("K7QM-2XRD".into()),
                },
            ),
            (
                " PAIR k7qm  2xrd ",
                Intent::Pair {
                    code: TypedCode("k7qm 2xrd".into()),
                },
            ),
            (
                "leaderboard",
                Intent::ShowLeaderboard {
                    period: Period::Week,
                },
            ),
            (
                "rangliste Monat",
                Intent::ShowLeaderboard {
                    period: Period::Month,
                },
            ),
            (
                "board all",
                Intent::ShowLeaderboard {
                    period: Period::AllTime,
                },
            ),
        ] {
            assert_eq!(Intent::from_command(typed), meant, "{typed:?}");
        }
    }

    #[test]
    fn a_proposal_is_a_link_and_words_as_they_were_typed() {
        for (typed, link, words) in [
            ("propose", "", ""),
            (
                " Propose https://News.example/Tea ",
                "https://News.example/Tea",
                "",
            ),
            (
                "propose <https://news.example/tea|news> Proud of Our Tea",
                "https://news.example/tea",
                "Proud of Our Tea",
            ),
            ("vorschlagen news.example/tea", "news.example/tea", ""),
            ("propose news.example/?a=1|2", "news.example/?a=1|2", ""),
            ("propose Our tea is good.", "", "Our tea is good."),
        ] {
            let form = ProposalForm {
                link: link.into(),
                why: String::new(),
                words: words.into(),
            };
            assert_eq!(
                Intent::from_command(typed),
                Intent::Propose(form),
                "{typed:?}"
            );
        }
        let long = format!("coffee {}", "x".repeat(1_000));
        let Intent::NotUnderstood { said } = Intent::from_command(&long) else {
            panic!("it is no command");
        };
        assert_eq!(said.chars().count(), 200);
    }

    #[test]
    fn other_words_are_kept_as_they_were_typed() {
        assert_eq!(
            Intent::from_command(" Make Coffee "),
            Intent::NotUnderstood {
                said: "Make Coffee".into()
            }
        );
        assert_eq!(
            Intent::from_command("board yesterday"),
            Intent::NotUnderstood {
                said: "board yesterday".into()
            }
        );
    }
}
