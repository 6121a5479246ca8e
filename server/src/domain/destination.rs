//! Where a tracked link leads: the post's own address with UTM parameters
//! merged into its own query.

use entity::enums::Network;
use entity::json::UtmTemplate;
use percent_encoding::utf8_percent_encode;
use url::Url;

use super::intent::PARAMETER;

/// Values of the UTM parameters of one link.
#[derive(Clone, Copy, Debug)]
pub struct Utm<'a> {
    /// The organization's template.
    pub template: &'a UtmTemplate,
    /// The network of the share.
    pub network: Network,
    /// Slug of the post's campaign.
    pub campaign: Option<&'a str>,
    /// The link's code: opaque, never a name.
    pub code: &'a str,
}

/// `url` with the parameters it does not have yet; what it has, its order and
/// its fragment stay as they are. None if it is no web address.
pub fn destination(url: &str, utm: Utm<'_>) -> Option<String> {
    let mut url = Url::parse(url).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let present: Vec<String> = url
        .query_pairs()
        .map(|(name, _)| name.to_lowercase())
        .collect();
    let source = utm
        .template
        .source
        .replace("{network}", network_word(utm.network));
    let parameters = [
        ("utm_source", source.as_str()),
        ("utm_medium", utm.template.medium.as_str()),
        (
            "utm_campaign",
            utm.campaign.unwrap_or(&utm.template.campaign),
        ),
        ("utm_content", utm.code),
    ];
    // The query is extended as text: parsing it and writing it again would change
    // what some sites sign.
    let mut query = url.query().unwrap_or_default().to_owned();
    for (name, value) in parameters {
        if value.is_empty() || present.iter().any(|present| present == name) {
            continue;
        }
        if !query.is_empty() && !query.ends_with('&') {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        query.extend(utf8_percent_encode(value, PARAMETER));
    }
    if !query.is_empty() {
        url.set_query(Some(&query));
    }
    Some(url.into())
}

/// The network's name as analytics tools know it.
pub fn network_word(network: Network) -> &'static str {
    match network {
        Network::Linkedin => "linkedin",
        Network::X => "x",
        Network::Facebook => "facebook",
        Network::Threads => "threads",
        Network::Bluesky => "bluesky",
        Network::Mastodon => "mastodon",
        Network::Reddit => "reddit",
        Network::Xing => "xing",
        Network::Whatsapp => "whatsapp",
        Network::Telegram => "telegram",
        Network::Email => "email",
        Network::Copy => "copy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(url: &str, campaign: Option<&str>) -> Option<String> {
        destination(
            url,
            Utm {
                template: &UtmTemplate::default(),
                network: Network::Linkedin,
                campaign,
                code: "abcdEFGH",
            },
        )
    }

    #[test]
    fn parameters_are_merged_into_the_addresss_own_query() {
        let all = "utm_source=linkedin&utm_medium=employee_advocacy&utm_campaign=chorus&utm_content=abcdEFGH";
        let cases = [
            ("https://a.example", format!("https://a.example/?{all}")),
            (
                "https://a.example/p?id=1",
                format!("https://a.example/p?id=1&{all}"),
            ),
            (
                "https://a.example/p?a=%20+b&&",
                format!("https://a.example/p?a=%20+b&&{all}"),
            ),
            (
                "https://a.example/p#part",
                format!("https://a.example/p?{all}#part"),
            ),
        ];
        for (url, expected) in cases {
            assert_eq!(merged(url, None).unwrap(), expected);
        }
    }

    #[test]
    fn what_the_address_has_already_is_kept() {
        assert_eq!(
            merged(
                "https://a.example/?UTM_Source=me&utm_content=x",
                Some("spring")
            )
            .unwrap(),
            "https://a.example/?UTM_Source=me&utm_content=x&utm_medium=employee_advocacy&utm_campaign=spring"
        );
    }

    #[test]
    fn only_web_addresses_are_destinations() {
        for url in [
            "javascript:alert(1)",
            "data:text/html,x",
            "/relative",
            "",
            "file:///etc/passwd",
        ] {
            assert_eq!(merged(url, None), None, "{url}");
        }
    }
}
