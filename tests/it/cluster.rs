//! A `PostgreSQL` of a test's own, which it may take away.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A `PostgreSQL` of the test's own; dropped, it ends.
pub struct Cluster {
    folder: TempDir,
    port: u16,
}

impl Cluster {
    /// Starts one on a free port.
    pub fn start() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let folder = tempfile::tempdir().unwrap();
        // What is in it belongs to another account, which must get through.
        let open = Command::new("chmod").arg("755").arg(folder.path()).status();
        assert!(open.unwrap().success());
        let cluster = Self { folder, port };
        cluster.resume();
        cluster
    }

    /// Its database.
    pub fn url(&self) -> String {
        format!("postgres://chorus@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it again, with what it held.
    pub fn resume(&self) {
        let done = script(&["start", &self.data(), &self.port.to_string()]);
        assert!(done.status.success(), "{done:?}");
    }

    /// Takes it away at once; its files stay.
    pub fn stop(&self) {
        let done = script(&["stop", &self.data()]);
        assert!(done.status.success(), "{done:?}");
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // A test may leave it stopped.
        drop(script(&["stop", &self.data()]));
    }
}

fn script(arguments: &[&str]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("postgres");
    Command::new(script).args(arguments).output().unwrap()
}
