//! A post as people will see it: its card, and its wordings with their lengths on each network.

use entity::enums::{Network, PostState};
use url::Url;

use super::look::Look;
use super::named;
use crate::domain::dealing::disclosed;
use crate::domain::post::measure;
use crate::service::posts::PostDetail;

/// A post as people will see it.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its headline.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// A picture, and what it shows.
    pub picture: Option<(String, String)>,
    /// Where its links lead, and the name of that site.
    pub link: Option<(String, String)>,
    /// The campaign that it serves.
    pub campaign: Option<String>,
    /// Its wordings.
    pub wordings: Vec<Wording>,
}

/// One wording.
#[derive(Clone, Debug)]
pub struct Wording {
    /// The network it is for; none for every network.
    pub network: Option<String>,
    /// The words, and who speaks.
    pub text: String,
    /// How much of the network's room they take, with the link and who speaks.
    pub used: usize,
    /// How much there is.
    pub room: usize,
}

impl Piece {
    /// What people will see of a post that says this near its claim.
    pub fn of(look: &Look, detail: &PostDetail, disclosure: Option<&str>) -> Self {
        let post = &detail.post;
        let wordings = detail.variants.iter().map(|variant| {
            // A wording for every network may be as long as the roomiest one allows.
            let network = variant.network.unwrap_or(Network::Linkedin);
            let text = disclosed(&variant.text, disclosure);
            let measured = measure(network, &text, post.url.is_some());
            Wording {
                network: (variant.network).map(|network| look.say(named::network::key(network))),
                used: measured.length,
                room: measured.limit,
                text,
            }
        });
        Self {
            title: post.title.clone(),
            summary: post.summary.clone(),
            picture: post
                .image_url
                .clone()
                .map(|url| (url, post.image_alt.clone().unwrap_or_default())),
            link: post.url.clone().map(|url| {
                let site = site(&url);
                (url, site)
            }),
            campaign: detail.campaign.clone(),
            wordings: wordings.collect(),
        }
    }
}

/// The name of an address's site.
pub(super) fn site(url: &str) -> String {
    let host = Url::parse(url).ok();
    let host = host.as_ref().and_then(Url::host_str).unwrap_or(url);
    host.trim_start_matches("www.").to_owned()
}

/// A state in a word, and the kind of chip that shows it.
pub fn state(look: &Look, state: PostState) -> (String, &'static str) {
    (look.say(named::state::key(state)), named::tone(state))
}
