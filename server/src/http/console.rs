//! The web console: the use cases that the API offers, as pages under `/o/{slug}/`.
//!
//! # How to add a page
//!
//! 1. **Handler**, in a file of its own below `console/`, one per family of pages:
//!    ```ignore
//!    pub async fn show(console: Console<ReadPosts>, app: State<App>) -> Answer {
//!        let posts = posts::list(&app, &console.actor, ..).await.or_page(&console)?;
//!        Ok(console.page(&LibraryPage { frame: console.frame("library-title"), posts }))
//!    }
//!    ```
//!    [`Console<P>`](door::Console) lets only members with the permission `P` in
//!    ([`Anyone`](door::Anyone) for all of them); everybody else has been answered by then.
//!    What a handler has to refuse is `Err(console.not_found())` and its like; refusals of use
//!    cases become pages by [`OrPage::or_page`](page::OrPage::or_page).
//! 2. **Route**, in [`router`]: `GET` shows, `POST` changes and answers with
//!    [`Console::go`](door::Console::go), so that a reload repeats nothing. Whom it lets in is
//!    read from the handler's door, and every role asks it in `tests/it/roles/pages.rs`.
//! 3. **Template**, `templates/console/<name>.html`, which extends `console/frame.html` and fills
//!    the blocks `lead`, `action` and `main`; its struct has a field `frame`, which knows the title.
//!    `console/parts.html` has macros for fields, their faults, and pages of lists.
//! 4. **Words**, in `locales/console/{en,de}/<family>.ftl`, the family named once in
//!    [`words`]; in templates `frame.say("key")`, `frame.count("key", n)` and
//!    `frame.with("key", "name", text)`. A test fails for a key that a language lacks or nobody uses.
//!    Times are `frame.ago(at)` and `frame.moment(at)`, numbers `frame.number(n)`: in the
//!    member's language and zone.
//! 5. **Rail**, if the page has a place of its own there: its line in [`frame::RAIL`].
//!    The palette and the list of keys read the page itself: whatever has `data-command` can be
//!    found in the palette, whatever has `data-key` is pressed by that key.
//! 6. **Forms** are read by [`Fields`](form::Fields): texts as they were typed. Where one is
//!    refused, the same template is shown again by
//!    [`Console::again`](door::Console::again) with the fields and a
//!    [`Faults`](form::Faults), so that nothing typed is lost. A form that comes after its
//!    session ended has been taken care of before: it is sent again once its member is back.
//!    A form with a field that names something by its id has its line in
//!    `tests/it/tenants/pages.rs`.
//! 7. **Toasts**: `console.go("library", Some(Toast::of("toast-archived").undo(path)))`. The
//!    words are a key; the undo is a path of the console that takes a `POST`.
//! 8. **Test**: `t.log_in(&actor)` gives a [`Browser`](crate::test_support::console::Browser)
//!    that gets and posts pages; see `console/tests.rs`.
//!
//! Nothing here decides a rule. Pages work without script; the policy allows neither inline
//! script nor inline style.

mod asker;
mod audit;
mod beside;
mod bookmark;
pub mod cadence;
mod calendar;
mod campaigns;
mod composer;
mod connections;
mod cookies;
mod data;
mod differs;
pub mod door;
mod drawn;
mod enter;
mod facts;
mod feeds;
pub mod form;
pub mod frame;
pub mod guarded;
mod home;
mod icon;
mod imports;
mod insight;
mod leaderboard;
mod library;
mod login;
mod look;
mod menu;
mod multipart;
mod named;
mod openid;
pub mod page;
mod people;
mod piece;
mod posts;
mod progress;
mod proposals;
mod refusals;
mod retention;
mod review;
mod settings;
pub mod toast;
mod topics;
mod versions;
mod when;
pub mod words;
mod you;

use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::{Extension, Router, routing};

use self::guarded::{Listed, Pages, any, get, post};
use crate::app::App;
use crate::domain::picture::BYTES;
use crate::http::auth::permissions::{ManageMembers, WritePosts};
use imports::Importing;

/// Bytes of a file of posts or members, at most: some hundred thousand lines.
const FILE: usize = 16 * 1024 * 1024;
/// Bytes of a form around a picture or a file, at most.
const FORM: usize = 1024 * 1024;

/// The console's pages: who is not logged in sees the first few, everybody else those that are
/// [`listed`].
pub fn router(app: &App) -> Router<App> {
    let open = Router::new()
        .route(
            "/enter/{token}",
            routing::get(enter::show).post(enter::enter),
        )
        .route(
            "/o/{slug}/login",
            routing::get(login::show).post(login::log_in),
        )
        .route("/o/{slug}/goodbye", routing::get(data::goodbye))
        .route("/o/{slug}/login/{provider}", routing::get(openid::begin))
        .route("/login/{provider}/callback", routing::get(openid::finish))
        .route(
            "/connect/slack/callback",
            routing::get(connections::finish_slack),
        )
        .route(
            "/connect/discord/callback",
            routing::get(connections::finish_discord),
        );
    let closed = closed()
        .into_routes()
        .layer(Extension(progress::Places::default()))
        .layer(from_fn_with_state(app.clone(), asker::know));
    let served = from_fn_with_state(app.clone(), page::as_served);
    open.merge(closed).layer(served)
}

/// Every page of who is logged in, and whom it lets in.
pub fn listed() -> Vec<Listed> {
    closed().into_list()
}

fn closed() -> Pages {
    content()
        .merge(people::router())
        .merge(sources())
        .merge(campaigns::router())
        .merge(topics::router())
        .merge(connections::router())
        .merge(insight::router())
        .merge(settings::router())
        .merge(proposals::router())
        .merge(retention::router())
        .route("/o/{slug}/leaderboard", get(leaderboard::show))
        .route("/o/{slug}/leaderboard/csv", get(leaderboard::export))
        .route("/o/{slug}", get(home::enter))
        .route("/o/{slug}/", get(home::show))
        .route("/o/{slug}/audit", get(audit::show))
        .route("/o/{slug}/menu", get(menu::show))
        .route("/o/{slug}/posts/{post}", get(posts::show))
        .route("/o/{slug}/posts/{post}/progress", get(progress::follow))
        .route("/o/{slug}/posts/{post}/notes", post(posts::add_note))
        .route("/o/{slug}/posts/{post}/submit", post(posts::submit))
        .route("/o/{slug}/posts/{post}/test", post(posts::test))
        .route("/o/{slug}/posts/{post}/publish", post(posts::publish))
        .route("/o/{slug}/posts/{post}/pause", post(posts::pause))
        .route("/o/{slug}/posts/{post}/resume", post(posts::resume))
        .route("/o/{slug}/posts/{post}/stop", post(posts::stop))
        .route("/o/{slug}/posts/{post}/retry", post(posts::retry))
        .route("/o/{slug}/posts/{post}/resend", post(posts::resend))
        .route("/o/{slug}/posts/{post}/withdraw", post(posts::withdraw))
        .route("/o/{slug}/review", get(review::show))
        .route("/o/{slug}/review/{post}/approve", post(review::approve))
        .route(
            "/o/{slug}/review/{post}/changes",
            post(review::ask_for_changes),
        )
        .route("/o/{slug}/review/{post}/notes", post(review::add_note))
        .route("/o/{slug}/you", get(you::show))
        .route("/o/{slug}/you/data", get(data::show))
        .route("/o/{slug}/you/data/export", post(data::export))
        .route("/o/{slug}/you/data/erase", post(data::erase))
        .route("/o/{slug}/you/theme", post(you::set_theme))
        .route("/o/{slug}/you/language", post(you::set_language))
        .route("/o/{slug}/you/password", post(you::set_password))
        .route("/o/{slug}/you/sessions", post(you::end_session))
        .route("/o/{slug}/logout", post(you::log_out))
        .route("/o/{slug}/logout/everywhere", post(you::log_out_everywhere))
        .route("/o/{slug}/{*rest}", any(home::nothing))
}

/// Where posts are kept, written and planned.
fn content() -> Pages {
    // A picture, and the form around it.
    let pictured = DefaultBodyLimit::max(BYTES + FORM);
    Pages::default()
        .route("/o/{slug}/calendar", get(calendar::show))
        .route("/o/{slug}/calendar/{post}", post(calendar::reschedule))
        .route("/o/{slug}/library", get(library::show))
        .route(
            "/o/{slug}/library/steps",
            get(library::steps::show_refusals).post(library::steps::take),
        )
        .route("/o/{slug}/library/undo", post(library::steps::undo))
        .route("/o/{slug}/library/views", post(library::views::save))
        .route(
            "/o/{slug}/library/views/{view}/delete",
            post(library::views::delete),
        )
        .route(
            "/o/{slug}/compose/new",
            get(composer::begin).post(composer::create).layer(pictured),
        )
        .route(
            "/o/{slug}/compose/new/autosave",
            post(composer::autosave_new),
        )
        .route("/o/{slug}/compose/preview", post(composer::preview))
        .route("/o/{slug}/compose/unfurl", post(composer::unfurl))
        .route(
            "/o/{slug}/compose/picture",
            post(composer::keep_picture).layer(pictured),
        )
        .route(
            "/o/{slug}/compose/{post}",
            get(composer::show).post(composer::change).layer(pictured),
        )
        .route(
            "/o/{slug}/compose/{post}/autosave",
            post(composer::autosave),
        )
        .route("/o/{slug}/compose/{post}/versions", get(versions::show))
        .route(
            "/o/{slug}/compose/{post}/versions/{version}",
            get(versions::show).post(versions::restore),
        )
}

/// Where posts and people come from.
fn sources() -> Pages {
    Pages::default()
        .route("/o/{slug}/library/bookmark", get(bookmark::show))
        .route("/o/{slug}/library/feeds", get(feeds::show))
        .route("/o/{slug}/library/feeds/cadence", get(feeds::read))
        .route(
            "/o/{slug}/library/feeds/new",
            get(feeds::new::begin).post(feeds::new::create),
        )
        .route(
            "/o/{slug}/library/feeds/{feed}",
            get(feeds::edit::show).post(feeds::edit::change),
        )
        .route("/o/{slug}/library/feeds/{feed}/run", post(feeds::run))
        .route("/o/{slug}/library/feeds/{feed}/pause", post(feeds::pause))
        .route("/o/{slug}/library/feeds/{feed}/resume", post(feeds::resume))
        .route("/o/{slug}/library/feeds/{feed}/remove", post(feeds::remove))
        .merge(files::<WritePosts>())
        .merge(files::<ManageMembers>())
}

/// Files of what who holds this permission may import.
fn files<P: Importing>() -> Pages {
    let place = format!("/o/{{slug}}/{}", P::PLACE);
    let files = DefaultBodyLimit::max(FILE + FORM);
    Pages::default()
        .route(
            place.clone(),
            get(imports::begin::<P>)
                .post(imports::upload::<P>)
                .layer(files),
        )
        .route(format!("{place}/example"), get(imports::example::<P>))
        .route(format!("{place}/{{import}}"), get(imports::show::<P>))
        .route(
            format!("{place}/{{import}}/confirm"),
            post(imports::confirm::<P>),
        )
        .route(
            format!("{place}/{{import}}/discard"),
            post(imports::discard::<P>),
        )
}

#[cfg(test)]
mod tests;
