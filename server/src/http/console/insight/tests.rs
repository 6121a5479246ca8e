//! Tests of the pages of Insight, as a browser without script asks for them.

mod teams;

use chrono::TimeDelta;
use entity::enums::{Language, Network, Role};
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;

use crate::service::actor::Actor;
use crate::test_support::console::Browser;
use crate::test_support::{TestApp, on_both};

/// An organization with ten people who shared in November, looked at in December.
async fn scene(t: &TestApp) -> (Actor, entity::post::Model) {
    let owner = t.actor(&[Role::Owner]).await;
    let house = &owner.organization;
    let post = t.lasting_post(house).await;
    t.change_post(&post, |row| row.title = "=HYPERLINK(\"x\")".to_owned())
        .await;
    let sales = t.team(house, "Sales", None).await;
    let people = t.people(house, Some(sales), 5).await;
    t.all_share(&people, &post, Network::X).await;
    let small = t.team(house, "Small", None).await;
    let few = t.people(house, Some(small), 3).await;
    t.all_share(&few, &post, Network::X).await;
    let none = t.people(house, None, 2).await;
    t.all_share(&none, &post, Network::X).await;
    entity::share::Entity::update_many()
        .col_expr(entity::share::Column::Followers, Expr::value(150))
        .exec(t.app.store.reader())
        .await
        .unwrap();
    t.clock.advance(TimeDelta::days(20));
    t.sum_up().await;
    (owner, post)
}

#[tokio::test]
async fn every_page_of_insight_opens_in_both_languages() {
    on_both(async |t: TestApp| {
        let (owner, post) = scene(&t).await;
        let browser = t.log_in(&owner).await;
        for (language, word) in [(Language::En, "Insight"), (Language::De, "Auswertung")] {
            t.change_member(&owner.member, |row| row.language = Some(language))
                .await;
            for page in [
                "insight",
                "insight?span=2026-11",
                "insight?span=2026-Q4",
                "insight?span=2026",
                "insight?span=nonsense",
                "insight/posts",
                "insight/campaigns",
                "insight/teams",
                "insight/teams?span=2026-11",
                "insight/health",
                "insight/rates",
                &format!("insight/posts/{}?span=2026-11", post.id),
            ] {
                let shown = browser.get(page).await;
                assert_eq!(shown.status, 200, "{page}");
                let text = shown.text();
                assert!(text.contains(word), "{page}: {text}");
                assert!(!text.contains("style="), "{page}");
                assert!(!text.contains("<h1></h1>"), "{page}");
            }
        }
        let nothing = "insight/posts/0193a000-0000-7000-8000-000000000000";
        assert_eq!(browser.get(nothing).await.status, 404);
        assert_eq!(browser.get("insight/campaigns/nonsense").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn each_number_opens_how_it_is_counted_and_each_chart_its_table() {
    on_both(async |t: TestApp| {
        let (owner, _) = scene(&t).await;
        let browser = t.log_in(&owner).await;
        let text = browser.get("insight?span=2026-11").await.text();
        assert_eq!(text.matches("How is this counted?").count(), 4, "{text}");
        assert!(text.contains("Not de-duplicated"));
        assert_eq!(text.matches("<figure class=\"chart\">").count(), 2);
        assert_eq!(text.matches("Show as a table").count(), 2);
        assert!(
            text.contains("10 in all; the most was 10, 16 Nov."),
            "{text}"
        );
        assert!(text.contains("role=\"img\" aria-label=\"Shares: 10 in all"));
    })
    .await;
}

#[tokio::test]
async fn lists_of_figures_open_how_each_of_their_columns_is_counted() {
    on_both(async |t: TestApp| {
        use crate::service::rates::{Rate, set_rate};
        let (owner, _) = scene(&t).await;
        let rate = Rate {
            network: Network::X,
            valid_from: "2026-11".to_owned(),
            currency: "EUR".to_owned(),
            cpc: Some(120),
            cpm: Some(950),
        };
        set_rate(&t.app, &owner, rate).await.unwrap();
        let browser = t.log_in(&owner).await;
        for (page, formulas) in [
            (
                "insight/posts",
                &["Every request of a link", "Browsers with"][..],
            ),
            (
                "insight/teams?span=2026-11",
                &[
                    "Browsers with",
                    "Counted clicks ×",
                    "÷ 1,000",
                    "Value of the reach (upper bound)",
                    "reach is not de-duplicated",
                    "1.20 EUR a click, rate valid from November 2026",
                    "9.50 EUR a thousand views, rate valid from November 2026",
                ],
            ),
            (
                "library",
                &["Shares that began", "The first hit of a reader"],
            ),
        ] {
            let text = browser.get(page).await.text();
            assert!(text.contains("How is this counted?"), "{page}: {text}");
            for formula in formulas {
                assert!(text.contains(formula), "{page}: {formula}: {text}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn campaigns_stand_beside_each_other_with_what_they_brought_of_what_they_are_to_bring() {
    on_both(async |t: TestApp| {
        use crate::domain::campaign::Plan;
        use crate::service::campaigns::create_campaign;
        use entity::enums::CampaignGoal;
        let (owner, post) = scene(&t).await;
        let plan = |name: &str, goal, target| Plan {
            name: name.to_owned(),
            goal: Some(goal),
            target: Some(target),
            ..Plan::default()
        };
        let visits = plan("Spring", CampaignGoal::Traffic, 50);
        let made = create_campaign(&t.app, &owner, None, visits).await.unwrap();
        let campaign = made.campaign.id;
        t.change_post(&post, |row| row.campaign_id = Some(campaign))
            .await;
        let leads = plan("Autumn", CampaignGoal::Leads, 12);
        create_campaign(&t.app, &owner, None, leads).await.unwrap();
        let browser = t.log_in(&owner).await;
        let text = browser.get("insight/campaigns").await.text();
        for words in ["0 of 50", "Not measured yet", "Leads: 12"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        let file = browser.get("insight/campaigns/csv").await.text();
        assert!(file.contains("Spring,Traffic,50,10,"), "{file}");
        assert!(file.contains("Autumn,Leads,12,–,"), "{file}");
    })
    .await;
}

#[tokio::test]
async fn health_draws_the_weeks_that_may_be_told_and_says_why_others_are_not() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let house = &analyst.organization;
        let none = t.log_in(&analyst).await.get("insight/health").await.text();
        assert!(none.contains("They show week by week"), "{none}");
        assert!(!none.contains("<figure class=\"chart\">"), "{none}");
        let post = t.lasting_post(house).await;
        let few = t.people(house, None, 2).await;
        t.all_share(&few, &post, Network::X).await;
        t.clock.advance(TimeDelta::days(30));
        let many = t.people(house, None, 6).await;
        t.all_share(&many, &post, Network::X).await;
        t.sum_up().await;
        let browser = t.log_in(&analyst).await;
        let some = browser.get("insight/health").await.text();
        assert!(some.contains("<figure class=\"chart\">"), "{some}");
        assert!(some.contains("A dash stands at 6 weeks"), "{some}");
        let file = browser.get("insight/health/csv").await.text();
        assert!(file.contains("2026-11-09,2026-11-15,–"), "{file}");
        assert!(file.contains("2026-12-07,2026-12-13,0"), "{file}");
        assert!(file.contains("Active,6"), "{file}");
    })
    .await;
}

#[tokio::test]
async fn files_hold_exact_numbers_and_no_formula() {
    on_both(async |t: TestApp| {
        let (owner, post) = scene(&t).await;
        let browser = t.log_in(&owner).await;
        let posts = browser.get("insight/posts/csv").await;
        assert_eq!(posts.header("content-type"), "text/csv; charset=utf-8");
        let disposition = posts.header("content-disposition");
        assert_eq!(disposition, "attachment; filename=\"posts.csv\"");
        let text = posts.text();
        assert!(text.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{text}");
        for page in [
            "insight/csv?span=2026-11".to_owned(),
            format!("insight/posts/csv/{}?span=2026-11", post.id),
        ] {
            let file = browser.get(&page).await;
            assert_eq!(file.status, 200, "{page}");
            let text = file.text();
            assert!(text.contains("All networks,10,"), "{text}");
            assert!(text.contains("2026-11-16,2026-11-16,10,0"), "{text}");
        }
    })
    .await;
}

/// Where a page offers to take back what just became of a rate, if it does.
fn undo_of(page: &str) -> Option<String> {
    let forms = page.split("action=\"").skip(1);
    let mut actions = forms.filter_map(|form| form.split('"').next());
    let action = actions.find(|action| action.contains("rates/undo"))?;
    Some(action.replace("&#38;", "&").replace("&amp;", "&"))
}

#[tokio::test]
async fn a_rate_is_typed_refused_with_what_was_typed_and_taken_away_with_undo() {
    on_both(async |t: TestApp| {
        let (owner, _) = scene(&t).await;
        let browser = t.log_in(&owner).await;
        let mut form = vec![
            ("network", "x"),
            ("valid_from", "2026-11"),
            ("currency", "eur"),
            ("cpc", "one"),
            ("cpm", "9,50"),
        ];
        let refused = browser.post("insight/rates", &form).await;
        assert_eq!(refused.status, 422);
        let text = refused.text();
        assert!(text.contains("value=\"9,50\"") && text.contains("value=\"one\""));
        assert!(text.contains("That is no price."));
        let empty = &form[..3];
        let refused = browser.post("insight/rates", empty).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("Type at least one price."));
        form[3] = ("cpc", "1.20");
        let set = browser.post_and_follow("insight/rates", &form).await.text();
        assert!(
            set.contains("The rate is set.") && set.contains("1.20 EUR"),
            "{set}"
        );
        let valued = browser.get("insight?span=2026-11").await.text();
        assert!(valued.contains("Upper bound, never added"), "{valued}");
        assert!(valued.contains("rate valid from November 2026"), "{valued}");
        let gone = [
            ("network", "x"),
            ("valid_from", "2026-11"),
            ("currency", "EUR"),
            ("remove", "on"),
        ];
        let removed = browser.post_and_follow("insight/rates", &gone).await.text();
        assert!(removed.contains("No rates yet"), "{removed}");
        let twice = browser.post("insight/rates", &gone).await;
        assert_eq!(twice.status, 303, "a second click");
        let undo = undo_of(&removed).unwrap();
        let back = browser.post_and_follow(&undo, &[]).await.text();
        assert!(
            back.contains("1.20 EUR") && back.contains("9.50 EUR"),
            "{back}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_rate_that_is_overwritten_comes_back_by_undo_and_what_figures_were_worth_with_it() {
    on_both(async |t: TestApp| {
        let (owner, _) = scene(&t).await;
        let browser = t.log_in(&owner).await;
        let typed = async |cpc: &str, cpm: &str| {
            let form = [
                ("network", "x"),
                ("valid_from", "2026-11"),
                ("currency", "EUR"),
                ("cpc", cpc),
                ("cpm", cpm),
            ];
            let set = browser.post_and_follow("insight/rates", &form).await;
            let set = set.text();
            assert!(set.contains("The rate is set."), "{set}");
            set
        };
        let is_worth = async |told: &str| {
            let valued = browser.get("insight?span=2026-11").await.text();
            assert!(valued.contains(told), "{told}: {valued}");
        };
        for times in ["once", "twice"] {
            let set = typed("1.20", "9.50").await;
            assert_eq!(undo_of(&set), None, "{times} overwrites nothing: {set}");
        }
        // Ten shared on that network, with a hundred and fifty followers each.
        is_worth("14.25 EUR").await;
        let other = typed("", "20").await;
        assert!(!other.contains("1.20 EUR"), "{other}");
        is_worth("30.00 EUR").await;
        let undo = undo_of(&other).unwrap();
        let back = browser.post_and_follow(&undo, &[]).await.text();
        assert!(
            back.contains("1.20 EUR") && back.contains("9.50 EUR"),
            "{back}"
        );
        is_worth("14.25 EUR").await;
    })
    .await;
}

#[tokio::test]
async fn insight_is_for_who_may_read_figures_and_rates_are_set_by_who_manages() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let browser = t.log_in(&analyst).await;
        assert_eq!(browser.get("insight").await.status, 200);
        let rates = browser.get("insight/rates").await.text();
        assert!(!rates.contains("name=\"cpc\""));
        assert_eq!(browser.post("insight/rates", &[]).await.status, 403);
        let plain = t.actor_in(&analyst.organization, &[]).await;
        let browser = t.log_in(&plain).await;
        for page in [
            "insight",
            "insight/csv",
            "insight/posts",
            "insight/posts/csv",
            "insight/campaigns",
            "insight/campaigns/csv",
            "insight/teams",
            "insight/teams/csv",
            "insight/teams/0193a000-0000-7000-8000-000000000000",
            "insight/teams/csv/0193a000-0000-7000-8000-000000000000",
            "insight/health",
            "insight/health/csv",
            "insight/rates",
        ] {
            assert_eq!(browser.get(page).await.status, 403, "{page}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_and_their_figures_lead_to_each_other_and_to_what_may_be_done() {
    on_both(async |t: TestApp| {
        use crate::domain::campaign::Plan;
        use crate::service::campaigns::create_campaign;
        use crate::service::posts::{create_post, submit_post};
        use crate::test_support::content::draft;
        let (owner, post) = scene(&t).await;
        let plan = Plan {
            name: "Spring".to_owned(),
            goal: Some(entity::enums::CampaignGoal::Leads),
            target: Some(1_200),
            ..Plan::default()
        };
        let campaign = create_campaign(&t.app, &owner, None, plan).await.unwrap();
        let id = campaign.campaign.id;
        let browser = t.log_in(&owner).await;
        for (page, links) in [
            (
                format!("posts/{}", post.id),
                format!("insight/posts/{}\"", post.id),
            ),
            (
                format!("library/campaigns/{id}"),
                format!("insight/campaigns/{id}\""),
            ),
            (
                format!("insight/campaigns/{id}"),
                format!("library/campaigns/{id}\""),
            ),
        ] {
            let text = browser.get(&page).await.text();
            assert!(text.contains(&links), "{page}: {links}: {text}");
        }
        let told = browser.get(&format!("insight/campaigns/{id}")).await;
        assert!(told.text().contains("Leads: 1,200"), "{}", told.text());

        let waits = create_post(&t.app, &owner, draft("Waits")).await.unwrap();
        submit_post(&t.app, &owner, waits.post.id).await.unwrap();
        t.clock.advance(TimeDelta::days(4));
        let analyst = t.actor_in(&owner.organization, &[Role::Analyst]).await;
        for (who, link) in [
            (&owner, "review\""),
            (&analyst, "library?state=in_review\""),
        ] {
            let text = t.log_in(who).await.get("insight/health").await.text();
            let (_, alarm) = text.split_once("class=\"alarms\"").unwrap();
            let alarm = alarm.split("</section>").next().unwrap();
            assert!(alarm.contains(link), "{alarm}");
        }
    })
    .await;
}

#[tokio::test]
async fn health_says_that_leavers_count_as_active_and_that_the_share_ends_at_all() {
    on_both(async |t: TestApp| {
        let (owner, _) = scene(&t).await;
        let page = t.log_in(&owner).await.get("insight/health").await.text();
        for words in ["also who has left since", "at most 100 %"] {
            assert!(page.contains(words), "{words} in {page}");
        }
    })
    .await;
}
