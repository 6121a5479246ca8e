//! The process itself, as the kernel tells of it; where it tells nothing, nothing is told.

use std::fs;

use server_api::metrics::Families;

/// Ticks of the kernel's accounts in a second: `USER_HZ`, 100 on every platform that we build
/// for (man 5 proc, "stat").
const TICKS: f64 = 100.0;

/// What the kernel tells of this process.
#[derive(Clone, Copy, Debug, Default)]
pub struct Process {
    /// Bytes of memory that are in use.
    pub resident: Option<f64>,
    /// Open files and sockets.
    pub files: Option<f64>,
    /// Most files and sockets that may be open.
    pub max_files: Option<f64>,
    /// Seconds of processor time.
    pub cpu: Option<f64>,
    /// When it began, in seconds of the Unix epoch.
    pub began: Option<f64>,
    /// Threads.
    pub threads: Option<f64>,
}

impl Process {
    /// Asks the kernel.
    pub fn look() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let machine = fs::read_to_string("/proc/stat").unwrap_or_default();
        let (cpu, since_boot) = accounts(&stat);
        Self {
            resident: after(&status, "VmRSS:").map(|kibibytes| kibibytes * 1024.0),
            files: open_files(),
            max_files: after(&limits, "Max open files"),
            cpu,
            began: after(&machine, "btime ")
                .zip(since_boot)
                .map(|(boot, since)| boot + since),
            threads: after(&status, "Threads:"),
        }
    }
}

/// Adds what is known of the process, and which program it is.
pub fn describe(families: &mut Families, process: Process) {
    let mut gauge = |name, help, value: Option<f64>| {
        if let Some(value) = value {
            families.gauge(name, help).set(value);
        }
    };
    gauge(
        "process_resident_memory_bytes",
        "Memory in use",
        process.resident,
    );
    gauge("process_open_fds", "Open files and sockets", process.files);
    gauge(
        "process_max_fds",
        "Most files and sockets that may be open",
        process.max_files,
    );
    gauge(
        "process_start_time_seconds",
        "When the process began",
        process.began,
    );
    gauge("process_threads", "Threads", process.threads);
    if let Some(cpu) = process.cpu {
        // A counter counts whole numbers in this library; Prometheus reads both alike.
        families
            .gauge("process_cpu_seconds", "Processor time used so far")
            .set(cpu);
    }
    families
        .gauges(
            "chorus_build_info",
            "Which version runs; always 1",
            ["version"],
        )
        .at([env!("CARGO_PKG_VERSION")])
        .set(1.0);
}

/// The first number after `name` in lines such as `VmRSS:  1234 kB`.
fn after(text: &str, name: &str) -> Option<f64> {
    let rest = text.lines().find_map(|line| line.strip_prefix(name))?;
    rest.split_whitespace().next()?.parse().ok()
}

fn open_files() -> Option<f64> {
    let open = fs::read_dir("/proc/self/fd").ok()?.count();
    // The folder that is being read is open, too.
    u32::try_from(open.saturating_sub(1)).ok().map(f64::from)
}

/// Seconds of processor time, and seconds from the machine's start to the process's. The name
/// of the program comes second and may hold anything, so fields are counted from its end.
fn accounts(stat: &str) -> (Option<f64>, Option<f64>) {
    let Some((_, fields)) = stat.rsplit_once(')') else {
        return (None, None);
    };
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    // Fields 14, 15 and 22 of man 5 proc; the third is the first here.
    let cpu = ticks(11)
        .zip(ticks(12))
        .map(|(user, system)| (user + system) / TICKS);
    (cpu, ticks(19).map(|start| start / TICKS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_tells_of_this_very_process() {
        let process = Process::look();
        assert!(process.resident.unwrap() > 1_000_000.0);
        assert!(process.files.unwrap() >= 3.0);
        assert!(process.max_files.unwrap() >= process.files.unwrap());
        assert!(process.threads.unwrap() >= 1.0);
        assert!(process.began.unwrap() > 1_500_000_000.0);
        assert!(process.cpu.is_some());
    }

    #[test]
    fn a_program_may_have_any_name() {
        let stat = "7 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0 4 0 1200 0";
        assert_eq!(accounts(stat), (Some(3.0), Some(12.0)));
        assert_eq!(accounts(""), (None, None));
    }
}
