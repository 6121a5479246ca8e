//! The data directory: that its owner alone may read it, and that there is room.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use server_api::examination::Finding;

use crate::config::Config;
use crate::secrets::key_file;

/// Bytes that a busy day may take, and then some: below it the disk is soon full.
const LOW_ON_SPACE: u64 = 1 << 30;
/// Bytes below which a write may fail at any moment.
const OUT_OF_SPACE: u64 = 64 << 20;

/// Looks at the data directory as the user who runs this.
pub fn files(config: &Config) -> Vec<Finding> {
    const CHECK: &str = "files.data_dir";
    let folder = &config.data_dir;
    let place = folder.display();
    let metadata = match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => metadata,
        Ok(_) => {
            return vec![Finding::problem(
                CHECK,
                format!("{place} is no directory"),
                "Set data_dir to a directory of the user who runs the server.",
            )];
        }
        Err(cause) if cause.kind() == ErrorKind::NotFound => {
            return vec![Finding::warning(
                CHECK,
                format!("{place} is not there yet"),
                "`chorus setup` and `chorus serve` make it. If there should be one, see that \
                 data_dir names it.",
            )];
        }
        Err(cause) => return vec![unreadable(CHECK, folder, &cause)],
    };
    let mut findings = vec![private(CHECK, folder, &metadata)];
    findings.extend(key(config));
    findings.extend(database(config));
    findings.push(space(folder));
    findings
}

fn unreadable(check: &str, path: &Path, cause: &io::Error) -> Finding {
    Finding::problem(
        check,
        format!("{} cannot be read: {cause}", path.display()),
        "Run this as the user who runs the server.",
    )
}

/// That nobody but the owner may do anything with it.
fn private(check: &str, path: &Path, metadata: &Metadata) -> Finding {
    let mode = metadata.permissions().mode() & 0o777;
    let place = path.display();
    let of_others = mode & 0o077;
    if of_others == 0 {
        return Finding::ok(check, format!("{place} is its owner's alone"));
    }
    let right = if metadata.is_dir() { "700" } else { "600" };
    Finding::problem(
        check,
        format!("{place} is open to others (mode {mode:o})"),
        format!("Run `chmod {right} {place}`; if others used this machine, draw new secrets."),
    )
}

/// The key that lies there, where none is configured.
fn key(config: &Config) -> Option<Finding> {
    const CHECK: &str = "files.key";
    if config.secrets.keys.is_some() {
        return None;
    }
    let path = key_file::path(&config.data_dir);
    Some(
        match (fs::metadata(&path), key_file::present(&config.data_dir)) {
            (Ok(metadata), Ok(Some(_))) => private(CHECK, &path, &metadata),
            (Err(cause), _) if cause.kind() == ErrorKind::NotFound => Finding::warning(
                CHECK,
                format!("{} is not there yet", path.display()),
                "The first start draws it. If this database was in use before, put its key back first: \
             without it the bots' tokens do not open.",
            ),
            (_, Err(cause)) | (Err(cause), _) => unreadable(CHECK, &path, &cause),
            (Ok(_), Ok(None)) => return None,
        },
    )
}

fn database(config: &Config) -> Option<Finding> {
    const CHECK: &str = "files.database";
    let path = config.sqlite_file()?;
    let metadata = fs::metadata(&path).ok()?;
    Some(private(CHECK, &path, &metadata))
}

fn space(folder: &Path) -> Finding {
    const CHECK: &str = "files.space";
    match rustix::fs::statvfs(folder) {
        Ok(disk) => enough(folder, disk.f_bavail.saturating_mul(disk.f_frsize)),
        Err(cause) => unreadable(CHECK, folder, &cause.into()),
    }
}

fn enough(folder: &Path, free: u64) -> Finding {
    const CHECK: &str = "files.space";
    let summary = format!("{} MiB are free at {}", free >> 20, folder.display());
    let advice = "Make room, or move the data directory to a larger disk.";
    if free < OUT_OF_SPACE {
        Finding::problem(CHECK, summary, advice)
    } else if free < LOW_ON_SPACE {
        Finding::warning(CHECK, summary, advice)
    } else {
        Finding::ok(CHECK, summary)
    }
}

#[cfg(test)]
mod tests {
    use server_api::examination::Verdict;

    use super::*;
    use crate::app::build;

    fn verdict(findings: &[Finding], check: &str) -> Option<Verdict> {
        let found = findings.iter().find(|finding| finding.check == check);
        found.map(|finding| finding.verdict)
    }

    #[tokio::test]
    async fn files_that_others_may_read_are_told_one_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let config = Config::parse(&format!("data_dir = {data:?}"), []).unwrap();
        assert_eq!(
            verdict(&files(&config), "files.data_dir"),
            Some(Verdict::Warning),
            "before the first start"
        );
        drop(build(config.clone()).await.unwrap());
        for check in ["files.data_dir", "files.key", "files.database"] {
            assert_eq!(
                verdict(&files(&config), check),
                Some(Verdict::Ok),
                "{check}"
            );
        }
        let open = |name: &str, mode| {
            let path = data.join(name);
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        for (check, name, good) in [
            ("files.data_dir", "", 0o700),
            ("files.key", "secret.key", 0o600),
            ("files.database", "chorus.sqlite", 0o600),
        ] {
            open(name, 0o755);
            assert_eq!(
                verdict(&files(&config), check),
                Some(Verdict::Problem),
                "{check}"
            );
            open(name, good);
        }
        fs::write(data.join("secret.key"), "oops").unwrap();
        assert_eq!(
            verdict(&files(&config), "files.key"),
            Some(Verdict::Problem)
        );
    }

    #[test]
    fn a_disk_that_fills_up_is_told_before_it_is_full() {
        let of = |free| enough(Path::new("/"), free).verdict;
        assert_eq!(of(LOW_ON_SPACE), Verdict::Ok);
        assert_eq!(of(LOW_ON_SPACE - 1), Verdict::Warning);
        assert_eq!(of(OUT_OF_SPACE - 1), Verdict::Problem);
    }
}
