//! The files for spreadsheets and the pages of the console, as a browser opens them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use entity::enums::Network;

use super::model::{Part, Value};
use super::pages::{Pages, SPANS, is_in};
use super::plan::Scene;
use crate::service::insight::Subject;
use crate::test_support::TestApp;
use crate::test_support::console::Browser;

/// Stands where something is kept back.
const HIDDEN: &str = "–";
/// Networks on which something is shared, as they are called.
const NAMES: [(Network, &str); 3] = [
    (Network::X, "X"),
    (Network::Linkedin, "LinkedIn"),
    (Network::Email, "E-mail"),
];

/// Opens every file and the pages that show sums, and compares.
pub async fn compare_files(t: &TestApp, scene: &Scene, pages: &Pages<'_>) {
    let browser = t.log_in(&scene.owner).await;
    let mut told = 0;
    for subject in pages.subjects() {
        for name in SPANS {
            let path = match subject {
                Subject::Organization => "insight/csv".to_owned(),
                Subject::Post(post) => format!("insight/posts/csv/{post}"),
                Subject::Campaign(campaign) => format!("insight/campaigns/csv/{campaign}"),
            };
            let file = lines(&browser, &format!("{path}?span={name}")).await;
            let part = pages.part(subject, name);
            told += compare_report(&file, &part, &format!("{path} {name}"));
            compare_course(&file, &part, name);
            compare_value(&file, &part.value(&scene.rates), part.is_plain());
        }
    }
    assert!(told > 0, "shares were told in a file");
    compare_posts(scene, pages, &browser).await;
    compare_teams(scene, pages, &browser).await;
    compare_campaigns(scene, pages, &browser).await;
    compare_weeks(pages, &browser).await;
    compare_page(pages, &browser).await;
}

/// The cells of each line of a file.
async fn lines(browser: &Browser, path: &str) -> Vec<Vec<String>> {
    let file = browser.get(path).await;
    assert_eq!(file.status, 200, "{path}");
    let text = file.text();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let records = reader.records().map(Result::unwrap);
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

/// Compares a line of figures; whether it tells of members.
fn compare_line(cells: &[String], part: &Part, what: &str) -> bool {
    let members = part.of_members();
    let (first, rest) = cells.split_at(members.len());
    let is_told = first.iter().all(|cell| cell != HIDDEN) && part.is_plain();
    if is_told {
        assert_eq!(first, texts(&members), "{what}: shares and reach");
    }
    let hits = texts(&part.of_hits());
    for (at, (cell, expected)) in rest.iter().zip(&hits).enumerate() {
        // All hits and those of members are told of a group alone.
        if is_told || ![0, 7, 8].contains(&at) {
            assert_eq!(cell, expected, "{what}: column {at} of hits and clicks");
        }
    }
    is_told
}

fn texts(numbers: &[i64]) -> Vec<String> {
    numbers.iter().map(ToString::to_string).collect()
}

fn compare_report(file: &[Vec<String>], part: &Part, what: &str) -> usize {
    let width = file[0].len();
    let mut told = 0;
    for (name, network) in [
        ("All networks", None),
        ("X", Some(Network::X)),
        ("LinkedIn", Some(Network::Linkedin)),
        ("E-mail", Some(Network::Email)),
    ] {
        let part = part.only(|fact| network.is_none_or(|network| fact.network == network));
        let line = file
            .iter()
            .find(|line| line[0] == name && line.len() == width);
        match line {
            Some(line) => {
                let is_told = compare_line(&line[1..], &part, &format!("{what}: {name}"));
                told += usize::from(is_told && part.shares() > 0);
            }
            None => assert_eq!((part.clicks(), part.human_hits()), (0, 0), "{what}: {name}"),
        }
    }
    told
}

/// A line for each part of the span, and each day in one of them.
fn compare_course(file: &[Vec<String>], part: &Part, name: &str) {
    let width = file[0].len();
    let parts = file.iter().filter(|line| {
        let is_day = line.len() == 4 && line[0].parse::<NaiveDate>().is_ok();
        is_day && line.len() != width
    });
    let mut clicks = 0;
    for line in parts {
        let [from, until] = [0, 1].map(|at| line[at].parse::<NaiveDate>().unwrap());
        let within = part.only(|fact| (from..=until).contains(&fact.day));
        assert_eq!(line[3], within.clicks().to_string(), "{name}: {line:?}");
        if line[2] != HIDDEN {
            assert_eq!(line[2], within.shares().to_string(), "{name}: {line:?}");
        }
        clicks += within.clicks();
    }
    assert_eq!(clicks, part.clicks(), "{name}");
}

fn compare_value(file: &[Vec<String>], value: &Value, is_plain: bool) {
    let amounts = |name: &str| -> Vec<String> {
        let lines = file.iter().filter(|line| line[0] == name);
        let amounts = lines.map(|line| line[1].clone());
        amounts.filter(|text| !text.starts_with("0.00")).collect()
    };
    let expected = |amounts: &std::collections::BTreeMap<String, i64>| -> Vec<String> {
        let amounts = amounts.iter();
        amounts
            .map(|(currency, minor)| format!("{} {currency}", money(*minor)))
            .collect()
    };
    assert_eq!(amounts("Earned media value"), expected(&value.clicks));
    let upper_bound = amounts("Value of the reach (upper bound)");
    if is_plain && !upper_bound.is_empty() {
        assert_eq!(upper_bound, expected(&value.reach));
    }
}

/// An amount of hundredths as it is written in English.
fn money(minor: i64) -> String {
    let (whole, part) = (minor / 100, minor % 100);
    format!("{}.{part:02}", grouped(whole))
}

/// A number below a million as it is written in English.
fn grouped(number: i64) -> String {
    if number < 1_000 {
        return number.to_string();
    }
    format!("{},{:03}", number / 1_000, number % 1_000)
}

/// The posts in a file, in the library, and each on its own page.
async fn compare_posts(scene: &Scene, pages: &Pages<'_>, browser: &Browser) {
    let file = lines(browser, "insight/posts/csv").await;
    let library = browser.get("library").await.text();
    // The newest come first, after the line of titles.
    let listed = file.iter().filter(|line| line[0] == "Tea & coffee");
    let listed: Vec<_> = listed.collect();
    assert_eq!(listed.len(), scene.posts.len());
    for (post, line) in scene.posts.iter().rev().zip(listed) {
        let part = pages.all.only(|fact| fact.post == post.id);
        let is_told = compare_line(&line[2..], &part, &format!("{} in the file", post.id));
        if !is_told {
            continue;
        }
        let clicks = match part.clicks() {
            1 => "one click".to_owned(),
            many => format!("{} clicks", grouped(many)),
        };
        let did = format!("{} shares → {clicks}", grouped(part.shares()));
        assert!(library.contains(&did), "{did}: {library}");
        let page = browser.get(&format!("posts/{}", post.id)).await.text();
        for (name, number) in [
            ("Shares", part.shares()),
            ("Clicks", part.clicks()),
            ("Potential reach", part.reach()),
        ] {
            let shown = format!("<dt>{name}</dt><dd>{}</dd>", grouped(number));
            assert!(page.contains(&shown), "{shown}: {page}");
        }
    }
}

async fn compare_teams(scene: &Scene, pages: &Pages<'_>, browser: &Browser) {
    let [sales, north] = scene.teams;
    let mut told = 0;
    for name in ["2026-11", "2026-12"] {
        let file = lines(browser, &format!("insight/teams/csv?span={name}")).await;
        for (title, teams) in [("Sales", vec![sales, north]), ("North", vec![north])] {
            let line = file.iter().find(|line| line[0] == title).unwrap();
            let months = lines(browser, &format!("insight/teams/csv/{}", teams[0])).await;
            let month = months.iter().find(|line| line[0] == name).unwrap();
            assert_eq!(&month[1..], &line[1..], "{title} in {name}, by itself");
            if line[1] == HIDDEN {
                continue;
            }
            let part = pages.all.only(|fact| {
                let is_of = fact.team.is_some_and(|team| teams.contains(&team));
                is_of && is_in(name, fact.day)
            });
            let width = part.of_members().len() + part.of_hits().len();
            let (figures, value) = line[1..].split_at(width);
            let what = format!("{title} in the file of {name}");
            let all: Vec<i64> = [part.of_members(), part.of_hits()].concat();
            assert_eq!(figures, texts(&all), "{what}");
            if value[0] != HIDDEN {
                compare_networks(&file, &part, (scene, title), &value[0]);
            }
            told += 1;
        }
    }
    assert!(told > 0, "a team was told in a file");
}

/// What a team did by network, in lines of its name, and what that on named networks is worth.
fn compare_networks(
    file: &[Vec<String>],
    part: &Part,
    (scene, title): (&Scene, &str),
    worth: &str,
) {
    let mut named = BTreeSet::new();
    let lines = file.iter().filter(|line| line[0] == title).skip(1);
    for line in lines {
        let network = NAMES.into_iter().find(|(_, name)| *name == line[1]);
        let Some((network, _)) = network else {
            continue;
        };
        named.insert(network);
        let on = part.only(|fact| fact.network == network);
        assert_eq!(line[2], on.shares().to_string(), "{title} on {network:?}");
        let clicks = &line[line.len() - 2];
        assert_eq!(*clicks, on.clicks().to_string(), "{title} on {network:?}");
    }
    let on_named = part.only(|fact| named.contains(&fact.network));
    for (currency, minor) in on_named.value(&scene.rates).clicks {
        let amount = format!("{} {currency}", money(minor));
        assert!(worth.contains(&amount), "{title}: {amount}: {worth}");
    }
}

/// What the campaign brought so far, after its name, goal and target.
async fn compare_campaigns(scene: &Scene, pages: &Pages<'_>, browser: &Browser) {
    let file = lines(browser, "insight/campaigns/csv").await;
    let posts = scene.of_campaign();
    let part = pages.all.only(|fact| posts.contains(&fact.post));
    assert_eq!(file.len(), 2);
    compare_line(&file[1][3..], &part, "the file of campaigns");
}

/// The shares of the last weeks in the file of health.
async fn compare_weeks(pages: &Pages<'_>, browser: &Browser) {
    let file = lines(browser, "insight/health/csv").await;
    let weeks = file
        .iter()
        .filter(|line| line[0].parse::<NaiveDate>().is_ok());
    let mut told = 0;
    for line in weeks {
        let [from, until] = [0, 1].map(|at| line[at].parse::<NaiveDate>().unwrap());
        let within = pages.all.only(|fact| (from..=until).contains(&fact.day));
        if line[2] != HIDDEN {
            assert_eq!(line[2], within.shares().to_string(), "{line:?}");
            told += 1;
        }
    }
    assert!(told > 0, "a week was told in the file of health");
}

/// The numbers at the head of Insight's own page.
async fn compare_page(pages: &Pages<'_>, browser: &Browser) {
    let name = "2026-11";
    let part = pages.part(Subject::Organization, name);
    let text = browser.get(&format!("insight?span={name}")).await.text();
    for number in [part.clicks(), part.visits()] {
        let shown = format!("<data value=\"{number}\"");
        assert!(text.contains(&shown), "{shown}: {text}");
    }
    if part.is_plain() {
        for number in [part.shares(), part.reach()] {
            let shown = format!("<data value=\"{number}\"");
            assert!(text.contains(&shown), "{shown}: {text}");
        }
    }
}
