//! How Slack reaches us: the same payloads by Socket Mode or by signed HTTP, which the
//! same dispatch takes on.

pub mod http;
pub mod socket;

use tokio_util::sync::CancellationToken;

use self::http::Http;
use self::socket::Socket;
use super::SlackError;

/// The way that this part was given.
pub enum Transport {
    /// Connections that we open.
    Socket(Socket),
    /// Requests that Slack makes.
    Http(Http),
}

impl Transport {
    /// Listens until `shutdown`.
    pub async fn run(self, shutdown: CancellationToken) -> Result<(), SlackError> {
        match self {
            Self::Socket(socket) => socket.run(shutdown).await,
            Self::Http(http) => http.run(shutdown).await,
        }
    }
}
