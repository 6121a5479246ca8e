//! What both chats' examinations need: whether a platform answers at all, what time it is there,
//! and whether its signed requests would reach us.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{DATE, HeaderMap};
use server_api::examination::Finding;

/// How long one question may take.
const PATIENCE: Duration = Duration::from_secs(8);
/// How far clocks may differ: signatures count for five minutes, so that half a minute is early
/// enough to be told.
const TOLERATED_SKEW: TimeDelta = TimeDelta::seconds(30);
/// Channels of one workspace that are looked at, at most: platforms limit how often one may ask.
pub(crate) const CHANNELS: usize = 20;

/// A client with a time for each question.
pub(crate) fn client(name: &str) -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .user_agent(name)
        .connect_timeout(PATIENCE)
        .timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::none())
        // As the parts themselves, which take no proxy on their way out.
        .no_proxy()
        .build()
}

/// Says that a platform is not reached.
pub(crate) fn unreached(chat: &str, address: &str, error: &reqwest::Error) -> Finding {
    let cause = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    };
    Finding::problem(
        &format!("{chat}.reachable"),
        format!("{address} is not reached: {cause}"),
        "See that this machine may open connections to it: name resolution, firewall, certificates.",
    )
}

/// Says that it is reached, and how far its clock is from ours.
pub(crate) fn reached(
    chat: &str,
    address: &str,
    (headers, now): (&HeaderMap, DateTime<Utc>),
) -> Vec<Finding> {
    let check = format!("{chat}.clock");
    let date = headers.get(DATE).and_then(|date| date.to_str().ok());
    let theirs = date.and_then(|date| DateTime::parse_from_rfc2822(date).ok());
    let reached = Finding::ok(&format!("{chat}.reachable"), format!("{address} answers"));
    let Some(theirs) = theirs else {
        return vec![reached];
    };
    let skew = now - theirs.to_utc();
    let clock = if TimeDelta::abs(&skew) <= TOLERATED_SKEW {
        Finding::ok(&check, "its clock is ours")
    } else {
        Finding::warning(
            &check,
            format!("our clock is {} seconds from its", skew.num_seconds()),
            "Let this machine follow a time server (NTP): past five minutes, what the platform \
             signs is refused.",
        )
    };
    vec![reached, clock]
}

/// Whether a platform's requests would reach us at `address`: what nobody signed must be refused
/// by us, and by nothing that stands before us.
pub async fn examine_endpoint(chat: &str, address: &str) -> Finding {
    let check = format!("{chat}.endpoint");
    let advice = "Let the proxy pass this path on to the part's own listener, and start the part.";
    let asked = match client("chorus") {
        Ok(client) => client.post(address).body("{}").send().await,
        Err(error) => Err(error),
    };
    match asked {
        Ok(answer) if answer.status().as_u16() == 401 => Finding::ok(
            &check,
            format!("{address} refuses what is not signed, as it should"),
        ),
        Ok(answer) => Finding::problem(
            &check,
            format!(
                "{address} answers with status {}, not 401",
                answer.status().as_u16()
            ),
            advice,
        ),
        Err(_) => Finding::problem(&check, format!("{address} is not reached"), advice),
    }
}

/// `#a, #b`.
pub(crate) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("#{name}")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use server_api::examination::Verdict;

    use super::*;

    #[test]
    fn a_clock_that_is_off_is_told_before_signatures_are_refused() {
        let now = DateTime::from_timestamp(1_794_823_200, 0).unwrap();
        let at = |seconds: i64| {
            let date = (now + TimeDelta::seconds(seconds)).format("%a, %d %b %Y %H:%M:%S GMT");
            let headers = HeaderMap::from_iter([(DATE, date.to_string().parse().unwrap())]);
            reached("slack", "https://slack.com/api", (&headers, now))
                .into_iter()
                .map(|finding| finding.verdict)
                .collect::<Vec<_>>()
        };
        assert_eq!(at(30), [Verdict::Ok, Verdict::Ok]);
        assert_eq!(at(-31), [Verdict::Ok, Verdict::Warning]);
        assert_eq!(at(31), [Verdict::Ok, Verdict::Warning]);
        let silent = reached("slack", "x", (&HeaderMap::new(), now));
        assert_eq!(
            silent.len(),
            1,
            "a platform without a clock tells nothing of ours"
        );
    }
}
