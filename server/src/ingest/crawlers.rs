//! Programs that fetch links without anybody reading them: the list of the
//! crate `isbot`, what it does not know, and what no browser's name looks like.
//!
//! `tests/checks/run user-agents` holds this to the lists of others.

use std::sync::LazyLock;

use isbot::Bots;

/// What kind of program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// It indexes pages or makes previews of them.
    Crawler,
    /// It looks for danger behind links before a person may follow them.
    LinkScanner,
}

/// Words in the user agents of programs that make previews, in lower case.
/// Chats and networks fetch a link as soon as it is posted.
const PREVIEWS: &[&str] = &[
    "bluesky cardyb",
    "whatsapp/",
    "skypeuripreview",
    "microsoft teams",
    "msteams",
    "slackbot",
    "slack-imgproxy",
    "discordbot",
    "twitterbot",
    "facebookexternalhit",
    "facebookcatalog",
    "meta-externalagent",
    "meta-externalfetcher",
    "linkedinbot",
    "telegrambot",
    "mastodon/",
    "pleroma",
    "misskey/",
    "akkoma",
    "iframely",
    "embedly",
    "redditbot",
    "xing-contenttabreceiver",
    "viber",
    "line-poker",
    "google-pagerenderer",
    "googleimageproxy",
    "yahoomailproxy",
    "vkshare",
    "pinterestbot",
    "snap url preview",
    "zoombot",
    "mattermost",
    "rocket.chat",
    "synapse",
    "nextcloud",
    "python-requests",
    "python-urllib",
    "aiohttp",
    "go-http-client",
    "okhttp",
    "java/",
    "libwww",
    "axios/",
    "node-fetch",
    "undici",
    "headlesschrome",
    "gptbot",
    "claudebot",
    "perplexitybot",
];

/// Words in the user agents of programs that look like a browser otherwise: tools that
/// measure, collect, archive or act for somebody, in lower case.
const TOOLS: &[&str] = &[
    "cookiehub",
    "synthetic",
    "playwright",
    "selenium",
    "newsai/",
    "collapsify",
    "dotcom-monitor",
    "manus-user",
    "scope3.com",
    "silktide",
    "thousandeyes",
    "claude-user",
    "sindup",
    "tsm-turingos",
    "webcapture",
    "autoconfig test",
    "brokenlinkcheck",
    "criticalcss",
    "dlc/",
    "feeder.co",
    "ghost inspector",
    "gotsitemonitor",
    "gtmetrix",
    "hotjar",
    "linktiger",
    "marketgoo",
    "miniature.io",
    "monitorss",
    "nbertaupete95",
    "scraping",
    "newsnow/",
    "playstore-google",
    "printfriendly",
    "pwabuilder",
    "readable/",
    "splash version",
    "rigor)",
    "testlocally",
    "zotero",
    "ylt chrome",
    "geedoshop",
];

/// Words in the user agents of programs that examine links, in lower case.
const SCANNERS: &[&str] = &[
    "safelinks",
    "proofpoint",
    "mimecast",
    "barracuda",
    "bitdefender",
    "symantec",
    "trendmicro",
    "urlscan",
    "virustotal",
    "phishtank",
    "netcraft",
    "censysinspect",
    "expanse",
    "cloudmark",
    "forcepoint",
    "zscaler",
    "fortiguard",
    "sophos",
    "google-safety",
    "checkpoint",
    "nikto",
    "acunetix",
    "hardenize",
    "sqwatcher",
    "foregenix",
    "contentscan",
    "openvas",
    "researchscan",
    "securityheaders",
    "sitecheck",
    "sucuri",
    "xmco.fr",
    "watchtowr",
    "keydrop",
];

/// The kind of program behind a user agent; none for what may be a person's browser.
pub fn program(user_agent: &str) -> Option<Program> {
    // Compiled once: the list is one regular expression of some hundred patterns.
    static KNOWN: LazyLock<Bots> = LazyLock::new(Bots::default);
    let lower = user_agent.to_lowercase();
    if SCANNERS.iter().any(|word| lower.contains(word)) {
        Some(Program::LinkScanner)
    } else if PREVIEWS
        .iter()
        .chain(TOOLS)
        .any(|word| lower.contains(word))
        || !is_like_a_browser(&lower)
        || KNOWN.is_bot(user_agent)
    {
        Some(Program::Crawler)
    } else {
        None
    }
}

/// Whether a user agent in lower case is written as browsers write theirs. Every one that
/// people use begins with one of two words, and of all that call themselves compatible
/// only the old Internet Explorer and Konqueror were browsers.
fn is_like_a_browser(lower: &str) -> bool {
    let begins = lower.starts_with("mozilla/") || lower.starts_with("opera/");
    let compatible = lower.contains("compatible");
    begins && (!compatible || ["msie", "konqueror"].iter().any(|it| lower.contains(it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_that_make_previews_are_known() {
        for user_agent in [
            "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
            "WhatsApp/2.23.20.0 A",
            "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
            "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
            "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
            "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
            "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
            "Twitterbot/1.0",
            "Mastodon/4.3.1 (http.rb/5.2.0; +https://mastodon.social/)",
            "TelegramBot (like TwitterBot)",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
            "curl/8.14.1",
        ] {
            assert_eq!(program(user_agent), Some(Program::Crawler), "{user_agent}");
        }
    }

    #[test]
    fn programs_that_examine_links_are_known() {
        for user_agent in [
            "Mozilla/5.0 (compatible; CensysInspect/1.1; +https://about.censys.io/)",
            "Barracuda Sentinel (EE)",
            "Mozilla/5.0 (compatible; urlscan.io)",
        ] {
            assert_eq!(
                program(user_agent),
                Some(Program::LinkScanner),
                "{user_agent}"
            );
        }
    }

    #[test]
    fn what_is_not_written_like_a_browser_is_a_program() {
        for user_agent in [
            "WhatsApp",
            "ALittle Client",
            "Instapaper/4.0Instaparser/1.0",
            "Mozilla/5.0 (compatible; Attracta)",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.7204.168 Safari/537.36 DatadogSynthetics",
        ] {
            assert_eq!(program(user_agent), Some(Program::Crawler), "{user_agent}");
        }
    }

    #[test]
    fn browsers_of_people_are_not_programs() {
        for user_agent in [
            "Mozilla/5.0 (Linux; Android 12; CUBOT X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
            "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)",
            "Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16",
            "Mozilla/5.0 (Linux; Android 16; Pixel 10 Build/CP1A.260305.018; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/146.0.7680.174 Mobile Safari/537.36 MetaIAB Facebook",
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [LinkedInApp]/9.31.2",
            "Mozilla/5.0 (Linux; Android 14; SM-S911B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 Instagram 350.0",
        ] {
            assert_eq!(program(user_agent), None, "{user_agent}");
        }
    }
}
