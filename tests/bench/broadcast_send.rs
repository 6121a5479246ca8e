//! A broadcast through the courier and the real client to an emulator with the platform's
//! limits on. Slack's published-by-nobody cap of 300 a minute would take half an hour, so
//! part and emulator are set to Discord's 3,000 there too.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use entity::delivery;
use entity::enums::DeliveryState;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use server::test_support::Kind;
use tests::people::Chat;

use crate::Bench;
use crate::report::Figure;
use crate::stage::{Cast, Emulator, Stage};

/// The 50 a second that Discord lets one bot send.
const PER_MINUTE: u32 = 3_000;
/// Posts that go to every channel.
const POSTS: usize = 20;
/// How often it is looked whether all is settled, and how long at most.
const GLANCE: Duration = Duration::from_millis(200);
const PATIENCE: Duration = Duration::from_mins(10);

/// Measures the row.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for chat in Chat::ALL {
        let t = bench.databases.app(Kind::Postgres, "").await?;
        let channels = bench.size(500, 2);
        let posts = bench.size(POSTS, 2);
        let cast = Cast {
            chat,
            per_minute: PER_MINUTE,
        };
        let mut stage = Stage::set(t, cast).await?;
        stage.channels(channels).await?;
        for number in 0..posts {
            stage.publish(&format!("Post {number}")).await?;
        }
        stage.begin(PER_MINUTE)?;
        let sent = settled(&stage, channels * posts).await?;
        let seen = Seen::of(&stage.emulator);
        anyhow::ensure!(sent == channels * posts, "{sent} were sent");
        anyhow::ensure!(
            seen.by_channel.len() == channels && seen.by_channel.values().all(|n| *n == posts),
            "lost or twice: {:?}",
            seen.by_channel
        );
        figures.extend(seen.figures(chat, sent));
        stage.strike().await?;
    }
    Ok(figures)
}

/// Waits until everything is settled; gives how many were sent.
async fn settled(stage: &Stage, count: usize) -> anyhow::Result<usize> {
    let db = stage.t.app.store.reader();
    let of =
        |state: DeliveryState| delivery::Entity::find().filter(delivery::Column::State.eq(state));
    let mut glances = tokio::time::interval(GLANCE);
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        glances.tick().await;
        let waiting = of(DeliveryState::Pending).count(db).await?
            + of(DeliveryState::Claimed).count(db).await?;
        if waiting == 0 {
            return Ok(usize::try_from(of(DeliveryState::Sent).count(db).await?)?);
        }
        anyhow::ensure!(
            tokio::time::Instant::now() < deadline,
            "{waiting} of {count} still wait"
        );
    }
}

/// What the emulator saw.
#[derive(Default)]
struct Seen {
    by_channel: BTreeMap<String, usize>,
    calls: usize,
    refused: usize,
    first: Option<DateTime<Utc>>,
    last: Option<DateTime<Utc>>,
}

impl Seen {
    fn of(emulator: &Emulator) -> Self {
        let mut seen = Self::default();
        match emulator {
            Emulator::Slack(emulator) => {
                for call in emulator.calls() {
                    let posts = call.method == "chat.postMessage";
                    seen.call(call.at, posts, call.error.as_deref() == Some("ratelimited"));
                }
                emulator.state().read(|state| {
                    for message in state.kept.messages.iter().filter(|one| one.bot.is_some()) {
                        *seen
                            .by_channel
                            .entry(message.channel.to_string())
                            .or_default() += 1;
                    }
                });
            }
            Emulator::Discord(emulator) => {
                for call in emulator.recorded() {
                    let posts = call.method == "POST" && call.route.ends_with("/messages");
                    seen.call(call.at, posts, call.status == 429);
                }
                emulator.state().read(|state| {
                    for message in state.kept.messages.iter().filter(|one| one.is_app) {
                        *seen
                            .by_channel
                            .entry(message.channel.to_string())
                            .or_default() += 1;
                    }
                });
            }
        }
        seen
    }

    fn call(&mut self, at: DateTime<Utc>, posts: bool, refused: bool) {
        self.calls += 1;
        self.refused += usize::from(refused);
        if posts && !refused {
            self.first = self.first.or(Some(at));
            self.last = Some(at);
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "figures to be read, far below 2^52"
    )]
    fn figures(&self, chat: Chat, sent: usize) -> Vec<Figure> {
        let took = match (self.first, self.last) {
            (Some(first), Some(last)) => (last - first).to_std().unwrap_or_default(),
            _ => Duration::ZERO,
        };
        let gaps = sent.saturating_sub(1) as f64;
        let rate = gaps / took.as_secs_f64().max(f64::MIN_POSITIVE);
        let permitted = f64::from(PER_MINUTE) / 60.0;
        let refused = 100.0 * self.refused as f64 / self.calls.max(1) as f64;
        let figure = |case: &str, measured: String, outcome: (String, &str, bool)| Figure {
            row: "broadcast send",
            case: format!("{chat:?}, {sent} messages, {case}"),
            measured,
            reference: format!("{permitted:.0}/s permitted"),
            outcome: outcome.0,
            bar: outcome.1.to_owned(),
            met: outcome.2,
        };
        let share = rate / permitted;
        vec![
            figure(
                "rate; none lost, none twice",
                format!("{rate:.1}/s"),
                (format!("{:.1} %", share * 100.0), "≥ 97 %", share >= 0.97),
            ),
            figure(
                "answered 429",
                format!("{} of {} requests", self.refused, self.calls),
                (format!("{refused:.2} %"), "< 1 %", refused < 1.0),
            ),
        ]
    }
}
