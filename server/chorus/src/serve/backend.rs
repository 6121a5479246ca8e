//! What every chat part needs from its server: an address, a token, patience.

use std::time::Duration;

use secrecy::ExposeSecret as _;
use server::config::Config;
use server_api::client::Client;
use server_api::enums::Platform;

use super::Server;
use crate::failure::Failure;
use crate::session::client;

/// How long the bots wait for an answer: claims for deliveries are held open for up to 30 seconds.
const ANSWER: Duration = Duration::from_secs(45);

/// Names everything that a part lacks, before anything starts: `lacking` are options of its
/// own.
pub fn complete(
    config: &Config,
    part: &str,
    lacking: &[&str],
    beside_web: bool,
) -> Result<(), Failure> {
    let mut faults: Vec<String> = lacking
        .iter()
        .map(|option| format!("{option}: is needed by the {part} part"))
        .collect();
    if !beside_web && config.internal.token.is_none() {
        faults.push(format!(
            "internal.token: is needed where the {part} part runs apart from the web part; \
             both are given the same"
        ));
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "the configuration lacks:\n  {}",
        faults.join("\n  ")
    )))
}

/// The server: beside the part in this process, or apart from it.
pub(super) fn backend(
    config: &Config,
    server: Option<&Server>,
    platform: Platform,
) -> Result<Client, Failure> {
    let web = server.and_then(|server| Some((server, server.ports.as_ref()?)));
    let (base, token) = match web {
        Some((server, ports)) => {
            let address = ports
                .internal
                .local_addr()
                .map_err(|error| Failure::refused(error.to_string()))?;
            (
                format!("http://{address}"),
                server.app.service_token(platform),
            )
        }
        None => (
            config.internal.base(),
            config
                .internal
                .service_token(platform)
                .ok_or_else(|| Failure::usage("internal.token is needed"))?,
        ),
    };
    client(&base, token.expose_secret(), ANSWER)
}
