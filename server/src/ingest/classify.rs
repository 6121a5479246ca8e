//! Whose request it is: a reader's, a program's, the sharing member's own, or
//! that of somebody who asks not to be tracked.

use entity::enums::{HitClass, HitReason};

use super::crawlers::Program;

/// What a request says about its sender.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each sign stands for itself, and all may come together"
)]
pub struct Signs<'a> {
    /// It asks for headers only.
    pub head: bool,
    /// `User-Agent`.
    pub user_agent: Option<&'a str>,
    /// `Purpose`, `Sec-Purpose` or `X-Moz` announce a prefetch or preview.
    pub prefetch: bool,
    /// `DNT: 1`.
    pub do_not_track: bool,
    /// `Sec-GPC: 1`.
    pub privacy_control: bool,
    /// The cookie that `/s/` gave to the sharing member's browser for this link.
    pub own_cookie: bool,
}

/// A class and what spoke for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whose request it is.
    pub class: HitClass,
    /// Why.
    pub reason: HitReason,
}

/// Tells whose request it is. What is no person comes first: a crawler that
/// sends `DNT` is a crawler. Then the wish not to be tracked, which binds us
/// also with the member's own browser.
///
/// `program` tells the program behind a user agent, if there is one.
pub fn classify(signs: Signs<'_>, program: impl FnOnce(&str) -> Option<Program>) -> Verdict {
    let (class, reason) = if signs.head {
        (HitClass::Bot, HitReason::HeadRequest)
    } else if signs.prefetch {
        (HitClass::Bot, HitReason::Prefetch)
    } else {
        match signs.user_agent.map(str::trim).filter(|ua| !ua.is_empty()) {
            None => (HitClass::Bot, HitReason::NoUserAgent),
            Some(user_agent) => match program(user_agent) {
                Some(Program::Crawler) => (HitClass::Bot, HitReason::Crawler),
                Some(Program::LinkScanner) => (HitClass::Bot, HitReason::LinkScanner),
                None => person(signs),
            },
        }
    };
    Verdict { class, reason }
}

fn person(signs: Signs<'_>) -> (HitClass, HitReason) {
    if signs.do_not_track {
        (HitClass::Private, HitReason::DoNotTrack)
    } else if signs.privacy_control {
        (HitClass::Private, HitReason::GlobalPrivacyControl)
    } else if signs.own_cookie {
        (HitClass::Own, HitReason::OwnCookie)
    } else {
        (HitClass::Human, HitReason::Browser)
    }
}

#[cfg(test)]
mod tests {
    use super::super::crawlers;
    use super::*;

    const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    fn reader() -> Signs<'static> {
        Signs {
            user_agent: Some(FIREFOX),
            ..Signs::default()
        }
    }

    fn agent(user_agent: &str) -> Signs<'_> {
        Signs {
            user_agent: Some(user_agent),
            ..Signs::default()
        }
    }

    #[test]
    fn the_strongest_sign_decides() {
        let mut head = reader();
        head.head = true;
        let mut prefetch = reader();
        prefetch.prefetch = true;
        prefetch.do_not_track = true;
        let mut shy_member = reader();
        shy_member.do_not_track = true;
        shy_member.own_cookie = true;
        let mut shy_reader = reader();
        shy_reader.privacy_control = true;
        let mut member = reader();
        member.own_cookie = true;
        let cases = [
            (reader(), HitClass::Human, HitReason::Browser),
            (head, HitClass::Bot, HitReason::HeadRequest),
            (prefetch, HitClass::Bot, HitReason::Prefetch),
            (Signs::default(), HitClass::Bot, HitReason::NoUserAgent),
            (agent(" "), HitClass::Bot, HitReason::NoUserAgent),
            (agent("Slackbot 1.0"), HitClass::Bot, HitReason::Crawler),
            (agent("urlscan.io"), HitClass::Bot, HitReason::LinkScanner),
            (shy_member, HitClass::Private, HitReason::DoNotTrack),
            (
                shy_reader,
                HitClass::Private,
                HitReason::GlobalPrivacyControl,
            ),
            (member, HitClass::Own, HitReason::OwnCookie),
        ];
        for (signs, class, reason) in cases {
            assert_eq!(
                classify(signs, crawlers::program),
                Verdict { class, reason },
                "{signs:?}"
            );
        }
    }
}
