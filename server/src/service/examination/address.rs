//! The public address: whether it leads here from outside.

use std::time::Duration;

use server_api::examination::Finding;

use super::settings::is_here;
use crate::config::Config;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(8);
/// What `/healthz` says.
const ALIVE: &str = "alive";

/// Asks our own public address, by the way that readers take as far as this machine can tell.
pub async fn address(config: &Config) -> Finding {
    const CHECK: &str = "address.public";
    let address = config.web.at("/healthz");
    let whence = if is_here(&address) {
        ", as far as this machine can tell"
    } else {
        ""
    };
    match ask(&address).await {
        Ok((200, body)) if body.trim() == ALIVE => {
            Finding::ok(CHECK, format!("{address} leads here{whence}"))
        }
        Ok((status, _)) => Finding::problem(
            CHECK,
            format!("{address} answers with status {status}, but not as Chorus does"),
            "Let web.base_url lead to web.listen, through the proxy in front of it.",
        ),
        Err(cause) => Finding::problem(
            CHECK,
            format!("{address} is not reached: {cause}"),
            "See that the name is known, that the proxy runs and has a valid certificate, and that \
             this machine may reach its own public address.",
        ),
    }
}

async fn ask(address: &str) -> Result<(u16, String), &'static str> {
    let cause = |error: reqwest::Error| {
        if error.is_timeout() {
            "no answer in time"
        } else if error.is_connect() {
            "no connection, or no valid certificate"
        } else {
            "the connection broke"
        }
    };
    let client = reqwest::Client::builder()
        .timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .map_err(cause)?;
    let answer = client.get(address).send().await.map_err(cause)?;
    let status = answer.status().as_u16();
    Ok((status, answer.text().await.map_err(cause)?))
}

#[cfg(test)]
mod tests {
    use server_api::examination::Verdict;

    use super::*;
    use crate::test_support::{Kind, TestApp};

    #[tokio::test]
    async fn an_address_that_leads_elsewhere_or_nowhere_is_a_problem() {
        let t = TestApp::new(Kind::Sqlite).await;
        let server = t.server().await;
        let at = async |base: &str| {
            let options = format!("[web]\nbase_url = \"{base}\"");
            address(&Config::parse(&options, []).unwrap()).await.verdict
        };
        assert_eq!(at(&server.public).await, Verdict::Ok);
        let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let nowhere = format!("http://{}", unused.local_addr().unwrap());
        drop(unused);
        assert_eq!(at(&nowhere).await, Verdict::Problem);
    }
}
