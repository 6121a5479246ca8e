//! `chorus backup` and `chorus restore`: the words around the server's own copies.

use std::path::Path;

use serde_json::json;
use server::clock::Clock;
use server::config::Config;
use server::service::backup::{self, Backup, BackupError};
use server::service::examination;
use server_api::examination::Verdict;

use crate::cli::Global;
use crate::failure::Failure;
use crate::output::{Format, count};

/// Backs the database up into `file`.
pub async fn back_up(global: &Global, config: &Config, file: &Path) -> Result<(), Failure> {
    let made = backup::back_up(config, file)
        .await
        .map_err(|error| refused(&error))?;
    show(global, file, &made, || {
        let key = match &made.key_file {
            Some(key) => format!("{} is not in it", key.display()),
            None => "secrets.key is not in it".to_owned(),
        };
        format!(
            "Backed up to {}: {}, checked.\n\
             {key}: keep a copy of the key in another place. Without it the bots' tokens in this \
             backup do not open, and personal links in chats end.",
            file.display(),
            size(made.bytes)
        )
    })
}

/// Puts the backup `file` back, in the place of another database if that was said.
pub async fn restore(
    global: &Global,
    config: &Config,
    (file, replace): (&Path, bool),
) -> Result<(), Failure> {
    let outcome = if replace {
        backup::replace(config, file, Clock::System.now()).await
    } else {
        backup::restore(config, file).await
    };
    let back = outcome.map_err(|error| refused(&error))?;
    let sealed = sealed(config).await;
    show(global, file, &back, || {
        let mut lines = vec![format!(
            "Restored from {}: {}.",
            file.display(),
            size(back.bytes)
        )];
        if let Some(replaced) = &back.replaced {
            lines.push(format!("What was there is kept as {}.", replaced.display()));
        }
        if back.pending > 0 {
            let changes = u64::try_from(back.pending).unwrap_or_default();
            let changes = count(changes, "change", "changes");
            lines.push(format!(
                "It is of an older version: the next start makes {changes} of its schema."
            ));
        }
        lines.extend(sealed);
        lines.push("Next: chorus doctor, then chorus serve".to_owned());
        lines.join("\n")
    })
}

fn show(
    global: &Global,
    file: &Path,
    backup: &Backup,
    words: impl FnOnce() -> String,
) -> Result<(), Failure> {
    let facts = json!({
        "file": file,
        "bytes": backup.bytes,
        "changes": backup.changes,
        "pending": backup.pending,
        "key_file": backup.key_file,
        "replaced": backup.replaced,
    });
    Format::of(global.json).show(&facts, words)
}

/// What does not open with the key at hand, where that can be told already.
async fn sealed(config: &Config) -> Vec<String> {
    let Ok(Some(app)) = server::app::look(config.clone()).await else {
        return Vec::new();
    };
    let findings = examination::examine(&app).await.into_iter();
    findings
        .filter(|finding| finding.check == "chats.tokens" && finding.verdict == Verdict::Problem)
        .map(|finding| {
            let advice = finding.advice.unwrap_or_default();
            format!("Beware: {}. {advice}", finding.summary)
        })
        .collect()
}

fn size(bytes: u64) -> String {
    match bytes >> 20 {
        0 => format!("{} KiB", bytes >> 10),
        mebibytes => format!("{mebibytes} MiB"),
    }
}

fn refused(error: &BackupError) -> Failure {
    let advice = match error {
        BackupError::Postgres => {
            "\n  pg_dump --format=custom --file=chorus.dump \"$URL\"\n  \
             pg_restore --no-owner --exit-on-error --dbname=\"$URL_OF_AN_EMPTY_DATABASE\" \
             chorus.dump"
        }
        BackupError::Present(_) => {
            "\nName another file; `chorus restore --replace` takes the place of a database."
        }
        BackupError::Held(_) => "\nStop the server first.",
        BackupError::Newer(..) => "\nRestore it with the version that wrote it, or a newer one.",
        BackupError::Damaged(..) => "\nTake an older backup, and look after the disk.",
        BackupError::Absent(_)
        | BackupError::Foreign(_)
        | BackupError::Io(..)
        | BackupError::Store(_) => "",
    };
    Failure::refused(format!("{error}.{advice}"))
}
