//! Behind the door: each use case asks for the permission once more, so that another door to
//! it (a page, a job, a command) cannot forget to.

use entity::enums::Permission;
use entity::ids::{ApiTokenId, FeedId, MemberId, PostId};
use sea_orm::Iterable;
use server::app::App;
use server::domain::page::Paging;
use server::http::error::ApiError;
use server::service::actor::Actor;
use server::service::feeds::{self, FeedChange, NewFeed};
use server::service::members::{self, NewMember};
use server::service::posts;
use server::service::tokens::{self, NewToken};
use server::service::{audit, channels, deliveries, figures, jobs, pairing};
use server::test_support::content::draft;
use server::test_support::{TestApp, on_both};
use server_api::problem::Code;
use uuid::Uuid;

use super::word;
use crate::described::operations;

/// An id of nothing.
const NOTHING: Uuid = Uuid::from_u128(7);

/// How the use case of an operation refuses; none where it does what was asked.
async fn refusal(app: &App, actor: &Actor, operation: &str) -> Option<Code> {
    match operation {
        "list_posts" | "create_post" | "show_post" | "update_post" | "submit_post"
        | "approve_post" | "reject_post" | "publish_post" | "withdraw_post" => {
            of_posts(app, actor, operation).await
        }
        "list_feeds" | "create_feed" | "update_feed" | "run_feed" | "list_feed_items" => {
            of_feeds(app, actor, operation).await
        }
        "list_members" | "create_member" | "import_members" | "invite_member" => {
            of_members(app, actor, operation).await
        }
        "list_tokens" => code(tokens::list(app, actor, page()).await),
        "create_token" => code(tokens::create(app, actor, token()).await),
        "revoke_token" => code(tokens::revoke(app, actor, ApiTokenId(NOTHING)).await),
        "show_post_figures" => code(figures::of_post(app, actor, PostId(NOTHING)).await),
        "count_deliveries" => code(deliveries::count_deliveries(app, actor).await),
        "list_audit_events" => code(audit::list(app, actor, page()).await),
        "list_dead_jobs" => code(jobs::dead(app, actor, page()).await),
        "list_channels" => code(channels::list(app, actor, page()).await),
        unknown => panic!("{unknown} needs a permission: say which use case it is"),
    }
}

async fn of_posts(app: &App, actor: &Actor, operation: &str) -> Option<Code> {
    let (id, news) = (PostId(NOTHING), draft("News"));
    match operation {
        "list_posts" => code(posts::list_posts(app, actor, None, page()).await),
        "create_post" => code(posts::create_post(app, actor, news).await),
        "show_post" => code(posts::show_post(app, actor, id).await),
        "update_post" => code(posts::update_post(app, actor, id, None, news).await),
        "submit_post" => code(posts::submit_post(app, actor, id).await),
        "approve_post" => code(posts::approve_post(app, actor, id, None).await),
        "reject_post" => code(posts::reject_post(app, actor, id, "Say more.").await),
        "publish_post" => code(posts::publish_post(app, actor, id).await),
        _ => code(posts::withdraw_post(app, actor, id, None).await),
    }
}

async fn of_feeds(app: &App, actor: &Actor, operation: &str) -> Option<Code> {
    let id = FeedId(NOTHING);
    let form = NewFeed {
        url: "https://news.example/feed.xml".to_owned(),
        mode: None,
        cron: None,
    };
    match operation {
        "list_feeds" => code(feeds::list_feeds(app, actor, page()).await),
        "create_feed" => code(feeds::create_feed(app, actor, form).await),
        "update_feed" => code(feeds::update_feed(app, actor, id, FeedChange::default()).await),
        "run_feed" => code(feeds::run_feed(app, actor, id).await),
        _ => code(feeds::list_feed_items(app, actor, id, page()).await),
    }
}

async fn of_members(app: &App, actor: &Actor, operation: &str) -> Option<Code> {
    let form = NewMember {
        email: "new@news.example".to_owned(),
        display_name: "New".to_owned(),
        team: None,
        roles: Vec::new(),
        language: None,
    };
    match operation {
        "list_members" => {
            let named = members::by_email(app, actor, "new@news.example").await;
            assert_eq!(code(named), code(members::list(app, actor, page()).await));
            code(members::list(app, actor, page()).await)
        }
        "create_member" => code(members::create(app, actor, form).await),
        "import_members" => code(members::import::import(app, actor, b"email,name\n").await),
        _ => code(pairing::invite(app, actor, MemberId(NOTHING)).await),
    }
}

fn code<T, E: Into<ApiError>>(outcome: Result<T, E>) -> Option<Code> {
    outcome.err().map(|error| error.into().code())
}

fn page() -> Paging {
    Paging {
        after: None,
        limit: 10,
    }
}

fn token() -> NewToken {
    NewToken {
        name: "reports".to_owned(),
        scopes: vec![Permission::ManageTokens],
        expires_at: None,
    }
}

#[tokio::test]
async fn every_use_case_asks_for_the_permission_that_its_operation_names() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        for operation in operations() {
            let Some(needed) = Permission::iter().find(|one| word(*one) == operation.permission)
            else {
                continue;
            };
            let with = |permissions: Vec<Permission>| Actor {
                permissions,
                ..actor.clone()
            };
            let all_others = Permission::iter().filter(|one| *one != needed).collect();
            let without = refusal(&t.app, &with(all_others), &operation.name).await;
            assert_eq!(without, Some(Code::Forbidden), "{}", operation.name);
            let alone = refusal(&t.app, &with(vec![needed]), &operation.name).await;
            assert_ne!(alone, Some(Code::Forbidden), "{}", operation.name);
        }
    })
    .await;
}
