//! The first set-up: organization, owner, workspaces, channels, feeds. It says how
//! things are to be: applying it again changes nothing, applying it with other
//! values changes those.

mod follow;
mod workspaces;

use chrono_tz::Tz;
use entity::enums::{JoinPolicy, Language, Platform, Role};
use entity::ids::OrganizationId;
use entity::json::OrganizationSettings;
use entity::{member, organization};
use serde_json::json;
use thiserror::Error;

use super::actor::Actor;
use super::feeds::{FeedError, NewFeed};
use super::schedules::PlanError;
use super::{audit, leaderboard, members as people, schedules};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::proposal::PROPOSAL_POINTS;
use crate::domain::{email, quiet};
use crate::store::{StoreError, Txn, members, organizations};

/// Letters of a name in addresses, at most.
const LONGEST_SLUG: usize = 40;

/// Everything that a programme needs to begin.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The organization.
    pub organization: SetupOrganization,
    /// Address and name of its owner.
    pub owner: (String, String),
    /// The workspaces.
    pub workspaces: Vec<SetupWorkspace>,
    /// The feeds to follow.
    pub feeds: Vec<NewFeed>,
}

/// The organization to set up; what is not given stays, or takes its default.
#[derive(Clone, Debug)]
pub struct SetupOrganization {
    /// Name in addresses.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// IANA time zone.
    pub time_zone: Option<String>,
    /// Language of channel posts.
    pub language: Option<Language>,
    /// Who may join by themselves.
    pub join_policy: Option<JoinPolicy>,
    /// Whom somebody who may not join is told to ask.
    pub contact: Option<String>,
}

/// A workspace with its channels: those it does not name receive no posts any more.
#[derive(Clone)]
pub struct SetupWorkspace {
    /// Which chat.
    pub platform: Platform,
    /// The platform's id.
    pub external_id: String,
    /// Its name.
    pub name: String,
    /// The bot's user id.
    pub bot_user_ref: Option<String>,
    /// The bot's token; on Discord it is the part's own, and none is kept.
    pub bot_token: String,
    /// Platform's ids and names of channels.
    pub channels: Vec<(String, String)>,
    /// Platform's ids of roles, and the names of the teams that they stand for.
    pub roles: Vec<(String, String)>,
}

impl std::fmt::Debug for SetupWorkspace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SetupWorkspace")
            .field("platform", &self.platform)
            .field("external_id", &self.external_id)
            .finish_non_exhaustive()
    }
}

/// Why a set-up is not applied.
#[derive(Debug, Error)]
pub enum SetupError {
    /// Fields are invalid.
    #[error("a field is invalid")]
    Invalid(Vec<Fault>),
    /// The owner's address is that of a member who left.
    #[error("the owner is a member who left")]
    OwnerLeft,
    /// A feed cannot be followed.
    #[error(transparent)]
    Feed(FeedError),
    /// A token could not be encrypted.
    #[error("a token could not be encrypted")]
    Unsealable,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Applies a set-up.
pub async fn apply(app: &App, setup: Setup) -> Result<organization::Model, SetupError> {
    check(&setup).map_err(SetupError::Invalid)?;
    let txn = app.store.begin().await?;
    let organization = organization(&txn, app, &setup.organization).await?;
    let owner = owner(&txn, app, organization.id, &setup.owner).await?;
    for (at, workspace) in setup.workspaces.iter().enumerate() {
        workspaces::apply(&txn, app, organization.id, (at, workspace)).await?;
    }
    leaderboard::schedule(&txn, app, &organization)
        .await
        .map_err(not_planned)?;
    schedules::move_zone(&txn, app, organization.id, &organization.time_zone)
        .await
        .map_err(not_planned)?;
    let event = audit::Event {
        action: "organization.setup",
        subject: format!("organization:{}", organization.id),
        detail: json!({"owner": owner.id, "workspaces": setup.workspaces.len()}),
    };
    audit::record_system(&txn, app, organization.id, event).await?;
    txn.commit().await?;
    let actor = Actor::of(organization.clone(), owner);
    follow::apply(app, &actor, setup.feeds).await?;
    Ok(organization)
}

fn not_planned(error: PlanError) -> SetupError {
    match error {
        PlanError::Store(error) => SetupError::Store(error),
        PlanError::Cadence(fault) => SetupError::Invalid(vec![Fault::new(
            "organization.time_zone",
            fault.to_string(),
        )]),
    }
}

async fn organization(
    txn: &Txn,
    app: &App,
    wanted: &SetupOrganization,
) -> Result<organization::Model, StoreError> {
    let now = app.now();
    let past = organizations::by_slug_to_change(txn, &wanted.slug).await?;
    let base = past.clone().unwrap_or_else(|| organization::Model {
        id: OrganizationId(app.uuid()),
        slug: wanted.slug.clone(),
        name: String::new(),
        time_zone: "UTC".to_owned(),
        language: Language::En,
        join_policy: JoinPolicy::Workspace,
        settings: OrganizationSettings::default(),
        networks: None,
        quiet_from: quiet::DEFAULT.from.into(),
        quiet_to: quiet::DEFAULT.to.into(),
        quiet_weekends: quiet::DEFAULT.weekends,
        accent: None,
        short_url: None,
        settings_version: 0,
        points_before: None,
        points_since: None,
        proposal_points: PROPOSAL_POINTS,
        created_at: now,
        updated_at: now,
    });
    let row = organization::Model {
        name: wanted.name.trim().to_owned(),
        time_zone: wanted.time_zone.clone().unwrap_or(base.time_zone),
        language: wanted.language.unwrap_or(base.language),
        join_policy: wanted.join_policy.unwrap_or(base.join_policy),
        settings: OrganizationSettings {
            contact: wanted.contact.clone().or(base.settings.contact),
            ..base.settings
        },
        ..base
    };
    match past {
        Some(past) if past == row => Ok(past),
        Some(_) => {
            let updated_at = now;
            let settings_version = row.settings_version + 1;
            let row = organization::Model {
                updated_at,
                settings_version,
                ..row
            };
            organizations::update(&**txn, row).await
        }
        None => organizations::insert(&**txn, row).await,
    }
}

async fn owner(
    txn: &Txn,
    app: &App,
    organization: OrganizationId,
    (address, name): &(String, String),
) -> Result<member::Model, SetupError> {
    let address = email::normal(address).unwrap_or_default();
    let name = name.trim().to_owned();
    let Some(past) = members::by_email_to_change(txn, organization, &address).await? else {
        let mut row = people::blank(txn, app, organization, (address, name)).await?;
        row.roles.0.push(Role::Owner);
        return Ok(members::insert(&**txn, row).await?);
    };
    if past.left_at.is_some() {
        return Err(SetupError::OwnerLeft);
    }
    let mut row = member::Model {
        display_name: name,
        ..past.clone()
    };
    if !row.roles.0.contains(&Role::Owner) {
        row.roles.0.push(Role::Owner);
    }
    if row == past {
        return Ok(past);
    }
    row.updated_at = app.now();
    Ok(members::update(&**txn, row).await?)
}

fn check(setup: &Setup) -> Result<(), Vec<Fault>> {
    let mut faults = Vec::new();
    let organization = &setup.organization;
    if !is_slug(&organization.slug) {
        faults.push(Fault::new(
            "organization.slug",
            "has lower-case letters, digits and hyphens, at most 40, and begins with a letter",
        ));
    }
    let names = [
        ("organization.name", &organization.name),
        ("owner.name", &setup.owner.1),
    ];
    for (field, text) in names {
        if let Err(reason) = people::name(text) {
            faults.push(Fault::new(field, reason));
        }
    }
    if let Some(zone) = &organization.time_zone
        && zone.parse::<Tz>().is_err()
    {
        faults.push(Fault::new(
            "organization.time_zone",
            "is an IANA name such as Europe/Berlin",
        ));
    }
    if email::normal(&setup.owner.0).is_none() {
        faults.push(Fault::new("owner.email", "is no e-mail address"));
    }
    for (at, workspace) in setup.workspaces.iter().enumerate() {
        workspaces::check(at, workspace, &mut faults);
    }
    for (at, feed) in setup.feeds.iter().enumerate() {
        follow::check(at, feed, &mut faults);
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

/// A name in addresses for an organization of this name.
pub fn slug_of(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-");
    slug.truncate(LONGEST_SLUG);
    let slug = slug.trim_matches('-');
    if is_slug(slug) {
        slug.to_owned()
    } else {
        "home".to_owned()
    }
}

fn is_slug(text: &str) -> bool {
    text.len() <= LONGEST_SLUG
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
