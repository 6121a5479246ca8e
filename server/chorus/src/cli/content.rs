//! Commands about posts and feeds.

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use server_api::enums::{EditMode, FeedMode, Language, PostKind, PostState};
use server_api::ids::PostId;
use server_api::post::Variant;

use super::parse;

/// What to do with posts.
#[derive(Debug, Subcommand)]
pub enum PostCommand {
    /// Write a draft.
    Add(Box<NewPost>),
    /// Show posts, newest first.
    List {
        /// Only those in this state: draft, `in_review`, approved, scheduled, live, expired,
        /// archived, withdrawn.
        #[arg(long, value_parser = parse::word::<PostState>)]
        state: Option<PostState>,
        /// How many at most.
        #[arg(long, default_value_t = 25, value_parser = clap::value_parser!(u64).range(1..=1000))]
        limit: u64,
    },
    /// Hand a draft to the approvers.
    Submit {
        /// The post's id.
        post: PostId,
    },
    /// Approve a post; it goes live at its time, or at once.
    Approve {
        /// The post's id.
        post: PostId,
        /// When it is to go live, such as 2026-12-01T09:00:00+01:00.
        #[arg(long, value_name = "TIME", value_parser = parse::time)]
        publish_at: Option<DateTime<Utc>>,
    },
    /// Send a post back to its author.
    Reject {
        /// The post's id.
        post: PostId,
        /// What to change.
        #[arg(long)]
        note: String,
    },
    /// Take a post back everywhere.
    Withdraw {
        /// The post's id.
        post: PostId,
        /// Where its links lead from now on (default: a page that says it is gone).
        #[arg(long)]
        url: Option<String>,
    },
}

/// A post to write.
#[derive(Debug, Args)]
pub struct NewPost {
    /// Its headline.
    pub title: String,
    /// One or two neutral sentences.
    #[arg(long, default_value = "")]
    pub summary: String,
    /// Where its links lead.
    #[arg(long)]
    pub url: Option<String>,
    /// A wording; for one network as `network=words`; may be given several times.
    #[arg(long = "text", value_name = "WORDS", value_parser = parse::variant)]
    pub variants: Vec<Variant>,
    /// The address of a picture.
    #[arg(long, value_name = "URL", requires = "image_alt")]
    pub image_url: Option<String>,
    /// The picture in words.
    #[arg(long, value_name = "WORDS")]
    pub image_alt: Option<String>,
    /// What members are asked to do: share, engage, job or story (default: share).
    #[arg(long, value_parser = parse::word::<PostKind>)]
    pub kind: Option<PostKind>,
    /// Language of the content: en or de.
    #[arg(long, value_parser = parse::word::<Language>)]
    pub language: Option<Language>,
    /// Slug of the campaign that it serves; made if there is none.
    #[arg(long, value_name = "SLUG")]
    pub campaign: Option<String>,
    /// How far members may change its words: free, prepend, append or locked (default: free).
    #[arg(long, value_name = "MODE", value_parser = parse::word::<EditMode>)]
    pub edit_mode: Option<EditMode>,
    /// Show it before others.
    #[arg(long)]
    pub featured: bool,
    /// When it is to go live, such as 2026-12-01T09:00:00+01:00.
    #[arg(long, value_name = "TIME", value_parser = parse::time)]
    pub publish_at: Option<DateTime<Utc>>,
    /// When suggesting and sharing end (default: the organization's default).
    #[arg(long, value_name = "TIME", value_parser = parse::time)]
    pub expires_at: Option<DateTime<Utc>>,
}

/// What to do with feeds.
#[derive(Debug, Subcommand)]
pub enum FeedCommand {
    /// Follow a feed.
    Add(NewFeed),
    /// Show the feeds and how they fare.
    List,
    /// Fetch a feed now, and say what came of it.
    Run {
        /// The feed's address or id.
        feed: String,
    },
    /// Let a feed's schedule rest.
    Pause {
        /// The feed's address or id.
        feed: String,
    },
    /// Take a feed's schedule up again.
    Resume {
        /// The feed's address or id.
        feed: String,
    },
}

/// A feed to follow.
#[derive(Debug, Args)]
pub struct NewFeed {
    /// Its address: RSS, Atom or JSON Feed.
    pub url: String,
    /// What becomes of a new item: draft, review or auto-publish (default: draft).
    #[arg(long, value_parser = parse::word::<FeedMode>)]
    pub mode: Option<FeedMode>,
    /// When to fetch it: five POSIX cron fields in the organization's time zone (default: hourly).
    #[arg(long)]
    pub cron: Option<String>,
}
