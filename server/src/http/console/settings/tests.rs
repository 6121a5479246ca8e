//! Settings as a browser without script sees them.

use entity::enums::{Language, Role};
use entity::organization;

use super::SECTIONS;
use crate::domain::networks::offered;
use crate::service::content_rules;
use crate::service::settings::show_settings;
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn every_section_opens_in_both_languages_for_who_changes_and_who_reads() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let curator = t.actor_in(&owner.organization, &[Role::Curator]).await;
        for (language, title) in [(Language::En, "Settings"), (Language::De, "Einstellungen")] {
            for (actor, changes) in [(&owner, true), (&curator, false)] {
                t.change_member(&actor.member, |row| row.language = Some(language))
                    .await;
                let browser = t.log_in(actor).await;
                let overview = browser.get("settings").await;
                assert_eq!(overview.status, 200);
                assert!(overview.text().contains(title));
                let days = match language {
                    Language::En => "Posts live for 14 days.",
                    Language::De => "Beiträge leben 14 Tage.",
                };
                let text = overview.text();
                assert!(text.contains(days), "{text}");
                let leads = |path: &str| text.contains(&format!("{path}\"><strong>"));
                for path in ["settings/connections", "settings/retention"] {
                    assert_eq!(leads(path), changes, "{path}: {text}");
                    let page = browser.get(path).await;
                    let here = page
                        .text()
                        .contains(&format!("{path}\" aria-current=\"page\""));
                    assert_eq!((page.status == 200, here), (changes, changes), "{path}");
                }
                for (path, _) in SECTIONS {
                    let page = browser.get(&format!("settings/{path}")).await;
                    assert_eq!(page.status, 200, "{path}");
                    let text = page.text();
                    assert_eq!(text.contains("name=\"version\""), changes, "{path}");
                    assert!(!text.contains("style="), "{path}");
                    assert!(text.contains("aria-current=\"page\""), "{path}");
                }
                let posted = browser.post("settings/quiet", &[]).await;
                assert_eq!(posted.status == 403, !changes);
            }
        }
    })
    .await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn points_are_shown_as_they_will_be_before_they_are_changed() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let page = browser.get("settings/points").await.text();
        assert!(
            page.contains("clicked 30 times on a day earns 35 points"),
            "{page}"
        );
        let mut form = vec![
            ("share_confirmed", "10"),
            ("share_proven", "10"),
            ("click", "2"),
            ("proposal", "20"),
            ("clicks_per_share_and_day", "20"),
            ("shares_per_day", "5"),
            ("version", "0"),
        ];
        let preview = browser.post("settings/points", &form).await;
        assert_eq!(preview.status, 200);
        let text = preview.text();
        assert!(
            text.contains("earned 35 points, and will earn 60"),
            "{text}"
        );
        assert!(text.contains("What was earned stays") && text.contains("name=\"confirmed\""));
        assert!(
            !text.contains("Proven share"),
            "what stays is not told: {text}"
        );
        let row = show_settings(&t.app, &owner).await.unwrap();
        assert_eq!(row.settings.points.click, 1, "nothing is changed yet");
        form.push(("confirmed", "yes"));
        for (version, word) in [(1, "Saved."), (1, "Nothing was changed.")] {
            let done = browser
                .post_and_follow("settings/points", &form)
                .await
                .text();
            assert!(done.contains(word), "{done}");
            let row = show_settings(&t.app, &owner).await.unwrap();
            assert_eq!(
                (
                    row.settings_version,
                    row.settings.points.click,
                    row.proposal_points
                ),
                (version, 2, 20)
            );
        }
        let log = browser.get("audit?kind=organization").await.text();
        assert!(
            log.contains("Changed the point rules")
                && log.contains("1 → 2 · Accepted proposal: 15 → 20"),
            "{log}"
        );
        // What is wrong is told before anything is asked.
        form.retain(|(name, _)| *name != "click" && *name != "confirmed");
        form.push(("click", "many"));
        let wrong = browser.post("settings/points", &form).await;
        assert_eq!(wrong.status, 422);
        let text = wrong.text();
        assert!(
            text.contains("A whole number from 0 to 1,000.") && text.contains("value=\"many\"")
        );
    })
    .await;
}

#[tokio::test]
async fn who_was_overtaken_sees_what_stands_and_keeps_what_they_typed() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let (one, other) = (t.log_in(&owner).await, t.log_in(&owner).await);
        let form = |from: &'static str, version: &'static str| {
            [
                ("quiet-from", from),
                ("quiet-to", "07:00"),
                ("version", version),
            ]
        };
        let first = one
            .post_and_follow("settings/quiet", &form("20:00", "0"))
            .await;
        assert!(first.text().contains("Saved."));
        let second = other.post("settings/quiet", &form("21:00", "0")).await;
        assert_eq!(second.status, 409);
        let text = second.text();
        assert!(text.contains("From 20:00 to 07:00."), "{text}");
        assert!(
            text.contains("value=\"21:00\"") && text.contains("value=\"1\""),
            "{text}"
        );
        let third = other
            .post_and_follow("settings/quiet", &form("21:00", "1"))
            .await;
        assert!(third.text().contains("Saved."));
        let row = show_settings(&t.app, &owner).await.unwrap();
        assert_eq!((row.quiet_from, row.settings_version), (21 * 60, 2));
        let wrong = one.post("settings/quiet", &form("soon", "2")).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("A time of day"));
    })
    .await;
}

#[tokio::test]
async fn words_have_the_version_of_the_rules_and_days_that_of_the_settings() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let rules = |words: &'static str, version: &'static str| {
            [
                ("blocked", words),
                ("disclosure", " I work at Acme. "),
                ("disclosure_required", "yes"),
                ("review_hours", "24"),
                ("version", version),
            ]
        };
        let form = rules("best\r\n\r\n no. 1 ", "0");
        let saved = browser.post_and_follow("settings/content", &form);
        assert!(saved.await.text().contains("Saved."));
        let standing = content_rules::show_rules(&t.app, &owner).await.unwrap();
        assert_eq!(standing.rules.blocked, ["best", "no. 1"]);
        assert!(standing.rules.disclosure_required && !standing.rules.second_pair_of_eyes);
        // Sent once more, it is no conflict with oneself.
        let again = browser.post_and_follow("settings/content", &form);
        assert!(again.await.text().contains("Nothing was changed."));
        let standing = content_rules::show_rules(&t.app, &owner).await.unwrap();
        assert_eq!(standing.version, 1);
        let late = browser
            .post("settings/content", &rules("cheapest", "0"))
            .await;
        assert_eq!(late.status, 409);
        assert!(late.text().contains("cheapest") && late.text().contains("best, no. 1"));
        let wrong = browser.post("settings/content", &rules("…", "1")).await;
        assert_eq!(wrong.status, 422);
        assert!(
            wrong.text().contains("At most 500 words"),
            "{}",
            wrong.text()
        );
        let days = |days: &'static str, version: &'static str| {
            [("expiry_days", days), ("version", version)]
        };
        let form = days("30", "0");
        let saved = browser.post_and_follow("settings/content/expiry", &form);
        assert!(saved.await.text().contains("Saved."));
        let late = browser
            .post("settings/content/expiry", &days("40", "0"))
            .await;
        assert_eq!(late.status, 409);
        let wrong = browser
            .post("settings/content/expiry", &days("366", "1"))
            .await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("1 to 365 days"), "{}", wrong.text());
        let log = browser.get("audit?kind=content_rules").await.text();
        assert!(
            log.contains("0 → 24") && log.contains("Blocked from now on"),
            "{log}"
        );
    })
    .await;
}

/// The form of the organization.
fn house(zone: &str) -> [(&str, &str); 5] {
    [
        ("name", "Acme"),
        ("time_zone", zone),
        ("language", "en"),
        ("join_policy", "list"),
        ("contact", "Grace"),
    ]
}

/// The form of links.
fn utm<'a>(source: &'a str, short: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("utm-source", source),
        ("utm-medium", "m"),
        ("utm-campaign", "c"),
        ("short_url", short),
    ]
}

#[tokio::test]
async fn the_other_sections_refuse_what_is_wrong() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let refused = async |page: &str, form: &[(&str, &str)], sentence: &str| {
            let answer = browser.post(page, form).await;
            assert_eq!(answer.status, 422, "{page}");
            let text = answer.text();
            assert!(text.contains(sentence), "{page}: {text}");
        };
        refused(
            "settings/organization",
            &house("Mars/Olympus"),
            "Choose a zone",
        )
        .await;
        refused(
            "settings/organization",
            &[("name", "Acme")],
            "Choose one of these",
        )
        .await;
        refused("settings/networks", &[], "Offer one network at least").await;
        let place = [("offered", "x"), ("place-x", "first")];
        refused("settings/networks", &place, "A place is a whole number").await;
        let pale = [("accent", "#ffd400")];
        refused("settings/branding", &pale, "differs from paper by 1.2").await;
        refused("settings/branding", &[("accent", "red")], "six digits").await;
        refused(
            "settings/links",
            &utm("a b", ""),
            "A source has the letters",
        )
        .await;
        let http = utm("a", "http://go.acme.example");
        refused("settings/links", &http, "An address of https").await;
        let row = show_settings(&t.app, &owner).await.unwrap();
        assert_eq!(row.settings_version, 0);
    })
    .await;
}

/// X and copying, at these places.
fn two_networks([x, copy]: [&'static str; 2]) -> [(&'static str, &'static str); 4] {
    [
        ("offered", "x"),
        ("place-x", x),
        ("offered", "copy"),
        ("place-copy", copy),
    ]
}

#[tokio::test]
async fn the_other_sections_keep_what_is_right_and_the_overview_tells_it() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let sure = |form: &[(&'static str, &'static str)]| {
            let mut sure = form.to_vec();
            sure.push(("confirmed", "yes"));
            sure
        };
        let vienna = house("Europe/Vienna");
        let two = two_networks(["1", "2"]);
        let links = utm("from-{network}", "https://go.acme.example");
        // What moves plans, takes networks away or is in people's posts for good waits for a
        // second yes.
        for (page, form, told) in [
            (
                "settings/organization",
                &vienna[..],
                "feeds and the weekly board",
            ),
            ("settings/networks", &two[..], "LinkedIn, Bluesky, Mastodon"),
            ("settings/links", &links[..], "go.acme.example"),
        ] {
            let asked = browser.post(page, form).await;
            assert_eq!(asked.status, 200, "{page}");
            let text = asked.text();
            assert!(
                text.contains("name=\"confirmed\"") && text.contains(told),
                "{page}: {text}"
            );
            let row = show_settings(&t.app, &owner).await.unwrap();
            let done = browser.post(page, &sure(form)).await;
            assert_eq!(done.status, 303, "{page}");
            let after = show_settings(&t.app, &owner).await.unwrap();
            assert_eq!(after.settings_version, row.settings_version + 1, "{page}");
        }
        let plain = [("accent", "#0b5c8a")];
        assert_eq!(browser.post("settings/branding", &plain).await.status, 303);
        // An order is no loss, and asks nothing.
        let turned = two_networks(["3", "1"]);
        assert_eq!(browser.post("settings/networks", &turned).await.status, 303);
        let row = show_settings(&t.app, &owner).await.unwrap();
        assert_eq!(row.settings_version, 5);
        let text = browser.get("settings").await.text();
        for word in [
            "Europe/Vienna",
            "To copy, X",
            "go.acme.example",
            "#0b5c8a",
            "accent-0b5c8a.css",
        ] {
            assert!(text.contains(word), "{word}: {text}");
        }
        let links = browser.get("settings/links").await.text();
        assert!(links.contains("utm_source=from-copy"), "{links}");
        assert!(links.contains("https://go.acme.example/l/"), "{links}");
    })
    .await;
}

/// Where a page's toast is undone.
fn undo_of(page: &str) -> String {
    let actions = page.split("action=\"").skip(1);
    let action = actions
        .filter_map(|form| form.split('"').next())
        .find(|action| action.contains("/undo?"))
        .unwrap_or_else(|| panic!("nothing to undo in {page}"));
    action.replace("&#38;", "&").replace("&amp;", "&")
}

#[tokio::test]
async fn every_section_is_taken_back_to_what_stood() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let before = show_settings(&t.app, &owner).await.unwrap();
        let quiet = [("quiet-from", "20:00"), ("quiet-weekends", "yes")];
        let points = [
            ("share_confirmed", "10"),
            ("share_proven", "10"),
            ("click", "2"),
            ("proposal", "20"),
            ("clicks_per_share_and_day", "20"),
            ("shares_per_day", "5"),
        ];
        for (page, form) in [
            ("settings/organization", &house("Asia/Tokyo")[..]),
            ("settings/networks", &[("offered", "x"), ("place-x", "1")]),
            ("settings/links", &utm("a", "https://go.acme.example")),
            ("settings/points", &points),
            (
                "settings/quiet",
                &[&quiet[..], &[("quiet-to", "06:00")]].concat(),
            ),
            ("settings/branding", &[("accent", "#0b5c8a")]),
            ("settings/content/expiry", &[("expiry_days", "30")]),
        ] {
            let sure = [form, &[("confirmed", "yes")]].concat();
            let done = browser.post_and_follow(page, &sure).await.text();
            assert!(done.contains("Saved."), "{page}: {done}");
            let changed = show_settings(&t.app, &owner).await.unwrap();
            let undone = browser.post_and_follow(&undo_of(&done), &[]).await.text();
            assert!(undone.contains("As it was before."), "{page}: {undone}");
            assert!(!undone.contains("/undo?"), "{page}: {undone}");
            let row = show_settings(&t.app, &owner).await.unwrap();
            assert_eq!(row.settings_version, changed.settings_version + 1, "{page}");
            let expected = organization::Model {
                settings_version: row.settings_version,
                updated_at: row.updated_at,
                points_before: row.points_before.clone(),
                points_since: row.points_since,
                networks: row.networks.clone(),
                ..before.clone()
            };
            assert_eq!(row, expected, "{page}");
            assert_eq!(offered(&row), offered(&before), "{page}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_somebody_changed_since_is_not_taken_back() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let (one, other) = (t.log_in(&owner).await, t.log_in(&owner).await);
        let rules = |blocked| [("blocked", blocked), ("review_hours", "0")];
        for (page, first, since) in [
            (
                "settings/branding",
                &[("accent", "#0b5c8a")][..],
                &[("accent", "#1b5e20")][..],
            ),
            // The first word stands there still: where it is gone already, nothing is in conflict.
            ("settings/content", &rules("best"), &rules("best\ncheapest")),
            (
                "settings/content/expiry",
                &[("expiry_days", "30")],
                &[("expiry_days", "40")],
            ),
        ] {
            let done = one.post_and_follow(page, first).await;
            let undo = undo_of(&done.text());
            let done = other.post_and_follow(page, since).await.text();
            assert!(done.contains("Saved."), "{page}: {done}");
            assert_eq!(one.post(&undo, &[]).await.status, 409, "{page}");
        }
        let row = show_settings(&t.app, &owner).await.unwrap();
        assert_eq!(row.accent.as_deref(), Some("#1b5e20"));
        assert_eq!(row.settings.expiry_days, 40);
        let standing = content_rules::show_rules(&t.app, &owner).await.unwrap();
        assert_eq!(standing.rules.blocked, ["best", "cheapest"]);
    })
    .await;
}

#[tokio::test]
async fn of_many_blocked_words_only_those_that_changed_are_taken_back() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let mut words: Vec<String> = (0..300)
            .map(|at| format!("forbidden number {at}"))
            .collect();
        let save = async |words: &[String], hours: &str| {
            let words = words.join("\n");
            let form = [("blocked", words.as_str()), ("review_hours", hours)];
            let done = browser.post_and_follow("settings/content", &form).await;
            let text = done.text();
            assert!(text.contains("Saved."), "{text}");
            text
        };
        save(&words, "0").await;
        let before = content_rules::show_rules(&t.app, &owner).await.unwrap();
        let gone = words.pop().unwrap();
        words.push("best & cheapest".to_owned());
        let done = save(&words, "24").await;
        let undone = browser.post_and_follow(&undo_of(&done), &[]).await.text();
        assert!(undone.contains("As it was before."), "{undone}");
        let after = content_rules::show_rules(&t.app, &owner).await.unwrap();
        assert!(after.rules.blocked.contains(&gone));
        assert_eq!(after.rules, before.rules);
    })
    .await;
}

#[tokio::test]
async fn the_composer_offers_what_is_offered_and_keeps_what_words_are_for() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let option = |page: &str, word: &str| page.contains(&format!("<option value=\"{word}\""));
        let form = [
            ("title", "News"),
            ("url", "https://acme.example/news"),
            ("variant_network", "reddit"),
            ("variant_text", "Read this."),
        ];
        let made = browser.post("compose/new", &form).await;
        let draft = made.header("location").to_owned();
        let before = browser.get("compose/new").await.text();
        assert!(option(&before, "reddit") && option(&before, "xing"));
        let only = [("offered", "x"), ("place-x", "1"), ("confirmed", "yes")];
        browser.post_and_follow("settings/networks", &only).await;
        let after = browser.get("compose/new").await.text();
        assert!(option(&after, "x") && !option(&after, "reddit") && !option(&after, "xing"));
        let kept = browser.get(&draft).await.text();
        assert!(option(&kept, "reddit") && !option(&kept, "xing"), "{kept}");
    })
    .await;
}
