//! A set-up by flags: one organization, one workspace, its channels, some feeds.

use server_api::enums::Platform;
use server_api::organization::{
    Setup, SetupChannel, SetupFeed, SetupOrganization, SetupOwner, SetupWorkspace,
};

use crate::cli::SetupArguments;
use crate::failure::Failure;
use crate::secret::{Origin, read_secret};

/// Reads the set-up from flags; all that is missing is named at once.
pub fn read(arguments: &SetupArguments) -> Result<Setup, Failure> {
    let mut missing = Vec::new();
    let mut required = |flag: &'static str, value: &Option<String>| {
        if value.is_none() {
            missing.push(flag);
        }
        value.clone().unwrap_or_default()
    };
    let slug = required("--slug", &arguments.organization_slug);
    let name = required("--name", &arguments.name);
    let email = required("--owner-email", &arguments.owner_email);
    let owner_name = required("--owner-name", &arguments.owner_name);
    if !missing.is_empty() {
        return Err(Failure::usage(format!(
            "Give a set-up file, or also {}.\n`chorus setup --example` prints a file to begin with.",
            missing.join(", ")
        )));
    }
    Ok(Setup {
        workspaces: workspace(arguments, &name)?.into_iter().collect(),
        organization: SetupOrganization {
            slug,
            name,
            time_zone: arguments.time_zone.clone(),
            language: arguments.language,
            join_policy: None,
            contact: None,
        },
        owner: SetupOwner {
            email,
            name: owner_name,
        },
        feeds: feeds(arguments),
    })
}

fn feeds(arguments: &SetupArguments) -> Vec<SetupFeed> {
    let feed = |url: &String| SetupFeed {
        url: url.clone(),
        mode: arguments.feed_mode,
        cron: None,
    };
    arguments.feeds.iter().map(feed).collect()
}

fn workspace(arguments: &SetupArguments, name: &str) -> Result<Option<SetupWorkspace>, Failure> {
    let (Some(team), Some(file)) = (&arguments.slack_team, &arguments.slack_token_file) else {
        return Ok(None);
    };
    Ok(Some(SetupWorkspace {
        platform: Platform::Slack,
        external_id: team.clone(),
        name: name.to_owned(),
        bot_user_ref: None,
        bot_token: read_secret(Origin::File(file.clone())).map_err(Failure::usage)?,
        channels: arguments
            .slack_channels
            .iter()
            .map(|channel| parse_channel(channel))
            .collect::<Result<_, _>>()?,
        roles: Vec::new(),
    }))
}

fn parse_channel(text: &str) -> Result<SetupChannel, Failure> {
    let Some((id, name)) = text.split_once('=') else {
        return Err(Failure::usage(format!(
            "--slack-channel {text}: write ID=name, such as C0123456789=share-this"
        )));
    };
    Ok(SetupChannel {
        external_id: id.to_owned(),
        name: name.trim_start_matches('#').to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::cli::{Command, CommandLine};

    fn arguments(line: &[&str]) -> SetupArguments {
        let line = ["chorus", "setup"].iter().chain(line);
        let Command::Setup(arguments) = CommandLine::try_parse_from(line)
            .expect("a valid line")
            .command
        else {
            panic!("not setup");
        };
        arguments
    }

    #[test]
    fn everything_that_is_missing_is_named_at_once() {
        let failure = read(&arguments(&["--name", "Acme"])).expect_err("incomplete");
        assert!(
            failure
                .to_string()
                .contains("--slug, --owner-email, --owner-name"),
            "{failure}"
        );
    }

    #[test]
    fn flags_describe_the_simple_case() {
        let mut line = vec!["--slug", "acme", "--name", "Acme", "--owner-name", "Ada"];
        line.extend(["--owner-email", "ada@acme.example"]);
        line.extend(["--feed", "https://acme.example/feed"]);
        line.extend(["--feed-mode", "auto-publish"]);
        let setup = read(&arguments(&line)).expect("a set-up");
        assert_eq!(setup.owner.name, "Ada");
        assert_eq!(
            setup.feeds[0].mode,
            Some(server_api::enums::FeedMode::AutoPublish)
        );
    }

    #[test]
    fn a_channel_without_a_name_is_explained() {
        let failure = parse_channel("C1").expect_err("no name");
        assert!(failure.to_string().contains("write ID=name"));
    }
}
