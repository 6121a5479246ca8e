//! The files that people take from a running server: what is known of themselves, what is handed out
//! of somebody else, and every table for spreadsheets.

use reqwest::Method;
use server::http::console::listed;
use server_api::campaign::CreateCampaign;
use server_api::client::Client;
use server_api::enums::Permission;
use server_api::ids::PostId;
use server_api::team::CreateTeam;
use server_api::token::CreateApiToken;
use tests::browser::{Answer, Browser, DESKTOP};
use tests::outside::ADA_EMAIL;

use super::{Needles, WORDS};

/// What a file is there to tell those who may take it.
const TOLD: [&str; 4] = ["an e-mail address", "a name", "a headline", "words"];
/// Behind these, an address has a token: whoever knows it is let in.
const DOORS: [&str; 3] = ["s", "b", "enter"];

/// Files, by the path under which each was taken.
pub(super) struct Files {
    base: String,
    taken: Vec<(String, String)>,
}

impl Files {
    /// Has Ada and the owner take all that they can; by what they came in is looked for from now on.
    pub(super) async fn taken(operator: &Client, post: PostId, needles: &mut Needles) -> Self {
        let form = CreateApiToken {
            name: "A program".into(),
            scopes: vec![Permission::ReadPosts],
            expires_at: None,
        };
        let program = operator.create_token(&form).await.unwrap();
        needles.add("a program's token", &program.secret);
        let ada = operator.on_behalf_of(&format!("email/{ADA_EMAIL}"));
        let id = ada.me().await.unwrap().id;

        let desk = Desk::of(&ada, needles).await;
        let own = desk.is_handed("you/data/export").await;
        assert!(own.1.contains(WORDS), "what she shared: {own:?}");
        assert!(own.1.contains("\"sessions\":[{"), "{own:?}");
        let desk = Desk::of(operator, needles).await;
        let mut taken = vec![own, desk.is_handed("you/data/export").await];
        taken.push(desk.is_handed(&format!("people/{id}/export")).await);
        for path in tables(operator, post).await {
            taken.push(desk.takes(&path).await);
        }
        assert!(taken.len() > 10, "{taken:?}");
        Self {
            base: desk.base,
            taken,
        }
    }

    /// In none of them is a token, a way in, or a trace of a reader.
    pub(super) fn hold_none_of(&self, needles: &Needles) {
        let kept = needles.0.iter().filter(|(what, _)| !TOLD.contains(what));
        let mut wanted = Needles(kept.cloned().collect());
        for door in DOORS {
            wanted.add("a way in", &format!("{}/{door}/", self.base));
        }
        for (path, text) in &self.taken {
            wanted.assert_none(path, text);
        }
    }
}

/// Every table of the console, filled with what there is, below the console's beginning.
async fn tables(operator: &Client, post: PostId) -> Vec<String> {
    let form = CreateCampaign {
        slug: None,
        name: "Spring".into(),
        goal: None,
        target: None,
        area: None,
        ends_at: None,
    };
    let campaign = operator.create_campaign(&form).await.unwrap();
    let form = CreateTeam {
        name: "Sales".into(),
        parent_id: None,
    };
    let team = operator.create_team(&form).await.unwrap();
    let ids = [
        ("{post}", post.to_string()),
        ("{campaign}", campaign.id.to_string()),
        ("{team}", team.id.to_string()),
    ];
    let pages = listed().into_iter();
    let tables = pages.filter(|page| {
        page.method == Method::GET && page.path.split('/').any(|part| part == "csv")
    });
    let below = tables.map(|page| {
        let path = page.path.strip_prefix("/o/{slug}/").unwrap();
        let filled = ids
            .iter()
            .fold(path.to_owned(), |path, (name, id)| path.replace(*name, id));
        assert!(!filled.contains('{'), "of which one? {filled}");
        filled
    });
    below.collect()
}

/// Somebody at the console.
struct Desk {
    browser: Browser,
    /// Where the server is.
    base: String,
}

impl Desk {
    /// Lets somebody in, as from a chat.
    async fn of(person: &Client, needles: &mut Needles) -> Self {
        let link = person.console_link().await.unwrap().url;
        let (base, token) = link.split_once("/enter/").unwrap();
        needles.add("a log-in's token", token);
        let browser = Browser::new(DESKTOP, "198.51.100.7").unwrap();
        let entered = browser.submits(&link, &[]).await.unwrap();
        assert_eq!(entered.status, 303, "{}", entered.body);
        let mut cookies = entered.headers.get_all("set-cookie").iter();
        let session = cookies.find_map(|cookie| cookie.to_str().ok()?.strip_prefix("chorus="));
        let session = session.unwrap().split(';').next().unwrap();
        needles.add("a session's token", session);
        Self {
            browser,
            base: base.to_owned(),
        }
    }

    fn at(&self, path: &str) -> String {
        format!("{}/o/lindenfeld/{path}", self.base)
    }

    /// A file of what is known of somebody.
    async fn is_handed(&self, path: &str) -> (String, String) {
        let answer = self.browser.submits(&self.at(path), &[]).await;
        file(path, answer.unwrap(), "application/json")
    }

    /// A table.
    async fn takes(&self, path: &str) -> (String, String) {
        let answer = self.browser.opens(&self.at(path)).await;
        file(path, answer.unwrap(), "text/csv")
    }
}

/// A file of a kind, and where it was taken.
fn file(path: &str, answer: Answer, kind: &str) -> (String, String) {
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    let is = answer.headers["content-type"].to_str().unwrap();
    assert!(is.starts_with(kind), "{path} is {is}");
    (path.to_owned(), answer.body)
}
