//! `chorus setup`: from a file or flags to the API, and what is there afterwards.

mod file;
mod flags;

use serde::Serialize;
use server_api::feed::Feed;
use server_api::organization::{Channel, Organization, Setup};

use super::{Desk, collect, feeds};
use crate::cli::SetupArguments;
use crate::failure::Failure;
use crate::output::{count, word};

/// A commented set-up, to copy and change.
pub const EXAMPLE: &str = include_str!("../../setup.example.toml");

/// What there is after a set-up.
#[derive(Debug, Serialize)]
struct Present {
    organization: Organization,
    channels: Vec<Channel>,
    feeds: Vec<Feed>,
}

/// The set-up that the arguments describe.
pub fn read(arguments: &SetupArguments) -> Result<Setup, Failure> {
    match &arguments.file {
        Some(path) => file::read(path),
        None => flags::read(arguments),
    }
}

/// Applies `setup` and says what is there now.
///
/// `owner` acts as the owner that the set-up names; it is a member only once
/// the set-up is applied, by the desk's own client.
pub async fn run(desk: &Desk, owner: &Desk, setup: &Setup) -> Result<(), Failure> {
    let organization = desk.client.setup(setup).await?;
    let channels = collect(u64::MAX, async |page| owner.client.channels(&page).await).await?;
    let present = Present {
        organization,
        channels,
        feeds: feeds::all(owner).await?,
    };
    desk.format.show(&present, || describe(&present))
}

fn describe(present: &Present) -> String {
    let organization = &present.organization;
    let names = |names: Vec<String>| {
        if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        }
    };
    let channels = names(
        present
            .channels
            .iter()
            .map(|c| format!("#{}", c.name))
            .collect(),
    );
    let feeds = names(
        present
            .feeds
            .iter()
            .map(|feed| format!("{} ({})", feed.url, word(&feed.mode)))
            .collect(),
    );
    format!(
        "{} ({}) is set up.\n\n  time zone  {}\n  joining    {}\n  channels   {channels}\n  feeds      {feeds}\n\n{}",
        organization.name,
        organization.slug,
        organization.time_zone,
        word(&organization.join_policy),
        next_step(present)
    )
}

fn next_step(present: &Present) -> String {
    if present.channels.is_empty() {
        return "Next: name a workspace and a channel in the set-up file, and apply it again."
            .to_owned();
    }
    if present.feeds.is_empty() {
        return "Next: chorus feed add URL, or chorus post add TITLE --url URL".to_owned();
    }
    let feeds = count(
        u64::try_from(present.feeds.len()).unwrap_or(u64::MAX),
        "the feed is",
        "the feeds are",
    );
    let feeds = feeds.split_once(' ').map_or("", |(_, words)| words);
    format!(
        "Next: chorus serve. While it runs, {feeds} fetched by schedule; `chorus feed run URL` fetches at once."
    )
}
