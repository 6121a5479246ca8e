//! `chorus health`: one question to the server that left word in the data directory, for whoever
//! watches a container and has nothing else to ask with.

use std::time::Duration;

use server::config::Config;
use server::running;

use crate::failure::Failure;
use crate::output::say;

/// How long the answer may take: whoever asks does so every few seconds.
const PATIENCE: Duration = Duration::from_secs(5);

/// Succeeds where the server says that it is ready.
pub async fn run(config: &Config) -> Result<(), Failure> {
    let left = running::read(&config.data_dir)
        .map_err(|error| Failure::refused(format!("running.json cannot be read: {error}")))?
        .ok_or_else(|| Failure::refused("No server with the part `web` runs here."))?;
    let failed = |error: reqwest::Error| Failure::refused(format!("No answer: {error}"));
    let client = reqwest::Client::builder()
        .timeout(PATIENCE)
        .no_proxy()
        .build()
        .map_err(failed)?;
    let address = format!("{}/readyz", left.internal_url);
    let answer = client.get(address).send().await.map_err(failed)?;
    if answer.status().is_success() {
        return say("ready");
    }
    Err(Failure::refused(format!(
        "The server is not ready: status {}. Its log and `chorus doctor` say why.",
        answer.status().as_u16()
    )))
}
