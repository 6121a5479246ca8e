//! One connection of a client: its requests, each carried to the platform on a connection
//! of its own, and what becomes of them.

use std::io::{Error, ErrorKind, Result};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;

use super::plan::Fault;
use super::{Desk, answers};

/// Longest head that is read.
const MAX_HEAD: usize = 64 * 1024;
/// Headers of a request, at most.
const MAX_HEADERS: usize = 64;
/// How long a request waits to be overtaken.
const OVERTAKEN_WITHIN: Duration = Duration::from_secs(1);
/// Pieces of a slow body, and the pause between two.
const PIECES: usize = 8;
const BETWEEN_PIECES: Duration = Duration::from_millis(60);

/// A request as it was read.
struct Request {
    /// Method and path.
    line: String,
    is_upgrade: bool,
    /// Head and body.
    bytes: Vec<u8>,
    /// Where the body begins.
    body_at: usize,
}

/// Serves a connection until either side ends it.
pub(super) async fn serve(mut client: TcpStream, desk: &Desk) -> Result<()> {
    client.set_nodelay(true)?;
    let mut read = Vec::new();
    while let Some(request) = next(&mut client, &mut read).await? {
        if request.is_upgrade {
            let mut platform = TcpStream::connect(desk.upstream).await?;
            platform.write_all(&request.bytes).await?;
            platform.write_all(&read).await?;
            copy_bidirectional(&mut client, &mut platform).await?;
            return Ok(());
        }
        if !carry(&mut client, &request, desk).await? {
            return Ok(());
        }
    }
    Ok(())
}

/// Does with a request what the plan says; whether the connection goes on.
async fn carry(client: &mut TcpStream, request: &Request, desk: &Desk) -> Result<bool> {
    let on_the_way = OnTheWay::begin(&desk.on_the_way);
    let fault = desk.deal(&request.line);
    rest(desk.lag()).await;
    match fault {
        Some(Fault::Silence) => {
            drop(on_the_way);
            return silence(client).await;
        }
        Some(Fault::ResetBefore) => return reset(client),
        Some(Fault::Overtaken) => overtaken(desk).await,
        Some(
            Fault::TooMany
            | Fault::TooManyUnsaid
            | Fault::ServerError
            | Fault::BadGateway
            | Fault::Swallowed
            | Fault::ResetAfter
            | Fault::SlowBody
            | Fault::Duplicate,
        )
        | None => {}
    }
    let own = fault.and_then(|fault| answers::of(fault, desk.chat, desk.wait()));
    let is_let_through = own.is_none() || fault == Some(Fault::BadGateway);
    let answer = if is_let_through {
        let answer = ask(request, desk).await?;
        if fault == Some(Fault::Duplicate) {
            ask(request, desk).await?;
        }
        desk.carried.send_modify(|count| *count += 1);
        own.unwrap_or(answer)
    } else {
        own.unwrap_or_default()
    };
    rest(desk.lag()).await;
    drop(on_the_way);
    match fault {
        Some(Fault::Swallowed) => silence(client).await,
        Some(Fault::ResetAfter) => reset(client),
        Some(Fault::SlowBody) => slowly(client, &answer).await,
        Some(
            Fault::TooMany
            | Fault::TooManyUnsaid
            | Fault::ServerError
            | Fault::BadGateway
            | Fault::Silence
            | Fault::ResetBefore
            | Fault::Duplicate
            | Fault::Overtaken,
        )
        | None => {
            client.write_all(&answer).await?;
            Ok(true)
        }
    }
}

/// Sends an answer in pieces, with a rest after each.
async fn slowly(client: &mut TcpStream, answer: &[u8]) -> Result<bool> {
    for piece in answer.chunks(answer.len().div_ceil(PIECES).max(1)) {
        client.write_all(piece).await?;
        rest(BETWEEN_PIECES).await;
    }
    Ok(true)
}

/// Says nothing until the client has had enough.
async fn silence(client: &mut TcpStream) -> Result<bool> {
    let mut ignored = [0; 1024];
    while client.read(&mut ignored).await? > 0 {}
    Ok(false)
}

/// Ends the connection as a crash does: with a reset, not in order.
fn reset(client: &TcpStream) -> Result<bool> {
    client.set_zero_linger()?;
    Ok(false)
}

/// Waits until another request has been carried; not for good, since none may come.
async fn overtaken(desk: &Desk) {
    let mut carried = desk.carried.subscribe();
    carried.mark_unchanged();
    tokio::select! {
        _ = carried.changed() => {}
        () = rest(OVERTAKEN_WITHIN) => {}
    }
}

/// Asks the platform and gives its whole answer.
async fn ask(request: &Request, desk: &Desk) -> Result<Vec<u8>> {
    let mut platform = TcpStream::connect(desk.upstream).await?;
    let head = request.bytes.get(..request.body_at).unwrap_or_default();
    let body = request.bytes.get(request.body_at..).unwrap_or_default();
    platform
        .write_all(&[&with_close(head), body].concat())
        .await?;
    let mut answer = Vec::new();
    platform.read_to_end(&mut answer).await?;
    Ok(without_close(&answer))
}

/// The head asking to end the connection after the answer, so that its end is seen.
fn with_close(head: &[u8]) -> Vec<u8> {
    let kept = head.strip_suffix(b"\r\n").unwrap_or(head);
    [kept, b"connection: close\r\n\r\n"].concat()
}

/// The answer without the word that the connection ends: the client's goes on.
fn without_close(answer: &[u8]) -> Vec<u8> {
    const CLOSE: &[u8] = b"connection: close\r\n";
    let end = head_end(answer).unwrap_or(answer.len());
    let at = answer
        .windows(CLOSE.len())
        .take(end)
        .position(|part| part.eq_ignore_ascii_case(CLOSE));
    match at.and_then(|at| Some((answer.get(..at)?, answer.get(at + CLOSE.len()..)?))) {
        Some((before, after)) => [before, after].concat(),
        None => answer.to_vec(),
    }
}

/// Reads the next request; what was read beyond it stays in `read`. None at the end.
async fn next(client: &mut TcpStream, read: &mut Vec<u8>) -> Result<Option<Request>> {
    let body_at = loop {
        if let Some(end) = head_end(read) {
            break end;
        }
        if read.len() > MAX_HEAD || client.read_buf(read).await? == 0 {
            return Ok(None);
        }
    };
    let (line, is_upgrade, length) = parse(read.get(..body_at).unwrap_or_default())?;
    while read.len() < body_at + length {
        if client.read_buf(read).await? == 0 {
            return Ok(None);
        }
    }
    let rest = read.split_off(body_at + length);
    Ok(Some(Request {
        line,
        is_upgrade,
        bytes: std::mem::replace(read, rest),
        body_at,
    }))
}

fn head_end(bytes: &[u8]) -> Option<usize> {
    let at = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some(at + 4)
}

/// Method and path, whether it asks for another protocol, and the body's length.
fn parse(head: &[u8]) -> Result<(String, bool, usize)> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    request
        .parse(head)
        .map_err(|error| Error::new(ErrorKind::InvalidData, error))?;
    let path = request.path.unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    let line = format!("{} {path}", request.method.unwrap_or_default());
    let header = |name: &str| {
        let mut all = request.headers.iter();
        let found = all.find(|header| header.name.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(found.value).ok()
    };
    if header("transfer-encoding").is_some() {
        // No client of ours sends bodies of unknown length.
        return Err(Error::new(ErrorKind::Unsupported, "a body in pieces"));
    }
    let length = header("content-length").and_then(|text| text.parse().ok());
    Ok((line, header("upgrade").is_some(), length.unwrap_or(0)))
}

/// A request on its way, counted until it is dropped.
struct OnTheWay<'a>(&'a AtomicUsize);

impl<'a> OnTheWay<'a> {
    fn begin(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for OnTheWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a line takes real time, as real clients measure it"
)]
async fn rest(time: Duration) {
    if !time.is_zero() {
        tokio::time::sleep(time).await;
    }
}
