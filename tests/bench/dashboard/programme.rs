//! A programme of a year: teams, people, posts, shares, links, hits and counted clicks.

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{HitClass, HitReason, Network, Role, ShareState};
use entity::ids::{ClickId, HitId, LinkId, MemberId, PostId, ShareId, TeamId};
use entity::json::Audience;
use entity::{click, count_cursor, hit, link, member, post, share, team};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel};
use server::service::actor::Actor;
use server::service::rates;
use server::store::clicks;
use server::test_support::TestApp;

use crate::seed;

/// Rows of one transaction.
const PART: usize = 50_000;
/// Networks that are shared on, the ones most used first.
const NETWORKS: [Network; 6] = [
    Network::Linkedin,
    Network::X,
    Network::Facebook,
    Network::Bluesky,
    Network::Xing,
    Network::Email,
];

/// States of shares, alike often.
const STATES: [ShareState; 3] = [
    ShareState::Opened,
    ShareState::Confirmed,
    ShareState::Proven,
];

/// Campaigns, which have all posts together.
const CAMPAIGNS: usize = 10;
/// One in so many posts is for some people.
const FOR_SOME: usize = 10;

/// How large the programme is.
#[derive(Clone, Copy)]
pub struct Size {
    /// How many members.
    pub members: usize,
    /// How many teams.
    pub teams: usize,
    /// How many posts.
    pub posts: usize,
    /// How many shares.
    pub shares: usize,
    /// How many hits.
    pub hits: usize,
    /// How many rounds.
    pub rounds: usize,
}

/// An organization that shared for a year.
pub async fn programme(t: &TestApp, size: Size) -> anyhow::Result<Actor> {
    let owner = t.actor(&[Role::Owner]).await;
    let members = people(t, &owner, size).await?;
    let posts = written(t, &owner, size).await?;
    let mut links = shared(t, (&owner, size), (&members, &posts)).await?;
    links.extend(shared_by_all(t, &owner, (&members, &posts)).await?);
    // Hits are written nearly in the order of their time, as they come in production.
    links.sort_by_key(|link| link.created_at);
    read(t, (&links, size), t.clock.now()).await?;
    let rate = rates::Rate {
        network: Network::Linkedin,
        valid_from: "2025-01".to_owned(),
        currency: "EUR".to_owned(),
        cpc: Some(420),
        cpm: Some(2_800),
    };
    rates::set_rate(&t.app, &owner, rate).await?;
    seed::scores(&t.app, &owner.organization, "week:2026-W47").await?;
    Ok(owner)
}

/// Teams below teams, and their people.
async fn people(t: &TestApp, owner: &Actor, size: Size) -> anyhow::Result<Vec<MemberId>> {
    let mut teams: Vec<TeamId> = Vec::new();
    for number in 0..size.teams {
        let above = (number > 0)
            .then(|| teams.get(number / 8).copied())
            .flatten();
        let team = a_team(t, owner, (number, above));
        teams.push(team.id);
        write::<team::Entity>(t, vec![team]).await?;
    }
    let mut members: Vec<MemberId> = Vec::new();
    let mut rows = Vec::new();
    for number in 0..size.members {
        let id = MemberId(t.app.uuid());
        members.push(id);
        rows.push(member::Model {
            id,
            email: None,
            display_name: format!("Person {number}"),
            team_id: pick(&teams, number),
            roles: entity::json::Roles::default(),
            ..owner.member.clone()
        });
    }
    write::<member::Entity>(t, rows).await?;
    Ok(members)
}

/// Posts of a year; campaigns have all of them, some people alone every tenth, and one of twenty of
/// these stays unshared.
async fn written(t: &TestApp, owner: &Actor, size: Size) -> anyhow::Result<Vec<post::Model>> {
    let mut campaigns = Vec::new();
    for number in 1..CAMPAIGNS {
        let mut draft = server::test_support::content::draft("Of a campaign");
        draft.campaign = Some(format!("campaign-{number}"));
        draft.url = Some(format!("https://acme.example/{number}"));
        let post = t.published(&owner.organization, draft).await;
        campaigns.push(post.campaign_id);
    }
    let mut draft = server::test_support::content::draft("A year");
    draft.campaign = Some("year".to_owned());
    let template = t.published(&owner.organization, draft).await;
    campaigns.push(template.campaign_id);
    let some = Audience {
        languages: vec![owner.organization.language],
        ..Audience::default()
    };
    let posts: Vec<post::Model> = (0..size.posts)
        .map(|number| {
            let at = t.clock.now() - year_part(number, size.posts);
            post::Model {
                id: PostId(t.app.chance.uuid(at)),
                title: format!("Post {number}"),
                canonical_url: None,
                campaign_id: pick(&campaigns, number / FOR_SOME).flatten(),
                audience: number.is_multiple_of(FOR_SOME).then(|| some.clone()),
                published_at: Some(at),
                expires_at: Some(at + TimeDelta::days(14)),
                created_at: at,
                ..template.clone()
            }
        })
        .collect();
    write::<post::Entity>(t, posts.clone()).await?;
    let unshared = posts.iter().filter(|post| post.audience.is_some());
    let unshared = unshared.step_by(20).map(|post| post::Model {
        id: PostId(t.app.chance.uuid(post.created_at)),
        ..post.clone()
    });
    write::<post::Entity>(t, unshared.collect()).await?;
    Ok(posts)
}

fn a_team(t: &TestApp, owner: &Actor, (number, above): (usize, Option<TeamId>)) -> team::Model {
    team::Model {
        id: TeamId(t.app.uuid()),
        organization_id: owner.organization.id,
        parent_id: above,
        name: format!("Team {number}"),
        created_at: t.clock.now(),
    }
}

/// Where in the year the one of this number stands; the last one a day ago.
fn year_part(number: usize, count: usize) -> TimeDelta {
    let minutes = 365 * 24 * 60 * (number + 1) / (count + 1);
    TimeDelta::minutes(i64::try_from(minutes).unwrap_or_default())
}

fn pick<T: Copy>(all: &[T], number: usize) -> Option<T> {
    all.get(number % all.len().max(1)).copied()
}

/// Everybody shares alike, each post as often as any other.
async fn shared(
    t: &TestApp,
    (owner, size): (&Actor, Size),
    (members, posts): (&[MemberId], &[post::Model]),
) -> anyhow::Result<Vec<link::Model>> {
    let mut links = Vec::with_capacity(size.shares);
    let mut rows = Vec::new();
    for number in 0..size.shares {
        let (who, round) = (number % size.members, number / size.members);
        let post = posts.get((7 * number + 37 * round) % posts.len());
        let post = post.context("a post")?;
        let at = post.created_at + TimeDelta::minutes(i64::try_from(number % 2_000)?);
        let network = pick(&NETWORKS, round).context("a network")?;
        let member = pick(members, who).context("a member")?;
        let state = pick(&STATES, number).context("a state")?;
        let share = a_share(t, owner, (member, post, network), (state, at));
        links.push(a_link(t, &share, format!("bench{number}")));
        rows.push(share);
        if rows.len() == PART {
            write::<share::Entity>(t, std::mem::take(&mut rows)).await?;
        }
    }
    write::<share::Entity>(t, rows).await?;
    for part in links.chunks(PART) {
        write::<link::Entity>(t, part.to_vec()).await?;
    }
    Ok(links)
}

/// A post of the last weeks for everybody, which each member shared on each network.
async fn shared_by_all(
    t: &TestApp,
    owner: &Actor,
    (members, posts): (&[MemberId], &[post::Model]),
) -> anyhow::Result<Vec<link::Model>> {
    let template = posts.last().context("a post")?;
    let at = t.clock.now() - TimeDelta::days(20);
    let post = post::Model {
        id: PostId(t.app.chance.uuid(at)),
        title: "What everybody shared".to_owned(),
        audience: None,
        published_at: Some(at),
        expires_at: Some(at + TimeDelta::days(60)),
        created_at: at,
        ..template.clone()
    };
    write::<post::Entity>(t, vec![post.clone()]).await?;
    let mut links = Vec::with_capacity(members.len() * NETWORKS.len());
    let mut rows = Vec::with_capacity(members.len() * NETWORKS.len());
    for (number, member) in members.iter().enumerate() {
        for network in NETWORKS {
            let at = at + TimeDelta::minutes(i64::try_from(number % 20_000)?);
            let share = a_share(
                t,
                owner,
                (*member, &post, network),
                (ShareState::Confirmed, at),
            );
            links.push(a_link(t, &share, format!("everybody{}", links.len())));
            rows.push(share);
        }
    }
    for part in rows.chunks(PART) {
        write::<share::Entity>(t, part.to_vec()).await?;
    }
    for part in links.chunks(PART) {
        write::<link::Entity>(t, part.to_vec()).await?;
    }
    Ok(links)
}

fn a_share(
    t: &TestApp,
    owner: &Actor,
    (member_id, post, network): (MemberId, &post::Model, Network),
    (state, at): (ShareState, DateTime<Utc>),
) -> share::Model {
    share::Model {
        id: ShareId(t.app.chance.uuid(at)),
        organization_id: owner.organization.id,
        member_id,
        post_id: post.id,
        network,
        state,
        variant_id: None,
        text: String::new(),
        followers: Some(250),
        confirmed_at: (state != ShareState::Opened).then_some(at),
        proven_at: (state == ShareState::Proven).then_some(at),
        created_at: at,
        updated_at: at,
    }
}

fn a_link(t: &TestApp, share: &share::Model, code: String) -> link::Model {
    let at = share.created_at;
    link::Model {
        id: LinkId(t.app.chance.uuid(at)),
        organization_id: share.organization_id,
        code,
        post_id: share.post_id,
        network: share.network,
        member_id: Some(share.member_id),
        share_id: Some(share.id),
        owner_key: share.member_id.0.simple().to_string(),
        destination: "https://acme.example/".to_owned(),
        clicks: 0,
        created_at: at,
    }
}

/// As many hits for each link within its first two weeks, six of ten counted clicks; counting has
/// come past them.
async fn read(
    t: &TestApp,
    (links, size): (&[link::Model], Size),
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let (mut hits, mut counted) = (Vec::new(), Vec::new());
    for number in 0..size.hits {
        let link = links
            .get(number * links.len() / size.hits)
            .context("a link")?;
        let later = TimeDelta::minutes(i64::try_from(number * 7_919 % 20_000)?);
        let at = (link.created_at + later).min(now - TimeDelta::minutes(5));
        let hit = a_hit(t, link, (number, at));
        if hit.class == HitClass::Human {
            counted.push(click::Model {
                id: ClickId(t.app.chance.uuid(at)),
                organization_id: link.organization_id,
                link_id: link.id,
                visitor: hit.visitor.clone().unwrap_or_default(),
                hour: at.timestamp().div_euclid(3_600),
                hit_id: hit.id,
                at,
                network_key: hit.network_key.clone().unwrap_or_default(),
                counted: true,
            });
        }
        hits.push(hit);
        if hits.len() == PART {
            write::<hit::Entity>(t, std::mem::take(&mut hits)).await?;
            write::<click::Entity>(t, std::mem::take(&mut counted)).await?;
        }
    }
    write::<hit::Entity>(t, hits).await?;
    write::<click::Entity>(t, counted).await?;
    let cursor = count_cursor::Model {
        name: "count_clicks".to_owned(),
        hit_id: clicks::first_hit_at(now),
        updated_at: now,
    };
    let txn = t.app.store.begin().await?;
    clicks::set_cursor(&txn, cursor).await?;
    txn.commit().await?;
    Ok(())
}

/// A hit of one of the kinds that there are, by its number.
pub fn a_hit(t: &TestApp, link: &link::Model, (number, at): (usize, DateTime<Utc>)) -> hit::Model {
    let (class, reason) = match number % 10 {
        0 | 1 => (HitClass::Bot, HitReason::Crawler),
        2 => (HitClass::Bot, HitReason::HeadRequest),
        3 => (HitClass::Private, HitReason::GlobalPrivacyControl),
        _ => (HitClass::Human, HitReason::Browser),
    };
    let is_known = class != HitClass::Private;
    let mixed = u64::try_from(number).unwrap_or_default();
    let mixed = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
    hit::Model {
        id: HitId(t.app.chance.uuid(at)),
        organization_id: link.organization_id,
        link_id: link.id,
        at,
        class,
        reason,
        visitor: is_known.then(|| mixed.repeat(2)),
        network_key: is_known.then(|| mixed.to_vec()),
        country: None,
        device: None,
        referrer_host: None,
    }
}

/// Writes rows in one transaction.
pub async fn write<E>(t: &TestApp, rows: Vec<E::Model>) -> anyhow::Result<()>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior,
{
    let txn = t.app.store.begin().await?;
    let table = E::default().unquoted().to_owned();
    seed::write::<E>(&*txn, &table, &rows).await?;
    txn.commit().await?;
    Ok(())
}
