//! Messages, shares, links, hits, clicks, points.

use entity::enums::{
    DeliveryOperation, DeliveryState, DeliverySubject, DeviceClass, HitClass, HitReason, PointKind,
    ShareState,
};
use entity::{
    click, delivery, dismissal, hit, link, own_visit, point_event, score, score_bucket, share,
};

use super::put;
use super::rows::*;
use crate::store::Txn;

pub async fn fill(txn: &Txn) {
    put::<delivery::Entity>(txn, DELIVERIES, a_delivery).await;
    put::<dismissal::Entity>(txn, OTHERS, a_dismissal).await;
    put::<share::Entity>(txn, SHARES, a_share).await;
    put::<link::Entity>(txn, SHARES, a_link).await;
    put::<hit::Entity>(txn, HITS, a_hit).await;
    put::<click::Entity>(txn, CLICKS, a_click).await;
    put::<own_visit::Entity>(txn, OTHERS, a_visit).await;
    put::<point_event::Entity>(txn, EVENTS, an_event).await;
    put::<score::Entity>(txn, 2 * MEMBERS, a_score).await;
    put::<score_bucket::Entity>(txn, OTHERS, a_bucket).await;
}

pub fn a_delivery(n: usize) -> delivery::Model {
    let is_revision = n % 3 == 2;
    let is_personal = n.is_multiple_of(2);
    let state = match n % 40 {
        0 | 20 => DeliveryState::Pending,
        7 => DeliveryState::Claimed,
        9 => DeliveryState::Failed,
        11 => DeliveryState::Cancelled,
        _ => DeliveryState::Sent,
    };
    delivery::Model {
        id: delivery(n),
        organization_id: organization(n),
        installation_id: installation(n % INSTALLATIONS),
        platform: platform(n % INSTALLATIONS),
        operation: if is_revision {
            DeliveryOperation::Revise
        } else {
            DeliveryOperation::Post
        },
        subject: if is_personal {
            DeliverySubject::PersonalPost
        } else {
            DeliverySubject::SuggestedPost
        },
        post_id: Some(post(n % POSTS)),
        member_id: is_personal.then(|| member(n % MEMBERS)),
        identity_id: None,
        proposal_id: None,
        place_ref: format!("C{}", n % 200),
        target_id: is_revision.then(|| delivery(n - 2)),
        state,
        run_at: ago(n),
        attempts: 1,
        leased_by: None,
        leased_until: None,
        message_ref: Some(format!("{n}.1")),
        failure: None,
        dedupe_key: Some(format!("post:{n}")),
        settled_at: Some(ago(n)),
        created_at: ago(n),
    }
}

pub fn a_dismissal(n: usize) -> dismissal::Model {
    dismissal::Model {
        id: dismissal(n),
        organization_id: organization(n),
        member_id: member(n),
        post_id: post(n % POSTS),
        created_at: ago(n),
    }
}

pub fn a_share(n: usize) -> share::Model {
    let state = [
        ShareState::Opened,
        ShareState::Confirmed,
        ShareState::Proven,
    ][n % 3];
    share::Model {
        id: share(n),
        organization_id: organization(n),
        member_id: member(n % MEMBERS),
        post_id: post(n % POSTS),
        network: network(n / MEMBERS),
        state,
        variant_id: Some(variant(n % POSTS)),
        text: "Have you tried it?".to_owned(),
        followers: Some(100),
        confirmed_at: (state != ShareState::Opened).then(|| ago(n * 10)),
        proven_at: (state == ShareState::Proven).then(|| ago(n * 10)),
        created_at: ago(n * 10),
        updated_at: now(),
    }
}

pub fn a_link(n: usize) -> link::Model {
    link::Model {
        id: link(n),
        organization_id: organization(n),
        code: format!("code{n}"),
        post_id: post(n % POSTS),
        network: network(n / MEMBERS),
        member_id: Some(member(n % MEMBERS)),
        share_id: Some(share(n)),
        owner_key: format!("owner {n}"),
        destination: "https://acme.example/tea".to_owned(),
        clicks: 3,
        created_at: ago(n),
    }
}

pub fn a_hit(n: usize) -> hit::Model {
    hit::Model {
        id: hit(n),
        organization_id: organization(n),
        link_id: link(n % SHARES),
        at: ago(HITS - n.min(HITS)),
        class: HitClass::Human,
        reason: HitReason::Browser,
        visitor: Some(hash(n)),
        network_key: Some(hash(n % 50)),
        country: None,
        device: Some(DeviceClass::Desktop),
        referrer_host: None,
    }
}

pub fn a_click(n: usize) -> click::Model {
    click::Model {
        id: click(n),
        organization_id: organization(n),
        link_id: link(n % SHARES),
        visitor: hash(n),
        hour: i64::try_from(n / 40).unwrap(),
        hit_id: hit(n),
        at: ago(n),
        network_key: hash(n % 50),
        counted: true,
    }
}

pub fn a_visit(n: usize) -> own_visit::Model {
    own_visit::Model {
        share_id: share(n),
        visitor: hash(n),
        organization_id: organization(n),
        day: day(n),
    }
}

pub fn an_event(n: usize) -> point_event::Model {
    point_event::Model {
        id: event(n),
        organization_id: organization(n),
        member_id: member(n % MEMBERS),
        kind: PointKind::ClickCounted,
        points: 1,
        share_id: Some(share(n % SHARES)),
        dedupe_key: format!("click:{n}"),
        day: day(n),
        at: ago(n * 10),
    }
}

/// The key of a board.
pub fn board(n: usize) -> String {
    ["all", "2026-W46"][n % 2].to_owned()
}

pub fn a_score(n: usize) -> score::Model {
    score::Model {
        organization_id: organization(n / 2),
        board: board(n),
        member_id: member(n / 2),
        points: i64::try_from((n * 7) % 1_000).unwrap(),
        shown: !n.is_multiple_of(9),
    }
}

pub fn a_bucket(n: usize) -> score_bucket::Model {
    score_bucket::Model {
        organization_id: tenant(n % ORGANIZATIONS),
        board: board(n / ORGANIZATIONS),
        width: [1, 16, 256][n % 3],
        bucket: i64::try_from(n / ORGANIZATIONS).unwrap(),
        members: 7,
    }
}
