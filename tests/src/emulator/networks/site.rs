//! The networks: their addresses, which parameters their pages take, and how long a post may be.
use serde::{Deserialize, Serialize};

use super::length::Limit;

/// A network with a page for writing a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Site {
    /// Takes an address only.
    Linkedin,
    /// Takes text and address.
    X,
    /// Takes an address only.
    Facebook,
    /// Takes text and address.
    Threads,
    /// Takes text.
    Bluesky,
    /// Takes text.
    Mastodon,
    /// Takes an address and a title.
    Reddit,
    /// Takes an address only.
    Xing,
    /// Takes text.
    Whatsapp,
    /// Takes text and address.
    Telegram,
    /// A mail client's window, in place of `mailto:`.
    Email,
}

/// All of them, in the order in which they are listed.
pub const SITES: [Site; 11] = [
    Site::Linkedin,
    Site::X,
    Site::Bluesky,
    Site::Mastodon,
    Site::Threads,
    Site::Facebook,
    Site::Xing,
    Site::Reddit,
    Site::Whatsapp,
    Site::Telegram,
    Site::Email,
];

/// The parameters from which a page fills its composer, in the order in which they are joined.
#[derive(Clone, Copy, Debug)]
pub struct Parameters {
    /// Those that go into the words.
    pub words: &'static [&'static str],
    /// The one that becomes the link's card.
    pub link: Option<&'static str>,
}

impl Site {
    /// The first part of the path, and the name in configuration.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Linkedin => "linkedin",
            Self::X => "x",
            Self::Facebook => "facebook",
            Self::Threads => "threads",
            Self::Bluesky => "bluesky",
            Self::Mastodon => "mastodon",
            Self::Reddit => "reddit",
            Self::Xing => "xing",
            Self::Whatsapp => "whatsapp",
            Self::Telegram => "telegram",
            Self::Email => "email",
        }
    }

    /// The one with this slug.
    pub fn of(slug: &str) -> Option<Self> {
        SITES.into_iter().find(|site| site.slug() == slug)
    }

    /// The name that people know.
    pub fn name(self) -> &'static str {
        match self {
            Self::Linkedin => "LinkedIn",
            Self::X => "X",
            Self::Facebook => "Facebook",
            Self::Threads => "Threads",
            Self::Bluesky => "Bluesky",
            Self::Mastodon => "Mastodon",
            Self::Reddit => "Reddit",
            Self::Xing => "XING",
            Self::Whatsapp => "WhatsApp",
            Self::Telegram => "Telegram",
            Self::Email => "E-mail",
        }
    }

    /// Where the page stands below the network's own address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Linkedin => "/sharing/share-offsite/",
            Self::X | Self::Threads => "/intent/post",
            Self::Facebook => "/sharer/sharer.php",
            Self::Bluesky => "/intent/compose",
            Self::Mastodon => "/share",
            Self::Reddit => "/submit",
            Self::Xing => "/spi/shares/new",
            Self::Whatsapp => "/send",
            Self::Telegram => "/share/url",
            Self::Email => "/compose",
        }
    }

    /// What the page takes; other parameters are ignored there, as text is on LinkedIn.
    pub fn parameters(self) -> Parameters {
        let (words, link): (&[&str], Option<&str>) = match self {
            Self::Linkedin | Self::Xing => (&[], Some("url")),
            Self::Facebook => (&[], Some("u")),
            Self::X | Self::Threads | Self::Telegram => (&["text"], Some("url")),
            Self::Bluesky | Self::Mastodon | Self::Whatsapp => (&["text"], None),
            Self::Reddit => (&["title", "text"], Some("url")),
            Self::Email => (&["subject", "body"], None),
        };
        Parameters { words, link }
    }

    /// How long a post may be there (PRODUCT and each network's help pages, November 2026).
    pub fn limit(self) -> Limit {
        match self {
            Self::Linkedin => Limit::Characters(3_000),
            Self::X => Limit::Weighted(280),
            Self::Facebook => Limit::Characters(63_206),
            Self::Threads => Limit::Characters(500),
            Self::Bluesky => Limit::Graphemes(300),
            Self::Mastodon => Limit::CharactersWithShortLinks(500),
            Self::Reddit => Limit::Characters(40_000),
            Self::Xing => Limit::Characters(10_000),
            Self::Whatsapp => Limit::Characters(65_536),
            Self::Telegram => Limit::Characters(4_096),
            Self::Email => Limit::Characters(100_000),
        }
    }

    /// The crawler that fetches a link's card for this network, by its user agent.
    pub(super) fn crawler(self) -> &'static str {
        match self {
            Self::Linkedin => "LinkedInBot/1.0 (compatible; Mozilla/5.0; +http://www.linkedin.com)",
            Self::X => "Twitterbot/1.0",
            Self::Facebook | Self::Threads => {
                "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"
            }
            Self::Bluesky => {
                "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)"
            }
            Self::Mastodon => "http.rb/5.1.1 (Mastodon/4.3.0; +https://mastodon.example/) Bot",
            Self::Reddit => {
                "Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)"
            }
            Self::Xing => "XING-contenttabreceiver/2.0",
            Self::Whatsapp => "WhatsApp/2.24.6.77 A",
            Self::Telegram => "TelegramBot (like TwitterBot)",
            Self::Email => "GoogleImageProxy",
        }
    }
}
