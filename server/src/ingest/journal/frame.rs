//! How a journal is framed: a mark, then each record after its length and its
//! checksum, so that the end of what was written whole is found after any crash.

use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom};

/// What a journal begins with; the digit is the version of this framing.
pub(super) const MAGIC: &[u8; 8] = b"chorusJ1";
/// Length of the mark.
pub(super) const HEADER: u64 = 8;
/// Bytes of a record at most: names of hosts and the rest take less than a tenth.
const LIMIT: usize = 16 * 1024;
/// Bytes before a record: its length and its checksum.
const PREFIX: usize = 8;

/// Appends a record to `into`.
pub(super) fn write(into: &mut Vec<u8>, record: &[u8]) -> io::Result<()> {
    let length = u32::try_from(record.len())
        .ok()
        .filter(|_| !record.is_empty() && record.len() <= LIMIT)
        .ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "a record is empty or too long"))?;
    into.extend_from_slice(&length.to_le_bytes());
    into.extend_from_slice(&crc32fast::hash(record).to_le_bytes());
    into.extend_from_slice(record);
    Ok(())
}

/// Whole records from `start` on, at most `most`, and where the next one begins.
pub(super) fn read(
    file: &File,
    start: u64,
    end: u64,
    most: usize,
) -> io::Result<(Vec<Vec<u8>>, u64)> {
    let (mut frames, mut at) = (Vec::new(), start);
    let mut reader = reader(file, start, end)?;
    while frames.len() < most
        && let Some(record) = next(&mut reader)?
    {
        at += length(&record);
        frames.push(record);
    }
    Ok((frames, at))
}

/// How many whole records a file of `length` bytes begins with, and where they
/// end; a file that does not begin with the mark holds none.
pub(super) fn intact(file: &File, end: u64) -> io::Result<(u64, u64)> {
    let mut mark = [0; MAGIC.len()];
    let marked = match reader(file, 0, end)?.read_exact(&mut mark) {
        Ok(()) => mark == *MAGIC,
        Err(cause) if cause.kind() == ErrorKind::UnexpectedEof => false,
        Err(cause) => return Err(cause),
    };
    if !marked {
        return Ok((0, 0));
    }
    let (mut records, mut at) = (0, HEADER);
    let mut reader = reader(file, HEADER, end)?;
    while let Some(record) = next(&mut reader)? {
        at += length(&record);
        records += 1;
    }
    Ok((records, at))
}

fn reader(mut file: &File, start: u64, end: u64) -> io::Result<impl Read> {
    file.seek(SeekFrom::Start(start))?;
    Ok(BufReader::new(file).take(end.saturating_sub(start)))
}

/// The next record; none where the file ends or is torn.
fn next(reader: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let (mut length, mut checksum) = ([0; 4], [0; 4]);
    if !fill(reader, &mut length)? || !fill(reader, &mut checksum)? {
        return Ok(None);
    }
    let length = usize::try_from(u32::from_le_bytes(length)).unwrap_or(usize::MAX);
    if length == 0 || length > LIMIT {
        return Ok(None);
    }
    let mut record = vec![0; length];
    let whole =
        fill(reader, &mut record)? && crc32fast::hash(&record) == u32::from_le_bytes(checksum);
    Ok(whole.then_some(record))
}

/// Fills `buffer`; false where there is not so much.
fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match reader.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(cause) if cause.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(cause) => Err(cause),
    }
}

fn length(record: &[u8]) -> u64 {
    u64::try_from(PREFIX + record.len()).unwrap_or(u64::MAX)
}
