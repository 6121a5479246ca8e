//! Scripts in every text that the console shows. Each is stored as it is, past every rule, and
//! says of what it is; then every page of the console is asked for. On none of them may it be
//! more than text, and each has to be seen where it is shown, so that none is looked for in vain.

use std::collections::BTreeMap;
use std::sync::Arc;

use entity::enums::PostState;
use entity::ids::{OrganizationId, PostId};
use reqwest::Method;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use server::http::console::listed;
use server::service::actor::Actor;
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
const SHOWN: [(&str, &[&str]); 15] = [
    ("organization", &["", "library", "audit", "you", "login"]),
    ("member", &["", "audit", "you", "posts/{review}", "review"]),
    ("reviewer's note", &["posts/{draft}", "compose/{draft}"]),
    ("remark", &["review?post={review}"]),
    ("view", &["library"]),
    ("campaign", &["library"]),
    ("topic", &["library", "compose/{draft}"]),
    ("team", &["compose/{draft}"]),
    ("channel", &["compose/{draft}"]),
    ("alt text", &["compose/{draft}"]),
    ("media", &["compose/{draft}"]),
    ("title", &["library", "posts/{live}", "review", "calendar"]),
    ("summary", &["posts/{live}", "review?post={review}"]),
    ("disclosure", &["compose/{draft}"]),
    ("browser", &["you"]),
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
}

/// A house in which all of that is written, and its owner in a browser.
struct House {
    owner: Actor,
    browser: Browser,
    posts: BTreeMap<&'static str, PostId>,
}

async fn house(t: &TestApp) -> House {
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
        owner,
        browser,
        posts: posts_in,
    }
}

impl House {
    /// Every page that is looked at, with each post that has a place there.
    fn pages(&self) -> Vec<String> {
        let mut all = Vec::new();
        for page in listed() {
            let follows = page.path.ends_with("/progress") || page.path.contains("{*rest}");
            if page.method != Method::GET || follows {
                continue;
            }
            let path = page.path.replace("{slug}", &self.owner.organization.slug);
            let path = path.replace("{version}", "1");
            for id in self.posts.values() {
                all.push(path.replace("{post}", &id.to_string()));
            }
        }
        for page in SHOWN.iter().flat_map(|(_, pages)| pages.iter()) {
            all.push(format!("{}{}", self.browser.home, self.filled(page)));
        }
        for page in [
            "library?view=board",
            "calendar?view=week",
            "calendar?view=agenda",
        ] {
            all.push(format!("{}{page}", self.browser.home));
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    fn filled(&self, page: &str) -> String {
        let filled = |page: String, (name, id): (&&str, &PostId)| {
            page.replace(&format!("{{{name}}}"), &id.to_string())
        };
        self.posts.iter().fold(page.to_owned(), filled)
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
        for page in house.pages() {
            let answer = house.browser.get(&page).await;
            assert!([200, 303, 404].contains(&answer.status), "{page}");
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
