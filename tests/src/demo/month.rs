//! A month of the comms team's work: what is planned, what is being written, and one post that
//! waits for the newcomer. Doing it again changes nothing.

use std::collections::HashSet;

use anyhow::Context as _;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Europe::Berlin;
use server_api::client::Client;
use server_api::enums::Network;
use server_api::page::{MAX_LIMIT, PageQuery};
use server_api::post::{ApprovePost, CreatePost, Post, Variant};

use crate::outside::Outside;

/// A curator, so that what waits was written by somebody else.
const MARA_EMAIL: &str = "mara@lindenfeld.example";

/// The comms team, as its owner would bring them in.
const TEAM: &str = "\
email,name,team,roles
mara@lindenfeld.example,Mara Seidel,Communications,curator
";

/// How far a post has come.
#[derive(Clone, Copy)]
enum Stage {
    /// Approved, to go live so many days from now.
    Planned(i64),
    /// Handed in, for whoever approves.
    Waiting,
    /// Being written.
    Draft,
}

/// A post of the month.
struct Plan {
    title: &'static str,
    summary: &'static str,
    /// Last part of the article's address.
    article: &'static str,
    topic: &'static str,
    texts: [&'static str; 2],
    stage: Stage,
}

const MONTH: &[Plan] = &[
    Plan {
        title: "Meet the six who drew our cargo bike",
        summary: "Six apprentices, a budget and a deadline. The library lends what they built.",
        article: "apprentices-design-a-cargo-bike",
        topic: "Apprenticeship",
        texts: [
            "They had eight weeks and one rule: it has to carry forty books. It does.",
            "I walked past this workbench every day for eight weeks. Now their cargo bike is in town.",
        ],
        stage: Stage::Waiting,
    },
    Plan {
        title: "A repair earns us less than a sale",
        summary: "What worn parts taught our engineers, and why we go on repairing everything.",
        article: "why-we-repair",
        topic: "Repair",
        texts: [
            "Every part that comes back worn makes the next drawing better. That is why we repair.",
            "Ask me what I learned from a cracked bottom bracket of 1998.",
        ],
        stage: Stage::Planned(2),
    },
    Plan {
        title: "Build your own rack: our drawings are free",
        summary: "All drawings of our racks are open. Forty-one schools have asked already.",
        article: "open-drawings",
        topic: "Open drawings",
        texts: [
            "From today you can build our racks yourself. Send a picture if you do.",
            "Forty-one schools build their own racks from our drawings. Yours could be next.",
        ],
        stage: Stage::Planned(5),
    },
    Plan {
        title: "Our tubes come down the river",
        summary: "For the first time since 1961 our steel arrives by barge.",
        article: "steel-from-the-river",
        topic: "Climate",
        texts: [
            "Two days longer, nine lorries a week less. Our steel comes by barge again.",
            "I did not expect to learn how to moor a barge in this job.",
        ],
        stage: Stage::Planned(9),
    },
    Plan {
        title: "What the four-day week did to our output",
        summary: "A year of figures, with what we got wrong at first.",
        article: "four-day-week-results",
        topic: "Working here",
        texts: [
            "A year of four days: the same number of bicycles, half as many returns.",
            "The first quarter was worse, and we publish that too. Our year of the four-day week.",
        ],
        stage: Stage::Planned(13),
    },
    Plan {
        title: "Why Piet likes the night shift",
        summary: "Three colleagues on working while the town sleeps.",
        article: "night-shift-by-choice",
        topic: "Working here",
        texts: [
            "Quiet machines, long talks, a sunrise on the way home.",
            "Aylin bakes for the morning shift. No wonder people stay.",
        ],
        stage: Stage::Planned(16),
    },
    Plan {
        title: "The bell that walkers like",
        summary: "We asked 900 cyclists and 900 walkers which bell they could agree on.",
        article: "a-bell-that-is-heard",
        topic: "Product",
        texts: [
            "It is a minor third, struck softly, and 1,800 people agree on it.",
            "There was exactly one bell that everybody liked. It is standard from spring.",
        ],
        stage: Stage::Planned(20),
    },
    Plan {
        title: "Marta's frame number 10,000, a month later",
        summary: "Where it hangs, and who has come to read the number.",
        article: "ten-thousand-frames",
        topic: "Workshop",
        texts: [
            "Ten thousand frames, and the first and the last were brazed by the same hands.",
            "Marta still will not say which of the ten thousand she likes best.",
        ],
        stage: Stage::Planned(26),
    },
    Plan {
        title: "Open day in the workshop",
        summary: "A day with the doors open: to be dated.",
        article: "ten-thousand-frames",
        topic: "Workshop",
        texts: [
            "Come and braze something. We hold the torch.",
            "Our doors are open for a day, and the coffee is on us.",
        ],
        stage: Stage::Draft,
    },
    Plan {
        title: "Ask an engineer anything",
        summary: "An hour of questions about steel, gears and bells.",
        article: "why-we-repair",
        topic: "Product",
        texts: [
            "An hour, three engineers, no slides. Ask us anything.",
            "I will answer one question about bottom brackets. Or ten.",
        ],
        stage: Stage::Draft,
    },
];

/// Brings what of the month is not there yet.
pub async fn fill(client: &Client, outside: &Outside) -> anyhow::Result<()> {
    let owner = client.on_behalf_of("owner");
    owner
        .import_members(TEAM.into())
        .await
        .context("the comms team was refused")?;
    let mara = client.on_behalf_of(&format!("email/{MARA_EMAIL}"));
    let known = titles(&owner).await?;
    for plan in MONTH.iter().filter(|plan| !known.contains(plan.title)) {
        write(&owner, &mara, (plan, outside))
            .await
            .with_context(|| format!("the post \"{}\" was refused", plan.title))?;
    }
    Ok(())
}

async fn titles(owner: &Client) -> anyhow::Result<HashSet<String>> {
    let mut page = PageQuery {
        limit: Some(MAX_LIMIT),
        ..PageQuery::default()
    };
    let mut titles = HashSet::new();
    loop {
        let posts = owner.posts(None, &page).await?;
        titles.extend(posts.items.into_iter().map(|post| post.title));
        page.cursor = posts.next;
        if page.cursor.is_none() {
            return Ok(titles);
        }
    }
}

async fn write(
    owner: &Client,
    mara: &Client,
    (plan, outside): (&Plan, &Outside),
) -> anyhow::Result<Post> {
    let post = mara.create_post(&form(plan, outside)).await?;
    Ok(match plan.stage {
        Stage::Draft => post,
        Stage::Waiting => mara.submit_post(post.id).await?,
        Stage::Planned(_) => {
            mara.submit_post(post.id).await?;
            owner.approve_post(post.id, &ApprovePost::default()).await?
        }
    })
}

fn form(plan: &Plan, outside: &Outside) -> CreatePost {
    let [first, second] = plan.texts;
    let variant = |network, text: &str| Variant {
        network,
        text: text.into(),
    };
    CreatePost {
        title: plan.title.into(),
        summary: plan.summary.into(),
        url: Some(outside.newsroom.article_url(plan.article)),
        campaign: Some("autumn".into()),
        topics: vec![plan.topic.into()],
        variants: vec![
            variant(None, first),
            variant(Some(Network::Linkedin), second),
        ],
        publish_at: match plan.stage {
            Stage::Planned(days) => Some(morning_in(days)),
            Stage::Waiting | Stage::Draft => None,
        },
        ..CreatePost::default()
    }
}

/// Half past nine in Berlin, so many days from now.
fn morning_in(days: i64) -> DateTime<Utc> {
    let now = crate::clock::Clock::system().now();
    let day = (now + TimeDelta::days(days))
        .with_timezone(&Berlin)
        .date_naive();
    let at = NaiveTime::from_hms_opt(9, 30, 0).unwrap_or_default();
    // Half past nine is skipped nowhere.
    day.and_time(at)
        .and_local_timezone(Berlin)
        .earliest()
        .map_or(now, |at| at.to_utc())
}
