//! Builders of teams whose people share.

use chrono::TimeDelta;
use entity::enums::{Network, Role};
use entity::ids::TeamId;
use entity::{organization, post, team};

use super::TestApp;
use crate::service::actor::Actor;
use crate::service::shares::{self, confirm, open};
use crate::service::sums;
use crate::store::teams;

impl TestApp {
    /// A new team of the organization.
    pub async fn team(
        &self,
        organization: &organization::Model,
        name: &str,
        above: Option<TeamId>,
    ) -> TeamId {
        let row = team::Model {
            id: TeamId(self.app.uuid()),
            organization_id: organization.id,
            parent_id: above,
            name: name.to_owned(),
            created_at: self.app.now(),
        };
        let txn = self.app.store.begin().await.expect("a transaction");
        let row = teams::insert(&*txn, row).await.expect("a team");
        txn.commit().await.expect("a commit");
        row.id
    }

    /// New members of a team, or of none.
    pub async fn people(
        &self,
        organization: &organization::Model,
        team: Option<TeamId>,
        count: usize,
    ) -> Vec<Actor> {
        let mut people = Vec::new();
        for _ in 0..count {
            let member = self.member(organization, &[]).await;
            let member = self.change_member(&member, |row| row.team_id = team).await;
            people.push(Actor::of(organization.clone(), member));
        }
        people
    }

    /// A live post that stays so for years.
    pub async fn lasting_post(&self, organization: &organization::Model) -> post::Model {
        let mut post = self.live_post(organization).await;
        let end = self.app.now() + TimeDelta::days(2_000);
        self.change_post(&post, |row| row.expires_at = Some(end))
            .await;
        post.expires_at = Some(end);
        post
    }

    /// A new team lead of a team, or of none.
    pub async fn lead(&self, organization: &organization::Model, team: Option<TeamId>) -> Actor {
        let member = self.member(organization, &[Role::TeamLead]).await;
        let member = self.change_member(&member, |row| row.team_id = team).await;
        Actor::of(organization.clone(), member)
    }

    /// Four teams of five people each, and as many in none, who shared a post in November, looked
    /// at in December: Region, Sales below it, Inside below that, and Other beside them.
    pub async fn told_teams(&self, organization: &organization::Model) -> [TeamId; 4] {
        let post = self.lasting_post(organization).await;
        let region = self.team(organization, "Region", None).await;
        let sales = self.team(organization, "Sales", Some(region)).await;
        let inside = self.team(organization, "Inside", Some(sales)).await;
        let other = self.team(organization, "Other", None).await;
        let teams = [region, sales, inside, other];
        for team in teams.map(Some).into_iter().chain([None]) {
            let people = self.people(organization, team, 5).await;
            self.all_share(&people, &post, Network::X).await;
        }
        self.clock.advance(TimeDelta::days(20));
        self.sum_up().await;
        teams
    }

    /// Each of these people shares a post and says so; the codes of their links.
    pub async fn all_share(
        &self,
        people: &[Actor],
        post: &post::Model,
        network: Network,
    ) -> Vec<String> {
        let mut codes = Vec::new();
        for person in people {
            let parties = shares::parties(&self.app, person, post.id).await;
            let parties = parties.expect("a post to share");
            confirm(&self.app, &parties, network)
                .await
                .expect("a share");
            let opened = open(&self.app, &parties, network, None).await;
            codes.push(opened.expect("a share").link.expect("a link").code);
        }
        codes
    }

    /// Half a minute passes, and what happened before is summed up.
    pub async fn sum_up(&self) {
        self.clock.advance(TimeDelta::seconds(40));
        sums::keep_all(&self.app).await.expect("the sums");
    }
}
