//! A set-up file: the API's own shape, with secrets also from files and the environment.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use server::config::without_quoted_lines;
use server_api::enums::Platform;
use server_api::organization::{
    Setup, SetupChannel, SetupFeed, SetupOrganization, SetupOwner, SetupRole, SetupWorkspace,
};

use crate::failure::Failure;
use crate::secret::{Origin, read_secret};

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    organization: SetupOrganization,
    owner: SetupOwner,
    #[serde(default)]
    workspaces: Vec<Workspace>,
    #[serde(default)]
    feeds: Vec<SetupFeed>,
}

/// A workspace, whose token may lie elsewhere.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Workspace {
    platform: Platform,
    external_id: String,
    name: String,
    bot_user_ref: Option<String>,
    bot_token: Option<String>,
    bot_token_file: Option<PathBuf>,
    bot_token_env: Option<String>,
    #[serde(default)]
    channels: Vec<SetupChannel>,
    #[serde(default)]
    roles: Vec<SetupRole>,
}

impl std::fmt::Debug for Workspace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workspace")
            .field("platform", &self.platform)
            .field("external_id", &self.external_id)
            .finish_non_exhaustive()
    }
}

/// Reads the set-up at `path`; all missing secrets are named at once.
pub fn read(path: &Path) -> Result<Setup, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?;
    parse(&text, path)
}

fn parse(text: &str, path: &Path) -> Result<Setup, Failure> {
    let file: File = toml::from_str(text).map_err(|error| {
        let told = without_quoted_lines(&error.to_string());
        Failure::usage(format!("{}:\n{told}", path.display()))
    })?;
    // A relative path is meant from the file that names it.
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut faults = Vec::new();
    let mut workspaces = Vec::new();
    for workspace in file.workspaces {
        match with_token(workspace, folder) {
            Ok(workspace) => workspaces.push(workspace),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        return Ok(Setup {
            organization: file.organization,
            owner: file.owner,
            workspaces,
            feeds: file.feeds,
        });
    }
    Err(Failure::usage(format!(
        "{}:\n  {}",
        path.display(),
        faults.join("\n  ")
    )))
}

fn with_token(workspace: Workspace, folder: &Path) -> Result<SetupWorkspace, String> {
    let fault = |words: &str| format!("workspace {}: {words}", workspace.external_id);
    let given = (
        workspace.bot_token,
        workspace.bot_token_file,
        workspace.bot_token_env,
    );
    let origin = match (workspace.platform, given) {
        (Platform::Slack, (Some(token), None, None)) => Some(Origin::Here(token)),
        (Platform::Slack, (None, Some(file), None)) => Some(Origin::File(folder.join(file))),
        (Platform::Slack, (None, None, Some(name))) => Some(Origin::Environment(name)),
        (Platform::Slack, _) => {
            return Err(fault(
                "give exactly one of bot_token_file, bot_token_env and bot_token",
            ));
        }
        (Platform::Discord, (None, None, None)) => None,
        (Platform::Discord, _) => {
            return Err(fault(
                "give no token: one serves all guilds, as discord.bot_token of the configuration",
            ));
        }
    };
    let bot_token = origin.map(read_secret).transpose();
    Ok(SetupWorkspace {
        bot_token: bot_token
            .map_err(|words| fault(&words))?
            .unwrap_or_default(),
        platform: workspace.platform,
        external_id: workspace.external_id,
        name: workspace.name,
        bot_user_ref: workspace.bot_user_ref,
        channels: workspace.channels,
        roles: workspace.roles,
    })
}

#[cfg(test)]
mod tests {
    use super::super::EXAMPLE;
    use super::*;

    #[test]
    fn the_example_is_a_set_up_save_for_the_file_with_its_token() {
        let failure = parse(EXAMPLE, Path::new("setup.toml")).expect_err("no such file");
        assert!(
            failure
                .to_string()
                .contains("workspace T0123456789: /etc/chorus/slack-bot-token"),
            "{failure}"
        );
        let text = EXAMPLE.replace(
            "bot_token_file = \"/etc/chorus/slack-bot-token\"",
            "bot_token = \"xoxb-1\"",
        );
        let setup = parse(&text, Path::new("setup.toml")).expect("a set-up");
        assert_eq!(setup.organization.slug, "acme");
        assert_eq!(setup.workspaces[0].bot_token, "xoxb-1");
        assert_eq!(setup.workspaces[0].channels[0].name, "share-this");
        assert_eq!(setup.feeds.len(), 1);
    }

    #[test]
    fn what_holds_secrets_does_not_show_them() {
        let text = EXAMPLE.replace(
            "bot_token_file = \"/etc/chorus/slack-bot-token\"",
            "bot_token = \"xoxb-S3CRET\"",
        );
        let file: File = toml::from_str(&text).expect("a file");
        let setup = parse(&text, Path::new("setup.toml")).expect("a set-up");
        let shown = format!("{file:?} {setup:?}");
        assert!(!shown.contains("S3CRET"), "{shown}");
    }

    #[test]
    fn a_guild_needs_no_token_and_may_name_roles() {
        let text = EXAMPLE.replace(
            "bot_token_file = \"/etc/chorus/slack-bot-token\"",
            "bot_token = \"xoxb-1\"",
        );
        // The example's guild is commented out without a space.
        let text: String = text
            .lines()
            .map(|line| match line.strip_prefix('#') {
                Some(rest) if !rest.starts_with(' ') => format!("{rest}\n"),
                Some(_) | None => format!("{line}\n"),
            })
            .collect();
        let setup = parse(&text, Path::new("setup.toml")).expect("a set-up");
        let guild = &setup.workspaces[1];
        assert_eq!(guild.platform, Platform::Discord);
        assert_eq!(guild.bot_token, "");
        assert_eq!(guild.roles[0].team, "Engineering");
        let with_token = text.replace(
            "platform = \"discord\"",
            "platform = \"discord\"\nbot_token = \"x\"",
        );
        let failure = parse(&with_token, Path::new("setup.toml")).expect_err("a token");
        assert!(failure.to_string().contains("give no token"), "{failure}");
    }

    #[test]
    fn every_workspace_without_one_token_is_named() {
        let workspace = |id: &str| {
            format!("[[workspaces]]\nplatform = \"slack\"\nname = \"A\"\nexternal_id = \"{id}\"\n")
        };
        let text = format!(
            "[organization]\nslug = \"a\"\nname = \"A\"\n[owner]\nemail = \"a@a.example\"\nname = \"A\"\n{}{}",
            workspace("T1"),
            workspace("T2")
        );
        let failure = parse(&text, Path::new("setup.toml")).expect_err("no tokens");
        assert!(matches!(failure, Failure::Usage(_)));
        let words = failure.to_string();
        assert!(words.contains("workspace T1: give exactly one"), "{words}");
        assert!(words.contains("workspace T2: give exactly one"), "{words}");
    }

    #[test]
    fn a_misspelt_key_is_named_with_its_line() {
        let failure = parse("[organisation]\n", Path::new("setup.toml")).expect_err("misspelt");
        assert!(failure.to_string().contains("organisation"), "{failure}");
        assert!(failure.to_string().contains("line 1"), "{failure}");
    }
}
