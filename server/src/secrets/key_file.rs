//! The key that the server keeps by itself where none is configured.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::keys::{Key, Keys};
use crate::chance::Chance;

/// Its name in the data directory.
const NAME: &str = "secret.key";

/// Where the keys lie.
pub fn path(data_dir: &Path) -> PathBuf {
    data_dir.join(NAME)
}

/// The keys in the data directory, one a line; a new one where there is none.
pub fn keys(data_dir: &Path, chance: &Chance) -> Result<Keys, io::Error> {
    match present(data_dir)? {
        Some(keys) => Ok(keys),
        None => parse(&path(data_dir), &draw(&path(data_dir), chance)?),
    }
}

/// The keys in the data directory, if there are any.
pub fn present(data_dir: &Path) -> Result<Option<Keys>, io::Error> {
    let path = path(data_dir);
    match std::fs::read_to_string(&path) {
        Ok(text) => parse(&path, &text).map(Some),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(cause),
    }
}

fn parse(path: &Path, text: &str) -> Result<Keys, io::Error> {
    let keys: Option<Vec<Key>> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| Some(Key::new(STANDARD.decode(line).ok()?.try_into().ok()?)))
        .collect();
    keys.and_then(Keys::new).ok_or_else(|| {
        let words = format!("{} holds no key of 32 bytes in base64", path.display());
        io::Error::new(io::ErrorKind::InvalidData, words)
    })
}

fn draw(path: &Path, chance: &Chance) -> Result<String, io::Error> {
    let text = format!("{}\n", STANDARD.encode(chance.bytes::<32>()));
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_key_is_drawn_once_and_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let first = keys(folder.path(), &Chance::seeded(1)).unwrap();
        let second = keys(folder.path(), &Chance::seeded(2)).unwrap();
        assert_eq!(first.mac("x", &[b"y"]), second.mac("x", &[b"y"]));
        let mode = std::fs::metadata(folder.path().join(NAME))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_damaged_key_file_is_refused_rather_than_replaced() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(NAME), "oops").unwrap();
        assert!(keys(folder.path(), &Chance::seeded(1)).is_err());
    }
}
