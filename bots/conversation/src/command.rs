//! What people type after the command's name, in the words of both languages.

use server_api::enums::Period;

use crate::intent::{Intent, TypedCode};

/// The command's name on every platform.
pub const NAME: &str = "/chorus";

impl Intent {
    /// What the words after the command's name mean.
    pub fn from_command(words: &str) -> Self {
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
