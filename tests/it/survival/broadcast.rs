//! A broadcast survives that its processes are killed in the middle of it, in channels and in
//! messages of people's own; and so does what is done to its messages afterwards.

use std::time::Duration;

use server::test_support::Kind;
use tests::effort::rounds;
use tests::people::Chat;
use tests::proxy::plan::Plan;

use super::field::{Field, Kit};

/// How long a request, and an answer, may be on its way: some are whenever a process dies.
const LAG: Duration = Duration::from_millis(150);

/// Who is killed next.
#[derive(Clone, Copy, Debug)]
enum Victim {
    Courier,
    Server,
    Both,
}

impl Victim {
    fn of(kill: usize) -> Self {
        match kill % 3 {
            1 => Self::Courier,
            2 => Self::Server,
            _ => Self::Both,
        }
    }

    /// Says how many deliveries were in some courier's hands by then.
    async fn dies_and_comes_again(self, field: &mut Field) -> u64 {
        match self {
            Self::Courier => {
                field.courier_dies().await;
                let held = field.leases_end().await;
                field.courier_starts();
                held
            }
            Self::Server => {
                field.server_dies();
                let held = field.held().await;
                field.jobs_are_free_again().await;
                field.server_starts().await;
                held
            }
            Self::Both => {
                field.server_dies();
                field.courier_dies().await;
                let held = field.leases_end().await;
                field.jobs_are_free_again().await;
                field.server_starts().await;
                field.courier_starts();
                held
            }
        }
    }
}

/// Kills processes evenly over the broadcast of two posts, and again while the messages of one
/// count a share and those of the other are taken back; then looks at what the chat shows.
async fn is_killed(kind: Kind, chat: Chat) {
    let kit = Kit {
        kind,
        chat,
        channels: rounds(40, 750),
        people: rounds(15, 250),
    };
    let mut field = Field::begin(kit, Plan::slow(4, LAG)).await;
    let kept = field.publish("Told to everybody").await;
    let taken_back = field.publish("Soon taken back").await;
    let kills = rounds(3, 20);
    for kill in 1..=kills {
        let enough = 2 * kit.places() * kill / (kills + 1);
        field
            .until("some have arrived", async || field.arrived() >= enough)
            .await;
        Victim::of(kill).dies_and_comes_again(&mut field).await;
    }
    field.all_settled_once_leases_end().await;
    field.is_shared(kept).await;
    field.withdraw(taken_back).await;
    let (kills, changes) = (rounds(1, 10), kit.channels + kit.places());
    for kill in 1..=kills {
        let enough = changes * kill / (kills + 1);
        field
            .until("some have changed", async || field.changed() >= enough)
            .await;
        // The first takes both.
        Victim::of(kill - 1).dies_and_comes_again(&mut field).await;
    }
    field.all_settled_once_leases_end().await;
    field.everything_arrived_once().await;
    field.shows_the_share("Told to everybody");
}

/// Kills processes in the middle of a broadcast in a chat whose history may not be read.
async fn is_killed_in_the_dark((kind, chat): (Kind, Chat), victim: Victim) {
    let kit = Kit {
        kind,
        chat,
        channels: 40,
        people: 20,
    };
    let mut field = Field::begin(kit, Plan::slow(5, LAG)).await;
    field.history_is_hidden();
    field.publish("Told in the dark").await;
    field
        .until("some have arrived", async || field.arrived() >= 20)
        .await;
    let held = victim.dies_and_comes_again(&mut field).await;
    assert!(held > 0, "nothing was under way");
    field.all_settled_once_leases_end().await;
    let uncertain = field.nothing_came_twice().await;
    let held = usize::try_from(held).unwrap();
    println!("{victim:?}, {kind:?}: {uncertain} of {held} that were held are uncertain");
    match victim {
        Victim::Courier | Victim::Both => assert_eq!(uncertain, held),
        // The courier lives: it knows of all but what was given to it by an answer that never came.
        Victim::Server => assert!(uncertain <= held, "{uncertain} of {held}"),
    }
}

/// Kills the courier on one database; in the long form each of them, on both.
async fn is_killed_blindly(kind: Kind, chat: Chat) {
    let other = match kind {
        Kind::Sqlite => Kind::Postgres,
        Kind::Postgres => Kind::Sqlite,
    };
    let victims = [Victim::Courier, Victim::Server, Victim::Both];
    let each = [kind, other].into_iter();
    let all = each.flat_map(|kind| victims.map(|victim| (kind, victim)));
    for (kind, victim) in all.take(rounds(1, 6)) {
        Box::pin(is_killed_in_the_dark((kind, chat), victim)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_broadcast_on_slack_from_sqlite_survives_kill_nine() {
    is_killed(Kind::Sqlite, Chat::Slack).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_broadcast_on_slack_from_postgres_survives_kill_nine() {
    is_killed(Kind::Postgres, Chat::Slack).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_broadcast_on_discord_from_sqlite_survives_kill_nine() {
    is_killed(Kind::Sqlite, Chat::Discord).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_broadcast_on_discord_from_postgres_survives_kill_nine() {
    is_killed(Kind::Postgres, Chat::Discord).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn where_slack_hides_its_history_what_was_under_way_is_uncertain_and_not_sent_again() {
    is_killed_blindly(Kind::Sqlite, Chat::Slack).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn where_discord_hides_its_history_what_was_under_way_is_uncertain_and_not_sent_again() {
    is_killed_blindly(Kind::Postgres, Chat::Discord).await;
}
