//! The generator of load: so many connections to loopback, each asking for one
//! link after another and reading just as much of the answer as it must.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use tests::links;

/// What browsers call themselves; readers differ in it and in their address.
const BROWSERS: [&str; 4] = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
];
/// An answer with its headers is shorter.
const ANSWER: usize = 4 * 1024;

/// What readers ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// A link.
    Link,
    /// Whether there is a link that cannot be: all that a link costs, but to know the reader
    /// again and to store the hit.
    NoLink,
}

impl Question {
    /// How the right answer begins.
    fn answer(self) -> &'static [u8] {
        match self {
            Self::Link => b"HTTP/1.1 30",
            Self::NoLink => b"HTTP/1.1 404",
        }
    }
}

/// A load to be put on a server.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// What is asked.
    pub question: Question,
    /// Where the server listens.
    pub address: SocketAddr,
    /// Connections, each with one request at a time.
    pub connections: usize,
    /// Links that are asked for.
    pub codes: u32,
    /// How long it runs before the clock does.
    pub warm_up: Duration,
    /// How long the clock runs.
    pub time: Duration,
    /// Requests at most.
    pub requests: Option<u64>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Answers in all.
    pub all: u64,
    answers: u64,
    time: Duration,
    processor: Duration,
    waits: Vec<u32>,
}

impl Outcome {
    /// Adds what came of another round.
    pub fn add(&mut self, other: Self) {
        self.all += other.all;
        self.answers += other.answers;
        self.time += other.time;
        self.processor += other.processor;
        self.waits.extend(other.waits);
    }

    /// Answers a second.
    pub fn rate(&self) -> f64 {
        count(self.answers) / self.time.as_secs_f64()
    }

    /// Processor time an answer.
    pub fn each(&self) -> Duration {
        self.processor.div_f64(count(self.answers.max(1)))
    }

    /// So long waited the given part of the readers at most.
    pub fn percentile(&self, part: f64) -> Duration {
        let mut waits = self.waits.clone();
        waits.sort_unstable();
        let last = waits.len().saturating_sub(1);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a place in a list of some hundred thousand"
        )]
        let place = (last as f64 * part) as usize;
        let micros = waits.get(place).copied().unwrap_or_default();
        Duration::from_micros(u64::from(micros))
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn count(of: u64) -> f64 {
    of as f64
}

/// What the connections share.
#[derive(Debug, Default)]
struct Shared {
    asked: AtomicU64,
    measuring: AtomicBool,
    over: AtomicBool,
}

impl Load {
    /// Asks for every link once, so that what is measured afterwards is remembered; gives the
    /// answers.
    pub fn once(self) -> anyhow::Result<u64> {
        let walking = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?
                .block_on(self.walk_all())
        });
        walking
            .join()
            .map_err(|_| anyhow::anyhow!("the generator broke"))?
    }

    async fn walk_all(self) -> anyhow::Result<u64> {
        let mut connections = JoinSet::new();
        for number in 0..self.connections {
            connections.spawn(self.walk(number));
        }
        let mut answers = 0;
        while let Some(ended) = connections.join_next().await {
            answers += ended??;
        }
        Ok(answers)
    }

    /// One connection's part of the links.
    async fn walk(self, number: usize) -> anyhow::Result<u64> {
        let mut stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let reader = Reader::new(number, self);
        let (mut request, mut answer) = (Vec::new(), [0; ANSWER]);
        let mut answers = 0;
        for code in (u32::try_from(number)?..self.codes).step_by(self.connections) {
            reader.ask(code, &mut request);
            stream.write_all(&request).await?;
            receive(&mut stream, &mut answer, self.question).await?;
            answers += 1;
        }
        Ok(answers)
    }

    /// Runs it in a thread of its own; `processor` tells the time that the
    /// server has used so far.
    pub fn run(self, processor: impl Fn() -> anyhow::Result<Duration>) -> anyhow::Result<Outcome> {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        let generator = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?
                .block_on(self.generate(theirs))
        });
        std::thread::sleep(self.warm_up);
        shared.measuring.store(true, Ordering::Relaxed);
        let (began, used) = (Instant::now(), processor()?);
        std::thread::sleep(self.time);
        shared.measuring.store(false, Ordering::Relaxed);
        let (time, processor) = (began.elapsed(), processor()?.saturating_sub(used));
        shared.over.store(true, Ordering::Relaxed);
        let mut outcome = generator
            .join()
            .map_err(|_| anyhow::anyhow!("the generator broke"))??;
        outcome.time = time;
        outcome.processor = processor;
        Ok(outcome)
    }

    async fn generate(self, shared: Arc<Shared>) -> anyhow::Result<Outcome> {
        let mut connections = JoinSet::new();
        for number in 0..self.connections {
            connections.spawn(self.connection(number, Arc::clone(&shared)));
        }
        let mut outcome = Outcome::default();
        while let Some(ended) = connections.join_next().await {
            outcome.add(ended??);
        }
        ensure!(outcome.all > 0, "nothing was answered");
        Ok(outcome)
    }

    async fn connection(self, number: usize, shared: Arc<Shared>) -> anyhow::Result<Outcome> {
        let mut stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let mut reader = Reader::new(number, self);
        let (mut request, mut answer) = (Vec::new(), [0; ANSWER]);
        let mut outcome = Outcome::default();
        while !shared.over.load(Ordering::Relaxed) {
            let asked = shared.asked.fetch_add(1, Ordering::Relaxed);
            if self.requests.is_some_and(|most| asked >= most) {
                break;
            }
            reader.next(&mut request);
            let began = Instant::now();
            stream.write_all(&request).await?;
            receive(&mut stream, &mut answer, self.question).await?;
            outcome.all += 1;
            if shared.measuring.load(Ordering::Relaxed) {
                outcome.answers += 1;
                let waited = u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX);
                outcome.waits.push(waited);
            }
        }
        Ok(outcome)
    }
}

/// Reads an answer that has no body, and says so if it is not the right one.
async fn receive(
    stream: &mut TcpStream,
    answer: &mut [u8; ANSWER],
    question: Question,
) -> anyhow::Result<()> {
    let mut filled = 0;
    loop {
        let rest = answer.get_mut(filled..).context("an answer is too long")?;
        let read = stream.read(rest).await?;
        ensure!(read > 0, "the server hung up");
        filled += read;
        let so_far = answer.get(..filled).unwrap_or_default();
        if so_far.ends_with(b"\r\n\r\n") {
            if !so_far.starts_with(question.answer()) {
                bail!("not what was asked: {}", String::from_utf8_lossy(so_far));
            }
            return Ok(());
        }
    }
}

/// Somebody who clicks one link after another, each time from another address.
struct Reader {
    state: u64,
    codes: u32,
    question: Question,
}

impl Reader {
    fn new(number: usize, load: Load) -> Self {
        let number = u64::try_from(number).unwrap_or_default();
        Self {
            state: (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15),
            codes: load.codes,
            question: load.question,
        }
    }

    /// The next request.
    fn next(&mut self, request: &mut Vec<u8>) {
        // Marsaglia's xorshift: cheap, and even enough.
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        let [.., five, six, seven, eight] = self.state.to_le_bytes();
        let code = u32::from_le_bytes([five, six, seven, eight]) % self.codes.max(1);
        self.ask(code, request);
    }

    /// A request for one link.
    fn ask(&self, code: u32, request: &mut Vec<u8>) {
        use std::io::Write as _;
        let [one, two, three, four, ..] = self.state.to_le_bytes();
        let browser = usize::from(one) % BROWSERS.len();
        let address = Ipv4Addr::new(10, two, three, four);
        request.clear();
        // Asked by HEAD, a page about a link that is not there has no body either.
        let (method, code) = match self.question {
            Question::Link => ("GET", links::code(code)),
            Question::NoLink => ("HEAD", "none".to_owned()),
        };
        // Writing to memory cannot fail.
        let _ = write!(
            request,
            "{method} /l/{code} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: {}\r\nAccept: text/html\r\n\
             Accept-Language: en\r\nReferer: https://www.linkedin.com/feed/\r\n\
             X-Forwarded-For: {address}\r\n\r\n",
            BROWSERS.get(browser).copied().unwrap_or_default(),
        );
    }
}
