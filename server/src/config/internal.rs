//! Options of what the parts reach.

use std::net::SocketAddr;

use entity::enums::Platform;
use secrecy::SecretString;
use server_api::enums::Platform as WirePlatform;

use super::Reader;
use super::web::listen;
use crate::secrets::tokens::service_token;

/// Letters of the shared secret, at least: it is as good as a key.
const MIN_TOKEN: usize = 32;

/// The internal listener.
#[derive(Clone, Debug)]
pub struct InternalConfig {
    /// Address and port.
    pub listen: SocketAddr,
    /// Where parts that run apart reach it, without a slash at its end; none for `listen`.
    pub url: Option<String>,
    /// The secret that parts which run apart share.
    pub token: Option<SecretString>,
}

impl InternalConfig {
    /// Where the parts reach it.
    pub fn base(&self) -> String {
        self.url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// The token of a part that runs apart from the web part; none where no
    /// shared secret is configured.
    pub fn service_token(&self, platform: WirePlatform) -> Option<SecretString> {
        let platform = match platform {
            WirePlatform::Slack => Platform::Slack,
            WirePlatform::Discord => Platform::Discord,
        };
        self.token
            .as_ref()
            .map(|token| service_token(token, platform))
    }

    pub(super) fn read(reader: &mut Reader) -> Self {
        use secrecy::ExposeSecret;

        let token = reader.secret("internal.token");
        if token
            .as_ref()
            .is_some_and(|token| token.expose_secret().len() < MIN_TOKEN)
        {
            reader.fault(
                "internal.token",
                format!("has at least {MIN_TOKEN} letters"),
            );
        }
        Self {
            listen: listen(reader, "internal.listen"),
            url: reader
                .parsed::<url::Url>("internal.url", "an address such as http://10.0.0.5:8081")
                .map(|url| url.as_str().trim_end_matches('/').to_owned()),
            token,
        }
    }
}
