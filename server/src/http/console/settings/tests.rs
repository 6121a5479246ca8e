//! Settings as a browser without script sees them.

use entity::enums::{Language, Role};

use super::SECTIONS;
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

#[tokio::test]
async fn the_other_sections_keep_what_is_right_and_the_overview_tells_it() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let mut sure = utm("from-{network}", "https://go.acme.example").to_vec();
        sure.push(("confirmed", "yes"));
        for (page, form) in [
            ("settings/organization", &house("Europe/Vienna")[..]),
            (
                "settings/networks",
                &[
                    ("offered", "x"),
                    ("place-x", "2"),
                    ("offered", "copy"),
                    ("place-copy", "1"),
                ],
            ),
            (
                "settings/links",
                &utm("from-{network}", "https://go.acme.example"),
            ),
            ("settings/links", &sure[..]),
            ("settings/branding", &[("accent", "#0b5c8a")]),
        ] {
            // An address that is in people's posts for good waits for a second yes.
            let asks = page == "settings/links" && form != sure;
            let posted = browser.post(page, form).await;
            assert_eq!(posted.status, if asks { 200 } else { 303 }, "{page}");
            assert_eq!(posted.text().contains("name=\"confirmed\""), asks, "{page}");
        }
        let row = show_settings(&t.app, &owner).await.unwrap();
        assert_eq!(row.settings_version, 4);
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
        let only = [("offered", "x"), ("place-x", "1")];
        browser.post_and_follow("settings/networks", &only).await;
        let after = browser.get("compose/new").await.text();
        assert!(option(&after, "x") && !option(&after, "reddit") && !option(&after, "xing"));
        let kept = browser.get(&draft).await.text();
        assert!(option(&kept, "reddit") && !option(&kept, "xing"), "{kept}");
    })
    .await;
}
