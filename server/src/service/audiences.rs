//! Whom posts are for: rules checked, measured, and asked about members.

use std::collections::HashMap;

use entity::enums::{DeliveryPreference, Language, Permission, Platform};
use entity::ids::{MemberId, OrganizationId};
use entity::json::Audience;
use entity::{channel, member, organization, post, team};

use super::actor::{Actor, LookError};
use super::posts::PostError;
use super::routing::{self, About};
use crate::app::App;
use crate::domain::audience::{Rule, chooses_people, chooses_people_alone, is_too_long};
use crate::domain::broadcast::progress::steps;
use crate::domain::fault::Fault;
use crate::store::deliveries::plan;
use crate::store::{
    Reader, StoreError, audiences, channels, identities, members, organizations, teams,
};

/// Members of one batch.
const BATCH: u64 = 1_000;
/// Of fewer members it is not told how many want messages, for that would tell who; nor is a post
/// for them alone.
const GROUP: i64 = 5;

/// How many a rule reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Members to whom the post is suggested.
    pub members: i64,
    /// Those of them who asked for a direct message about each post, in steps of five, so that two
    /// rules that differ by one member do not tell about that one; none where they are few.
    pub direct: Option<i64>,
    /// Channels that get a card.
    pub channels: i64,
}

/// Refuses a rule that names teams or channels which the organization does not have.
pub(super) async fn check(
    db: &impl Reader,
    organization: OrganizationId,
    audience: Option<&Audience>,
) -> Result<(), PostError> {
    let faults = gone(db, organization, audience).await?;
    if faults.is_empty() {
        Ok(())
    } else {
        Err(PostError::Invalid(faults))
    }
}

/// What a rule names that the organization does not have, or not any more.
pub(super) async fn gone(
    db: &impl Reader,
    organization: OrganizationId,
    audience: Option<&Audience>,
) -> Result<Vec<Fault>, StoreError> {
    let mut faults = Vec::new();
    let Some(audience) = audience else {
        return Ok(faults);
    };
    if !audience.teams.is_empty() {
        let known = teams::of_organization(db, organization).await?;
        for (at, id) in audience.teams.iter().enumerate() {
            if !known.iter().any(|team| team.id == *id) {
                faults.push(Fault::new(format!("audience.teams.{at}"), "is no team"));
            }
        }
    }
    let named = audience.channels.as_deref().unwrap_or_default();
    if !named.is_empty() {
        let known = channels::active_of(db, organization).await?;
        for (at, id) in named.iter().enumerate() {
            if !known.iter().any(|channel| channel.id == *id) {
                faults.push(Fault::new(
                    format!("audience.channels.{at}"),
                    "is no channel",
                ));
            }
        }
    }
    Ok(faults)
}

/// The organization's teams, by name: what a rule may name, for who reads posts.
pub async fn list_teams(app: &App, actor: &Actor) -> Result<Vec<team::Model>, PostError> {
    actor.require(Permission::ReadPosts)?;
    Ok(teams::of_organization(app.store.reader(), actor.organization.id).await?)
}

/// The channels that receive posts, and their chats: what a rule may name.
pub async fn list_channels(
    app: &App,
    actor: &Actor,
) -> Result<Vec<(channel::Model, Platform)>, PostError> {
    actor.require(Permission::WritePosts)?;
    let found = plan::destinations(app.store.reader(), actor.organization.id).await?;
    let found = found.into_iter();
    Ok(found.map(|(one, home)| (one, home.platform)).collect())
}

/// What a rule names, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Its teams; those below them are meant too.
    pub teams: Vec<String>,
    /// The channels that get a card, by name, and their chats.
    pub channels: Vec<(String, Platform)>,
}

/// The teams that a rule names, and the channels that it and a post's topics lead to today, for who
/// reads posts.
pub async fn name_terms(
    app: &App,
    actor: &Actor,
    (audience, about): (Option<&Audience>, About<'_>),
) -> Result<Named, LookError> {
    actor.require(Permission::ReadPosts)?;
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let wanted = audience.map_or(&[][..], |audience| audience.teams.as_slice());
    let mut known = if wanted.is_empty() {
        Vec::new()
    } else {
        teams::of_organization(db, organization).await?
    };
    known.retain(|team| wanted.contains(&team.id));
    let found = routing::destinations(db, organization, (audience, about)).await?;
    let mut channels: Vec<(String, Platform)> = found
        .into_iter()
        .map(|(channel, home)| (channel.name, home.platform))
        .collect();
    channels.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(Named {
        teams: known.into_iter().map(|team| team.name).collect(),
        channels,
    })
}

/// How many channels show a post to everybody in them, though its rule chooses among people:
/// none where it names the channels, too.
pub(super) async fn open_channels(
    db: &impl Reader,
    organization: OrganizationId,
    (audience, about): (Option<&Audience>, About<'_>),
) -> Result<usize, StoreError> {
    if !audience.is_some_and(chooses_people_alone) {
        return Ok(0);
    }
    let taking = routing::destinations(db, organization, (audience, about)).await?;
    Ok(taking.len())
}

/// How many a rule reaches today with a post about these topics.
pub async fn measure(
    app: &App,
    actor: &Actor,
    (audience, topics): (Option<Audience>, &[String]),
) -> Result<Size, PostError> {
    actor.require(Permission::WritePosts)?;
    let audience = audience.unwrap_or_default();
    if is_too_long(&audience) {
        return Err(Fault::new("audience", "has a list that is too long").into());
    }
    let db = app.store.reader();
    let organization = &actor.organization;
    check(db, organization.id, Some(&audience)).await?;
    let teams = teams::of_organization(db, organization.id).await?;
    let rule = Rule::new(&audience, &teams, organization.language);
    let (mut reached, mut direct) = (0, 0);
    let count = |member: &member::Model| {
        reached += 1;
        direct += i64::from(member.delivery == DeliveryPreference::EachPost);
    };
    each_meant(db, organization.id, &rule, count).await?;
    let whom = (Some(&audience), About::Named(topics));
    let taking = routing::destinations(db, organization.id, whom).await?;
    Ok(Size {
        members: reached,
        direct: (reached >= GROUP).then_some(steps(direct)),
        channels: i64::try_from(taking.len()).unwrap_or(i64::MAX),
    })
}

/// How many of an audience asked for a message of their own about each post, by chat. Who paused
/// counts, for this is told, and a pause is not.
pub(super) async fn readers(
    app: &App,
    organization: &organization::Model,
    audience: &Audience,
) -> Result<Vec<(Platform, i64)>, StoreError> {
    let db = app.store.reader();
    let teams = teams::of_organization(db, organization.id).await?;
    let rule = Rule::new(audience, &teams, organization.language);
    let mut readers: HashMap<Platform, i64> = HashMap::new();
    let count = |member: &member::Model| {
        let wants = member.delivery == DeliveryPreference::EachPost;
        if let Some(platform) = member.delivery_platform.filter(|_| wants) {
            *readers.entry(platform).or_default() += 1;
        }
    };
    each_meant(db, organization.id, &rule, count).await?;
    Ok(readers.into_iter().collect())
}

/// Whether a rule chooses so few people that any figure of its post would be too close to one of
/// them. It is asked inside of transactions, too, and so reads no more members than that takes.
pub(super) async fn means_few(
    db: &impl Reader,
    organization: OrganizationId,
    audience: Option<&Audience>,
) -> Result<bool, StoreError> {
    let Some(audience) = audience.filter(|audience| chooses_people(audience)) else {
        return Ok(false);
    };
    let house = organizations::find(db, organization).await?;
    let language = house.map_or(Language::En, |house| house.language);
    let teams = if audience.teams.is_empty() {
        Vec::new()
    } else {
        teams::of_organization(db, organization).await?
    };
    let rule = Rule::new(audience, &teams, language);
    let found = audiences::some_meant(db, organization, &rule, GROUP.unsigned_abs()).await?;
    Ok(i64::try_from(found.len()).unwrap_or(i64::MAX) < GROUP)
}

/// Every member who finished onboarding and whom the rule means, batch by batch.
async fn each_meant(
    db: &impl Reader,
    organization: OrganizationId,
    rule: &Rule<'_>,
    mut each: impl FnMut(&member::Model),
) -> Result<(), StoreError> {
    let mut after = None;
    loop {
        let found = members::joined(db, organization, (after, BATCH)).await?;
        let Some(last) = found.last() else {
            return Ok(());
        };
        after = Some(last.id);
        let ids: Vec<MemberId> = found.iter().map(|member| member.id).collect();
        let accounts = platforms(db, &ids).await?;
        let is_meant = |member: &&member::Model| {
            rule.includes(*member, accounts.get(&member.id).map_or(&[], Vec::as_slice))
        };
        found.iter().filter(is_meant).for_each(&mut each);
    }
}

/// The chats on which members have accounts.
pub(super) async fn platforms(
    db: &impl Reader,
    members: &[MemberId],
) -> Result<HashMap<MemberId, Vec<Platform>>, StoreError> {
    let mut platforms: HashMap<MemberId, Vec<Platform>> = HashMap::new();
    for account in identities::of_members(db, members).await? {
        let known = platforms.entry(account.member_id).or_default();
        known.push(account.platform);
    }
    Ok(platforms)
}

/// Those of the posts that are for the actor, in their order.
pub(super) async fn meant_for(
    db: &impl Reader,
    actor: &Actor,
    posts: Vec<post::Model>,
) -> Result<Vec<post::Model>, StoreError> {
    // Nearly always all are for everybody.
    if posts.iter().all(|post| post.audience.is_none()) {
        return Ok(posts);
    }
    let organization = &actor.organization;
    let teams = teams::of_organization(db, organization.id).await?;
    let accounts = platforms(db, &[actor.member.id]).await?;
    let accounts = accounts
        .get(&actor.member.id)
        .map_or(&[][..], Vec::as_slice);
    let is_meant = |post: &post::Model| {
        post.audience.as_ref().is_none_or(|audience| {
            let rule = Rule::new(audience, &teams, organization.language);
            rule.includes(&actor.member, accounts)
        })
    };
    Ok(posts.into_iter().filter(is_meant).collect())
}

#[cfg(test)]
mod tests;
