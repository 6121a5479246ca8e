//! The machine that figures were taken on.

use std::fs;

/// Size of the machine, for the table's caption.
pub fn caption() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = field("/proc/meminfo", "MemTotal").unwrap_or_default();
    let kibibytes: u64 = memory
        .split_whitespace()
        .next()
        .and_then(|number| number.parse().ok())
        .unwrap_or_default();
    let gibibytes = kibibytes.div_ceil(1024 * 1024);
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".to_owned());
    format!(
        "{cores} cores ({processor}), {gibibytes} GiB of memory, load {} at the end.",
        load().map_or_else(|| "unknown".to_owned(), |load| format!("{load:.1}"))
    )
}

/// What to say where something else keeps the machine busy.
pub fn busy() -> Option<String> {
    load().filter(|load| *load > 0.5).map(|load| {
        format!(
            "The load is {load:.1}: something else runs, so trust ratios and no absolute figure."
        )
    })
}

/// Processes that wait or run, over the last minute.
fn load() -> Option<f64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

/// The value after `name` and a colon in one of the kernel's files.
pub fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    })
}
