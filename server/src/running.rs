//! Where the running server is, and the operator's token: left in the data
//! directory for the commands of who may read it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Its name in the data directory.
const NAME: &str = "running.json";

/// What a running server leaves.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// Base URL of the internal listener.
    pub internal_url: String,
    /// Base URL of the public listener, as the world writes it.
    pub public_url: String,
    /// The operator's token, good on the internal listener.
    pub operator_token: String,
    /// The process.
    pub pid: u32,
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Running")
            .field("internal_url", &self.internal_url)
            .field("pid", &self.pid)
            .finish_non_exhaustive()
    }
}

/// Leaves it, readable by its owner only. Never half of it can be read.
pub fn write(data_dir: &Path, running: &Running) -> Result<(), io::Error> {
    let path = path(data_dir);
    let draft = path.with_extension(format!("json.{}", running.pid));
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&draft)?;
    file.write_all(&serde_json::to_vec_pretty(running)?)?;
    file.sync_all()?;
    fs::rename(&draft, &path)
}

/// What a server left; none if there is none. The server may have died since.
pub fn read(data_dir: &Path) -> Result<Option<Running>, io::Error> {
    match fs::read(path(data_dir)) {
        Ok(text) => Ok(Some(serde_json::from_slice(&text)?)),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(cause),
    }
}

/// Takes away what this process left.
pub fn remove(data_dir: &Path, pid: u32) -> Result<(), io::Error> {
    if read(data_dir)?.is_some_and(|running| running.pid == pid) {
        fs::remove_file(path(data_dir))?;
    }
    Ok(())
}

fn path(data_dir: &Path) -> PathBuf {
    data_dir.join(NAME)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_is_left_is_read_back_and_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()).unwrap(), None);
        let running = Running {
            internal_url: "http://127.0.0.1:1".into(),
            public_url: "http://127.0.0.1:2".into(),
            operator_token: "secret".into(),
            pid: 7,
        };
        write(folder.path(), &running).unwrap();
        assert_eq!(read(folder.path()).unwrap(), Some(running.clone()));
        let mode = fs::metadata(path(folder.path()))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(!format!("{running:?}").contains("secret"));
        remove(folder.path(), 8).unwrap();
        assert!(read(folder.path()).unwrap().is_some());
        remove(folder.path(), 7).unwrap();
        assert_eq!(read(folder.path()).unwrap(), None);
    }
}
