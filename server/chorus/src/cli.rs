//! The command line: what may be typed, and the help that explains it.

mod content;
mod parse;
mod people;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use content::{FeedCommand, NewFeed, NewPost, PostCommand};
pub use people::{ImportCommand, MemberCommand, NewToken, SetupArguments, TokenCommand};

/// Employee advocacy where colleagues already talk.
#[derive(Debug, Parser)]
#[command(name = "chorus", version, propagate_version = true)]
pub struct CommandLine {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// What holds for every command.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// The configuration file (default: chorus.toml here, if there is one).
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The member to act as (default: the owner).
    #[arg(long = "as", global = true, value_name = "E-MAIL")]
    pub acting: Option<String>,
    /// The organization whose owner to act as; needed only where there are several.
    #[arg(long, global = true, value_name = "SLUG", conflicts_with = "acting")]
    pub organization: Option<String>,
    /// Print JSON, as the API gives it.
    #[arg(long, global = true)]
    pub json: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the service until it is told to stop.
    Serve {
        /// Run only this part; may be given several times.
        #[arg(long = "part", value_name = "PART")]
        parts: Vec<PartName>,
    },
    /// Set up the organization, its owner, workspaces, channels and feeds; again changes nothing.
    Setup(SetupArguments),
    /// Copy a SQLite database into one file, also while the server runs; the key is not in it.
    Backup {
        /// The file to write; it must not be there.
        file: PathBuf,
    },
    /// Put a backup back; no server may run meanwhile.
    Restore {
        /// The backup.
        file: PathBuf,
        /// Take the place of the database that is there; that one is kept beside it.
        #[arg(long)]
        replace: bool,
    },
    /// Ask the server of this data directory whether it is ready: for health checks of containers.
    Health,
    /// Look whether everything is as it should be: configuration, files, database, clocks, the
    /// chats, the public address. Changes nothing; exits with 1 where there is a problem.
    Doctor,
    /// Bring the database's schema up to date; `serve` does so by itself.
    Migrate,
    /// Bring in what other systems know.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Look after members.
    #[command(subcommand)]
    Member(MemberCommand),
    /// Write, review and withdraw posts.
    #[command(subcommand)]
    Post(PostCommand),
    /// Follow feeds that bring posts.
    #[command(subcommand)]
    Feed(FeedCommand),
    /// Make and revoke tokens of the API.
    #[command(subcommand)]
    Token(TokenCommand),
    /// Print the API's `OpenAPI` document.
    Openapi,
    /// Print what a chat platform wants to know about the app.
    #[command(subcommand)]
    Manifest(ManifestCommand),
}

/// A part of the running system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PartName {
    /// API, short links and public pages.
    Web,
    /// Jobs and schedules.
    Worker,
    /// The Slack bot.
    Slack,
    /// The Discord bot.
    Discord,
}

/// Descriptions of the app for a chat platform.
#[derive(Debug, Subcommand)]
pub enum ManifestCommand {
    /// The manifest to paste at api.slack.com/apps → Create New App → From a manifest.
    Slack {
        /// The public address of this server (default: the configured one).
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        /// How Slack will reach it (default: the configured way).
        #[arg(long)]
        mode: Option<SlackMode>,
    },
    /// The values to set at discord.com/developers/applications, the links that install the
    /// app, and the steps.
    Discord {
        /// The public address of this server (default: the configured one).
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        /// The application's id (default: the configured one).
        #[arg(long, value_name = "ID")]
        application_id: Option<String>,
    },
}

/// How Slack reaches the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SlackMode {
    /// Over connections that Chorus opens.
    Socket,
    /// By signed requests to /slack/events below the address.
    Http,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory as _;
        CommandLine::command().debug_assert();
    }

    #[test]
    fn several_parts_may_be_named() {
        let line =
            CommandLine::try_parse_from(["chorus", "serve", "--part", "web", "--part", "slack"])
                .expect("a valid line");
        let Command::Serve { parts } = line.command else {
            panic!("not serve");
        };
        assert_eq!(parts, [PartName::Web, PartName::Slack]);
    }
}
