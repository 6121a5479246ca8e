//! Calls of who looks after people, teams, campaigns and topics.

use reqwest::Method;

use super::{CallError, Client, answer};
use crate::audience::Team;
use crate::campaign::{Campaign, Campaigns, CreateCampaign, UpdateCampaign};
use crate::console::ConsoleLink;
use crate::export::{EraseMember, MemberExport};
use crate::ids::{CampaignId, IdentityId, MemberId, TeamId, TopicId};
use crate::member::{
    InvitePeople, Member, MemberDetail, MemberQuery, PeopleInvited, SetRoles, SetTeam, UpdateMember,
};
use crate::page::{Page, PageQuery};
use crate::team::{CreateTeam, MoveTeam, RenameTeam, TeamTree};
use crate::topic::{CreateTopic, MergeTopic, Topic, Topics, UpdateTopic};

impl Client {
    /// `GET /members`: who is looked for.
    pub async fn find_members(
        &self,
        query: &MemberQuery,
        page: &PageQuery,
    ) -> Result<Page<Member>, CallError> {
        let request = self.request(Method::GET, "/members");
        answer(request.query(query).query(page)).await
    }

    /// `GET /members/{member}`.
    pub async fn member(&self, member: MemberId) -> Result<MemberDetail, CallError> {
        self.get(&format!("/members/{member}")).await
    }

    /// `PATCH /members/{member}`.
    pub async fn update_member(
        &self,
        member: MemberId,
        form: &UpdateMember,
    ) -> Result<Member, CallError> {
        let path = format!("/members/{member}");
        self.send(Method::PATCH, &path, form).await
    }

    /// `PUT /members/{member}/roles`.
    pub async fn set_member_roles(
        &self,
        member: MemberId,
        form: &SetRoles,
    ) -> Result<Member, CallError> {
        let path = format!("/members/{member}/roles");
        self.send(Method::PUT, &path, form).await
    }

    /// `PUT /members/{member}/team`.
    pub async fn set_member_team(
        &self,
        member: MemberId,
        form: &SetTeam,
    ) -> Result<Member, CallError> {
        let path = format!("/members/{member}/team");
        self.send(Method::PUT, &path, form).await
    }

    /// `POST /members/{member}/leave`.
    pub async fn mark_member_left(&self, member: MemberId) -> Result<Member, CallError> {
        let path = format!("/members/{member}/leave");
        self.send(Method::POST, &path, &()).await
    }

    /// `GET /me/export`: all that is known of the calling member.
    pub async fn export_me(&self) -> Result<MemberExport, CallError> {
        self.get("/me/export").await
    }

    /// `GET /members/{member}/export`: what may be handed out to the member.
    pub async fn export_member(&self, member: MemberId) -> Result<MemberExport, CallError> {
        self.get(&format!("/members/{member}/export")).await
    }

    /// `POST /members/{member}/erase`.
    pub async fn erase_member(
        &self,
        member: MemberId,
        form: &EraseMember,
    ) -> Result<(), CallError> {
        let path = format!("/members/{member}/erase");
        self.command(Method::POST, &path, form).await
    }

    /// `POST /members/{member}/return`.
    pub async fn bring_member_back(&self, member: MemberId) -> Result<Member, CallError> {
        let path = format!("/members/{member}/return");
        self.send(Method::POST, &path, &()).await
    }

    /// `POST /members/{member}/console-link`: a link to hand to the member.
    pub async fn invite_to_console(&self, member: MemberId) -> Result<ConsoleLink, CallError> {
        let path = format!("/members/{member}/console-link");
        self.send(Method::POST, &path, &()).await
    }

    /// `DELETE /members/{member}/identities/{identity}`: undoes a pairing.
    pub async fn unpair_member(
        &self,
        member: MemberId,
        identity: IdentityId,
    ) -> Result<(), CallError> {
        let path = format!("/members/{member}/identities/{identity}");
        self.command(Method::DELETE, &path, &()).await
    }

    /// `POST /invitations`: several people by their addresses.
    pub async fn invite_people(&self, form: &InvitePeople) -> Result<PeopleInvited, CallError> {
        self.send(Method::POST, "/invitations", form).await
    }

    /// `GET /team-tree`.
    pub async fn team_tree(&self) -> Result<TeamTree, CallError> {
        self.get("/team-tree").await
    }

    /// `POST /teams`.
    pub async fn create_team(&self, form: &CreateTeam) -> Result<Team, CallError> {
        self.send(Method::POST, "/teams", form).await
    }

    /// `PATCH /teams/{team}`: another name.
    pub async fn rename_team(&self, team: TeamId, form: &RenameTeam) -> Result<Team, CallError> {
        self.send(Method::PATCH, &format!("/teams/{team}"), form)
            .await
    }

    /// `PUT /teams/{team}/parent`: another place.
    pub async fn move_team(&self, team: TeamId, form: &MoveTeam) -> Result<Team, CallError> {
        let path = format!("/teams/{team}/parent");
        self.send(Method::PUT, &path, form).await
    }

    /// `DELETE /teams/{team}`: only where it is empty.
    pub async fn remove_team(&self, team: TeamId) -> Result<(), CallError> {
        self.command(Method::DELETE, &format!("/teams/{team}"), &())
            .await
    }

    /// `GET /campaigns`.
    pub async fn campaigns(&self) -> Result<Campaigns, CallError> {
        self.get("/campaigns").await
    }

    /// `GET /campaigns/{campaign}`.
    pub async fn campaign(&self, campaign: CampaignId) -> Result<Campaign, CallError> {
        self.get(&format!("/campaigns/{campaign}")).await
    }

    /// `POST /campaigns`.
    pub async fn create_campaign(&self, form: &CreateCampaign) -> Result<Campaign, CallError> {
        self.send(Method::POST, "/campaigns", form).await
    }

    /// `PUT /campaigns/{campaign}`.
    pub async fn update_campaign(
        &self,
        campaign: CampaignId,
        form: &UpdateCampaign,
    ) -> Result<Campaign, CallError> {
        let path = format!("/campaigns/{campaign}");
        self.send(Method::PUT, &path, form).await
    }

    /// `POST /campaigns/{campaign}/end`.
    pub async fn end_campaign(&self, campaign: CampaignId) -> Result<Campaign, CallError> {
        let path = format!("/campaigns/{campaign}/end");
        self.send(Method::POST, &path, &()).await
    }

    /// `GET /topics`.
    pub async fn topics(&self) -> Result<Topics, CallError> {
        self.get("/topics").await
    }

    /// `POST /topics`.
    pub async fn create_topic(&self, form: &CreateTopic) -> Result<Topic, CallError> {
        self.send(Method::POST, "/topics", form).await
    }

    /// `PATCH /topics/{topic}`.
    pub async fn update_topic(
        &self,
        topic: TopicId,
        form: &UpdateTopic,
    ) -> Result<Topic, CallError> {
        self.send(Method::PATCH, &format!("/topics/{topic}"), form)
            .await
    }

    /// `POST /topics/{topic}/merge`: the other takes it in.
    pub async fn merge_topic(&self, topic: TopicId, form: &MergeTopic) -> Result<Topic, CallError> {
        let path = format!("/topics/{topic}/merge");
        self.send(Method::POST, &path, form).await
    }

    /// `DELETE /topics/{topic}`: only where no post is about it.
    pub async fn remove_topic(&self, topic: TopicId) -> Result<(), CallError> {
        self.command(Method::DELETE, &format!("/topics/{topic}"), &())
            .await
    }
}
