//! Scripts in every text that the console shows. Each is stored as it is, past every rule, and
//! says of what it is; then every page of the console is asked for. On none of them may it be
//! more than text, and each has to be seen where it is shown, so that none is looked for in vain.

use std::collections::BTreeMap;
use std::sync::Arc;

use entity::enums::{ImportKind, PostState, ProposalState};
use entity::ids::{OrganizationId, PostId};
use entity::json::Phrases;
use reqwest::Method;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use server::http::console::guarded::Listed;
use server::http::console::listed;
use server::service::posts;
use server::store::Txn;
use server::test_support::console::Browser;
use server::test_support::{TestApp, on_both};
use tests::estate::Estate;

/// What gets out of a text, of an attribute in either quotes, of a text area and of a title,
/// and says of what it is.
fn words(of: &str) -> String {
    format!(
        "\"'></textarea></title><script>alert(`{of}`)</script><img src=x onerror=alert(`{of}`)>"
    )
}

/// What must stand nowhere.
const LIVE: [&str; 3] = ["<script>alert", "<img src=x", "</textarea></title>"];

/// Each text that somebody wrote, and the pages on which it is to be seen.
const SHOWN: [(&str, &[&str]); 33] = [
    ("organization", &["", "library", "audit", "you", "login"]),
    (
        "member",
        &["", "audit", "you", "posts/{review}", "review", "people"],
    ),
    ("reviewer's note", &["posts/{draft}", "compose/{draft}"]),
    ("remark", &["review?post={review}"]),
    ("view", &["library"]),
    ("campaign", &["library", "library/campaigns"]),
    ("topic", &["library", "compose/{draft}", "library/topics"]),
    (
        "team",
        &[
            "compose/{draft}",
            "people/teams",
            "insight/teams",
            "insight/teams/{team}",
        ],
    ),
    ("channel", &["compose/{draft}", "settings/connections"]),
    ("alt text", &["compose/{draft}"]),
    ("media", &["compose/{draft}"]),
    ("title", &["library", "posts/{live}", "review", "calendar"]),
    ("summary", &["posts/{live}", "review?post={review}"]),
    ("disclosure", &["compose/{draft}"]),
    ("browser", &["you"]),
    ("feed", &["library/feeds", "library/feeds/{feed}"]),
    ("feed address", &["library/feeds", "library/feeds/{feed}"]),
    ("feed trouble", &["library/feeds"]),
    ("item", &["library/feeds/{feed}"]),
    ("item trouble", &["library/feeds/{feed}"]),
    (
        "line of a file",
        &[
            "library/imports/{post file}",
            "people/imports/{member file}",
        ],
    ),
    ("connection", &["settings/connections"]),
    ("account", &["people/{member}"]),
    ("proposal", &["", "proposals"]),
    ("why", &["proposals"]),
    ("proposed words", &["proposals"]),
    ("proposed summary", &["proposals"]),
    ("refusal", &["proposals?proposal={declined}"]),
    ("blocked words", &["settings/content"]),
    ("rule", &["settings/content"]),
    ("contact", &["settings/organization"]),
    ("short address", &["settings/links"]),
    ("medium", &["settings/links"]),
];

/// Writes a text of an organization everywhere where it stands.
macro_rules! store {
    ($txn:expr, $organization:expr, $table:ident.$column:ident, $of:literal) => {
        entity::$table::Entity::update_many()
            .col_expr(entity::$table::Column::$column, words($of).into())
            .filter(entity::$table::Column::OrganizationId.eq($organization))
            .exec(&**$txn)
            .await
            .unwrap()
    };
}

async fn rewrite(txn: &Txn, organization: OrganizationId) {
    entity::organization::Entity::update_many()
        .col_expr(
            entity::organization::Column::Name,
            words("organization").into(),
        )
        .filter(entity::organization::Column::Id.eq(organization))
        .exec(&**txn)
        .await
        .unwrap();
    store!(txn, organization, member.DisplayName, "member");
    store!(txn, organization, post.ReviewNote, "reviewer's note");
    store!(txn, organization, post.ImageAlt, "alt text");
    store!(txn, organization, post.Title, "title");
    store!(txn, organization, post.Summary, "summary");
    store!(txn, organization, post.Disclosure, "disclosure");
    store!(txn, organization, review_note.Text, "remark");
    store!(txn, organization, saved_view.Name, "view");
    store!(txn, organization, campaign.Name, "campaign");
    store!(txn, organization, topic.Name, "topic");
    store!(txn, organization, team.Name, "team");
    store!(txn, organization, channel.Name, "channel");
    store!(txn, organization, media.Alt, "media");
    store!(txn, organization, session.Browser, "browser");
    store!(txn, organization, feed.Title, "feed");
    store!(txn, organization, feed.Url, "feed address");
    store!(txn, organization, feed.LastError, "feed trouble");
    store!(txn, organization, feed_item.Title, "item");
    store!(txn, organization, feed_item.Reason, "item trouble");
    store!(txn, organization, csv_line.Label, "line of a file");
    store!(txn, organization, installation.Name, "connection");
    store!(txn, organization, identity.AccountName, "account");
    store!(txn, organization, proposal.Title, "proposal");
    store!(txn, organization, proposal.Why, "why");
    store!(txn, organization, proposal.Words, "proposed words");
    store!(txn, organization, proposal.Summary, "proposed summary");
    store!(txn, organization, proposal.Note, "refusal");
    store!(txn, organization, content_rules.Disclosure, "rule");
    rewrite_rules(txn, organization).await;
}

/// What is not a column of its own, or holds more than one text.
async fn rewrite_rules(txn: &Txn, organization: OrganizationId) {
    let rules = entity::content_rules::Entity::find_by_id(organization)
        .one(&**txn)
        .await;
    let mut rules = rules.unwrap().unwrap().into_active_model();
    rules.blocked = ActiveValue::Set(Phrases(vec![words("blocked words")]));
    rules.update(&**txn).await.unwrap();
    let house = entity::organization::Entity::find_by_id(organization)
        .one(&**txn)
        .await;
    let mut house = house.unwrap().unwrap();
    house.settings.contact = Some(words("contact"));
    house.settings.utm.medium = words("medium");
    house.short_url = Some(words("short address"));
    let written = server::store::organizations::update(&**txn, house).await;
    written.unwrap();
}

/// A house in which all of that is written, and its owner in a browser.
pub(super) struct House {
    pub(super) browser: Browser,
    slug: String,
    posts: BTreeMap<&'static str, PostId>,
    /// What paths name, by the word in braces.
    named: BTreeMap<&'static str, String>,
}

pub(super) async fn house(t: &TestApp) -> House {
    let server = Arc::new(t.server().await);
    let estate = Estate::build(t, &server, "alpha", 1).await;
    let owner = estate.owner().actor.clone();
    let posts_in = [
        ("draft", estate.post(t, PostState::Draft).await),
        ("review", estate.post(t, PostState::InReview).await),
        ("live", estate.post(t, PostState::Live).await),
    ];
    let posts_in = BTreeMap::from(posts_in);
    let said = posts::add_note(&t.app, &owner, posts_in["review"], "Why now?").await;
    said.unwrap();
    let browser = t.log_in_on(&server, &owner).await;
    let named = named(t, &estate, &posts_in).await;
    let txn = t.app.store.begin().await.unwrap();
    rewrite(&txn, estate.organization.id).await;
    // Shown where there is a picture.
    entity::post::Entity::update_many()
        .col_expr(
            entity::post::Column::ImageUrl,
            "https://alpha.example/dot.png".into(),
        )
        .filter(entity::post::Column::OrganizationId.eq(estate.organization.id))
        .exec(&*txn)
        .await
        .unwrap();
    txn.commit().await.unwrap();
    House {
        browser,
        slug: owner.organization.slug,
        posts: posts_in,
        named,
    }
}

async fn named(
    t: &TestApp,
    estate: &Estate,
    posts: &BTreeMap<&'static str, PostId>,
) -> BTreeMap<&'static str, String> {
    let ids = estate.ids(t).await;
    let import = async |kind| estate.import(t, kind).await.unwrap().to_string();
    let declined = entity::proposal::Entity::find()
        .filter(entity::proposal::Column::OrganizationId.eq(estate.organization.id))
        .filter(entity::proposal::Column::State.eq(ProposalState::Declined))
        .one(t.app.store.reader())
        .await;
    let mut named = BTreeMap::from([
        ("feed", ids["feed"][0].to_string()),
        ("campaign", ids["campaign"][0].to_string()),
        ("team", ids["team"][0].to_string()),
        ("member", estate.plain().actor.member.id.to_string()),
        ("post file", import(ImportKind::Posts).await),
        ("member file", import(ImportKind::Members).await),
        ("declined", declined.unwrap().unwrap().id.to_string()),
        ("version", "1".to_owned()),
    ]);
    named.extend(posts.iter().map(|(name, id)| (*name, id.to_string())));
    named
}

/// Which posts a page has something to say of.
fn posts_of(path: &str) -> &'static [&'static str] {
    if path.contains("/compose/") {
        &["draft"]
    } else if path.contains("/insight/") {
        &["live"]
    } else {
        &["draft", "review", "live"]
    }
}

/// How a page answers that is asked for by its bare path.
fn status_of(page: &Listed) -> u16 {
    match &*page.path {
        // The first goes on to the one with a slash; the second tells refusals, and there are none.
        "/o/{slug}" | "/o/{slug}/library/steps" => 303,
        // No chat is configured here.
        "/o/{slug}/connect/slack" | "/o/{slug}/connect/discord" => 404,
        _ => 200,
    }
}

impl House {
    /// Every page that is looked at, with all that has a place there, and how it answers.
    pub(super) fn pages(&self) -> BTreeMap<String, u16> {
        let mut all = BTreeMap::new();
        for page in listed() {
            // One goes on and on, the other is what is no page.
            let is_none = page.path.ends_with("/progress") || page.path.contains("{*rest}");
            if page.method != Method::GET || is_none {
                continue;
            }
            let file = if page.path.contains("/people/") {
                "{member file}"
            } else {
                "{post file}"
            };
            let path = page.path.replace("{slug}", &self.slug);
            let path = path.replace("{import}", file);
            for name in posts_of(&path) {
                let path = self.filled(&path.replace("{post}", &format!("{{{name}}}")));
                all.insert(path, status_of(&page));
            }
        }
        for page in SHOWN.iter().flat_map(|(_, pages)| pages.iter()) {
            all.insert(format!("{}{}", self.browser.home, self.filled(page)), 200);
        }
        for page in [
            "library?view=board",
            "calendar?view=week",
            "calendar?view=agenda",
        ] {
            all.insert(format!("{}{page}", self.browser.home), 200);
        }
        all
    }

    fn filled(&self, page: &str) -> String {
        let filled =
            |page: String, (name, id): (&&str, &String)| page.replace(&format!("{{{name}}}"), id);
        let page = self.named.iter().fold(page.to_owned(), filled);
        assert!(!page.contains('{'), "what is meant in {page}?");
        page
    }
}

fn is_text(page: &str, html: &str) {
    for live in LIVE {
        assert!(!html.contains(live), "{page} has {live}: {html}");
    }
}

#[tokio::test]
async fn no_text_that_somebody_stored_is_more_than_text_on_any_page_of_the_console() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let mut seen = BTreeMap::new();
        let pages = house.pages();
        assert!(pages.len() > 50, "{pages:#?}");
        for (page, status) in pages {
            let answer = house.browser.get(&page).await;
            assert_eq!(answer.status, status, "{page}: {}", answer.text());
            // A file for spreadsheets is none that a browser shows.
            if answer
                .header("content-disposition")
                .starts_with("attachment")
            {
                assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
            } else {
                is_text(&page, &answer.text());
            }
            seen.insert(page, answer.text());
        }
        let mut lacking = Vec::new();
        for (of, pages) in SHOWN {
            // As text, it is written so.
            let mark = format!("alert(`{}`)", of.replace('\'', "&#39;"));
            for page in pages {
                let path = format!("{}{}", house.browser.home, house.filled(page));
                if !seen[&path].contains(&mark) {
                    lacking.push(format!("{of} on /{page}"));
                }
            }
        }
        assert!(lacking.is_empty(), "not seen: {lacking:#?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_and_refused_or_looked_for_comes_back_as_text() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let (live, review) = (house.posts["live"], house.posts["review"]);
        let typed = words("typed");
        let long = typed.clone() + &"x".repeat(100_000);
        for (page, field, text) in [
            (format!("posts/{live}/withdraw"), "url", &typed),
            (format!("review/{review}/changes"), "note", &long),
            (format!("review/{review}/notes"), "remark", &long),
        ] {
            let answer = house.browser.post(&page, &[(field, text.as_str())]).await;
            assert_eq!(answer.status, 422, "{page}");
            assert!(answer.text().contains("alert(`typed`)"), "{page} keeps it");
            is_text(&page, &answer.text());
        }
        let kept = [("name", long.as_str()), ("query", typed.as_str())];
        let refused = house.browser.post("library/views", &kept).await;
        is_text("a view that is not kept", &refused.text());
        let asked = url::form_urlencoded::byte_serialize(typed.as_bytes()).collect::<String>();
        for name in [
            "q", "campaign", "topic", "author", "state", "sort", "cursor",
        ] {
            let page = format!("library?{name}={asked}");
            let answer = house.browser.get(&page).await;
            assert!(answer.status < 500, "{page}");
            is_text(&page, &answer.text());
            if name == "q" {
                assert!(answer.text().contains("alert(`typed`)"), "it is shown");
            }
        }
        for page in [
            format!("audit?subject={asked}&kind={asked}&member={asked}"),
            format!("calendar?view={asked}&day={asked}"),
            format!("compose/new?url={asked}&title={asked}"),
            format!("review?post={asked}"),
            format!("login?next={asked}"),
        ] {
            is_text(&page, &house.browser.get(&page).await.text());
        }
    })
    .await;
}
