//! What a configuration without faults may still lack for the world outside.

use std::net::IpAddr;

use server_api::examination::Finding;
use url::{Host, Url};

use crate::config::Config;

/// Looks at the configuration alone.
pub fn settings(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    if config.web.enabled {
        findings.push(base_url(config));
        findings.push(proxies(config));
        findings.push(internal(config));
    }
    findings.extend(parts(config));
    findings
}

fn base_url(config: &Config) -> Finding {
    const CHECK: &str = "settings.base_url";
    let address = &config.web.base_url;
    if is_here(address) {
        return Finding::warning(
            CHECK,
            format!("{address} is known on this machine only"),
            "Set web.base_url to the address that readers and colleagues reach; links that were \
             shared keep the address that they were made with.",
        );
    }
    if address.starts_with("http://") {
        return Finding::warning(
            CHECK,
            format!("{address} is not encrypted"),
            "Put a TLS proxy in front, and set web.base_url to its https address.",
        );
    }
    Finding::ok(CHECK, format!("links begin with {address}"))
}

/// Whether an address leads to this machine itself.
pub(super) fn is_here(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

fn proxies(config: &Config) -> Finding {
    const CHECK: &str = "settings.trusted_proxies";
    let web = &config.web;
    let named = web.trusted_proxies.len();
    if named == 0 && web.base_url.starts_with("https://") {
        return Finding::warning(
            CHECK,
            "no proxy is trusted, but the address is https, which this server does not speak",
            "Name the TLS proxy in web.trusted_proxies: else all readers look like one, and their \
             clicks count once.",
        );
    }
    Finding::ok(CHECK, format!("{named} networks of proxies are believed"))
}

fn internal(config: &Config) -> Finding {
    const CHECK: &str = "settings.internal_listen";
    let address = config.internal.listen;
    if address.ip().is_loopback() {
        return Finding::ok(CHECK, format!("{address} is reached on this machine only"));
    }
    Finding::warning(
        CHECK,
        format!("{address} can be reached from other machines"),
        "See that only the parts of Chorus get there: it gives them the bots' tokens. Where all \
         parts run in one process, set internal.listen to 127.0.0.1:8081.",
    )
}

fn parts(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (slack, discord) = (&config.slack, &config.discord);
    if slack.enabled {
        findings.extend(
            slack
                .lacks()
                .map(|option| lacking("slack.settings", option)),
        );
    }
    if discord.enabled {
        let lacks = discord.lacks().into_iter();
        findings.extend(lacks.map(|option| lacking("discord.settings", option)));
    }
    if !slack.enabled && !discord.enabled {
        findings.push(Finding::warning(
            "settings.parts",
            "no chat is enabled here",
            "Set slack.enabled or discord.enabled, unless these parts run elsewhere.",
        ));
    }
    findings
}

fn lacking(check: &str, option: &str) -> Finding {
    Finding::problem(
        check,
        format!("{option} is empty"),
        format!("Set {option}."),
    )
}

#[cfg(test)]
mod tests {
    use server_api::examination::Verdict;

    use super::*;

    fn bad(options: &str) -> Vec<(String, Verdict)> {
        let config = Config::parse(options, []).unwrap();
        let findings = settings(&config).into_iter();
        findings
            .filter(|finding| finding.verdict != Verdict::Ok)
            .map(|finding| (finding.check, finding.verdict))
            .collect()
    }

    const GOOD: &str = "[slack]\nenabled = true\napp_token = \"xapp-1\"\n\
         [web]\nbase_url = \"https://chorus.example.org\"\ntrusted_proxies = [\"127.0.0.1/32\"]\n";

    #[test]
    fn an_address_behind_a_named_proxy_is_all_right() {
        assert_eq!(bad(GOOD), []);
    }

    #[test]
    fn what_the_world_would_miss_is_told() {
        let warning = |check: &str| (check.to_owned(), Verdict::Warning);
        let here = GOOD.replace("https://chorus.example.org", "http://localhost:8080");
        assert_eq!(bad(&here), [warning("settings.base_url")]);
        let plain = GOOD.replace("https://", "http://");
        assert_eq!(bad(&plain), [warning("settings.base_url")]);
        let unnamed = GOOD.replace("\"127.0.0.1/32\"", "");
        assert_eq!(bad(&unnamed), [warning("settings.trusted_proxies")]);
        let open = format!("{GOOD}[internal]\nlisten = \"0.0.0.0:8081\"\n");
        assert_eq!(bad(&open), [warning("settings.internal_listen")]);
        let alone = GOOD.replace("enabled = true", "enabled = false");
        assert_eq!(bad(&alone), [warning("settings.parts")]);
    }
}
