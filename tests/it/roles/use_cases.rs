//! Behind the door: each use case asks for the permission once more, so that another door to
//! it (a page, a job, a command) cannot forget to.

mod chats;
mod people;
mod plans;
mod proposals;

use entity::enums::{ImportKind, Network, Permission};
use entity::ids::{
    ApiTokenId, CampaignId, CsvImportId, FeedId, MemberId, PostId, SavedViewId, TeamId,
};
use sea_orm::Iterable;
use server::app::App;
use server::domain::audit::Wanted;
use server::domain::page::Paging;
use server::domain::people::Wanted as Everybody;
use server::domain::span::Span;
use server::http::error::ApiError;
use server::service::actor::Actor;
use server::service::feeds::{self, FeedChange, NewFeed};
use server::service::insight::{self, Subject};
use server::service::members::{self, NewMember};
use server::service::posts;
use server::service::rates::{self, Rate};
use server::service::tokens::{self, NewToken};
use server::service::{
    audiences, audit, broadcasts, cadences, content_rules, deliveries, figures, imports, jobs,
    media, pairing, previews, retention, reviews, saved_views, settings, unfurl,
};
use server::test_support::content::draft;
use server::test_support::{TestApp, on_both};
use server_api::problem::Code;
use uuid::Uuid;

use super::word;
use crate::described::operations;

/// An id of nothing.
const NOTHING: Uuid = Uuid::from_u128(7);

/// How the use case of an operation refuses; none where it does what was asked.
#[expect(clippy::too_many_lines, reason = "a table of operations")]
async fn refusal(app: &App, actor: &Actor, operation: &str) -> Option<Code> {
    match operation {
        "list_posts" | "create_post" | "show_post" | "update_post" | "submit_post"
        | "approve_post" | "reject_post" | "publish_post" | "withdraw_post" => {
            of_posts(app, actor, operation).await
        }
        "begin_post" | "autosave_post" | "test_post" | "list_versions" | "show_version"
        | "restore_version" | "check_post" | "reschedule_post" | "recall_post" | "archive_post"
        | "unarchive_post" | "list_notes" | "add_note" => of_drafts(app, actor, operation).await,
        "count_posts" | "show_calendar" | "take_steps" | "measure_audience" | "list_views"
        | "save_view" | "delete_view" => of_library(app, actor, operation).await,
        "list_campaigns" | "show_campaign" | "create_campaign" | "update_campaign"
        | "end_campaign" | "list_topics" | "create_topic" | "update_topic" | "merge_topic"
        | "remove_topic" => plans::refusal(app, actor, operation).await,
        "list_teams" | "show_team_tree" | "create_team" | "rename_team" | "move_team"
        | "remove_team" | "invite_people" | "show_member" | "update_member"
        | "set_member_roles" | "set_member_team" | "mark_member_left" | "bring_member_back"
        | "invite_to_console" | "unpair_member" | "export_member" | "erase_member" => {
            people::refusal(app, actor, operation).await
        }
        named if named.contains("_proposal") => proposals::refusal(app, actor, operation).await,
        "show_retention" => code(retention::show_retention(app, actor).await),
        "update_retention" => code(retention::update_retention(app, actor, None, Vec::new()).await),
        "list_reviews" => code(reviews::list_reviews(app, actor).await),
        "show_review" => code(reviews::show_review(app, actor, PostId(NOTHING)).await),
        "preview_post" => code(previews::preview(app, actor, (draft("News"), None)).await),
        "unfurl_page" => code(unfurl::unfurl(app, actor, "nonsense").await),
        "list_media" => code(media::list_media(app, actor, page()).await),
        "upload_media" => code(media::upload(app, actor, "A dot", Vec::new()).await),
        "show_content_rules" => code(content_rules::show_rules(app, actor).await),
        "show_settings" => code(settings::show_settings(app, actor).await),
        "update_settings" => {
            let change = settings::Change::default();
            code(settings::update_settings(app, actor, None, change).await)
        }
        "update_content_rules" => {
            let rules = content_rules::Rules::default();
            code(content_rules::update_rules(app, actor, None, rules).await)
        }
        "list_feeds" | "create_feed" | "update_feed" | "run_feed" | "list_feed_items"
        | "show_feed" | "remove_feed" | "preview_feed" => of_feeds(app, actor, operation).await,
        "show_cadence" => code(cadences::read_cadence(app, actor, "0 * * * *")),
        named if named.contains("_import") && named != "import_members" => {
            of_files(app, actor, operation).await
        }
        "list_members" | "create_member" | "import_members" | "invite_member" => {
            of_members(app, actor, operation).await
        }
        "list_tokens" => code(tokens::list(app, actor, page()).await),
        "create_token" => code(tokens::create(app, actor, token()).await),
        "revoke_token" => code(tokens::revoke(app, actor, ApiTokenId(NOTHING)).await),
        "show_broadcast" => code(broadcasts::look(app, actor, PostId(NOTHING)).await),
        "pause_broadcast" => code(broadcasts::pause(app, actor, PostId(NOTHING)).await),
        "resume_broadcast" => code(broadcasts::resume(app, actor, PostId(NOTHING)).await),
        "stop_broadcast" => code(broadcasts::stop(app, actor, PostId(NOTHING)).await),
        "retry_broadcast" => code(broadcasts::retry(app, actor, PostId(NOTHING)).await),
        "resend_uncertain" => code(broadcasts::resend(app, actor, PostId(NOTHING), 1).await),
        "show_insight"
        | "list_post_insight"
        | "show_post_insight"
        | "show_campaign_insight"
        | "show_team_insight"
        | "show_health"
        | "list_rates"
        | "set_rate" => of_insight(app, actor, operation).await,
        "show_post_figures" => code(figures::of_post(app, actor, PostId(NOTHING)).await),
        "count_deliveries" => code(deliveries::count_deliveries(app, actor).await),
        "list_audit_events" => code(audit::list(app, actor, &Wanted::default(), page()).await),
        "list_dead_jobs" => code(jobs::dead(app, actor, page()).await),
        "list_channels"
        | "add_channel"
        | "pause_channel"
        | "resume_channel"
        | "test_channel"
        | "show_channel_topics"
        | "set_channel_topics"
        | "list_connections"
        | "disconnect_chat" => chats::refusal(app, actor, operation).await,
        unknown => panic!("{unknown} needs a permission: say which use case it is"),
    }
}

async fn of_posts(app: &App, actor: &Actor, operation: &str) -> Option<Code> {
    let (id, news) = (PostId(NOTHING), draft("News"));
    match operation {
        "list_posts" => {
            let all = posts::Library::default();
            code(posts::list_posts(app, actor, &all, page()).await)
        }
        "create_post" => code(posts::create_post(app, actor, news).await),
        "show_post" => code(posts::show_post(app, actor, id).await),
        "update_post" => code(posts::update_post(app, actor, id, None, news).await),
        "submit_post" => code(posts::submit_post(app, actor, id).await),
        "approve_post" => code(posts::approve_post(app, actor, id, None, None).await),
        "reject_post" => code(posts::reject_post(app, actor, id, "Say more.", None).await),
        "publish_post" => code(posts::publish_post(app, actor, id).await),
        _ => code(posts::withdraw_post(app, actor, id, None).await),
    }
}

async fn of_drafts(app: &App, actor: &Actor, operation: &str) -> Option<Code> {
    let (id, news) = (PostId(NOTHING), draft("News"));
    match operation {
        "begin_post" => code(posts::begin_post(app, actor, news).await),
        "test_post" => code(posts::test_post(app, actor, id).await),
        "autosave_post" => code(posts::autosave_post(app, actor, id, None, news).await),
        "list_versions" => code(posts::list_versions(app, actor, id).await),
        "show_version" => code(posts::show_version(app, actor, id, 1).await),
        "restore_version" => code(posts::restore_version(app, actor, id, 1, None).await),
        "check_post" => code(posts::check_post(app, actor, id).await),
        "reschedule_post" => {
            let at = app.now();
            code(posts::reschedule_post(app, actor, id, None, at).await)
        }
        "recall_post" => code(posts::recall_post(app, actor, id).await),
        "archive_post" => code(posts::archive_post(app, actor, id).await),
        "unarchive_post" => code(posts::unarchive_post(app, actor, id).await),
        "list_notes" => code(posts::list_notes(app, actor, id, page()).await),
        _ => code(posts::add_note(app, actor, id, "Why now?").await),
    }
}

async fn of_library(app: &App, actor: &Actor, operation: &str) -> Option<Code> {
    match operation {
        "count_posts" => code(posts::count_posts(app, actor).await),
        "show_calendar" => {
            let week = (app.now(), app.now() + chrono::TimeDelta::days(7));
            code(posts::show_calendar(app, actor, week).await)
        }
        "take_steps" => {
            let steps = vec![(PostId(NOTHING), posts::Action::Archive)];
            code(posts::act_on_posts(app, actor, steps).await)
        }
        "measure_audience" => code(audiences::measure(app, actor, (None, &[])).await),
        "list_views" => code(saved_views::list_views(app, actor).await),
        "save_view" => code(saved_views::save_view(app, actor, ("Mine", "")).await),
        _ => code(saved_views::delete_view(app, actor, SavedViewId(NOTHING)).await),
    }
}

async fn of_insight(app: &App, actor: &Actor, operation: &str) -> Option<Code> {
    let span = Span::named("2026-10").unwrap();
    let report = async |subject| code(insight::report(app, actor, subject, span).await);
    match operation {
        "show_insight" => report(Subject::Organization).await,
        "show_post_insight" => report(Subject::Post(PostId(NOTHING))).await,
        "show_campaign_insight" => report(Subject::Campaign(CampaignId(NOTHING))).await,
        "list_post_insight" => {
            let campaigns = insight::list_campaigns(app, actor).await;
            let posts = insight::list_posts(app, actor, page()).await;
            assert_eq!(code(campaigns), code(posts));
            code(insight::list_posts(app, actor, page()).await)
        }
        "show_team_insight" => {
            let all = code(insight::teams(app, actor, span).await);
            // One team has a page of its own, and no operation.
            let one = code(insight::team(app, actor, TeamId(NOTHING)).await);
            let is_refused = |found: Option<Code>| found == Some(Code::Forbidden);
            assert_eq!(is_refused(one), is_refused(all));
            all
        }
        "show_health" => code(insight::health(app, actor).await),
        "list_rates" => code(rates::list_rates(app, actor).await),
        _ => {
            let rate = Rate {
                network: Network::X,
                valid_from: "2026-11".to_owned(),
                currency: "EUR".to_owned(),
                cpc: Some(120),
                cpm: None,
            };
            code(rates::set_rate(app, actor, rate).await)
        }
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
        "show_feed" => code(feeds::show_feed(app, actor, id).await),
        "remove_feed" => code(feeds::remove_feed(app, actor, id).await),
        "preview_feed" => {
            let nowhere = NewFeed {
                url: "nonsense".to_owned(),
                ..form
            };
            code(feeds::preview_feed(app, actor, nowhere).await)
        }
        _ => code(feeds::list_feed_items(app, actor, id, page()).await),
    }
}

async fn of_files(app: &App, actor: &Actor, operation: &str) -> Option<Code> {
    let (kind, step) = match operation.split_once("member_import") {
        Some((step, rest)) => (ImportKind::Members, format!("{step}{rest}")),
        None => (ImportKind::Posts, operation.replace("post_import", "")),
    };
    let import = (kind, CsvImportId(NOTHING));
    match step.as_str() {
        "list_s" => code(imports::list(app, actor, kind, page()).await),
        "upload_" => code(imports::upload(app, actor, kind, Vec::new()).await),
        "show_" => code(imports::show(app, actor, import).await),
        "confirm_" => code(imports::confirm(app, actor, import).await),
        "discard_" => code(imports::discard(app, actor, import).await),
        _ => {
            let all = imports::Wanted {
                outcome: None,
                after: 0,
                limit: 1,
            };
            code(imports::lines(app, actor, import, all).await)
        }
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
            let all = members::list(app, actor, Everybody::default(), page()).await;
            let refused = code(all);
            assert_eq!(code(named), refused);
            refused
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
