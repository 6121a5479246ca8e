//! Login providers: whether they can be asked, and answer as they should.

use std::sync::Arc;

use server_api::examination::Finding;
use url::Url;

use crate::config::Config;
use crate::ports::fetch::{Fetcher, SystemLookup};
use crate::ports::openid::OpenId;

/// Asks each provider by which the configuration lets people log in.
pub async fn providers(config: &Config) -> Vec<Finding> {
    let Ok(fetcher) = Fetcher::new(config.fetch.clone(), Arc::new(SystemLookup)) else {
        return Vec::new();
    };
    let openid = OpenId::new(fetcher);
    let mut findings = Vec::new();
    if let Some(issuer) = &config.oidc.issuer {
        findings.push(provider(&openid, "oidc.provider", issuer).await);
    }
    let slack = &config.slack;
    if slack.client_id.is_some()
        && let Ok(issuer) = slack.login_base_url.parse()
    {
        findings.push(provider(&openid, "slack.provider", &issuer).await);
    }
    findings
}

async fn provider(openid: &OpenId, check: &str, issuer: &Url) -> Finding {
    match openid.examine(issuer).await {
        Ok(place) => {
            let host = place.host_str().unwrap_or_default();
            Finding::ok(check, format!("people can log in by way of {host}"))
        }
        Err(cause) => Finding::problem(
            check,
            format!("nobody can log in by way of {issuer}: {cause}"),
            "See that this machine reaches the provider, and that the issuer is written as in its \
             own description. If it leads to another host in a network of yours, name that host \
             with its port in fetch.allow.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use server_api::examination::Verdict;

    use super::*;

    #[tokio::test]
    async fn a_provider_that_is_not_there_is_a_problem_and_none_is_no_finding() {
        let of = async |options: &str| providers(&Config::parse(options, []).unwrap()).await;
        assert_eq!(of("").await, []);
        let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let nowhere = format!("http://{}", unused.local_addr().unwrap());
        drop(unused);
        let options = format!(
            "[oidc]\nissuer = \"{nowhere}\"\nclient_id = \"chorus\"\nclient_secret = \"s\"\n"
        );
        let found = of(&options).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].verdict, Verdict::Problem);
        assert_eq!(found[0].check, "oidc.provider");
        assert!(
            found[0].summary.contains("its description"),
            "{}",
            found[0].summary
        );
    }
}
