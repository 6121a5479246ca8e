//! The sample programme: set up, joined and shared in through the API, as an
//! operator and real members would. Doing it again changes nothing, except that
//! colleagues share once more, so that there is a race in the present week, too.

use std::collections::BTreeMap;

use anyhow::Context as _;
use chrono::TimeDelta;
use server_api::client::{CallError, Client};
use server_api::enums::{BoardVisibility, FeedMode, JoinPolicy, Network, Platform};
use server_api::ids::PostId;
use server_api::me::{MyIdentity, UpdateMe};
use server_api::organization::{Setup, SetupFeed, SetupOrganization, SetupOwner};
use server_api::page::{MAX_LIMIT, PageQuery};
use server_api::post::{ApprovePost, CreatePost, Variant};
use server_api::problem::Code;
use server_api::share::ConfirmShare;

use crate::newsroom::articles::ARTICLES;
use crate::outside::{
    ADA_EMAIL, COMPANY, DISCORD_ADA, DISCORD_CHANNEL, GUILD, OWNER_EMAIL, Outside, workspace_of,
};
use crate::people::Chat;

const BEN_EMAIL: &str = "ben@lindenfeld.example";
const CLEO_EMAIL: &str = "cleo@lindenfeld.example";

/// The members, as a comms team would export them.
const MEMBERS: &str = "\
email,name,team
ada@lindenfeld.example,Ada Berger,Workshop
ben@lindenfeld.example,Ben Okafor,Workshop
cleo@lindenfeld.example,Cleo Martins,Design
";

/// The post that colleagues shared before Ada came.
const FIRST_POST: &str = "We are hiring two frame builders";

/// Organization, owner, workspace, channel and feed.
pub async fn set_up(client: &Client, outside: &Outside) -> anyhow::Result<()> {
    let setup = Setup {
        organization: SetupOrganization {
            slug: "lindenfeld".into(),
            name: COMPANY.into(),
            time_zone: Some("Europe/Berlin".into()),
            language: None,
            join_policy: Some(JoinPolicy::Workspace),
            contact: Some("Olga in communications".into()),
        },
        owner: SetupOwner {
            email: OWNER_EMAIL.into(),
            name: "Olga Lind".into(),
        },
        workspaces: Chat::ALL.into_iter().map(workspace_of).collect(),
        feeds: vec![SetupFeed {
            url: outside.newsroom.feed_url(),
            mode: Some(FeedMode::AutoPublish),
            cron: Some("*/15 * * * *".into()),
        }],
    };
    client
        .setup(&setup)
        .await
        .context("the set-up was refused")?;
    let owner = client.on_behalf_of("owner");
    owner
        .import_members(MEMBERS.into())
        .await
        .context("the members were refused")?;
    Ok(())
}

/// Ada's account on Discord becomes hers too, by a code as anybody would type it.
pub async fn pair_ada(client: &Client, outside: &Outside) -> anyhow::Result<()> {
    let ada = client
        .on_behalf_of(&format!("email/{ADA_EMAIL}"))
        .me()
        .await?;
    let is_paired = |identity: &MyIdentity| identity.platform == Platform::Discord;
    if ada.identities.iter().any(is_paired) {
        return Ok(());
    }
    let invitation = client.on_behalf_of("owner").invite(ada.id).await?;
    let person = outside.discord.person(GUILD, DISCORD_ADA);
    person.types(
        &format!("/chorus pair {}", invitation.code),
        DISCORD_CHANNEL,
    )?;
    person
        .waits_for_text(DISCORD_CHANNEL, "now belongs to")
        .await?;
    Ok(())
}

/// Ada and two colleagues, of whom the colleagues have shared this week; gives
/// the address of Ada's board.
pub async fn colleagues(client: &Client, outside: &Outside) -> anyhow::Result<String> {
    let post = first_post(&client.on_behalf_of("owner"), outside).await?;
    for (email, visibility, networks) in [
        (
            ADA_EMAIL,
            BoardVisibility::Name,
            [Network::Linkedin, Network::Bluesky, Network::X],
        ),
        (
            BEN_EMAIL,
            BoardVisibility::Name,
            [Network::X, Network::Reddit, Network::Threads],
        ),
        (
            CLEO_EMAIL,
            BoardVisibility::Pseudonym,
            [Network::Xing, Network::Linkedin, Network::X],
        ),
    ] {
        let member = client.on_behalf_of(&format!("email/{email}"));
        if member.me().await?.joined_at.is_none() {
            member
                .update_me(&joining(visibility, &networks))
                .await
                .context(email)?;
        }
        if email == ADA_EMAIL {
            continue;
        }
        let shares = if email == BEN_EMAIL { 2 } else { 1 };
        share_again(&member, post, shares).await.context(email)?;
    }
    let ada = client.on_behalf_of(&format!("email/{ADA_EMAIL}"));
    Ok(ada.me().await?.board_url)
}

fn joining(visibility: BoardVisibility, networks: &[Network]) -> UpdateMe {
    let followers = BTreeMap::from([
        (Network::Linkedin, 850),
        (Network::X, 310),
        (Network::Bluesky, 240),
        (Network::Xing, 120),
    ]);
    UpdateMe {
        board_visibility: Some(visibility),
        networks: Some(networks.to_vec()),
        followers: Some(followers),
        mastodon_instance: Some("mastodon.social".into()),
        ..UpdateMe::default()
    }
}

/// Confirms shares on networks on which this member has none yet.
async fn share_again(member: &Client, post: PostId, shares: usize) -> anyhow::Result<()> {
    let choices = member.share_choices(post).await?;
    let new = choices
        .networks
        .iter()
        .filter(|choice| choice.state.is_none());
    for choice in new.take(shares) {
        member
            .confirm_share(
                post,
                &ConfirmShare {
                    network: choice.network,
                },
            )
            .await?;
    }
    Ok(())
}

/// The post of the weeks before; written at the first start.
async fn first_post(owner: &Client, outside: &Outside) -> anyhow::Result<PostId> {
    let page = PageQuery {
        limit: Some(MAX_LIMIT),
        ..PageQuery::default()
    };
    let known = owner.posts(None, &page).await?;
    if let Some(post) = known.items.iter().find(|post| post.title == FIRST_POST) {
        return Ok(post.id);
    }
    let article = ARTICLES.last().context("the newsroom has articles")?;
    let variant = |text: &str| Variant {
        network: None,
        text: text.into(),
    };
    let form = CreatePost {
        title: FIRST_POST.into(),
        summary: "Steel, fire and patience: our workshop looks for two people who want to build \
                  frames that outlive fashions."
            .into(),
        url: Some(outside.newsroom.article_url(article.slug)),
        campaign: Some("autumn".into()),
        variants: vec![
            variant("Two benches in our workshop are free. Come and build frames with us."),
            variant("If you can braze, or want to learn it: we are looking for two colleagues."),
            variant("I like who I work with. Two more of them, please."),
        ],
        expires_at: Some(crate::clock::Clock::system().now() + TimeDelta::days(365)),
        ..CreatePost::default()
    };
    let post = owner
        .create_post(&form)
        .await
        .context("the first post was refused")?;
    owner.submit_post(post.id).await?;
    owner.approve_post(post.id, &ApprovePost::default()).await?;
    Ok(post.id)
}

/// Reads the feed now: its schedule would do so within a quarter of an hour.
pub async fn read_feed(client: &Client, outside: &Outside) -> anyhow::Result<()> {
    let owner = client.on_behalf_of("owner");
    let feeds = owner.feeds(&PageQuery::default()).await?;
    let url = outside.newsroom.feed_url();
    let feed = feeds
        .items
        .iter()
        .find(|feed| feed.url == url)
        .context("the feed is set up")?;
    let run = loop {
        match owner.run_feed(feed.id).await {
            // It was read at once when it was set up, and may be at it still.
            Err(CallError::Problem(problem)) if problem.code == Code::Unavailable => pause().await,
            outcome => break outcome?,
        }
    };
    println!(
        "      {} new, {} known, {} refused",
        run.imported, run.known, run.refused
    );
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the demo waits in real time")]
async fn pause() {
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
}
