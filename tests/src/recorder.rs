//! Keeps what Chorus says to each platform, so that after the run the platforms' own descriptions can judge
//! it (`tests/checks`). Only where `CHORUS_RECORD` names a folder; each process writes a file of its own.
use std::collections::HashSet;
use std::fs::{File, OpenOptions, create_dir_all};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::Path;
use std::sync::{LazyLock, Mutex, PoisonError};

use serde_json::{Value, json};

/// Where something of Chorus's stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A call of the platform's API.
    Call,
    /// An answer to what somebody did: at its own address, or as the body of an interaction's HTTP answer.
    Answer,
    /// What came with an acknowledgement.
    Acknowledgement,
    /// A message of a sample view, rendered.
    Message,
    /// A sample of something that opens or is a page of its own, rendered.
    Surface,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Answer => "answer",
            Self::Acknowledgement => "acknowledgement",
            Self::Message => "message",
            Self::Surface => "surface",
        }
    }
}

/// Keeps one payload that `platform` takes: `route` is the method or the route's template, or a sample's name.
/// Without a body there is nothing to judge.
///
/// What an emulator refuses as its sender's fault does not belong here: a test provoked it, or the world
/// of the story fails for it anyway.
pub fn record(platform: &str, kind: Kind, route: &str, body: &Value) {
    let Some(record) = RECORD.as_ref().filter(|_| !body.is_null()) else {
        return;
    };
    let line = line(platform, kind, route, body);
    let kept = record
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .keep(&line);
    if let Err(error) = kept {
        tracing::error!(%error, "a payload could not be recorded");
    }
}

static RECORD: LazyLock<Option<Mutex<Record<File>>>> = LazyLock::new(|| {
    let folder = folder()?;
    match open(Path::new(&folder)) {
        Ok(file) => Some(Mutex::new(Record::new(file))),
        Err(error) => {
            tracing::error!(%error, folder, "nothing can be recorded");
            None
        }
    }
});

#[expect(
    clippy::disallowed_methods,
    reason = "set by the test command for every test alike; Chorus itself never reads it"
)]
fn folder() -> Option<String> {
    // The emulators' own tests say what Chorus never would.
    if cfg!(test) {
        return None;
    }
    std::env::var("CHORUS_RECORD")
        .ok()
        .filter(|folder| !folder.is_empty())
}

/// Appends, because a later process may get the number of an earlier one.
fn open(folder: &Path) -> std::io::Result<File> {
    create_dir_all(folder)?;
    let name = format!("{}.jsonl", std::process::id());
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join(name))
}

fn line(platform: &str, kind: Kind, route: &str, body: &Value) -> String {
    let kind = kind.name();
    let entry = json!({ "platform": platform, "kind": kind, "route": route, "body": body });
    format!("{entry}\n")
}

/// Lines, each once.
struct Record<W> {
    out: W,
    known: HashSet<u64>,
}

impl<W: Write> Record<W> {
    fn new(out: W) -> Self {
        Self {
            out,
            known: HashSet::new(),
        }
    }

    fn keep(&mut self, line: &str) -> std::io::Result<()> {
        let mut hash = DefaultHasher::new();
        line.hash(&mut hash);
        if self.known.insert(hash.finish()) {
            self.out.write_all(line.as_bytes())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_payload_is_kept_once() {
        let mut record = Record::new(Vec::new());
        for body in [
            json!({ "b": 1, "a": 2 }),
            json!({ "a": 2, "b": 1 }),
            json!({ "a": 3 }),
        ] {
            let line = line("slack", Kind::Call, "chat.postMessage", &body);
            record.keep(&line).unwrap();
        }
        let lines = String::from_utf8(record.out).unwrap();
        let kept: Vec<Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(kept.len(), 2, "{lines}");
        assert_eq!(kept[1]["body"], json!({ "a": 3 }));
        assert_eq!(kept[1]["kind"], "call");
    }
}
