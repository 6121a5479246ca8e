//! The console: the owner of one house opens and sends every page that names something by its
//! id, in the own house and with what the other organization holds, in the path and beside it.
//! Which pages there are comes from the console's own routes.

use reqwest::Method;
use server::http::console::guarded::Listed;
use server::http::console::listed;
use server::test_support::console::Browser;
use server::test_support::server::Answer;
use server::test_support::{Kind, TestApp};
use tests::effort::rounds;
use uuid::Uuid;

use super::{ENOUGH, NOWHERE, SOME, Street};

/// Names in paths that stand for no id.
const NO_IDS: [&str; 3] = ["version", "kind", "*rest"];

/// Forms that find what is gone already as it is wanted, and lead on: a second click is no mishap.
const LEAD_ON: [&str; 8] = [
    "library/views/{view}/delete",
    "library/feeds/{feed}/remove",
    "library/imports/{import}/discard",
    "people/imports/{import}/discard",
    "library/topics/{topic}/merge",
    "library/topics/{topic}/remove",
    "people/teams/{team}/remove",
    "people/{member}/unpair",
];

/// A good field of each name that forms of these pages have: each page reads its own.
const FORM: [(&str, &str); 14] = [
    ("do", "save"),
    ("title", "News"),
    ("url", "https://news.example/"),
    ("name", "News"),
    ("display_name", "News"),
    ("remark", "Why now?"),
    ("note", "Say more."),
    ("count", "1"),
    ("when", "now"),
    ("at", "2027-01-11T09:00"),
    ("role", "curator"),
    ("into", "alpha matters"),
    ("which", "all"),
    ("place", "C0NOWHERE"),
];

/// What undoes a step reads the address instead.
const QUERY: &str = "?name=News&role=curator";

/// Pages that are asked for something by its id behind the question mark, where `#` stands; of
/// which kind it is, and how the page answers where there is no such thing.
const ASKED: [(&str, &str, u16); 7] = [
    ("review?post=#", "post", 303),
    ("proposals?proposal=#", "proposal", 404),
    ("proposals?state=accepted&after=#", "proposal", 200),
    ("people?team=#", "team", 200),
    ("library/steps?not=#.state", "post", 303),
    ("audit?member=#", "member", 200),
    ("audit?subject=post:#", "post", 200),
];

/// Forms that name something by its id: where they are sent to, with what the own house holds in
/// braces, their fields, and the rest as above.
const SENT: [(&str, &str, &str, u16); 19] = [
    ("people/{member}/unpair", "identity=#", "identity", 303),
    ("people/{member}/team", "team=#", "team", 422),
    ("people/{member}/team/undo?team=#", "", "team", 422),
    ("people/teams", "name=Ours&parent=#", "team", 422),
    ("library/steps", "step=archive&post=#", "post", 303),
    ("library/undo?do=archive.#", "", "post", 303),
    ("library/undo?do=campaign.#.ours", "", "post", 303),
    ("library/undo?do=time.#.1798880400000000", "", "post", 303),
    ("compose/new", "title=Ours&audience_team=#", "team", 422),
    (
        "compose/new",
        "title=Ours&audience_channel=#",
        "channel",
        422,
    ),
    ("compose/new", "title=Ours&draft=#", "post", 303),
    ("compose/new/autosave", "title=Ours&draft=#", "post", 200),
    (
        "compose/new/autosave",
        "title=Ours&audience_team=#",
        "team",
        200,
    ),
    ("compose/preview", "title=Ours&audience_team=#", "team", 200),
    ("compose/preview", "title=Ours&draft=#", "post", 200),
    ("compose/{post}", "title=Ours&audience_team=#", "team", 422),
    (
        "compose/{post}/autosave",
        "title=Ours&audience_channel=#",
        "channel",
        200,
    ),
    ("you/sessions", "session=#", "session", 303),
    (
        "settings/channels/{channel}/topics",
        "which=chosen&version=1&topic=#",
        "topic",
        422,
    ),
];

/// A page's path below the house that it is in.
fn below(page: &Listed) -> &str {
    page.path.strip_prefix("/o/{slug}").unwrap()
}

/// The names in braces there.
fn names_in(path: &str) -> Vec<String> {
    let parts = path.split('/');
    let names = parts.filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names.map(str::to_owned).collect()
}

/// The pages that name something by its id.
fn with_ids() -> Vec<Listed> {
    let is_id = |name: &String| !NO_IDS.contains(&name.as_str());
    let all = listed().into_iter();
    all.filter(|page| names_in(below(page)).iter().any(is_id))
        .collect()
}

impl Street {
    async fn owners_browser(&self) -> Browser {
        let owner = &self.own.owner().actor;
        self.t.log_in_on(&self.server, owner).await
    }

    /// Opens a page, or sends it a form in which nothing but the path is amiss.
    async fn visit(&self, browser: &Browser, page: &Listed, path: &str) -> Answer {
        if page.method == Method::GET {
            return browser.get(path).await;
        }
        let account = self.own_in("identity");
        let own = [("identity", account.as_str())];
        let fields: Vec<(&str, &str)> = FORM.into_iter().chain(own).collect();
        browser.post(&format!("{path}{QUERY}"), &fields).await
    }

    /// Neither an answer nor the page that it leads to shows anything of the other
    /// organization, but for the id that was asked for: a form shows again what was typed.
    async fn leads_nowhere(&self, browser: &Browser, (answer, id): (Answer, Uuid), asked: &str) {
        let onward = answer.header("location").to_owned();
        let mut shown = vec![answer];
        if !onward.is_empty() {
            shown.push(browser.get(&onward).await);
        }
        for mut answer in shown {
            let text = answer.text().replace(&id.to_string(), "");
            answer.body = text.replace(&id.simple().to_string(), "").into_bytes();
            self.shows_nothing(&answer, asked);
        }
    }

    /// The own house's part of a path: what it holds stands for the braces.
    fn filled(&self, path: &str) -> String {
        let names = names_in(path).into_iter();
        names.fold(path.to_owned(), |path, name| {
            path.replace(&format!("{{{name}}}"), &self.own_in(&name))
        })
    }

    /// Ids of a kind that the other organization holds, and one of nothing.
    fn theirs_and_none(&self, kind: &str) -> impl Iterator<Item = Uuid> {
        let theirs = self.other_ids[kind].iter().copied();
        theirs.take(rounds(SOME, ENOUGH)).chain([NOWHERE])
    }

    /// Nothing moved, and the owner is logged in still.
    async fn is_as_before(&self, browser: &Browser) {
        assert_eq!(browser.get("").await.status, 200);
        self.nothing_moved().await;
        self.names_nothing().await;
    }
}

async fn is_on_no_page(kind: Kind) {
    let street = Street::of(TestApp::new(kind).await).await;
    let browser = street.owners_browser().await;
    let pages = with_ids();
    assert!(pages.len() > 60, "{pages:?}");
    for page in pages {
        let below = below(&page);
        let is_lenient = LEAD_ON.contains(&below.trim_start_matches('/'));
        let path = format!("/o/{}{below}", street.own.organization.slug);
        let enough = rounds(SOME, ENOUGH);
        for path in street.paths_to_theirs(&path, &names_in(below), enough) {
            let asked = format!("{} {path}", page.method);
            let answer = street.visit(&browser, &page, &path).await;
            let expected = if is_lenient { 303 } else { 404 };
            assert_eq!(answer.status, expected, "{asked}: {}", answer.text());
            street
                .leads_nowhere(&browser, (answer, NOWHERE), &asked)
                .await;
        }
    }
    street.is_as_before(&browser).await;
}

#[tokio::test]
async fn no_page_of_the_own_house_opens_what_another_organization_holds_on_sqlite() {
    is_on_no_page(Kind::Sqlite).await;
}

#[tokio::test]
async fn no_page_of_the_own_house_opens_what_another_organization_holds_on_postgres() {
    is_on_no_page(Kind::Postgres).await;
}

async fn is_taken_in_no_form(kind: Kind) {
    let street = Street::of(TestApp::new(kind).await).await;
    let browser = street.owners_browser().await;
    for (page, kind, expected) in ASKED {
        for id in street.theirs_and_none(kind) {
            let page = page.replace('#', &id.to_string());
            let answer = browser.get(&page).await;
            assert_eq!(answer.status, expected, "{page}: {}", answer.text());
            street.leads_nowhere(&browser, (answer, id), &page).await;
        }
    }
    for (page, form, kind, expected) in SENT {
        let page = street.filled(page);
        for id in street.theirs_and_none(kind) {
            let (page, form) = (
                page.replace('#', &id.to_string()),
                form.replace('#', &id.to_string()),
            );
            let fields = form.split('&').filter_map(|field| field.split_once('='));
            let answer = browser.post(&page, &fields.collect::<Vec<_>>()).await;
            let asked = format!("{page} with {form}");
            assert_eq!(answer.status, expected, "{asked}: {}", answer.text());
            street.leads_nowhere(&browser, (answer, id), &asked).await;
        }
    }
    street.is_as_before(&browser).await;
}

#[tokio::test]
async fn no_form_of_the_own_house_takes_what_another_organization_holds_on_sqlite() {
    Box::pin(is_taken_in_no_form(Kind::Sqlite)).await;
}

#[tokio::test]
async fn no_form_of_the_own_house_takes_what_another_organization_holds_on_postgres() {
    Box::pin(is_taken_in_no_form(Kind::Postgres)).await;
}
