//! Connecting, renewing and ending, against a stand-in of both chats.

use chrono::TimeDelta;
use entity::delivery;
use entity::enums::{DeliveryState, Role};
use secrecy::ExposeSecret;
use serde_json::json;

use super::*;
use crate::domain::connection::{Ailment, RENEW_BEFORE};
use crate::domain::delivery::Outcome;
use crate::service::installations::{of_platform, revoke};
use crate::service::sessions::{self, Browser, LoggedIn, Way};
use crate::service::setup::{self, Setup, SetupOrganization, SetupWorkspace};
use crate::store::deliveries::outcomes;
use crate::test_support::granting::{Granting, discord_grant, slack_grant};
use crate::test_support::people::WORKSPACE;
use crate::test_support::{Kind, TestApp};

struct Scene {
    t: TestApp,
    chat: Granting,
    owner: LoggedIn,
}

impl Scene {
    async fn new(kind: Kind) -> Self {
        let chat = Granting::start().await;
        let t = TestApp::configured(kind, &chat.options()).await;
        let actor = t.actor(&[Role::Owner]).await;
        let owner = logged_in(&t, actor).await;
        Self { t, chat, owner }
    }

    /// Begins; what goes by the address and by the cookie.
    async fn begins(&self, platform: Platform) -> (String, String) {
        let sent = begin(&self.t.app, &self.owner, platform).await.unwrap();
        let state = sent.url.query_pairs().find(|(name, _)| name == "state");
        (state.unwrap().1.into_owned(), sent.cookie)
    }

    async fn comes_back(
        &self,
        whose: &LoggedIn,
        (platform, state, cookie): (Platform, &str, &str),
    ) -> Result<Connected, ConnectError> {
        let back = Back {
            cookie,
            state,
            code: "the-code",
            error: None,
        };
        finish(&self.t.app, whose, (platform, back)).await
    }

    /// Begins and finishes in a session of somebody.
    async fn connects_as(
        &self,
        whose: &LoggedIn,
        platform: Platform,
    ) -> Result<Connected, ConnectError> {
        let sent = begin(&self.t.app, whose, platform).await?;
        let state = sent.url.query_pairs().find(|(name, _)| name == "state");
        let state = state.unwrap().1.into_owned();
        let way = (platform, state.as_str(), sent.cookie.as_str());
        self.comes_back(whose, way).await
    }

    async fn connects(&self, platform: Platform) -> Result<Connected, ConnectError> {
        let (state, cookie) = self.begins(platform).await;
        self.comes_back(&self.owner, (platform, &state, &cookie))
            .await
    }

    async fn tokens(&self) -> Vec<(String, String)> {
        let all = of_platform(&self.t.app, Platform::Slack).await.unwrap();
        let told = all.into_iter().map(|one| {
            let token = one.bot_token.expose_secret().to_owned();
            (one.row.external_id, token)
        });
        let mut told: Vec<_> = told.collect();
        told.sort();
        told
    }

    async fn listed(&self) -> Vec<Connection> {
        list_connections(&self.t.app, &self.owner.actor)
            .await
            .unwrap()
    }
}

async fn logged_in(t: &TestApp, actor: Actor) -> LoggedIn {
    let browser = Browser {
        user_agent: "",
        before: None,
    };
    let txn = t.app.store.begin().await.unwrap();
    let begun = sessions::begin(&txn, &t.app, actor, (Way::Password, browser));
    let begun = begun.await.unwrap();
    txn.commit().await.unwrap();
    LoggedIn {
        session: begun.session,
        actor: begun.actor,
    }
}

async fn on_both<F: Future<Output = ()>>(test: impl Fn(Scene) -> F) {
    test(Scene::new(Kind::Sqlite).await).await;
    test(Scene::new(Kind::Postgres).await).await;
}

fn pair(team: &str, token: &str) -> (String, String) {
    (team.to_owned(), token.to_owned())
}

#[tokio::test]
async fn several_workspaces_are_connected_and_one_again_gets_its_new_token() {
    on_both(async |scene: Scene| {
        scene.chat.grants(slack_grant("T1", "xoxb-1"));
        let first = scene.connects(Platform::Slack).await.unwrap();
        assert_eq!(
            (first.name.as_str(), first.missing.len()),
            ("Lindenfeld", 0)
        );
        let asked = scene.chat.asked().remove(0);
        assert_eq!(asked.what, "oauth.v2.access");
        assert_eq!(asked.field("code"), "the-code");
        let redirect = asked.field("redirect_uri");
        assert!(redirect.ends_with("/connect/slack/callback"), "{redirect}");
        assert_eq!(asked.authorization, "Basic MS4yOnNlY3JldA==");

        scene.chat.grants(slack_grant("T2", "xoxb-2"));
        scene.connects(Platform::Slack).await.unwrap();
        let mut less = slack_grant("T1", "xoxb-3");
        less["scope"] = json!("chat:write,commands");
        scene.chat.grants(less);
        let again = scene.connects(Platform::Slack).await.unwrap();
        assert_eq!(again.id, first.id);
        assert!(again.missing.contains(&"im:write"), "{again:?}");
        let expected = [pair("T1", "xoxb-3"), pair("T2", "xoxb-2")];
        assert_eq!(scene.tokens().await, expected);
        let listed = scene.listed().await;
        let first = listed.iter().find(|one| one.row.external_id == "T1");
        assert!(matches!(
            first.unwrap().ailments[0],
            Ailment::MissingScopes(ref scopes) if scopes.len() == 6
        ));
    })
    .await;
}

#[tokio::test]
async fn what_comes_back_counts_once_in_its_session_browser_and_time() {
    on_both(async |scene: Scene| {
        scene.chat.grants(slack_grant("T1", "xoxb-1"));
        let slack = Platform::Slack;
        let actor = &scene.owner.actor;
        let other = scene.t.actor_in(&actor.organization, &[Role::Owner]).await;
        let other = logged_in(&scene.t, other).await;
        let stranger = logged_in(&scene.t, scene.t.actor(&[Role::Owner]).await).await;
        let (state, cookie) = scene.begins(slack).await;
        let refused = [
            // Somebody has it opened by another, or in another session of theirs.
            scene.comes_back(&other, (slack, &state, &cookie)).await,
            scene.comes_back(&stranger, (slack, &state, &cookie)).await,
            scene.comes_back(&scene.owner, (slack, &state, "")).await,
            scene.comes_back(&scene.owner, (slack, "", &cookie)).await,
            scene
                .comes_back(&scene.owner, (Platform::Discord, &state, &cookie))
                .await,
        ];
        for one in refused {
            assert!(matches!(one, Err(ConnectError::NotBegun)), "{one:?}");
        }
        assert!(scene.chat.asked().is_empty(), "nobody was asked");
        let good = scene.comes_back(&scene.owner, (slack, &state, &cookie));
        good.await.unwrap();
        let again = scene.comes_back(&scene.owner, (slack, &state, &cookie));
        assert!(matches!(again.await, Err(ConnectError::NotBegun)));

        let (state, cookie) = scene.begins(slack).await;
        scene.t.clock.advance(TimeDelta::minutes(10));
        let late = scene.comes_back(&scene.owner, (slack, &state, &cookie));
        assert!(matches!(late.await, Err(ConnectError::NotBegun)));
        sweep(&scene.t.app).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_is_not_allowed_or_does_not_hold_connects_nothing() {
    on_both(async |scene: Scene| {
        let (state, cookie) = scene.begins(Platform::Slack).await;
        let back = Back {
            cookie: &cookie,
            state: &state,
            code: "",
            error: Some("access_denied"),
        };
        let slack = Platform::Slack;
        let declined = finish(&scene.t.app, &scene.owner, (slack, back)).await;
        assert!(matches!(declined, Err(ConnectError::Declined)));
        let mut lasts = slack_grant("T1", "xoxe-1");
        lasts["expires_in"] = json!(43_200);
        let mut nowhere = slack_grant("T1", "xoxb-1");
        nowhere["team"] = json!(null);
        for grant in [
            json!({"ok": false, "error": "invalid_code"}),
            json!({"ok": true}),
            // It ends, and there is nothing to renew it by.
            lasts,
            nowhere,
        ] {
            scene.chat.grants(grant.clone());
            let refused = scene.connects(slack).await;
            assert!(matches!(refused, Err(ConnectError::Chat(_))), "{grant}");
        }
        scene.chat.grants(json!({"error": "invalid_grant"}));
        let refused = scene.connects(Platform::Discord).await;
        let Err(ConnectError::Chat(cause)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(cause.word(), "invalid_grant");
        assert!(scene.listed().await.is_empty());
        let curator = scene.t.actor(&[Role::Curator]).await;
        let curator = logged_in(&scene.t, curator).await;
        let refused = begin(&scene.t.app, &curator, slack).await;
        assert!(matches!(refused, Err(ConnectError::Forbidden(_))));
    })
    .await;
}

#[tokio::test]
async fn a_workspace_of_another_organization_is_refused_also_as_part_of_its_enterprise() {
    on_both(async |scene: Scene| {
        let other = scene.t.actor(&[Role::Owner]).await;
        scene.t.workspace(&other.organization).await;
        scene.chat.grants(slack_grant(WORKSPACE, "xoxb-9"));
        let refused = scene.connects(Platform::Slack).await;
        assert!(matches!(refused, Err(ConnectError::Elsewhere)));
        assert_eq!(scene.tokens().await, [pair(WORKSPACE, "xoxb-test")]);

        let mut whole = slack_grant("T1", "xoxb-whole");
        whole["team"] = json!(null);
        whole["enterprise"] = json!({"id": "E1", "name": "Lindenfeld Group"});
        whole["is_enterprise_install"] = json!(true);
        scene.chat.grants(whole);
        let connected = scene.connects(Platform::Slack).await.unwrap();
        assert_eq!(connected.name, "Lindenfeld Group");
        let listed = scene.listed().await;
        assert!(listed[0].row.is_org_wide && listed[0].row.external_id == "E1");
        let mut part = slack_grant("T7", "xoxb-part");
        part["enterprise"] = json!({"id": "E1", "name": "Lindenfeld Group"});
        scene.chat.grants(part);
        let stranger = logged_in(&scene.t, other).await;
        let refused = scene.connects_as(&stranger, Platform::Slack).await;
        assert!(matches!(refused, Err(ConnectError::Elsewhere)));

        // Nor is the whole taken by who has none of it where a part is somebody else's.
        let group = json!({"id": "E2", "name": "Acme Group"});
        let mut part = slack_grant("T8", "xoxb-part");
        part["enterprise"] = group.clone();
        scene.chat.grants(part);
        scene.connects_as(&stranger, Platform::Slack).await.unwrap();
        let mut whole = slack_grant("T8", "xoxb-whole");
        whole["team"] = json!(null);
        whole["enterprise"] = group;
        whole["is_enterprise_install"] = json!(true);
        scene.chat.grants(whole);
        let refused = scene.connects(Platform::Slack).await;
        assert!(matches!(refused, Err(ConnectError::Elsewhere)));
    })
    .await;
}

#[tokio::test]
async fn a_guild_is_bound_to_whose_admin_let_the_bot_in() {
    on_both(async |scene: Scene| {
        let sent = begin(&scene.t.app, &scene.owner, Platform::Discord)
            .await
            .unwrap();
        let query: Vec<_> = sent.url.query_pairs().into_owned().collect();
        let given = |wanted: &str| {
            let found = query.iter().find(|(name, _)| name == wanted);
            found.unwrap().1.clone()
        };
        assert_eq!(given("scope"), "bot applications.commands");
        assert_eq!(given("permissions"), "84992");
        scene.chat.grants(discord_grant("81384788765712384"));
        scene.connects(Platform::Discord).await.unwrap();
        let listed = scene.listed().await;
        assert_eq!(listed[0].row.external_id, "81384788765712384");
        scene.chat.asked();
        let ended = disconnect(&scene.t.app, &scene.owner.actor, listed[0].row.id);
        let ended = ended.await.unwrap();
        assert!(matches!(
            ended.ailments[..],
            [Ailment::Ended(Some(EndedBy::Disconnected))]
        ));
        let asked = scene.chat.asked().remove(0);
        assert_eq!(asked.what, "leave 81384788765712384");
        assert_eq!(asked.authorization, "Bot bot");
    })
    .await;
}

#[tokio::test]
async fn a_token_that_ends_is_renewed_before_and_by_one_of_two_replicas() {
    on_both(async |scene: Scene| {
        let app = &scene.t.app;
        let mut lasts = slack_grant("T1", "xoxe-1");
        lasts["expires_in"] = json!(43_200);
        lasts["refresh_token"] = json!("xoxe-r-1");
        scene.chat.grants(lasts);
        scene.connects(Platform::Slack).await.unwrap();
        scene.chat.asked();
        assert_eq!(renew_tokens(app).await.unwrap(), 0, "it is too early");
        scene.t.clock.advance(TimeDelta::hours(12) - RENEW_BEFORE);
        scene.t.clock.advance(TimeDelta::minutes(1));
        scene
            .chat
            .grants(json!({"ok": false, "error": "ratelimited"}));
        assert_eq!(renew_tokens(app).await.unwrap(), 0);
        assert_eq!(renew_tokens(app).await.unwrap(), 0, "a turn lasts");
        assert_eq!(scene.chat.asked().len(), 1);
        let listed = scene.listed().await;
        let said = &listed[0].ailments[0];
        assert_eq!(*said, Ailment::NotRenewed("ratelimited".to_owned()));

        scene.t.clock.advance(TimeDelta::minutes(6));
        scene.chat.grants(json!({
            "ok": true, "access_token": "xoxe-2", "refresh_token": "xoxe-r-2",
            "expires_in": 43_200, "token_type": "bot",
        }));
        let other = scene.t.another(9).await;
        let (one, two) = tokio::join!(renew_tokens(app), renew_tokens(&other));
        assert_eq!(one.unwrap() + two.unwrap(), 1);
        let asked = scene.chat.asked();
        assert_eq!(asked.len(), 1, "{asked:?}");
        assert_eq!(asked[0].field("grant_type"), "refresh_token");
        assert_eq!(asked[0].field("refresh_token"), "xoxe-r-1");
        assert_eq!(scene.tokens().await, [pair("T1", "xoxe-2")]);
        assert!(scene.listed().await[0].row.token_trouble.is_none());
        let row = &scene.listed().await[0].row;
        assert!(!String::from_utf8_lossy(row.refresh_token.as_ref().unwrap()).contains("xoxe"));
    })
    .await;
}

/// A live post whose card waits for the workspace.
async fn waiting(scene: &Scene) -> (installation::Model, delivery::Model) {
    let organization = &scene.owner.actor.organization;
    let home = scene.t.workspace(organization).await;
    scene.t.published_post(organization, "Live").await;
    let subject = entity::enums::DeliverySubject::SuggestedPost;
    let of = (organization.id, home.id);
    let found = outcomes::newest(scene.t.app.store.reader(), of, subject, 1).await;
    (home, found.unwrap().remove(0))
}

async fn now_of(scene: &Scene, row: &delivery::Model) -> delivery::Model {
    let found = outcomes::find(scene.t.app.store.reader(), row.organization_id, row.id).await;
    found.unwrap().unwrap()
}

#[tokio::test]
async fn disconnecting_destroys_the_token_and_ends_what_waits_with_the_reason() {
    on_both(async |scene: Scene| {
        let (home, card) = Box::pin(waiting(&scene)).await;
        let actor = &scene.owner.actor;
        for _ in 0..2 {
            disconnect(&scene.t.app, actor, home.id).await.unwrap();
        }
        assert!(scene.tokens().await.is_empty());
        let row = scene.listed().await.remove(0).row;
        assert!(row.bot_token.is_empty() && row.refresh_token.is_none());
        let card = now_of(&scene, &card).await;
        assert_eq!(card.state, DeliveryState::Cancelled);
        assert_eq!(card.failure.as_deref(), Some("disconnected"));
        let asked = scene.chat.asked();
        assert_eq!(asked.len(), 1, "the chat is told once");
        assert_eq!(asked[0].what, "auth.revoke");
        assert_eq!(asked[0].authorization, "Bearer xoxb-test");
        let stranger = scene.t.actor(&[Role::Owner]).await;
        let refused = disconnect(&scene.t.app, &stranger, home.id).await;
        assert!(matches!(refused, Err(ConnectError::NotFound)));
        // Connected again it goes on where it was.
        scene.chat.grants(slack_grant(WORKSPACE, "xoxb-new"));
        Box::pin(scene.connects(Platform::Slack)).await.unwrap();
        let listed = scene.listed().await;
        assert_eq!((listed.len(), listed[0].channels.len()), (1, 1));
        assert!(listed[0].row.revoked_at.is_none());
    })
    .await;
}

#[tokio::test]
async fn what_a_courier_holds_ends_too_when_the_app_is_removed_meanwhile() {
    on_both(async |scene: Scene| {
        let (home, card) = Box::pin(waiting(&scene)).await;
        let claimed = scene.t.claim().await;
        assert_eq!(claimed.len(), 1);
        for _ in 0..2 {
            revoke(&scene.t.app, Platform::Slack, home.id)
                .await
                .unwrap();
        }
        let retry = Outcome::Retry("not_reached".to_owned(), TimeDelta::seconds(1));
        scene.t.settle(&claimed[0], retry).await;
        let card = now_of(&scene, &card).await;
        assert_eq!(card.state, DeliveryState::Cancelled);
        assert_eq!(card.failure.as_deref(), Some("uninstalled"));
        let row = scene.listed().await.remove(0).row;
        assert_eq!(row.ended_by, Some(EndedBy::Uninstalled));
        assert!(row.bot_token.is_empty());
    })
    .await;
}

#[tokio::test]
async fn nothing_is_connected_by_who_may_be_somebody_else_and_it_is_kept_who_connected() {
    on_both(async |scene: Scene| {
        let slack = Platform::Slack;
        let actor = scene.t.actor(&[Role::Owner]).await;
        let guest = Actor {
            issuer: Some(scene.owner.actor.member.id),
            ..actor
        };
        let guest = logged_in(&scene.t, guest).await;
        scene.chat.grants(slack_grant("T1", "xoxb-1"));
        let refused = scene.connects_as(&guest, slack).await;
        assert!(matches!(refused, Err(ConnectError::ByAnothersWord)));
        let (state, cookie) = scene.begins(slack).await;
        let refused = scene.comes_back(&guest, (slack, &state, &cookie)).await;
        assert!(matches!(refused, Err(ConnectError::ByAnothersWord)));
        assert!(scene.chat.asked().is_empty());
        scene.connects(slack).await.unwrap();
        let by = scene.listed().await.remove(0).row.connected_by;
        assert_eq!(by, Some(scene.owner.actor.member.id));
    })
    .await;
}

#[tokio::test]
async fn what_a_chat_says_late_of_an_earlier_connection_ends_no_newer_one() {
    on_both(async |scene: Scene| {
        let (app, slack) = (&scene.t.app, Platform::Slack);
        scene.chat.grants(slack_grant("T1", "xoxb-1"));
        let id = scene.connects(slack).await.unwrap().id;
        scene.chat.asked();
        revoke(app, slack, id).await.unwrap();
        let asked = scene.chat.asked().remove(0);
        assert_eq!(asked.what, "auth.test");
        assert_eq!(asked.authorization, "Bearer xoxb-1");
        assert_eq!(scene.tokens().await, [pair("T1", "xoxb-1")]);
        scene
            .chat
            .grants(json!({"ok": false, "error": "account_inactive"}));
        revoke(app, slack, id).await.unwrap();
        assert!(scene.tokens().await.is_empty());

        scene.chat.grants(discord_grant("41771983423143940"));
        let id = scene.connects(Platform::Discord).await.unwrap().id;
        let is_there = async || {
            let all = of_platform(app, Platform::Discord).await.unwrap();
            !all.is_empty()
        };
        revoke(app, Platform::Discord, id).await.unwrap();
        assert!(is_there().await);
        scene
            .chat
            .grants(json!({"code": 10_004, "message": "Unknown Guild"}));
        revoke(app, Platform::Discord, id).await.unwrap();
        assert!(!is_there().await);
    })
    .await;
}

#[tokio::test]
async fn a_set_up_that_is_repeated_leaves_what_was_connected_in_the_console() {
    on_both(async |scene: Scene| {
        let (app, actor) = (&scene.t.app, &scene.owner.actor);
        scene.chat.grants(slack_grant("T1", "xoxb-granted"));
        let connected = scene.connects(Platform::Slack).await.unwrap();
        let workspace = |id: &str, token: &str| SetupWorkspace {
            platform: Platform::Slack,
            external_id: id.to_owned(),
            name: "Lindenfeld".to_owned(),
            bot_user_ref: None,
            bot_token: token.to_owned(),
            channels: Vec::new(),
            roles: Vec::new(),
        };
        let again = || Setup {
            organization: SetupOrganization {
                slug: actor.organization.slug.clone(),
                name: actor.organization.name.clone(),
                time_zone: None,
                language: None,
                join_policy: None,
                contact: None,
            },
            owner: (
                actor.member.email.clone().unwrap_or_default(),
                actor.member.display_name.clone(),
            ),
            workspaces: vec![workspace("T1", "xoxb-old"), workspace("T2", "xoxb-2")],
            feeds: Vec::new(),
        };
        setup::apply(app, again()).await.unwrap();
        let expected = [pair("T1", "xoxb-granted"), pair("T2", "xoxb-2")];
        assert_eq!(scene.tokens().await, expected);
        let listed = scene.listed().await;
        let first = listed.iter().find(|one| one.row.id == connected.id);
        assert!(first.unwrap().row.scopes.is_some());
        disconnect(app, actor, connected.id).await.unwrap();
        setup::apply(app, again()).await.unwrap();
        assert_eq!(scene.tokens().await, [pair("T2", "xoxb-2")]);
    })
    .await;
}
