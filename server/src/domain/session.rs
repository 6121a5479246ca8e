//! Sessions of the console: how long they last, and what a browser is called in their list.

use chrono::{DateTime, TimeDelta, Utc};
use entity::session;

/// A session that is not used for so long has ended.
pub const IDLE: TimeDelta = TimeDelta::days(30);
/// A session ends after so long, however often it is used.
pub const LONGEST: TimeDelta = TimeDelta::days(90);

/// Whether a session still lets its browser in.
pub fn is_open(session: &session::Model, now: DateTime<Utc>) -> bool {
    now < session.expires_at && now < session.last_seen_at + IDLE
}

/// Browser and system of a user agent, as people tell them apart. Nothing of it is repeated:
/// these are our own words.
pub fn browser(user_agent: &str) -> String {
    // The order matters: each of the later ones is also named by those before it.
    let name = first(
        user_agent,
        &[
            ("Edg", "Edge"),
            ("OPR/", "Opera"),
            ("Firefox/", "Firefox"),
            ("FxiOS/", "Firefox"),
            ("Chrome/", "Chrome"),
            ("CriOS/", "Chrome"),
            ("Safari/", "Safari"),
        ],
    );
    let system = first(
        user_agent,
        &[
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Windows", "Windows"),
            ("Mac OS X", "macOS"),
            ("CrOS", "ChromeOS"),
            ("Linux", "Linux"),
        ],
    );
    match (name, system) {
        (Some(name), Some(system)) => format!("{name}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}

fn first(text: &str, signs: &[(&str, &'static str)]) -> Option<&'static str> {
    signs
        .iter()
        .find(|(sign, _)| text.contains(sign))
        .map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_called_what_people_call_them() {
        for (user_agent, called) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0",
                "Edge, Windows",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox, Linux",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36",
                "Chrome, Android",
            ),
            ("curl/8.5", ""),
            ("<script>", ""),
        ] {
            assert_eq!(browser(user_agent), called);
        }
    }
}
