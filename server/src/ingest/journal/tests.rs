//! Tests of the journal.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::test_support::traffic::hits;

const MEGABYTE: u64 = 1024 * 1024;

/// Everything that a new process finds in a folder.
fn found(folder: &Path) -> Vec<hit::Model> {
    let mut journal = Journal::new(folder, MEGABYTE);
    journal.adopt().unwrap();
    all(&mut journal)
}

fn all(journal: &mut Journal) -> Vec<hit::Model> {
    let mut rows = Vec::new();
    while let Some(chunk) = journal.oldest(3).unwrap() {
        assert_eq!(chunk.unreadable, 0);
        rows.extend(chunk.rows.iter().cloned());
        journal.drained(&chunk);
    }
    rows
}

fn file(folder: &Path) -> PathBuf {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(files.len(), 1);
    files.remove(0)
}

#[test]
fn a_journal_gives_back_in_order_what_it_took_and_goes_away_when_drained() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = Journal::new(folder.path(), MEGABYTE);
    let rows = hits(10);
    journal.append(&rows[..4]).unwrap();
    journal.append(&rows[4..]).unwrap();
    assert_eq!(journal.hits(), 10);
    let path = file(folder.path());
    assert_eq!(fs::metadata(&path).unwrap().len(), journal.bytes());
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(all(&mut journal), rows);
    assert!(journal.is_empty() && !path.exists());
}

#[test]
fn a_journal_of_a_process_that_lives_is_left_alone_and_taken_up_when_it_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let rows = hits(6);
    let mut first = Journal::new(folder.path(), MEGABYTE);
    first.append(&rows[..3]).unwrap();
    assert!(found(folder.path()).is_empty());
    drop(first);
    let mut second = Journal::new(folder.path(), MEGABYTE);
    second.adopt().unwrap();
    second.append(&rows[3..]).unwrap();
    assert_eq!(all(&mut second), rows);
}

#[test]
fn a_journal_takes_no_more_than_its_limit_and_keeps_what_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = Journal::new(folder.path(), 4_096);
    let rows = hits(100);
    journal.append(&rows[..3]).unwrap();
    let refused = journal.append(&rows[3..]).unwrap_err();
    assert_eq!(refused.kind(), io::ErrorKind::StorageFull);
    assert_eq!(all(&mut journal), rows[..3]);
}

#[test]
fn what_the_disk_did_not_confirm_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = Journal::new(folder.path(), MEGABYTE);
    let rows = hits(9);
    journal.append(&rows[..3]).unwrap();
    let before = journal.bytes();
    // It tells how much was written when it was asked to sync.
    journal.sync = |file| Err(io::Error::other(file.metadata()?.len().to_string()));
    let refused = journal.append(&rows[3..7]).unwrap_err();
    let written: u64 = refused.to_string().parse().unwrap();
    assert!(written > before, "synced before it was written");
    assert_eq!((journal.hits(), journal.bytes()), (3, before));
    journal.sync = File::sync_data;
    journal.append(&rows[7..]).unwrap();
    let kept = [&rows[..3], &rows[7..]].concat();
    assert_eq!(all(&mut journal), kept);
}

#[test]
fn what_is_whole_but_no_hit_is_passed_over_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let rows = hits(1);
    let mut bytes = frame::MAGIC.to_vec();
    frame::write(&mut bytes, b"{}").unwrap();
    frame::write(&mut bytes, &record::write(&rows[0]).unwrap()).unwrap();
    fs::write(folder.path().join("hits-0007.journal"), bytes).unwrap();
    let mut journal = Journal::new(folder.path(), MEGABYTE);
    journal.adopt().unwrap();
    let chunk = journal.oldest(9).unwrap().unwrap();
    assert_eq!((chunk.rows, chunk.unreadable), (rows, 1));
}

#[test]
fn the_hits_behind_a_file_that_was_damaged_meanwhile_are_told_and_not_awaited_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = Journal::new(folder.path(), MEGABYTE);
    journal.append(&hits(5)).unwrap();
    let path = file(folder.path());
    let mut bytes = fs::read(&path).unwrap();
    bytes[20] ^= 1;
    File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .write_all(&bytes)
        .unwrap();
    let chunk = journal.oldest(9).unwrap().unwrap();
    assert_eq!((chunk.rows.len(), chunk.unreadable), (0, 5));
    journal.drained(&chunk);
    assert!(journal.oldest(9).unwrap().is_none());
}

/// What may befall a file.
#[derive(Clone, Debug)]
enum Damage {
    /// Its end is missing.
    Torn(Index),
    /// One byte is another.
    Changed(Index, u8),
    /// Something was written behind it.
    Longer(Vec<u8>),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        any::<Index>().prop_map(Damage::Torn),
        (any::<Index>(), 1..=u8::MAX).prop_map(|(at, by)| Damage::Changed(at, by)),
        proptest::collection::vec(any::<u8>(), 1..200).prop_map(Damage::Longer),
    ]
}

proptest! {
    #[test]
    fn a_torn_or_damaged_file_yields_the_hits_before_the_damage(count in 1_u64..12, damage in damage()) {
        let folder = tempfile::tempdir().unwrap();
        let rows = hits(count);
        let mut ends = Vec::new();
        let mut journal = Journal::new(folder.path(), MEGABYTE);
        for row in &rows {
            journal.append(std::slice::from_ref(row)).unwrap();
            ends.push(usize::try_from(journal.bytes()).unwrap());
        }
        drop(journal);
        let path = file(folder.path());
        let mut bytes = fs::read(&path).unwrap();
        let at = match damage {
            Damage::Torn(at) => {
                let at = at.index(bytes.len());
                bytes.truncate(at);
                at
            }
            Damage::Changed(at, by) => {
                let at = at.index(bytes.len());
                bytes[at] ^= by;
                at
            }
            Damage::Longer(more) => {
                let at = bytes.len();
                bytes.extend(more);
                at
            }
        };
        fs::write(&path, bytes).unwrap();
        // A damaged mark leaves nothing that could be trusted.
        let whole = if at < frame::MAGIC.len() { 0 } else { ends.iter().filter(|end| **end <= at).count() };
        let found = found(folder.path());
        prop_assert_eq!(&found, &rows[..whole]);
    }

    #[test]
    fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400), marked: bool) {
        let folder = tempfile::tempdir().unwrap();
        let mut whole = if marked { frame::MAGIC.to_vec() } else { Vec::new() };
        whole.extend(bytes);
        fs::write(folder.path().join("hits-0000.journal"), whole).unwrap();
        let mut journal = Journal::new(folder.path(), MEGABYTE);
        journal.adopt().unwrap();
        while let Some(chunk) = journal.oldest(2).unwrap() {
            journal.drained(&chunk);
        }
        prop_assert!(journal.is_empty());
    }
}
