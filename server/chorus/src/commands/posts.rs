//! `chorus post …`.

use server_api::enums::PostState;
use server_api::post::{ApprovePost, CreatePost, Post, RejectPost, WithdrawPost};

use super::{Desk, collect};
use crate::cli::{NewPost, PostCommand};
use crate::failure::Failure;
use crate::output::{relative, shorten, table, word};

/// Does what `command` says.
pub async fn run(desk: &Desk, command: PostCommand) -> Result<(), Failure> {
    let client = &desk.client;
    match command {
        PostCommand::Add(form) => {
            let post = client.create_post(&create(*form)).await?;
            let next = format!(
                "Next: chorus post submit {0}, or chorus post approve {0}",
                post.id
            );
            show(desk, &post, &next)
        }
        PostCommand::List { state, limit } => list(desk, state, limit).await,
        PostCommand::Submit { post } => {
            let post = client.submit_post(post).await?;
            show(
                desk,
                &post,
                &format!("Next: chorus post approve {}", post.id),
            )
        }
        PostCommand::Approve { post, publish_at } => {
            let form = ApprovePost {
                publish_at,
                version: None,
            };
            let post = client.approve_post(post, &form).await?;
            show(desk, &post, "")
        }
        PostCommand::Reject { post, note } => {
            let form = RejectPost {
                note,
                version: None,
            };
            let post = client.reject_post(post, &form).await?;
            show(desk, &post, "The author sees the note.")
        }
        PostCommand::Withdraw { post, url } => {
            let post = client.withdraw_post(post, &WithdrawPost { url }).await?;
            show(desk, &post, "Cards already sent are changed by and by.")
        }
    }
}

fn create(form: NewPost) -> CreatePost {
    CreatePost {
        kind: form.kind,
        title: form.title,
        summary: form.summary,
        url: form.url,
        image_url: form.image_url,
        image_alt: form.image_alt,
        language: form.language,
        campaign: form.campaign,
        edit_mode: form.edit_mode,
        featured: form.featured,
        variants: form.variants,
        publish_at: form.publish_at,
        expires_at: form.expires_at,
        ..CreatePost::default()
    }
}

async fn list(desk: &Desk, state: Option<PostState>, limit: u64) -> Result<(), Failure> {
    let posts = collect(limit, async |page| desk.client.posts(state, &page).await).await?;
    desk.format.show(&posts, || {
        if posts.is_empty() {
            return "There are no such posts. `chorus post add` writes one; `chorus feed add` brings them in."
                .to_owned();
        }
        let rows: Vec<[String; 4]> = posts
            .iter()
            .map(|post| {
                [
                    post.id.to_string(),
                    word(&post.state),
                    moment(desk, post),
                    shorten(&post.title, 60),
                ]
            })
            .collect();
        table(["id", "state", "when", "title"], &rows)
    })
}

fn show(desk: &Desk, post: &Post, next: &str) -> Result<(), Failure> {
    desk.format.show(post, || {
        let head = format!(
            "“{}” is {} ({}).\n{}",
            shorten(&post.title, 80),
            word(&post.state),
            moment(desk, post),
            post.id
        );
        if next.is_empty() {
            head
        } else {
            format!("{head}\n{next}")
        }
    })
}

/// The time that matters most in the post's state.
fn moment(desk: &Desk, post: &Post) -> String {
    let at = match post.state {
        PostState::Draft | PostState::InReview | PostState::Approved => post.created_at,
        PostState::Scheduled => post.publish_at.unwrap_or(post.updated_at),
        PostState::Live => post.published_at.unwrap_or(post.updated_at),
        PostState::Expired => post.expires_at.unwrap_or(post.updated_at),
        PostState::Archived | PostState::Withdrawn => post.updated_at,
    };
    relative(at, desk.now)
}
