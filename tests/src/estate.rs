//! An organization with one of everything: posts in each state, a member of each role, both
//! chats, feeds, tokens, shares with clicks, deliveries in each state, dead jobs, codes.
//!
//! What it holds bears the organization's word, so that a stranger's answer can be searched for it.

mod console;
mod drafts;
mod odds;
mod proposals;

use entity::enums::{
    DeliveryPreference, FeedMode, JoinPolicy, Language, Network, Platform, PostState, Role,
};
use entity::ids::PostId;
use entity::{organization, post};
use sea_orm::{ColumnTrait, EntityTrait, Iterable, QueryFilter};
use server::domain::account::Account;
use server::domain::delivery::Outcome;
use server::domain::joining::AccountKind;
use server::domain::permission;
use server::domain::post::{Draft, Wording};
use server::service::actor::Actor;
use server::service::feeds::NewFeed;
use server::service::identities::Introduction;
use server::service::me::Change;
use server::service::pairing::Asked;
use server::service::rates::Rate;
use server::service::setup::{Setup, SetupOrganization, SetupWorkspace};
use server::service::tokens::NewToken;
use server::service::{
    access, identities, insight, me, pairing, posts, rates, setup, shares, suggestions, sums,
    tokens,
};
use server::test_support::TestApp;
use server::test_support::content::{draft, smooth};
use server::test_support::server::{Answer, TestServer};
use server::test_support::traffic::FIREFOX;

/// An organization and what it holds.
#[derive(Debug)]
pub struct Estate {
    /// In the name of everything that it holds.
    pub word: &'static str,
    /// The organization.
    pub organization: organization::Model,
    /// Its Slack workspace.
    pub workspace: String,
    /// Its guild.
    pub guild: String,
    /// Somebody of each role, and somebody of none; each with an account on both chats.
    pub people: Vec<Inhabitant>,
    /// An outstanding pairing code of its plain member.
    pub code: String,
}

/// Somebody of an organization.
#[derive(Clone, Debug)]
pub struct Inhabitant {
    /// Their role; none for a plain member.
    pub role: Option<Role>,
    /// Themselves, as who asks.
    pub actor: Actor,
    /// The secret of a token with every scope that they may have; none where they may have none.
    pub token: Option<String>,
    /// Their Slack account.
    pub slack: String,
    /// Their Discord account.
    pub discord: String,
}

impl Inhabitant {
    /// How the parts and the operator name their Slack account.
    pub fn on_slack(&self, estate: &Estate) -> String {
        format!("slack/{}/{}", estate.workspace, self.slack)
    }

    /// The same for Discord.
    pub fn on_discord(&self, estate: &Estate) -> String {
        format!("discord/{}/{}", estate.guild, self.discord)
    }
}

impl Estate {
    /// Builds one; `number` tells its chats from another's.
    pub async fn build(t: &TestApp, server: &TestServer, word: &'static str, number: u64) -> Self {
        let workspace = format!("T{number}{}", word.to_uppercase());
        let guild = format!("8138478876571{number:04}");
        let wanted = plan(word, &workspace, &guild);
        let organization = setup::apply(&t.app, wanted).await.expect("a set-up");
        let mut estate = Self {
            word,
            organization,
            workspace,
            guild,
            people: Vec::new(),
            code: String::new(),
        };
        let roles = Role::iter().map(Some).chain([None]);
        for (at, role) in roles.enumerate() {
            let accounts = (
                format!("U{number}{at:02}"),
                format!("80351110224{number}{at:04}"),
            );
            let inhabitant = estate.settle(t, role, accounts).await;
            estate.people.push(inhabitant);
        }
        estate.write_posts(t).await;
        estate.share(t, server).await;
        estate.deliver(t).await;
        estate.work_on_drafts(t).await;
        estate.propose(t).await;
        estate.use_the_console(t).await;
        estate.leave_odds(t).await;
        let issued = pairing::issue(&t.app, &estate.plain().actor).await;
        issued
            .expect("a code")
            .code
            .letters()
            .clone_into(&mut estate.code);
        estate
    }

    /// Its owner.
    pub fn owner(&self) -> &Inhabitant {
        self.of(Some(Role::Owner))
    }

    /// Its plain member.
    pub fn plain(&self) -> &Inhabitant {
        self.of(None)
    }

    /// Somebody of a role.
    pub fn of(&self, role: Option<Role>) -> &Inhabitant {
        let found = self.people.iter().find(|one| one.role == role);
        found.expect("somebody of each role")
    }

    async fn settle(
        &self,
        t: &TestApp,
        role: Option<Role>,
        (slack, discord): (String, String),
    ) -> Inhabitant {
        let app = &t.app;
        let name = role.map_or_else(|| "Plain".to_owned(), |role| format!("{role:?}"));
        let member = if role == Some(Role::Owner) {
            let owner = access::owner(app, Some(&self.organization.slug)).await;
            owner.expect("an owner").member
        } else {
            let roles: Vec<Role> = role.into_iter().collect();
            let member = t.member(&self.organization, &roles).await;
            let email = format!("{}@{}.example", name.to_lowercase(), self.word);
            t.change_member(&member, |row| {
                row.email = Some(email.clone());
                row.display_name = format!("{name} of {}", self.word);
                row.pseudonym = format!("Quiet {name} of {}", self.word);
            })
            .await
        };
        let introduction = introduction(&name, member.email.clone());
        let on_slack = account(Platform::Slack, &self.workspace, &slack);
        let known = identities::introduce(app, &on_slack, &introduction).await;
        known.expect("a member with an account");
        let actor = access::by_account(app, &on_slack).await.expect("a member");
        let issued = pairing::issue(app, &actor).await.expect("a code");
        let asked = Asked {
            code: issued.code.letters(),
            introduction: &introduction,
            interaction_id: None,
        };
        let on_discord = account(Platform::Discord, &self.guild, &discord);
        let paired = pairing::pair(app, &on_discord, &asked).await;
        paired.expect("a second account");
        let each_post = Change {
            delivery: Some(DeliveryPreference::EachPost),
            ..Change::default()
        };
        me::update(app, &actor, each_post).await.expect("a choice");
        let actor = access::by_account(app, &on_slack).await.expect("a member");
        let token = token(t, &actor, self.word).await;
        Inhabitant {
            role,
            actor,
            token,
            slack,
            discord,
        }
    }

    /// Posts in every state; the titles say which.
    async fn write_posts(&self, t: &TestApp) {
        let (app, owner) = (&t.app, &self.owner().actor);
        for state in PostState::iter() {
            let written = posts::create_post(app, owner, self.draft(&format!("{state:?}"))).await;
            let written = written.expect("a draft").post;
            self.bring(t, written, state).await;
        }
        t.work().await;
    }

    async fn bring(&self, t: &TestApp, written: post::Model, state: PostState) {
        let (app, owner, id) = (&t.app, &self.owner().actor, written.id);
        if state == PostState::Draft {
            return;
        }
        posts::submit_post(app, owner, id).await.expect("a review");
        if state == PostState::InReview {
            return;
        }
        let later =
            (state == PostState::Scheduled).then(|| t.clock.now() + chrono::TimeDelta::days(1));
        let approved = posts::approve_post(app, owner, id, later, None).await;
        let approved = approved.expect("an approval").post;
        match state {
            PostState::Withdrawn => {
                let taken = posts::withdraw_post(app, owner, id, None).await;
                taken.expect("a withdrawal");
            }
            PostState::Approved | PostState::Expired | PostState::Archived => {
                t.change_post(&approved, |row| row.state = state).await;
            }
            PostState::Draft | PostState::InReview | PostState::Scheduled | PostState::Live => {}
        }
    }

    /// A draft of this organization.
    pub fn draft(&self, title: &str) -> Draft {
        Draft {
            url: Some(format!("https://{}.example/{title}", self.word)),
            summary: format!("A secret of {}.", self.word),
            campaign: Some(format!("{}-spring", self.word)),
            topics: vec![format!("{} matters", self.word)],
            variants: vec![Wording {
                network: None,
                text: format!("Words of {}", self.word),
            }],
            ..draft(&format!("{title} of {}", self.word))
        }
    }

    /// A post of this organization in a state.
    pub async fn post(&self, t: &TestApp, state: PostState) -> PostId {
        let found = post::Entity::find()
            .filter(post::Column::OrganizationId.eq(self.organization.id))
            .filter(post::Column::State.eq(state))
            .one(t.app.store.reader())
            .await;
        found.expect("a query").expect("a post in each state").id
    }

    /// The plain member shares, a reader clicks, the analyst says no.
    async fn share(&self, t: &TestApp, server: &TestServer) {
        let (app, live) = (&t.app, self.post(t, PostState::Live).await);
        let parties = shares::parties(app, &self.plain().actor, live).await;
        let parties = parties.expect("a live post");
        let path = t.share_path(&self.plain().actor, &parties.post, Network::X);
        browse(server, &path, FIREFOX).await;
        let shared = shares::confirm(app, &parties, Network::X).await;
        shared.expect("a share");
        let links = entity::link::Entity::find()
            .filter(entity::link::Column::OrganizationId.eq(self.organization.id))
            .all(app.store.reader())
            .await;
        for link in links.expect("links") {
            let reader = FIREFOX.replace("Linux x86_64", "Linux aarch64");
            browse(server, &format!("/l/{}", link.code), &reader).await;
        }
        t.clock.advance(chrono::TimeDelta::minutes(2));
        sums::keep_all(app).await.expect("counted clicks");
        let rate = Rate {
            network: Network::X,
            valid_from: "2026-11".to_owned(),
            currency: "EUR".to_owned(),
            cpc: Some(120),
            cpm: Some(900),
        };
        let rated = rates::set_rate(app, &self.owner().actor, rate).await;
        rated.expect("a rate");
        let analyst = &self.of(Some(Role::Analyst)).actor;
        let month = insight::month_before(app, &self.organization);
        let told = insight::teams(app, analyst, month).await;
        told.expect("the teams of a month");
        let dismissed = suggestions::dismiss(app, analyst, live).await;
        dismissed.expect("a dismissal");
    }

    /// Deliveries that were sent, failed, are uncertain, are on their way, or wait.
    async fn deliver(&self, t: &TestApp) {
        for platform in [Platform::Slack, Platform::Discord] {
            for (at, one) in t.claim_on(platform).await.iter().enumerate() {
                let outcome = match at {
                    1 => Outcome::Failed("no_permission".to_owned()),
                    2 => Outcome::Uncertain("no_history".to_owned()),
                    3 => continue,
                    _ => smooth(one),
                };
                t.settle(one, outcome).await;
            }
        }
        let owner = &self.owner().actor;
        let late = posts::create_post(&t.app, owner, self.draft("Late")).await;
        let late = late.expect("a draft").post;
        self.bring(t, late, PostState::Live).await;
        t.work().await;
    }
}

async fn browse(server: &TestServer, path: &str, browser: &str) -> Answer {
    let request = server.http.get(format!("{}{path}", server.public));
    Answer::to(request.header("user-agent", browser)).await
}

async fn token(t: &TestApp, actor: &Actor, word: &str) -> Option<String> {
    let form = NewToken {
        name: format!("token of {word}"),
        scopes: permission::ALL
            .into_iter()
            .filter(|permission| actor.require(*permission).is_ok())
            .collect(),
        expires_at: None,
    };
    let made = tokens::create(&t.app, actor, form).await.ok();
    made.map(|(_, secret)| secrecy::ExposeSecret::expose_secret(&secret).to_owned())
}

fn plan(word: &str, workspace: &str, guild: &str) -> Setup {
    let place = |platform, id: &str, bot_token: &str, channel: &str| SetupWorkspace {
        platform,
        external_id: id.to_owned(),
        name: format!("Place of {word}"),
        bot_user_ref: None,
        bot_token: bot_token.to_owned(),
        channels: vec![(channel.to_owned(), format!("news-of-{word}"))],
        roles: Vec::new(),
    };
    Setup {
        organization: SetupOrganization {
            slug: word.to_owned(),
            name: format!("House of {word}"),
            time_zone: Some("Europe/Berlin".to_owned()),
            language: Some(Language::En),
            join_policy: Some(JoinPolicy::Workspace),
            contact: Some(format!("Grace of {word}")),
        },
        owner: (format!("owner@{word}.example"), format!("Owner of {word}")),
        workspaces: vec![
            place(
                Platform::Slack,
                workspace,
                &format!("xoxb-{word}"),
                "C0NEWS",
            ),
            SetupWorkspace {
                roles: vec![("77".to_owned(), format!("Team of {word}"))],
                ..place(Platform::Discord, guild, "", &format!("{guild}9"))
            },
        ],
        feeds: vec![NewFeed {
            url: format!("https://{word}.example/feed.xml"),
            mode: Some(FeedMode::Review),
            cron: None,
        }],
    }
}

fn account(platform: Platform, workspace: &str, user: &str) -> Account {
    Account {
        platform,
        workspace_ref: workspace.to_owned(),
        user_ref: user.to_owned(),
    }
}

/// What a platform says of an account: a full member with a confirmed address.
pub fn introduction(name: &str, email: Option<String>) -> Introduction {
    Introduction {
        display_name: name.to_owned(),
        email,
        email_confirmed: true,
        kind: AccountKind::Full,
        time_zone: None,
        language: None,
        roles: vec!["77".to_owned()],
    }
}
