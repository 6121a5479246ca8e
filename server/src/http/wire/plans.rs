//! Campaigns, topics and the tree of teams, both ways.

use entity::{enums as rows, team};
use server_api::campaign::{
    Campaign, CampaignArea, CampaignGoal, Campaigns, CreateCampaign, UpdateCampaign,
};
use server_api::ids::{CampaignId, TeamId, TopicId};
use server_api::team::{TeamBranch, TeamTree};
use server_api::topic::{Topic, Topics, UpdateTopic};

use super::posts::micros;
use crate::domain::campaign::Plan;
use crate::service::{campaigns, teams, topics};

/// [`rows::CampaignGoal`] as it travels.
fn goal(value: rows::CampaignGoal) -> CampaignGoal {
    match value {
        rows::CampaignGoal::Awareness => CampaignGoal::Awareness,
        rows::CampaignGoal::Traffic => CampaignGoal::Traffic,
        rows::CampaignGoal::Leads => CampaignGoal::Leads,
        rows::CampaignGoal::Recruiting => CampaignGoal::Recruiting,
        rows::CampaignGoal::Retention => CampaignGoal::Retention,
        rows::CampaignGoal::Training => CampaignGoal::Training,
    }
}

/// The same as it is stored.
fn goal_row(value: CampaignGoal) -> rows::CampaignGoal {
    match value {
        CampaignGoal::Awareness => rows::CampaignGoal::Awareness,
        CampaignGoal::Traffic => rows::CampaignGoal::Traffic,
        CampaignGoal::Leads => rows::CampaignGoal::Leads,
        CampaignGoal::Recruiting => rows::CampaignGoal::Recruiting,
        CampaignGoal::Retention => rows::CampaignGoal::Retention,
        CampaignGoal::Training => rows::CampaignGoal::Training,
    }
}

/// [`rows::CampaignArea`] as it travels.
fn area(value: rows::CampaignArea) -> CampaignArea {
    match value {
        rows::CampaignArea::Marketing => CampaignArea::Marketing,
        rows::CampaignArea::Sales => CampaignArea::Sales,
        rows::CampaignArea::CustomerCare => CampaignArea::CustomerCare,
        rows::CampaignArea::Hr => CampaignArea::Hr,
        rows::CampaignArea::ResearchAndDevelopment => CampaignArea::ResearchAndDevelopment,
        rows::CampaignArea::Executives => CampaignArea::Executives,
    }
}

/// The same as it is stored.
fn area_row(value: CampaignArea) -> rows::CampaignArea {
    match value {
        CampaignArea::Marketing => rows::CampaignArea::Marketing,
        CampaignArea::Sales => rows::CampaignArea::Sales,
        CampaignArea::CustomerCare => rows::CampaignArea::CustomerCare,
        CampaignArea::Hr => rows::CampaignArea::Hr,
        CampaignArea::ResearchAndDevelopment => rows::CampaignArea::ResearchAndDevelopment,
        CampaignArea::Executives => rows::CampaignArea::Executives,
    }
}

/// A campaign as it travels.
pub fn campaign(told: campaigns::Overview) -> Campaign {
    let row = told.campaign;
    Campaign {
        id: CampaignId(row.id.0),
        slug: row.slug,
        name: row.name,
        goal: row.goal.map(goal),
        target: row.target,
        area: row.area.map(area),
        ends_at: row.ends_at,
        posts: told.posts,
    }
}

/// Campaigns as they travel.
pub fn campaigns(all: Vec<campaigns::Overview>) -> Campaigns {
    Campaigns {
        items: all.into_iter().map(campaign).collect(),
    }
}

/// What a new campaign is to be, and its slug if one was chosen.
pub fn new_campaign(form: CreateCampaign) -> (Option<String>, Plan) {
    let plan = Plan {
        name: form.name,
        goal: form.goal.map(goal_row),
        target: form.target,
        area: form.area.map(area_row),
        ends_at: form.ends_at.map(micros),
    };
    (form.slug, plan)
}

/// What a campaign is to be from now on.
pub fn plan(form: UpdateCampaign) -> Plan {
    Plan {
        name: form.name,
        goal: form.goal.map(goal_row),
        target: form.target,
        area: form.area.map(area_row),
        ends_at: form.ends_at.map(micros),
    }
}

/// A topic as it travels.
pub fn topic(told: topics::Overview) -> Topic {
    Topic {
        id: TopicId(told.topic.id.0),
        name: told.topic.name,
        posts: told.posts,
    }
}

/// Topics as they travel.
pub fn topics(all: Vec<topics::Overview>) -> Topics {
    Topics {
        items: all.into_iter().map(topic).collect(),
    }
}

/// A change of a topic, as the use case takes it.
pub fn topic_change(form: UpdateTopic) -> topics::Change {
    topics::Change { name: form.name }
}

/// A team of the tree as it travels.
fn branch(told: teams::Branch) -> TeamBranch {
    TeamBranch {
        id: TeamId(told.team.id.0),
        name: told.team.name,
        parent_id: told.team.parent_id.map(|id| TeamId(id.0)),
        depth: told.depth,
        members: told.members,
    }
}

/// The tree of teams as it travels.
pub fn tree(all: Vec<teams::Branch>) -> TeamTree {
    TeamTree {
        items: all.into_iter().map(branch).collect(),
    }
}

/// A team outside its tree, as the rest of the API tells it.
pub fn team(row: team::Model) -> server_api::audience::Team {
    server_api::audience::Team {
        id: TeamId(row.id.0),
        name: row.name,
        parent_id: row.parent_id.map(|id| TeamId(id.0)),
    }
}
