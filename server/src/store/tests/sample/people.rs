//! Organizations, teams, members, what lets them in, chats, content.

use entity::enums::{
    BoardVisibility, DeliveryPreference, EditMode, FeedItemOutcome, FeedMode, JoinPolicy, Language,
    PostKind, PostState, Priority, Role,
};
use entity::json::{Followers, Networks, OrganizationSettings, Roles, Scopes};
use entity::{
    api_token, audit_event, campaign, channel, feed, feed_item, identity, installation, member,
    organization, pairing_attempt, pairing_code, post, role_team, team, variant,
};

use super::put;
use super::rows::*;
use crate::store::Txn;

pub async fn fill(txn: &Txn) {
    put::<organization::Entity>(txn, ORGANIZATIONS, an_organization).await;
    put::<team::Entity>(txn, TEAMS, a_team).await;
    put::<member::Entity>(txn, MEMBERS, a_member).await;
    put::<api_token::Entity>(txn, OTHERS, a_token).await;
    put::<audit_event::Entity>(txn, OTHERS, an_audit_event).await;
    put::<installation::Entity>(txn, INSTALLATIONS, an_installation).await;
    put::<channel::Entity>(txn, 200, a_channel).await;
    put::<identity::Entity>(txn, MEMBERS, an_identity).await;
    put::<role_team::Entity>(txn, 100, a_role_team).await;
    put::<pairing_code::Entity>(txn, OTHERS, a_pairing_code).await;
    put::<pairing_attempt::Entity>(txn, OTHERS, a_pairing_attempt).await;
    put::<campaign::Entity>(txn, 100, a_campaign).await;
    put::<feed::Entity>(txn, FEEDS, a_feed).await;
    put::<post::Entity>(txn, POSTS, a_post).await;
    put::<variant::Entity>(txn, 2 * POSTS, a_variant).await;
    put::<feed_item::Entity>(txn, 2 * OTHERS, an_item).await;
}

pub fn an_organization(n: usize) -> organization::Model {
    organization::Model {
        id: tenant(n),
        slug: format!("acme-{n}"),
        name: "Acme".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
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
        created_at: ago(n),
        updated_at: now(),
    }
}

pub fn a_team(n: usize) -> team::Model {
    team::Model {
        id: team(n),
        organization_id: organization(n),
        parent_id: None,
        name: format!("Team {n}"),
        created_at: ago(n),
    }
}

pub fn a_member(n: usize) -> member::Model {
    let wants_each = n.is_multiple_of(7);
    member::Model {
        id: member(n),
        organization_id: organization(n),
        team_id: Some(team(n % TEAMS)),
        email: (!n.is_multiple_of(10)).then(|| format!("person-{n}@acme.example")),
        display_name: format!("Person {n}"),
        language: None,
        time_zone: None,
        roles: Roles(if n < ORGANIZATIONS {
            vec![Role::Owner]
        } else {
            Vec::new()
        }),
        board_visibility: BoardVisibility::Name,
        pseudonym: format!("Quiet Otter {n}"),
        attribution: true,
        networks: Networks::default(),
        followers: Followers::default(),
        mastodon_instance: None,
        delivery: if wants_each {
            DeliveryPreference::EachPost
        } else {
            DeliveryPreference::ChannelOnly
        },
        delivery_platform: wants_each.then(|| platform(n)),
        delivery_refused_on: None,
        quiet_from: 1080,
        quiet_to: 540,
        quiet_weekends: true,
        quiet_own: false,
        joined_at: (!n.is_multiple_of(3)).then(|| ago(n)),
        greeted_at: Some(ago(n)),
        paused_until: None,
        left_at: n.is_multiple_of(20).then(now),
        erased_at: n.is_multiple_of(40).then(now),
        created_at: ago(n),
        updated_at: now(),
    }
}

pub fn a_token(n: usize) -> api_token::Model {
    api_token::Model {
        id: token(n),
        organization_id: organization(n),
        member_id: member(n % 300),
        issuer_id: None,
        name: "script".to_owned(),
        token_hash: hash(n),
        scopes: Scopes(Vec::new()),
        expires_at: None,
        last_used_at: None,
        revoked_at: None,
        created_at: ago(n),
    }
}

pub fn an_audit_event(n: usize) -> audit_event::Model {
    audit_event::Model {
        id: audit_event(n),
        organization_id: organization(n),
        actor_id: Some(member(n % MEMBERS)),
        action: "post.approve".to_owned(),
        subject: format!("post/{n}"),
        detail: serde_json::json!({}),
        interaction_id: None,
        at: ago(n),
    }
}

pub fn an_installation(n: usize) -> installation::Model {
    installation::Model {
        id: installation(n),
        organization_id: organization(n),
        platform: platform(n),
        external_id: format!("T{n}"),
        name: "Acme".to_owned(),
        bot_user_ref: None,
        bot_token: hash(n),
        connected_at: Some(ago(n)),
        connected_by: Some(member(n % MEMBERS)),
        enterprise_id: None,
        is_org_wide: false,
        scopes: None,
        refresh_token: n.is_multiple_of(20).then(|| hash(n)),
        token_expires_at: n.is_multiple_of(20).then(|| ago(n)),
        token_trouble: None,
        seen_at: Some(now()),
        revoked_at: n.is_multiple_of(10).then(now),
        ended_by: None,
        created_at: ago(n),
        updated_at: now(),
    }
}

fn a_channel(n: usize) -> channel::Model {
    channel::Model {
        id: channel(n),
        organization_id: organization(n),
        installation_id: installation(n % INSTALLATIONS),
        external_id: format!("C{n}"),
        name: "news".to_owned(),
        removed_at: n.is_multiple_of(10).then(now),
        paused_at: None,
        chooses_topics: false,
        version: 1,
        created_at: ago(n),
    }
}

pub fn an_identity(n: usize) -> identity::Model {
    identity::Model {
        id: identity(n),
        organization_id: organization(n),
        member_id: member(n),
        platform: platform(n),
        workspace_ref: format!("T{}", n % INSTALLATIONS),
        user_ref: format!("U{n}"),
        account_name: None,
        issuer_id: None,
        created_at: ago(n),
    }
}

pub fn a_role_team(n: usize) -> role_team::Model {
    role_team::Model {
        installation_id: installation(n % INSTALLATIONS),
        role_ref: format!("R{n}"),
        organization_id: organization(n),
        team_id: team(n),
        created_at: ago(n),
    }
}

pub fn a_pairing_code(n: usize) -> pairing_code::Model {
    pairing_code::Model {
        id: code(n),
        organization_id: organization(n),
        member_id: member(n % MEMBERS),
        code_hash: hash(n),
        issued_to: None,
        issuer_id: None,
        expires_at: ago(n),
        used_at: (!n.is_multiple_of(4)).then(|| ago(n)),
        used_for: None,
        created_at: ago(n),
    }
}

fn a_pairing_attempt(n: usize) -> pairing_attempt::Model {
    pairing_attempt::Model {
        account: format!("discord/{}", n % 100),
        hour: i64::try_from(n / 100).unwrap(),
        attempts: 1,
    }
}

pub fn a_campaign(n: usize) -> campaign::Model {
    campaign::Model {
        id: campaign(n),
        organization_id: organization(n),
        slug: format!("campaign-{n}"),
        name: "Campaign".to_owned(),
        goal: None,
        target: None,
        area: None,
        ends_at: None,
        created_at: ago(n),
    }
}

pub fn a_feed(n: usize) -> feed::Model {
    feed::Model {
        id: feed(n),
        organization_id: organization(n),
        url: format!("https://news.acme.example/{n}.xml"),
        title: None,
        mode: FeedMode::Draft,
        cron: "0 * * * *".to_owned(),
        paused: false,
        etag: None,
        last_modified: None,
        last_run_at: None,
        primed_at: None,
        last_error: None,
        trouble: None,
        failing_since: None,
        last_imported: None,
        last_known: None,
        last_refused: None,
        created_at: ago(n),
        updated_at: now(),
    }
}

pub fn a_post(n: usize) -> post::Model {
    let state = match n % 12 {
        0 => PostState::Draft,
        1 => PostState::Scheduled,
        2 => PostState::Live,
        3 => PostState::Withdrawn,
        _ => PostState::Expired,
    };
    post::Model {
        id: post(n),
        organization_id: organization(n),
        kind: PostKind::Share,
        state,
        title: format!("Post {n}"),
        summary: "What we drink.".to_owned(),
        url: Some(format!("https://acme.example/{n}")),
        canonical_url: Some(format!("https://acme.example/{n}")),
        image_url: None,
        image_alt: None,
        language: None,
        campaign_id: Some(campaign(n % 100)),
        feed_id: Some(feed(n % FEEDS)),
        author_id: Some(member(n)),
        approver_id: Some(member(n)),
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
        publish_at: Some(ago(n * 60)),
        published_at: Some(ago(n * 60)),
        expires_at: Some(ago(n * 50)),
        withdrawn_at: None,
        withdrawn_url: None,
        version: 1,
        created_at: ago(n * 60),
        updated_at: now(),
    }
}

pub fn a_variant(n: usize) -> variant::Model {
    variant::Model {
        id: variant(n),
        organization_id: organization(n / 2),
        post_id: post(n / 2),
        network: None,
        position: i64::try_from(n % 2).unwrap(),
        text: "Have you tried it?".to_owned(),
        dealt: 0,
        created_at: ago(n),
    }
}

pub fn an_item(n: usize) -> feed_item::Model {
    feed_item::Model {
        id: item(n),
        organization_id: organization(n % FEEDS),
        feed_id: feed(n % FEEDS),
        fingerprint: format!("fingerprint {n}"),
        title: "Item".to_owned(),
        outcome: FeedItemOutcome::Imported,
        reason: None,
        post_id: Some(post(n % POSTS)),
        created_at: ago(n),
    }
}
