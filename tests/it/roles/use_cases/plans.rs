//! Campaigns and topics.

use entity::ids::{CampaignId, TopicId};
use server::app::App;
use server::domain::campaign::Plan;
use server::service::actor::Actor;
use server::service::{campaigns, topics};
use server_api::problem::Code;

use super::{NOTHING, code};

/// How the use case of an operation refuses; none where it does what was asked.
pub async fn refusal(app: &App, actor: &Actor, operation: &str) -> Option<Code> {
    let (campaign, topic) = (CampaignId(NOTHING), TopicId(NOTHING));
    let plan = Plan {
        name: "Spring".to_owned(),
        ..Plan::default()
    };
    match operation {
        "list_campaigns" => code(campaigns::list_campaigns(app, actor).await),
        "show_campaign" => code(campaigns::show_campaign(app, actor, campaign).await),
        "create_campaign" => code(campaigns::create_campaign(app, actor, None, plan).await),
        "update_campaign" => code(campaigns::update_campaign(app, actor, campaign, plan).await),
        "end_campaign" => code(campaigns::end_campaign(app, actor, campaign).await),
        "list_topics" => code(topics::list_topics(app, actor).await),
        "create_topic" => code(topics::create_topic(app, actor, "Tea").await),
        "update_topic" => {
            let change = topics::Change::default();
            code(topics::update_topic(app, actor, topic, change).await)
        }
        "merge_topic" => code(topics::merge_topic(app, actor, topic, topic).await),
        _ => code(topics::remove_topic(app, actor, topic).await),
    }
}
