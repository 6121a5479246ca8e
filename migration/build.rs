//! Hashes the text of the migrations, for [`migration::fingerprint`].

use std::hash::{DefaultHasher, Hash, Hasher};

fn main() {
    println!("cargo::rerun-if-changed=src");
    let mut files: Vec<_> = std::fs::read_dir("src")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        std::fs::read(file).unwrap_or_default().hash(&mut hasher);
    }
    println!("cargo::rustc-env=CHORUS_MIGRATIONS={}", hasher.finish());
}
