//! Tests of the pages of teams, and of who leads one.

use super::*;

#[tokio::test]
async fn a_small_team_is_a_dash_on_the_page_and_in_the_file() {
    on_both(async |t: TestApp| {
        let (owner, _) = scene(&t).await;
        let browser = t.log_in(&owner).await;
        let text = browser.get("insight/teams?span=2026-11").await.text();
        assert!(text.contains("Small") && text.contains("Sales"));
        assert_eq!(text.matches("colspan=\"6\"").count(), 1, "{text}");
        let file = browser.get("insight/teams/csv?span=2026-11").await;
        let lines: Vec<String> = file.text().lines().map(str::to_owned).collect();
        let small = lines.iter().find(|line| line.starts_with("Small")).unwrap();
        assert!(!small.chars().any(|one| one.is_ascii_digit()), "{small}");
        let sales = lines.iter().find(|line| line.starts_with("Sales")).unwrap();
        assert!(sales.starts_with("Sales,5,"), "{sales}");
        assert!(lines[0].contains("Potential reach (not de-duplicated)"));
        let cells = [sales, small].map(|line| line.matches(',').count());
        assert_eq!(cells[0], cells[1], "{small}");
        // The month that runs tells of no team.
        let text = browser.get("insight/teams?span=2026-12").await.text();
        assert_eq!(text.matches("colspan=\"6\"").count(), 2);
    })
    .await;
}

/// The id of a team, as the page of all teams links it.
fn team_in(page: &str, name: &str) -> String {
    let links = page.split("/insight/teams/").skip(1);
    let mut links = links.filter_map(|link| link.split_once("\">"));
    let (id, _) = links.find(|(_, rest)| rest.starts_with(name)).unwrap();
    id.to_owned()
}

#[tokio::test]
async fn a_team_has_a_page_and_a_file_of_its_months_with_dashes_where_it_is_kept_back() {
    on_both(async |t: TestApp| {
        let (owner, _) = scene(&t).await;
        let browser = t.log_in(&owner).await;
        let all = browser.get("insight/teams?span=2026-11").await.text();
        let [sales, small] = ["Sales", "Small"].map(|name| team_in(&all, name));
        let page = browser.get(&format!("insight/teams/{sales}")).await.text();
        assert!(page.contains("<h1>Sales</h1>"), "{page}");
        assert_eq!(page.matches("<figure class=\"chart\">").count(), 2);
        assert_eq!(page.matches("Show as a table").count(), 2);
        for words in [
            "5 in all; the most was 5, November 2026.",
            "December 2025",
            "insight/teams?span=2026-11",
            "reach is not de-duplicated",
            "those that too few used counted together",
            "<th scope=\"rowgroup\" colspan=\"6\">November 2026</th>",
            "Browsers with",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        // Of twelve months, one is told, and by network, too.
        assert_eq!(page.matches("colspan=\"6\" class").count(), 11, "{page}");
        let file = browser.get(&format!("insight/teams/csv/{sales}")).await;
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        let lines: Vec<String> = file.text().lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 16, "{lines:#?}");
        assert!(lines[11].starts_with("2026-10,–,"), "{lines:#?}");
        assert!(lines[12].starts_with("2026-11,5,"), "{lines:#?}");
        assert!(lines[14].starts_with("Month,Network,Shares,"), "{lines:#?}");
        assert!(lines[15].starts_with("2026-11,X,5,"), "{lines:#?}");

        let page = browser.get(&format!("insight/teams/{small}")).await.text();
        assert!(page.contains("Nothing is told of this team yet"), "{page}");
        assert!(!page.contains("<figure"), "{page}");
        let elsewhere = t.actor(&[Role::Owner]).await;
        let theirs = t.team(&elsewhere.organization, "Theirs", None).await;
        for nobody in [theirs.to_string(), "nonsense".to_owned()] {
            for page in ["insight/teams", "insight/teams/csv"] {
                let answer = browser.get(&format!("{page}/{nobody}")).await;
                assert_eq!(answer.status, 404, "{page} of {nobody}");
            }
        }
        t.change_member(&owner.member, |row| row.language = Some(Language::De))
            .await;
        let page = browser.get(&format!("insight/teams/{sales}")).await.text();
        assert!(page.contains("Monat für Monat"), "{page}");
    })
    .await;
}

/// The lines of a file of teams, but those of some of them.
async fn lines_without(browser: &Browser, page: &str, teams: &[&str]) -> Vec<String> {
    let file = browser.get(page).await.text();
    let is_meant = |line: &&str| !teams.iter().any(|team| line.starts_with(team));
    file.lines().filter(is_meant).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_team_lead_sees_the_own_team_and_those_below_and_no_other() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let [region, sales, inside, other] = t.told_teams(&owner.organization).await;
        let lead = t.lead(&owner.organization, Some(sales)).await;
        let (all, own) = (t.log_in(&owner).await, t.log_in(&lead).await);
        let everything = all.get("insight/teams?span=2026-11").await.text();
        assert!(everything.contains("deep-2"), "{everything}");
        let page = own.get("insight/teams?span=2026-11").await.text();
        assert_eq!(team_in(&page, "Sales"), sales.to_string());
        assert_eq!(team_in(&page, "Inside"), inside.to_string());
        assert!(page.contains("deep-1"), "Inside hangs on Sales: {page}");
        for not_theirs in ["deep-2", "Region</a>", "Other</a>"] {
            assert!(!page.contains(not_theirs), "{not_theirs}: {page}");
        }
        // Of these, they are told what everybody else is told.
        let file = "insight/teams/csv?span=2026-11";
        let told = lines_without(&own, file, &[]).await;
        let same = lines_without(&all, file, &["Region", "Other"]).await;
        assert_eq!(told, same);
        let is_of_both = |line: &String| line.starts_with("Sales,10,");
        assert!(told.iter().any(is_of_both), "{told:#?}");
        for team in [sales, inside] {
            let page = own.get(&format!("insight/teams/{team}")).await;
            assert_eq!(page.status, 200);
            let months = format!("insight/teams/csv/{team}");
            let told = own.get(&months).await.text();
            assert_eq!(told, all.get(&months).await.text());
        }
        for team in [region, other] {
            for page in ["insight/teams", "insight/teams/csv"] {
                let answer = own.get(&format!("{page}/{team}")).await;
                assert_eq!(answer.status, 404, "{page} of {team}");
            }
        }
        // It is the team of today, and what hangs on it today.
        t.change_member(&lead.member, |row| row.team_id = Some(other))
            .await;
        t.team(&owner.organization, "Younger", Some(other)).await;
        let page = own.get("insight/teams?span=2026-11").await.text();
        assert_eq!(team_in(&page, "Other"), other.to_string());
        assert!(page.contains("Younger</a>"), "{page}");
        assert!(!page.contains("Sales</a>"), "{page}");
        let gone = own.get(&format!("insight/teams/{sales}")).await;
        assert_eq!(gone.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_team_lead_in_no_team_is_told_whom_to_ask() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let lead = t.lead(house, None).await;
        let browser = t.log_in(&lead).await;
        let sales = t.team(house, "Sales", None).await;
        let page = browser.get("insight/teams").await.text();
        for words in ["You are in no team yet", "Ask whoever looks after members"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("Sales"), "{page}");
        let file = browser.get("insight/teams/csv").await.text();
        assert_eq!(file.lines().count(), 1, "{file}");
        let of_sales = browser.get(&format!("insight/teams/{sales}")).await;
        assert_eq!(of_sales.status, 404);
        t.change_member(&lead.member, |row| row.language = Some(Language::De))
            .await;
        let page = browser.get("insight/teams").await.text();
        assert!(page.contains("Du bist noch in keinem Team"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_lead_is_shown_no_page_that_does_not_open() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let [_, sales, inside, _] = t.told_teams(&owner.organization).await;
        for team in [Some(sales), None] {
            let lead = t.lead(&owner.organization, team).await;
            let browser = t.log_in(&lead).await;
            let home = browser.get("").await.text();
            for (words, is_there) in [
                ("Open its figures", team.is_some()),
                ("This is where your day begins", team.is_none()),
            ] {
                assert_eq!(home.contains(words), is_there, "{words}: {home}");
            }
            let shown = browser.walk().await;
            let is_shown = |page: &str| shown.contains(&format!("{}{page}", browser.home));
            assert!(is_shown("insight/teams"), "{shown:?}");
            for team_page in [sales, inside].map(|one| format!("insight/teams/{one}")) {
                assert_eq!(is_shown(&team_page), team.is_some(), "{shown:?}");
            }
            for page in ["insight", "insight/posts", "insight/rates", "library"] {
                assert!(!is_shown(page), "{page}: {shown:?}");
                assert_eq!(browser.get(page).await.status, 403, "{page}");
            }
        }
    })
    .await;
}
