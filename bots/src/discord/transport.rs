//! How Discord reaches us: the same interactions over its gateway or by signed HTTP, which
//! the same dispatch takes on.

pub mod gateway;
pub mod http;

use tokio_util::sync::CancellationToken;

use self::gateway::Gateway;
use self::http::Http;
use super::DiscordError;

/// The way that this part was given.
pub enum Transport {
    /// A connection that we open.
    Gateway(Box<Gateway>),
    /// Requests that Discord makes.
    Http(Box<Http>),
}

impl Transport {
    /// Listens until `shutdown`.
    pub async fn run(self, shutdown: CancellationToken) -> Result<(), DiscordError> {
        match self {
            Self::Gateway(gateway) => {
                gateway.run(shutdown).await;
                Ok(())
            }
            Self::Http(http) => http.run(shutdown).await,
        }
    }
}
