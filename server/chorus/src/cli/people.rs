//! Commands about the organization, its people and their tokens.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use server_api::enums::{FeedMode, Language, Permission};
use server_api::ids::ApiTokenId;

use super::parse;

/// A set-up: a file, or flags for the simple case.
#[derive(Debug, Args)]
pub struct SetupArguments {
    /// A file like setup.example.toml, instead of flags.
    #[arg(conflicts_with_all = ["organization_slug", "name", "owner_email", "owner_name"])]
    pub file: Option<PathBuf>,
    /// Print a commented example of that file, and do nothing.
    #[arg(long)]
    pub example: bool,
    /// The organization's name in addresses: lower-case letters, digits and hyphens.
    #[arg(long = "slug", value_name = "SLUG")]
    pub organization_slug: Option<String>,
    /// What people call the organization.
    #[arg(long)]
    pub name: Option<String>,
    /// The owner's e-mail address.
    #[arg(long, value_name = "E-MAIL")]
    pub owner_email: Option<String>,
    /// The owner's name.
    #[arg(long, value_name = "NAME")]
    pub owner_name: Option<String>,
    /// The time zone, such as Europe/Berlin (default: UTC).
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// The language of channel posts: en or de (default: en).
    #[arg(long, value_parser = parse::word::<Language>)]
    pub language: Option<Language>,
    /// The Slack workspace's id, such as T0123456789.
    #[arg(long, value_name = "TEAM", requires = "slack_token_file")]
    pub slack_team: Option<String>,
    /// A file that holds the bot's token (xoxb-…).
    #[arg(long, value_name = "FILE", requires = "slack_team")]
    pub slack_token_file: Option<PathBuf>,
    /// A Slack channel that receives posts, as ID=name; may be given several times.
    #[arg(
        long = "slack-channel",
        value_name = "ID=NAME",
        requires = "slack_team"
    )]
    pub slack_channels: Vec<String>,
    /// A feed to follow; may be given several times.
    #[arg(long = "feed", value_name = "URL")]
    pub feeds: Vec<String>,
    /// What becomes of those feeds' items: draft, review or auto-publish (default: draft).
    #[arg(long, value_parser = parse::word::<FeedMode>, requires = "feeds")]
    pub feed_mode: Option<FeedMode>,
}

/// What to bring in.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// People, from a CSV file with the columns email, name and, if wanted, team, roles, language.
    Members {
        /// The file.
        file: PathBuf,
    },
}

/// What to do about a member.
#[derive(Debug, Subcommand)]
pub enum MemberCommand {
    /// Print a code by which a member joins another chat account to themselves.
    Pair {
        /// The member's e-mail address.
        #[arg(value_name = "E-MAIL")]
        email: String,
    },
}

/// What to do with tokens of the API.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a token; its secret is shown this once.
    Create(NewToken),
    /// Show one's own tokens.
    List,
    /// Revoke a token at once.
    Revoke {
        /// The token's id.
        token: ApiTokenId,
    },
}

/// A token to make.
#[derive(Debug, Args)]
pub struct NewToken {
    /// What it is for.
    pub name: String,
    /// What it may do, such as `read_posts`; may be given several times.
    #[arg(long = "scope", value_name = "PERMISSION", required = true, value_parser = parse::word::<Permission>)]
    pub scopes: Vec<Permission>,
    /// When it stops working, at most a year ahead (default: in 90 days).
    #[arg(long, value_name = "TIME", value_parser = parse::time)]
    pub expires_at: Option<DateTime<Utc>>,
}
