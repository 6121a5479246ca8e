//! Scripts in every text that a page shows (XSS). A page with hostile words must consist
//! of the same tags with the same attributes as the page with harmless ones.

use entity::enums::{BoardVisibility, Network};
use server::service::addresses::board_url;
use server::service::shares::{confirm, parties};
use server::test_support::{Kind, TestApp, on_both};

use super::{NETWORKS, opened, rewrite, scene};

/// What gets out of a text, an attribute in either quotes or none, a text area, a style, a
/// script, a comment, or an address.
const HOSTILE: [&str; 10] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=alert(1) x=\"",
    "</textarea><script>alert(1)</script>",
    "</title><svg/onload=alert(1)>",
    "--><iframe srcdoc='<script>alert(1)</script>'>",
    "{{ words }}{% raw %}${alert(1)}",
    "javascript:alert(1)//<base href=//evil.example>",
    "&lt;script&gt;&#60;script&#62;\u{2028}\u{0}<\u{0}script>",
];

/// The tags of a page with the names of their attributes, read as a browser reads them.
fn skeleton(html: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let mut quote = None;
        let mut names = String::new();
        let mut end = rest.len();
        for (at, letter) in rest.char_indices() {
            match (quote, letter) {
                (None, '"' | '\'') => quote = Some(letter),
                (Some(open), letter) if open == letter => quote = None,
                (None, '>') => {
                    end = at;
                    break;
                }
                (None, letter) => names.push(letter),
                (Some(_), _) => {}
            }
        }
        rest = &rest[end..];
        tags.push(names.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    tags
}

/// Everything that the pages show, with `words` wherever somebody wrote them.
async fn pages(t: &TestApp, words: &str) -> Vec<(String, String)> {
    let ((actor, post), server) = (scene(t).await, t.server().await);
    t.change_post(&post, |post| {
        words.clone_into(&mut post.title);
        words.clone_into(&mut post.summary);
        post.image_alt = Some(words.to_owned());
    })
    .await;
    write_variants(t, &post, words).await;
    let mut organization = actor.organization.clone();
    words.clone_into(&mut organization.name);
    organization.settings.contact = Some(words.to_owned());
    organization.settings.utm.source = words.to_owned();
    organization.settings.utm.campaign = words.to_owned();
    rewrite(t, organization.clone()).await;
    for visibility in [BoardVisibility::Name, BoardVisibility::Pseudonym] {
        let other = t.actor_in(&organization, &[]).await;
        t.change_member(&other.member, |member| {
            words.clone_into(&mut member.display_name);
            words.clone_into(&mut member.pseudonym);
            member.board_visibility = visibility;
        })
        .await;
        let parties = parties(&t.app, &other, post.id).await.unwrap();
        confirm(&t.app, &parties, Network::X).await.unwrap();
    }
    t.change_member(&actor.member, |member| {
        // What no header can bear is refused before any page: see `addresses`.
        let instance = words.chars().filter(char::is_ascii_graphic).collect();
        member.mastodon_instance = Some(instance);
        words.clone_into(&mut member.display_name);
    })
    .await;
    let mut seen = Vec::new();
    for network in NETWORKS {
        let path = t.share_path(&actor, &post, network);
        let answer = opened(&server, &path).await;
        assert!([200, 303].contains(&answer.status), "{}", answer.text());
        seen.push((format!("{network:?}"), answer.text()));
    }
    let board = board_url(&t.app, actor.member.id);
    let board = board.strip_prefix(&t.app.config.web.base_url).unwrap();
    seen.push(("board".into(), opened(&server, board).await.text()));
    let odd = format!("{board}?period={}", urlencode(words));
    seen.push(("odd board".into(), opened(&server, &odd).await.text()));
    for place in ["s", "b", "l"] {
        let path = format!("/{place}/{}", urlencode(words));
        seen.push((
            path.chars().take(3).collect(),
            opened(&server, &path).await.text(),
        ));
    }
    seen
}

fn urlencode(words: &str) -> String {
    url::form_urlencoded::byte_serialize(words.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}

async fn write_variants(t: &TestApp, post: &entity::post::Model, words: &str) {
    let txn = t.app.store.begin().await.unwrap();
    let row = entity::variant::Model {
        id: entity::ids::VariantId(t.app.uuid()),
        organization_id: post.organization_id,
        post_id: post.id,
        network: None,
        position: 0,
        text: words.to_owned(),
        dealt: 0,
        created_at: t.app.now(),
    };
    server::store::variants::replace(&txn, post.organization_id, post.id, vec![row])
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn no_words_of_anybody_become_part_of_a_page() {
    // What is shown hangs on no database: the second gets all of it at once.
    // It stores no NUL.
    let everything = HOSTILE.concat().replace('\0', "");
    let cases: [(Kind, &[&str]); 2] = [
        (Kind::Sqlite, &HOSTILE),
        (Kind::Postgres, &[everything.as_str()]),
    ];
    for (kind, cases) in cases {
        let t = TestApp::new(kind).await;
        let harmless = pages(&t, "Tea").await;
        let shown = harmless.iter().filter(|(_, html)| html.contains("Tea"));
        assert!(shown.count() >= 5);
        for words in cases {
            for ((name, expected), (_, html)) in harmless.iter().zip(pages(&t, words).await) {
                assert_eq!(
                    skeleton(&html),
                    skeleton(expected),
                    "{name}: {words}\n{html}"
                );
                assert!(!html.contains("srcdoc='"), "{name}: {words}");
                for href in html.split(" href=\"").skip(1) {
                    let safe = ["/assets/", "/b/", "https://", "mailto:?"];
                    let safe = safe.iter().any(|start| href.starts_with(start));
                    assert!(safe, "{name}: {words}: {href}");
                }
            }
        }
    }
}

#[test]
fn a_page_with_a_script_in_it_has_another_skeleton() {
    let page = |words: &str| format!("<p title=\"a > b\">{words}</p>");
    assert_eq!(skeleton(&page("Tea")), ["p title=", "/p"]);
    for words in &HOSTILE[..2] {
        assert_ne!(skeleton(&page(words)), skeleton(&page("Tea")), "{words}");
    }
    let attribute = |words: &str| format!("<input value=\"{words}\">");
    assert_ne!(
        skeleton(&attribute(HOSTILE[3])),
        skeleton(&attribute("Tea"))
    );
}

#[tokio::test]
async fn the_policy_of_pages_lets_no_script_of_anybody_run() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let page = opened(&server, &t.share_path(&actor, &post, Network::Linkedin)).await;
        let policy = page.header("content-security-policy");
        let mut rules: Vec<(&str, &str)> = policy
            .split(';')
            .map(|rule| rule.trim().split_once(' ').unwrap())
            .collect();
        rules.sort_unstable();
        // Neither inline nor from elsewhere, and what is not named is nothing.
        assert_eq!(
            rules,
            [
                ("base-uri", "'none'"),
                ("default-src", "'none'"),
                ("form-action", "'self'"),
                ("frame-ancestors", "'none'"),
                ("img-src", "'self'"),
                ("script-src", "'self'"),
                ("style-src", "'self'"),
            ]
        );
        let html = page.text();
        let scripts: Vec<&str> = html.split("<script").skip(1).collect();
        assert_eq!(scripts.len(), 1);
        assert!(scripts[0].starts_with(" type=\"module\" src=\"/assets/share-"));
        // The script itself builds no page of texts.
        let name = scripts[0].split('"').nth(3).unwrap();
        let script = opened(&server, name).await.text();
        for sink in [
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "document.write",
            "eval(",
            "location",
        ] {
            assert!(!script.contains(sink), "{sink}");
        }
    })
    .await;
}
