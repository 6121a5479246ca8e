//! Two worlds with exactly ten readers, in one of which one of them pauses or dismisses: a figure
//! that leaves out that one is told as five less.

use entity::enums::{DeliveryOperation, DeliveryState, DeliverySubject, RetentionKind};
use uuid::Uuid;

use super::*;
use crate::service::deliveries::{Claimed, count_deliveries};
use crate::service::posts::expire_posts;
use crate::service::{audiences, retention, suggestions};
use crate::store::deliveries::of_post;
use crate::test_support::Kind;
use crate::test_support::content::smooth;

/// What the tenth reader keeps to themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Silence {
    Pause,
    Dismissal,
}

/// When.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    BeforePlanning,
    BeforeSending,
    Afterwards,
}

/// The figures of couriers, once all messages are out. A message that is there and changes, or is
/// taken back, counts among all of them.
const FIGURES: &str = "the figures";

/// One of the two worlds, and what others are told in it.
struct World {
    t: TestApp,
    owner: Actor,
    tenth: Actor,
    silent: Option<(Silence, Moment)>,
    /// Whether the tenth wants no message about the post that is next.
    is_silent: bool,
    told: Vec<(String, String)>,
}

impl World {
    async fn begin(kind: Kind, silent: Option<(Silence, Moment)>) -> Self {
        let t = TestApp::new(kind).await;
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        for number in 0..9 {
            reader(&t, &owner, (Platform::Slack, &format!("U{number}"))).await;
        }
        let tenth = reader(&t, &owner, (Platform::Slack, "U9")).await;
        Self {
            t,
            owner,
            tenth,
            silent,
            is_silent: false,
            told: Vec::new(),
        }
    }

    /// The tenth says no, if it is the moment.
    async fn says_no(&mut self, post: PostId, now: Moment) {
        let silent = self.silent.filter(|(_, moment)| *moment == now);
        self.is_silent |= silent.is_some();
        match silent {
            None => {}
            Some((Silence::Pause, _)) => {
                let until = self.t.app.now() + TimeDelta::days(300);
                let pause = |row: &mut entity::member::Model| row.paused_until = Some(until);
                self.t.change_member(&self.tenth.member, pause).await;
            }
            Some((Silence::Dismissal, _)) => {
                let said = suggestions::dismiss(&self.t.app, &self.tenth, post).await;
                said.unwrap();
            }
        }
    }

    fn note(&mut self, what: &str, told: String) {
        self.told.push((what.to_owned(), told));
    }

    /// How far a post is, and what the overview counts.
    async fn look(&mut self, what: &str, post: PostId) {
        let seen = look(&self.t.app, &self.owner, post).await.unwrap();
        let seen = Broadcast {
            post: PostId(Uuid::nil()),
            ..seen
        };
        let counts = count_deliveries(&self.t.app, &self.owner).await.unwrap();
        let counts = counts
            .iter()
            .map(|one| (one.platform, one.state, &one.failure, one.count));
        let counts: Vec<_> = counts.collect();
        self.note(what, format!("{seen:?} {counts:?}"));
    }

    /// How many a post reaches that is not live yet.
    async fn sizes(&mut self) {
        let (app, owner) = (&self.t.app, &self.owner);
        let ahead = create_post(app, owner, draft("Ahead")).await.unwrap().post;
        let english = Audience {
            languages: vec![Language::En],
            ..Audience::default()
        };
        let all = estimate(app, owner, (None, &[])).await.unwrap();
        let some = estimate(app, owner, (Some(&english), &[])).await.unwrap();
        let size = audiences::measure(app, owner, (Some(english), &[])).await;
        let told = format!("{all:?} {some:?} {:?}", size.unwrap());
        self.note("the sizes", told);
        self.look("a post that is ahead", ahead.id).await;
    }

    /// A post goes live and its messages go out, and somebody looks after each step.
    async fn send(&mut self, title: &str) -> post::Model {
        // A pause lasts, and a dismissal is of one post.
        self.is_silent &= matches!(self.silent, Some((Silence::Pause, _)));
        let post = self.t.published_post(&self.owner.organization, title).await;
        self.says_no(post.id, Moment::BeforePlanning).await;
        self.sizes().await;
        self.t.work().await;
        self.look("planned", post.id).await;
        self.says_no(post.id, Moment::BeforeSending).await;
        self.look("not sent", post.id).await;
        let claimed = self.claim().await;
        self.look("on their way", post.id).await;
        for one in &claimed {
            self.t.settle(one, smooth(one)).await;
            self.look("one more was carried", post.id).await;
        }
        self.check(&post).await;
        self.says_no(post.id, Moment::Afterwards).await;
        self.t.deliver().await;
        self.look("sent", post.id).await;
        post
    }

    /// Nine or ten messages are out, and the tenth's was let pass if they are silent.
    async fn check(&self, post: &post::Model) {
        let rows = of_post(self.t.app.store.reader(), post.organization_id, post.id).await;
        let mut rows = rows.unwrap();
        rows.retain(|row| {
            row.subject == DeliverySubject::PersonalPost && row.operation == DeliveryOperation::Post
        });
        let is_sent = |row: &entity::delivery::Model| {
            row.state == DeliveryState::Sent && row.message_ref.is_some()
        };
        let (sent, rest): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_sent);
        assert_eq!(sent.len() + rest.len(), 10);
        assert_eq!(rest.len(), usize::from(self.is_silent));
        for passed in rest {
            assert_eq!(passed.state, DeliveryState::Cancelled);
            assert_eq!(passed.member_id, Some(self.tenth.member.id));
            assert!(passed.message_ref.is_none() && passed.failure.is_none());
        }
    }

    /// What the courier gets, the card first: the rest comes in the order of their ids, by chance.
    async fn claim(&self) -> Vec<Claimed> {
        let mut claimed = self.t.claim().await;
        claimed.sort_by_key(|one| one.delivery.subject == DeliverySubject::PersonalPost);
        claimed
    }

    fn figures(&mut self) {
        let mut text = String::new();
        self.t.app.metrics().write(&mut text);
        let lines = text.lines().filter(|line| line.contains("chorus_deliver"));
        let mut lines: Vec<&str> = lines.collect();
        lines.sort_unstable();
        let lines = lines.join("\n");
        self.note(FIGURES, lines);
    }

    async fn withdraw(&mut self, post: &post::Model) {
        let taken = withdraw_post(&self.t.app, &self.owner, post.id, None).await;
        taken.unwrap();
        self.look("withdrawn", post.id).await;
        self.t.work().await;
        self.look("to be taken back", post.id).await;
        let claimed = self.claim().await;
        // The card and some of the nine or ten.
        let (some, rest) = claimed.split_at(6);
        for one in some {
            self.t.settle(one, smooth(one)).await;
            self.look("one more was taken back", post.id).await;
        }
        for one in rest {
            self.t.settle(one, smooth(one)).await;
        }
        self.look("taken back", post.id).await;
    }

    async fn expire(&mut self, post: &post::Model) {
        self.t.clock.set(post.expires_at.unwrap());
        expire_posts(&self.t.app).await.unwrap();
        self.look("expired", post.id).await;
        self.t.work().await;
        self.t.deliver().await;
        self.look("said to be over", post.id).await;
    }

    /// Messages past their time go.
    async fn forget(&mut self, posts: [&post::Model; 2]) {
        self.t.clock.advance(TimeDelta::days(40));
        let shorter = (RetentionKind::Deliveries, Some(30));
        let lost = retention::lost_by(&self.t.app, &self.owner, shorter).await;
        self.note("what would go", format!("{:?}", lost.unwrap()));
        self.t.clock.advance(TimeDelta::days(181));
        retention::run(&self.t.app).await.unwrap();
        let kept = retention::show_retention(&self.t.app, &self.owner).await;
        self.note("what went", format!("{:?}", kept.unwrap()));
        for post in posts {
            self.look("long over", post.id).await;
        }
    }
}

async fn told(kind: Kind, silent: Option<(Silence, Moment)>) -> Vec<(String, String)> {
    let mut world = World::begin(kind, silent).await;
    let withdrawn = world.send("Withdrawn").await;
    world.figures();
    world.withdraw(&withdrawn).await;
    let expired = world.send("Expired").await;
    world.expire(&expired).await;
    world.forget([&withdrawn, &expired]).await;
    world.told
}

#[tokio::test]
async fn with_exactly_ten_readers_nobody_sees_who_paused_or_dismissed() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let expected = Box::pin(told(kind, None)).await;
        let of_broadcasts = expected.iter().filter(|(_, one)| one.contains("Progress"));
        for (what, one) in of_broadcasts {
            assert!(
                one.contains("members: Progress { planned: 10,"),
                "{what}: {one}"
            );
        }
        for silent in [
            (Silence::Pause, Moment::BeforePlanning),
            (Silence::Pause, Moment::BeforeSending),
            (Silence::Pause, Moment::Afterwards),
            (Silence::Dismissal, Moment::BeforePlanning),
            (Silence::Dismissal, Moment::BeforeSending),
            (Silence::Dismissal, Moment::Afterwards),
        ] {
            let seen = Box::pin(told(kind, Some(silent))).await;
            assert_eq!(expected.len(), seen.len(), "{silent:?}");
            for ((what, one), (_, other)) in expected.iter().zip(&seen) {
                // The message of who dismisses it later changes.
                if what == FIGURES && silent == (Silence::Dismissal, Moment::Afterwards) {
                    continue;
                }
                assert_eq!(one, other, "{silent:?} shows in {what}");
            }
        }
    }
}
