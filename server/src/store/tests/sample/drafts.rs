//! What curators work with: topics, former versions, notes, views, rules.

use entity::enums::{
    EditMode, ImportKind, ImportState, LineOutcome, PostKind, Priority, ReviewStep,
};
use entity::json::{Phrases, PostContent, Scopes};
use entity::{
    content_rules, csv_file, csv_import, csv_line, media, post_topic, post_version, review_note,
    saved_view, topic, topic_route,
};

use super::put;
use super::rows::*;
use crate::store::Txn;

pub async fn fill(txn: &Txn) {
    put::<topic::Entity>(txn, OTHERS, a_topic).await;
    put::<post_topic::Entity>(txn, POSTS, a_post_topic).await;
    put::<topic_route::Entity>(txn, OTHERS, a_route).await;
    put::<content_rules::Entity>(txn, ORGANIZATIONS, the_rules).await;
    put::<saved_view::Entity>(txn, OTHERS, a_view).await;
    put::<post_version::Entity>(txn, 4 * POSTS, a_version).await;
    put::<review_note::Entity>(txn, 4 * POSTS, a_note).await;
    put::<media::Entity>(txn, OTHERS, a_picture).await;
    put::<csv_import::Entity>(txn, OTHERS, an_import).await;
    put::<csv_file::Entity>(txn, OTHERS, a_file).await;
    put::<csv_line::Entity>(txn, 4 * OTHERS, a_line).await;
}

pub fn a_topic(n: usize) -> topic::Model {
    topic::Model {
        id: topic(n),
        organization_id: organization(n),
        slug: format!("topic-{n}"),
        name: format!("Topic {n}"),
        mandatory: n.is_multiple_of(50),
        created_at: ago(n),
    }
}

pub fn a_post_topic(n: usize) -> post_topic::Model {
    post_topic::Model {
        post_id: post(n),
        topic_id: topic(n),
        organization_id: organization(n),
    }
}

pub fn a_route(n: usize) -> topic_route::Model {
    topic_route::Model {
        channel_id: channel(n % 200),
        topic_id: topic(n),
        organization_id: organization(n),
        created_at: ago(n),
    }
}

pub fn the_rules(n: usize) -> content_rules::Model {
    content_rules::Model {
        organization_id: tenant(n),
        blocked: Phrases(vec!["best".to_owned()]),
        disclosure_required: false,
        disclosure: None,
        review_hours: 24,
        version: 1,
        updated_at: now(),
    }
}

pub fn a_view(n: usize) -> saved_view::Model {
    saved_view::Model {
        id: view(n),
        organization_id: organization(n),
        member_id: member(n),
        name: "Mine".to_owned(),
        query: "state=live".to_owned(),
        created_at: ago(n),
    }
}

pub fn a_version(n: usize) -> post_version::Model {
    post_version::Model {
        id: version(n),
        organization_id: organization(n % POSTS),
        post_id: post(n % POSTS),
        version: i64::try_from(n / POSTS).unwrap(),
        author_id: Some(member(n % POSTS)),
        autosaved: false,
        content: content(),
        saved_at: ago(n),
    }
}

fn content() -> PostContent {
    PostContent {
        kind: PostKind::Share,
        title: "Post".to_owned(),
        summary: String::new(),
        url: None,
        image_url: None,
        image_alt: None,
        language: None,
        campaign: None,
        topics: Vec::new(),
        edit_mode: EditMode::Free,
        featured: false,
        priority: Priority::Normal,
        audience: None,
        embargo_until: None,
        disclosure: None,
        variants: Vec::new(),
        publish_at: None,
        expires_at: None,
    }
}

pub fn a_picture(n: usize) -> media::Model {
    media::Model {
        id: picture(n),
        organization_id: organization(n),
        member_id: Some(member(n % POSTS)),
        media_type: "image/png".to_owned(),
        width: 1,
        height: 1,
        alt: "A dot".to_owned(),
        digest: hash(n),
        bytes: 4,
        content: vec![1; 4],
        thumbnail: vec![1; 4],
        created_at: ago(n),
    }
}

pub fn a_note(n: usize) -> review_note::Model {
    review_note::Model {
        id: note(n),
        organization_id: organization(n % POSTS),
        post_id: post(n % POSTS),
        author_id: Some(member(n % POSTS)),
        step: ReviewStep::Comment,
        text: Some("Why now?".to_owned()),
        created_at: ago(n),
    }
}

pub fn an_import(n: usize) -> csv_import::Model {
    csv_import::Model {
        id: import(n),
        organization_id: organization(n),
        member_id: Some(member(n % POSTS)),
        permissions: Scopes::default(),
        kind: [ImportKind::Posts, ImportKind::Members][n % 2],
        state: ImportState::Done,
        total: 4,
        seen: 4,
        added: 2,
        updated: 1,
        unchanged: 0,
        refused: 1,
        created_at: ago(n),
        confirmed_at: None,
        done_at: None,
        cleaned_at: None,
        updated_at: now(),
    }
}

pub fn a_file(n: usize) -> csv_file::Model {
    csv_file::Model {
        import_id: import(n),
        organization_id: organization(n),
        content: vec![1; 4],
    }
}

/// Four lines of each import.
pub fn a_line(n: usize) -> csv_line::Model {
    csv_line::Model {
        import_id: import(n % OTHERS),
        line: i64::try_from(2 + n / OTHERS).unwrap(),
        organization_id: organization(n % OTHERS),
        outcome: [
            LineOutcome::Added,
            LineOutcome::Updated,
            LineOutcome::Unchanged,
            LineOutcome::Refused,
        ][n / OTHERS % 4],
        label: "Ada".to_owned(),
        fault: None,
        changes: None,
    }
}
