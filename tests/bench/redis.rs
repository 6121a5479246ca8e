//! A Redis server of the run's own, and just enough of its protocol to ask for a sorted set
//! (redis.io/docs/reference/protocol-spec, RESP 2).

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::Context as _;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// How often and how many times its port is tried.
const GLANCES: (Duration, usize) = (Duration::from_millis(20), 500);

/// A server that keeps nothing; dropped, it ends.
pub struct Server {
    child: Child,
    port: u16,
    _folder: TempDir,
}

impl Server {
    /// Starts one; none where it is not installed.
    pub async fn start() -> anyhow::Result<Option<Self>> {
        let folder = tempfile::tempdir()?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?
            .local_addr()?
            .port();
        let started = Command::new("redis-server")
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
            .args(["--save", "", "--appendonly", "no", "--dir"])
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let child = match started {
            Ok(child) => child,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let server = Self {
            child,
            port,
            _folder: folder,
        };
        let (pause, times) = GLANCES;
        let mut glances = tokio::time::interval(pause);
        for _ in 0..times {
            glances.tick().await;
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Ok(Some(server));
            }
        }
        anyhow::bail!("redis-server does not listen")
    }

    /// A connection.
    pub async fn connect(&self) -> anyhow::Result<Connection> {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).await?;
        stream.set_nodelay(true)?;
        Ok(Connection(BufReader::new(stream)))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended needs neither.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What Redis answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Words.
    Text(String),
    /// A number.
    Number(i64),
    /// Several answers.
    List(Vec<Answer>),
    /// Nothing there.
    Nothing,
}

impl Answer {
    /// Every second part as a number: the scores of members with their scores.
    pub fn scores(&self) -> Vec<i64> {
        match self {
            Self::List(parts) => (parts.iter().skip(1).step_by(2))
                .filter_map(|part| match part {
                    Self::Text(text) => text.parse().ok(),
                    Self::Number(number) => Some(*number),
                    Self::List(_) | Self::Nothing => None,
                })
                .collect(),
            Self::Text(_) | Self::Number(_) | Self::Nothing => Vec::new(),
        }
    }
}

/// A connection to it.
pub struct Connection(BufReader<TcpStream>);

impl Connection {
    /// Sends commands in one go and gives an answer to each.
    pub async fn ask(&mut self, commands: &[Vec<String>]) -> anyhow::Result<Vec<Answer>> {
        let mut request = Vec::new();
        for command in commands {
            request.extend(format!("*{}\r\n", command.len()).bytes());
            for word in command {
                request.extend(format!("${}\r\n{word}\r\n", word.len()).bytes());
            }
        }
        self.0.get_mut().write_all(&request).await?;
        let mut answers = Vec::with_capacity(commands.len());
        for _ in commands {
            answers.push(self.answer().await?);
        }
        Ok(answers)
    }

    fn answer(&mut self) -> BoxFuture<'_, anyhow::Result<Answer>> {
        async move {
            let mut line = String::new();
            self.0.read_line(&mut line).await?;
            let line = line.trim_end();
            let kind = line.chars().next().context("Redis hung up")?;
            let rest = line.get(kind.len_utf8()..).unwrap_or_default();
            Ok(match kind {
                '+' => Answer::Text(rest.to_owned()),
                ':' => Answer::Number(rest.parse()?),
                '$' => match rest.parse::<i64>()? {
                    ..0 => Answer::Nothing,
                    length => {
                        // With the line's end.
                        let mut bytes = vec![0; usize::try_from(length)? + 2];
                        self.0.read_exact(&mut bytes).await?;
                        Answer::Text(String::from_utf8_lossy(&bytes).trim_end().to_owned())
                    }
                },
                '*' => {
                    let mut parts = Vec::new();
                    for _ in 0..rest.parse::<i64>()? {
                        parts.push(self.answer().await?);
                    }
                    Answer::List(parts)
                }
                _ => anyhow::bail!("Redis says {line}"),
            })
        }
        .boxed()
    }
}

/// Words of a command.
pub fn command(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
