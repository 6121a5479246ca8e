//! What the system tells of processes: the time that they used, and their memory.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;

use crate::machine;

/// Ticks a second in `/proc` (`USER_HZ`, fixed on Linux).
const TICKS: f64 = 100.0;

/// Processor time of one process.
pub fn time_of(pid: u32) -> anyhow::Result<Duration> {
    Ok(Stat::of(pid)?.own)
}

/// Processor time of those threads of a process whose names begin so.
pub fn time_of_threads(pid: u32, name: &str) -> anyhow::Result<Duration> {
    let mut time = Duration::ZERO;
    for entry in std::fs::read_dir(Path::new("/proc").join(pid.to_string()).join("task"))? {
        // One that ended meanwhile is not read any more.
        if let Ok(stat) = Stat::read(&entry?.path())
            && stat.name.starts_with(name)
        {
            time += stat.own;
        }
    }
    Ok(time)
}

/// Processor time of a process's children: those that live and those that ended.
pub fn time_of_children(parent: u32) -> anyhow::Result<Duration> {
    let mut time = Stat::of(parent)?.ended_children;
    for entry in std::fs::read_dir("/proc")? {
        let Ok(pid) = entry?.file_name().to_string_lossy().parse() else {
            continue;
        };
        // One that ended since counts among those that ended next time.
        if let Ok(stat) = Stat::of(pid)
            && stat.parent == parent
        {
            time += stat.own;
        }
    }
    Ok(time)
}

/// The most memory that a process has held, in bytes.
pub fn peak(pid: u32) -> anyhow::Result<u64> {
    memory(pid, "VmHWM")
}

/// Memory that a process holds, in bytes.
pub fn resident(pid: u32) -> anyhow::Result<u64> {
    memory(pid, "VmRSS")
}

fn memory(pid: u32, field: &str) -> anyhow::Result<u64> {
    let held = machine::field(&format!("/proc/{pid}/status"), field);
    let held = held.with_context(|| format!("no {field} of process {pid}"))?;
    let kibibytes = held.split_whitespace().next().context("an empty field")?;
    Ok(kibibytes.parse::<u64>()? * 1024)
}

struct Stat {
    name: String,
    parent: u32,
    own: Duration,
    ended_children: Duration,
}

impl Stat {
    fn of(pid: u32) -> anyhow::Result<Self> {
        Self::read(&Path::new("/proc").join(pid.to_string()))
    }

    /// Of a process or thread, from its folder.
    fn read(folder: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(folder.join("stat"))?;
        // The name stands in brackets and may hold anything; fields follow it (proc(5)).
        let (name, fields) = text.rsplit_once(") ").context("no name in stat")?;
        let (_, name) = name.split_once('(').context("no name in stat")?;
        let fields: Vec<&str> = fields.split(' ').collect();
        let number = |place: usize| -> anyhow::Result<f64> {
            Ok(fields.get(place).context("a short stat")?.parse()?)
        };
        Ok(Self {
            name: name.to_owned(),
            parent: fields.get(1).context("a short stat")?.parse()?,
            own: Duration::from_secs_f64((number(11)? + number(12)?) / TICKS),
            ended_children: Duration::from_secs_f64((number(13)? + number(14)?) / TICKS),
        })
    }
}
