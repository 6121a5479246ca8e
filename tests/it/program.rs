//! The real binary as child processes in a folder of their own; each is waited for
//! within bounds, and none outlives its test.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use server::running::{self, Running};
use tempfile::{NamedTempFile, TempDir};

/// The binary: `chorus` with nothing added.
const PROGRAM: &str = env!("CARGO_BIN_EXE_chorus-under-test");
/// How long a child may take for anything, on a busy machine; a server that was
/// asked to stop cuts itself off before.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often it is looked at.
const GLANCE: Duration = Duration::from_millis(20);

/// A folder with a configuration, where commands are typed.
pub struct Place {
    folder: TempDir,
}

impl Place {
    /// A folder with a good `chorus.toml`: SQLite, no chat, any free ports.
    pub fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        place.write("chorus.toml", &place.configuration("data"));
        place
    }

    /// A good configuration that keeps its files in `data`.
    pub fn configuration(&self, data: &str) -> String {
        format!(
            "data_dir = \"{}\"\n[web]\nlisten = \"127.0.0.1:0\"\n\
             [internal]\nlisten = \"127.0.0.1:0\"\n[worker]\npoll_milliseconds = 50\n",
            self.path(data).display()
        )
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Leaves a file in the folder.
    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        Process::start(self.folder.path(), arguments).ends()
    }

    /// Runs a command that must succeed, and gives what it said.
    pub fn says(&self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments);
        assert_eq!(outcome.code, Some(0), "{arguments:?}: {outcome:?}");
        outcome.said
    }

    /// The same in JSON.
    pub fn tells(&self, arguments: &[&str]) -> Value {
        let said = self.says(&[arguments, &["--json"]].concat());
        serde_json::from_str(&said).unwrap()
    }

    /// What a running server left for commands, if it did.
    pub fn running(&self) -> Option<Running> {
        running::read(&self.path("data")).unwrap()
    }

    /// Starts a process and waits for nothing.
    pub fn start(&self, arguments: &[&str]) -> Process {
        Process::start(self.folder.path(), arguments)
    }

    /// Starts a server and waits until commands find it.
    pub fn serve(&self) -> Serving {
        self.served(Process::start(self.folder.path(), &["serve"]))
    }

    /// The same where no file may grow beyond so many bytes, until it is given room.
    pub fn serve_within(&self, bytes: u64) -> Serving {
        // A shell counts blocks of 512 bytes; without the signal, writing fails.
        let line = format!(
            "trap '' XFSZ; ulimit -S -f {}; exec {PROGRAM} serve",
            bytes / 512
        );
        let mut command = Command::new("/bin/sh");
        command.args(["-c", &line]);
        self.served(Process::spawn(self.folder.path(), command))
    }

    /// The same where it tells all that it can should it crash, but leaves no image of its memory.
    pub fn serve_with_backtraces(&self) -> Serving {
        let line = format!(
            "ulimit -c 0; RUST_BACKTRACE=full; export RUST_BACKTRACE; exec {PROGRAM} serve"
        );
        let mut command = Command::new("/bin/sh");
        command.args(["-c", &line]);
        self.served(Process::spawn(self.folder.path(), command))
    }

    fn served(&self, mut process: Process) -> Serving {
        let pid = process.child.id();
        let running = wait("the server leaves word of itself", || {
            if let Some(outcome) = process.ended() {
                panic!("the server ended at once: {outcome:?}");
            }
            self.running().filter(|running| running.pid == pid)
        });
        Serving {
            process,
            internal: running.internal_url.replace("http://", ""),
        }
    }
}

/// How a command ended.
#[derive(Debug)]
pub struct Outcome {
    /// Its exit code; none if a signal ended it.
    pub code: Option<i32>,
    /// Its standard output.
    pub said: String,
    /// Its standard error.
    pub complained: String,
}

/// A server that runs.
pub struct Serving {
    process: Process,
    /// Address and port of its internal listener.
    pub internal: String,
}

impl Serving {
    /// Its process.
    pub fn pid(&self) -> u32 {
        self.process.child.id()
    }

    /// Address and port of its public listener, as it greets with it.
    pub fn public(&self) -> String {
        let greeting = fs::read_to_string(self.process.said.path()).unwrap();
        let (_, after) = greeting.split_once("public    http://").unwrap();
        after.split(',').next().unwrap().to_owned()
    }

    /// From now on no file may grow beyond so many bytes.
    pub fn take_room(&self, bytes: u64) {
        self.limit(&bytes.to_string());
    }

    /// Lets files grow again as they like.
    pub fn give_room(&self) {
        self.limit("unlimited");
    }

    fn limit(&self, room: &str) {
        let limit = format!("--fsize={room}:");
        let status = Command::new("prlimit")
            .args(["--pid", &self.pid().to_string(), &limit])
            .status()
            .unwrap();
        assert!(status.success());
    }

    /// Asks it to stop, as a service manager does, and waits until it has.
    pub fn terminate(self) -> Outcome {
        self.gets("TERM")
    }

    /// Lets it crash in the midst of its work, as by a fault of its own.
    pub fn abort(self) -> Outcome {
        self.gets("ABRT")
    }

    fn gets(self, signal: &str) -> Outcome {
        let kill = format!("kill -{signal} {}", self.pid());
        let status = Command::new("sh").args(["-c", &kill]).status().unwrap();
        assert!(status.success());
        self.process.ends()
    }

    /// Ends it without a word.
    pub fn kill_nine(mut self) -> Outcome {
        self.process.child.kill().unwrap();
        self.process.ends()
    }
}

/// What `address` answers on `path`, or that nobody listens there.
pub fn get(address: &str, path: &str) -> Option<String> {
    let address: SocketAddr = address.parse().unwrap();
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    Some(answer)
}

/// A child; dropped, it is killed.
pub struct Process {
    child: Child,
    said: NamedTempFile,
    complained: NamedTempFile,
}

impl Process {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        // A file that may not grow is an error like a full disk, not the end of the process.
        let line = "trap '' XFSZ; exec \"$0\" \"$@\"";
        let mut command = Command::new("/bin/sh");
        command.args(["-c", line, PROGRAM]).args(arguments);
        Self::spawn(folder, command)
    }

    fn spawn(folder: &Path, mut command: Command) -> Self {
        let (said, complained) = (NamedTempFile::new().unwrap(), NamedTempFile::new().unwrap());
        let child = command
            .current_dir(folder)
            // Whatever configures the machine's own Chorus is not ours.
            .env_clear()
            .stdin(Stdio::null())
            .stdout(said.reopen().unwrap())
            .stderr(complained.reopen().unwrap())
            .spawn()
            .unwrap();
        Self {
            child,
            said,
            complained,
        }
    }

    /// The number under which the system knows it.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it wrote to its log so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.complained.path()).unwrap()
    }

    /// Ends it without a word.
    pub fn kill_nine(mut self) -> Outcome {
        self.child.kill().unwrap();
        self.ends()
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<Outcome> {
        let status = self.child.try_wait().unwrap()?;
        Some(Outcome {
            code: status.code(),
            said: fs::read_to_string(self.said.path()).unwrap(),
            complained: fs::read_to_string(self.complained.path()).unwrap(),
        })
    }

    fn ends(mut self) -> Outcome {
        wait("the command ends", || self.ended())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that has ended needs neither.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Waits until something is so.
pub fn until(what: &str, mut is: impl FnMut() -> bool) {
    wait(what, || is().then_some(()));
}

fn wait<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        std::thread::sleep(GLANCE);
    }
}
