//! Logging in to the console with Slack: of a workspace of ours, and of no other.

use tests::browser::{Answer, Browser, PHONE};
use tests::emulator::slack::model::User;
use tests::outside::{ADA, ADA_EMAIL, BEN, WORKSPACE};
use tests::people::Chat;
use tests::world::{World, on_both};

use super::joins;

/// Where the console of the organization begins, without a slash at its end.
async fn console(world: &World) -> String {
    let link = world.operator().console_link().await.unwrap().url;
    let (base, _) = link.split_once("/enter/").unwrap();
    format!("{base}/o/lindenfeld")
}

/// Goes to Slack from the page of the log-in, and allows it there as `who`; gives where Slack
/// sends the browser back to.
async fn allows(browser: &Browser, console: &str, who: &str) -> String {
    let login = browser.opens(&format!("{console}/login")).await.unwrap();
    let start = "/o/lindenfeld/login/slack?next=%2Fo%2Flindenfeld%2F";
    assert!(login.body.contains(start), "{}", login.body);
    let start = format!("{console}/login/slack?next=%2Fo%2Flindenfeld%2Fyou");
    let sent = browser.opens(&start).await.unwrap();
    let slack = sent.location().unwrap_or_else(|| panic!("{}", sent.body));
    let asked = browser.opens(slack).await.unwrap();
    assert!(
        asked.body.contains("Allow, as Ada Berger"),
        "{}",
        asked.body
    );
    let allowed = browser.opens(&format!("{slack}&allows={who}")).await;
    allowed.unwrap().location().unwrap().to_owned()
}

async fn signs_in(world: &World, browser: &Browser, who: &str) -> Answer {
    let back = allows(browser, &console(world).await, who).await;
    browser.opens(&back).await.unwrap()
}

#[tokio::test]
async fn slack_vouches_for_members_of_our_workspace_and_for_nobody_of_another() {
    on_both(async |world: World| {
        let ada = world.ada_on(Chat::Slack);
        joins(&world, &ada, "By my name").await;
        let slack = &world.outside.slack;
        slack.add_workspace("T0OTHER", "Elsewhere", "elsewhere");
        // Whoever runs a workspace writes there what addresses they like.
        slack.add_user(User::member("T0OTHER", "U0EVE", "Eve Other", ADA_EMAIL));

        let browser = Browser::new(PHONE, "198.51.100.7").unwrap();
        let back = signs_in(&world, &browser, &format!("{WORKSPACE}/{ADA}")).await;
        assert_eq!(back.status, 303, "{}", back.body);
        assert_eq!(back.location(), Some("/o/lindenfeld/you"));
        let you = format!("{}/you", console(&world).await);
        let page = browser.opens(&you).await.unwrap();
        assert!(page.body.contains("Ada Berger"), "{}", page.body);

        for (who, says) in [
            ("T0OTHER/U0EVE".to_owned(), "another Slack workspace"),
            (format!("{WORKSPACE}/{BEN}"), "nobody here has your address"),
        ] {
            let stranger = Browser::new(PHONE, "198.51.100.8").unwrap();
            let back = signs_in(&world, &stranger, &who).await;
            assert_eq!(back.status, 403, "{who}");
            assert!(back.body.contains(says), "{}", back.body);
            let page = stranger.opens(&you).await.unwrap();
            assert_eq!(page.status, 303, "{who} is not logged in");
        }
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_slack_sends_back_lets_in_the_browser_that_asked_and_once() {
    on_both(async |world: World| {
        let ada = world.ada_on(Chat::Slack);
        joins(&world, &ada, "By my name").await;
        let browser = Browser::new(PHONE, "198.51.100.7").unwrap();
        let who = format!("{WORKSPACE}/{ADA}");
        let back = allows(&browser, &console(&world).await, &who).await;
        // Somebody has it opened by another, to have them work in an account that is not theirs.
        let other = Browser::new(PHONE, "198.51.100.8").unwrap();
        let lured = other.opens(&back).await.unwrap();
        assert_eq!(lured.status, 403);
        assert!(lured.body.contains("was not begun in this browser"));
        assert_eq!(browser.opens(&back).await.unwrap().status, 303);
        let again = browser.opens(&back).await.unwrap();
        assert_eq!(again.status, 403, "it counts once");
        world.end().await;
    })
    .await;
}
