//! Many short links of one post, laid straight into a database: for tests and
//! benchmarks that are about readers, not about how a link came to be.

use chrono::{DateTime, Utc};
use entity::enums::{EditMode, JoinPolicy, Language, Network, PostKind, PostState, Priority};
use entity::ids::{LinkId, OrganizationId, PostId};
use entity::json::OrganizationSettings;
use entity::{link, organization, post};
use sea_orm::{EntityTrait, IntoActiveModel};
use server::chance::Chance;
use server::clock::Clock;
use server::store::{Store, StoreError};

/// Rows of one statement: a link has eleven values, and SQLite binds 32,766.
const ROWS: usize = 1_000;

/// The code of a link.
pub fn code(number: u32) -> String {
    format!("reader{number:06}")
}

/// Lays so many links, with an organization and a post of their own.
pub async fn lay(store: &Store, links: u32) -> Result<(), StoreError> {
    let (chance, now) = (Chance::from_system(), Clock::System.now());
    let organization = an_organization(OrganizationId(chance.uuid(now)), now);
    let id = organization.id;
    let txn = store.begin().await?;
    organization::Entity::insert(organization.into_active_model())
        .exec_without_returning(&*txn)
        .await?;
    txn.commit().await?;
    lay_in(store, id, links).await
}

/// Lays so many links of an organization that is there, with a post of their own.
pub async fn lay_in(store: &Store, of: OrganizationId, links: u32) -> Result<(), StoreError> {
    let (chance, now) = (Chance::from_system(), Clock::System.now());
    let post = a_post(PostId(chance.uuid(now)), of, now);
    let rows: Vec<link::Model> = (0..links)
        .map(|number| a_link(LinkId(chance.uuid(now)), &post, number))
        .collect();
    let txn = store.begin().await?;
    post::Entity::insert(post.into_active_model())
        .exec_without_returning(&*txn)
        .await?;
    for part in rows.chunks(ROWS) {
        link::Entity::insert_many(part.iter().cloned().map(IntoActiveModel::into_active_model))
            .exec_without_returning(&*txn)
            .await?;
    }
    txn.commit().await
}

fn an_organization(id: OrganizationId, now: DateTime<Utc>) -> organization::Model {
    organization::Model {
        id,
        slug: "readers".to_owned(),
        name: "Readers".to_owned(),
        time_zone: "UTC".to_owned(),
        language: Language::En,
        join_policy: JoinPolicy::List,
        settings: OrganizationSettings::default(),
        networks: None,
        quiet_from: 1080,
        quiet_to: 540,
        quiet_weekends: true,
        accent: None,
        short_url: None,
        settings_version: 0,
        points_before: None,
        points_since: None,
        proposal_points: 15,
        created_at: now,
        updated_at: now,
    }
}

fn a_post(id: PostId, organization_id: OrganizationId, now: DateTime<Utc>) -> post::Model {
    post::Model {
        id,
        organization_id,
        kind: PostKind::Share,
        state: PostState::Live,
        title: "Tea".to_owned(),
        summary: "What we drink.".to_owned(),
        url: Some("https://acme.example/tea".to_owned()),
        canonical_url: None,
        image_url: None,
        image_alt: None,
        language: None,
        campaign_id: None,
        feed_id: None,
        author_id: None,
        approver_id: None,
        review_note: None,
        edit_mode: EditMode::Free,
        featured: false,
        priority: Priority::Normal,
        audience: None,
        embargo_until: None,
        disclosure: None,
        search: String::new(),
        submitted_at: None,
        changed_by: None,
        written_by: None,
        autosaved_at: None,
        publish_at: None,
        published_at: Some(now),
        expires_at: None,
        withdrawn_at: None,
        withdrawn_url: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn a_link(id: LinkId, post: &post::Model, number: u32) -> link::Model {
    link::Model {
        id,
        organization_id: post.organization_id,
        code: code(number),
        post_id: post.id,
        network: Network::Linkedin,
        member_id: None,
        share_id: None,
        owner_key: format!("reader {number}"),
        destination: format!(
            "https://acme.example/tea?utm_source=linkedin&utm_medium=employee_advocacy\
             &utm_content={number}"
        ),
        clicks: 0,
        created_at: post.created_at,
    }
}
