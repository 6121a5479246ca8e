//! Short links under load: requests a second against a bare handler that answers a
//! fixed redirect on the same runtime, the processor time of a request, how long
//! readers wait, and whether every answer's hit is in the database.

pub mod load;
pub mod scene;
pub mod server;

use std::net::SocketAddr;
use std::time::Duration;

use ::server::test_support::Kind;
use anyhow::ensure;

use self::load::{Load, Outcome, Question};
use self::scene::Scene;
use self::server::{Chorus, Fixed};
use crate::databases::name;
use crate::report::Figure;
use crate::samples::ratio;
use crate::{Bench, Effort, processes};

/// Connections under which is measured, and the least share of the bare handler's rate.
const CASES: [(usize, f64, f64); 2] = [(256, 0.60, 0.50), (64, 0.45, 0.40)];
/// Connections under which each link is asked for once, before anything is measured.
const FIRST: usize = 64;
/// Rounds in which the two are measured in turn, so that what else the machine
/// does falls on both.
const ROUNDS: u32 = 4;
/// Resident memory under load, at most.
const MEMORY: u64 = 200 * 1024 * 1024;
/// How long the slowest of a hundred readers may wait.
const PATIENCE: Duration = Duration::from_millis(25);

/// Both databases, both numbers of connections.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for &kind in &bench.kinds {
        let scene = Scene::make(bench, kind).await?;
        let servers = Servers {
            bare: Fixed::bare()?,
            guarded: Fixed::guarded()?,
            chorus: Chorus::start(&scene)?,
        };
        let chorus = &servers.chorus;
        let first = load(
            bench.effort,
            (chorus.address, Question::Link),
            (FIRST, scene.codes),
        );
        let mut known = Known {
            answers: first.once()?,
        };
        for (connections, sqlite, postgres) in CASES {
            let least = match kind {
                Kind::Sqlite => sqlite,
                Kind::Postgres => postgres,
            };
            let used = || Used::by(chorus, bench.databases.time(kind)?);
            let load = |asked| load(bench.effort, asked, (connections, scene.codes));
            let rounds = Rounds::measure(bench.effort, &servers, load, used)?;
            known.answers += rounds.answers;
            figures.extend(rounds.figures(kind, connections, least));
        }
        let stored = scene.hits().await?;
        figures.push(known.figure(kind, stored));
        figures.push(memory(kind, chorus.peak()?));
        ensure!(stored == known.answers, "hits are missing or too many");
    }
    Ok(figures)
}

/// What the generator was answered in all.
struct Known {
    answers: u64,
}

impl Known {
    fn figure(&self, kind: Kind, stored: u64) -> Figure {
        Figure {
            row: "redirect",
            case: format!("{}, hits stored when the last is answered", name(kind)),
            measured: format!("{stored}"),
            reference: format!("{} answers", self.answers),
            outcome: format!("{} left over", self.answers.abs_diff(stored)),
            bar: "0".to_owned(),
            met: stored == self.answers,
        }
    }
}

fn memory(kind: Kind, peak: u64) -> Figure {
    Figure {
        row: "memory",
        case: format!("{}, under redirect, at most", name(kind)),
        measured: format!("{} MiB", peak.div_ceil(1024 * 1024)),
        reference: String::new(),
        outcome: format!("{} MiB", peak.div_ceil(1024 * 1024)),
        bar: "≤ 200 MiB".to_owned(),
        met: peak <= MEMORY,
    }
}

/// Processor time by what used it.
#[derive(Clone, Copy, Debug, Default)]
struct Used {
    chorus: Duration,
    /// Of it, the threads that write hits.
    writing: Duration,
    database: Duration,
}

impl Used {
    fn by(chorus: &Chorus, database: Duration) -> anyhow::Result<Self> {
        Ok(Self {
            chorus: processes::time_of(chorus.pid())?,
            writing: processes::time_of_threads(chorus.pid(), "hits-")?,
            database,
        })
    }

    fn all(self) -> Duration {
        self.chorus + self.database
    }

    fn add(&mut self, other: Self) {
        self.chorus += other.chorus;
        self.writing += other.writing;
        self.database += other.database;
    }

    fn since(self, earlier: Self) -> Self {
        Self {
            chorus: self.chorus.saturating_sub(earlier.chorus),
            writing: self.writing.saturating_sub(earlier.writing),
            database: self.database.saturating_sub(earlier.database),
        }
    }
}

/// What is measured under the same load, in turn.
struct Servers {
    bare: Fixed,
    /// The fixed redirect on the listener of Chorus.
    guarded: Fixed,
    chorus: Chorus,
}

/// The bare handler and Chorus, and what a request costs on its way to a hit.
struct Rounds {
    bare: Outcome,
    guarded: Outcome,
    /// Chorus, asked for what is no link: routed, told from a program, answered, and counted.
    without_hit: Outcome,
    chorus: Outcome,
    /// What Chorus used in all rounds, also before the clock ran.
    used: Used,
    /// Every answer of Chorus, also those before the clock ran.
    answers: u64,
}

impl Rounds {
    fn measure(
        effort: Effort,
        servers: &Servers,
        load: impl Fn((SocketAddr, Question)) -> Load,
        used: impl Fn() -> anyhow::Result<Used>,
    ) -> anyhow::Result<Self> {
        let rounds = match effort {
            Effort::Full => ROUNDS,
            Effort::Quick => 1,
        };
        let mut all = Self {
            bare: Outcome::default(),
            guarded: Outcome::default(),
            without_hit: Outcome::default(),
            chorus: Outcome::default(),
            used: Used::default(),
            answers: 0,
        };
        let time_of = |pid| move || processes::time_of(pid);
        for _ in 0..rounds {
            let bare = load((servers.bare.address, Question::Link));
            all.bare.add(bare.run(time_of(servers.bare.pid()))?);
            let guarded = load((servers.guarded.address, Question::Link));
            let guarded = guarded.run(time_of(servers.guarded.pid()))?;
            all.guarded.add(guarded);
            let nothing = load((servers.chorus.address, Question::NoLink));
            let nothing = nothing.run(time_of(servers.chorus.pid()))?;
            all.without_hit.add(nothing);
            let before = used()?;
            let ours = load((servers.chorus.address, Question::Link));
            let ours = ours.run(|| Ok(used()?.all()))?;
            all.used.add(used()?.since(before));
            all.answers += ours.all;
            all.chorus.add(ours);
        }
        Ok(all)
    }

    fn figures(&self, kind: Kind, connections: usize, least: f64) -> Vec<Figure> {
        let case = |what: &str| format!("{}, {connections} connections, {what}", name(kind));
        let most = match kind {
            Kind::Sqlite => 1.8,
            Kind::Postgres => 2.5,
        };
        let (ours, theirs) = (self.chorus.rate(), self.bare.rate());
        let (dearness, patience) = (
            ratio(self.chorus.each(), self.bare.each()),
            self.chorus.percentile(0.99),
        );
        let dear = Figure {
            row: "redirect",
            case: case("processor time a request"),
            measured: micros(self.chorus.each()),
            reference: micros(self.bare.each()),
            outcome: format!("{dearness:.2} ×"),
            bar: format!("≤ {most} ×"),
            met: dearness <= most,
        };
        let each = self.chorus.each();
        let used = |part| (each.mul_f64(ratio(part, self.used.all())), each);
        let parts = [
            (
                "a fixed answer on our listener",
                (self.guarded.each(), each),
            ),
            ("an answer without a hit", (self.without_hit.each(), each)),
            ("Chorus writing hits", used(self.used.writing)),
            ("the database", used(self.used.database)),
        ];
        let parts = parts.map(|(what, part)| dear.part_of(what, part));
        let mut figures = vec![
            Figure {
                row: "redirect",
                case: case("requests a second"),
                measured: format!("{ours:.0}/s"),
                reference: format!("{theirs:.0}/s"),
                outcome: format!("{:.0} %", 100.0 * ours / theirs),
                bar: format!("≥ {:.0} %", 100.0 * least),
                met: ours / theirs >= least,
            },
            Figure {
                row: "redirect",
                case: case("99 of 100 wait at most"),
                measured: format!("{:.1} ms", patience.as_secs_f64() * 1e3),
                reference: format!("{:.1} ms", self.bare.percentile(0.99).as_secs_f64() * 1e3),
                outcome: format!("{:.1} ms", patience.as_secs_f64() * 1e3),
                bar: "≤ 25 ms".to_owned(),
                met: patience <= PATIENCE,
            },
            dear,
        ];
        figures.extend(parts);
        figures
    }
}

fn micros(time: Duration) -> String {
    format!("{:.1} µs", time.as_secs_f64() * 1e6)
}

/// The load of one round.
fn load(
    effort: Effort,
    (address, question): (SocketAddr, Question),
    (connections, codes): (usize, u32),
) -> Load {
    let (warm_up, time, requests) = match effort {
        Effort::Full => (
            Duration::from_secs(1),
            Duration::from_secs(10) / ROUNDS,
            None,
        ),
        Effort::Quick => (Duration::ZERO, Duration::from_millis(300), Some(400)),
    };
    Load {
        question,
        address,
        connections,
        codes,
        warm_up,
        time,
        requests,
    }
}
