//! Silence of who judges posts, and of whose proposal became one: what they are told waits for
//! them like every message of one's own, and who decides may not learn that it does.

use chrono::TimeDelta;
use entity::delivery;
use entity::enums::{DeliverySubject, ProposalSource, Role};
use entity::ids::{PostId, ProposalId};
use reqwest::Method;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use server::domain::post::Draft;
use server::domain::proposal::Proposed;
use server::service::{posts, proposals};
use server::test_support::Kind;
use tests::effort::rounds;

use super::silence::{self, Log, Silence};
use super::{Seen, World, are_alike};

/// The ways in which such a message is kept back.
const KEPT_BACK: [Silence; 2] = [Silence::Paused, Silence::Undisturbed];

impl World {
    /// The silent one proposes a page, while nobody is silent yet.
    async fn somebody_proposes(&self) -> ProposalId {
        self.fresh_chance();
        let form = Proposed {
            url: "https://alpha.example/proposed/by-an-approver".to_owned(),
            why: "It is about us.".to_owned(),
            words: "Proud of it.".to_owned(),
        };
        let (by, source) = (&self.quiet().actor, ProposalSource::Slack);
        let told = proposals::propose(&self.t.app, by, source, &form).await;
        let proposals::Standing::First(own) = told.unwrap().standing else {
            panic!("somebody had proposed it");
        };
        self.t.work().await;
        own.proposal.id
    }

    /// A post waits for a judgement.
    async fn hand_in(&self, title: &str) -> PostId {
        self.fresh_chance();
        let (app, owner) = (&self.t.app, &self.estate.owner().actor);
        let draft = self.estate.draft(title);
        let id = posts::create_post(app, owner, draft).await.unwrap().post.id;
        posts::submit_post(app, owner, id).await.unwrap();
        self.t.work().await;
        id
    }

    /// Whether somebody is to be told of it.
    async fn waits_for_a_judgement(&self, post: PostId) -> bool {
        let reviews = delivery::Entity::find()
            .filter(delivery::Column::Subject.eq(DeliverySubject::Review))
            .filter(delivery::Column::PostId.eq(post));
        reviews.count(self.t.app.store.reader()).await.unwrap() > 0
    }

    /// A proposal becomes a post that goes out.
    async fn take_up(&self, proposal: ProposalId) -> PostId {
        self.fresh_chance();
        let (app, owner) = (&self.t.app, &self.estate.owner().actor);
        let accepted = proposals::accept(app, owner, proposal).await.unwrap();
        let id = accepted.proposal.post_id.unwrap();
        let written = posts::show_post(app, owner, id).await.unwrap();
        let whole = Draft {
            title: "Proposed".to_owned(),
            ..posts::draft_of(&written)
        };
        posts::update_post(app, owner, id, None, whole)
            .await
            .unwrap();
        self.fresh_chance();
        posts::approve_post(app, owner, id, None, None)
            .await
            .unwrap();
        self.t.work().await;
        id
    }

    /// Whoever decides looks at what there is to see of these posts and of their messages.
    async fn deciders_look(&mut self, posts: [PostId; 3]) {
        let token = |role| self.estate.of(Some(role)).token.as_ref().unwrap();
        let lookers = [
            ("the owner", self.server.member(token(Role::Owner))),
            ("a curator", self.server.member(token(Role::Curator))),
            ("an analyst", self.server.member(token(Role::Analyst))),
            ("the operator", self.server.operator(Some("owner/alpha"))),
        ];
        let mut paths = vec![
            "/delivery-counts".to_owned(),
            "/proposals?state=accepted".to_owned(),
            "/audit-events?limit=100".to_owned(),
        ];
        for post in posts {
            paths.push(format!("/posts/{}", post.0));
            paths.push(format!("/posts/{}/broadcast", post.0));
        }
        for (who, session) in lookers {
            for path in &paths {
                let what = format!("GET {path} by {who}");
                self.ask(what, &session, (Method::GET, path), None).await;
            }
        }
    }
}

/// What others see of it while a post waits for the silent one's judgement, and a proposal of
/// theirs goes out.
async fn seen_by_who_decides(kind: Kind, silence: Option<Silence>) -> (Seen, String) {
    let mut world = World::of_silent(kind, Role::Approver, 10).await;
    let proposal = world.somebody_proposes().await;
    let log = Log::keep();
    let fresh = world.publish("Fresh").await;
    silence::before_the_message(&world, fresh, silence).await;
    world.others_get_messages("the first post").await;
    let waiting = world.hand_in("Waiting").await;
    assert!(silence.is_some() || world.waits_for_a_judgement(waiting).await);
    let proposed = world.take_up(proposal).await;
    world.others_get_messages("what is decided on").await;
    // Longer than a decision can be taken back, after which its proposer hears of it.
    world.time_passes(TimeDelta::minutes(4)).await;
    world.others_get_messages("what was decided").await;
    silence::after_the_message(&world, fresh, silence).await;
    world.deciders_look([fresh, waiting, proposed]).await;
    world.metrics("after the decisions").await;
    (world.seen, log.told())
}

/// One in every run, both by command.
async fn is_silent_for_who_decides(kind: Kind, usual: Silence) {
    let expected = seen_by_who_decides(kind, None).await;
    // All of it was of effect.
    for (what, shown) in [
        (
            "GET /proposals?state=accepted by the owner",
            "by-an-approver",
        ),
        ("GET /delivery-counts by the owner", "\"sent\""),
    ] {
        let found = expected.0.iter().find(|(which, _)| which == what);
        let (_, answer) = found.unwrap();
        assert!(answer.contains(shown), "{what}: {answer}");
    }
    let one = [usual];
    let silences: &[Silence] = if rounds(0, 1) > 0 {
        &KEPT_BACK[..]
    } else {
        &one[..]
    };
    for silence in silences {
        let seen = seen_by_who_decides(kind, Some(*silence)).await;
        are_alike(*silence, &expected, &seen);
    }
}

#[tokio::test]
async fn who_decides_learns_nothing_of_an_approver_who_paused_on_sqlite() {
    is_silent_for_who_decides(Kind::Sqlite, Silence::Paused).await;
}

#[tokio::test]
async fn who_decides_learns_nothing_of_an_approver_who_rests_on_postgres() {
    is_silent_for_who_decides(Kind::Postgres, Silence::Undisturbed).await;
}
