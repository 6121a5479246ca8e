//! Logging in to the console: what a password must be, how often one may be tried, how long
//! one-time links count, and where a browser may be sent on to.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::LoginPurpose;
use entity::login_link;

/// Characters of a password, at least (NIST SP 800-63B asks for 8 beside a second factor, and
/// for 15 without; the throttle stands in between).
pub const SHORTEST_PASSWORD: usize = 12;
/// Characters of a password, at most: hashing longer ones is somebody's attack.
pub const LONGEST_PASSWORD: usize = 200;

/// Passwords that one account may try within a period.
pub const TRIES_PER_ACCOUNT: i64 = 10;
/// Passwords that one address may try within a period; an office shares one.
pub const TRIES_PER_ADDRESS: i64 = 60;
/// Seconds of a period.
const PERIOD: i64 = 15 * 60;

/// Why a password cannot be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordFault {
    /// It has too few characters.
    TooShort,
    /// It has too many.
    TooLong,
    /// It is easily guessed: the address or the name of its member, or one letter again and again.
    Guessable,
}

/// Whether a password may be chosen by somebody of this address and name.
pub fn check_password(password: &str, known: &[&str]) -> Result<(), PasswordFault> {
    let length = password.chars().count();
    if length < SHORTEST_PASSWORD {
        return Err(PasswordFault::TooShort);
    }
    if length > LONGEST_PASSWORD {
        return Err(PasswordFault::TooLong);
    }
    let lower = password.to_lowercase();
    let mut letters: Vec<char> = lower.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let is_known = known.iter().any(|word| word.to_lowercase() == lower);
    if letters.len() < 5 || is_known {
        return Err(PasswordFault::Guessable);
    }
    Ok(())
}

/// The period that a time lies in, in which tries are counted together.
pub fn period(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(PERIOD)
}

/// Seconds until the next period begins.
pub fn next_period(now: DateTime<Utc>) -> i64 {
    PERIOD - now.timestamp().rem_euclid(PERIOD)
}

/// How long a link of a purpose counts.
pub fn lifetime(purpose: LoginPurpose) -> TimeDelta {
    match purpose {
        // Until who was invited is back at their desk.
        LoginPurpose::FirstStart | LoginPurpose::Invitation => TimeDelta::days(1),
        LoginPurpose::Chat => TimeDelta::minutes(10),
    }
}

/// Whether a link still lets somebody in.
pub fn is_good(link: &login_link::Model, now: DateTime<Utc>) -> bool {
    link.consumed_at.is_none() && now < link.expires_at
}

/// Where a browser may be sent on to after logging in to an organization: its own console. What
/// is no path of it leads to its beginning.
pub fn onward(slug: &str, wanted: Option<&str>) -> String {
    let home = format!("/o/{slug}/");
    wanted
        .filter(|path| {
            path.starts_with(&home)
                // Browsers read a backslash as a slash, and drop what controls.
                && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
                && !path.contains("/../")
                && !path.ends_with("/..")
        })
        .map_or_else(|| home.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_and_not_easily_guessed() {
        let known = ["ada.lovelace@acme.example", "Ada Lovelace"];
        for (password, fault) in [
            ("correct horse battery", None),
            ("ß und Ü sind erlaubt", None),
            ("eleven chars"[..11].as_ref(), Some(PasswordFault::TooShort)),
            ("aaaaaaaaaaaaaaaa", Some(PasswordFault::Guessable)),
            ("ada lovelace", Some(PasswordFault::Guessable)),
            ("ADA.Lovelace@acme.example", Some(PasswordFault::Guessable)),
        ] {
            assert_eq!(check_password(password, &known).err(), fault, "{password}");
        }
        let long = "abcdefgh".repeat(26);
        assert_eq!(check_password(&long, &[]), Err(PasswordFault::TooLong));
    }

    #[test]
    fn a_browser_is_sent_on_to_the_own_console_only() {
        for (wanted, leads_to) in [
            (
                Some("/o/acme/library?state=draft"),
                "/o/acme/library?state=draft",
            ),
            (Some("/o/acme/"), "/o/acme/"),
            (None, "/o/acme/"),
            (Some(""), "/o/acme/"),
            (Some("https://evil.example/o/acme/"), "/o/acme/"),
            (Some("//evil.example"), "/o/acme/"),
            (Some("/\\evil.example"), "/o/acme/"),
            (Some("/o/acme/\\evil"), "/o/acme/"),
            (Some("/o/other/"), "/o/acme/"),
            (Some("/o/acme/../../api"), "/o/acme/"),
            (Some("/o/acme/a\r\nSet-Cookie: x"), "/o/acme/"),
        ] {
            assert_eq!(onward("acme", wanted), leads_to, "{wanted:?}");
        }
    }

    #[test]
    fn a_period_is_a_quarter_of_an_hour() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        assert_eq!(period(at(899)), 0);
        assert_eq!(period(at(900)), 1);
        assert_eq!(next_period(at(899)), 1);
        assert_eq!(next_period(at(900)), 900);
    }
}
