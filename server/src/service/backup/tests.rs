//! Tests of backups on files; `tests/it/backup.rs` takes them from a server under load.

use std::os::unix::fs::PermissionsExt;

use sea_orm::ConnectionTrait as _;

use super::*;
use crate::app::build;
use crate::test_support::start;

fn config(folder: &Path) -> Config {
    Config::parse(&format!("data_dir = {folder:?}"), []).unwrap()
}

async fn filled(folder: &Path) -> Config {
    let config = config(folder);
    drop(build(config.clone()).await.unwrap());
    config
}

#[tokio::test]
async fn a_backup_is_whole_its_owners_alone_and_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = folder.path().join("copy.sqlite");
    assert!(matches!(
        back_up(&config(&data), &file).await,
        Err(BackupError::Absent(_))
    ));
    let config = filled(&data).await;

    let made = back_up(&config, &file).await.unwrap();

    assert_eq!(made.pending, 0);
    assert_eq!(made.bytes, fs::metadata(&file).unwrap().len());
    assert_eq!(made.key_file, Some(data.join("secret.key")));
    let rights = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(rights & 0o777, 0o600);
    assert!(matches!(
        back_up(&config, &file).await,
        Err(BackupError::Present(_))
    ));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[tokio::test]
async fn what_is_there_is_not_overwritten_without_a_word_and_is_kept_with_one() {
    let folder = tempfile::tempdir().unwrap();
    let config = filled(&folder.path().join("data")).await;
    let file = folder.path().join("copy.sqlite");
    back_up(&config, &file).await.unwrap();
    assert!(matches!(
        restore(&config, &file).await,
        Err(BackupError::Present(_))
    ));
    // A killed server leaves a journal, which belongs to the old file.
    let database = config.sqlite_file().unwrap();
    fs::write(beside(&database, "-wal"), "of the old file").unwrap();

    let back = replace(&config, &file, start()).await.unwrap();

    let kept = back.replaced.unwrap();
    assert!(kept.ends_with("chorus.sqlite.replaced-20261116T100000Z"));
    assert_eq!(fs::read(beside(&kept, "-wal")).unwrap(), b"of the old file");
    assert!(!beside(&database, "-wal").exists());
    let mode = fs::metadata(&database).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    drop(build(config.clone()).await.unwrap());
}

#[tokio::test]
async fn a_server_that_runs_keeps_its_database() {
    let folder = tempfile::tempdir().unwrap();
    let config = filled(&folder.path().join("data")).await;
    let file = folder.path().join("copy.sqlite");
    let app = build(config.clone()).await.unwrap();
    back_up(&config, &file).await.unwrap();
    assert!(matches!(
        replace(&config, &file, start()).await,
        Err(BackupError::Held(_))
    ));
    app.store.ping().await.unwrap();
}

#[tokio::test]
async fn what_is_no_good_backup_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let config = filled(&folder.path().join("data")).await;
    let good = folder.path().join("good.sqlite");
    back_up(&config, &good).await.unwrap();
    let before = fs::read(config.sqlite_file().unwrap()).unwrap();
    let bad = folder.path().join("bad.sqlite");
    let refused = async |content: Vec<u8>| {
        fs::write(&bad, content).unwrap();
        replace(&config, &bad, start()).await.unwrap_err()
    };

    let words = refused(b"a letter to the comms team, which is no database".to_vec()).await;
    assert!(matches!(words, BackupError::Foreign(_)), "{words}");
    let empty = refused(Vec::new()).await;
    assert!(matches!(empty, BackupError::Foreign(_)), "{empty}");
    let mut torn = fs::read(&good).unwrap();
    torn.truncate(torn.len() / 2);
    let torn = refused(torn).await;
    assert!(
        matches!(torn, BackupError::Damaged(..) | BackupError::Foreign(_)),
        "{torn}"
    );
    let mut struck = fs::read(&good).unwrap();
    let half = struck.len() / 2;
    struck[half..half + 8192].fill(0xff);
    let struck = refused(struck).await;
    assert!(
        matches!(struck, BackupError::Damaged(..) | BackupError::Foreign(_)),
        "{struck}"
    );

    let after = fs::read(config.sqlite_file().unwrap()).unwrap();
    assert!(before == after, "the database that is there was touched");
}

#[tokio::test]
async fn a_backup_of_a_newer_version_is_made_but_not_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let config = filled(&folder.path().join("data")).await;
    let app = build(config.clone()).await.unwrap();
    let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m2099_later', 1)";
    app.store.reader().execute_unprepared(newer).await.unwrap();
    drop(app);
    let file = folder.path().join("copy.sqlite");
    back_up(&config, &file).await.unwrap();
    let refused = replace(&config, &file, start()).await.unwrap_err();
    assert!(matches!(refused, BackupError::Newer(..)), "{refused}");
}

#[tokio::test]
async fn postgres_has_tools_of_its_own() {
    let options = "[database]\nurl = \"postgres://chorus@localhost/chorus\"";
    let config = Config::parse(options, []).unwrap();
    let refused = back_up(&config, Path::new("x")).await;
    assert!(matches!(refused, Err(BackupError::Postgres)));
}
