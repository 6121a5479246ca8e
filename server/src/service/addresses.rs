//! Our own addresses as others see them, and the networks' as we see them.

use entity::enums::Network;
use entity::ids::{MemberId, PostId};
use entity::organization;

use crate::app::App;
use crate::config::Config;
use crate::domain::intent::Sites;
use crate::domain::signed::{BoardToken, ShareToken, SigningKey};
use crate::secrets::Keys;

/// Where this server is reached, what it signs with, and where networks are.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// The public address, such as `https://chorus.example`.
    pub base: String,
    /// Keys of signed addresses: the first signs, all verify. Never empty.
    pub keys: Vec<SigningKey>,
    /// Stand-ins of networks.
    pub sites: Sites,
}

impl Addresses {
    /// What the configuration says, and the keys for this purpose.
    pub fn of(config: &Config, keys: &Keys) -> Self {
        Self {
            base: config.web.base_url.clone(),
            keys: keys.signing("addresses"),
            sites: Sites(config.networks.base_urls.clone()),
        }
    }

    /// Whether browsers reach us over TLS, so that cookies can insist on it.
    pub fn are_secure(&self) -> bool {
        self.base.starts_with("https:")
    }

    /// Whether they lead to this machine itself, as in a demonstration.
    pub fn are_local(&self) -> bool {
        use url::Host;
        let url = url::Url::parse(&self.base).ok();
        url.as_ref()
            .and_then(url::Url::host)
            .is_some_and(|host| match host {
                Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
                Host::Ipv4(address) => address.is_loopback(),
                Host::Ipv6(address) => address.is_loopback(),
            })
    }

    /// The address of `path` on this server.
    pub fn at(&self, path: &str) -> String {
        format!("{}/{path}", self.base)
    }

    /// The short link of a code, where the organization's links begin now. Whichever host a reader
    /// asks, the code leads on.
    pub fn link(&self, organization: &organization::Model, code: &str) -> String {
        match &organization.short_url {
            Some(base) => format!("{base}/l/{code}"),
            None => self.at(&format!("l/{code}")),
        }
    }

    /// The short link of a code as it ends these words: links may have begun elsewhere when the
    /// words were dealt.
    pub fn link_in(&self, organization: &organization::Model, code: &str, words: &str) -> String {
        let last = words.rsplit(char::is_whitespace).next();
        let ending = format!("/l/{code}");
        last.filter(|word| word.ends_with(&ending))
            .map_or_else(|| self.link(organization, code), str::to_owned)
    }
}

/// A member's own way to share a post on a network.
pub fn share_url(app: &App, post: PostId, member: MemberId, network: Network) -> String {
    let token = ShareToken {
        post,
        member,
        network,
        issued_at: app.now(),
    };
    let text = token.sign(&app.addresses().keys).unwrap_or_default();
    app.addresses().at(&format!("s/{text}"))
}

/// A member's board, good for one day.
pub fn board_url(app: &App, member: MemberId) -> String {
    let token = BoardToken {
        member,
        issued_at: app.now(),
    };
    let text = token.sign(&app.addresses().keys).unwrap_or_default();
    app.addresses().at(&format!("b/{text}"))
}
