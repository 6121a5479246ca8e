//! Builders of organizations, members and what lets them in.

use entity::enums::{
    BoardVisibility, DeliveryPreference, JoinPolicy, Language, Permission, Platform, Role,
};
use entity::ids::{ApiTokenId, ChannelId, IdentityId, InstallationId, MemberId, OrganizationId};
use entity::json::{Followers, Networks, OrganizationSettings, Roles, Scopes};
use entity::{api_token, channel, identity, installation, member, organization};

use super::TestApp;
use crate::domain::proposal::PROPOSAL_POINTS;
use crate::domain::{permission, quiet};
use crate::secrets::mac::sha256;
use crate::service::actor::Actor;
use crate::service::installations::token_place;
use crate::store::{api_tokens, channels, identities, installations, members, organizations};

/// The Slack workspace that [`TestApp::workspace`] installs.
pub const WORKSPACE: &str = "T0ACME";
/// The guild that [`TestApp::guild`] installs.
pub const GUILD: &str = "81384788765712384";
/// Its channel.
pub const GUILD_CHANNEL: &str = "81384788765712385";

impl TestApp {
    /// A new organization in Berlin that speaks English and lets its workspace join.
    pub async fn organization(&self) -> organization::Model {
        let app = &self.app;
        let row = organization::Model {
            id: OrganizationId(app.uuid()),
            slug: format!("acme-{}", app.chance.code(6).to_lowercase()),
            name: "Acme".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            language: Language::En,
            join_policy: JoinPolicy::Workspace,
            settings: OrganizationSettings {
                contact: Some("Grace in communications".to_owned()),
                ..OrganizationSettings::default()
            },
            networks: None,
            quiet_from: quiet::DEFAULT.from.into(),
            quiet_to: quiet::DEFAULT.to.into(),
            quiet_weekends: quiet::DEFAULT.weekends,
            accent: None,
            short_url: None,
            settings_version: 0,
            points_before: None,
            points_since: None,
            proposal_points: PROPOSAL_POINTS,
            created_at: app.now(),
            updated_at: app.now(),
        };
        let txn = app.store.begin().await.expect("a transaction");
        let row = organizations::insert(&*txn, row)
            .await
            .expect("a new organization");
        txn.commit().await.expect("a commit");
        row
    }

    /// A new member who finished onboarding and shows their name.
    pub async fn member(
        &self,
        organization: &organization::Model,
        roles: &[Role],
    ) -> member::Model {
        let app = &self.app;
        let code = app.chance.code(6).to_lowercase();
        let row = member::Model {
            id: MemberId(app.uuid()),
            organization_id: organization.id,
            team_id: None,
            email: Some(format!("{code}@acme.example")),
            display_name: format!("Person {code}"),
            language: None,
            time_zone: None,
            roles: Roles(roles.to_vec()),
            board_visibility: BoardVisibility::Name,
            pseudonym: format!("Quiet Otter {code}"),
            attribution: true,
            networks: Networks::default(),
            followers: Followers::default(),
            mastodon_instance: None,
            delivery: DeliveryPreference::ChannelOnly,
            delivery_platform: None,
            delivery_refused_on: None,
            quiet_from: quiet::DEFAULT.from.into(),
            quiet_to: quiet::DEFAULT.to.into(),
            quiet_weekends: quiet::DEFAULT.weekends,
            quiet_own: false,
            joined_at: Some(app.now()),
            greeted_at: Some(app.now()),
            paused_until: None,
            left_at: None,
            erased_at: None,
            created_at: app.now(),
            updated_at: app.now(),
        };
        let txn = app.store.begin().await.expect("a transaction");
        let row = members::insert(&*txn, row).await.expect("a new member");
        txn.commit().await.expect("a commit");
        row
    }

    /// A member of a new organization, as who asks.
    pub async fn actor(&self, roles: &[Role]) -> Actor {
        let organization = self.organization().await;
        self.actor_in(&organization, roles).await
    }

    /// A new member of an organization, as who asks.
    pub async fn actor_in(&self, organization: &organization::Model, roles: &[Role]) -> Actor {
        let member = self.member(organization, roles).await;
        Actor::of(organization.clone(), member)
    }

    /// A new API token of the actor's member with every scope; its secret.
    pub async fn token(&self, actor: &Actor) -> String {
        self.token_for(actor, permission::ALL.to_vec()).await
    }

    /// One that may only read posts; its secret.
    pub async fn narrow_token(&self, actor: &Actor) -> String {
        self.token_for(actor, vec![Permission::ReadPosts]).await
    }

    async fn token_for(&self, actor: &Actor, scopes: Vec<Permission>) -> String {
        let app = &self.app;
        let secret = format!("chorus_{}", app.chance.code(40));
        let row = api_token::Model {
            id: ApiTokenId(app.uuid()),
            organization_id: actor.organization.id,
            member_id: actor.member.id,
            issuer_id: None,
            name: "test".to_owned(),
            token_hash: sha256(secret.as_bytes()).to_vec(),
            scopes: Scopes(scopes),
            expires_at: None,
            last_used_at: None,
            revoked_at: None,
            created_at: app.now(),
        };
        let txn = app.store.begin().await.expect("a transaction");
        api_tokens::insert(&*txn, row).await.expect("a new token");
        txn.commit().await.expect("a commit");
        secret
    }

    /// The Slack workspace [`WORKSPACE`] of an organization, with the channel `C0NEWS`.
    /// Its bot token is `xoxb-test`.
    pub async fn workspace(&self, organization: &organization::Model) -> installation::Model {
        let place = (Platform::Slack, WORKSPACE);
        self.installed(organization, place, ("xoxb-test", "C0NEWS"))
            .await
    }

    /// The guild [`GUILD`] of an organization, with the channel [`GUILD_CHANNEL`].
    pub async fn guild(&self, organization: &organization::Model) -> installation::Model {
        self.installed(
            organization,
            (Platform::Discord, GUILD),
            ("", GUILD_CHANNEL),
        )
        .await
    }

    /// A workspace or guild of an organization: platform and id, then bot token and channel.
    pub async fn installed(
        &self,
        organization: &organization::Model,
        (platform, external_id): (Platform, &str),
        (token, channel): (&str, &str),
    ) -> installation::Model {
        let app = &self.app;
        let id = InstallationId(app.uuid());
        let sealed = app
            .keys
            .seal(&app.chance, token.as_bytes(), token_place(id));
        let row = installation::Model {
            id,
            organization_id: organization.id,
            platform,
            external_id: external_id.to_owned(),
            name: "Acme".to_owned(),
            bot_user_ref: Some("U0CHORUS".to_owned()),
            bot_token: sealed.expect("a sealed token"),
            connected_at: None,
            connected_by: None,
            enterprise_id: None,
            is_org_wide: false,
            scopes: None,
            refresh_token: None,
            token_expires_at: None,
            token_trouble: None,
            seen_at: None,
            revoked_at: None,
            ended_by: None,
            created_at: app.now(),
            updated_at: app.now(),
        };
        let txn = app.store.begin().await.expect("a transaction");
        let row = installations::insert(&*txn, row)
            .await
            .expect("an installation");
        let news = channel::Model {
            id: ChannelId(app.uuid()),
            organization_id: organization.id,
            installation_id: row.id,
            external_id: channel.to_owned(),
            name: "news".to_owned(),
            removed_at: None,
            paused_at: None,
            chooses_topics: false,
            version: 1,
            created_at: app.now(),
        };
        channels::insert(&*txn, news).await.expect("a channel");
        txn.commit().await.expect("a commit");
        row
    }

    /// Gives a member the Slack account `user_ref` in [`WORKSPACE`].
    pub async fn slack_account(&self, member: &member::Model, user_ref: &str) -> identity::Model {
        self.account(member, (Platform::Slack, WORKSPACE, user_ref))
            .await
    }

    /// Gives a member the Discord account `user_ref`, known in [`GUILD`].
    pub async fn discord_account(&self, member: &member::Model, user_ref: &str) -> identity::Model {
        self.account(member, (Platform::Discord, GUILD, user_ref))
            .await
    }

    /// Gives a member an account: platform, workspace or guild, and who they are there.
    pub async fn account(
        &self,
        member: &member::Model,
        (platform, workspace, user): (Platform, &str, &str),
    ) -> identity::Model {
        let row = identity::Model {
            id: IdentityId(self.app.uuid()),
            organization_id: member.organization_id,
            member_id: member.id,
            platform,
            workspace_ref: workspace.to_owned(),
            user_ref: user.to_owned(),
            account_name: None,
            issuer_id: None,
            created_at: self.app.now(),
        };
        let txn = self.app.store.begin().await.expect("a transaction");
        let row = identities::insert(&*txn, row).await.expect("an identity");
        txn.commit().await.expect("a commit");
        row
    }

    /// Changes a member without asking any rule.
    pub async fn change_member(
        &self,
        member: &member::Model,
        change: impl FnOnce(&mut member::Model),
    ) -> member::Model {
        let mut row = member.clone();
        change(&mut row);
        let txn = self.app.store.begin().await.expect("a transaction");
        let row = members::update(&*txn, row).await.expect("the member");
        txn.commit().await.expect("a commit");
        row
    }
}
