//! Readers who follow links one after another, each coming from a page that
//! nobody else comes from: what was answered can be looked for in the database.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tests::links;

/// Requests of one reader at most: a test that goes wrong ends all the same.
const REQUESTS: u32 = 20_000;
/// Between two requests of one reader, so that others of this machine get on too.
const BREATH: Duration = Duration::from_millis(2);

/// A crowd that follows links until it is told to end or the server is gone.
pub struct Readers {
    threads: Vec<JoinHandle<Vec<String>>>,
    shared: Arc<Shared>,
}

/// When a reader follows the next link.
#[derive(Clone, Copy, Debug)]
pub enum Pace {
    /// So long after each answer.
    Resting(Duration),
    /// So often, at once where an answer came late.
    Every(Duration),
}

#[derive(Default)]
struct Shared {
    answers: AtomicUsize,
    over: AtomicBool,
}

impl Readers {
    /// Lets `count` readers at a server; `mark` tells this crowd from others.
    pub fn follow(address: &str, mark: &str, count: usize, links: u32) -> Self {
        Self::paced(address, mark, (count, links), Pace::Resting(BREATH))
    }

    /// The same at a pace of the caller's.
    pub fn paced(address: &str, mark: &str, (count, links): (usize, u32), pace: Pace) -> Self {
        let shared = Arc::new(Shared::default());
        let threads = (0..count)
            .map(|number| {
                let (address, shared) = (address.to_owned(), Arc::clone(&shared));
                let name = format!("{mark}-{number}");
                std::thread::spawn(move || reader(&address, &name, (links, pace), &shared))
            })
            .collect();
        Self { threads, shared }
    }

    /// How many redirects were answered so far.
    pub fn answers(&self) -> usize {
        self.shared.answers.load(Ordering::Relaxed)
    }

    /// Ends the crowd; gives everybody who was answered.
    pub fn end(self) -> Vec<String> {
        self.shared.over.store(true, Ordering::Relaxed);
        self.threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    }
}

fn reader(address: &str, name: &str, (links, pace): (u32, Pace), shared: &Shared) -> Vec<String> {
    let mut answered = Vec::new();
    // Each begins at another link, or those of a short crowd would all follow the same few.
    let first = name.bytes().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    }) % links;
    let began = Instant::now();
    let Ok(mut stream) = TcpStream::connect(address) else {
        return answered;
    };
    stream
        .set_read_timeout(Some(Duration::from_secs(40)))
        .unwrap();
    for number in 0..REQUESTS {
        if shared.over.load(Ordering::Relaxed) {
            break;
        }
        let host = format!("{name}-{number}.example");
        let code = links::code((first + number) % links);
        let request = format!(
            "GET /l/{code} HTTP/1.1\r\nHost: chorus\r\nUser-Agent: Mozilla/5.0 (X11) {name}\r\n\
             Referer: https://{host}/\r\n\r\n"
        );
        if stream.write_all(request.as_bytes()).is_err() {
            break;
        }
        // A server that was killed may cut an answer anywhere; only a whole one counts.
        let Some(answer) = answer(&mut stream) else {
            break;
        };
        assert!(answer.starts_with("HTTP/1.1 302"), "{answer}");
        answered.push(host);
        shared.answers.fetch_add(1, Ordering::Relaxed);
        let rest = match pace {
            Pace::Resting(rest) => rest,
            Pace::Every(every) => (every * (number + 1)).saturating_sub(began.elapsed()),
        };
        std::thread::sleep(rest);
    }
    answered
}

fn answer(stream: &mut TcpStream) -> Option<String> {
    let (mut answer, mut buffer) = (Vec::new(), [0; 4096]);
    while !answer.ends_with(b"\r\n\r\n") {
        let read = stream.read(&mut buffer).ok()?;
        if read == 0 {
            return None;
        }
        answer.extend_from_slice(&buffer[..read]);
    }
    Some(String::from_utf8(answer).unwrap())
}
