//! Tests of where shares go: every network, hostile text, instances.

use super::*;
use proptest::prelude::*;

const LINK: &str = "https://go.example/l/abcdEFGH";
const MESSAGE: Message<'_> = Message {
    title: "Tea & coffee",
    text: "We tried 100% oolong #tea\n\nhttps://go.example/l/abcdEFGH",
    link: Some(LINK),
};

fn to(network: Network) -> String {
    target(network, &Sites::default(), Some("social.example"), MESSAGE).unwrap()
}

#[test]
fn each_network_gets_what_its_page_takes() {
    let link = "https%3A%2F%2Fgo.example%2Fl%2FabcdEFGH";
    let words = "We%20tried%20100%25%20oolong%20%23tea";
    let both = format!("{words}%0A%0A{link}");
    let cases = [
        (
            Network::Linkedin,
            format!("https://www.linkedin.com/sharing/share-offsite/?url={link}"),
        ),
        (
            Network::X,
            format!("https://x.com/intent/post?text={words}&url={link}"),
        ),
        (
            Network::Facebook,
            format!("https://www.facebook.com/sharer/sharer.php?u={link}"),
        ),
        (
            Network::Threads,
            format!("https://www.threads.com/intent/post?text={words}&url={link}"),
        ),
        (
            Network::Bluesky,
            format!("https://bsky.app/intent/compose?text={both}"),
        ),
        (
            Network::Mastodon,
            format!("https://social.example/share?text={both}"),
        ),
        (
            Network::Reddit,
            format!("https://www.reddit.com/submit?url={link}&title=Tea%20%26%20coffee"),
        ),
        (
            Network::Xing,
            format!("https://www.xing.com/spi/shares/new?url={link}"),
        ),
        (
            Network::Whatsapp,
            format!("https://api.whatsapp.com/send?text={both}"),
        ),
        (
            Network::Telegram,
            format!("https://t.me/share/url?url={link}&text={words}"),
        ),
        (
            Network::Email,
            format!("mailto:?subject=Tea%20%26%20coffee&body={both}"),
        ),
    ];
    for (network, expected) in cases {
        assert_eq!(to(network), expected);
    }
    assert_eq!(
        target(Network::Copy, &Sites::default(), None, MESSAGE),
        None
    );
}

#[test]
fn a_stand_in_replaces_the_site_and_nothing_else() {
    let stand_in = Url::parse("http://127.0.0.1:9000/linkedin/").unwrap();
    let sites = Sites([(Network::Linkedin, stand_in)].into());
    assert_eq!(
        target(Network::Linkedin, &sites, None, MESSAGE).unwrap(),
        "http://127.0.0.1:9000/linkedin/sharing/share-offsite/?url=https%3A%2F%2Fgo.example%2Fl%2FabcdEFGH"
    );
}

#[test]
fn without_an_instance_there_is_no_page_on_mastodon() {
    assert_eq!(
        target(Network::Mastodon, &Sites::default(), None, MESSAGE),
        None
    );
}

#[test]
fn a_post_without_a_link_goes_only_where_words_are_carried() {
    for network in NETWORKS {
        let link_only = matches!(
            network,
            Network::Linkedin | Network::Facebook | Network::Xing
        );
        assert_eq!(can_carry(network, PostKind::Share, false), !link_only);
        assert!(can_carry(network, PostKind::Job, true));
        assert!(!can_carry(network, PostKind::Engage, true));
        let words = Message {
            link: None,
            text: "Only words",
            ..MESSAGE
        };
        let page = target(network, &Sites::default(), Some("social.example"), words);
        assert_eq!(page.is_none(), link_only || network == Network::Copy);
    }
}

#[test]
fn an_instance_is_a_host_name_and_nothing_else() {
    for typed in [
        "mastodon.social",
        " Mastodon.Social ",
        "@ada@mastodon.social",
        "https://mastodon.social/@ada",
        "https://mastodon.social?x=1",
    ] {
        assert_eq!(
            mastodon_host(typed).as_deref(),
            Some("mastodon.social"),
            "{typed}"
        );
    }
    assert_eq!(
        mastodon_host("bücher.example").as_deref(),
        Some("xn--bcher-kva.example")
    );
    for typed in [
        "",
        "localhost",
        "127.0.0.1",
        "2130706433",
        "[::1]",
        "a.example:8080",
        "a b.example",
        "a.example%2fevil",
        "javascript:alert(1)",
        "@",
        "//",
    ] {
        assert_eq!(mastodon_host(typed), None, "{typed}");
    }
}

proptest! {
    #[test]
    fn no_text_leaves_its_parameter_or_its_site(title in "\\PC{0,80}", words in "\\PC{0,200}") {
        let text = format!("{words}\n\n{LINK}");
        let message = Message { title: &title, text: &text, link: Some(LINK) };
        for network in NETWORKS {
            let Some(page) = target(network, &Sites::default(), Some("social.example"), message) else {
                continue;
            };
            let plain = Url::parse(&to(network)).unwrap();
            let url = Url::parse(&page).unwrap();
            prop_assert_eq!(url.host(), plain.host());
            prop_assert_eq!(url.path(), plain.path());
            prop_assert_eq!(url.fragment(), None);
            let names = |url: &Url| url.query_pairs().map(|(name, _)| name.into_owned()).collect::<Vec<_>>();
            prop_assert_eq!(names(&url), names(&plain));
        }
    }

    #[test]
    fn whatever_is_typed_as_an_instance_is_a_plain_host(typed in "\\PC{0,60}") {
        if let Some(host) = mastodon_host(&typed) {
            let url = Url::parse(&format!("https://{host}/share")).unwrap();
            prop_assert_eq!(url.host_str(), Some(host.as_str()));
            prop_assert_eq!(url.path(), "/share");
        }
    }
}
